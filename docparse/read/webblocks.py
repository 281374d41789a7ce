"""Paragraphs and tables of a web page: a parsed page in, blocks in reading order out.

>>> from lxml import etree
>>> page = etree.HTML("<p>Số: <b>12</b></p><table><tr><td colspan=2>a<tr><td>b<td>c</table>")
>>> first, table = WebReader("a.html").blocks(page)
>>> first.words, [(cell.row, cell.column, cell.column_span) for cell in table.cells]
('Số: 12', [(0, 0, 2), (1, 0, 1), (1, 1, 1)])
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from docparse.errors import FormatError
from docparse.read.blocks import Block, Paragraph, Table, TableCell
from docparse.read.xmltrees import Element

_BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "center", "blockquote", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "hr", "fieldset",
    "figure", "figcaption", "address", "form", "body", "html", "caption", "details", "summary",
    "tr", "td", "th", "tbody", "thead", "tfoot",
}  # fmt: skip
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FAMILY = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_CAPITALS = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_BORDER = re.compile(r"border[\w-]*\s*:\s*(?!\s*(?:none|0|medium none))", re.IGNORECASE)
_DEEPEST = 60  # tables in tables
_WIDEST = 1000
_TALLEST = 20_000


class _Look(NamedTuple):
    """How text is shown at some place of the page."""

    font: str | None = None
    capitals: bool = False
    lines: bool = False


class WebReader:
    """Reads one page."""

    def __init__(self, path: str, left_out: Collection[Element] = ()) -> None:
        self.path = path
        self._left_out = left_out
        self._depth = 0
        self._numbers: dict[Element, tuple[Element, int]] = {}  # by list: its last item's number

    def blocks(self, element: Element) -> list[Block]:
        """What stands in an element, block by block."""
        if self._depth >= _DEEPEST:
            raise FormatError("too-deep", path=self.path)
        self._depth += 1
        made: list[Block] = [Paragraph()]
        self._walk(element, made)
        self._depth -= 1
        return [block for block in map(_trimmed, made) if block is not None]

    def _walk(self, root: Element, made: list[Block]) -> None:
        """Go through the elements without recursion: pages forget to close thousands of them."""
        above = [(root, iter(root), _look(root, _Look()))]
        _add(made, root.text, above[0][2])
        while above:
            element, children, look = above[-1]
            child = next(children, None)
            if child is None:
                above.pop()
                if above:
                    _end(element, made, above[-1][2])
            elif child in self._left_out:
                _end(child, made, look)
            elif child.tag == "br":
                _last(made).add("\n", look.font, capitals=look.capitals)
                _add(made, child.tail, look)
            elif child.tag == "table":
                self._table(child, made)
                _end(child, made, look)
            else:
                inner = _look(child, look)
                self._begin(child, made, inner)
                above.append((child, iter(child), inner))

    def _begin(self, element: Element, made: list[Block], look: _Look) -> None:
        if element.tag in _BLOCKS:
            _part(made)
        if element.tag == "li":
            _last(made).add(self._bullet(element), look.font)
        _add(made, element.text, look)

    def _bullet(self, item: Element) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "- "
        before, number = self._numbers.get(parent, (None, _start(parent) - 1))
        for other in item.itersiblings("li", preceding=True):
            if other is before:
                break
            number += 1
        self._numbers[parent] = (item, number + 1)
        return f"{number + 1}. "

    def _table(self, element: Element, made: list[Block]) -> None:
        for caption in element.iterchildren("caption"):
            made.append(Paragraph())
            self._walk(caption, made)
        rows = list(_rows(element))
        if any(next(cell.iter("table"), None) is not None for row in rows for cell in row):
            # Old pages are laid out in tables: one that holds a table is no table itself.
            for row in rows:
                for cell in row:
                    made += self.blocks(cell)
            return
        cells = [self._cell(*place) for place in _places(rows)]
        if cells:
            made.append(Table(cells=cells, ruled=_is_ruled(element)))

    def _cell(self, row: int, column: int, height: int, width: int, element: Element) -> TableCell:
        return TableCell(
            row=row,
            column=column,
            row_span=height,
            column_span=width,
            blocks=self.blocks(element),
        )


def _places(rows: list[list[Element]]) -> Iterator[tuple[int, int, int, int, Element]]:
    """Row, column and spans of each cell; cells of rows above push those below aside."""
    taken: dict[int, int] = {}  # by column: the first row that is free again
    for row, cells in enumerate(rows[:_TALLEST]):
        column = 0
        for element in cells:
            while taken.get(column, 0) > row:
                column += 1
            if column >= _WIDEST:
                break
            width = _span(element, "colspan", _WIDEST - column)
            height = _span(element, "rowspan", len(rows) - row)
            for covered in range(column, column + width):
                taken[covered] = row + height
            yield row, column, height, width, element
            column += width


def _rows(table: Element) -> Iterator[list[Element]]:
    for child in table:
        if child.tag == "tr":
            yield [cell for cell in child if cell.tag in ("td", "th")]
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _span(element: Element, name: str, most: int) -> int:
    """A span as the page says it; 0 means to the end, nonsense means one."""
    said = element.get(name, "1").strip()
    if not (said.isascii() and said.isdigit()):
        return 1
    return max(1, min(int(said[:6]) or most, most))


def _is_ruled(table: Element) -> bool:
    if table.get("border", "0").strip() not in ("", "0"):
        return True
    marked = (table, *table.iter("td", "th"))
    return any(cell.tag == "th" or _BORDER.search(cell.get("style", "")) for cell in marked)


def _look(element: Element, around: _Look) -> _Look:
    style = element.get("style", "")
    face = element.get("face") or next(iter(_FAMILY.findall(style)), "")
    return _Look(
        font=str(face).partition(",")[0].strip(" \"'") or around.font,
        capitals=around.capitals or bool(_CAPITALS.search(style)),
        lines=around.lines or element.tag == "pre",
    )


def _part(made: list[Block]) -> None:
    """What comes next is a paragraph of its own; a page may ask for that a million times."""
    last = made[-1]
    if not isinstance(last, Paragraph) or last.pieces:
        made.append(Paragraph())


def _end(element: Element, made: list[Block], around: _Look) -> None:
    """Behind an element the look of what is around it holds again."""
    if element.tag in _BLOCKS or element.tag == "table":
        _part(made)
    _add(made, element.tail, around)


def _start(numbered: Element) -> int:
    said = numbered.get("start", "1")
    return int(said) if said.isdecimal() and len(said) < 6 else 1


def _add(made: list[Block], text: str | None, look: _Look) -> None:
    if text:
        words = text if look.lines else _SPACES.sub(" ", text)
        _last(made).add(words, look.font, capitals=look.capitals)


def _last(made: list[Block]) -> Paragraph:
    if not isinstance(made[-1], Paragraph):
        made.append(Paragraph())
    last = made[-1]
    assert isinstance(last, Paragraph)
    return last


def _trimmed(block: Block) -> Block | None:
    """A block without the spaces around it; none where nothing is left."""
    if isinstance(block, Table):
        return block
    words = block.words
    if not words.strip():
        return None
    pieces = block.pieces
    pieces[0].text = pieces[0].text.lstrip(" ")
    pieces[-1].text = pieces[-1].text.rstrip()
    return block
