"""A scanned page: an open document and a number in, a :class:`Page` read by eye out.

The page is rendered, set straight and looked at by tesseract. Tables with lines are read cell by
cell, because a whole table page loses single digits; words that tesseract doubts are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docparse.read.pdf.cells import is_table
from docparse.read.pdf.gaps import find_half_ruled, find_unruled, outside_of
from docparse.read.pdf.limits import PdfLimits
from docparse.read.pdf.ocrcells import read_cells
from docparse.read.pdf.ocrlines import look_again
from docparse.read.pdf.order import order_blocks
from docparse.read.pdf.picture import Grey, deskew, find_strokes, ink_of, render, to_picture
from docparse.read.pdf.ruled import find_ruled
from docparse.read.pdf.rules import Rule, Rules
from docparse.read.pdf.seen import Sheet, lines_of
from docparse.read.pdf.tesseract import PAGE, Seen, look
from docparse.read.pdf.values import Page, PageTable, Path

_STROKE = 0.28  # inches: no bar of a letter is as long


def read_scan(document: Any, index: int, limits: PdfLimits) -> Page:
    """The page as tesseract reads it."""
    page = document[index]
    try:
        grey, scale = render(page, limits.dpi, limits.pixels)
    finally:
        page.close()
    grey = deskew(grey)
    sheet = Sheet(grey, scale, round(scale * 72), limits.ocr_seconds)
    rules = _find_rules(sheet)
    tables, text_only = _read_tables(sheet, rules)
    seen = look([to_picture(text_only)], mode=PAGE, dpi=sheet.dpi, seconds=sheet.seconds)
    lines = sorted(lines_of(seen, (0.0, 0.0), scale), key=lambda line: line.base)
    lines = look_again(lines, sheet)
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


def _find_rules(sheet: Sheet) -> Rules:
    """The lines drawn on the page, in points."""
    across, down = find_strokes(ink_of(sheet.grey), max(20, round(_STROKE * sheet.dpi)))
    scaled = [
        [Rule(at / sheet.scale, start / sheet.scale, end / sheet.scale) for at, start, end in rules]
        for rules in (across, down)
    ]
    return Rules(across=scaled[0], down=scaled[1], pictures=1.0)


def _read_tables(sheet: Sheet, rules: Rules) -> tuple[list[PageTable], Grey]:
    """The ruled tables, read cell by cell, and the picture without them and without lines."""
    grey = sheet.grey.copy()
    tables = []
    for drawn in find_ruled(rules):
        table = read_cells(drawn, sheet)
        if is_table(table):
            tables.append(table)
            x0, top, x1, bottom = (round(side * sheet.scale) for side in table.box)
            grey[max(0, top - 4) : bottom + 5, max(0, x0 - 4) : x1 + 5] = 255
    for at, start, end in rules.across:
        y, x0, x1 = (round(side * sheet.scale) for side in (at, start, end))
        grey[max(0, y - 2) : y + 3, x0 : x1 + 1] = 255
    return tables, grey


def _sure(seen: Sequence[Seen]) -> float:
    return round(sum(word.sure for word in seen) / len(seen), 3) if seen else 1.0
