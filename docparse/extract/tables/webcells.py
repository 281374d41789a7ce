"""Tables of web pages saved as text: a line with only "|" stands between two cells.

A text goes in, grids come out. A row ends where two bars follow each other; an empty cell
looks the same, so the usual number of cells decides.

>>> from docparse.models import Source, Text, OffsetMap
>>> from docparse.patterns import load
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> said = "|\\nTT\\n|\\nTên\\n|\\n|\\n1\\n|\\nA\\n|"
>>> text = Text(value=said, source=Source(text=said, path="", sha256="", format="txt"),
...             offsets=OffsetMap())
>>> [[cell.words for cell in row] for row in find_web_tables(text, vocabulary(load()))[0].rows]
[['TT', 'Tên'], ['1', 'A']]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docparse.extract.tables.delimited import fold, is_layout
from docparse.extract.tables.flathead import arrange, profile_of
from docparse.extract.tables.grids import EMPTY, Cell, Grid, squared
from docparse.extract.tables.headers import count_header_rows
from docparse.extract.tables.vocabulary import Vocabulary
from docparse.models import Text

_BAR = re.compile(r"^[ \t]*\|[ \t]*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"[ \t\r]*\n[ \t\r]*(?:\n|$)")
_CELL = 4000  # characters: between two bars farther apart there is text, not a cell


def find_web_tables(text: Text, words: Vocabulary) -> list[Grid]:
    """Every table printed cell by cell between lone bars."""
    if "|\n" not in text.value:
        return []
    return [grid for bars in _groups(text) if (grid := _grid(text, bars, words))]


def _groups(text: Text) -> Iterator[list[tuple[int, int]]]:
    """Bars that belong together: in the source a blank line follows the last bar of a table."""
    found = [match.span() for match in _BAR.finditer(text.value)]
    blank = [_is_before_blank(text, end) for _, end in found]
    telling = sum(blank) * 2 < len(blank) or len(blank) < 4
    bars: list[tuple[int, int]] = []
    for bar, before_blank in zip(found, blank, strict=True):
        if bars and bar[0] - bars[-1][1] > _CELL:
            yield bars
            bars = []
        bars.append(bar)
        if telling and before_blank and len(bars) > 1:
            yield bars
            bars = []
    if bars:
        yield bars


def _is_before_blank(text: Text, position: int) -> bool:
    _, origin = text.offsets.span_origin(position - 1, position)
    return bool(_BLANK_LINE.match(text.source.text, origin))


def _grid(text: Text, bars: Sequence[tuple[int, int]], words: Vocabulary) -> Grid | None:
    runs = _rows(text, bars)
    if len(runs) < 2:
        return None
    width = _width(runs)
    rows = _merged(runs, width, words)
    if width < 2 or is_layout([[cell.words for cell in row if cell.words] for row in rows], words):
        return None
    head, names = _header(rows, width, words)
    if not any(_is_body([cell.words for cell in row], width, words) for row in rows[head:]):
        return None
    return Grid(
        rows=squared(rows, width), start=bars[0][0], end=bars[-1][1], head=head, names=names
    )


def _rows(text: Text, bars: Sequence[tuple[int, int]]) -> list[list[Cell]]:
    """The runs of filled cells between double bars."""
    runs: list[list[Cell]] = [[]]
    for (_, start), (end, _) in pairwise(bars):
        said = text.value[start:end]
        if words := fold(said):
            start += len(said) - len(said.lstrip())
            span = text.span(start, start + len(said.strip()))
            runs[-1].append(Cell(words=words, span=span))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _width(runs: Sequence[Sequence[Cell]]) -> int:
    """The usual number of cells in a row; of equally usual ones the larger."""
    counts = Counter(len(run) for run in runs)
    return max(counts, key=lambda size: (counts[size], size))


def _merged(runs: Sequence[list[Cell]], width: int, words: Vocabulary) -> list[list[Cell]]:
    """Runs that an empty cell cut in two are put together again."""
    rows: list[list[Cell]] = []
    waiting: list[Cell] = []
    for run in runs:
        if (
            waiting
            and len(waiting) + 1 + len(run) <= width
            and not _begins(run, waiting[0].words, words)
        ):
            waiting = [*waiting, EMPTY, *run]
        else:
            rows += [waiting] if waiting else []
            waiting = list(run)
    return [*rows, waiting] if waiting else rows


def _begins(run: Sequence[Cell], label: str, words: Vocabulary) -> bool:
    """Whether a run begins a row: with a total, or with the label that comes next."""
    first = run[0].words
    if label.isdecimal() and first.isdecimal():
        return int(first) in (1, int(label) + 1)
    return bool(words.ordinal.match(first)) or bool(words.total.match(first))


def _header(
    rows: Sequence[Sequence[Cell]], width: int, words: Vocabulary
) -> tuple[int, tuple[str, ...] | None]:
    """How many rows are header; and the columns' names where merged cells left rows short."""
    plain = [[cell.words for cell in row] for row in rows]
    count = 1
    while count < min(3, len(plain) - 1) and not _is_body(plain[count], width, words):
        count += 1
    if count == 1 or len(plain[0]) >= width:
        return max(1, count_header_rows(plain, words)), None
    upper, lower = plain[0], [cell for row in plain[1:count] for cell in row]
    body = [row for row in plain[count:] if len(row) == width]
    found = arrange(upper, lower, profile_of(body, words), words)
    return (count, found.names) if found else (1, None)


def _is_body(row: Sequence[str], width: int, words: Vocabulary) -> bool:
    return len(row) >= width or bool(words.ordinal.match(row[0]))
