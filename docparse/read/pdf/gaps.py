"""Tables without lines down: a page's lines of text and rules in, tables out.

Lines across of one width hold a table between them (half-ruled); where three lines of text or
more fall into three pieces or more, they and the short lines around them are tried as one.

>>> find_unruled([])
[]
"""

from __future__ import annotations

from collections.abc import Sequence

from docparse.read.pdf.gapcells import build_table
from docparse.read.pdf.pieces import split_line
from docparse.read.pdf.ruled import join_rules
from docparse.read.pdf.rules import Rule, Rules
from docparse.read.pdf.values import Drawn, Line, PageTable

_NEAR = 3.4  # of the size: lines further apart are not of one table
_ROWS = 3
_CLOSE = 1.35  # of the size: a line that is still of the row above
_HEAD_LINES = 6
_OVER = 2.2  # of the size: so far a head over several columns stands above theirs
_SAME_ENDS = 6.0  # points


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
        size = max(line.size, lines[beside].size, lines[seed].size)
        near = abs(lines[beside].base - line.base) <= _NEAR * size
        width = line.words[-1].x1 - line.words[0].x0
        return near and (counts[index] >= 2 or width <= short)

    first = last = seed
    while last + 1 < len(lines) and fits(last + 1, last):
        last += 1
    last = _last_wrapped(lines, counts, seed, last)
    while first > 0 and fits(first - 1, first):
        if counts[first - 1] < 2 and not _is_head(lines, counts, first - 1, seed):
            break
        first -= 1
    return first, last


def _is_head(lines: Sequence[Line], counts: Sequence[int], index: int, seed: int) -> bool:
    """Whether a piece alone above a row is of the table's head: close, or under more of the head.

    It stands inside the columns: the end of a paragraph begins at the margin.
    """
    if lines[index].words[0].x0 <= lines[seed].words[0].x1:
        return False
    step = lines[index + 1].base - lines[index].base
    last = max(split_line(line)[-1][0].x0 for line in lines[index + 1 : seed + _HEAD_LINES])
    between = lines[index].words[-1].x1 < last
    if _is_close(lines, index) or (between and step <= _OVER * lines[index].size):
        return True
    for above in range(index - 1, max(-1, index - _HEAD_LINES), -1):
        if not _is_close(lines, above):
            return False
        if counts[above] >= 2:
            return True
    return False


def _is_close(lines: Sequence[Line], index: int) -> bool:
    """Whether the next line may be of the same cell."""
    return lines[index + 1].base - lines[index].base <= _CLOSE * lines[index].size


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
