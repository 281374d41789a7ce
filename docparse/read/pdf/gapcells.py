"""Rows and cells of a table that only gaps show: its lines of text in, the table out.

What most lines leave free sets columns apart. The header is what stands above the first row of
numbers; a piece of it that stands over several columns spans them and makes a second level.
Rows are told by the lines across, where there are some, else by wider steps from line to line,
else by the first column.

>>> split_steps([14.0, 20.0, 14.0, 20.0, 20.0])
[0, 0, 1, 1, 2, 3]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from docparse.read.pdf.pieces import split_line
from docparse.read.pdf.values import Cell, Drawn, Line, PageTable, Word, box_around

Interval = tuple[float, float]

_FREE = 0.35  # of the size: the narrowest free stretch between two columns
_ROWS = 3
_STEP = 1.18  # a step this much wider than the narrowest begins a row
_HEADER_LINES = 9
_NUMBER = re.compile(r"^[(+-]?\d[\d.,/]*[%)]?$|^[-–]$")
_SERIAL = re.compile(r"^\(?(?:\d{1,4}|[IVX]{1,4}|[A-Z])[.)]?$")


def build_table(
    lines: Sequence[Line], separators: Sequence[float], drawn: Drawn
) -> PageTable | None:
    """The table that these lines make, or None if their gaps make none."""
    if len(lines) < 2:
        return None
    columns = _columns(lines)
    if len(columns) < (2 if drawn is Drawn.HALF_RULED else 3):
        return None
    header = _header_lines(lines, columns)
    spanned, level = _second_level(lines[:header], columns)
    numbers = [int(level is not None and at >= level) for at in range(header)]
    begin = numbers[-1] + 1 if numbers else 0
    numbers += [begin + row for row in _rows(lines[header:], columns, separators)]
    if numbers[-1] + 1 < (2 if drawn is Drawn.HALF_RULED else _ROWS):
        return None
    cells = _cells(lines, numbers, columns, header if level is not None else 0, spanned)
    if not _holds(cells, len(columns), drawn):
        return None
    box = box_around([word for line in lines for word in line.words])
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    borders = (box[0], *middles, box[2])
    return PageTable(box=box, columns=borders, cells=tuple(cells), drawn=drawn)


def _holds(cells: Sequence[Cell], columns: int, drawn: Drawn) -> bool:
    """Whether the grid is filled like a table; lists and letterheads leave most of it empty."""
    rows = max(cell.row for cell in cells) + 1
    filled = sum(cell.column_span for cell in cells)
    if filled < 0.5 * rows * columns:
        return False
    if drawn is Drawn.HALF_RULED:
        return True
    numeric = Counter(cell.column for cell in cells if _NUMBER.match(cell.lines[0].words[0].text))
    return any(count >= 0.5 * rows for count in numeric.values())


def _columns(lines: Sequence[Line]) -> list[Interval]:
    """What the lines with most pieces cover, set apart by what they all leave free."""
    pieces = [split_line(line) for line in lines]
    most = Counter(len(found) for found in pieces if len(found) > 1)
    if not most:
        return []
    usual = max(most, key=lambda count: (most[count] * min(count, 8), count))
    size = max(line.size for line in lines)
    full = [found for found in pieces if len(found) >= usual]
    covered = _merge([(p[0].x0, p[-1].x1) for found in full for p in found], _FREE * size)
    for found in pieces:
        if 1 < len(found) < usual:
            inside = [(p[0].x0, p[-1].x1) for p in found if len(_covers(p, covered)) == 1]
            covered = _merge([*covered, *inside], _FREE * size)
    return covered


def _merge(intervals: Sequence[Interval], free: float) -> list[Interval]:
    merged: list[Interval] = []
    for x0, x1 in sorted(intervals):
        if merged and x0 - merged[-1][1] < free:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _covers(piece: Sequence[Word], columns: Sequence[Interval]) -> list[int]:
    """The columns that a piece stands in or over."""
    x0, x1 = piece[0].x0, piece[-1].x1
    over = [i for i, (left, right) in enumerate(columns) if x0 < right - 1 and x1 > left + 1]
    if over:
        return over
    middle = (x0 + x1) / 2
    distances = [min(abs(middle - left), abs(middle - right)) for left, right in columns]
    return [distances.index(min(distances))]


def _header_lines(lines: Sequence[Line], columns: Sequence[Interval]) -> int:
    """How many lines stand above the first row with a serial number or two numbers."""
    for index, line in enumerate(lines[:_HEADER_LINES]):
        pieces = split_line(line)
        numbers = sum(1 for piece in pieces if _NUMBER.match(piece[0].text))
        serial = _covers(pieces[0], columns) == [0] and _SERIAL.match(pieces[0][0].text)
        if numbers > 1 or (serial and len(pieces) > 1):
            return index if index < len(lines) - 1 else 0
    return 0


def _second_level(
    header: Sequence[Line], columns: Sequence[Interval]
) -> tuple[set[int], int | None]:
    """The columns that a header piece spans, and the line where their own heads begin."""
    spanned: set[int] = set()
    level: int | None = None
    for index, line in enumerate(header):
        for piece in _pieces(line, columns):
            over = _covers(piece, columns)
            if len(over) > 1 and level is None:
                spanned.update(over)
            elif spanned.issuperset(over) and level is None:
                level = index
    return spanned, level


def _rows(
    lines: Sequence[Line], columns: Sequence[Interval], separators: Sequence[float]
) -> list[int]:
    """The row of each line."""
    if not lines:
        return []
    bands = [bisect_right(separators, line.base) for line in lines]
    if len(separators) > 3 and len(set(bands)) > 3:
        order = {band: row for row, band in enumerate(sorted(set(bands)))}
        return [order[band] for band in bands]
    numbers: list[int] = []
    for band in sorted(set(bands)):
        held = [line for line, of in zip(lines, bands, strict=True) if of == band]
        begin = numbers[-1] + 1 if numbers else 0
        numbers += [begin + number for number in _rows_of_band(held, columns)]
    return numbers


def _rows_of_band(lines: Sequence[Line], columns: Sequence[Interval]) -> list[int]:
    steps = [below.base - above.base for above, below in pairwise(lines)]
    if steps and max(steps) > _STEP * min(steps):
        numbers = split_steps(steps)
        if _plausible(lines, numbers, columns):
            return numbers
    numbers = []
    for line in lines:
        begins = not numbers or _begins_row(line, columns)
        numbers.append((numbers[-1] + begins) if numbers else 0)
    return numbers


def split_steps(steps: Sequence[float]) -> list[int]:
    """Rows by the steps from line to line: a wide one begins a row."""
    narrowest = min(steps)
    numbers = [0]
    for step in steps:
        numbers.append(numbers[-1] + (step > _STEP * narrowest))
    return numbers


def _plausible(lines: Sequence[Line], numbers: Sequence[int], columns: Sequence[Interval]) -> bool:
    """Whether hardly any row so found holds two lines that both begin one."""
    begun: Counter[int] = Counter()
    for line, number in zip(lines, numbers, strict=True):
        begun[number] += _begins_row(line, columns)
    twice = sum(1 for count in begun.values() if count > 1)
    return twice <= 0.2 * len(begun)


def _begins_row(line: Line, columns: Sequence[Interval]) -> bool:
    filled = {at for piece in split_line(line) for at in _covers(piece, columns)}
    return 0 in filled or len(filled) * 2 > len(columns)


def _cells(
    lines: Sequence[Line],
    numbers: Sequence[int],
    columns: Sequence[Interval],
    header: int,
    spanned: Collection[int],
) -> list[Cell]:
    """The words of each row and column; a piece that stands over several columns spans them.

    In the ``header`` lines of a header of two levels, what is not under a spanning head
    belongs to the first row and spans both.
    """
    held: dict[tuple[int, int], list[Line]] = {}
    spans: dict[tuple[int, int], int] = {}
    for index, (line, row) in enumerate(zip(lines, numbers, strict=True)):
        for piece in _pieces(line, columns):
            over = _covers(piece, columns)
            alone = index < header and over[0] not in spanned
            place = (0 if alone else row, over[0])
            held.setdefault(place, []).append(Line(piece))
            spans[place] = max(spans.get(place, 1), len(over))
    cells = []
    for (row, column), found in sorted(held.items()):
        box = box_around([word for line in found for word in line.words])
        down = 2 if header and row == 0 and column not in spanned else 1
        cells.append(Cell(row, column, down, spans[row, column], box, tuple(found)))
    return cells


def _pieces(line: Line, columns: Sequence[Interval]) -> list[tuple[Word, ...]]:
    """The pieces of a line, cut as well where it crosses from one column into the next."""
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    pieces = []
    for piece in split_line(line):
        cut = [0]
        for index, (before, after) in enumerate(pairwise(piece), 1):
            crosses = bisect_right(middles, before.center) != bisect_right(middles, after.center)
            free = any(before.x1 <= middle + 2 and after.x0 >= middle - 2 for middle in middles)
            if crosses and free and after.x0 - before.x1 > _FREE * line.size:
                cut.append(index)
        pieces += [piece[a:b] for a, b in pairwise([*cut, len(piece)])]
    return pieces
