"""Document numbers and dates cut by a space or a line break.

In goes text, out come edits that take the cut away: "851/KH-⏎SCT" is one number,
"25/02/⏎2021" one date. A space goes only where a number has begun and what follows
is a known code or cannot be a word; anything else is left as it is.

>>> from docparse.patterns import load
>>> repair_codes("số 2197/TTr- SCT", load())
[(12, 13, '', 'cut-number')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from docparse.patterns import Patterns
from docparse.repair.draft import Edit
from docparse.repair.layout import layout

# One cheap look over the text for a blank beside a mark; only there is more asked.
_CUT = re.compile(r"(?<=\w)(?:[-–/](?P<after>\s+)|(?P<before>\s+)[-–/])(?=\w)")
_BLANKS = re.compile("[ \n]+")
_REACH = 40  # characters: no number is longer before its cut
_BEGUN = re.compile(
    r"(?<![\w/])\d[\w.]{0,7}(?:/\d{4})?(?P<codes>(?:[/–-][^\W\d_][\w&.]{0,15}){0,4})$"
)
_NEXT = re.compile(r"(?P<code>[^\W\d_]\w{0,14})(?P<more>[/–-][^\W\d_])?")
# The second letter of a sound that two letters write, inside a code: GDTrH, KTTh.
_SECOND = re.compile(r"(?<=[TCPNGK])[rh](?=[A-ZĐ]|$)")
_DATE_BEGUN = re.compile(r"(?<![\w/])\d{1,2}(?:/\d{1,2})?$")
_YEAR_NEXT = re.compile(r"(?:19|20)\d\d/[^\W\d_]")
_DATE_NEXT = re.compile(r"(?:\d{1,2}/)?\d{4}(?![\w/])")


# A number written with blanks on both sides of its marks: "45 / 2019 / QĐ - UBND"; before a date
# also of a further body that signed: "17/2003/TTLT-LĐTBXH - TWĐTNCSHCM ngày".
_SPREAD = re.compile(
    r"(?<![\w/])\d{1,6}[a-z]? ?/ ?(?:(?:19|20)\d\d ?/ ?)?(?P<kind>[^\W\d_]{1,6}) ?[-–][ \n]?"
    r"(?P<body>[^\W\d_]\w{1,12}(?:&[A-ZĐ]{1,7})?)(?!\w)"
    r"(?:(?: ?[-–] ?[A-ZĐ]{2,13})+(?=,? ngày ))?"
)


_APART = (" / ", " - ", " – ", " -\n", " –\n")

# The Party's, with blanks beside the hyphen, which Word makes a dash: "05 - CT/TW", "05 – CT/TW".
_SPREAD_PARTY = re.compile(
    r"(?:(?<=[sS]ố )\d{1,6}|(?<![\w/-])\d{2,6}) ?[-–] ?(?P<kind>[^\W\d_]{2,6})"
    r" ?/ ?(?P<body>[^\W\d_]\w{1,12})(?!\w)"
)


# "số 1 77/KH-UBND": behind "số" stands one number.
_CUT_DIGITS = re.compile(r"[sS]ố \d{1,3}(?P<gap> )\d{1,4}/[A-ZĐ]{2}")


def repair_codes(text: str, patterns: Patterns) -> list[Edit]:
    """Edits that rejoin numbers and dates."""
    codes = layout(patterns).codes
    edits = list(_spread_numbers(text, codes))
    taken = {edit[0] for edit in edits}
    for match in _CUT.finditer(text):
        rule = _cut_rule(text, match, codes)
        if rule:
            start, end = match.span("after" if match["after"] else "before")
            if start not in taken:
                edits.append((start, end, "", rule))
    edits += [(*cut.span("gap"), "", "cut-number") for cut in _CUT_DIGITS.finditer(text)]
    return sorted(edits)


def _spread_numbers(text: str, codes: frozenset[str]) -> Iterator[Edit]:
    party = _SPREAD_PARTY.finditer(text)
    state = _SPREAD.finditer(text) if any(mark in text for mark in _APART) else ()
    for match in chain(state, party):
        bodies = match["body"].split("&")
        known = match["body"] in codes or (len(bodies) > 1 and all(map(str.isupper, bodies)))
        if " " in match.group() and match["kind"] in codes and known:
            for gap in _BLANKS.finditer(text, *match.span()):
                yield gap.start(), gap.end(), "", "cut-number"


def _cut_rule(text: str, match: re.Match[str], codes: frozenset[str]) -> str | None:
    """What the blank cuts, if it cuts anything."""
    head = text[max(0, match.start() - _REACH) : match.start()]
    if text[match.end()].isdigit():
        return _cut_before_digit(text, match, head)
    begun = _BEGUN.search(head)
    if begun is None:
        return None
    following = _NEXT.match(text, match.end())
    if following is None or not _is_code(following["code"], codes):
        return None
    return "cut-number" if _goes_on(match, begun["codes"], following, codes) else None


def _cut_before_digit(text: str, match: re.Match[str], head: str) -> str | None:
    """ "28 /2003/NĐ-CP" is a number; "25/02/⏎2021" is a date, which only a break may cut."""
    if match["before"] and _BEGUN.search(head) and _YEAR_NEXT.match(text, match.end()):
        return "cut-number"
    if "\n" not in match.group() or "/" not in match.group():
        return None
    is_date = _DATE_BEGUN.search(head) and _DATE_NEXT.match(text, match.end())
    return "cut-date" if is_date else None


def _is_code(word: str, codes: frozenset[str]) -> bool:
    """A drafting unit may be unknown (THNC, KTNS), but then it is a word of capitals."""
    word = word.rstrip("0123456789")
    capitals = _SECOND.sub("", word)
    return word in codes or (capitals.isupper() and 2 <= len(capitals) <= 7)


def _goes_on(
    cut: re.Match[str], begun: str, following: re.Match[str], codes: frozenset[str]
) -> bool:
    """Whether both sides belong to one number: "2001/ TH" and "12 - UBND" do not."""
    if cut["after"]:
        return bool(begun) or following["more"] is not None
    if begun:
        return re.split("[-–/]", begun.lstrip("/–-"))[0] in codes
    return "/" in cut.group() and following["code"] in codes
