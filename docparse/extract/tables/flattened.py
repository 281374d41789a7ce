"""Flattened tables: a ruled table that extraction printed cell by cell, a fragment a line.

A text goes in, grids come out with a confidence. The source's own lines are read, since its
line spacing tells cells apart; spans lead back through the source. A table begins at header
words, goes on over repeated headers and page numbers, and ends where prose begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from docparse.extract.tables.alignment import align
from docparse.extract.tables.flathead import Columns, Profile, find_columns, header_cells
from docparse.extract.tables.flatprofile import find_profile
from docparse.extract.tables.flatrows import Rows, build_rows
from docparse.extract.tables.grids import Grid
from docparse.extract.tables.pieces import Line, Piece, Shape, cut, read_lines
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary
from docparse.models import Span, Text

_HEADER_LINES = 60
_WIDEST = 130  # characters: a longer line is prose
_PROSE = 0.62  # the share of the page's width from which two lines in a row are prose
_ENDS_SENTENCE = ".:;!?"
_LEAST_SURE = 0.5  # less than this is no reading
_SAMPLE = 300  # lines of the body that show what its rows hold
_CAPITALS = 0.5  # by how much a header cut at every capital must be better
_LONG = 60  # characters: such lines are prose, mostly
_FURNITURE = ("page-number", "running-header")
_FIRST = frozenset({"1", "01", "I", "A", "1.", "I.", "A.", "1)", "a)", "(1)"})


@dataclass(frozen=True, slots=True)
class Found:
    """A flattened table and the index of the line behind it; no grid if it cannot be read."""

    grid: Grid | None
    after: int
    doubt: Span | None = None


@dataclass(frozen=True, slots=True)
class Flattened:
    """The tables that could be put together, and the headers of those that could not."""

    grids: tuple[Grid, ...]
    doubts: tuple[Span, ...]


def find_flattened(text: Text, words: Vocabulary, taken: Sequence[tuple[int, int]]) -> Flattened:
    """Every flattened table outside the ranges that other tables have taken."""
    lines = _read_lines(text)
    width = _page_width(lines)
    free = _Free(text, taken)
    grids: list[Grid] = []
    doubts: list[Span] = []
    index = 0
    while index < len(lines):
        found = None
        if _may_begin(lines, index, words) and free.holds(lines[index].start):
            found = _read(text, lines, index, width, words)
        if found and found.grid:
            grids.append(found.grid)
        elif found and found.doubt:
            doubts.append(found.doubt)
        index = found.after if found else index + 1
    return Flattened(tuple(grids), tuple(doubts))


def _read_lines(text: Text) -> list[Line]:
    """The lines of the source without page numbers and running headers."""
    dropped = {
        made.offsets.start_origin(start)
        for made in text.passes
        for start, _, _, rule in made.edits
        if rule in _FURNITURE
    }
    kept: list[Line] = []
    new_page = False
    for line in read_lines(text.source.text, 0, len(text.source.text)):
        if dropped and (line.start in dropped or line.outer in dropped):
            new_page = True
            continue
        kept.append(replace(line, page=True) if new_page else line)
        new_page = False
    return kept


class _Free:
    """Which places of the source no other table has taken."""

    def __init__(self, text: Text, taken: Sequence[tuple[int, int]]) -> None:
        self.ranges = [text.offsets.span_origin(start, end) for start, end in taken]

    def holds(self, position: int) -> bool:
        return not any(start <= position < end for start, end in self.ranges)


def _page_width(lines: Sequence[Line]) -> int | None:
    """How many characters a full line of prose has, None where lines are not broken by width.

    Long lines of prose stand together; a long line alone may be a title inside a table.
    """
    sizes = [len(line.words) for line in lines]
    long = sorted(size for size in sizes if size >= _LONG)
    pairs = sum(1 for size, after in zip(sizes, sizes[1:], strict=False) if min(size, after) >= _LONG)
    if pairs < 2 or pairs * 2 < len(long):
        return None
    width = long[int(len(long) * 0.9)]
    return width if width <= _WIDEST else None


def _may_begin(lines: Sequence[Line], index: int, words: Vocabulary) -> bool:
    """A header word at the beginning of a short line, with a sentence closed before it."""
    said = lines[index].words
    if len(said) > 60 or not said[0].isupper() or said[-1] in _ENDS_SENTENCE:
        return False
    if index + 3 >= len(lines):
        return False
    if words.head_label.match(said):
        return bool(words.head_label.fullmatch(said.split(" ")[0])) or _is_label(said, words)
    if not words.is_header_word(said):
        return False
    before = lines[index - 1].words if index else "."
    return before[-1] in ".:;!?)/" or before.isupper()


def _is_label(said: str, words: Vocabulary) -> bool:
    return bool(words.head_label.fullmatch(said))


def _read(
    text: Text, lines: Sequence[Line], start: int, width: int | None, words: Vocabulary
) -> Found | None:
    """The table that begins at a line, if it is one."""
    end = _region_end(lines, start, width, words)
    region = lines[start:end]
    if len(region) < 4:
        return None
    best: tuple[float, int, Columns, Profile | None] | None = None
    for body in _body_starts(region, words):
        columns, profile = _columns(region, body, words)
        if columns and (best is None or columns.score > best[0]):
            best = (columns.score, body, columns, profile)
    if best is None:
        return None
    _, body, columns, profile = best
    kinds = _kinds(columns, profile)
    if not _is_worth(columns, profile, words):
        return None
    pieces = cut(_without_furniture(region, body, words), words)
    places = align(pieces, kinds, words)
    rows = build_rows(text, pieces[: len(places)], places, kinds, words)
    if not rows.cells or rows.confidence < _LEAST_SURE:
        doubt = text.origin_span(region[0].start, region[body - 1].end)
        return Found(None, start + body, doubt if columns.kinds[0] is Kind.LABEL else None)
    return _found(text, lines, start, columns, kinds, rows)


def _found(
    text: Text,
    lines: Sequence[Line],
    start: int,
    columns: Columns,
    kinds: Sequence[Kind],
    rows: Rows,
) -> Found:
    span = text.origin_span(lines[start].start, rows.end)
    after = start
    while after < len(lines) and lines[after].start < rows.end:
        after += 1
    grid = Grid(
        rows=rows.cells,
        start=span.start,
        end=span.end,
        head=0,
        header=columns.header_rows,
        names=columns.names,
        kinds=tuple(kinds),
        titles=rows.titles,
        confidence=rows.confidence,
        span=span,
    )
    return Found(grid, after)


def _region_end(lines: Sequence[Line], start: int, width: int | None, words: Vocabulary) -> int:
    """The line where prose begins, or something that no table holds."""
    limit = _WIDEST if width is None else width * _PROSE
    for index in range(start + 1, len(lines)):
        said = lines[index].words
        if len(said) > _WIDEST or "\t" in said or "|" in said or words.stop.match(said):
            return index
        if len(said) > limit and width is not None:
            following = lines[index + 1].words if index + 1 < len(lines) else ""
            if len(following) > limit or (len(said) > width * 0.85 and not words.ordinal.match(said.split(" ")[0])):
                return index
    return len(lines)


def _body_starts(region: Sequence[Line], words: Vocabulary) -> list[int]:
    """Lines where the header may be over: the first row number, or shortly before numbers."""
    most = min(len(region) - 1, _HEADER_LINES)
    if words.head_label.fullmatch(region[0].words.split(" ")[0]) or _is_label(
        region[0].words, words
    ):
        for index in range(1, most + 1):
            if region[index].words.split(" ")[0] in _FIRST:
                return [index]
        return []
    for index in range(1, most + 1):
        shapes = [piece.shape for piece in cut([region[index]], words)]
        if sum(1 for shape in shapes if shape in (Shape.NUMBER, Shape.PERCENT)) >= 2 or (
            shapes[0] in (Shape.NUMBER, Shape.PERCENT)
        ):
            starts = range(index, max(1, index - 6), -1)
            return [body for body in starts if not region[body].words[0].islower()]
    return []


def _columns(
    region: Sequence[Line], body: int, words: Vocabulary
) -> tuple[Columns | None, Profile | None]:
    """The columns under a header of the first ``body`` lines, cut in the likelier way."""
    said = [line.words for line in region[:body]]
    known = header_cells(said, words)
    pieces = cut(region[body : body + _SAMPLE], words)
    profile = find_profile(pieces, labelled=_is_label(known[0], words))
    columns = find_columns(known, profile, words)
    every = header_cells(said, words, every_capital=True)
    other = find_columns(every, profile, words) if every != known and profile else None
    if other and (columns is None or other.score > columns.score + _CAPITALS):
        return other, profile
    return columns, profile


def _kinds(columns: Columns, profile: Profile | None) -> list[Kind]:
    """The kind of each column; without rows of numbers a header alone makes no column numeric."""
    kinds = [kind or Kind.TEXT for kind in columns.kinds]
    if profile is None:
        return [Kind.TEXT if kind in NUMERIC else kind for kind in kinds]
    return kinds


def _is_worth(columns: Columns, profile: Profile | None, words: Vocabulary) -> bool:
    """Whether the header is one: three columns, most of them by known words."""
    known = sum(1 for name in columns.names if words.is_header_word(name))
    if profile is not None:
        return len(columns.names) >= 3 and known >= 2
    return len(columns.names) >= 3 and known >= 3 and columns.kinds[0] is Kind.LABEL


def _without_furniture(region: Sequence[Line], body: int, words: Vocabulary) -> list[Line]:
    """The lines of the body without repeated headers, page numbers and running titles."""
    header = [line.words for line in region[:body]]
    said = [line.words for line in region]
    kept: list[Line] = []
    index = body
    new_page = False
    while index < len(region):
        if said[index] == header[0] and said[index : index + len(header)] == header:
            _drop_page_line(kept, words)
            index += len(header)
            new_page = True
            continue
        line = region[index]
        if line.page:
            _drop_page_line(kept, words)
        kept.append(replace(line, page=True) if new_page else line)
        new_page = False
        index += 1
    return kept


def _drop_page_line(kept: list[Line], words: Vocabulary) -> None:
    if kept and words.page_line.match(kept[-1].words):
        kept.pop()

