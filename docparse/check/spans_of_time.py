"""Periods held against each other: which contains, continues or repeats which.

>>> from datetime import date
>>> is_named(Period(start=date(2023, 1, 1), end=date(2023, 9, 30)))
True
"""

from __future__ import annotations

from datetime import timedelta

from docparse.models import Period


def is_named(period: Period) -> bool:
    """Whole months: "9 tháng đầu năm", "quý III", "năm 2023"."""
    if period.start is None or period.end is None:
        return False
    return period.start.day == 1 and (period.end + timedelta(days=1)).day == 1


def continues(earlier: Period, later: Period) -> bool:
    """One start, a later end."""
    if earlier.start is None or earlier.end is None or later.end is None:
        return False
    return earlier.start == later.start and earlier.end < later.end


def contains(wide: Period, narrow: Period) -> bool:
    """The narrow period lies within the wide one, and is not all of it."""
    if None in (wide.start, wide.end, narrow.start, narrow.end):
        return False
    assert wide.start
    assert wide.end
    assert narrow.start
    assert narrow.end
    inside = wide.start <= narrow.start and narrow.end <= wide.end
    return inside and (wide.start, wide.end) != (narrow.start, narrow.end)


def written_period(period: Period | None) -> str:
    """A period as Vietnamese papers write it."""
    if period is None or period.end is None:
        return "?"
    end = period.end.strftime("%d/%m/%Y")
    return f"{period.start.strftime('%d/%m/%Y')}-{end}" if period.start else f"≤ {end}"
