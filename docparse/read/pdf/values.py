"""What passes between the parts of PDF reading: words, lines and tables of one page.

Boxes are ``(x0, top, x1, bottom)`` in the frame in which the page's text stands upright;
``Page.turns`` leads them to the page as it is shown.

>>> word = Word("Sở", 10.0, 20.0, 22.0, 32.0, 30.0, 12.0)
>>> Line((word,)).text, Line((word,)).box
('Sở', (10.0, 20.0, 22.0, 32.0))
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from docparse.models import Box


class Word(NamedTuple):
    """Letters without a gap; ``base`` is where they stand, ``size`` how tall a line of them is."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    doubtful: bool = False

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Line(NamedTuple):
    """Words on one baseline, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @property
    def box(self) -> Box:
        return box_around(self.words)

    @property
    def base(self) -> float:
        return self.words[0].base

    @property
    def size(self) -> float:
        return max([word.size for word in self.words])


class Cell(NamedTuple):
    """One cell of a table on one page: its place in the grid, its box and its lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: tuple[Line, ...] = ()


class Drawn(StrEnum):
    """How the rows and columns of a table are known."""

    RULED = "ruled"
    HALF_RULED = "half-ruled"
    UNRULED = "unruled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """A table as it stands on one page; ``columns`` are the x of its column borders."""

    box: Box
    columns: tuple[float, ...]
    cells: tuple[Cell, ...]
    drawn: Drawn = Drawn.RULED

    @property
    def rows(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return len(self.columns) - 1


class Path(StrEnum):
    """How the words of a page were come by."""

    FAST = "fast"
    PDFPLUMBER = "pdfplumber"
    LEGACY = "legacy"
    OCR = "ocr"
    NONE = "none"


Block = Line | PageTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page in reading order, how it was read, and how sure that is (0 to 1).

    ``drawing`` tells that so much is drawn on it that no tables were sought.
    """

    number: int
    width: float
    height: float
    turns: int = 0
    blocks: tuple[Block, ...] = ()
    path: Path = Path.FAST
    sure: float = 1.0
    encodings: tuple[str, ...] = ()
    drawing: bool = False


def box_around(words: Sequence[Word]) -> Box:
    """The smallest box that holds all words."""
    return (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )


def turn_box(box: Box, turns: int, width: float, height: float) -> Box:
    """The box after a page of this size is turned clockwise by quarter turns.

    >>> turn_box((10, 20, 30, 25), 1, 100, 200)
    (175, 10, 180, 30)
    """
    x0, top, x1, bottom = box
    turns %= 4
    if turns == 1:
        return height - bottom, x0, height - top, x1
    if turns == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turns == 3:
        return top, width - x1, bottom, width - x0
    return box
