"""Pages to one text: pages in their order in, text, places and grids out.

A page is taken up and let go at once, so that a thousand pages need no more memory than their
words; only a table that ends a page waits for the next one. Where a table goes on over pages, all
of it stands on the first, and the page breaks follow it.

>>> assembly = Assembly()
>>> assembly.add(Page(number=1, width=100, height=100))
>>> assembly.add(Page(number=2, width=100, height=100))
>>> assembly.finish()
>>> assembly.text
'\\x0c'
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import overload

from docparse.models import Box, Grid, GridCell, Places
from docparse.read.pdf.cells import join_words
from docparse.read.pdf.joins import JoinedTable, Placed, begin, extend, goes_on
from docparse.read.pdf.values import Block, Line, Page, PageTable, Word, turn_box

_FURNITURE = 2  # lines above or below a table that may be page numbers and running headers
_SHORT = 90  # characters
_WIDE = 2.5  # of the size
_FAR = "    "


class Boxes(Sequence[Box]):
    """Boxes as plain numbers: a long report has half a million words."""

    __slots__ = ("numbers",)

    def __init__(self) -> None:
        self.numbers = array("f")

    def append(self, box: Box) -> None:
        self.numbers.extend(box)

    def __len__(self) -> int:
        return len(self.numbers) // 4

    @overload
    def __getitem__(self, index: int) -> Box: ...
    @overload
    def __getitem__(self, index: slice) -> list[Box]: ...
    def __getitem__(self, index: int | slice) -> Box | list[Box]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = range(len(self))[index] * 4
        x0, top, x1, bottom = (round(number, 2) for number in self.numbers[at : at + 4])
        return x0, top, x1, bottom


class Assembly:
    """The text so far; ``add`` pages, then ``finish``."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.grids: list[Grid] = []
        self.doubtful: list[tuple[int, int]] = []
        self._starts, self._ends = array("I"), array("I")
        self._numbers = array("I")
        self._boxes = Boxes()
        self._table: JoinedTable | None = None
        self._after: list[Line | int] = []
        self._frames: dict[int, tuple[int, float, float]] = {}
        self._page = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def places(self) -> Places:
        return Places(self._starts, self._ends, self._numbers, self._boxes)

    def add(self, page: Page) -> None:
        """Take one page up."""
        if self._table is None:
            self._frames.clear()
        self._frames[page.number] = (page.turns, page.width, page.height)
        blocks = list(page.blocks)
        first = _first_table(blocks)
        if self._table is not None and first is not None:
            table = blocks[first]
            if isinstance(table, PageTable) and goes_on(self._table, table):
                extend(self._table, table, page.number)
                self._break(page.number)
                self._after += [block for block in blocks[:first] if isinstance(block, Line)]
                blocks = blocks[first + 1 :]
                if _ends_page(blocks):
                    self._after += [block for block in blocks if isinstance(block, Line)]
                    return
                self._flush()
                self._emit(blocks)
                return
        self._flush()
        self._break(page.number)
        self._emit(blocks)

    def finish(self) -> None:
        """Write out what still waits."""
        self._flush()

    def _break(self, number: int) -> None:
        """Begin a page: now, or behind the table that waits."""
        if number > 1 and self._table is not None:
            self._after.append(number)
            return
        if number > 1:
            self._write("\f")
        self._page = number

    def _emit(self, blocks: Sequence[Block]) -> None:
        """Write blocks; a table that ends the page waits for the next page."""
        tables = [at for at, block in enumerate(blocks) if isinstance(block, PageTable)]
        last = max(tables, default=-1)
        waits = last >= 0 and _ends_page(blocks[last + 1 :])
        for index, block in enumerate(blocks):
            if isinstance(block, Line):
                if self._table is None:
                    self._write_line(block)
                else:
                    self._after.append(block)
            elif waits and index == last:
                self._table = begin(block, self._page)
            else:
                self._write_table(begin(block, self._page))

    def _flush(self) -> None:
        table, after = self._table, self._after
        self._table, self._after = None, []
        if table is not None:
            self._write_table(table)
        for item in after:
            if isinstance(item, Line):
                self._write_line(item)
            else:
                self._break(item)

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _write_line(self, line: Line) -> None:
        pieces: list[str] = []
        at = self.length
        last: Word | None = None
        for word in line.words:
            if last is not None:
                # Words far apart stand apart: a reader sees two things beside each other.
                space = _FAR if word.x0 - last.x1 > _WIDE * word.size else " "
                pieces.append(space)
                at += len(space)
            pieces.append(word.text)
            at = self._place(word, at, self._page)
            last = word
        self._write("".join(pieces) + "\n")

    def _place(self, word: Word, at: int, page: int) -> int:
        """Note where a word stands, and return where it ends."""
        end = at + len(word.text)
        self._starts.append(at)
        self._ends.append(end)
        self._numbers.append(page)
        self._boxes.append(self._shown((word.x0, word.top, word.x1, word.bottom), page))
        if word.doubtful:
            self.doubtful.append((at, end))
        return end

    def _shown(self, box: Box, page: int) -> Box:
        turns, width, height = self._frames[page]
        return turn_box(box, turns, width, height) if turns else box

    def _write_table(self, table: JoinedTable) -> None:
        start = self.length
        padding = table.padding()
        cells = []
        rows: dict[int, dict[int, Placed]] = {}
        for cell in table.cells:
            rows.setdefault(cell.row, {})[cell.column] = cell
        for row in range(table.rows):
            for column in range(table.width):
                if column:
                    self._write("\t")
                found = rows.get(row, {}).get(column)
                if found is not None:
                    cells.append(self._write_cell(found, padding))
            self._write("\n")
        grid = Grid(cells=tuple(cells), start=start, end=self.length, joins=tuple(table.joins))
        self.grids.append(grid)

    def _write_cell(self, cell: Placed, padding: float) -> GridCell:
        start = self.length
        text, places = join_words((line for _, line in cell.lines), cell.box, padding)
        words = [(page, word) for page, line in cell.lines for word in line.words]
        for (page, word), (at, _) in zip(words, places, strict=True):
            self._place(word, start + at, page)
        self._write(text)
        return GridCell(
            row=cell.row,
            column=cell.column,
            start=start,
            end=self.length,
            row_span=cell.row_span,
            column_span=cell.column_span,
            page=cell.page,
            box=self._shown(cell.box, cell.page),
            doubtful=any(word.doubtful for _, word in words),
        )


def _first_table(blocks: Sequence[Block]) -> int | None:
    """The table that begins the page, if only furniture stands above it."""
    for index, block in enumerate(blocks[: _FURNITURE + 1]):
        if isinstance(block, PageTable):
            return index
        if len(block.text) > _SHORT:
            return None
    return None


def _ends_page(blocks: Sequence[Block]) -> bool:
    """Whether only furniture follows a table."""
    return len(blocks) <= _FURNITURE and all(
        isinstance(block, Line) and len(block.text) <= _SHORT for block in blocks
    )
