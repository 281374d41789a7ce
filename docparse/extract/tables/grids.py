"""A table while it is being read: cells in rows, not yet a record.

Every way to print a table (tabs, pipes, cells of the web, one fragment a line) ends in a
:class:`Grid`; what follows is the same for all of them.

>>> Grid(rows=((Cell(words="a"), EMPTY),), start=0, end=1).width
2
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docparse.extract.tables.vocabulary import Kind
from docparse.models import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The words of a cell, white space folded, and where they stand; no place if it is empty."""

    words: str = ""
    span: Span | None = None


EMPTY = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Rows of equal width. ``start`` and ``end`` are its range in the repaired text.

    ``head`` rows at the top are header, or ``header`` holds them apart; ``names`` and ``kinds``
    are given where the reader of the layout already knows them. ``titles`` are rows that hold
    only a label and a title.
    """

    rows: tuple[tuple[Cell, ...], ...]
    start: int
    end: int
    head: int | None = None
    header: tuple[tuple[str, ...], ...] | None = None
    names: tuple[str, ...] | None = None
    kinds: tuple[Kind | None, ...] | None = None
    titles: tuple[int, ...] = ()
    confidence: float = 1.0
    span: Span | None = None

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def squared(
    rows: Sequence[Sequence[Cell]], width: int | None = None
) -> tuple[tuple[Cell, ...], ...]:
    """The rows filled up with empty cells to one width; empty columns at the right edge go."""
    wide = width or max((len(row) for row in rows), default=0)
    full = [tuple(row[:wide]) + (EMPTY,) * (wide - len(row)) for row in rows]
    while wide > 1 and not any(row[wide - 1].words for row in full) and width is None:
        wide -= 1
    return tuple(row[:wide] for row in full)
