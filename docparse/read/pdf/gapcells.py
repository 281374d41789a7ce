"""Rows and cells of a table that only gaps show: its lines of text in, the table out.

What most lines leave free sets columns apart. The header is what stands above the first row of
numbers; a piece of it that stands over several columns spans them and makes a second level.
Rows are told by the lines across, where there are some, else by the white between them, else by
the first column.

>>> parting([0.5, 6.0, 0.5, 6.5, 6.0], least=2.0)
3.25
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate, groupby, pairwise
from statistics import median

from docparse.read.pdf.pieces import split_gap
from docparse.read.pdf.values import Cell, Drawn, Line, PageTable, Word, box_around

Interval = tuple[float, float]

_FREE = 0.28  # of the size: the narrowest free stretch between two columns
_CUT = 0.33  # of the size: a gap between two columns, where those of words are narrower
_SPACE = 0.24  # of the size: the space between two words is no free stretch
_WIDER = 0.6  # of the size: columns stand further apart than words, in most rows
_CROSSING = 0.12  # of the lines may stand over several columns
_FEWEST = 4  # lines
_MANY = 0.24  # of the lines have a word begin where a column does
_ALIGNED = 2.0  # points
_BIN = 0.5  # points
_PADDING = 0.14  # of the size: white above a line that parts rows, beyond that within cells
_HALF = 0.5
_LINE = 0.95  # of the size: the closest that lines of one cell are set
_ROWS = 3
_HEADER_LINES = 16
_NUMBER = re.compile(r"^[(+-]?\d[\d.,/]*[%)]?$|^[-–]$")
_SERIAL = re.compile(r"^\(?(?:\d{1,4}|[IVX]{1,4}|[A-Z])[.)]?$")


def build_table(
    lines: Sequence[Line], separators: Sequence[float], drawn: Drawn
) -> PageTable | None:
    """The table that these lines make, or None if their gaps make none."""
    least_columns, least_rows = (2, 2) if drawn is Drawn.HALF_RULED else (3, _ROWS)
    if len(lines) < 2:
        return None
    columns = find_columns(lines)
    if len(columns) < least_columns:
        return None
    rows = _rows(lines, columns, separators)
    header = _header_lines(lines, rows, columns)
    spanned, level = _second_level(lines[:header], columns)
    if level is None:
        numbers = rows
    else:
        shift = 2 - rows[header]
        numbers = [int(at >= level) for at in range(header)]
        numbers += [row + shift for row in rows[header:]]
    if numbers[-1] + 1 < least_rows:
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


def find_columns(lines: Sequence[Line]) -> list[Interval]:
    """The columns: what lies between stretches that nearly all lines leave free.

    A few lines may cross such a stretch (heads over several columns, titles of groups). Where
    words only happen to end at the same place, no gap there is wider than that of a sentence.
    """
    size = median(line.size for line in lines)
    # Words may lie over each other: the last one of a line need not end it.
    left = min(word.x0 for line in lines for word in line.words)
    right = max(word.x1 for line in lines for word in line.words)
    free = [
        stretch
        for stretch in _free_stretches(lines, left, right, int(_CROSSING * len(lines)))
        if stretch[1] - stretch[0] >= _FREE * size
    ]
    middles = [(begin + end) / 2 for begin, end in free]
    gutters = [
        stretch
        for stretch, middle in zip(free, middles, strict=True)
        if _parts(lines, middle, middles, size)
    ]
    gutters = sorted(gutters + _aligned(lines, gutters, size))
    edges = [left, *(x for stretch in gutters for x in stretch), right]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _aligned(lines: Sequence[Line], gutters: Sequence[Interval], size: float) -> list[Interval]:
    """Columns without white before them: where many lines have a word begin at one place."""
    starts = Counter(
        round(after.x0)
        for line in lines
        for before, after in pairwise(line.words)
        if after.x0 - before.x1 > _WIDER * size
    )
    found: list[Interval] = []
    for start, count in starts.most_common():
        if count < max(_FEWEST, _MANY * len(lines)):
            break
        beside = any(a - size <= start <= b + size for a, b in (*gutters, *found))
        crossing = sum(
            1 for line in lines for word in line.words if word.x0 + 1.5 < start < word.x1 - 1.5
        )
        if not beside and crossing <= _CROSSING * len(lines):
            found.append((start - 1.0, start - 1.0))
    return found


def _free_stretches(
    lines: Sequence[Line], left: float, right: float, crossing: int
) -> list[Interval]:
    """Stretches of the width that at most so many lines cover."""
    count = int((right - left) / _BIN) + 2
    steps = [0] * (count + 1)
    for line in lines:
        end = -1
        for word in line.words:
            first = max(end + 1, int((word.x0 - left) / _BIN))
            last = int((word.x1 - left) / _BIN)
            if word.x0 - left <= end * _BIN + line.size * _SPACE:
                first = end + 1
            if last >= first:
                steps[first] += 1
                steps[last + 1] -= 1
                end = last
    covered = list(accumulate(steps))
    stretches = []
    for is_free, group in groupby(range(count), key=lambda at: covered[at] <= crossing):
        bins = list(group)
        if is_free and bins[0] > 0 and bins[-1] < count - 2:
            stretches.append((left + bins[0] * _BIN, left + (bins[-1] + 1) * _BIN))
    return stretches


def _parts(lines: Sequence[Line], middle: float, all_middles: Sequence[float], size: float) -> bool:
    """Whether a free stretch parts columns: most gaps over it are wider than a space."""
    gaps = []
    for line in lines:
        for before, after in pairwise(line.words):
            if before.x1 <= middle <= after.x0:
                inside = sum(1 for other in all_middles if before.x1 <= other <= after.x0)
                gaps.append((after.x0 - before.x1, inside))
    own = [gap for gap, inside in gaps if inside == 1] or [gap for gap, _ in gaps]
    return bool(own) and median(own) >= _WIDER * size


def _covers(piece: Sequence[Word], columns: Sequence[Interval]) -> list[int]:
    """The columns that a piece stands in or over."""
    x0, x1 = piece[0].x0, piece[-1].x1
    over = [i for i, (left, right) in enumerate(columns) if x0 < right - 1 and x1 > left + 1]
    if over:
        return over
    middle = (x0 + x1) / 2
    distances = [min(abs(middle - left), abs(middle - right)) for left, right in columns]
    return [distances.index(min(distances))]


def _header_lines(lines: Sequence[Line], rows: Sequence[int], columns: Sequence[Interval]) -> int:
    """How many lines stand above the first row with a serial number or two numbers."""
    for line, row in zip(lines[:_HEADER_LINES], rows, strict=False):
        pieces = _pieces(line, columns)
        numbers = sum(1 for piece in pieces if _NUMBER.match(piece[0].text))
        serial = _covers(pieces[0], columns) == [0] and _SERIAL.match(pieces[0][0].text)
        if numbers > 1 or (serial and len(pieces) > 1):
            return rows.index(row)
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
    """Rows by the white between them, or by the first column where there is none."""
    size = _LINE * median(word.size for line in lines for word in line.words)
    gaps = _white_between(lines, size)
    limit = parting(gaps, least=_PADDING * size)
    if limit is not None:
        numbers = list(accumulate((gap > limit for gap in gaps), initial=0))
        if _plausible(lines, numbers, columns):
            return numbers
    numbers = []
    for line in lines:
        begins = not numbers or _begins_row(line, columns)
        numbers.append((numbers[-1] + begins) if numbers else 0)
    return numbers


def _white_between(lines: Sequence[Line], size: float) -> list[float]:
    """The white between each line and all that stands above it, at least none.

    All lines count as equally tall: letters borrowed from another font would change the white.
    """
    gaps = []
    base = lines[0].base
    for line in lines[1:]:
        gaps.append(max(0.0, line.base - base - size))
        base = max(base, line.base)
    return gaps


def parting(gaps: Sequence[float], *, least: float) -> float | None:
    """The white that parts rows: the first wide step from narrower white to wider, if any."""
    steps = [(after - before, before) for before, after in pairwise(sorted(gaps))]
    widest = max((step for step, _ in steps), default=0.0)
    if widest < least:
        return None
    return next(before + step / 2 for step, before in steps if step >= max(least, _HALF * widest))


def _plausible(lines: Sequence[Line], numbers: Sequence[int], columns: Sequence[Interval]) -> bool:
    """Whether hardly any row so found holds two lines that both begin one."""
    begun: Counter[int] = Counter()
    for line, number in zip(lines, numbers, strict=True):
        begun[number] += _begins_row(line, columns)
    twice = sum(1 for count in begun.values() if count > 1)
    return twice <= 0.2 * len(begun)


def _begins_row(line: Line, columns: Sequence[Interval]) -> bool:
    filled = {at for piece in _pieces(line, columns) for at in _covers(piece, columns)}
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
    """The pieces of a line, cut at wide gaps, and at narrower ones between two columns."""
    gutters = [(left[1], right[0]) for left, right in pairwise(columns)]
    words = line.words
    wide, narrow = split_gap(line), _CUT * line.size
    cuts = []
    for at in range(1, len(words)):
        begin, end = words[at - 1].x1, words[at].x0
        between = end - begin > narrow and any(begin < b and end > a for a, b in gutters)
        aligned = any(a == b and abs(end - a) < _ALIGNED for a, b in gutters)
        if between or aligned or end - begin > wide:
            cuts.append(at)
    return [words[a:b] for a, b in pairwise([0, *cuts, len(words)])]
