"""The text of a file that knows paragraphs and tables: blocks in, characters and grids out.

A paragraph is a line, a table rows of tab-separated cells, a merged cell printed once and
the cells that it covers left empty. Letterheads and signatures, which writers lay out in
tables, are no tables: a letterhead stands with its columns side by side in one line, as on
the page, a signature with one column behind the other.

>>> composer = Composer()
>>> composer.line("Kết quả:")
>>> composer.table([Cell(0, 0, "Sở"), Cell(0, 1, "Tỷ lệ", column_span=2), Cell(1, 2, "5")])
>>> composer.text
'Kết quả:\\n\\nSở\\tTỷ lệ\\t\\n\\t\\t5\\n\\n'
>>> composer.grids[0].cells[1].column_span
2
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from docparse.models import Grid, GridCell
from docparse.patterns import load

_WIDE = 44  # characters: a left column that is wider pushes the right one only in its own lines
_GAP = 6  # spaces between columns; three are enough to tell them from spaces between words
_LAYOUT_ROWS, _LAYOUT_COLUMNS, _LOOK = 12, 3, 3
_UNRULED_ROWS = 3


class Cell(NamedTuple):
    """A cell where it begins; ``words`` may hold line breaks."""

    row: int
    column: int
    words: str
    row_span: int = 1
    column_span: int = 1


class Composer:
    """Takes the blocks of a file in their order."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self._pieces: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def line(self, words: str) -> None:
        """One paragraph; of several empty ones in a row one blank line is kept."""
        words = words.rstrip()
        if words or not self._after_blank():
            self._add(f"{words}\n")

    def page_break(self) -> None:
        """A form feed, unless nothing has been printed on the page yet."""
        if self._pieces and self._pieces[-1] != "\f":
            self._add("\f")

    def table(self, cells: Sequence[Cell], *, ruled: bool = True) -> None:
        """A table of the page, or what is only laid out as one."""
        cells = _squeezed([cell._replace(words=cell.words.strip()) for cell in cells])
        if not any(cell.words for cell in cells):
            return
        if max(cell.column + cell.column_span for cell in cells) == 1:
            for cell in cells:
                self.line(cell.words)
        elif _is_layout(cells, ruled=ruled):
            self._columns(cells)
        else:
            self._grid(cells)

    def _grid(self, cells: Sequence[Cell]) -> None:
        height = max(cell.row + cell.row_span for cell in cells)
        width = max(cell.column + cell.column_span for cell in cells)
        begun = {(cell.row, cell.column): cell for cell in cells}
        self.line("")
        start = self._length
        placed = []
        for row in range(height):
            for column in range(width):
                cell = begun.get((row, column))
                at = self._length
                if cell is not None:
                    self._add(" ".join(cell.words.split()))
                    placed.append(_placed(cell, at, self._length))
                self._add("\n" if column + 1 == width else "\t")
        self.grids.append(Grid(cells=tuple(placed), start=start, end=self._length - 1))
        self._add("\n")  # a blank line, so that two tables are never one

    def _columns(self, cells: Sequence[Cell]) -> None:
        """A letterhead row by row, the lines of its cells side by side; else column by column.

        To whom copies go and who signs are read one after the other: lines of a list are not
        torn apart by the other column.
        """
        if not any(_is_head(cell.words) for cell in cells):
            for cell in sorted(cells, key=lambda cell: (cell.column, cell.row)):
                for line in _lines(cell):
                    self.line(line)
            return
        rows: dict[int, list[Cell]] = {}
        for cell in cells:
            rows.setdefault(cell.row, []).append(cell)
        for row in sorted(rows):
            columns: list[list[str]] = [[], [], []]
            for cell in rows[row]:
                columns[cell.column] += _lines(cell)
            for beside in zip_longest(*columns, fillvalue=""):
                self.line(_beside(beside))

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def _after_blank(self) -> bool:
        return not self._pieces or self._pieces[-1] in ("\n", "\f")


def _placed(cell: Cell, start: int, end: int) -> GridCell:
    return GridCell(
        row=cell.row,
        column=cell.column,
        start=start,
        end=end,
        row_span=cell.row_span,
        column_span=cell.column_span,
    )


def _lines(cell: Cell) -> list[str]:
    lines = (" ".join(line.split()) for line in cell.words.split("\n"))
    return [line for line in lines if line]


def _beside(words: Sequence[str]) -> str:
    line = ""
    for column, part in enumerate(words):
        if part and column:
            line = line.ljust(column * (_WIDE - _GAP)) + " " * _GAP
        line += part
    return line


def _squeezed(cells: Sequence[Cell]) -> list[Cell]:
    """The cells without rows and columns in which no cell begins: they only show in spans."""
    rows = sorted({cell.row for cell in cells})
    columns = sorted({cell.column for cell in cells})
    made = []
    for cell in cells:
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        row_span = bisect_left(rows, cell.row + cell.row_span) - row
        column_span = bisect_left(columns, cell.column + cell.column_span) - column
        made.append(Cell(row, column, cell.words, row_span, column_span))
    return made


def _is_layout(cells: Sequence[Cell], *, ruled: bool) -> bool:
    """Whether a table only sets a letterhead or a signature in columns."""
    height = max(cell.row for cell in cells) + 1
    if max(cell.column for cell in cells) >= _LAYOUT_COLUMNS or height > _LAYOUT_ROWS:
        return False
    if any(is_letterhead(cell.words) for cell in cells if cell.row < _LOOK):
        return True
    broken = any("\n" in cell.words for cell in cells)
    return not ruled and height <= _UNRULED_ROWS and broken


def is_letterhead(words: str) -> bool:
    """Whether one of the lines belongs to a letterhead or a signature.

    >>> is_letterhead("Số: 12/KH-SCT"), is_letterhead("Số lượng")
    (True, False)
    """
    return any(_letterhead().search(line) for line in words.split("\n"))


def _is_head(words: str) -> bool:
    """Whether a cell has the motto of the State or of the Party, or the document's number."""
    return any(form.search(" ".join(words.split())) for form in _heads())


@cache
def _heads() -> tuple[re.Pattern[str], ...]:
    forms = load().forms("letterhead")
    return tuple(map(forms.pattern, ("motto", "motto-words", "motto-party", "number")))


@cache
def _letterhead() -> re.Pattern[str]:
    return load().forms("tables").pattern("letterhead")
