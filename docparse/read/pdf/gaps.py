"""Tables without lines: the lines of text of a page in, tables known by the gaps between words out.

Where three lines or more leave the same stretches of paper free, those stretches set columns
apart. Rows are told by the lines across, where there are some (half-ruled), else by wider
steps from line to line, else by the first column.

>>> numbers = split_steps([14.0, 20.0, 14.0, 20.0, 20.0])
>>> numbers
[0, 0, 1, 1, 2, 3]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from docparse.read.pdf.ruled import join_rules
from docparse.read.pdf.rules import Rule, Rules
from docparse.read.pdf.values import Cell, Drawn, Line, PageTable, Word, box_around

Interval = tuple[float, float]

_WIDE = 1.15  # of the size: a gap wider than any between the words of a sentence
_FREE = 0.35  # of the size: the narrowest free stretch between two columns
_NEAR = 3.4  # of the size: lines further apart are not of one table
_ROWS = 3
_CLOSE = 1.35  # of the size: a line that is still of the row above
_STEP = 1.18  # a step this much wider than the narrowest begins a row
_SAME_ENDS = 6.0  # points
_NUMBER = re.compile(r"^[(+-]?\d[\d.,/]*[%)]?$|^[-–]$")


def split_line(line: Line, *, wide: float = _WIDE) -> list[tuple[Word, ...]]:
    """The pieces of a line between gaps that no sentence has."""
    words = line.words
    limit = wide * line.size
    cuts = [
        index for index in range(1, len(words)) if words[index].x0 - words[index - 1].x1 > limit
    ]
    if not cuts:
        return [words]
    return [words[begin:end] for begin, end in pairwise([0, *cuts, len(words)])]


def outside_of(table: PageTable, lines: Sequence[Line]) -> list[Line]:
    """The lines that are not of a table that was built of whole lines."""
    held = {id(word) for cell in table.cells for line in cell.lines for word in line.words}
    return [line for line in lines if id(line.words[0]) not in held]


def find_half_ruled(
    rules: Rules, lines: Sequence[Line], taken: Sequence[PageTable]
) -> list[PageTable]:
    """Tables between lines across of one width, with none down."""
    tables = []
    across = [rule for rule in join_rules(rules.across) if not _inside(rule, taken)]
    for group in _same_width(across):
        top, bottom = group[0].at, group[-1].at
        held = [line for line in lines if top < line.base < bottom + 1]
        start, end = group[0].start, group[0].end
        if any(word.x1 < start - 9 or word.x0 > end + 9 for line in held for word in line.words):
            continue
        table = build_table(held, [rule.at for rule in group], Drawn.HALF_RULED)
        if table is not None:
            tables.append(table)
    return tables


def _inside(rule: Rule, taken: Sequence[PageTable]) -> bool:
    return any(
        table.box[1] - 3 <= rule.at <= table.box[3] + 3
        and rule.start < table.box[2]
        and rule.end > table.box[0]
        for table in taken
    )


def _same_width(across: Sequence[Rule]) -> list[list[Rule]]:
    """Two lines or more with the same ends, from top to bottom."""
    groups: list[list[Rule]] = []
    for rule in sorted(across):
        for group in groups:
            last = group[-1]
            apart = max(abs(last.start - rule.start), abs(last.end - rule.end))
            if apart < _SAME_ENDS < rule.at - last.at:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) > 1]


def find_unruled(lines: Sequence[Line]) -> list[PageTable]:
    """Tables that only their gaps show."""
    tables = []
    for first, last in _runs(lines):
        table = build_table(lines[first : last + 1], [], Drawn.UNRULED)
        if table is not None:
            tables.append(table)
    return tables


def _runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Stretches of lines with three pieces or more, and the short lines around them."""
    if not lines:
        return []
    counts = [len(split_line(line)) for line in lines]
    left = min(line.words[0].x0 for line in lines)
    right = max(line.words[-1].x1 for line in lines)
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if counts[index] < 3:
            index += 1
            continue
        first, last = _grow(lines, counts, index, 0.55 * (right - left))
        if sum(1 for at in range(first, last + 1) if counts[at] >= 3) >= _ROWS:
            runs.append((first, last))
        index = last + 1
    return runs


def _grow(lines: Sequence[Line], counts: Sequence[int], seed: int, short: float) -> tuple[int, int]:
    """From a line of three pieces to the lines around it that may be rows or wrapped cells."""

    def fits(index: int, beside: int) -> bool:
        line = lines[index]
        near = abs(lines[beside].base - line.base) <= _NEAR * line.size
        width = line.words[-1].x1 - line.words[0].x0
        return near and (counts[index] >= 2 or width <= short)

    first = last = seed
    while last + 1 < len(lines) and fits(last + 1, last):
        last += 1
    last = _last_wrapped(lines, counts, seed, last)
    while first > 0 and counts[first - 1] >= 2 and fits(first - 1, first):
        first -= 1
    return first, last


def _last_wrapped(lines: Sequence[Line], counts: Sequence[int], seed: int, last: int) -> int:
    """The last row, with the lines close under it that stand inside its columns."""
    row = max(index for index in range(seed, last + 1) if counts[index] >= 2)
    end = row
    left = min(lines[index].words[0].x1 for index in range(seed, row + 1))
    while end < last:
        line = lines[end + 1]
        close = line.base - lines[end].base <= _CLOSE * line.size
        if not close or line.words[0].x0 <= left:
            break
        end += 1
    return end


def build_table(
    lines: Sequence[Line], separators: Sequence[float], drawn: Drawn
) -> PageTable | None:
    """The table that these lines make, or None if their gaps make none."""
    if len(lines) < 2:
        return None
    columns = _columns(lines)
    if len(columns) < (2 if drawn is Drawn.HALF_RULED else 3):
        return None
    numbers = _rows(lines, columns, separators)
    if numbers[-1] + 1 < (2 if drawn is Drawn.HALF_RULED else _ROWS):
        return None
    cells = _cells(lines, numbers, columns)
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
    lines: Sequence[Line], numbers: Sequence[int], columns: Sequence[Interval]
) -> list[Cell]:
    """The words of each row and column; a piece that stands over several columns spans them."""
    held: dict[tuple[int, int], list[Line]] = {}
    spans: dict[tuple[int, int], int] = {}
    for line, row in zip(lines, numbers, strict=True):
        for piece in _pieces(line, columns):
            over = _covers(piece, columns)
            place = (row, over[0])
            held.setdefault(place, []).append(Line(piece))
            spans[place] = max(spans.get(place, 1), len(over))
    cells = []
    for (row, column), found in sorted(held.items()):
        box = box_around([word for line in found for word in line.words])
        cells.append(Cell(row, column, 1, spans[row, column], box, tuple(found)))
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
