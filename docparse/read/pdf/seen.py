"""From what tesseract saw to lines of words: pixels of a picture in, points of a page out.

>>> is_doubtful("1.234", 0.62), is_doubtful("công", 0.62)
(True, False)
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from docparse.read.pdf.picture import Grey
from docparse.read.pdf.tesseract import Seen
from docparse.read.pdf.values import Line, Word

_NUMBER_SURE = 0.8
_WORD_SURE = 0.45
_LETTER = 1.25  # a line is so much taller than its words usually are


class Sheet(NamedTuple):
    """The picture of a page; ``scale`` is its pixels a point."""

    grey: Grey
    scale: float
    dpi: int
    seconds: float


def is_doubtful(text: str, sure: float) -> bool:
    """Whether a word is not to be relied on; a number sooner than a word, which has neighbours."""
    number = any(char.isdigit() for char in text)
    return sure < (_NUMBER_SURE if number else _WORD_SURE)


def lines_of(seen: Sequence[Seen], corner: tuple[float, float], scale: float) -> list[Line]:
    """Words grouped as tesseract grouped them, placed in points."""
    lines: dict[tuple[int, ...], list[Seen]] = {}
    for word in seen:
        lines.setdefault((word.picture, *word.line), []).append(word)
    made = []
    for group in lines.values():
        base = max(word.top + word.height for word in group) / scale + corner[1]
        size = max(6.0, median(word.height for word in group) * _LETTER / scale)
        made.append(Line(tuple(_word(word, corner, scale, base, size) for word in group)))
    return made


def _word(seen: Seen, corner: tuple[float, float], scale: float, base: float, size: float) -> Word:
    x0, top = corner[0] + seen.left / scale, corner[1] + seen.top / scale
    x1, bottom = x0 + seen.width / scale, top + seen.height / scale
    return Word(seen.text, x0, top, x1, bottom, base, size, is_doubtful(seen.text, seen.sure))
