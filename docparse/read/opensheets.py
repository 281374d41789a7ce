"""What an ODS tells of its cells beside their values: the package in, places by sheet out.

Merged cells, the fonts of texts (old letters are known by them) and how numbers are shown; the
library that reads the values tells none of this. A form is that of XLSX, so that numbers are
printed in one way. The library gets a copy, so that it reads what was read here, without the
sheets whose cells lie too far apart.

>>> form_of(0.9894, "98.94%"), form_of(16075.0, "16,075"), form_of(6.8, "6.8")
('0.00%', '#,##0', '0.0')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from math import nan
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

from docparse.errors import FormatError
from docparse.read.packages import Package
from docparse.read.sheetroom import MOST_ROOM_TOGETHER
from docparse.read.xmltrees import Element, parse_xml

__all__ = ["OpenBook", "OpenSheet", "form_of", "read_openbook"]

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _STYLE, _OFFICE = f"{_OASIS}table:1.0}}", f"{_OASIS}style:1.0}}", f"{_OASIS}office:1.0}}"
_TEXT, _FO = f"{_OASIS}text:1.0}}", f"{_OASIS}xsl-fo-compatible:1.0}}"
_SVG = f"{_OASIS}svg-compatible:1.0}}"
_FORMULA = f"{_TABLE}formula"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")
_MOST_DECIMALS = 10
_MOST_REPEATED = 1_000  # alike cells side by side that are told one by one
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384  # the library goes no further
_KEPT = 32  # bytes of a cell without its text
_PARENTS = 8
_DIGITS = 9

Place = tuple[int, int]


class OpenSheet(NamedTuple):
    """Of one sheet, by row and column: forms of numbers, fonts of texts, and merged ranges."""

    forms: dict[Place, str]
    fonts: dict[Place, str]
    merged: list[tuple[Place, Place]]


class OpenBook(NamedTuple):
    """What is known of each sheet, by name; a copy without those whose cells lie too ``far``."""

    sheets: dict[str, OpenSheet]
    far: tuple[str, ...]
    data: bytes


def read_openbook(package: Package, *, path: str) -> OpenBook:
    """What the package says of each sheet."""
    content = package.read("content.xml")
    if content is None:
        raise FormatError("damaged-file", path=path)
    root, damaged = parse_xml(content, path=path)
    if damaged:  # the library that reads the values may search for the end of a tag for ever
        raise FormatError("damaged-file", path=path)
    styles = package.read("styles.xml")
    roots = [root] if styles is None else [parse_xml(styles, path=path).root, root]
    fonts = _Fonts(roots)
    far = _without_far(root)
    sheets = {
        table.get(f"{_TABLE}name", ""): _sheet(table, fonts)
        for table in root.iter(f"{_TABLE}table")
    }
    return OpenBook(sheets, far, _copy(package, root))


def _without_far(root: Element) -> tuple[str, ...]:
    """The sheets that the library could not hold; they are emptied."""
    far = []
    taken = 0
    for table in list(root.iter("{*}table")):
        room = _room(table)
        if taken + room > MOST_ROOM_TOGETHER:
            name = table.get(f"{_TABLE}name", "")
            far.append(name)
            table[:] = []
        else:
            taken += room
    return tuple(far)


def _room(table: Element) -> int:
    """How many cells the library keeps of a sheet, counted in those of 32 bytes with their text.

    Empty rows and cells count as far as something follows them, repeated ones each time.
    """
    written = rows = bottom = right = 0
    for row in table.iter("{*}table-row"):
        wide = column = held = 0
        for cell in row.iter("{*}table-cell", "{*}covered-table-cell"):
            count = _count(cell, "number-columns-repeated")
            column += count
            if len(cell) or any(name.startswith((_OFFICE, _FORMULA)) for name in cell.attrib):
                wide = min(column, _MOST_COLUMNS)
                held += min(count, _MOST_COLUMNS) * (_size(cell) // _KEPT)
        repeated = _count(row, "number-rows-repeated")
        rows += repeated
        if wide:
            written += wide + held * min(repeated, _MOST_ROWS)
            bottom, right = min(rows, _MOST_ROWS), max(right, wide)
    formulas = next(table.iterfind(f".//*[@{_FORMULA}]"), None) is not None
    return written + bottom * right * (2 if formulas else 1)


def _size(cell: Element) -> int:
    """How long what a cell says may be."""
    return sum(map(len, cell.itertext())) + sum(map(len, cell.attrib.values()))


def _copy(package: Package, root: Element) -> bytes:
    """The package with this content, and nothing else that the library does not ask for."""
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", package.read("META-INF/manifest.xml") or "<x/>")
        made.writestr("content.xml", etree.tostring(root, encoding="UTF-8"))
    return file.getvalue()


def form_of(value: float, shown: str) -> str | None:
    """The form of XLSX that shows a value so, or None where no plain one does."""
    percent = shown.rstrip().endswith("%")
    digits = re.sub(r"\D", "", shown)
    number = abs(value) * (100 if percent else 1)
    for decimals in range(_MOST_DECIMALS):
        if digits == f"{number:.{decimals}f}".replace(".", ""):
            signs = len(re.findall(r"(?<=\d)[.,\s](?=\d)", shown))
            grouped = signs > (decimals > 0)
            fraction = f".{'0' * decimals}" if decimals else ""
            return f"{'#,##0' if grouped else '0'}{fraction}{'%' if percent else ''}"
    return None


class _Fonts:
    """The font of each style of cells, by way of the styles that it stands on."""

    def __init__(self, roots: list[Element]) -> None:
        self._faces: dict[str, str] = {}
        self._own: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        for root in roots:
            for face in root.iter(f"{_STYLE}font-face"):
                family = face.get(f"{_SVG}font-family", "").strip("'\"")
                self._faces[face.get(f"{_STYLE}name", "")] = family
            for style in root.iter(f"{_STYLE}style"):
                self._add(style)

    def of(self, style: str | None) -> str | None:
        for _ in range(_PARENTS):
            if style is None or style in self._own:
                break
            style = self._parents.get(style)
        return self._own.get(style) if style is not None else None

    def _add(self, style: Element) -> None:
        name = style.get(f"{_STYLE}name", "")
        if parent := style.get(f"{_STYLE}parent-style-name"):
            self._parents[name] = parent
        for properties in style.iter(f"{_STYLE}text-properties"):
            face = properties.get(f"{_STYLE}font-name")
            family = properties.get(f"{_FO}font-family", "").strip("'\"")
            if font := self._faces.get(face, face) if face else family:
                self._own[name] = font


def _sheet(table: Element, fonts: _Fonts) -> OpenSheet:
    made = OpenSheet({}, {}, [])
    columns = _column_styles(table)
    row = 0
    for element in table.iter(f"{_TABLE}table-row"):
        for column, count, cell in _cells(element):
            _tell(made, row, column, count, cell, fonts, columns)
        row += _count(element, "number-rows-repeated")
    return made


def _tell(
    made: OpenSheet,
    row: int,
    column: int,
    count: int,
    cell: Element,
    fonts: _Fonts,
    columns: list[str | None],
) -> None:
    """Note what one cell says; cells of repeated rows are alike and only the first is told."""
    shown = "\n".join("".join(words.itertext()) for words in cell.iter(f"{_TEXT}p"))
    if not shown.strip():
        return
    height, width = (_count(cell, f"number-{way}-spanned") for way in ("rows", "columns"))
    if height * width > 1:
        made.merged.append(((row, column), (row + height - 1, column + width - 1)))
    own = cell.get(f"{_TABLE}style-name")
    for at in range(column, column + count):
        if cell.get(f"{_OFFICE}value-type") in _NUMBERS:
            form = form_of(_number(cell.get(f"{_OFFICE}value", "")), shown)
            if form is not None:
                made.forms[row, at] = form
        elif font := fonts.of(own or (columns[at] if at < len(columns) else None)):
            made.fonts[row, at] = font


def _cells(row: Element) -> Iterator[tuple[int, int, Element]]:
    """The column, how often it stands there, and the cell."""
    column = 0
    for cell in row.iter(*_CELLS):
        count = _count(cell, "number-columns-repeated")
        yield column, min(count, _MOST_REPEATED), cell
        column += count


def _column_styles(table: Element) -> list[str | None]:
    """The style of cells that name none, column by column."""
    styles: list[str | None] = []
    for column in table.iter(f"{_TABLE}table-column"):
        count = min(_count(column, "number-columns-repeated"), _MOST_REPEATED)
        styles += [column.get(f"{_TABLE}default-cell-style-name")] * count
    return styles


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return nan


def _count(element: Element, name: str) -> int:
    """A count that a damaged file may spell in any way."""
    count = element.get(f"{_TABLE}{name}", "1")
    return int(count) if count.isascii() and count.isdigit() and len(count) < _DIGITS else 1
