"""A scanned page: an open document and a number in, a :class:`Page` read by eye out.

The page is rendered, set straight and looked at by tesseract. Tables with lines are read cell by
cell, because a whole table page loses single digits; words that tesseract doubts are marked.

>>> is_doubtful("1.234", 0.62), is_doubtful("công", 0.62)
(True, False)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from docparse.models import Box
from docparse.read.pdf.cells import is_table
from docparse.read.pdf.gaps import find_half_ruled, find_unruled, outside_of
from docparse.read.pdf.limits import PdfLimits
from docparse.read.pdf.order import order_blocks
from docparse.read.pdf.picture import Grey, deskew, find_strokes, ink_of, render, to_picture
from docparse.read.pdf.ruled import find_ruled
from docparse.read.pdf.rules import Rule, Rules
from docparse.read.pdf.tesseract import BLOCK, ONE_LINE, PAGE, Seen, look
from docparse.read.pdf.values import Cell, Line, Page, PageTable, Path, Word

_NUMBER_SURE = 0.8
_WORD_SURE = 0.45
_STROKE = 0.28  # inches: no bar of a letter is as long
_CELL_EDGE = 3  # pixels cut off a cell on each side, where its line is
_LEAST_INK = 12  # pixels: less is dirt
_WIDEN = 14  # white pixels around a cell: tesseract wants some
_LARGER = 2


class _Sheet(NamedTuple):
    """The picture of a page; ``scale`` is its pixels a point."""

    grey: Grey
    scale: float
    dpi: int
    seconds: float


def is_doubtful(text: str, sure: float) -> bool:
    """Whether a word is not to be relied on; a number sooner than a word, which has neighbours."""
    number = any(char.isdigit() for char in text)
    return sure < (_NUMBER_SURE if number else _WORD_SURE)


def read_scan(document: Any, index: int, limits: PdfLimits) -> Page:
    """The page as tesseract reads it."""
    page = document[index]
    try:
        grey, scale = render(page, limits.dpi, limits.pixels)
    finally:
        page.close()
    grey = deskew(grey)
    sheet = _Sheet(grey, scale, round(scale * 72), limits.ocr_seconds)
    rules = _find_rules(sheet)
    tables, text_only = _read_tables(sheet, rules)
    seen = look([to_picture(text_only)], mode=PAGE, dpi=sheet.dpi, seconds=sheet.seconds)
    lines = sorted(_lines(seen, (0.0, 0.0), scale), key=lambda line: line.base)
    for table in find_half_ruled(rules, lines, tables):
        lines = outside_of(table, lines)
        tables.append(table)
    for table in find_unruled(lines):
        lines = outside_of(table, lines)
        tables.append(table)
    height, width = grey.shape
    blocks = order_blocks(lines, tables)
    return Page(
        number=index + 1,
        width=width / scale,
        height=height / scale,
        blocks=tuple(blocks),
        path=Path.OCR if blocks else Path.NONE,
        sure=_sure(seen),
    )


def _find_rules(sheet: _Sheet) -> Rules:
    """The lines drawn on the page, in points."""
    across, down = find_strokes(ink_of(sheet.grey), max(20, round(_STROKE * sheet.dpi)))
    scaled = [
        [Rule(at / sheet.scale, start / sheet.scale, end / sheet.scale) for at, start, end in rules]
        for rules in (across, down)
    ]
    return Rules(across=scaled[0], down=scaled[1], pictures=1.0)


def _read_tables(sheet: _Sheet, rules: Rules) -> tuple[list[PageTable], Grey]:
    """The ruled tables, read cell by cell, and the picture without them and without lines."""
    grey = sheet.grey.copy()
    tables = []
    for drawn in find_ruled(rules):
        table = _read_cells(drawn, sheet)
        if is_table(table):
            tables.append(table)
            x0, top, x1, bottom = (round(side * sheet.scale) for side in table.box)
            grey[max(0, top - 4) : bottom + 5, max(0, x0 - 4) : x1 + 5] = 255
    for at, start, end in rules.across:
        y, x0, x1 = (round(side * sheet.scale) for side in (at, start, end))
        grey[max(0, y - 2) : y + 3, x0 : x1 + 1] = 255
    return tables, grey


def _read_cells(table: PageTable, sheet: _Sheet) -> PageTable:
    """The table with the words of each cell; cells of one line are looked at as such."""
    crops = [_crop(sheet, cell.box) for cell in table.cells]
    found: dict[int, tuple[Line, ...]] = {}
    for mode in (ONE_LINE, BLOCK):
        chosen = [
            index
            for index, crop in enumerate(crops)
            if crop is not None and (_count_lines(crop) > 1) == (mode == BLOCK)
        ]
        pictures = [_enlarged(crops[index]) for index in chosen]
        seen = look(pictures, mode=mode, dpi=sheet.dpi * _LARGER, seconds=sheet.seconds)
        for number, index in enumerate(chosen, 1):
            words = [word for word in seen if word.picture == number]
            found[index] = tuple(_cell_lines(words, table.cells[index], sheet))
    cells = tuple(
        cell._replace(lines=found.get(index, ())) for index, cell in enumerate(table.cells)
    )
    return PageTable(box=table.box, columns=table.columns, cells=cells, drawn=table.drawn)


def _crop(sheet: _Sheet, box: Box) -> Grey | None:
    """The inside of a cell, or None where there is no ink in it."""
    x0, top, x1, bottom = (round(side * sheet.scale) for side in box)
    edge = _CELL_EDGE
    crop = sheet.grey[max(0, top + edge) : bottom - edge + 1, max(0, x0 + edge) : x1 - edge + 1]
    if min(crop.shape) < 6 or int((crop < 128).sum()) < _LEAST_INK:
        return None
    return crop


def _count_lines(crop: Grey) -> int:
    """How many lines of text stand in a cell: stretches of rows with ink, marks left aside."""
    rows = (crop < 140).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], rows, [False]))))
    heights = edges[1::2] - edges[::2]
    return int((heights >= max(6, 0.4 * heights.max())).sum()) if len(heights) else 0


def _enlarged(crop: Grey | None) -> Any:
    from PIL import Image

    framed = np.pad(crop if crop is not None else np.zeros((1, 1)), _WIDEN, constant_values=255)
    picture = to_picture(framed.astype(np.uint8))
    size = (picture.width * _LARGER, picture.height * _LARGER)
    return picture.resize(size, Image.Resampling.LANCZOS)


def _cell_lines(words: Sequence[Seen], cell: Cell, sheet: _Sheet) -> list[Line]:
    shift = (_CELL_EDGE - _WIDEN) / sheet.scale
    corner = (cell.box[0] + shift, cell.box[1] + shift)
    return _lines(words, corner, sheet.scale * _LARGER)


def _lines(seen: Sequence[Seen], corner: tuple[float, float], scale: float) -> list[Line]:
    """Words grouped as tesseract grouped them, placed in points."""
    lines: dict[tuple[int, ...], list[Seen]] = {}
    for word in seen:
        lines.setdefault((word.picture, *word.line), []).append(word)
    made = []
    for group in lines.values():
        base = max(word.top + word.height for word in group) / scale + corner[1]
        size = max(6.0, float(np.median([word.height for word in group])) * 1.25 / scale)
        made.append(Line(tuple(_word(word, corner, scale, base, size) for word in group)))
    return made


def _word(seen: Seen, corner: tuple[float, float], scale: float, base: float, size: float) -> Word:
    x0, top = corner[0] + seen.left / scale, corner[1] + seen.top / scale
    x1, bottom = x0 + seen.width / scale, top + seen.height / scale
    return Word(seen.text, x0, top, x1, bottom, base, size, is_doubtful(seen.text, seen.sure))


def _sure(seen: Sequence[Seen]) -> float:
    return round(sum(word.sure for word in seen) / len(seen), 3) if seen else 1.0
