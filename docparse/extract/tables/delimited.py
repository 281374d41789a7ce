"""Tables whose cells stand in one line between tabs or pipes.

A text goes in, grids come out, in order. Letterheads and signatures printed as tables are
no tables. A table goes on below a page break if the columns are the same and the header is
repeated, or the row numbers count on.

>>> from docparse.models import Source, Text, OffsetMap
>>> from docparse.patterns import load
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> said = "TT\\tTên\\tSố\\n1\\tA\\t5"
>>> text = Text(value=said, source=Source(text=said, path="", sha256="", format="txt"),
...             offsets=OffsetMap())
>>> [[cell.words for cell in row] for row in find_delimited(text, vocabulary(load()))[0].rows]
[['TT', 'Tên', 'Số'], ['1', 'A', '5']]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from docparse.extract.tables.grids import Cell, Grid, squared
from docparse.extract.tables.headers import count_header_rows
from docparse.extract.tables.vocabulary import Vocabulary
from docparse.models import Text

_RULE = re.compile(r"[\s|:=_\-–—+]*")
_PIPE = re.compile(r"(?<!\\)\|")
_LEVELS = 3  # of a header over a rule
_DOTTED = 0.25  # the share of cells with dotted lines, in a form to fill in
_EMPHASIS = re.compile(r"\*{1,3}|__|\\(?=[|*_])")


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line that holds cells: its range and the ranges of its cells."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


def find_delimited(text: Text, words: Vocabulary) -> list[Grid]:
    """Every table printed with tabs or pipes."""
    grids = [
        grid
        for run in _runs(text.value)
        for part in _split_at_titles(text.value, run)
        if (grid := _grid(text, part, words))
    ]
    return _join_continued(sorted(grids, key=lambda grid: grid.start), text, words)


def fold(words: str) -> str:
    """The words of a cell: white space folded, marks of emphasis taken off."""
    if "*" in words or "__" in words or "\\" in words:
        words = _EMPHASIS.sub("", words)
    return " ".join(words.split())


def _runs(value: str) -> Iterator[list[Row]]:
    """Stretches of neighbouring lines that are cut in the same way."""
    if "\t" not in value and "|" not in value:
        return
    run: list[Row] = []
    manner = ""
    start = 0
    for line in value.split("\n"):
        found, row = _cut(line, start, manner)
        if found != manner:
            if run:
                yield run
            run, manner = [], found
        if row:
            run.append(row)
        start += len(line) + 1
    if run:
        yield run


def _cut(line: str, start: int, manner: str) -> tuple[str, Row | None]:
    """How a line is cut into cells, and the cells; ``manner`` is that of the line above.

    Pipes stand around the cells ("| a | b |") or only between them ("a | b | c"): there a
    first cell may be empty.
    """
    if "\t" in line:
        return "tab", Row(start, start + len(line), _pieces(line, start, "\t"))
    if "|" in line and len(line.strip()) > 1:
        bars = [match.start() for match in _PIPE.finditer(line)]
        closed = line.rstrip().endswith("|")
        if len(bars) >= 2 and (line[: bars[0]].strip() or (manner == "between" and not closed)):
            edges = [-1, *bars, len(line)]
            cells = tuple((start + left + 1, start + right) for left, right in pairwise(edges))
            return "between", Row(start, start + len(line), cells)
        if len(bars) >= 2 and not line[: bars[0]].strip():
            stops = bars if not line[bars[-1] + 1 :].strip() else [*bars, len(line)]
            cells = tuple((start + left + 1, start + right) for left, right in pairwise(stops))
            return "pipe", Row(start, start + len(line), cells)
    return "", None


def _pieces(line: str, start: int, mark: str) -> tuple[tuple[int, int], ...]:
    cells = []
    position = start
    for piece in line.split(mark):
        cells.append((position, position + len(piece)))
        position += len(piece) + 1
    return tuple(cells)


def _split_at_titles(value: str, run: list[Row]) -> Iterator[list[Row]]:
    """Sheets printed one below the other: a new one at a title with another number of cells."""
    part: list[Row] = []
    for row in run:
        if part and len(row.cells) != len(part[-1].cells) and _stands_alone(value, row):
            yield part
            part = []
        part.append(row)
    yield part


def _stands_alone(value: str, row: Row) -> bool:
    """Whether only the first cell of a row holds something."""
    start, end = row.cells[0]
    return bool(value[start:end].strip()) and not value[end : row.end].strip()


def _grid(text: Text, run: Sequence[Row], words: Vocabulary) -> Grid | None:
    width = Counter(len(row.cells) for row in run).most_common(1)[0][0]
    rows: list[tuple[Cell, ...]] = []
    kept: list[Row] = []
    head: int | None = None
    for row in _joined(run, width):
        if _RULE.fullmatch(text.value, row.start, row.end):
            if head is None and 0 < len(kept) <= _LEVELS and text.value[row.start] == "|":
                head = len(kept)
            continue
        rows.append(tuple(_cell(text, start, end) for start, end in row.cells))
        kept.append(row)
    while rows and _is_caption(rows[0]):
        rows, kept = rows[1:], kept[1:]
    if not _is_table(rows, words):
        return None
    grid = Grid(rows=squared(rows), start=kept[0].start, end=run[-1].end)
    plain = _words(grid.rows)
    head = max(head or 0, count_header_rows(plain, words))
    # A page that repeats the header prints it between the rows.
    again = [n for n, row in enumerate(plain) if n >= head and any(row) and row in plain[:head]]
    rows = [row for n, row in enumerate(grid.rows) if n not in again]
    return replace(grid, rows=tuple(rows), head=head)


def _joined(run: Sequence[Row], width: int) -> Iterator[Row]:
    """Rows whose cells hold line breaks, put together where the parts make one whole row."""
    waiting: Row | None = None
    for row in run:
        if waiting and len(waiting.cells) + len(row.cells) - 1 == width:
            middle = (waiting.cells[-1][0], row.cells[0][1])
            cells = (*waiting.cells[:-1], middle, *row.cells[1:])
            yield Row(waiting.start, row.end, cells)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = row if 1 < len(row.cells) < width else None
        if waiting is None:
            yield row
    if waiting:
        yield waiting


def _cell(text: Text, start: int, end: int) -> Cell:
    said = text.value[start:end]
    words = fold(said)
    if not words:
        return Cell()
    start += len(said) - len(said.lstrip())
    return Cell(words=words, span=text.span(start, start + len(said.strip())))


def _is_caption(row: Sequence[Cell]) -> bool:
    """A sheet's title stands alone in its first row."""
    return len(row) > 2 and sum(1 for cell in row if cell.words) == 1 and bool(row[0].words)


def _is_table(rows: Sequence[Sequence[Cell]], words: Vocabulary) -> bool:
    """Two rows of two cells at least: no letterhead, signature, indent or form to fill in."""
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    filled = [[cell.words for cell in row if cell.words] for row in rows]
    if sum(1 for row in filled if len(row) > 1) < 2:
        return False
    if max(map(len, filled)) == 2 and words.list_mark.match(filled[0][0]):
        return False  # headings and lists with a tab behind their label
    return not is_layout(filled, words)


def is_layout(rows: Sequence[Sequence[str]], words: Vocabulary) -> bool:
    """Whether cells only lay out a page: a letterhead, a signature, a form with dotted lines."""
    if any(words.letterhead.search(cell) for row in rows[:3] for cell in row):
        return True
    cells = [cell for row in rows for cell in row]
    dotted = sum(1 for cell in cells if words.dotted.search(cell))
    return dotted > _DOTTED * len(cells)


def _join_continued(grids: Sequence[Grid], text: Text, words: Vocabulary) -> list[Grid]:
    joined: list[Grid] = []
    for grid in grids:
        if joined and (extra := _continuation(joined[-1], grid, text, words)):
            joined[-1] = replace(joined[-1], rows=joined[-1].rows + extra, end=grid.end)
        else:
            joined.append(grid)
    return joined


def _continuation(
    above: Grid, below: Grid, text: Text, words: Vocabulary
) -> tuple[tuple[Cell, ...], ...]:
    """The rows that go on with the table above, none if ``below`` is a table of its own."""
    between = text.value[above.end : below.start].strip()
    if above.width != below.width or (between and not words.page_line.match(between)):
        return ()
    head = above.head or 0
    if _words(above.rows[:head]) == _words(below.rows[:head]):
        return below.rows[head:]
    last = next((row[0].words for row in reversed(above.rows) if row[0].words), "")
    first = below.rows[0][0].words
    counts_on = last.isdigit() and first.isdigit() and int(first) == int(last) + 1
    return below.rows if counts_on else ()


def _words(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    return [[cell.words for cell in row] for row in rows]
