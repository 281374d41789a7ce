"""Number formats of an XLSX file: its parts in, the printed form of each number out.

A format of Excel's is written with American signs ("#,##0.00"); what is printed here has the
Vietnamese ones, as a computer set to Vietnamese shows it.

>>> printed(1234.5, "#,##0.00"), printed(0.051, "0%"), printed(306.40200000000004, None)
('1.234,50', '5%', '306.402')
"""

from __future__ import annotations

import posixpath
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from docparse.errors import FormatError
from docparse.read.packages import MAX_PART, Package
from docparse.read.xmltrees import Element, parse_xml

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00",
}  # fmt: skip
_MOST_DIGITS = 30  # behind the decimal sign: Excel allows no more
_EXACT = Context(prec=400)  # digits: the largest number of a cell has 309
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_FORM = re.compile(
    r"(?P<whole>[#0?,]*[#0?])(?:\.(?P<fraction>[#0?]+))?(?P<scale>,*)(?P<percent>\s?%)?"
)
# Bounded, so that tags without an end do not make each search run through all of the file.
_STYLED = re.compile(
    rb'<(?:\w+:)?c\b[^<>]{0,999}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]{0,999}?\bs="(\d{1,9})"'
)
_FAILED = re.compile(
    rb'<(?:\w+:)?c\b(?=[^<>]{0,999}?\bt="e")[^<>]{0,999}?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*>'
    rb"(?:(?!</(?:\w+:)?c>).){0,9000}?<(?:\w+:)?v>([^<]{1,30})</",
    re.DOTALL,
)


class NumberFormats:
    """The formats of the cells of a workbook, sheet by sheet."""

    def __init__(self, package: Package, sheets: dict[str, str], forms: list[str | None]) -> None:
        self._package = package
        self._sheets = sheets
        self._forms = forms
        self._last = ("", b"")

    def errors(self, name: str) -> dict[tuple[int, int], str]:
        """By row and column: what failed formulas show (#DIV/0!), which values leave out."""
        data = self._sheet(name)
        return {
            (int(row) - 1, _column(column.decode())): shown.decode("utf-8", "replace")
            for column, row, shown in _FAILED.findall(data)
        }

    def names_of(self, part: str) -> list[str]:
        """What the sheet is called that a part of the package holds; its own name, if nothing."""
        return [name for name, target in self._sheets.items() if target == part] or [part]

    def _sheet(self, name: str) -> bytes:
        """The XML of a sheet; one that is very large is printed without formats."""
        part = self._sheets.get(name, "")
        if part not in self._package.names or self._package.size(part) > MAX_PART:
            return b""
        if part != self._last[0]:  # asked for several times, one sheet after the other
            self._last = (part, self._package.read(part) or b"")
        return self._last[1]

    def of_sheet(self, name: str) -> dict[tuple[int, int], str]:
        """By row and column: the format of each cell that has one of its own."""
        data = self._sheet(name)
        found = {}
        for match in _STYLED.finditer(data):
            column, row, style = match.groups()
            index = int(style)
            form = self._forms[index] if index < len(self._forms) else None
            if form is not None:
                found[int(row) - 1, _column(column.decode())] = form
        return found


def read_formats(package: Package, *, path: str) -> NumberFormats:
    """The formats of a workbook; an empty answer where its parts are damaged."""
    book = _root(package, "xl/workbook.xml", path)
    links = _root(package, "xl/_rels/workbook.xml.rels", path)
    styles = _root(package, "xl/styles.xml", path)
    targets = {}
    for link in links if links is not None else ():
        target = posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
        targets[link.get("Id")] = target.lstrip("/")
    sheets = {}
    for sheet in book.iter("{*}sheet") if book is not None else ():
        sheets[sheet.get("name", "")] = targets.get(sheet.get(f"{_R}id"), "")
    return NumberFormats(package, sheets, _forms(styles))


def printed(value: float, form: str | None) -> str:
    """A number as its format prints it; without one, up to ten digits as Excel shows."""
    found = _FORM.search(_QUOTED.sub("", form.split(";")[0])) if form else None
    if found is None:
        plain = format(value, ".10g")
        return plain if "e" not in plain else format(Decimal(plain), "f")
    number = _EXACT.multiply(Decimal(repr(value)), 100 if found["percent"] else 1)
    number = number.scaleb(-3 * min(len(found["scale"]), _MOST_DIGITS), _EXACT)
    fraction = (found["fraction"] or "")[:_MOST_DIGITS]
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP, _EXACT)
    words = f"{rounded:,f}" if "," in found["whole"] else f"{rounded:f}"
    if fraction.endswith(("#", "?")):
        words = _without_zeros(words, len(fraction.rstrip("#?")))
    swapped = words.translate(str.maketrans(",.", ".,"))
    return swapped + (found["percent"] or "")


def _without_zeros(words: str, fewest: int) -> str:
    """The optional digits of a fraction, when they are zeros, are not shown."""
    whole, _, fraction = words.partition(".")
    kept = fraction[:fewest] + fraction[fewest:].rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def _forms(styles: Element | None) -> list[str | None]:
    """By the number of a cell's style: its format, None for the general one."""
    if styles is None:
        return []
    own = {item.get("numFmtId"): item.get("formatCode", "") for item in styles.iter("{*}numFmt")}
    forms: list[str | None] = []
    group = styles.find("{*}cellXfs")
    for style in group if group is not None else ():
        number = style.get("numFmtId", "0")
        code = own.get(number, _BUILT_IN.get(int(number) if number.isdecimal() else 0))
        general = code is None or code.lower() in ("general", "@") or not re.search("[0#]", code)
        forms.append(None if general else code)
    return forms


def _root(package: Package, name: str, path: str) -> Element | None:
    data = package.read(name)
    if data is None:
        return None
    try:
        return parse_xml(data, path=path).root
    except FormatError as error:
        if error.code == "doctype":
            raise
        return None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
