"""Rows in few bytes: a mention's number and date, and lists of rows, as the tables hold them.

A database has mentions by the million; their views make of it what was written (see
:mod:`docparse.index.views`).

>>> key = "state:899/KH-SCT@2021~Bình Lâm"
>>> kept_number("899/KH-SCT", key), kept_number("899/KHSCT", key), kept_number(None, key)
(None, '899/KHSCT', '')
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from docparse.models import Date

Row = Sequence[str | int | None]
# A date as one number: of year, month and day each one more than it, so that 0 is none.
DAYS = 101
YEARS = DAYS * DAYS


def date_number(date: Date | None) -> int | None:
    """A date as one number, None where nothing of it is written.

    >>> date_number(Date(year=2023, month=5)) // YEARS
    2024
    """
    if date is None or (date.year is None and date.month is None):
        return None
    if date.month is None:
        return (date.year or 0) * YEARS + YEARS
    year, month, day = (0 if one is None else one + 1 for one in (date.year, date.month, date.day))
    return year * YEARS + month * DAYS + day


def written_number(date: str | None) -> int | None:
    """The same of a date that was written as records have it.

    >>> written_number("--05-02") == date_number(Date(month=5, day=2))
    True
    """
    if date is None:
        return None
    year, *others = date.replace("--", "-", 1).split("-") if date[0] == "-" else date.split("-")
    month, day, *_ = (*others, "", "")
    parts = (int(part) if part else None for part in (year, month, day))
    return date_number(Date(**dict(zip(("year", "month", "day"), parts, strict=True))))


def kept_number(number: str | None, key: str | None) -> str | None:
    """Nothing for a number that stands in the key of its document; the number itself, or an empty
    one for none, where the key would say otherwise."""
    if not key:
        return number
    said = _number_of(key)
    return None if said and number == said else number or ""


def _number_of(key: str) -> str | None:
    """What stands between the first colon and the first "@" behind it."""
    head, _, rest = key.partition(":")
    number, at, _ = rest.partition("@")
    # Any other form is split in other ways by other databases.
    return number if at and number and "@" not in head and ":" not in number else None


def packed(rows: Iterable[Row]) -> str:
    """Rows as a JSON list of lists, without what is missing at the end of each.

    >>> packed([("12", None, 3, None), (None,)])
    '[["12",null,3],[]]'
    """
    return json.dumps([_short(row) for row in rows], ensure_ascii=False, separators=(",", ":"))


def _short(row: Row) -> Row:
    size = len(row)
    while size and row[size - 1] is None:
        size -= 1
    return row[:size]
