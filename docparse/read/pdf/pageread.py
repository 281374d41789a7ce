"""One page: an open document and a number in, a :class:`Page` in reading order out.

The fast path comes first. Where the gate finds debris instead of words, old fonts are decoded,
then pdfplumber is asked, and a page that is a picture goes to OCR; the page says which it was.

>>> Reading(lines=(), path=Path.FAST).judgement.sure
1.0
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from docparse.models import Box
from docparse.read.pdf.cells import fill_table, is_table
from docparse.read.pdf.fonts import decode_glyphs
from docparse.read.pdf.gaps import find_half_ruled, find_unruled, outside_of
from docparse.read.pdf.gate import Judgement, judge_lines
from docparse.read.pdf.glyphs import Glyphs, pick, read_glyphs
from docparse.read.pdf.limits import PdfLimits
from docparse.read.pdf.opened import open_page, upright_boxes
from docparse.read.pdf.order import order_blocks
from docparse.read.pdf.plumber import plumber_lines
from docparse.read.pdf.rowless import split_rows
from docparse.read.pdf.ruled import find_ruled
from docparse.read.pdf.rules import Rules, read_rules
from docparse.read.pdf.values import Block, Line, Page, PageTable, Path
from docparse.read.pdf.words import find_lines

_PICTURE = 0.4  # of the page: so large a picture may be a scan of it
_FEW_WORDS = 25
_ACROSS = 0.6  # of the page's width: a line drawn so far sets its parts apart
_BESIDE = 0.75  # of the size: a stamped number stands a little off its line
_STAMP = 14  # characters: longer stamps are signatures, shorter ones a number or a day


class PageError(Exception):
    """A page that was not read; ``code`` names the notice."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Lines that one path found, with what the gate says of them."""

    lines: Sequence[Line]
    path: Path
    encodings: tuple[str, ...] = ()

    @cached_property
    def judgement(self) -> Judgement:
        return judge_lines(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of a page before it is laid out; ``scan`` tells that it is better looked at."""

    reading: Reading
    stamps: tuple[Line, ...]
    rules: Rules
    width: float
    height: float
    turns: int
    scan: bool


def read_text(
    document: Any, index: int, data: bytes, limits: PdfLimits, password: str | None
) -> PageText:
    """The lines and rules of a page, by the path that reads it best."""
    with open_page(document, index) as (page, stamps, own):
        textpage = page.get_textpage()
        try:
            if textpage.count_chars() > limits.characters:
                raise PageError("pdf-page-too-full")
            glyphs = read_glyphs(page, textpage)
            rules = read_rules(page, glyphs.turns)
            shown = (page.get_rotation() // 90) % 4
            text = pick(glyphs, glyphs.places < own) if stamps else glyphs
            reading = _best(textpage, text, index, data, password)
            boxes = upright_boxes(page, stamps, glyphs.turns)
        finally:
            textpage.close()
    signed: list[Line] = []
    if stamps:
        short, signed = _read_stamps(pick(glyphs, glyphs.places >= own), boxes)
        lines = _filled_in(reading.lines, short)
        reading = Reading(lines=lines, path=reading.path, encodings=reading.encodings)
    return PageText(
        reading=reading,
        stamps=tuple(signed),
        rules=rules,
        width=glyphs.width,
        height=glyphs.height,
        turns=(shown - glyphs.turns) % 4,
        scan=_is_scan(reading.judgement, rules),
    )


def lay_out(text: PageText, index: int) -> Page:
    """The page in reading order, its tables found."""
    lines, tables = find_tables(text.reading.lines, text.rules)
    breaks = [rule.at for rule in text.rules.across if rule.end - rule.start > _ACROSS * text.width]
    blocks: list[Block] = order_blocks(lines, tables, breaks)
    return Page(
        number=index + 1,
        width=text.width,
        height=text.height,
        turns=text.turns,
        blocks=(*blocks, *text.stamps),
        path=text.reading.path if blocks else Path.NONE,
        sure=text.reading.judgement.sure,
        encodings=text.reading.encodings,
        drawing=text.rules.truncated,
    )


def find_tables(lines: Sequence[Line], rules: Rules) -> tuple[list[Line], list[PageTable]]:
    """The tables of a page with their words, and the lines outside them."""
    tables: list[PageTable] = []
    rest = list(lines)
    for drawn in find_ruled(rules):
        table, outside = fill_table(drawn, rest)
        if is_table(table):
            tables.append(split_rows(table))
            rest = outside
    rest.sort(key=lambda line: (line.base, line.words[0].x0))
    for table in find_half_ruled(rules, rest, tables):
        rest = outside_of(table, rest)
        tables.append(table)
    for table in find_unruled(rest):
        rest = outside_of(table, rest)
        tables.append(table)
    return rest, tables


def _best(textpage: Any, glyphs: Glyphs, index: int, data: bytes, password: str | None) -> Reading:
    """The fast path, or what reads better."""
    best = Reading(lines=find_lines(glyphs), path=Path.FAST)
    if not best.judgement.clean:
        decoded = decode_glyphs(textpage, glyphs)
        if decoded is not None:
            lines = find_lines(glyphs, texts=decoded.texts)
            legacy = Reading(lines=lines, path=Path.LEGACY, encodings=decoded.encodings)
            best = max(legacy, best, key=lambda reading: reading.judgement.sure)
    if not best.judgement.good and glyphs.turns == 0:
        found = plumber_lines(data, index, password)
        plumber = Reading(lines=found, path=Path.PDFPLUMBER)
        if plumber.judgement.valid > best.judgement.valid:
            best = max(best, plumber, key=lambda reading: reading.judgement.sure)
    return best


def _read_stamps(glyphs: Glyphs, boxes: Sequence[Box]) -> tuple[list[Line], list[Line]]:
    """The lines of stamps: short ones (a number, a day) and signatures."""
    short: list[Line] = []
    long: list[Line] = []
    left = np.ones(len(glyphs), dtype=np.bool_)
    middle, center = (glyphs.top + glyphs.bottom) / 2, (glyphs.x0 + glyphs.x1) / 2
    for x0, top, x1, bottom in boxes:
        inside = left & (center >= x0) & (center <= x1) & (middle >= top) & (middle <= bottom)
        left &= ~inside
        kind = short if int(inside.sum()) <= _STAMP else long
        kind += find_lines(pick(glyphs, inside))
    return short, long + find_lines(pick(glyphs, left))


def _filled_in(lines: Sequence[Line], stamps: Sequence[Line]) -> list[Line]:
    """The lines with what is stamped into them: "Số:      /UBND" and "507"."""
    filled = list(lines)
    for stamp in stamps:
        word = stamp.words[0]
        near = [abs((line.box[1] + line.box[3]) / 2 - word.middle) for line in filled]
        at = near.index(min(near)) if near else 0
        if near and near[at] < _BESIDE * word.size:
            words = sorted((*filled[at].words, *stamp.words), key=lambda found: found.x0)
            filled[at] = Line(tuple(found._replace(base=filled[at].base) for found in words))
        else:
            filled.append(stamp)
    return filled


def _is_scan(judgement: Judgement, rules: Rules) -> bool:
    """Whether the page is better read by looking at it."""
    if judgement.words < _FEW_WORDS:
        return rules.pictures >= _PICTURE
    return not judgement.good
