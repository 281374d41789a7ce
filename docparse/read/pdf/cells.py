"""The words of a table's cells: a table of empty cells and a page's lines in, the two joined out.

A cell's lines become one string. A break after "468/QĐ-" or inside a token that did not fit
into a narrow column ("ST", "T") takes no space; any other takes one.

>>> goes_on("468/QĐ-", "TTg", full=False), goes_on("theo", "Công", full=False)
(True, False)
>>> goes_on("ST", "T", full=True), goes_on("Sở", "Y", full=True)
(True, False)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from docparse.models import Box
from docparse.patterns.syllables import is_frequent, is_syllable
from docparse.read.pdf.values import Cell, Line, PageTable, Word

_CODE_CUT = re.compile(r"(?:\d[\w.]*[/-]|/[\w.&]*[A-ZĐ][\w.&]*[-/]|^[A-ZĐ]{2,}[\w&]*[-/])$")
_DATE_CUT = re.compile(r"(?<!\d)\d{1,2}[/.](?:\d{1,2}[/.])?$")
_NUMBER = re.compile(r"^[\d.,]+%?$")
_GROUP_CUT = re.compile(r"\d[.,]$")
_MARGIN = 2.0  # points beyond a cell in which a word may still begin
_ROOM = 1.6  # letters: with less room than this the next one did not fit
_MOST_PADDING = 9.0
_CODE_BEGUN = re.compile(r"^\d[\w.]*[/-][\w/.&-]*$")
_CLOSING = ",;)]”"


def fill_table(table: PageTable, lines: Iterable[Line]) -> tuple[PageTable, list[Line]]:
    """The table with the lines of its cells, and the lines (or parts of them) outside it."""
    finder = _CellFinder(table)
    held: dict[int, list[Line]] = {}
    outside = []
    x0, top, x1, bottom = table.box
    for line in lines:
        rest = []
        groups: dict[int, list[Word]] = {}
        for word in line.words:
            inside = x0 - _MARGIN <= word.center <= x1 + _MARGIN and top <= word.middle <= bottom
            cell = finder.find(word) if inside else None
            if cell is None:
                rest.append(word)
            else:
                groups.setdefault(cell, []).append(word)
        for cell, words in groups.items():
            held.setdefault(cell, []).append(Line(tuple(words)))
        if rest:
            outside.append(Line(tuple(rest)))
    cells = (
        cell._replace(lines=tuple(held.get(index, ()))) for index, cell in enumerate(table.cells)
    )
    filled = PageTable(box=table.box, columns=table.columns, cells=tuple(cells), drawn=table.drawn)
    return filled, outside


class _CellFinder:
    """Which cell holds a word."""

    def __init__(self, table: PageTable) -> None:
        self.xs = list(table.columns)
        edges = {cell.box[1] for cell in table.cells} | {cell.box[3] for cell in table.cells}
        self.ys = sorted(edges)
        rows = {y: index for index, y in enumerate(self.ys)}
        self.owner: dict[tuple[int, int], int] = {}
        for index, cell in enumerate(table.cells):
            for row in range(rows[cell.box[1]], rows[cell.box[3]]):
                for column in range(cell.column, cell.column + cell.column_span):
                    self.owner[row, column] = index

    def find(self, word: Word) -> int | None:
        row = bisect_right(self.ys, word.middle) - 1
        column = bisect_right(self.xs, word.center) - 1
        column = min(max(column, 0), len(self.xs) - 2)
        return self.owner.get((row, column))


def is_table(table: PageTable) -> bool:
    """Whether a filled table is one: shading, frames and single columns are not."""
    columns = {cell.column for cell in table.cells if cell.lines}
    filled = sum(1 for cell in table.cells if cell.lines)
    rows = {cell.row for cell in table.cells if cell.lines}
    if len(columns) < 2 or filled < 3:
        return False
    return len(rows) > 1 or table.width > 2


def padding_of(cells: Iterable[tuple[Box, Sequence[Line]]]) -> float:
    """How far the words of a table keep from the borders of their cells."""
    gaps = [line.words[0].x0 - box[0] for box, lines in cells for line in lines]
    return min(max(min(gaps), 0.0), _MOST_PADDING) if gaps else 0.0


def cell_text(cell: Cell) -> str:
    """The words of a cell as one string."""
    return join_words(cell.lines, cell.box, 0.0)[0]


def join_words(
    lines: Iterable[Line], box: Box, padding: float
) -> tuple[str, list[tuple[int, int]]]:
    """The lines of a cell as one string, and where each of its words stands in it.

    A line is full where the next letter would not have fitted between the paddings.
    """
    text = ""
    places = []
    above: Line | None = None
    for line in lines:
        for number, word in enumerate(line.words):
            glued = False
            if number == 0 and above is not None:
                room = box[2] - box[0] - 2 * padding - (above.words[-1].x1 - above.words[0].x0)
                letter = (word.x1 - word.x0) / max(1, len(word.text))
                glued = goes_on(text, word.text, full=room < _ROOM * letter)
            if text and not glued:
                text += " "
            places.append((len(text), len(text) + len(word.text)))
            text += word.text
        above = line
    return text, places


def goes_on(text: str, word: str, *, full: bool) -> bool:
    """Whether the token at the end of the text goes on with this word."""
    if not text or not word or text.endswith(" "):
        return False
    last = text.rsplit(" ", 1)[-1]
    if word[0] in _CLOSING:
        return True
    if word[0].isalnum() and _CODE_CUT.search(last):
        return True
    if word[0].isdigit() and (_DATE_CUT.search(last) or _GROUP_CUT.search(last)):
        return _NUMBER.match(word) is not None or "/" in word
    if word[0] in "/-" and len(word) > 1 and last[-1].isdigit() and word[1].isalnum():
        return full or "/" in word
    return full and _one_token(last, word)


def _one_token(last: str, word: str) -> bool:
    """Whether two pieces that fill a narrow column can only be one token."""
    if _CODE_BEGUN.match(last) and (word[0].isupper() or word[0] in "/-" or word[0].isdigit()):
        return True
    if _NUMBER.match(word) and last[-1].isdigit():
        return _NUMBER.match(last) is not None
    if not word[0].isalpha() or not last[-1].isalpha():
        return False
    whole = last + word
    if is_syllable(whole) and not (is_syllable(last) and is_syllable(word)):
        return True
    if is_frequent(whole) and not (is_frequent(last) or is_frequent(word)):
        return True
    capitals = last.isupper() and word.isupper() and len(word) <= 3
    return capitals and not (is_syllable(last) and is_syllable(word))
