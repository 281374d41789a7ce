"""Where a mention's words begin: its clause, and the line that leads its list.

What the lead says holds for every item below.

In goes a place at the beginning of an item, out comes the range of the line above
the items: "UBND huyện đã ban hành các quyết định:", "Căn cứ pháp lý".

>>> value = "Căn cứ:\\n- Luật A;\\n- Luật B."
>>> find_lead(value, value.index("Luật B"))
(0, 7)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ITEM = re.compile(r"\s*(?:[-–+*•]\s|\(?\d{1,2}[.)]\s|[a-zđ]\)\s)?\s*")
_CITY = "TP"  # its full stop ends no sentence
_ITEMS = 40  # lines: a longer list has lost its lead


def find_lead(value: str, place: int) -> tuple[int, int] | None:
    """The lead of the item that begins at ``place``; None in running text."""
    start = value.rfind("\n", 0, place) + 1
    if start == 0 or not _ITEM.fullmatch(value, start, place):
        return None
    bullet = value[start:place].strip()[:1]
    for _ in range(_ITEMS):
        end = start - 1
        if end <= 0:
            return None
        start = value.rfind("\n", 0, end) + 1
        line = value[start:end].strip()
        if line.endswith(":"):
            return start, end
        if not _is_item(line, bullet):
            return (start, end) if bullet and line[-1:] not in (".", ";", ",") else None
    return None


def clause_start(value: str, floor: int, end: int, marks: Sequence[str]) -> int:
    """Where the clause that ends at ``end`` begins: behind the last of the marks.

    >>> clause_start("Đã xong. Theo Kế hoạch", 0, 22, (". ", "("))
    9
    """
    found = floor
    for mark in marks:
        place = value.rfind(mark, found, end)
        while place >= 2 and mark == ". " and value[place - 2 : place].upper() == _CITY:
            place = value.rfind(mark, found, place)  # "UBND TP. Huế ban hành"
        if place >= 0:
            found = place + len(mark)
    return found


def _is_item(line: str, bullet: str) -> bool:
    """Whether a line is a sibling: it begins as this item does."""
    return line.startswith(bullet) if bullet else line.endswith(";")
