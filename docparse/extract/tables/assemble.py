"""From a grid to the record: names, typed cells, totals, and what stands over the table.

In goes a grid with its text, out comes a :class:`~docparse.models.Table`.
"""

from __future__ import annotations

from dataclasses import replace

from docparse.extract.tables.captions import read_above
from docparse.extract.tables.grids import Cell, Grid, squared
from docparse.extract.tables.headers import column_names, count_header_rows
from docparse.extract.tables.typed import column_kind, read_column, total_rows
from docparse.extract.tables.vocabulary import NUMERIC, Vocabulary
from docparse.models import Table, Text
from docparse.patterns import Patterns


def assemble(
    text: Text, grid: Grid, words: Vocabulary, patterns: Patterns, *, floor: int = 0
) -> Table:
    """The record of one grid; nothing over ``floor`` is taken for its caption."""
    grid = _of_one_width(grid)
    plain = [tuple(cell.words for cell in row) for row in grid.rows]
    head = grid.head if grid.head is not None else count_header_rows(plain, words)
    header = grid.header or tuple(plain[:head])
    rows = tuple(plain[head:])
    names = grid.names or column_names(header, words)
    names += ("",) * (grid.width - len(names))
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    heads = grid.kinds or tuple(words.header_kind(name.split(" / ")[-1]) for name in names)
    kinds = [column_kind(cells, kind, words) for cells, kind in zip(columns, heads, strict=True)]
    numbers = [
        read_column(cells) if kind in NUMERIC else (None,) * len(cells)
        for cells, kind in zip(columns, kinds, strict=True)
    ]
    values = tuple(zip(*numbers, strict=True))
    above = read_above(text, grid.start, words, patterns, floor)
    return Table(
        columns=names,
        rows=rows,
        span=grid.span or text.span(grid.start, grid.end),
        caption=above.caption,
        header_rows=header,
        total_rows=total_rows(rows, values, kinds, words),
        period=above.period,
        lead=above.lead,
        kinds=tuple(kind.value for kind in kinds),
        values=values,
        cells=tuple(tuple(cell.span for cell in row) for row in _body(grid, head)),
        title_rows=grid.titles or _titles(rows, words),
        confidence=grid.confidence,
    )


def _of_one_width(grid: Grid) -> Grid:
    """As wide as its names: an empty last column has a name and no cells."""
    width = max(grid.width, len(grid.names or ()), len(grid.kinds or ()))
    kinds = grid.kinds and grid.kinds + (None,) * (width - len(grid.kinds))
    return replace(grid, rows=squared(grid.rows, width), kinds=kinds)


def _body(grid: Grid, head: int) -> tuple[tuple[Cell, ...], ...]:
    return grid.rows[head:]


def _titles(rows: tuple[tuple[str, ...], ...], words: Vocabulary) -> tuple[int, ...]:
    """Rows that hold only a label and a title, or a title alone."""
    return tuple(
        number
        for number, row in enumerate(rows)
        if len(row) > 2 and not any(row[2:]) and _is_title(row[0], row[1], words)
    )


def _is_title(label: str, title: str, words: Vocabulary) -> bool:
    if not title:
        return bool(label)
    return not label or bool(words.ordinal.match(label))
