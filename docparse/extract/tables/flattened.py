"""Flattened tables: a ruled table that extraction printed cell by cell, a fragment a line.

A text goes in, grids come out with a confidence. The source's own lines are read, since its
line spacing tells cells apart; spans lead back through the source. A table begins at header
words, goes on over repeated headers and page numbers, and ends where prose begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docparse.extract.tables.alignment import Clues, Place, align, measured_widths, read_clues
from docparse.extract.tables.flathead import Columns, find_columns, header_cells
from docparse.extract.tables.flatrows import Rows, build_rows
from docparse.extract.tables.grids import Grid
from docparse.extract.tables.pieces import Line, Piece, Shape, cut, read_lines
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary
from docparse.models import Text

_HEADER_LINES = 60
_WIDEST = 130  # characters: a longer line is prose
_PROSE = 0.62  # the share of the page's width from which two lines in a row are prose
_ENDS_SENTENCE = ".:;!?"
_ROUNDS = 3
_FIRST = frozenset({"1", "01", "I", "A", "1.", "I.", "A.", "1)", "a)", "(1)"})


@dataclass(frozen=True, slots=True)
class Found:
    """A flattened table: its grid, and the index of the line behind it."""

    grid: Grid
    after: int


def find_flattened(text: Text, words: Vocabulary, taken: Sequence[tuple[int, int]]) -> list[Grid]:
    """Every flattened table outside the ranges that other tables have taken."""
    source = text.source.text
    lines = read_lines(source, 0, len(source))
    width = _page_width(lines)
    free = _Free(text, taken)
    grids: list[Grid] = []
    index = 0
    while index < len(lines):
        found = None
        if _may_begin(lines, index, words) and free.holds(lines[index].start):
            found = _read(text, lines, index, width, words)
        if found:
            grids.append(found.grid)
        index = found.after if found else index + 1
    return grids
