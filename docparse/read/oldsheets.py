"""What the values of an XLS file leave out: the file's bytes in, fonts and failed formulas out.

An XLS file is a stream of records inside an OLE container. Only the records are read that tell
the font of a text cell, which tells its encoding, and what a formula shows that failed. Where
anything is damaged the answer is empty: the values are read without it.

>>> read_looks(b"no such file").fonts("Sheet1")
{}
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("Workbook", "Book")
_LAST = 0xFFFFFFFA  # numbers of sectors end below; those above are signs
_SECTORS = 400_000  # 200 MB
_BOF, _EOF, _SHEET, _FONT, _XF = 0x809, 0x0A, 0x85, 0x31, 0xE0
_TEXTS = (0xFD, 0x204, 0xD6)  # LABELSST, LABEL, RSTRING
_FORMULA, _BOOLERR = 0x06, 0x205
_BIFF8 = 0x600
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip

_Place = tuple[int, int]


class _Record(NamedTuple):
    kind: int
    data: bytes


class Looks:
    """Fonts and failed formulas of the cells, sheet by sheet."""

    def __init__(self) -> None:
        self._fonts: dict[str, dict[_Place, str]] = {}
        self._errors: dict[str, dict[_Place, str]] = {}

    def fonts(self, sheet: str) -> dict[_Place, str]:
        """By row and column: the font of each text cell."""
        return self._fonts.get(sheet, {})

    def errors(self, sheet: str) -> dict[_Place, str]:
        """By row and column: what a failed formula shows."""
        return self._errors.get(sheet, {})

    def add(self, sheet: str, fonts: dict[_Place, str], errors: dict[_Place, str]) -> None:
        """Take over what is known of one sheet."""
        self._fonts[sheet] = fonts
        self._errors[sheet] = errors


def read_looks(data: bytes) -> Looks:
    """The looks of a workbook; empty where the file is not as it should be."""
    looks = Looks()
    try:
        stream = _stream(data)
        sheets, fonts = _globals(stream)
        for name, start in sheets:
            looks.add(name, *_cells(stream, start, fonts))
    except (struct.error, IndexError, ValueError, RecursionError):
        return Looks()
    return looks


# The stream of records


def _globals(stream: bytes) -> tuple[list[tuple[str, int]], list[str]]:
    """Where each sheet begins, and the font of each cell style."""
    fonts: list[str] = []
    styles: list[int] = []
    sheets = []
    wide = False
    for record in _records(stream, 0):
        if record.kind == _BOF:
            wide = struct.unpack_from("<H", record.data)[0] == _BIFF8
        elif record.kind == _FONT:
            fonts.append(_name(record.data, 14, wide=wide))
        elif record.kind == _XF:
            styles.append(struct.unpack_from("<H", record.data)[0])
        elif record.kind == _SHEET:
            start = struct.unpack_from("<L", record.data)[0]
            sheets.append((_name(record.data, 6, wide=wide), start))
    # Excel leaves the number 4 out when it counts fonts.
    known = [
        fonts[style - (style > 4)] if style - (style > 4) < len(fonts) else "" for style in styles
    ]
    return sheets, known


def _cells(
    stream: bytes, start: int, fonts: list[str]
) -> tuple[dict[_Place, str], dict[_Place, str]]:
    shown: dict[_Place, str] = {}
    errors: dict[_Place, str] = {}
    for record in _records(stream, start):
        data = record.data
        if record.kind in _TEXTS or record.kind == _FORMULA:
            row, column, style = struct.unpack_from("<HHH", data)
            if style < len(fonts):
                shown[row, column] = fonts[style]
        if record.kind == _FORMULA and data[6] == 2 and data[12:14] == b"\xff\xff":
            errors[struct.unpack_from("<HH", data)] = _ERRORS.get(data[8], "#N/A")
        elif record.kind == _BOOLERR and data[7]:
            errors[struct.unpack_from("<HH", data)] = _ERRORS.get(data[6], "#N/A")
    return shown, errors


def _records(stream: bytes, start: int) -> Iterator[_Record]:
    """The records up to the end of the part that begins at ``start``."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield _Record(kind, stream[at + 4 : at + 4 + size])
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        at += 4 + size


def _name(data: bytes, at: int, *, wide: bool) -> str:
    """A short text: its length, in BIFF8 a byte that tells how letters are stored, the letters."""
    size = data[at]
    if not wide:
        return data[at + 1 : at + 1 + size].decode("cp1252", "replace")
    if data[at + 1] & 1:
        return data[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
    return data[at + 2 : at + 2 + size].decode("latin-1")


# The OLE container


def _stream(data: bytes) -> bytes:
    """The bytes of the workbook's stream; a ValueError where there is none."""
    if not data.startswith(_MAGIC):
        raise ValueError("no OLE container")
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("no such sector size")
    table = _table(data, size)
    directory = _chain(data, struct.unpack_from("<L", data, 48)[0], table, size)
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if name in _NAMES:
            start, whole = struct.unpack_from("<LL", directory, at + 116)
            # Below 4096 bytes a stream lies elsewhere; no workbook is as small.
            return _chain(data, start, table, size)[:whole]
    raise ValueError("no workbook")


def _table(data: bytes, size: int) -> list[int]:
    """For each sector the one that follows it."""
    sectors = [number for number in struct.unpack_from("<109L", data, 76) if number < _LAST]
    more = struct.unpack_from("<L", data, 68)[0]
    for _ in range(_SECTORS // 100):
        if more >= _LAST:
            break
        listed = struct.unpack(f"<{size // 4}L", _sector(data, more, size))
        sectors += [number for number in listed[:-1] if number < _LAST]
        more = listed[-1]
    table: list[int] = []
    for number in sectors[: _SECTORS // (size // 4) + 1]:
        table += struct.unpack(f"<{size // 4}L", _sector(data, number, size))
    return table


def _chain(data: bytes, start: int, table: list[int], size: int) -> bytes:
    """The sectors from ``start`` on, one after the other; a chain that runs in a circle ends."""
    made: list[bytes] = []
    number = start
    while number < len(table) and len(made) < len(table):
        made.append(_sector(data, number, size))
        number = table[number]
    return b"".join(made)


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]
