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

from docparse.models import Box
from docparse.read.pdf.cells import fill_table, is_table
from docparse.read.pdf.fonts import decode_glyphs
from docparse.read.pdf.gaps import find_half_ruled, find_unruled
from docparse.read.pdf.gate import Judgement, judge_lines
from docparse.read.pdf.glyphs import Glyphs, read_glyphs
from docparse.read.pdf.limits import Limits
from docparse.read.pdf.opened import open_page, upright_boxes
from docparse.read.pdf.order import order_blocks
from docparse.read.pdf.plumber import plumber_lines
from docparse.read.pdf.ruled import find_ruled
from docparse.read.pdf.rules import Rules, read_rules
from docparse.read.pdf.values import Block, Line, Page, PageTable, Path

_PICTURE = 0.4  # of the page: so large a picture may be a scan of it
_FEW_WORDS = 25
_ACROSS = 0.6  # of the page's width: a line drawn so far sets its parts apart
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


def read_page(document: Any, index: int, data: bytes, limits: Limits, password: str | None) -> Page:
    """The text and tables of a page as the file has them."""
    return lay_out(read_text(document, index, data, limits, password), index)


def read_text(
    document: Any, index: int, data: bytes, limits: Limits, password: str | None
) -> PageText:
    """The lines and rules of a page, by the path that reads it best."""
    with open_page(document, index, flatten=True) as (page, stamps):
        textpage = page.get_textpage()
        try:
            if textpage.count_chars() > limits.characters:
                raise PageError("pdf-page-too-full")
            glyphs = read_glyphs(page, textpage)
            rules = read_rules(page, glyphs.turns)
            boxes = upright_boxes(page, stamps, glyphs.turns)
            shown = (page.get_rotation() // 90) % 4
            reading = _best(textpage, glyphs, index, data, password)
        finally:
            textpage.close()
    lines, stamped = _set_apart(reading.lines, boxes)
    reading = Reading(lines=lines, path=reading.path, encodings=reading.encodings)
    return PageText(
        reading=reading,
        stamps=tuple(stamped),
        rules=rules,
        width=glyphs.width,
        height=glyphs.height,
        turns=(shown - glyphs.turns) % 4,
        scan=_is_scan(reading.judgement, rules),
    )


def lay_out(text: PageText, index: int) -> Page:
    """The page in reading order, its tables found."""
    lines, tables = find_tables(text.reading.lines, text.rules)
    breaks = [
        rule.at for rule in text.rules.across if rule.end - rule.start > _ACROSS * text.width
    ]
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
    )


def find_tables(lines: Sequence[Line], rules: Rules) -> tuple[list[Line], list[PageTable]]:
    """The tables of a page with their words, and the lines outside them."""
    tables: list[PageTable] = []
    rest = list(lines)
    for drawn in find_ruled(rules):
        table, outside = fill_table(drawn, rest)
        if is_table(table):
            tables.append(table)
            rest = outside
    rest.sort(key=lambda line: (line.base, line.words[0].x0))
    for find in (lambda: find_half_ruled(rules, rest, tables), lambda: find_unruled(rest)):
        for table in find():
            held = {id(word) for cell in table.cells for line in cell.lines for word in line.words}
            rest = [line for line in rest if id(line.words[0]) not in held]
            tables.append(table)
    return rest, tables


def _best(
    textpage: Any, glyphs: Glyphs, index: int, data: bytes, password: str | None
) -> Reading:
    """The fast path, or what reads better."""
    from docparse.read.pdf.words import find_lines

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


def _set_apart(lines: Sequence[Line], boxes: Sequence[Box]) -> tuple[list[Line], list[Line]]:
    """The lines without those of signatures, which are stamped anywhere, and those."""
    if not boxes:
        return list(lines), []
    kept: list[Line] = []
    stamped: dict[int, list[Line]] = {}
    for line in lines:
        homes = [_home(word.center, word.middle, boxes) for word in line.words]
        for home in dict.fromkeys(homes):
            words = tuple(word for word, of in zip(line.words, homes, strict=True) if of == home)
            if home is None:
                kept.append(Line(words))
            else:
                stamped.setdefault(home, []).append(Line(words))
    short = {
        home for home, found in stamped.items() if sum(len(line.text) for line in found) < _STAMP
    }
    if short:
        kept = _set_apart(lines, [box for at, box in enumerate(boxes) if at not in short])[0]
    return kept, [line for home, found in stamped.items() if home not in short for line in found]


def _home(x: float, y: float, boxes: Sequence[Box]) -> int | None:
    for index, (x0, top, x1, bottom) in enumerate(boxes):
        if x0 <= x <= x1 and top <= y <= bottom:
            return index
    return None


def _is_scan(judgement: Judgement, rules: Rules) -> bool:
    """Whether the page is better read by looking at it."""
    if judgement.words < _FEW_WORDS:
        return rules.pictures >= _PICTURE
    return not judgement.good
