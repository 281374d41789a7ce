"""How much room the cells of a sheet take: places in, the size of the field around them out.

The library that reads spreadsheets keeps every cell from the first to the last, the empty ones
between them too: 32 bytes each. Two cells far apart would fill the memory, so what it would be
asked for is known before it is asked.

>>> extent = Extent()
>>> extent.add(2, 1)
>>> extent.add(9, 3)
>>> extent.room
30
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["MOST_ROOM", "MOST_ROOM_TOGETHER", "Extent", "cells_of_part"]

MOST_ROOM = 20_000_000  # cells of a sheet, where each is read when it is wanted
MOST_ROOM_TOGETHER = 10_000_000  # of all sheets, where they are read at once and copied once more

_QUOTED = rb"""(?:[^>"']|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*(?:>|\Z)"""
# What is no tag is passed over whole: tags in it are none.
_TAG = re.compile(
    rb"<(?:!--.*?(?:-->|\Z)|!\[CDATA\[.*?(?:\]\]>|\Z)|\?.*?(?:\?>|\Z)|"
    rb"(?P<end>/?)(?:[^\s/>\"':]*:)?(?P<name>[^\s/>\"':]*)(?P<rest>" + _QUOTED + rb"))",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""([^\s=]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = re.compile(rb"([A-Za-z]{0,3})(\d{0,7})")  # the last that any program knows is XFD1048576
_PLAIN = re.compile(rb'<(?:\w+:)?c [^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_ANY = re.compile(rb"[<:]c[\s/>]")
_BEYOND = 1 << 40
_SURELY = 4_000_000  # cells that need no second look


class Extent:
    """The field from the first to the last of some cells; rows count from the top of the sheet."""

    def __init__(self) -> None:
        self._bottom = -1
        self._left = self._right = 0

    def add(self, row: int, column: int) -> None:
        """Let the field reach to this cell."""
        if self._bottom < 0:
            self._left = self._right = column
        self._bottom = max(self._bottom, row)
        self._left = min(self._left, column)
        self._right = max(self._right, column)

    @property
    def room(self) -> int:
        """How many cells the field has."""
        return (self._bottom + 1) * (self._right + 1 - self._left)


def cells_of_part(data: bytes) -> Extent:
    """The field of the cells in the XML of a sheet of an XLSX, as the library counts.

    What has no place of its own follows what came before. Where the field would be small even
    with the cells that have nothing in them, they are counted too, which is quicker by far.

    >>> row = b'<row r="7"><c r="B7"><v>1</v></c><c r="%s"/></row>'
    >>> cells_of_part(row % b"D7").room, cells_of_part(row % b"XFD1048576").room
    (21, 7)
    """
    extent = Extent()
    places = _PLAIN.findall(data)
    if len(places) == len(_ANY.findall(data)):
        rows = {digits for _, digits in places}
        for letters in {letters for letters, _ in places}:
            extent.add(0, _column(letters))
        extent.add(max(map(int, rows), default=1) - 1, _column(places[0][0]) if places else 0)
        if extent.room <= _SURELY:
            return extent
    return _filled(data)


def _filled(data: bytes) -> Extent:
    """The field of the cells with something in them."""
    extent = Extent()
    row = column = 0
    cell: tuple[int, int] | None = None
    for ends, name, rest in _tags(data):
        if name == b"row":
            row = _place(rest, row, column)[0] if not ends else row
            if ends or rest.endswith(b"/>"):
                row, column = row + 1, 0
        elif name == b"c":
            cell = None
            if not ends:
                place = _place(rest, row, column)
                column = place[1] + 1
                cell = None if rest.endswith(b"/>") else place
        elif cell is not None and not ends:
            extent.add(*cell)
    return extent


def _tags(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    for found in _TAG.finditer(data):
        if found["name"]:
            yield found["end"], found["name"], found["rest"]


def _place(rest: bytes, row: int, column: int) -> tuple[int, int]:
    """Where a tag says that it is, else here; what no program knows is far beyond."""
    for name, double, single in _ATTRIBUTE.findall(rest):
        if name == b"r":
            found = _PLACE.fullmatch(double or single)
            if found is None:
                return _BEYOND, _BEYOND
            letters, digits = found.groups()
            return (int(digits) - 1 if digits else row), _column(letters) if letters else column
    return row, column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1
