"""Every full date that a text writes, in or out of a citation: a text goes in, dates come out.

The forms stand in ``patterns/dates.toml``; a day that is not in the calendar is kept as written.

>>> from docparse.patterns import load
>>> [day.date.iso for day in find_days("trước ngày 31/11/2023, sau 05 tháng 6 năm 2023", load())]
['2023-11-31', '2023-06-05']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docparse.models import Date
from docparse.patterns import Patterns

_FORMS = ("day", "day-words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date with its place in the repaired text."""

    date: Date
    start: int
    end: int


def find_days(text: str, patterns: Patterns) -> Iterator[Day]:
    """The full dates of a text, from left to right within each form."""
    forms = patterns.forms("dates")
    for name in _FORMS:
        for match in forms.pattern(name).finditer(text):
            yield Day(date=_date(match), start=match.start(), end=match.end())


def _date(match: re.Match[str]) -> Date:
    return Date(year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))
