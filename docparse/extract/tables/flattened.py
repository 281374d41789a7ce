"""Flattened tables: a ruled table that extraction printed cell by cell, a fragment a line.

A text goes in, grids come out with a confidence. The source's own lines are read, since its
line spacing tells cells apart; spans lead back through the source. A table begins at header
words, goes on over repeated headers and page numbers, and ends where prose begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docparse.extract.tables.alignment import align
from docparse.extract.tables.flathead import Columns, Profile, find_columns, header_cells
from docparse.extract.tables.flatprofile import find_profile
from docparse.extract.tables.flatrows import Rows, build_rows
from docparse.extract.tables.grids import Grid
from docparse.extract.tables.headers import read_index
from docparse.extract.tables.pieces import Line, Shape, cut, read_lines
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary
from docparse.models import Span, Text

_HEADER_LINES = 60
_WIDEST = 130  # characters: a longer line is prose
_PROSE = 0.62  # the share of the page's width from which two lines in a row are prose
_ENDS_SENTENCE = ".:;!?"
_LEAST_SURE = 0.5  # less than this is no reading
_SAMPLE = 300  # lines of the body that show what its rows hold
_COLUMN_MORE = 0.02  # of confidence
_BOTH = 2  # ways to cut a header into cells: at known words, at every capital
_CAPITALS = 0.5  # by how much a header cut at every capital must be better
_LONG = 60  # characters: such lines are prose, mostly
_FURNITURE = ("page-number", "running-header")
_FULL = 0.85  # the share of the page's width that one line of prose fills
_FIRST_CELL = 5  # lines that the first cell of the first row may have
_COLUMNS = 3
_ATTEMPTS = 12  # headers without a body that could be read, before we stop looking
_NUMBERS = (Shape.NUMBER, Shape.PERCENT)
_FIRST = frozenset({"1", "01", "I", "A", "1.", "I.", "A.", "1)", "a)", "(1)"})


@dataclass(frozen=True, slots=True)
class Found:
    """A flattened table and the index of the line behind it; no grid if it cannot be read."""

    grid: Grid | None
    after: int
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A header whose rows could not be put together: its place, and how many columns it has."""

    span: Span
    columns: int


@dataclass(frozen=True, slots=True)
class Flattened:
    """The tables that could be put together, and the headers of those that could not."""

    grids: tuple[Grid, ...]
    doubts: tuple[Doubt, ...]


def find_flattened(text: Text, words: Vocabulary, taken: Sequence[tuple[int, int]]) -> Flattened:
    """Every flattened table outside the ranges that other tables have taken."""
    lines = _read_lines(text)
    reader = _Reader(text, lines, words)
    free = _Free(text, taken)
    grids: list[Grid] = []
    doubts: list[Doubt] = []
    index = 0
    while index < len(lines) and len(doubts) < _ATTEMPTS:
        found = None
        if _may_begin(lines, index, words) and free.holds(lines[index].start):
            found = reader.read(index)
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
    pairs = sum(1 for size, after in pairwise(sizes) if min(size, after) >= _LONG)
    if pairs < 2 or pairs * 2 < len(long):
        return None
    width = long[int(len(long) * 0.9)]
    return width if width <= _WIDEST else None


def _may_begin(lines: Sequence[Line], index: int, words: Vocabulary) -> bool:
    """A header word at the beginning of a short line, with a sentence closed before it."""
    said = lines[index].words
    if len(said) > _WIDEST or not said[0].isupper() or said[-1] in _ENDS_SENTENCE:
        return False
    if words.head_label.match(said):
        return _is_labelled(said, words)
    if len(said) > _LONG or not words.is_header_word(said):
        return False
    before = lines[index - 1].words if index else "."
    return before[-1] in ".:;!?)/" or before.isupper()


def _is_labelled(said: str, words: Vocabulary) -> bool:
    """Whether a header begins with the row numbers: "STT", "Số TT", "STT Tên đơn vị"."""
    return any(words.head_label.fullmatch(head) for head in (said, said.split(" ")[0]))


@dataclass(frozen=True, slots=True)
class _Head:
    """A header: how many lines it has, with column numbers ``until`` the body, and its columns."""

    lines: int
    until: int
    columns: Columns
    profile: Profile | None
    index: tuple[str, ...]

    def kinds(self) -> list[Kind]:
        """The kinds of the columns; without rows of numbers a header alone makes none numeric."""
        kinds = [kind or Kind.TEXT for kind in self.columns.kinds]
        if self.profile is None:
            return [Kind.TEXT if kind in NUMERIC else kind for kind in kinds]
        return kinds

    def is_worth(self, words: Vocabulary) -> bool:
        """Whether it is one: three columns, most of them by known words."""
        known = sum(1 for name in self.columns.names if words.is_header_word(name))
        if len(self.columns.names) < _COLUMNS:
            return False
        if self.profile is not None:
            return known >= _COLUMNS - 1
        return known >= _COLUMNS and self.columns.kinds[0] is Kind.LABEL


def _goodness(reading: tuple[Rows, _Head]) -> float:
    """Of two readings as sure the one with more columns: a column too many has empty cells."""
    rows, head = reading
    return rows.confidence + _COLUMN_MORE * len(head.columns.names)


class _Reader:
    """Reads one table after the other from the lines of a text."""

    def __init__(self, text: Text, lines: Sequence[Line], words: Vocabulary) -> None:
        self.text, self.lines, self.words = text, lines, words
        self.width = _page_width(lines)
        self.end = 0  # of the stretch without prose looked at last

    def read(self, start: int) -> Found | None:
        """The table that begins at a line, if it is one."""
        near = self.lines[start : start + _HEADER_LINES + _SAMPLE]
        if start >= self.end - 1:
            self.end = self._stretch_end(start)
        heads = self._heads(near[: self.end - start])
        if not heads:
            return None
        readings = [(self._rows(start, head), head) for head in heads]
        rows, head = max(readings, key=_goodness)
        if not rows.cells or rows.confidence < _LEAST_SURE:
            last = self.lines[start + head.until - 1]
            span = self.text.origin_span(self.lines[start].start, last.end)
            return Found(None, start + head.until, Doubt(span, len(head.columns.names)))
        return self._found(start, head, rows)

    def _rows(self, start: int, head: _Head) -> Rows:
        """The body under a header."""
        region = self.lines[start : self.end]
        pieces = cut(_without_furniture(region, head.until, self.words), self.words)
        kinds = head.kinds()
        places = align(pieces, kinds, self.words)
        return build_rows(self.text, pieces[: len(places)], places, kinds, self.words)

    def _found(self, start: int, head: _Head, rows: Rows) -> Found:
        span = self.text.origin_span(self.lines[start].start, rows.end)
        after = bisect_left(self.lines, rows.end, key=lambda line: line.start)
        numbers = (head.index,) if len(head.index) == len(head.columns.names) else ()
        grid = Grid(
            rows=rows.cells,
            start=span.start,
            end=span.end,
            head=0,
            header=head.columns.header_rows + numbers,
            names=head.columns.names,
            kinds=tuple(head.kinds()),
            titles=rows.titles,
            confidence=rows.confidence,
            span=span,
        )
        return Found(grid, after)

    def _stretch_end(self, start: int) -> int:
        """The line where prose begins, or something that no table holds."""
        for index in range(start + 1, len(self.lines)):
            said = self.lines[index].words
            if len(said) > _WIDEST or "\t" in said or "|" in said or self.words.stop.match(said):
                return index
            if self.width is not None and self._is_prose(index, self.width):
                return index
        return len(self.lines)

    def _is_prose(self, index: int, width: int) -> bool:
        """Two long lines, or a full one that is no title with its label."""
        said = self.lines[index].words
        if len(said) <= width * _PROSE:
            return False
        following = self.lines[index + 1].words if index + 1 < len(self.lines) else ""
        if len(following) > width * _PROSE:
            return True
        return len(said) > width * _FULL and not self.words.ordinal.match(said.split(" ")[0])

    def _heads(self, region: Sequence[Line]) -> list[_Head]:
        """The likeliest headers at the top of a stretch of lines: one, or two as good."""
        found = [head for lines in self._header_ends(region) for head in self._cut(region, lines)]
        best = max((head.columns.score for head in found), default=0.0)
        heads = [head for head in found if head.columns.score == best]
        return heads[:_BOTH] if heads and heads[0].profile is None else heads[:1]

    def _header_ends(self, region: Sequence[Line]) -> list[int]:
        """Where the header may be over: at the first row number, or shortly before numbers."""
        most = min(len(region) - 1, _HEADER_LINES)
        if most < 1:
            return []
        if _is_labelled(region[0].words, self.words):
            ends = (n for n in range(1, most + 1) if region[n].words.split(" ")[0] in _FIRST)
            return [found] if (found := next(ends, 0)) else []
        for index in range(1, most + 1):
            if self._holds_numbers(region[index]):
                starts = range(index, max(1, index - _FIRST_CELL), -1)
                return [at for at in starts if not region[at].words[0].islower()]
        return []

    def _holds_numbers(self, line: Line) -> bool:
        numeric = [piece.shape in _NUMBERS for piece in cut([line], self.words)]
        return numeric[0] or sum(numeric) > 1

    def _cut(self, region: Sequence[Line], lines: int) -> list[_Head]:
        """A header of some lines, cut into cells at known words or at every capital."""
        said = [line.words for line in region[:lines]]
        index_lines, index = read_index([line.words for line in region[lines : lines + _SAMPLE]])
        until = lines + index_lines
        known = header_cells(said, self.words)
        pieces = cut(region[until : until + _SAMPLE], self.words)
        profile = find_profile(
            pieces, self.words, labelled=bool(self.words.head_label.fullmatch(known[0]))
        )
        every = header_cells(said, self.words, every_capital=True)
        heads = [
            _Head(lines, until, columns, profile, index)
            for cells in ([known, every] if every != known else [known])
            if (columns := find_columns(cells, profile, self.words, width=len(index)))
        ]
        worthy = [head for head in heads if head.is_worth(self.words)]
        if profile and len(worthy) == _BOTH:
            better = worthy[1].columns.score > worthy[0].columns.score + _CAPITALS
            return [worthy[1] if better else worthy[0]]
        return worthy


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
