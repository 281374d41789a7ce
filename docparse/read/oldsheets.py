"""An XLS file before a library reads its values: its bytes in, a safe copy and what it lacks out.

An XLS file is a stream of records inside an OLE container. The records tell what the library
leaves out (the font of a text cell, which tells its encoding; what a formula shows that failed)
and what would cost it too much: it makes room for all cells from the first to the last, those
between them too. The copy has a plain container, and an empty sheet in the place of each that is
damaged, hidden, or has its cells too far apart.

>>> read_oldbook(b"no such file")
Traceback (most recent call last):
ValueError: no OLE container
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from docparse.read.ole import workbook_container, workbook_stream
from docparse.read.sheetroom import MOST_ROOM_TOGETHER, Extent

__all__ = ["Looks", "OldBook", "read_oldbook"]

_BOF, _EOF, _SHEET, _FONT, _XF = 0x809, 0x0A, 0x85, 0x31, 0xE0
_CONTINUED, _MOST_PIECES = 0x3C, 30_000  # each has up to 8 kB; each costs as much as there are
_LOCKED, _DIMENSIONS, _MERGED, _IGNORED = 0x2F, 0x200, 0xE5, 0xFFF
_TEXTS = (0xFD, 0x204, 0xD6)  # LABELSST, LABEL, RSTRING
_FORMULA, _BOOLERR, _NUMBER, _RK, _MULRK = 0x06, 0x205, 0x203, 0x27E, 0xBD
_CELLS = {*_TEXTS, _FORMULA, _BOOLERR, _NUMBER, _RK}
_VALUE = 20  # bytes of a formula's record, then the length of the formula itself
_BIFF8 = 0x600
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_NO_CELLS = struct.pack("<HHHHLLHH", _BOF, 12, _BIFF8, 0x10, 0, 0, _EOF, 0)

_Place = tuple[int, int]


class _Record(NamedTuple):
    at: int
    kind: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Of one sheet, by row and column: the font of each text cell, what a failed formula shows."""

    fonts: dict[_Place, str] = field(default_factory=dict)
    errors: dict[_Place, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldBook:
    """A copy of the workbook for the library, and what that does not tell, by name of a sheet.

    Sheets that are not in the copy: those whose cells lie too ``far`` apart, and those ``lost``.
    """

    data: bytes
    looks: dict[str, Looks]
    far: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def read_oldbook(data: bytes) -> OldBook:
    """What a workbook says of itself; a ValueError where it has no stream of records."""
    stream = bytearray(workbook_stream(data))
    try:
        return _Copy(stream, _globals(bytes(stream))).book()
    except (struct.error, IndexError):
        raise ValueError("damaged records") from None


class _Listed(NamedTuple):
    """A sheet as the first part of the stream lists it."""

    at: int  # the record that lists it
    name: str
    start: int
    shown: bool


class _Globals(NamedTuple):
    end: int
    sheets: list[_Listed]
    fonts: list[str]  # of each style


class _Copy:
    """Goes through the sheets in the order in which they lie, and takes out what may not stay."""

    def __init__(self, stream: bytearray, found: _Globals) -> None:
        self.stream = stream
        self.fonts = found.fonts
        self.sheets = found.sheets
        self.end = found.end  # of the sheet before: no sheet may lie in another one
        self.room = 0
        self.looks: dict[str, Looks] = {}
        self.far: list[str] = []
        self.lost: list[str] = []

    def book(self) -> OldBook:
        whole = bytes(self.stream)
        for sheet in sorted(self.sheets, key=lambda sheet: sheet.start):
            if not (sheet.shown and self._stays(whole, sheet)):
                struct.pack_into("<L", self.stream, sheet.at + 4, len(whole))
        data = workbook_container(bytes(self.stream) + _NO_CELLS)
        return OldBook(data=data, looks=self.looks, far=tuple(self.far), lost=tuple(self.lost))

    def _stays(self, whole: bytes, sheet: _Listed) -> bool:
        read = _Sheet(self.fonts)
        try:
            if sheet.start < self.end:
                raise ValueError("a sheet in another one")
            self.end = sheet.start
            for record in _records(whole, sheet.start):
                self.end = record.at + 4 + len(record.data)
                read.take(record)
                self._mend(record)
        except (struct.error, IndexError, ValueError):
            self.lost.append(sheet.name)
            return False
        room = read.cells.room + read.formulas.room
        if self.room + room > MOST_ROOM_TOGETHER:
            self.far.append(sheet.name)
            return False
        self.room += room
        self.looks[sheet.name] = Looks(fonts=read.shown, errors=read.errors)
        return True

    def _mend(self, record: _Record) -> None:
        """Take out what no value depends on, but the library would stumble over if it were wrong.

        Room is made for the size that a sheet says it has; formulas are put into words.
        """
        if record.kind == _DIMENSIONS:
            struct.pack_into("<H", self.stream, record.at, _IGNORED)
        elif record.kind == _FORMULA:
            struct.pack_into("<H", self.stream, record.at + 4 + _VALUE, 0)


class _Sheet:
    """What the records of one sheet say."""

    def __init__(self, fonts: list[str]) -> None:
        self.fonts = fonts
        self.shown: dict[_Place, str] = {}
        self.errors: dict[_Place, str] = {}
        self.cells = Extent()
        self.formulas = Extent()

    def take(self, record: _Record) -> None:
        """Note one record; one that is too short for what it should be raises an error."""
        data = record.data
        if record.kind == _MERGED and len(data) < 2 + 8 * struct.unpack_from("<H", data)[0]:
            raise ValueError("fewer merged cells than it says")
        if record.kind == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            (last,) = struct.unpack_from("<H", data, len(data) - 2)
            self.cells.add(row, first)
            if len(data) != 6 * (last - first + 2):
                raise ValueError("another number of cells than it says")
            self.cells.add(row, last)
        if record.kind not in _CELLS:
            return
        row, column, style = struct.unpack_from("<HHH", data)
        self.cells.add(row, column)
        if record.kind == _FORMULA:
            if len(data) < _VALUE + 2:
                raise ValueError("half a formula")
            self.formulas.add(row, column)
            if data[6] == 2 and data[12:14] == b"\xff\xff":
                self.errors[row, column] = _ERRORS.get(data[8], "#N/A")
        elif record.kind == _BOOLERR and data[7]:
            self.errors[row, column] = _ERRORS.get(data[6], "#N/A")
        if record.kind in (*_TEXTS, _FORMULA) and style < len(self.fonts):
            self.shown[row, column] = self.fonts[style]


# The stream of records


def _globals(stream: bytes) -> _Globals:
    """Where each sheet begins, and the font of each cell style."""
    fonts: list[str] = []
    styles: list[int] = []
    sheets = []
    wide = False
    end = pieces = 0
    for record in _records(stream, 0, flat=True):
        pieces = pieces + 1 if record.kind == _CONTINUED else 0
        if pieces > _MOST_PIECES:
            raise ValueError("a record in too many pieces")
        end = record.at + 4 + len(record.data)
        if record.kind == _BOF:
            wide = struct.unpack_from("<H", record.data)[0] == _BIFF8
        elif record.kind == _LOCKED:
            break
        elif record.kind == _FONT:
            fonts.append(_name(record.data, 14, wide=wide))
        elif record.kind == _XF:
            styles.append(struct.unpack_from("<H", record.data)[0])
        elif record.kind == _SHEET:
            start, state, kind = struct.unpack_from("<LBB", record.data)
            name = _name(record.data, 6, wide=wide).replace("\0", "")
            sheets.append(_Listed(record.at, name, start, not state & 0x3F and not kind))
    # Excel leaves the number 4 out when it counts fonts.
    known = [
        fonts[style - (style > 4)] if style - (style > 4) < len(fonts) else "" for style in styles
    ]
    return _Globals(end, sheets, known)


def _records(stream: bytes, start: int, *, flat: bool = False) -> Iterator[_Record]:
    """The records up to the end of the part that begins at ``start``, with the parts within it.

    In the first part of the stream, which is ``flat``, there are none.
    """
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if at + 4 + size > len(stream):
            raise ValueError("half a record")
        yield _Record(at, kind, stream[at + 4 : at + 4 + size])
        if kind == _EOF and (flat or depth <= 1):
            return
        depth += (kind == _BOF) - (kind == _EOF)
        at += 4 + size
    if at != len(stream):
        raise ValueError("half a record")


def _name(data: bytes, at: int, *, wide: bool) -> str:
    """A short text: its length, in BIFF8 a byte that tells how letters are stored, the letters."""
    if len(data) < at + 2:
        return ""
    size = data[at]
    if not wide:
        return data[at + 1 : at + 1 + size].decode("cp1252", "replace")
    if data[at + 1] & 1:
        return data[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
    return data[at + 2 : at + 2 + size].decode("latin-1")
