"""One date as written in, a :class:`~docparse.models.Date` out.

The forms stand in ``patterns/dates.toml``. Nothing is corrected: a date that is not in the
calendar is kept as written, a missing part stays missing.

>>> parse_date("ngày 17 tháng 6 năm 2021").iso, parse_date("31/02/2021").iso
('2021-06-17', '2021-02-31')
>>> parse_date("12/40") is None
True
"""

from __future__ import annotations

import re
from functools import cache

from docparse.models import Date
from docparse.patterns.load import Patterns, load

_ONE_DATE = ("date", "blank")


def parse_date(text: str, *, patterns: Patterns | None = None) -> Date | None:
    """The date that the whole of ``text`` writes, or None if it writes none.

    A blank ("ngày … tháng … năm 2021") has only the parts that are filled in.
    """
    said = text.strip()
    for expression in _expressions(patterns or load()):
        if match := expression.fullmatch(said):
            parts = match.groupdict()
            return Date(
                year=whole(parts.get("year")),
                month=whole(parts.get("month")),
                day=whole(parts.get("day")),
            )
    return None


@cache
def _expressions(patterns: Patterns) -> tuple[re.Pattern[str], ...]:
    forms = patterns.forms("dates")
    return tuple(forms.pattern(form.name) for form in forms.forms if form.kind in _ONE_DATE)


def whole(digits: str | None) -> int | None:
    """Digits as a number; what is not written stays unknown."""
    return int(digits) if digits else None
