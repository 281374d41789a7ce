"""Days on which no office issues papers: a date goes in, what it is comes out.

The days stand in ``patterns/holidays.toml``.

>>> from datetime import date
>>> from docparse.patterns import load
>>> day_off(date(2021, 2, 11), load()), day_off(date(2021, 3, 7), load())
('tet', 'weekend')
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from docparse.patterns import Patterns
from docparse.patterns.files import read_toml

_FILE = "holidays.toml"
_SATURDAY = 5
_TET_FROM, _TET_TO = -1, 2  # from the last day of the old year to the third of the new


def day_off(day: date, patterns: Patterns) -> str | None:
    """ "tet", "holiday" or "weekend"; None on a working day."""
    tet, others, fixed = _days(patterns)
    if day in tet:
        return "tet"
    if day in others or day.strftime("%m-%d") in fixed:
        return "holiday"
    return "weekend" if day.weekday() >= _SATURDAY else None


@lru_cache(maxsize=8)
def _days(patterns: Patterns) -> tuple[frozenset[date], frozenset[date], frozenset[str]]:
    tet: set[date] = set()
    others: set[date] = set()
    fixed: set[str] = set()
    for folder in patterns.folders:
        path = folder / _FILE
        content = read_toml(path) if path.is_file() else {}
        tet |= set(_around(content.get("tet", [])))
        others |= {date.fromisoformat(day) for day in content.get("hung", [])}
        fixed |= set(content.get("fixed", []))
    return frozenset(tet), frozenset(others), frozenset(fixed)


def _around(first_days: list[str]) -> Iterator[date]:
    for first in first_days:
        for shift in range(_TET_FROM, _TET_TO + 1):
            yield date.fromisoformat(first) + timedelta(days=shift)
