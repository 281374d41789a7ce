"""What citations are written with: type words, codes, bodies and cues, ready for use.

In goes a set of patterns, out comes :class:`Words`, made once per set.

>>> from docparse.patterns import load
>>> words(load()).types["kế hoạch"]
'Kế hoạch'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docparse.patterns import DocumentType, Patterns

# The forms that one look over the text finds candidates for, in the order in which they are tried;
# a form that a user adds looks for itself.
_SHIPPED = ("state", "party", "glued", "old", "year-only")
# Codes as typewriters without Vietnamese letters have them.
PLAIN_CODES = {"ND": "NĐ", "QD": "QĐ", "HDND": "HĐND", "HDBT": "HĐBT", "LDTBXH": "LĐTBXH"}
SAID = "số"  # the word that announces a number
PLURAL = "các"
AT = "tại"  # behind the name of a paper: "Kế hoạch thu thập hồ sơ tại Kế hoạch số …"
# Schemes, projects and contracts are numbered as things, not as papers.
_COUNTED = frozenset(
    (
        "de-an",
        "du-an",
        "phuong-an",
        "hop-dong",
        "chuong-trinh",
        "giay-moi",
        "hien-phap",
        "phieu-gui",
    )
)
# What may end a title: a mark, or a blank and the words of the form "title-stop". Each begins with
# a letter of its own, not with a set: only so "re" skips what none of them begins with.
_MARK = r";|\n|\(|“|”|\.(?=\s|$)|!(?=\s|$)|\?(?=\s|$)|\./\.|,\s|\)|:(?=\s)| và |\|| (?={stop})"
# The Party's central bodies stand in no province.
_OF_THE_CENTRE, _CENTRAL = ("TW", "TƯ"), "Trung ương"
THIS = "này"  # behind the type of the report itself it means the report


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Look-ups by word; every expression is compiled once."""

    types: dict[str, str]
    type_lengths: dict[str, tuple[int, ...]]
    shorts: dict[str, str]
    forms_of_paper: frozenset[str]
    type_codes: dict[str, str]
    issuer_codes: frozenset[str]
    party_codes: frozenset[str]
    local_codes: frozenset[str]
    central: frozenset[str]
    codes: dict[str, str]
    numbers: tuple[tuple[str, re.Pattern[str]], ...]
    own_numbers: tuple[tuple[str, re.Pattern[str]], ...]
    after_type: frozenset[str]
    standard: re.Pattern[str]
    apart: re.Pattern[str]
    quoted_bare: frozenset[str]
    date: re.Pattern[str]
    pointing: re.Pattern[str]
    short_name: re.Pattern[str]
    announced: re.Pattern[str]
    blank: re.Pattern[str]
    date_first: re.Pattern[str]
    act: re.Pattern[str]
    no_title: re.Pattern[str]
    next_clause: re.Pattern[str]
    no_title_bracket: re.Pattern[str]
    title_mark: re.Pattern[str]
    title_stop: re.Pattern[str]
    after_nested: re.Pattern[str]
    pinpoint: re.Pattern[str]
    pinpoint_word: re.Pattern[str]
    law_head: re.Pattern[str]
    law_amending: re.Pattern[str]
    law_next: re.Pattern[str]
    law_year: re.Pattern[str]
    law_year_beside: re.Pattern[str]
    law_amended: re.Pattern[str]
    law_numbered: re.Pattern[str]
    law_stop: re.Pattern[str]
    about: re.Pattern[str]
    sent_to: re.Pattern[str]
    dangling: re.Pattern[str]
    name_before: re.Pattern[str]
    pair: re.Pattern[str]
    list: re.Pattern[str]
    list_end: re.Pattern[str]
    plural: re.Pattern[str]
    lead: re.Pattern[str]
    of: re.Pattern[str]
    of_unknown: re.Pattern[str]
    subject_verb: re.Pattern[str]
    not_subject: re.Pattern[str]
    receives: re.Pattern[str]
    level: re.Pattern[str]
    places: Mapping[str, str]
    issued_by: re.Pattern[str]
    issued_verb: re.Pattern[str]
    asked_by: re.Pattern[str]
    after_act: re.Pattern[str]
    at: re.Pattern[str]
    asked_in: re.Pattern[str]
    speaks_in: re.Pattern[str]
    speaks: re.Pattern[str]
    group_of: re.Pattern[str]
    joint: re.Pattern[str]
    says_nothing: re.Pattern[str]
    goes_on: re.Pattern[str]
    day_only: re.Pattern[str]
    year_only: re.Pattern[str]
    of_the_state: re.Pattern[str]
    of_the_assembly: re.Pattern[str]
    quoted_title: re.Pattern[str]
    relations: tuple[str, ...]
    relation: re.Pattern[str]


@lru_cache(maxsize=8)
def words(patterns: Patterns) -> Words:
    """The words of one set of patterns."""
    forms = patterns.forms("citations")
    bodies = patterns.forms("organisations")
    compiled = {form.name: forms.pattern(form.name) for form in forms.forms}
    issuers = patterns.issuers
    types = _types(patterns)
    shorts = {short: row.name for row in patterns.types for short in row.short}
    relations = [form for form in forms.forms if form.kind == "relation"]
    numbers = [form.name for form in forms.forms if (form.kind or "").startswith("number")]
    return Words(
        types=types,
        shorts=shorts,
        type_lengths=_lengths(types, shorts),
        forms_of_paper=frozenset(row.name for row in patterns.types if row.kind == "form"),
        type_codes={code: row.name for row in patterns.types for code in row.codes},
        issuer_codes=frozenset(code for row in issuers for code in row.codes),
        party_codes=frozenset(c for row in issuers if row.level == "party" for c in row.codes),
        local_codes=frozenset(
            code
            for row in issuers
            if row.level in ("province", "district", "commune", "party")
            for code in row.codes
            if not code.endswith(_OF_THE_CENTRE) and _CENTRAL not in row.name
        ),
        central=frozenset(
            name.casefold()
            for row in issuers
            if row.level == "central"
            for name in (row.name, *row.written)
        ),
        codes=_codes(patterns),
        numbers=tuple((name, compiled[name]) for name in _SHIPPED),
        own_numbers=tuple((name, compiled[name]) for name in numbers if name not in _SHIPPED),
        after_type=frozenset(f.name for f in forms.forms if f.kind == "number-after-type"),
        standard=compiled["standard"],
        apart=compiled["apart"],
        quoted_bare=frozenset(row.name for row in patterns.types if _quoted_bare(row)),
        date=compiled["date"],
        pointing=compiled["pointing"],
        short_name=compiled["short-name"],
        announced=compiled["announced"],
        blank=compiled["blank"],
        date_first=compiled["date-first"],
        act=compiled["act"],
        no_title=compiled["no-title"],
        next_clause=compiled["next-clause"],
        no_title_bracket=compiled["no-title-bracket"],
        title_mark=re.compile(_MARK.replace("{stop}", forms.expanded("title-stop"))),
        title_stop=compiled["title-stop"],
        after_nested=compiled["after-nested"],
        pinpoint=compiled["pinpoint"],
        pinpoint_word=compiled["pinpoint-word"],
        law_head=compiled["law-head"],
        law_amending=compiled["law-amending"],
        law_next=compiled["law-next"],
        law_year=compiled["law-year"],
        law_year_beside=compiled["law-year-beside"],
        law_amended=compiled["law-amended"],
        law_numbered=compiled["law-numbered"],
        law_stop=compiled["law-stop"],
        about=compiled["about"],
        sent_to=compiled["sent-to"],
        dangling=compiled["dangling"],
        name_before=compiled["name-before"],
        pair=compiled["pair"],
        list=compiled["list"],
        list_end=compiled["list-end"],
        plural=compiled["plural"],
        lead=compiled["lead"],
        of=bodies.pattern("of"),
        of_unknown=bodies.pattern("of-unknown"),
        subject_verb=bodies.pattern("subject-verb"),
        not_subject=bodies.pattern("not-subject"),
        receives=bodies.pattern("receives"),
        level=bodies.pattern("level"),
        places={
            fold_name(name): row.name
            for row in patterns.places
            for name in (row.name, *row.written)
        },
        issued_by=bodies.pattern("issued-by"),
        issued_verb=bodies.pattern("issued-verb"),
        asked_by=bodies.pattern("asked-by"),
        after_act=bodies.pattern("after-act"),
        at=bodies.pattern("at"),
        asked_in=bodies.pattern("asked-in"),
        speaks_in=bodies.pattern("speaks-in"),
        speaks=bodies.pattern("speaks"),
        group_of=bodies.pattern("group-of"),
        joint=bodies.pattern("joint"),
        says_nothing=compiled["says-nothing"],
        goes_on=compiled["goes-on"],
        day_only=compiled["day-only"],
        year_only=compiled["year-behind"],
        of_the_state=compiled["of-the-state"],
        of_the_assembly=compiled["of-the-assembly"],
        quoted_title=compiled["quoted-title"],
        relations=tuple(form.name for form in relations),
        relation=_one_of(forms.pattern(form.name) for form in relations),
    )


def _types(patterns: Patterns) -> dict[str, str]:
    """Type words in lower case, with one space, and the name they stand for."""
    found: dict[str, str] = {}
    for row in patterns.types:
        for written in (row.name, *row.written):
            found.setdefault(" ".join(written.lower().split()), row.name)
    return found


def _quoted_bare(row: DocumentType) -> bool:
    """Whether a number alone names such a paper: "Công văn số 5", but not "dự án số 2"."""
    return row.kind in ("document", "law") and row.id not in _COUNTED


def _codes(patterns: Patterns) -> dict[str, str]:
    """Codes by their capitals: in a title in capitals TTg is written TTG."""
    codes = [code for kind in patterns.types for code in kind.codes]
    codes += [code for body in patterns.issuers for code in body.codes]
    return {code.upper(): code for code in codes}


def _lengths(types: Iterable[str], shorts: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By the last word of a type: how many words it may have, the longest first."""
    found: dict[str, set[int]] = {}
    for name in (*types, *(short.lower() for short in shorts)):
        pieces = name.split()
        found.setdefault(pieces[-1], set()).add(len(pieces))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _one_of(expressions: Iterable[re.Pattern[str]]) -> re.Pattern[str]:
    """One expression for many; the last group of a match is the number of the one that matched."""
    groups = (f"(?P<n{index}>{one.pattern})" for index, one in enumerate(expressions))
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


def fold_name(name: str) -> str:
    """A name without marks, case and punctuation, for comparison only."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", letters))
