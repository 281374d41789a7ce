"""Zip containers, looked at before anything is unpacked: bytes in, a :class:`Package` out.

A bomb, an archive with two entries of one name or with a password is refused by what its
directory says; what is unpacked afterwards is held to that. Of a damaged container the entries
that can still be read are kept.

>>> from io import BytesIO
>>> file = BytesIO()
>>> with zipfile.ZipFile(file, "w") as made:
...     made.writestr("word/document.xml", "<x/>")
>>> open_package(file.getvalue(), path="a.docx").read("word/document.xml")
b'<x/>'
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from docparse.errors import FormatError

MAX_ENTRIES = 5_000
MAX_RATIO = 100  # that of Apache POI and Tika; Word's own XML stays under 30
MAX_TOTAL = 1_000_000_000
MAX_PART = 60_000_000  # a tree of XML takes ten times the size of its text
_SMALL = 1_000_000  # an entry this small does no harm, whatever its ratio
_DIRECTORY = MAX_ENTRIES * 400  # bytes: a directory that is longer is not read at all
_ENCRYPTED = 0x1
# What zipfile raises over damaged bytes.
_BROKEN = (
    zipfile.BadZipFile,
    struct.error,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_LOCAL = b"PK\x03\x04"
_HEADER = 30  # bytes of an entry's own header, before its name
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_TAIL = 65_557 + 76  # bytes: the end of a directory with the longest comment


class Package:
    """The entries of a container; ``damaged`` where not all of it could be read."""

    def __init__(
        self,
        path: str,
        data: bytes,
        archive: zipfile.ZipFile | None = None,
        salvaged: dict[str, bytes] | None = None,
    ) -> None:
        self.path = path
        self.damaged = archive is None
        self._data = data
        self._archive = archive
        self._salvaged = salvaged or {}

    @property
    def names(self) -> list[str]:
        """The names of all entries that are files, in the order of the directory."""
        if self._archive is None:
            return list(self._salvaged)
        # An entry without a name cannot be asked whether it is a folder.
        infos = [info for info in self._archive.infolist() if info.filename]
        return [info.filename for info in infos if not info.is_dir()]

    def written_name(self, name: str) -> str:
        """A name as it is written; those above end at a NUL byte."""
        return name if self._archive is None else self._archive.getinfo(name).orig_filename

    def size(self, name: str) -> int:
        """How large an entry will be, as the directory has it."""
        if self._archive is None:
            return len(self._salvaged[name])
        return self._archive.getinfo(name).file_size

    def read(self, name: str, *, limit: int = MAX_PART) -> bytes | None:
        """One entry unpacked, or None where there is none or it cannot be read."""
        if self._archive is None:
            return self._salvaged.get(name)
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            return None
        if info.file_size > limit:
            raise _bomb(self.path, info.filename, info.file_size)
        try:
            with self._archive.open(info) as entry:
                return entry.read(limit)
        except _BROKEN:
            self.damaged = True
            return self._part_of(info) or None

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of an entry."""
        if self._archive is None:
            return self._salvaged[name][:size]
        try:
            with self._archive.open(name) as entry:
                return entry.read(size)
        except (KeyError, *_BROKEN):
            return b""

    def _part_of(self, info: zipfile.ZipInfo) -> bytes:
        """What comes out of an entry before its damage, or in spite of it."""
        at = info.header_offset
        header = self._data[at : at + _HEADER]
        if not header.startswith(_LOCAL) or len(header) < _HEADER:
            return b""
        start = at + _HEADER + sum(_sizes(header))
        unpacked = _unpack(self._data, start, info.compress_size, info.compress_type)
        return unpacked[: info.file_size]


def open_package(data: bytes, *, path: str, strict: bool = True) -> Package:
    """Check the directory of a container; raises a FormatError that says what is wrong.

    ``strict`` is for document formats, whose entries are known to unpack to moderate sizes.
    """
    try:
        archive = zipfile.ZipFile(_bounded(BytesIO(data), path))
    except _BROKEN:
        salvaged = dict(_salvage(data))
        if not salvaged:
            raise FormatError("damaged-file", path=path) from None
        return Package(path, data, None, salvaged)
    _check(archive.infolist(), len(data), path, strict=strict)
    return Package(path, data, archive)


def package_names(file: BinaryIO) -> list[str] | None:
    """The names in a container, None where its directory cannot be read; little else is."""
    try:
        return zipfile.ZipFile(_bounded(file, "")).namelist()
    except (FormatError, *_BROKEN):
        return None


def _bounded(file: BinaryIO, path: str) -> BinaryIO:
    """The container, unless its directory alone would fill the memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    end = tail.rfind(_END)
    if end >= 0 and len(tail) >= end + 22:
        length = struct.unpack_from("<L", tail, end + 12)[0]
        wide = end - 76
        if wide >= 0 and tail[wide : wide + 4] == _END_64:
            length = struct.unpack_from("<Q", tail, wide + 40)[0]
        if length > _DIRECTORY:
            raise FormatError("archive-too-many", path=path, limit=MAX_ENTRIES)
    file.seek(0)
    return file


def _check(infos: list[zipfile.ZipInfo], size: int, path: str, *, strict: bool) -> None:
    if len(infos) > MAX_ENTRIES:
        raise FormatError("archive-too-many", path=path, limit=MAX_ENTRIES)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise FormatError("encrypted-archive", path=path)
    twice = [name for name, times in Counter(info.filename for info in infos).items() if times > 1]
    if twice:
        raise FormatError("archive-duplicate", path=path, name=twice[0])
    for info in infos:
        if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise _bomb(path, info.filename, info.file_size)
    total = sum(info.file_size for info in infos)
    # Entries that lie over one another are each within the ratio, but not all together.
    allowed = MAX_RATIO * size if strict else 2 * MAX_RATIO * size
    if total > MAX_TOTAL or total > max(allowed, _SMALL):
        raise _bomb(path, "*", total)


def _bomb(path: str, name: str, size: int) -> FormatError:
    return FormatError("archive-bomb", path=path, name=name, size=f"{size / 1_000_000:.0f}")


def _salvage(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The entries of a container without a directory, found by their own headers."""
    at = data.find(_LOCAL)
    total = 0
    while at >= 0 and total < MAX_PART:
        header = data[at : at + _HEADER]
        if len(header) < _HEADER:
            return
        flags, method = struct.unpack_from("<HH", header, 6)
        packed = struct.unpack_from("<L", header, 18)[0]
        name_size, extra_size = _sizes(header)
        start = at + _HEADER + name_size + extra_size
        name = data[at + _HEADER : at + _HEADER + name_size].decode("utf-8", "replace")
        found = b"" if flags & _ENCRYPTED else _unpack(data, start, packed, method)
        if found:
            total += len(found)
            yield name, found
        at = data.find(_LOCAL, start)


def _sizes(header: bytes) -> tuple[int, int]:
    name_size, extra_size = struct.unpack_from("<HH", header, 26)
    return name_size, extra_size


def _unpack(data: bytes, start: int, packed: int, method: int) -> bytes:
    """As much of one entry as comes out of its bytes."""
    if method == zipfile.ZIP_STORED:
        return data[start : start + packed]
    if method != zipfile.ZIP_DEFLATED:
        return b""
    unpacker = zlib.decompressobj(-15)
    made = []
    size = 0
    for at in range(start, len(data), 65_536):
        try:
            made.append(unpacker.decompress(data[at : at + 65_536], MAX_PART - size))
        except zlib.error:
            break
        size += len(made[-1])
        if unpacker.eof or size >= min(MAX_PART, _SMALL + MAX_RATIO * (at + 65_536 - start)):
            break
    return b"".join(made)
