"""Files on disk: paths in, the files to read and their bytes out.

Only regular files are opened: a pipe or a device could keep the program waiting for
ever. What cannot be opened is an error that names the path and the reason.

>>> [path.name for path in find_files("no/such/file.txt")]
['file.txt']
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from docparse.errors import (
    FormatError,
    NotFoundError,
    NotReadableError,
    ReadError,
    UsageError,
    system_cause,
)
from docparse.read.archive import archive_above, find_members, forget, is_archive, load_member

STDIN = "-"

# Reports in formats that this version cannot read are found too: each then gives an
# error that names it, where leaving it out would lose it silently.
_TEXT = {".txt", ".text", ".md", ".markdown"}
_OFFICE = {".pdf", ".doc", ".docx", ".docm", ".rtf", ".odt", ".html", ".htm"}
_SHEETS = {".xls", ".xlsx", ".xlsm", ".ods"}
_SCANS = {".png", ".jpg", ".jpeg", ".tif", ".tiff"}
_ENDINGS = _TEXT | _OFFICE | _SHEETS | _SCANS
_FOUND = _ENDINGS | {".zip"}


def find_files(*paths: str | Path) -> Iterator[Path]:
    """The files to read, in one order on every machine, each once.

    A file that is named is taken as it is, even when it does not exist: reading it says
    so. Below a folder every file of a known ending is taken, except hidden ones and
    README files, which describe the folder. In the place of an archive come the reports in
    it. A folder that may not be listed, or an archive that is refused, is yielded itself, so
    that reading it gives the reason.
    """
    seen: set[str] = set()
    for path in map(Path, paths):
        for file in _below(path, frozenset()) if path.is_dir() else (path,):
            if (name := os.path.normpath(file)) not in seen:
                seen.add(name)
                yield from _unpacked(file)


def _unpacked(file: Path) -> Iterator[Path]:
    """The file itself, or the reports in it if it is an archive, whatever its name."""
    if file.is_file() and is_archive(file):
        yield from find_members(file, endings=_ENDINGS)
    else:
        yield file


def _below(folder: Path, above: frozenset[tuple[int, int]]) -> Iterator[Path]:
    """Files below a folder, depth first; links to a folder above are not followed again."""
    try:
        status = folder.stat()
        entries = sorted(os.listdir(folder))  # noqa: PTH208  (names sort without the parents)
    except OSError:
        yield folder
        return
    if (status.st_dev, status.st_ino) in above:
        return
    above |= {(status.st_dev, status.st_ino)}
    for name in entries:
        if name.startswith("."):
            continue
        path = folder / name
        if path.is_dir():
            yield from _below(path, above)
        elif path.suffix.lower() in _FOUND and path.stem.lower().partition(".")[0] != "readme":
            yield path


def load_bytes(file: str | Path | bytes | BinaryIO, name: str, max_bytes: int) -> bytes:
    """The bytes of a regular file, of an open one, or of standard input; bytes as they are."""
    if isinstance(file, bytes | bytearray | memoryview):
        return bytes(file)
    if not isinstance(file, str | Path):
        return _take(file, name, max_bytes)
    if str(file) == STDIN:
        return _take(sys.stdin.buffer, name, max_bytes)
    try:
        if archive_above(Path(file)) is not None:
            return _take(BytesIO(load_member(Path(file))), name, max_bytes)
        forget()
        _require_regular(file, name, max_bytes)
        with Path(file).open("rb") as opened:
            return _take(opened, name, max_bytes)
    except (OSError, ValueError) as error:
        raise _reason(file, name, error) from error


def _take(file: BinaryIO, name: str, max_bytes: int) -> bytes:
    read = getattr(file, "read", None)
    data = read(max_bytes + 1) if callable(read) else None
    if not isinstance(data, bytes | bytearray):
        raise UsageError("not-readable-kind", kind=type(file).__name__)
    if len(data) > max_bytes:
        raise _too_large(name, max_bytes)
    return bytes(data)


def _require_regular(file: str | Path, name: str, max_bytes: int) -> None:
    status = Path(file).stat()
    if stat.S_ISDIR(status.st_mode):
        os.listdir(file)  # noqa: PTH208  (a folder that may not be listed says so)
        raise NotReadableError("is-a-folder", path=name)
    if not stat.S_ISREG(status.st_mode):
        raise NotReadableError("not-a-file", path=name)
    if status.st_size > max_bytes:
        raise _too_large(name, max_bytes)


def _too_large(name: str, max_bytes: int) -> FormatError:
    return FormatError("too-large", path=name, limit=f"{max_bytes / 1_000_000:g}")


def _reason(file: str | Path, name: str, error: OSError | ValueError) -> ReadError:
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        if not isinstance(error, ValueError) and Path(file).is_symlink():
            target = printable(os.readlink(file))  # noqa: PTH115  (a name, not a path)
            return NotFoundError("broken-link", path=name, target=target)
        return NotFoundError("not-found", path=name)
    if isinstance(error, PermissionError):
        return NotReadableError("permission-denied", path=name)
    if error.errno == errno.ELOOP:
        return NotFoundError("broken-link", path=name, target=name)
    return NotReadableError("cannot-read", path=name, **system_cause(error))


def printable(path: str | Path) -> str:
    """A path as text that any file can hold; bytes that are not UTF-8 become a mark.

    >>> printable("b\\udcff.txt")
    'b\\ufffd.txt'
    """
    return os.fsencode(path).decode("utf-8", "replace")
