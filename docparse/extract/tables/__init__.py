"""Tables in text: a repaired text goes in, tables with typed cells come out.

Each way to print a table is one module that makes grids; what follows is one for all.

    delimited    tabs, pipes
    aligned      columns kept apart by spaces
    webcells     a line with only "|" between two cells
    flattened    a ruled table that extraction printed cell by cell, a fragment a line
    headers      header rows and the names of columns        (flathead: of flattened tables)
    typed        kinds of columns, numbers, total rows
    captions     caption, lead and period

>>> from docparse.models import Header, OffsetMap, Outline, Part, Source, Text
>>> from docparse.patterns import load
>>> said = "Kết quả như sau:\\nTT\\tTên\\tSố\\n1\\tA\\t5\\n\\tTổng\\t5"
>>> source = Source(text=said, path="", sha256="", format="txt")
>>> outline = Outline(parts=(Part(header=Header(), start=0, end=len(said)),))
>>> found = find_tables(Text(value=said, source=source, offsets=OffsetMap()), outline, load())
>>> found.tables[0].columns, found.tables[0].total_rows, found.tables[0].caption
(('TT', 'Tên', 'Số'), (1,), 'Kết quả')
"""

from __future__ import annotations

from dataclasses import dataclass

from docparse.extract.tables.aligned import find_aligned
from docparse.extract.tables.assemble import assemble
from docparse.extract.tables.delimited import find_delimited
from docparse.extract.tables.flattened import find_flattened
from docparse.extract.tables.grids import Grid
from docparse.extract.tables.typed import numeric_ranges
from docparse.extract.tables.vocabulary import vocabulary
from docparse.extract.tables.webcells import find_web_tables
from docparse.models import Notice, Outline, Span, Table, Text
from docparse.patterns import Patterns

__all__ = ["TablesFound", "find_tables"]

_SURE = 0.8  # below this a notice says that the table was put together with doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesFound:
    """Tables, and the ranges of the repaired text that they cover.

    ``regions`` are whole tables; ``numeric_cells`` their cells that hold a number and nothing
    else. Both are ordered and do not overlap.
    """

    tables: tuple[Table, ...] = ()
    notices: tuple[Notice, ...] = ()
    regions: tuple[tuple[int, int], ...] = ()
    numeric_cells: tuple[tuple[int, int], ...] = ()


def find_tables(text: Text, outline: Outline, patterns: Patterns) -> TablesFound:
    """Every table of a text, in its order."""
    words = vocabulary(patterns)
    grids = find_web_tables(text, words)
    grids += _outside(find_delimited(text, words), grids)
    grids += _outside(find_aligned(text, words), grids)
    flattened = find_flattened(text, words, [(grid.start, grid.end) for grid in grids])
    grids += _outside(list(flattened.grids), grids)
    grids = _outside(sorted(grids, key=lambda grid: grid.start), ())
    tables = []
    floor = 0
    for grid in grids:
        floor = _part_start(outline, grid.start, floor)
        tables.append(assemble(text, grid, words, patterns, floor=floor))
        floor = grid.end
    return TablesFound(
        tables=tuple(tables),
        notices=(
            *(_unsure_table(table) for table in tables if table.confidence < _SURE),
            *(_unsure(0, doubt.columns, 0.0, doubt.span) for doubt in flattened.doubts),
        ),
        regions=tuple((grid.start, grid.end) for grid in grids),
        numeric_cells=tuple(sorted({place for table in tables for place in numeric_ranges(table)})),
    )


def _outside(grids: list[Grid], others: list[Grid] | tuple[()]) -> list[Grid]:
    """The grids that overlap neither the others nor one before them."""
    kept: list[Grid] = []
    for grid in grids:
        if not any(grid.start < o.end and o.start < grid.end for o in (*others, *kept)):
            kept.append(grid)
    return kept


def _part_start(outline: Outline, position: int, floor: int) -> int:
    """What stands over a table is looked for in its own document only."""
    starts = [part.start for part in outline.parts if part.start <= position]
    return max(floor, *starts) if starts else floor


def _unsure_table(table: Table) -> Notice:
    return _unsure(len(table.rows), len(table.columns), table.confidence, table.span)


def _unsure(rows: int, columns: int, confidence: float, span: Span) -> Notice:
    values = (
        ("rows", str(rows)),
        ("columns", str(columns)),
        ("confidence", f"{confidence:.0%}"),
    )
    return Notice(code="table-unsure", values=values, span=span)
