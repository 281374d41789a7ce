"""Lone numbers of a table read side by side: crops of cells in, the words of each out.

Tesseract measures a line by its letters and misreads one that holds a single digit. Cells that hold
a number are therefore set in one line, on one baseline, and each word is given back to the cell in
whose stretch it stands.

>>> import numpy as np
>>> digit = np.full((20, 12), 255, dtype=np.uint8); digit[2:18, 4:8] = 0
>>> strip = join([digit, digit])
>>> strip.starts, strip.grey.shape[1] > 4 * digit.shape[1]
([24, 76], True)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from docparse.read.pdf.picture import Grey, scaled
from docparse.read.pdf.seen import Sheet
from docparse.read.pdf.tesseract import ONE_LINE, Seen, look

_MOST = 12  # cells in a strip
_INK = 140  # darker is ink
_ON_LINE = 0.3  # of the fullest row: a row with less ink lies below the line, as commas do
_FRAME = 24  # pixels of white around a strip
_APART = 2.0  # of the height: so far cells stand apart


class Strip(NamedTuple):
    """Crops side by side; where each begins, and how far it was moved down."""

    grey: Grey
    starts: list[int]
    downs: list[int]


def read_strips(crops: Sequence[Grey], factor: float, sheet: Sheet) -> list[list[Seen]]:
    """The words of each crop, in pixels of the crop made larger by the factor."""
    strips = [join(crops[at : at + _MOST]) for at in range(0, len(crops), _MOST)]
    pictures = [scaled(strip.grey, factor) for strip in strips]
    dpi = round(sheet.dpi * factor)
    seen = look(pictures, mode=ONE_LINE, dpi=dpi, seconds=sheet.seconds)
    found: list[list[Seen]] = [[] for _ in crops]
    for word in seen:
        strip = strips[word.picture - 1]
        middle = (word.left + word.width / 2) / factor
        at = max(0, bisect_right(strip.starts, middle) - 1)
        left = word.left - round(strip.starts[at] * factor)
        top = word.top - round(strip.downs[at] * factor)
        found[_MOST * (word.picture - 1) + at].append(word._replace(left=left, top=top))
    return found


def join(crops: Sequence[Grey]) -> Strip:
    """Crops side by side on one baseline."""
    feet = [_foot(crop) for crop in crops]
    above = max(feet)
    below = max(len(crop) - foot for crop, foot in zip(crops, feet, strict=True))
    apart = round(_APART * (above + below))
    width = sum(crop.shape[1] + apart for crop in crops) - apart
    grey = np.full((above + below + 2 * _FRAME, width + 2 * _FRAME), 255, dtype=np.uint8)
    starts, downs = [], []
    at = _FRAME
    for crop, foot in zip(crops, feet, strict=True):
        down = _FRAME + above - foot
        grey[down : down + len(crop), at : at + crop.shape[1]] = crop
        starts.append(at)
        downs.append(down)
        at += crop.shape[1] + apart
    return Strip(grey, starts, downs)


def _foot(crop: Grey) -> int:
    """The row on which the letters of a crop stand."""
    ink = (crop < _INK).sum(axis=1)
    return int(np.flatnonzero(ink >= _ON_LINE * ink.max())[-1]) + 1
