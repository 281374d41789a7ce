"""Tables over pages: the last table of one page and the first of the next in, one table out.

A table goes on when its columns do: the same borders, or the same number of columns and a
repeated header. The repeated header is left out, the column-index row with it; a first row that
is mostly empty is the rest of the row that the page break cut. Each join says what it did.

>>> is_index_row(["(1)", "(2)", "(3)"]), is_index_row(["A", "B", "1", "2"])
(True, True)
>>> is_index_row(["1", "Sở Y tế", "12"])
False
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from docparse.models import Box
from docparse.read.pdf.cells import cell_text, padding_of
from docparse.read.pdf.values import Cell, Drawn, Line, PageTable

_SAME_BORDER = 5.0  # points
_LOOSE_BORDER = 16.0
_HEADER_ROWS = 6
_TALLEST = 60  # rows that a merged cell may span
_INDEX = re.compile(r"^\(?(?:\d{1,2}|[A-ZĐ]|[IVX]{1,4})\)?(?:\s*=.*)?$")
_SERIAL_HEAD = re.compile(r"^(?:s(?:ố)?\s*)?tt$|^stt\.?$|^số thứ tự$", re.IGNORECASE)
_SERIAL = re.compile(r"^(\d{1,4})\.?$")
_NUMBER = re.compile(r"^[(+-]?\d[\d.,]*[%)]?$")
_STOPS = ".;:!?…"
_UNKNOWN = 1000.0  # points of padding


class Placed(NamedTuple):
    """A cell of a joined table: its lines, each with its page."""

    row: int
    column: int
    row_span: int
    column_span: int
    page: int
    box: Box
    lines: tuple[tuple[int, Line], ...]


@dataclass(slots=True)
class JoinedTable:
    """A table that may still go on; ``columns`` are its borders on the page read last."""

    columns: tuple[float, ...]
    drawn: Drawn
    cells: list[Placed] = field(default_factory=list)
    rows: int = 0
    header: int = 0
    joins: list[str] = field(default_factory=list)
    by_row: dict[int, list[int]] = field(default_factory=dict)

    def take(self, cell: Placed) -> None:
        """Take one cell in."""
        self.by_row.setdefault(cell.row, []).append(len(self.cells))
        self.cells.append(cell)

    def padding(self) -> float:
        """The padding of its cells; without borders nothing is known to be full."""
        if self.drawn is not Drawn.RULED:
            return -_UNKNOWN
        return padding_of((cell.box, [line for _, line in cell.lines]) for cell in self.cells)

    @property
    def width(self) -> int:
        return len(self.columns) - 1

    def texts(self, row: int) -> list[str]:
        """The words of each column of a row."""
        texts = [""] * self.width
        for index in self.by_row.get(row, ()):
            texts[self.cells[index].column] = _text(self.cells[index])
        return texts


def begin(table: PageTable, page: int) -> JoinedTable:
    """A table as its first page has it."""
    joined = JoinedTable(columns=table.columns, drawn=table.drawn, rows=table.rows)
    for cell in table.cells:
        joined.take(_placed(cell, page, 0))
    joined.header = header_rows(table)
    return joined


def goes_on(joined: JoinedTable, table: PageTable) -> bool:
    """Whether a table at the top of a page continues the one at the end of the page before."""
    if joined.width != table.width:
        return False
    if repeated_rows(joined, table):
        return True
    first = _row_texts(table, 0)
    if _SERIAL_HEAD.match(first[0]) or all(_is_heading(text) for text in first):
        return False
    limit = _SAME_BORDER if joined.drawn is Drawn.RULED else _LOOSE_BORDER
    if _same_borders(joined.columns, table.columns, limit):
        return True
    return _counts_on(joined, table)


def extend(joined: JoinedTable, table: PageTable, page: int) -> None:
    """Take the rows of the next page in."""
    repeated = repeated_rows(joined, table)
    if repeated:
        joined.joins.append(f"table-header-repeated page={page} rows={repeated}")
    else:
        joined.joins.append(f"table-continued page={page}")
    if not _same_borders(joined.columns, table.columns, _SAME_BORDER):
        joined.joins.append(f"table-columns-moved page={page}")
    split = repeated < table.rows and _is_rest(joined, table, repeated)
    if split:
        joined.joins.append(f"table-row-rejoined page={page} row={joined.rows}")
        _append_rest(joined, [cell for cell in table.cells if cell.row == repeated], page)
    shift = joined.rows - repeated - split
    for cell in table.cells:
        if cell.row >= repeated + split:
            joined.take(_placed(cell, page, shift))
    joined.rows = max(joined.rows, table.rows + shift)
    joined.columns = table.columns


def header_rows(table: PageTable) -> int:
    """How many rows the header takes: what its tallest cell spans, and the column-index row."""
    rows = max((cell.row_span for cell in table.cells if cell.row == 0), default=1)
    if rows < table.rows and is_index_row(_row_texts(table, rows)):
        rows += 1
    return min(rows, table.rows)


def is_index_row(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: "(1) (2) (3)" or "A B 1 2"."""
    filled = [text.strip() for text in texts if text.strip()]
    if len(filled) < 2 or len(filled) < len(texts) - 1:
        return False
    if not all(_INDEX.match(text) for text in filled):
        return False
    keys = [text.strip("()").split("=")[0].strip() for text in filled]
    numbers = [int(key) for key in keys if key.isdigit()]
    return len(set(keys)) == len(keys) and all(b == a + 1 for a, b in pairwise(numbers))


def repeated_rows(joined: JoinedTable, table: PageTable) -> int:
    """How many first rows of the table repeat the header, or the column-index row alone."""
    limit = min(_HEADER_ROWS, table.rows, max(joined.header, 1))
    same = 0
    while same < limit and _fold(_row_texts(table, same)) == _fold(joined.texts(same)):
        same += 1
    if same and any(_row_texts(table, 0)):
        return same
    first = _row_texts(table, 0)
    if is_index_row(first) and any(
        _fold(first) == _fold(joined.texts(row)) for row in range(min(joined.header, joined.rows))
    ):
        return 1
    return 0


def _fold(texts: Sequence[str]) -> list[str]:
    return ["".join(text.lower().split()) for text in texts]


def _is_heading(text: str) -> bool:
    return bool(text) and not any(char.isdigit() for char in text) and text[0].isupper()


def _same_borders(above: Sequence[float], below: Sequence[float], limit: float) -> bool:
    """Whether the borders are the same, perhaps all moved alike (margins of facing pages)."""
    moved = [after - before for before, after in zip(above, below, strict=True)]
    return max(moved) - min(moved) <= limit


def _counts_on(joined: JoinedTable, table: PageTable) -> bool:
    """Whether the first column counts on from the last serial number."""
    below = _SERIAL.match(_row_texts(table, 0)[0])
    for row in range(joined.rows - 1, max(-1, joined.rows - 4), -1):
        above = _SERIAL.match(joined.texts(row)[0])
        if above and below:
            return int(below[1]) == int(above[1]) + 1
    return False


def _is_rest(joined: JoinedTable, table: PageTable, row: int) -> bool:
    """Whether a row is what the page break cut off the last one."""
    texts = _row_texts(table, row)
    cells = [cell for cell in table.cells if cell.row == row]
    if texts[0] or any(cell.row_span > 1 and cell_text(cell) for cell in cells):
        return False
    filled = [index for index, text in enumerate(texts) if text]
    above = joined.texts(joined.rows - 1)
    if joined.rows <= joined.header or len(cells) < len(texts) - 1:
        return False
    if not filled:
        return True  # the empty foot of a row whose words all fitted above the break
    if any(_NUMBER.match(texts[index]) and above[index] for index in filled):
        return False
    if len(filled) * 2 <= len(texts):
        return any(above[index] for index in filled) or not any(above)
    return all(_runs_on(above[index], texts[index]) for index in filled)


def _runs_on(above: str, below: str) -> bool:
    return bool(above) and (below[0].islower() or above[-1] not in _STOPS)


def _append_rest(joined: JoinedTable, rest: Sequence[Cell], page: int) -> None:
    last = joined.rows - 1
    for cell in rest:
        if not cell.lines:
            continue
        for index in _cells_at(joined, last):
            above = joined.cells[index]
            if above.column == cell.column:
                lines = (*above.lines, *((page, line) for line in cell.lines))
                joined.cells[index] = above._replace(lines=lines)
                break
        else:
            joined.take(_placed(cell._replace(row=last), page, 0))


def _cells_at(joined: JoinedTable, row: int) -> list[int]:
    """The cells that begin in a row or reach down to it."""
    found: list[int] = []
    for above in range(row, max(-1, row - _TALLEST), -1):
        held = joined.by_row.get(above, ())
        found += [index for index in held if above + joined.cells[index].row_span > row]
    return found


def _placed(cell: Cell, page: int, shift: int) -> Placed:
    lines = tuple((page, line) for line in cell.lines)
    spans = (cell.row_span, cell.column_span)
    return Placed(cell.row + shift, cell.column, *spans, page, cell.box, lines)


def _row_texts(table: PageTable, row: int) -> list[str]:
    texts = [""] * table.width
    for cell in table.cells:
        if cell.row == row:
            texts[cell.column] = cell_text(cell)
    return texts


def _text(cell: Placed) -> str:
    return cell_text(
        Cell(
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            cell.box,
            tuple(line for _, line in cell.lines),
        )
    )
