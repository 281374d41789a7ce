"""Spreadsheets (XLS, XLSX, ODS): bytes in, a source out with a table for each block of cells.

Each sheet is a page. Empty rows part its blocks, unless a merged cell runs over them; a title
above a table is a line. Numbers are printed as the format of the cell says, where the file
tells it (XLSX, ODS), dates as day/month/year.

>>> printed(0.9894, "0.00%"), printed(16075.0, "#,##0"), printed(6.8, None)
('98,94%', '16.075', '6.8')
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple

from docparse.errors import EmptyError, FormatError, ReadError
from docparse.models import Notice, Source
from docparse.read.caged import at, given_up, leave
from docparse.read.composing import Cell, Composer
from docparse.read.legacy import Piece, decode_pieces
from docparse.read.newsheets import without_far
from docparse.read.numberformats import NumberFormats, printed, read_formats
from docparse.read.oldsheets import Looks, OldBook, read_oldbook
from docparse.read.opensheets import OpenSheet, read_openbook
from docparse.read.packages import open_package
from docparse.read.xmltrees import refuse_doctypes

__all__ = ["printed", "read_sheets"]

MAX_CELLS = 2_000_000
# What is said of a sheet that is not read, and of a file without another one.
_LOST = {
    "sheet-far": "sheet-too-far",
    "sheet-costly": "sheet-too-costly",
    "sheet-damaged": "damaged-file",
}
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_PLAIN_NAME = re.compile(r"(?:sheet|trang tính|trang_tính)\s?\d*", re.IGNORECASE)
_THREE = re.compile(r"-?\d+\.\d{3}")
_ZIPPED = ("XLSX", "ODS")

_Range = tuple[tuple[int, int], tuple[int, int]]


def read_sheets(data: bytes, name: str, *, path: str, encoding: str | None = None) -> Source:
    """The source of a workbook; raises a ReadError where there is nothing to be had."""
    known, notices = _told(data, name, path)
    sheets = list(_open(known.data, path, known, notices))
    pieces = [piece for sheet in sheets for piece in sheet.pieces.values()]
    found = decode_pieces(pieces, encoding=encoding)
    composer = Composer()
    for number, sheet in enumerate(sheets):
        if number:
            composer.page_break()
        sheet.print(composer, titled=len(sheets) > 1)
    text = composer.text
    if not text.strip():
        raise _nothing(notices, path)
    if found.encodings:
        values = (("encoding", ", ".join(found.encodings)),)
        notices.append(Notice(code="legacy-encoding", values=values))
    return Source(
        text=text,
        path=path,
        sha256=sha256(data).hexdigest(),
        format=name.lower(),
        encoding="+".join(found.encodings) or None,
        pages=len(sheets),
        notices=tuple(notices),
        grids=tuple(composer.grids),
    )


def _nothing(notices: list[Notice], path: str) -> ReadError:
    """Why there is no text at all."""
    for notice in notices:
        if notice.code in _LOST:
            return FormatError(_LOST[notice.code], path=path)
    return EmptyError("blank-file", path=path)


def _told(data: bytes, name: str, path: str) -> tuple[_Known, list[Notice]]:
    """What the file says beside its values, and what must be said about it."""
    if name not in _ZIPPED:
        try:
            old = read_oldbook(data)
        except ValueError as error:
            raise FormatError("sheet-refused", path=path, reason=str(error)) from None
        notices = [Notice(code="macros")] if _MACROS in data else []
        return _Known(old.data, None, old.looks, {}), [*notices, *_missing(old)]
    package = open_package(data, path=path)
    refuse_doctypes(package)
    notices = list(_package_notices(package.names))
    if name == "XLSX":
        formats = read_formats(package, path=path)
        new = without_far(package, data)
        for name in (name for part in new.far for name in formats.names_of(part)):
            notices.append(Notice(code="sheet-far", values=(("name", name),)))
        if package.damaged:
            notices.append(Notice(code="damaged-kept"))
        return _Known(new.data, formats, None, {}), notices
    book = read_openbook(package, path=path)
    notices += [Notice(code="sheet-far", values=(("name", far),)) for far in book.far]
    return _Known(book.data, None, None, book.sheets), notices


def _missing(old: OldBook) -> Iterator[Notice]:
    """What of an XLS the library is not given."""
    for code, names in (("sheet-far", old.far), ("sheet-damaged", old.lost)):
        for name in names:
            yield Notice(code=code, values=(("name", name),))


class _Sheet:
    """The words of one sheet and its merged cells."""

    def __init__(self, name: str) -> None:
        self.name = Piece(name)
        self.pieces: dict[tuple[int, int], Piece] = {}
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}
        self._covered: set[tuple[int, int]] = set()

    def print(self, composer: Composer, *, titled: bool) -> None:
        """The sheet's name, where it says something, and its blocks."""
        if titled and self.name.text.strip() and not _PLAIN_NAME.fullmatch(self.name.text.strip()):
            composer.line(self.name.text)
        for first, last in self._blocks():
            self._print_block(composer, first, last)

    def _blocks(self) -> Iterator[tuple[int, int]]:
        """Stretches of rows, first and last, with empty rows between them."""
        held = {row for row, _ in self.pieces}
        for (row, _), (height, _) in self.merged.items():
            if row in held:
                held.update(range(row, row + height))
        first = last = None
        for row in sorted(held):
            if first is None or last is None:
                first = row
            elif row > last + 1:
                yield first, last
                first = row
            last = row
        if first is not None and last is not None:
            yield first, last

    def _print_block(self, composer: Composer, first: int, last: int) -> None:
        rows: dict[int, list[int]] = {}
        for row, column in self.pieces:
            if first <= row <= last:
                rows.setdefault(row, []).append(column)
        order = sorted(rows)
        # A title stands alone in its row; below it the table begins.
        while len(order) > 1 and len(rows[order[0]]) == 1:
            row = order.pop(0)
            composer.line(" ".join(self.pieces[row, rows[row][0]].text.split()))
        columns = sorted({column for row in order for column in rows[row]})
        cells = [self._cell(row, column) for row in order for column in columns]
        composer.table([cell for cell in cells if cell is not None])

    def _cell(self, row: int, column: int) -> Cell | None:
        """A cell of a block, None where another one covers it."""
        if (row, column) in self._covered:
            return None
        height, width = self.merged.get((row, column), (1, 1))
        piece = self.pieces.get((row, column))
        return Cell(row, column, piece.text if piece else "", height, width)

    def merge(self, ranges: Sequence[_Range]) -> None:
        """Take over the merged cells; one that is larger than the sheet ends with it."""
        bottom = max((row for row, _ in self.pieces), default=0)
        right = max((column for _, column in self.pieces), default=0)
        for (row, column), (last_row, last_column) in ranges:
            last_row, last_column = min(last_row, bottom), min(last_column, right)
            size = (last_row - row + 1) * (last_column - column + 1)
            if size <= 1 or len(self._covered) + size > MAX_CELLS:
                continue
            self.merged[row, column] = (last_row - row + 1, last_column - column + 1)
            for covered_row in range(row, last_row + 1):
                for covered in range(column, last_column + 1):
                    self._covered.add((covered_row, covered))
            self._covered.discard((row, column))


class _Known(NamedTuple):
    """What the file tells of its cells beside their values.

    An XLSX tells the formats, an XLS the fonts, an ODS both. ``data`` is what the library reads.
    """

    data: bytes
    formats: NumberFormats | None
    looks: dict[str, Looks] | None
    opened: dict[str, OpenSheet]

    def forms(self, sheet: str) -> dict[tuple[int, int], str]:
        """The formats of numbers, by row and column."""
        if sheet in self.opened:
            return self.opened[sheet].forms
        return self.formats.of_sheet(sheet) if self.formats else {}

    def fonts(self, sheet: str) -> dict[tuple[int, int], str]:
        """The fonts of texts."""
        if sheet in self.opened:
            return self.opened[sheet].fonts
        return self._looks(sheet).fonts

    def merged(self, sheet: str) -> Sequence[_Range]:
        """The merged cells that the library does not tell."""
        return self.opened[sheet].merged if sheet in self.opened else ()

    def errors(self, sheet: str) -> dict[tuple[int, int], str]:
        """What failed formulas show."""
        return self.formats.errors(sheet) if self.formats else self._looks(sheet).errors

    def _looks(self, sheet: str) -> Looks:
        return (self.looks or {}).get(sheet) or Looks()


def _open(data: bytes, path: str, known: _Known, notices: list[Notice]) -> Iterator[_Sheet]:
    """The visible sheets with their words; a sheet that cannot be read is said."""
    import python_calamine as calamine

    try:
        with _no_panic(calamine.CalamineError):
            book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except calamine.PasswordError:
        raise FormatError("encrypted-file", path=path) from None
    except calamine.CalamineError as error:
        raise FormatError("sheet-refused", path=path, reason=str(error)[:200]) from None
    for number, about in enumerate(book.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if about.visible != calamine.SheetVisibleEnum.Visible:
            notices.append(Notice(code="hidden-sheet", values=(("name", about.name),)))
            continue
        if number in given_up():
            notices.append(Notice(code="sheet-costly", values=(("name", about.name),)))
            continue
        if len(book.sheet_names) > 1:
            at(number)  # a sheet that costs this process is to be the only one that is lost
        try:
            with _no_panic(calamine.CalamineError):
                sheet = _sheet(book.get_sheet_by_index(number), about.name, known, path)
            yield sheet
        except calamine.CalamineError as error:
            values = (("name", about.name), ("reason", str(error)[:200]))
            notices.append(Notice(code="sheet-unread", values=values))
    leave()


@contextmanager
def _no_panic(kind: type[Exception]) -> Iterator[None]:
    """Faults of the library itself, which Rust calls panics and are no exceptions in Python."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise kind(str(error)) from None


def _filled(found: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """The cells with something in them, by row and column."""
    start_column = (found.start or (0, 0))[1]
    # Empty rows above the first cell are handed out, empty columns before it are not.
    for row, values in enumerate(found.iter_rows()):
        if values.count("") == len(values):  # a stray cell has a million such rows above it
            continue
        for column, value in enumerate(values, start_column):
            if value != "" and value is not None:
                yield (row, column), value


def _sheet(found: Any, name: str, known: _Known, path: str) -> _Sheet:
    sheet = _Sheet(name)
    form_of, font_of = known.forms(name), known.fonts(name)
    numbers: dict[int, list[tuple[tuple[int, int], float]]] = {}
    for place, value in _filled(found):
        if isinstance(value, float):
            numbers.setdefault(place[1], []).append((place, value))
        elif words := _words(value):
            sheet.pieces[place] = Piece(words, font_of.get(place))
        if len(sheet.pieces) > MAX_CELLS:
            raise FormatError("sheet-too-large", path=path, limit=MAX_CELLS)
    for column_numbers in numbers.values():
        for place, words in _printed_column(column_numbers, form_of):
            sheet.pieces[place] = Piece(words)
    for place, shown in known.errors(name).items():
        sheet.pieces.setdefault(place, Piece(shown))
    sheet.pieces = dict(sorted(sheet.pieces.items()))
    sheet.merge(found.merged_cell_ranges or known.merged(name))
    return sheet


def _printed_column(
    numbers: Sequence[tuple[tuple[int, int], float]], form_of: dict[tuple[int, int], str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """The numbers of a column, all with one decimal sign.

    "." before three digits would group them: where all fractions have three, or a format puts
    the Vietnamese signs into the column anyway, the decimal sign is ",".
    """
    made = [
        (place, printed(value, form_of.get(place)), place in form_of) for place, value in numbers
    ]
    fractions = [words for _, words, formed in made if "." in words and not formed]
    comma = any(formed for _, _, formed in made) or all(map(_THREE.fullmatch, fractions))
    for place, words, formed in made:
        yield place, words.replace(".", ",") if comma and not formed else words


def _words(value: object) -> str:
    """A value that is no number, as it is printed."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime():
            day = f"{value.day:02d}/{value.month:02d}/{value.year}"
            return f"{day} {value:%H:%M}" if value.time() != dt.time() else day
        case dt.date():
            return f"{value.day:02d}/{value.month:02d}/{value.year}"
        case dt.time():
            return f"{value:%H:%M}"
        case dt.timedelta():
            return str(value)
        case int():
            return str(value)
        case _:
            return str(value).strip()


def _package_notices(names: Sequence[str]) -> Iterator[Notice]:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield Notice(code="macros")
    outside = [name for name in names if "/externalLinks/" in name and name.endswith(".xml")]
    if outside:
        values = (("count", str(len(outside))), ("addresses", ", ".join(outside[:3])))
        yield Notice(code="external-references", values=values)
