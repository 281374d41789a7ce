"""Reading order: lines and tables of a page in, the same in the order in which one reads them out.

Letterheads and signature blocks stand in two columns: the left one is read to its end, then
the right one. A line drawn across the page ends such a block; so does a line of text that
crosses the space between the columns.

>>> word = lambda text, x, y: Word(text, x, y - 10, x + 80, y + 2, y, 12.0)
>>> rows = [Line((word("SỞ", 50, 100), word("CỘNG", 300, 100))), Line((word("Số", 50, 120),))]
>>> rows.append(Line((word("Độc", 300, 121),)))
>>> [line.text for line in order_lines(rows)]
['SỞ', 'Số', 'CỘNG', 'Độc']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docparse.read.pdf.pieces import split_line
from docparse.read.pdf.values import Block, Line, PageTable, Word

_WIDE = 1.7  # of the size: gaps between columns
_GUTTER = 0.5  # of the size: what must stay free over the whole block
_NEAR = 3.4  # of the size
_LOOSE = 1.9  # a step this much wider than the usual ends a block below its right column
_LABEL = re.compile(r"^(?:\(?[\w.]{1,5}[.)]|[-–+*•·\W])$")  # before a tab: no column
_NUMERIC = re.compile(r"^[\d.,%/()-]+$")


class _Band(NamedTuple):
    first: int
    last: int
    gutter: tuple[float, float]


def order_blocks(
    lines: Sequence[Line], tables: Sequence[PageTable], breaks: Sequence[float] = ()
) -> list[Block]:
    """All of a page from top to bottom; ``breaks`` are the y of lines drawn across it."""
    blocks: list[Block] = []
    rest = sorted(lines, key=lambda line: (line.base, line.words[0].x0))
    for table in sorted(tables, key=lambda table: table.box[1]):
        above = [line for line in rest if line.base <= table.box[1] + 1]
        rest = [line for line in rest if line.base > table.box[1] + 1]
        blocks += order_lines(above, breaks)
        blocks.append(table)
    blocks += order_lines(rest, breaks)
    return blocks


def order_lines(lines: Sequence[Line], breaks: Sequence[float] = ()) -> list[Line]:
    """Lines in reading order; those of a block in columns are cut in two."""
    lines = sorted(lines, key=lambda line: (line.base, line.words[0].x0))
    ordered: list[Line] = []
    index = done = 0
    while index < len(lines):
        band = _band(lines, index, breaks, done)
        if band is None:
            ordered.append(lines[index])
            index += 1
            continue
        del ordered[len(ordered) - (index - band.first) :]
        ordered += _columns(lines[band.first : band.last + 1], band.gutter)
        index = done = band.last + 1
    return ordered


def _band(lines: Sequence[Line], seed: int, breaks: Sequence[float], floor: int) -> _Band | None:
    """The block in columns around a line with one wide gap."""
    pieces = split_line(lines[seed], wide=_WIDE)
    if len(pieces) != 2 or _LABEL.match(Line(pieces[0]).text):
        return None
    gutter = (pieces[0][-1].x1, pieces[1][0].x0)
    first = last = seed
    while last + 1 < len(lines) and _near(lines[last], lines[last + 1], breaks):
        narrowed = _narrow(lines[last + 1], gutter)
        if narrowed is None:
            break
        gutter, last = narrowed, last + 1
    while first > floor and _near(lines[first - 1], lines[first], breaks):
        narrowed = _narrow(lines[first - 1], gutter)
        if narrowed is None or _is_left(lines[first - 1], gutter):
            break
        gutter, first = narrowed, first - 1
    last = _trim(lines, seed, last, gutter)
    band = _Band(first, last, gutter)
    return band if _holds(lines[first : last + 1], gutter) else None


def _near(above: Line, below: Line, breaks: Sequence[float]) -> bool:
    if any(above.base < y < below.base for y in breaks):
        return False
    return below.base - above.base <= _NEAR * max(above.size, below.size)


def _narrow(line: Line, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """The gutter that is left when this line is of the block, or None if it crosses it."""
    left, right = gutter
    if line.words[0].x0 >= right - 1 or line.words[-1].x1 <= left + 1:
        return gutter
    if line.words[-1].x1 < right:
        left = line.words[-1].x1
    elif line.words[0].x0 > left:
        right = line.words[0].x0
    else:
        cut = _cut(line, gutter)
        if cut is None:
            return None
        left, right = max(left, line.words[cut - 1].x1), min(right, line.words[cut].x0)
    return (left, right) if right - left >= _GUTTER * line.size else None


def _cut(line: Line, gutter: tuple[float, float]) -> int | None:
    """The first word right of the gutter, if the line leaves it free."""
    for index in range(1, len(line.words)):
        before, after = line.words[index - 1], line.words[index]
        free = min(after.x0, gutter[1]) - max(before.x1, gutter[0])
        if free >= _GUTTER * line.size:
            return index
    return None


def _is_left(line: Line, gutter: tuple[float, float]) -> bool:
    return line.words[-1].x1 <= gutter[1] - 1 and line.words[0].x0 < gutter[0]


def _trim(lines: Sequence[Line], seed: int, last: int, gutter: tuple[float, float]) -> int:
    """Without the text that goes on at the left below the block after a wider step."""
    right = max(at for at in range(seed, last + 1) if not _is_left(lines[at], gutter))
    step = 0.0
    for index in range(right + 1, last + 1):
        here = lines[index].base - lines[index - 1].base
        if step and here > _LOOSE * step:
            return index - 1
        step = min(step, here) if step else max(here, lines[index].size)
    return last


def _holds(lines: Sequence[Line], gutter: tuple[float, float]) -> bool:
    """Two columns of text: not a list of labels, not words with a number each."""
    left, right = _sides(lines, gutter)
    if len(left) + len(right) < 3 or not left or not right:
        return False
    numbers = sum(1 for line in right if _NUMERIC.match(line.text.replace(" ", "")))
    labels = sum(1 for line in left if _LABEL.match(line.text))
    return numbers <= 0.5 * len(right) and labels <= 0.5 * len(left)


def _columns(lines: Sequence[Line], gutter: tuple[float, float]) -> list[Line]:
    left, right = _sides(lines, gutter)
    return left + right


def _sides(lines: Sequence[Line], gutter: tuple[float, float]) -> tuple[list[Line], list[Line]]:
    middle = (gutter[0] + gutter[1]) / 2
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        for side, words in ((left, _half(line, middle, 0)), (right, _half(line, middle, 1))):
            if words:
                side.append(Line(words))
    return left, right


def _half(line: Line, middle: float, side: int) -> tuple[Word, ...]:
    return tuple(word for word in line.words if (word.center > middle) == bool(side))
