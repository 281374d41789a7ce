"""Tables of a scan read cell by cell: a sheet and a table without words in, the table out.

Each cell is cut out, scaled to the size of letters that tesseract reads best, and looked at
twice; what may be a number twice more, side by side with the others. What most looks say makes
a reading; where no two agree, or as many say something else, it is marked doubtful: tesseract
reads a lone number wrongly with great confidence.

>>> vote(["127,27", "12727", "127,27"]), vote(["3", "8"]), vote(["q)", "q)", "(1)", "(1)"])
((0, True), (0, False), (2, True))
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from docparse.models import Box
from docparse.read.pdf.ocrstrips import read_strips
from docparse.read.pdf.picture import Grey, scaled
from docparse.read.pdf.seen import Sheet, lines_of, parted
from docparse.read.pdf.tesseract import BLOCK, ONE_LINE, Seen, look
from docparse.read.pdf.values import Cell, Line, PageTable

_CELL_EDGE = 4  # pixels cut off a cell on each side, where its line is
_LEAST_INK = 12  # pixels: less is dirt
_INK = 140  # darker is ink
_WIDEN = 12  # white pixels around a cell: tesseract wants some
_BEST_HEIGHT = 23.0  # pixels of a line of letters: larger ones are read worse
_LOOKS = (1.0, 0.8)  # how large the letters are in each look, of the best height
_STRIPS = (1.25, 1.4)  # likewise, of numbers side by side
_WORDS = re.compile(r"[^\W\d_]{3}|/")
_SHORT = 3
_SENSE = re.compile(r"\([\d.,]+%?\)|-?[\d.,]*\d%?|[^\W\d_]+\.?|%|-")


class _Crop(NamedTuple):
    """The ink of a cell, and where its corner stands on the sheet."""

    grey: Grey
    left: int
    top: int


class _Reading(NamedTuple):
    """The words that one look saw in a crop so many times as large, with white around it."""

    words: list[Seen]
    factor: float
    white: int

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def read_cells(table: PageTable, sheet: Sheet) -> PageTable:
    """The table with the words of each cell."""
    crops = [_crop(sheet, cell.box) for cell in table.cells]
    best = _factor([crop for crop in crops if crop is not None])
    looks = [_look(crops, best * size, sheet) for size in _LOOKS]
    readings = [list(of_cell) for of_cell in zip(*looks, strict=True)]
    _add_strips(readings, crops, best, sheet)
    cells = []
    for cell, crop, seen in zip(table.cells, crops, readings, strict=True):
        if crop is None:
            cells.append(cell)
            continue
        chosen, agreed = vote([reading.text for reading in seen])
        lines = _cell_lines(seen[chosen], crop, cell, sheet)
        cells.append(cell._replace(lines=tuple(lines if agreed else map(_doubted, lines))))
    return PageTable(box=table.box, columns=table.columns, cells=tuple(cells), drawn=table.drawn)


def vote(readings: Sequence[str]) -> tuple[int, bool]:
    """The reading to take, and whether two looks agree on it and not as many on another.

    Of short readings those count that are a number or a word.
    """
    counts = Counter(reading for reading in readings if _makes_sense(reading))
    counts = counts or Counter(reading for reading in readings if reading)
    if not counts:
        return 0, True
    (words, times), *others = counts.most_common(2)
    agreed = times > 1 and all(count < times for _, count in others)
    return list(readings).index(words), agreed


def _makes_sense(reading: str) -> bool:
    """Whether a short reading is a number or a word, brackets closed."""
    return bool(_SENSE.fullmatch(reading)) or len(reading) > 2 * _SHORT


def _may_be_number(readings: Sequence[str]) -> bool:
    """Whether a look beside other numbers makes sense: a number, or a few signs of anything."""
    if any(_WORDS.search(reading) for reading in readings):
        return False
    digits = any(char.isdigit() for reading in readings for char in reading)
    return digits or max(map(len, readings)) <= _SHORT


def _add_strips(
    readings: Sequence[list[_Reading]], crops: Sequence[_Crop | None], best: float, sheet: Sheet
) -> None:
    """Look twice more at what may be numbers, set side by side."""
    numbers = [
        (seen, crop.grey)
        for seen, crop in zip(readings, crops, strict=True)
        if crop is not None
        and len(_line_heights(crop.grey)) == 1
        and _may_be_number([reading.text for reading in seen])
    ]
    for size in _STRIPS if numbers else ():
        factor = best * size
        found = read_strips([grey for _, grey in numbers], factor, sheet)
        for (seen, _), words in zip(numbers, found, strict=True):
            seen.append(_Reading(words, factor, 0))


def _look(crops: Sequence[_Crop | None], factor: float, sheet: Sheet) -> list[_Reading]:
    """The words of each cell; those of one line are looked at as such."""
    found = [_Reading([], factor, _WIDEN) for _ in crops]
    for mode in (ONE_LINE, BLOCK):
        chosen = [
            (index, crop)
            for index, crop in enumerate(crops)
            if crop is not None and (len(_line_heights(crop.grey)) > 1) == (mode == BLOCK)
        ]
        pictures = [
            scaled(np.pad(crop.grey, _WIDEN, constant_values=255), factor) for _, crop in chosen
        ]
        dpi = round(sheet.dpi * factor)
        for word in look(pictures, mode=mode, dpi=dpi, seconds=sheet.seconds):
            found[chosen[word.picture - 1][0]].words.append(word)
    return found


def _crop(sheet: Sheet, box: Box) -> _Crop | None:
    """The ink inside a cell, or None where there is none."""
    x0, top, x1, bottom = (round(side * sheet.scale) for side in box)
    x0, top = max(0, x0 + _CELL_EDGE), max(0, top + _CELL_EDGE)
    grey = sheet.grey[top : bottom - _CELL_EDGE + 1, x0 : x1 - _CELL_EDGE + 1]
    ink = grey < _INK
    if min(grey.shape) < 6 or int(ink.sum()) < _LEAST_INK:
        return None
    rows, columns = np.flatnonzero(ink.sum(axis=1) > 1), np.flatnonzero(ink.sum(axis=0) > 1)
    if not len(rows) or not len(columns):
        return None
    row, column = max(0, int(rows[0]) - 2), max(0, int(columns[0]) - 2)
    trimmed = grey[row : int(rows[-1]) + 3, column : int(columns[-1]) + 3]
    return _Crop(trimmed, x0 + column, top + row)


def _line_heights(grey: Grey) -> list[int]:
    """How tall the lines of text in a cell are: stretches of rows with ink, marks left aside."""
    rows = (grey < _INK).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], rows, [False]))))
    heights = edges[1::2] - edges[::2]
    if not len(heights):
        return []
    least = max(6, 0.4 * int(heights.max()))
    return [height for height in heights.tolist() if height >= least]


def _factor(crops: Sequence[_Crop]) -> float:
    """How much to scale cells so that their letters have the size that tesseract reads best."""
    heights = [height for crop in crops for height in _line_heights(crop.grey)]
    if not heights:
        return 1.0
    return min(2.0, max(0.4, _BEST_HEIGHT / float(np.median(heights))))


def _doubted(line: Line) -> Line:
    return Line(tuple(word._replace(doubtful=True) for word in line.words))


def _cell_lines(reading: _Reading, crop: _Crop, cell: Cell, sheet: Sheet) -> list[Line]:
    """The words of a cell as lines in points, inside their cell."""
    left, upper = crop.left - reading.white, crop.top - reading.white
    corner = (left / sheet.scale, upper / sheet.scale)
    x0, top, x1, bottom = cell.box
    return [
        Line(
            tuple(
                word._replace(
                    x0=min(max(word.x0, x0), x1),
                    x1=max(min(word.x1, x1), x0),
                    top=min(max(word.top, top), bottom),
                    bottom=max(min(word.bottom, bottom), top),
                )
                for word in parted(line).words
            )
        )
        for line in lines_of(reading.words, corner, sheet.scale * reading.factor)
    ]
