"""The one reading of a date that restores the order of its register.

A suspect entry and the others of its register go in; the day, month or year that fits between
its neighbours comes out where exactly one change of one part does.

>>> from datetime import date
>>> sorted(_candidates(date(2021, 2, 11), "year"))[:2]
[datetime.date(2019, 2, 11), datetime.date(2020, 2, 11)]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from docparse.check.holidays import day_off
from docparse.check.registers import Entry
from docparse.patterns import Patterns

_PARTS = ("swap", "month", "year", "day")
_MONTHS, _DAYS, _YEARS = 12, 31, 2


def likely_day(suspect: Entry, neighbours: Iterable[Entry], patterns: Patterns) -> date | None:
    """The day that fits, by the first part whose change gives exactly one."""
    others = [entry for entry in neighbours if entry.serial != suspect.serial]
    below = [entry.day for entry in others if entry.serial < suspect.serial]
    above = [entry.day for entry in others if entry.serial > suspect.serial]
    low = max(below, default=date(suspect.day.year, 1, 1))
    high = min(above, default=date(suspect.day.year, _MONTHS, _DAYS))
    for part in _PARTS:
        fitting = {
            day
            for day in _candidates(suspect.day, part)
            if low <= day <= high and day_off(day, patterns) is None
        }
        if fitting:
            return fitting.pop() if len(fitting) == 1 else None
    return None


def _candidates(day: date, part: str) -> Iterator[date]:
    """The same date with another month, year or day."""
    parts = {
        "swap": [(day.year, day.day, day.month)],
        "month": [(day.year, month, day.day) for month in range(1, _MONTHS + 1)],
        "year": [(day.year + step, day.month, day.day) for step in range(-_YEARS, _YEARS + 1)],
        "day": [(day.year, day.month, number) for number in range(1, _DAYS + 1)],
    }[part]
    for year, month, number in parts:
        try:
            made = date(year, month, number)
        except ValueError:
            continue
        if made != day and _near(day, made, part):
            yield made


def _near(day: date, made: date, part: str) -> bool:
    """A slip of the day changes one digit only."""
    if part != "day":
        return True
    one, other = f"{day.day:02d}", f"{made.day:02d}"
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
