"""A scanned page: an open document and a number in, a :class:`Page` read by eye out.

The page is rendered, set upright and straight, and looked at by tesseract. Tables are read cell by
cell, because a whole table page loses single digits; words that tesseract doubts are marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docparse.read.pdf.cells import is_table
from docparse.read.pdf.gaps import find_half_ruled, find_unruled, outside_of
from docparse.read.pdf.limits import PdfLimits
from docparse.read.pdf.ocrcells import read_cells
from docparse.read.pdf.ocrgaps import kept, squares
from docparse.read.pdf.ocrlines import look_again
from docparse.read.pdf.order import order_blocks
from docparse.read.pdf.picture import SMOOTH, Grey, find_strokes, ink_of, render, scaled
from docparse.read.pdf.ruled import find_ruled
from docparse.read.pdf.rules import Rule, Rules
from docparse.read.pdf.seen import Sheet, page_lines, parted
from docparse.read.pdf.tesseract import PAGE, Seen, look
from docparse.read.pdf.upright import set_upright
from docparse.read.pdf.values import Page, PageTable, Path

_STROKE = 0.28  # inches: no bar of a letter is as long
_BEST_DPI = 200


def read_scan(document: Any, index: int, limits: PdfLimits) -> Page:
    """The page as tesseract reads it."""
    page = document[index]
    try:
        grey, scale = render(page, limits.dpi, limits.pixels)
    finally:
        page.close()
    if grey.min() == grey.max():  # a blank sheet, or a picture that nobody can decode
        height, width = grey.shape
        size = {"width": width / scale, "height": height / scale}
        return Page(number=index + 1, path=Path.NONE, **size)
    dpi = round(scale * 72)

    def read(picture: Grey) -> list[Seen]:
        sheet = Sheet(picture, scale, dpi, limits.ocr_seconds)
        return _look_at(_without_strokes(sheet, _find_rules(sheet)), sheet)

    standing = set_upright(grey, read)
    grey, seen = standing.grey, standing.seen
    sheet = Sheet(grey, scale, dpi, limits.ocr_seconds)
    rules = _find_rules(sheet)
    tables = _read_tables(sheet, rules)
    if tables:
        seen = _look_at(_without_tables(sheet, rules, tables), sheet)
    lines = look_again(page_lines(seen, scale * _shrink(dpi)), sheet)
    bare = sheet._replace(grey=_without_strokes(sheet, rules))
    for table in find_half_ruled(rules, lines, tables):
        lines = outside_of(table, lines)
        tables.append(_read_squares(table, bare))
    for table in find_unruled(lines):
        lines = outside_of(table, lines)
        tables.append(_read_squares(table, bare))
    lines = [parted(line) for line in lines]
    height, width = grey.shape
    blocks = order_blocks(lines, tables)
    return Page(
        number=index + 1,
        width=width / scale,
        height=height / scale,
        turns=-standing.turns % 4,
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


def _read_tables(sheet: Sheet, rules: Rules) -> list[PageTable]:
    """The ruled tables, read cell by cell."""
    tables = (read_cells(drawn, sheet) for drawn in find_ruled(rules))
    return [table for table in tables if is_table(table)]


def _read_squares(found: PageTable, sheet: Sheet) -> PageTable:
    """A table that only gaps show, read cell by cell."""
    return kept(found, read_cells(squares(found), sheet))


def _without_tables(sheet: Sheet, rules: Rules, tables: Sequence[PageTable]) -> Grey:
    """The picture with neither the tables nor the lines across."""
    grey = _without_strokes(sheet, rules)
    for table in tables:
        x0, top, x1, bottom = (round(side * sheet.scale) for side in table.box)
        grey[max(0, top - 4) : bottom + 5, max(0, x0 - 4) : x1 + 5] = 255
    return grey


def _without_strokes(sheet: Sheet, rules: Rules) -> Grey:
    grey = sheet.grey.copy()
    for at, start, end in rules.across:
        y, x0, x1 = (round(side * sheet.scale) for side in (at, start, end))
        grey[max(0, y - 2) : y + 3, x0 : x1 + 1] = 255
    return grey


def _look_at(grey: Grey, sheet: Sheet) -> list[Seen]:
    """The words of a page, its letters made smooth: the hard edges of a scan mislead tesseract."""
    shrink = _shrink(sheet.dpi)
    picture = scaled(grey, shrink, blur=SMOOTH * sheet.dpi)
    return look([picture], mode=PAGE, dpi=round(sheet.dpi * shrink), seconds=sheet.seconds)


def _shrink(dpi: int) -> float:
    """By how much a page is made smaller for tesseract, which reads letters of 200 dpi best."""
    return min(1.0, _BEST_DPI / dpi)


def _sure(seen: Sequence[Seen]) -> float:
    return round(sum(word.sure for word in seen) / len(seen), 3) if seen else 1.0
