"""The levels of table rows, "I", then "1", then "1.1" or "-": the rows of the top come out.

A total adds up the rows of one level, as each of them has added up the rows under it.

>>> level("II"), level("2"), level("2.1"), level("-"), level("Thu nội địa")
(1, 2, 3, 8, None)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.models import Table

_STYLES = (
    (0, re.compile(r"[A-HK-UĐ][.)]?")),
    (1, re.compile(r"[IVX]+[.)]?")),
    (2, re.compile(r"\d{1,3}[.)]?")),
    (3, re.compile(r"\d{1,3}\.\d{1,3}[.)]?")),
    (4, re.compile(r"\d{1,3}(?:\.\d{1,3}){2,}[.)]?")),
    (7, re.compile(r"[a-zđ][.)]?")),
    (8, re.compile(r"[-+*•–]")),
)
_BULLET = re.compile(r"\s*[-+*•–]\s*[^\W\d]")
_UNMARKED = 9


def level(label: str) -> int | None:
    """How deep the label of a row stands; None for what is no label."""
    said = label.strip()
    return next((depth for depth, style in _STYLES if style.fullmatch(said)), None)


def top_rows(table: Table, rows: Sequence[int]) -> tuple[int, ...]:
    """The rows of the highest level; all of them where their labels tell no levels."""
    depths = {row: _depth(table, row) for row in rows}
    top = min(depths.values(), default=_UNMARKED)
    return tuple(row for row in rows if depths[row] == top)


def _depth(table: Table, row: int) -> int:
    """The level by the label before the name, or by the dash that the name begins with."""
    cells = table.rows[row]
    found = level(cells[0]) if cells else None
    if found is not None:
        return found
    named = next((said for said in cells if any(map(str.isalpha, said))), "")
    return 8 if _BULLET.match(named) else _UNMARKED
