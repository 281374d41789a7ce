"""Tables whose columns are kept apart by spaces, one below the other.

A text goes in, grids come out. The source's own lines are read, since columns are places in
a line. A gutter is a stretch of two places or more that no line of the block has ink in.

>>> from docparse.patterns import load
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> from docparse.models import OffsetMap, Source
>>> said = "TT   Tên           Số\\n1    Sở Y tế       15\\n2    Sở Nội vụ     7"
>>> text = Text(value=said, source=Source(text=said, path="", sha256="", format="txt"),
...             offsets=OffsetMap())
>>> [[cell.words for cell in row] for row in find_aligned(text, vocabulary(load()))[0].rows]
[['TT', 'Tên', 'Số'], ['1', 'Sở Y tế', '15'], ['2', 'Sở Nội vụ', '7']]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docparse.extract.tables.delimited import is_layout
from docparse.extract.tables.grids import EMPTY, Cell, Grid
from docparse.extract.tables.vocabulary import NUMERIC, Vocabulary
from docparse.models import Text

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_COLUMNS = 3  # fewer may be a letterhead or two columns of a page
_ROWS = 3
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    words: str


def find_aligned(text: Text, words: Vocabulary) -> list[Grid]:
    """Every table whose columns are kept apart by spaces."""
    source = text.source.text
    if "   " not in source:
        return []
    return [grid for block in _blocks(source) if (grid := _grid(text, block, words))]


def _blocks(source: str) -> Iterator[list[_Line]]:
    """Neighbouring lines with gaps or an indent; blank lines between them do not count."""
    block: list[_Line] = []
    start = 0
    for row in source.split("\n"):
        said = row.rstrip()
        if said and "\t" not in said and "|" not in said:
            if _GAP.search(said) or (block and said.startswith(_INDENT)):
                block.append(_Line(start, said))
            else:
                yield block
                block = []
        start += len(row) + 1
    yield block


def _grid(text: Text, block: Sequence[_Line], words: Vocabulary) -> Grid | None:
    wide = [line for line in block if len(_GAP.findall(line.words)) >= _COLUMNS - 1]
    if len(wide) < _ROWS:
        return None
    columns = _columns(block)
    if len(columns) < _COLUMNS:
        return None
    printed = [[_piece(line, left, right) for left, right in columns] for line in block]
    rows = _rows(printed, words)
    plain = [[_fold(pieces) for pieces in row] for row in rows]
    if len(plain) < _ROWS or is_layout(plain, words) or not _is_data(plain, words):
        return None
    cells = tuple(tuple(_cell(text, pieces) for pieces in row) for row in rows)
    end = block[-1].start + len(block[-1].words)
    span = text.origin_span(block[0].start, end)
    return Grid(rows=cells, start=span.start, end=span.end, head=1, span=span)


def _columns(block: Sequence[_Line]) -> list[tuple[int, int]]:
    """The places between gutters."""
    width = max(len(line.words) for line in block)
    ink = bytearray(width + 2)
    for line in block:
        for position, sign in enumerate(line.words):
            if sign != " ":
                ink[position] = 1
    columns = []
    start = 0
    for position in range(1, width + 1):
        if not ink[position] and not ink[position + 1] and any(ink[start:position]):
            columns.append((start, position))
            start = position
    if any(ink[start:]):
        columns.append((start, width))
    return columns


_Pieces = list[tuple[int, str]]


def _piece(line: _Line, left: int, right: int) -> _Pieces:
    said = line.words[left:right]
    if not said.strip():
        return []
    return [(line.start + left + len(said) - len(said.lstrip()), said.strip())]


def _rows(printed: Sequence[list[_Pieces]], words: Vocabulary) -> list[list[_Pieces]]:
    """Lines put together into rows: the header first, then a row for each first cell."""
    labelled = any(row[0] and words.head_label.fullmatch(row[0][0][1]) for row in printed[:3])
    rows: list[list[_Pieces]] = []
    for line in printed:
        if rows and not _begins_row(line, rows, words, labelled=labelled):
            rows[-1] = [above + below for above, below in zip(rows[-1], line, strict=True)]
        else:
            rows.append(line)
    return rows


def _begins_row(
    line: list[_Pieces], rows: Sequence[list[_Pieces]], words: Vocabulary, *, labelled: bool
) -> bool:
    numbers = _has_numbers(line, words)
    if len(rows) == 1 and not numbers and not (line[0] and words.ordinal.match(line[0][0][1])):
        return False
    if not labelled or line[0]:
        return bool(line[0])
    return numbers and (len(rows) == 1 or _has_numbers(rows[-1], words))


def _has_numbers(line: Sequence[_Pieces], words: Vocabulary) -> bool:
    return any(pieces and words.cell_kind(pieces[0][1]) in NUMERIC for pieces in line[1:])


def _is_data(rows: Sequence[Sequence[str]], words: Vocabulary) -> bool:
    """Whether the rows below the header hold numbers, or row numbers under a header word."""
    if words.head_label.fullmatch(rows[0][0]):
        return True
    numbers = [sum(words.cell_kind(c) in NUMERIC for c in row if c) for row in rows[1:]]
    return sum(1 for count in numbers if count >= 1) * 2 > len(numbers)


def _fold(pieces: _Pieces) -> str:
    return " ".join(" ".join(said.split()) for _, said in pieces)


def _cell(text: Text, pieces: _Pieces) -> Cell:
    if not pieces:
        return EMPTY
    start, said = pieces[0]
    return Cell(words=_fold(pieces), span=text.origin_span(start, start + len(said)))
