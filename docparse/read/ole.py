"""OLE containers of old Office files: the bytes of one in, the stream of a workbook out, and back.

Whatever a broken container says of itself, only as much is read as its file has; a container
made here is as simple as can be, so that a library is given nothing of the broken one.

>>> workbook_stream(workbook_container(b"records"))[:7]
b'records'
"""

from __future__ import annotations

import struct

__all__ = ["workbook_container", "workbook_stream"]

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = ("Workbook", "Book", "WORKBOOK", "BOOK")
_LAST = 0xFFFFFFFA  # numbers of sectors end below; those above are signs
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_CHAINED = 4_000  # sectors that do nothing but list those of the table
_SMALL, _LEAST = 64, 4096  # bytes of a small sector, and of a stream that has large ones
_LARGE = 4096  # bytes of a sector of a container made here
_LISTED = 109  # sectors of the table that the head names


def workbook_stream(data: bytes) -> bytes:
    """The stream of a workbook's records; a ValueError where there is none."""
    try:
        return _stream(data)
    except struct.error:
        raise ValueError("broken OLE container") from None


def workbook_container(stream: bytes) -> bytes:
    """A container with nothing but this stream, called Workbook; a ValueError over 400 MB."""
    stream = stream.ljust(_LEAST, b"\0")
    sectors = -(-len(stream) // _LARGE)
    per_table = _LARGE // 4
    tables = -(-(sectors + 1) // (per_table - 1))
    if tables > _LISTED:
        raise ValueError("too large for one table")
    first = tables + 1  # the table itself, the directory, then the stream
    links = [_TABLE] * tables + [_END, *range(first + 1, first + sectors), _END]
    table = struct.pack(f"<{len(links)}L", *links).ljust(tables * _LARGE, b"\xff")
    head = _MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 4, 0xFFFE, 12, 6) + bytes(6)
    head += struct.pack("<9L", 1, tables, tables, 0, _LEAST, _END, 0, _END, 0)
    head += struct.pack(f"<{_LISTED}L", *range(tables), *[_FREE] * (_LISTED - tables))
    folder = _entry("Root Entry", 5, 1, 0, 0) + _entry("Workbook", 2, _FREE, first, len(stream))
    body = stream.ljust(sectors * _LARGE, b"\0")
    return head.ljust(_LARGE, b"\0") + table + folder.ljust(_LARGE, b"\0") + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    made = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
    made += struct.pack("<LLL", _FREE, _FREE, child) + bytes(36)
    return made + struct.pack("<LQ", start, size)


def _stream(data: bytes) -> bytes:
    if not data.startswith(_MAGIC):
        raise ValueError("no OLE container")
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("no such sector size")
    table = _table(data, size)
    folder = _chain(data, struct.unpack_from("<L", data, 48)[0], table, size)
    places = _places(folder)
    for name in _NAMES:
        if name in places:
            start, whole = places[name]
            if whole < _LEAST:
                return _small(data, folder, table, size, start)[:whole]
            return _chain(data, start, table, size)[:whole]
    raise ValueError("no workbook")


def _places(folder: bytes) -> dict[str, tuple[int, int]]:
    """Where each stream begins and how long it is; of two with one name the first."""
    places: dict[str, tuple[int, int]] = {}
    for at in range(0, len(folder) - 127, 128):
        name = folder[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        places.setdefault(name, struct.unpack_from("<LL", folder, at + 116))
    return places


def _small(data: bytes, folder: bytes, table: list[int], size: int, start: int) -> bytes:
    """A short stream: its small sectors lie in a stream of their own, that of the root."""
    inner = _chain(data, struct.unpack_from("<L", folder, 116)[0], table, size)
    listed = _chain(data, struct.unpack_from("<L", data, 60)[0], table, size)
    links = list(struct.unpack(f"<{len(listed) // 4}L", listed[: len(listed) // 4 * 4]))
    return _chain(bytes(_SMALL) + inner, start, links, _SMALL)


def _table(data: bytes, size: int) -> list[int]:
    """For each sector the one that follows it."""
    sectors = [number for number in struct.unpack_from("<109L", data, 76) if number < _LAST]
    more = struct.unpack_from("<L", data, 68)[0]
    for _ in range(_CHAINED):
        if more >= _LAST:
            break
        listed = struct.unpack(f"<{size // 4}L", _whole(data, more, size))
        sectors += [number for number in listed[:-1] if number < _LAST]
        more = listed[-1]
    table: list[int] = []
    for number in sectors[: len(data) // size // (size // 4) + 1]:
        table += struct.unpack(f"<{size // 4}L", _whole(data, number, size))
    return table


def _chain(data: bytes, start: int, table: list[int], size: int) -> bytes:
    """The sectors from ``start`` on, one after the other; a chain that runs in a circle ends."""
    made: list[bytes] = []
    number = start
    while number < len(table) and len(made) * size < len(data):
        made.append(_sector(data, number, size))
        number = table[number]
    return b"".join(made)


def _whole(data: bytes, number: int, size: int) -> bytes:
    """A sector of a table; what the end of the file has cut off leads nowhere."""
    return _sector(data, number, size).ljust(size, b"\xff")


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]
