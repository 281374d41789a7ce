"""Document numbers as people type them: a query in, what it says of a document out.

"899 kh sct", "NĐ 30/2020", "kế hoạch số 899/KH-SCT ngày 25/02/2021" and "Luật Đầu tư" all name
documents; what is not said is left open.

>>> from docparse.patterns import load
>>> asked = read_number("NĐ 30/2020", load())
>>> asked.serial, asked.year, asked.codes, sorted(asked.types)
('30', 2020, (), ['nd', 'nghi dinh'])
>>> read_number("899kh sct", load()).codes, read_number("Luật Đầu tư", load()).words
(('kh', 'sct'), ('dau', 'tu'))
>>> read_number("NĐ30/2020", load()) == asked, read_number("UBTVQH13", load()).serial
(True, None)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from docparse.index.fold import fold
from docparse.index.keys import KeyParts
from docparse.models import Date
from docparse.patterns import Patterns

_DATE = re.compile(r"\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\b")
_PIECE = re.compile(r"\d+[a-z](?![a-z0-9])|\d+|[a-z]+[a-z0-9]*|[^\W\d_]+")
_GLUED = re.compile(r"(?P<letters>[a-z]+)(?P<digits>\d.*)")
_YEAR = re.compile(r"(?:19|20)\d\d")
EXACT, PARTIAL, POSSIBLE, MISSPELT = "exact", "partial", "possible", "misspelt"


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """What a query says: ``codes`` and ``words`` are folded; a type is any of ``types``.

    ``phrase`` are the words as they follow each other, those that only join others among them.
    """

    serial: str | None = None
    year: int | None = None
    codes: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    date: Date | None = None
    words: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a document fits; ``left`` are words that only its titles or issuers can hold."""

    how: str
    left: tuple[str, ...] = ()


def read_number(query: str, patterns: Patterns) -> AskedNumber:
    """What a query says of a document."""
    date, rest = _take_date(query, patterns)
    between = patterns.forms("queries").pattern("between")
    folded, types = _take_types(_parted(fold(rest), between, patterns), patterns)
    pieces = _PIECE.findall(folded)
    numbers = [piece for piece in pieces if piece[0].isdigit()]
    letters = tuple(one for one in pieces if not one[0].isdigit() and not between.fullmatch(one))
    years = [one for one in numbers[1:] if _YEAR.fullmatch(one)]
    if not numbers:
        phrase = _phrase(pieces, between)
        return AskedNumber(types=types, date=date, words=letters, phrase=phrase)
    return AskedNumber(
        serial=numbers[0].lstrip("0") or "0",
        year=int(years[0]) if years else date.year if date else None,
        codes=letters,
        types=types,
        date=date,
        words=letters,
    )


def _phrase(words: Sequence[str], between: re.Pattern[str]) -> tuple[str, ...]:
    """Words from the first to the last that do not only join others.

    >>> _phrase(["cua", "cai", "cach", "hanh", "chinh", "ngay"], re.compile("cua|hanh|ngay"))
    ('cai', 'cach', 'hanh', 'chinh')
    """
    own = [place for place, word in enumerate(words) if not between.fullmatch(word)]
    return tuple(words[own[0] : own[-1] + 1]) if own else ()


def fit(asked: AskedNumber, parts: KeyParts) -> Fit | None:
    """How a document with these parts fits what was asked; None where it cannot be meant."""
    codes = parts.codes.split()
    year = _fits_year(asked, parts)
    typed = _fits_type(asked, parts)
    if asked.serial != parts.serial or year is None or not typed:
        return None
    left = () if _joined(asked.codes, codes) else tuple(set(asked.codes) - set(codes))
    said = len(asked.codes) - len(left) + bool(asked.types)
    if left and not said and parts.family != "bare":
        return Fit(POSSIBLE, left)
    if parts.family == "bare" or year is False:
        return Fit(POSSIBLE, left)
    whole = said >= len(codes) or _joined(asked.codes, codes)
    certain = whole and (asked.year is not None or parts.family != "legal")
    return Fit(EXACT if certain else PARTIAL, left)


def _fits_year(asked: AskedNumber, parts: KeyParts) -> bool | None:
    """None: another year; False: nobody knows."""
    if asked.year is None or asked.year == parts.year:
        return True
    return False if parts.year is None else None


def _fits_type(asked: AskedNumber, parts: KeyParts) -> bool:
    if not asked.types or parts.codes in asked.types:
        return True
    if parts.family == "letter":
        return "cong van" in asked.types
    return any(code in asked.types for code in parts.codes.split())


def _joined(asked: tuple[str, ...], codes: list[str]) -> bool:
    """Whether the letters are the same, however they were put apart: "khsct"."""
    return bool(asked) and "".join(asked) == "".join(codes)


def _take_date(query: str, patterns: Patterns) -> tuple[Date | None, str]:
    """The day that a query names, in figures or in words, and what is left of the query."""
    found, rest = _DATE.search(query), query
    if found is None:
        rest = fold(query)
        found = patterns.forms("queries").pattern("dated").search(rest)
    if found is None:
        return None, query
    said = Date(**{name: int(part) for name, part in found.groupdict().items()})
    return said, f"{rest[: found.start()]} {rest[found.end() :]}"


def _parted(folded: str, between: re.Pattern[str], patterns: Patterns) -> str:
    """A query whose serial is glued to the type or the word before it, with a blank between.

    "nd30" is a number; "ubtvqh13" and "ql1" are names, and stay whole.
    """
    known, words = _types(patterns), folded.split()
    for place, word in enumerate(words):
        if word.isalpha():
            continue
        if found := _GLUED.fullmatch(word):
            letters = _joined_types(patterns).get(found["letters"], found["letters"])
            if between.fullmatch(letters) or _ends_type(words[:place], letters, known):
                words[place] = f"{letters} {found['digits']}"
        break  # what stands behind the serial is a symbol
    return " ".join(words)


def _ends_type(before: Sequence[str], last: str, known: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word is a type, or the last word of one: "nghị định30"."""
    return any(" ".join([*before[start:], last]) in known for start in range(len(before) + 1))


@lru_cache(maxsize=4)
def _joined_types(patterns: Patterns) -> Mapping[str, str]:
    """Names of types whose words were typed without the blanks between them."""
    return {name.replace(" ", ""): name for name in _types(patterns) if " " in name}


def _take_types(folded: str, patterns: Patterns) -> tuple[str, frozenset[str]]:
    """The type that a query begins with, in all its forms, and what is left of the query."""
    known = _types(patterns)
    words = folded.split()
    for length in range(min(5, len(words)), 0, -1):
        for start in range(min(2, len(words) - length + 1)):
            name = " ".join(words[start : start + length])
            if name in known:
                return " ".join(words[:start] + words[start + length :]), known[name]
    return folded, frozenset()


@lru_cache(maxsize=4)
def _types(patterns: Patterns) -> Mapping[str, frozenset[str]]:
    """Names and short forms of types, folded, each with every code and name that it may mean."""
    found: dict[str, set[str]] = {}
    for row in patterns.types:
        names = {fold(name) for name in (row.name, *row.written, *row.short)}
        meant = {fold(row.name), *(fold(code) for code in row.codes)}
        for name in names:
            if not row.generic:
                found.setdefault(name, set()).update(meant)
    return {name: frozenset(meant) for name, meant in found.items()}
