"""Tables whose lines run down only: rows that no line parts are found by their serial numbers.

In goes a filled table, out comes one with a row for each number of the first column, where a
cell holds three numbers or more under one another that count up; any other table stays as it is.

>>> counts_up(["1", "2", "3"]), counts_up(["12", "40", "3"]), counts_up(["1", "2"])
(True, False, False)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from docparse.read.pdf.values import Cell, Line, PageTable

_FEWEST = 3
_ABOVE = 0.5  # of the size: a row's words begin no higher over its number


def split_rows(table: PageTable) -> PageTable:
    """The table with the rows that its first column counts."""
    cells: list[Cell] = []
    shift = 0
    for row in range(table.rows):
        held = [cell for cell in table.cells if cell.row == row]
        starts = _starts(held)
        for cell in held:
            cells += (
                _split(cell._replace(row=row + shift), starts)
                if starts
                else [cell._replace(row=row + shift)]
            )
        shift += max(0, len(starts) - 1)
    return replace(table, cells=tuple(cells)) if shift else table


def counts_up(texts: Sequence[str]) -> bool:
    """Whether the texts are numbers, each one more than the one before."""
    numbers = [text.strip(".") for text in texts]
    if len(numbers) < _FEWEST or not all(number.isdigit() for number in numbers):
        return False
    return all(int(after) == int(before) + 1 for before, after in pairwise(numbers))


def _starts(held: Sequence[Cell]) -> list[float]:
    """Where the rows inside one drawn row begin."""
    first = next((cell for cell in held if cell.column == 0), None)
    if first is None or any(cell.row_span > 1 for cell in held):
        return []
    if not counts_up([line.text for line in first.lines]):
        return []
    return [line.base - _ABOVE * line.size for line in first.lines]


def _split(cell: Cell, starts: Sequence[float]) -> list[Cell]:
    """A cell cut at the beginnings of rows."""
    held: list[list[Line]] = [[] for _ in starts]
    for line in cell.lines:
        held[max(0, bisect_right(starts, line.base) - 1)].append(line)
    x0, top, x1, bottom = cell.box
    edges = [top, *(start for start in starts[1:]), bottom]
    return [
        cell._replace(row=cell.row + at, box=(x0, edges[at], x1, edges[at + 1]), lines=tuple(lines))
        for at, lines in enumerate(held)
    ]
