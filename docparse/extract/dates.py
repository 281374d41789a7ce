"""Every date, month, quarter, year and stretch of time in running text, in one pass.

A text goes in, matches in the order of the text come out. Where one form holds another, the
wider one is given: "từ ngày 01/01/2021 đến ngày 30/9/2021" is one match with two dates.

>>> [(m.kind, m.date.iso, m.last and m.last.iso) for m in find_dates(
...     "Từ 15/12/2020 đến ngày 24/10/2021 và Quý IV/2021")]
[('range', '2020-12-15', '2021-10-24'), ('period', '2021-10', '2021-12')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docparse.extract.scan import Match, Union
from docparse.models import Date
from docparse.patterns import Patterns, load
from docparse.patterns.dates import whole

# The wider forms first: a range before the date that it begins with.
_ORDER = ("range", "until", "since", "period", "date", "blank")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMatch:
    """One stretch of text that says when. ``date`` is the first day, month or year it names.

    ``last`` is the other end of a range or of a named period; ``open`` says that the year is
    not written here ("6 tháng đầu năm", "quý IV").
    """

    start: int
    end: int
    date: Date
    kind: str
    form: str
    last: Date | None = None

    @property
    def open(self) -> bool:
        return self.date.year is None


def find_dates(text: str, *, patterns: Patterns | None = None) -> list[DateMatch]:
    """Dates, periods and ranges of a text, from left to right, none inside another."""
    patterns = patterns or load()
    forms, anchor = _union(patterns), _anchor(patterns)
    found: list[DateMatch] = []
    position = 0
    while place := anchor.search(text, position):
        match = forms.match(text, place.start())
        if match is None:
            position = place.end()
            continue
        found.append(_made(match))
        position = max(match.end, place.end())
    return found


def find_periods(text: str, *, patterns: Patterns | None = None) -> list[DateMatch]:
    """Only what names a stretch of time: no single day, except as an end ("đến ngày …")."""
    return [
        match
        for match in find_dates(text, patterns=patterns)
        if match.kind not in ("date", "blank") or (match.date.year and not match.date.day)
    ]


@lru_cache(maxsize=8)
def _union(patterns: Patterns) -> Union:
    forms = patterns.forms("dates")
    wanted = [form for kind in _ORDER for form in forms.forms if form.kind == kind]
    return Union(forms, wanted)


@lru_cache(maxsize=8)
def _anchor(patterns: Patterns) -> re.Pattern[str]:
    """Where a date may begin: at a digit, or at the first word of one of the forms' examples."""
    words = set()
    for form in patterns.forms("dates").forms:
        words |= {example.split()[0].lower() for example in form.examples}
    letters = sorted(word for word in words if word.isalpha())
    heads = "|".join(f"{word}|{word.capitalize()}|{word.upper()}" for word in letters)
    return re.compile(rf"(?<!\w)(?:[0-9]{{1,4}}|(?:{heads})(?!\w))")


def _made(match: Match) -> DateMatch:
    first, last = _ends(match)
    return DateMatch(
        start=match.start,
        end=match.end,
        date=first,
        last=last,
        kind=match.form.kind or "date",
        form=match.form.name,
    )


def _ends(match: Match) -> tuple[Date, Date | None]:
    parts, kind = match.groups, match.form.kind
    if kind == "period":
        return _named_period(parts)
    if kind == "until":
        return _until(parts), None
    first = _date(parts, "")
    if kind != "range":
        return first, None
    last = _date(parts, "end_")
    if first.year is None:
        first = Date(year=_year_before(first, last), month=first.month, day=first.day)
    return first, last


def _year_before(first: Date, last: Date) -> int | None:
    """The year left out at the head of a range: the one in which it comes before the end."""
    if last.year is None or first.month is None or last.month is None:
        return last.year
    later = (first.month, first.day or 0) > (last.month, last.day or 0)
    return last.year - 1 if later else last.year


def _until(parts: dict[str, str]) -> Date:
    if "end_quarter" in parts:
        return Date(year=whole(parts.get("end_year")), month=_quarter(parts["end_quarter"]) * 3)
    return _date(parts, "end_")


def _named_period(parts: dict[str, str]) -> tuple[Date, Date]:
    if "school" in parts:
        return _school_year(parts)
    year = whole(parts.get("year"))
    if "quarter" in parts:
        quarter = _quarter(parts["quarter"])
        return Date(year=year, month=quarter * 3 - 2), Date(year=year, month=quarter * 3)
    count = _months(parts.get("months", ""))
    if parts.get("half", "").lower() == "cuối":
        return Date(year=year, month=13 - count), Date(year=year, month=12)
    return Date(year=year, month=1), Date(year=year, month=count)


def _school_year(parts: dict[str, str]) -> tuple[Date, Date]:
    """From September to May; the first term ends and the second begins in January."""
    first, last = int(parts["school"]), int(parts["school_end"])
    term = parts.get("term")
    start = Date(year=last, month=1) if term in ("II", "2") else Date(year=first, month=9)
    return start, Date(year=last, month=1 if term in ("I", "1") else 5)


def _date(parts: dict[str, str], prefix: str) -> Date:
    return Date(
        year=whole(parts.get(f"{prefix}year")),
        month=whole(parts.get(f"{prefix}month")),
        day=whole(parts.get(f"{prefix}day")),
    )


_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def _quarter(written: str) -> int:
    return _QUARTERS.get(written) or int(written)


def _months(written: str) -> int:
    """Months as digits or as a word; never less than one nor more than a year."""
    from docparse.extract.numbers import Number, parse_number

    number = parse_number(" ".join(written.split()))
    count = int(number.value) if isinstance(number, Number) else 12
    return min(max(count, 1), 12)
