"""Cells to cut out of a table that only gaps show: a table found by its words in, its squares out.

What tesseract reads on a whole page loses digits and glues words of two columns together. Once
the columns and rows are known, such a table is read cell by cell as a ruled one is; squares
in which no word was found may hold one nevertheless.

>>> from docparse.read.pdf.values import Line
>>> word = Word("1", 10, 20, 16, 30, 30, 10)
>>> cells = (Cell(0, 0, 1, 1, (10, 20, 16, 30), (Line((word,)),)),)
>>> [(c.column, c.box) for c in squares(PageTable(box=(10, 20, 90, 30), columns=(10, 40, 90),
...                                               cells=cells)).cells]
[(0, (8.0, 18.0, 40, 32.0)), (1, (40, 18.0, 92.0, 32.0))]
"""

from __future__ import annotations

from collections.abc import Iterable

from docparse.read.pdf.values import Cell, PageTable, Word

_EDGE = 0.25  # of a word's width
_MARGIN = 2.0  # points around the words of the table


def squares(table: PageTable) -> PageTable:
    """The table with a square for each of its cells, none of them read yet."""
    ys = _borders(table)
    xs = (table.columns[0] - _MARGIN, *table.columns[1:-1], table.columns[-1] + _MARGIN)
    spans = {(cell.row, cell.column): (cell.row_span, _width(cell, table)) for cell in table.cells}
    taken = {
        (row + down, column + across)
        for (row, column), (height, width) in spans.items()
        for down in range(height)
        for across in range(width)
    }
    places = set(spans) | {
        (row, column)
        for row in range(len(ys) - 1)
        for column in range(len(xs) - 1)
        if (row, column) not in taken
    }
    cells = []
    for row, column in sorted(places):
        down, across = spans.get((row, column), (1, 1))
        box = (xs[column], ys[row], xs[min(column + across, len(xs) - 1)], ys[row + down])
        cells.append(Cell(row, column, down, across, box))
    return PageTable(
        box=(xs[0], ys[0], xs[-1], ys[-1]),
        columns=table.columns,
        cells=tuple(cells),
        drawn=table.drawn,
    )


def kept(found: PageTable, read: PageTable) -> PageTable:
    """The table as it was read, with the words of the page where a cell is read as empty."""
    words = {(cell.row, cell.column): cell.lines for cell in found.cells}
    cells = (
        cell if cell.lines else cell._replace(lines=words.get((cell.row, cell.column), ()))
        for cell in read.cells
    )
    filled = tuple(cell for cell in cells if cell.lines)
    return PageTable(box=read.box, columns=read.columns, cells=filled, drawn=read.drawn)


def _width(cell: Cell, table: PageTable) -> int:
    """How many columns a cell spans: one, where words of a row only stand close to each other."""
    beside = sum(1 for other in table.cells if other.row == cell.row and other.row_span == 1)
    if cell.row == 0 or 2 * beside < table.width:
        return cell.column_span
    borders = table.columns[cell.column + 1 : cell.column + cell.column_span]
    crossed = any(_crosses(word, x) for x in borders for word in _words([cell]))
    return cell.column_span if crossed else 1


def _crosses(word: Word, border: float) -> bool:
    """Whether a border runs through a word; by its edges tesseract often has white or dirt."""
    edge = _EDGE * (word.x1 - word.x0)
    return word.x0 + edge < border < word.x1 - edge


def _borders(table: PageTable) -> list[float]:
    """Where rows part: halfway between the words above and those below."""
    rows = [_extent(table, row) for row in range(table.rows)]
    tops, bottoms = [top for top, _ in rows], [bottom for _, bottom in rows]
    between = [(bottom + top) / 2 for bottom, top in zip(bottoms, tops[1:], strict=False)]
    return [tops[0] - _MARGIN, *between, bottoms[-1] + _MARGIN]


def _extent(table: PageTable, row: int) -> tuple[float, float]:
    """From the top of the first words of a row to the bottom of the last."""
    words = _words(cell for cell in table.cells if cell.row == row and cell.row_span == 1)
    words = words or _words(cell for cell in table.cells if cell.row == row)
    return min(word.top for word in words), max(word.bottom for word in words)


def _words(cells: Iterable[Cell]) -> list[Word]:
    return [word for cell in cells for line in cell.lines for word in line.words]
