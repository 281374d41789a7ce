"""Characters to words and lines: baselines and gaps decide, not the order in the file.

In go the arrays of :mod:`glyphs`, out come lines of words from top to bottom. Letters of
one word may come from several fonts, marks may follow their letter (NFD), and what stands a
little higher or lower (m², footnote marks) belongs to the line beside it.

>>> cluster(np.array([100.0, 100.2, 114.0, 128.0]), np.array([12.0, 12, 12, 12])).tolist()
[0, 0, 1, 2]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from docparse.models import Box
from docparse.read.pdf.glyphs import LINE_HYPHEN, Flags, Glyphs, Numbers
from docparse.read.pdf.values import Line, Word, turn_box

Decoder = Callable[[int, int], str]

_SAME_LINE = 0.22  # of the size: baselines this near are one
_RAISED = 0.55  # of the size of the taller: how far a small sign may stand off the line
_SMALL = 0.85
_FEW = 6  # signs of a raised piece; more are a line of a neighbouring column
_GAP = 0.16  # of the size: wider than letters stand apart
_SPACED_GAP = 0.05  # where the file has a space as well
_OVERPRINT = 0.3  # of a width: the same letter again so near is a bold one printed twice


class Ordered(NamedTuple):
    """Indexes of characters line by line from left to right; where words and lines begin."""

    order: NDArray[np.intp]
    starts: NDArray[np.intp]
    first: Flags


def find_lines(glyphs: Glyphs, *, texts: Sequence[str] | None = None) -> list[Line]:
    """The lines of the page; ``texts`` are the characters where they are decoded already."""
    lines: list[Line] = []
    for quarter in range(4):
        picked = np.flatnonzero(glyphs.quarters == quarter)
        if len(picked):
            lines += _lines_of(_upright(glyphs, picked, quarter), texts)
    return lines


class _Upright(NamedTuple):
    """Characters of one direction in the frame where they stand upright."""

    picked: NDArray[np.intp]
    codes: NDArray[np.uint32]
    boxes: tuple[Numbers, Numbers, Numbers, Numbers]
    base: Numbers
    spaced: Flags
    back: Callable[[Box], Box] | None


def _upright(glyphs: Glyphs, picked: NDArray[np.intp], quarter: int) -> _Upright:
    x0, top, x1, bottom = (
        side[picked] for side in (glyphs.x0, glyphs.top, glyphs.x1, glyphs.bottom)
    )
    codes, spaced = glyphs.codes[picked], glyphs.spaced[picked]
    if quarter == 0:
        return _Upright(picked, codes, (x0, top, x1, bottom), glyphs.base[picked], spaced, None)
    width, height = glyphs.width, glyphs.height
    boxes = _turned_arrays((x0, top, x1, bottom), quarter, width, height)
    if quarter % 2:
        width, height = height, width

    def back(box: Box) -> Box:
        return turn_box(box, 4 - quarter, width, height)

    return _Upright(picked, codes, boxes, boxes[3], spaced, back)


def _turned_arrays(
    boxes: tuple[Numbers, Numbers, Numbers, Numbers], quarter: int, width: float, height: float
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    x0, top, x1, bottom = boxes
    if quarter == 1:
        return height - bottom, x0, height - top, x1
    if quarter == 2:
        return width - x1, height - bottom, width - x0, height - top
    return top, width - x1, bottom, width - x0


def _lines_of(up: _Upright, texts: Sequence[str] | None) -> list[Line]:
    x0, top, x1, bottom = up.boxes
    size = np.maximum(bottom - top, 1.0)
    line = cluster(up.base, size)
    ordered = _order(up, line, size)
    order, starts = ordered.order, ordered.starts
    if not len(order):
        return []
    letters = _letters(up, order, texts)
    edges = [*starts.tolist(), len(order)]
    sides = (
        np.minimum.reduceat(x0[order], starts),
        np.minimum.reduceat(top[order], starts),
        np.maximum.reduceat(x1[order], starts),
        np.maximum.reduceat(bottom[order], starts),
        up.base[order][starts],
        np.maximum.reduceat(size[order], starts),
    )
    rows = zip(*(side.tolist() for side in sides), strict=True)
    words = [
        Word(letters(begin, end), *place)
        for begin, end, place in zip(edges, edges[1:], rows, strict=False)
    ]
    return _group(words, ordered.first.tolist(), up.back)


def _group(words: list[Word], first: list[bool], back: Callable[[Box], Box] | None) -> list[Line]:
    lines: list[list[Word]] = []
    for word, begins in zip(words, first, strict=True):
        if not word.text:
            continue
        if back is not None:
            box = back((word.x0, word.top, word.x1, word.bottom))
            word = Word(word.text, *box, box[3], word.size)
        if begins or not lines:
            lines.append([])
        lines[-1].append(word)
    return [Line(tuple(line)) for line in lines if line]


def _letters(
    up: _Upright, order: NDArray[np.intp], texts: Sequence[str] | None
) -> Callable[[int, int], str]:
    """The letters of a range of ordered characters."""
    if texts is not None:
        chosen = [texts[index] for index in up.picked[order].tolist()]
        return lambda begin, end: "".join(chosen[begin:end])
    codes = up.codes[order]
    codes = np.where(codes == LINE_HYPHEN, 0x2D, codes).astype("<u4")
    text = codes.tobytes().decode("utf-32-le", "replace")
    return lambda begin, end: text[begin:end]


def _order(up: _Upright, line: NDArray[np.intp], size: Numbers) -> Ordered:
    """Sort by line and place, drop what is printed twice, find where words begin."""
    x0, _, x1, _ = up.boxes
    count = len(line)
    marks = _is_mark(up.codes)
    place = x0
    if marks.any():
        # A mark belongs to the letter that the file has before it, wherever it is drawn.
        place = x0.copy()
        for index in np.flatnonzero(marks).tolist():
            if index and line[index - 1] == line[index]:
                place[index] = place[index - 1] + 1e-3
    order = np.lexsort((np.arange(count), place, line))
    order = _without_overprint(order, up, line)
    in_line = line[order]
    first_of_line = np.concatenate(([True], in_line[1:] != in_line[:-1]))
    right = x1[order]
    before = np.concatenate(([0.0], right[:-1]))
    before[2:] = np.maximum(before[2:], np.where(in_line[2:] == in_line[:-2], right[:-2], -1e9))
    gap = x0[order] - before
    follows = np.concatenate(([False], np.diff(order) == 1))
    spaced = up.spaced[order] | ~follows
    limit = np.where(spaced & follows, _SPACED_GAP, _GAP) * size[order]
    breaks = first_of_line | ((gap > limit) & ~marks[order])
    starts = np.flatnonzero(breaks)
    return Ordered(order, starts, first_of_line[starts])


def _without_overprint(
    order: NDArray[np.intp], up: _Upright, line: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Without letters that stand a second time on the same spot."""
    if len(order) < 2:
        return order
    x0, x1, codes = up.boxes[0][order], up.boxes[2][order], up.codes[order]
    near = np.abs(np.diff(x0)) < _OVERPRINT * np.maximum(x1 - x0, 0.1)[1:]
    again = near & (codes[1:] == codes[:-1]) & (line[order][1:] == line[order][:-1])
    again &= ~_is_mark(codes[1:]) & (codes[1:] != 0x2E)
    return order[np.concatenate(([True], ~again))]


def _is_mark(codes: NDArray[np.uint32]) -> Flags:
    return (codes >= 0x300) & (codes <= 0x36F)


def cluster(base: Numbers, size: Numbers) -> NDArray[np.intp]:
    """The number of the line for each character, counted from the top."""
    order = np.argsort(base, kind="stable")
    sorted_base, sorted_size = base[order], size[order]
    step = np.diff(sorted_base)
    limit = _SAME_LINE * np.minimum(sorted_size[1:], sorted_size[:-1])
    number = np.concatenate(([0], np.cumsum(step > limit)))
    count = int(number[-1]) + 1 if len(number) else 0
    heights = np.zeros(count)
    np.maximum.at(heights, number, sorted_size)
    bases = np.bincount(number, weights=sorted_base) / np.maximum(1, np.bincount(number))
    counts = np.bincount(number, minlength=count)
    merged = _merge_raised(bases.tolist(), heights.tolist(), counts.tolist())
    result = np.empty(len(base), dtype=np.intp)
    result[order] = np.asarray(merged, dtype=np.intp)[number] if count else number
    return result


def _merge_raised(bases: list[float], heights: list[float], counts: list[int]) -> list[int]:
    """Lines of a few small signs go with the tall line that they lean on."""
    owner = list(range(len(bases)))
    for index, (base, height) in enumerate(zip(bases, heights, strict=True)):
        for beside in (index - 1, index + 1):
            if not 0 <= beside < len(bases) or counts[index] > _FEW:
                continue
            if height > _SMALL * heights[beside] or counts[beside] <= _FEW:
                continue
            if abs(base - bases[beside]) < _RAISED * heights[beside]:
                owner[index] = beside
                break
    roots = [owner[root] for root in owner]
    numbers = {root: number for number, root in enumerate(sorted(set(roots)))}
    return [numbers[root] for root in roots]
