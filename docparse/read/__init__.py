"""From a file to characters: a path, bytes or an open file in, a :class:`Source` out.

Nothing is mended here; what an auditor sees when opening the file is what the source
holds, so that every later record can point at it. What kind of file it is, its content says.
All but plain text is read in a child process, which a bomb or a fault cannot leave.

    files       paths, bytes of regular files      archive     reports in a .zip
    sniff       the format, by content             readers     which reader takes which
    textfile, docx, office, sheets, html, pdf      the readers
    legacy      letters of old fonts               encodings   old encodings
    cage        the child process                  limits      what a file may cost

>>> read("Số: 12/KH-SCT\\r\\n".encode(), path="a.txt").text
'Số: 12/KH-SCT\\r\\n'
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from docparse.errors import EmptyError
from docparse.models import Source
from docparse.read.archive import refuse_archive
from docparse.read.cage import shared_cage
from docparse.read.caged import inside, reading
from docparse.read.files import STDIN, find_files, load_bytes, printable
from docparse.read.limits import Limits, default_limits
from docparse.read.readers import READ, TEXT, read_format
from docparse.read.sniff import require_known

__all__ = ["MAX_BYTES", "STDIN", "Limits", "find_files", "read"]

MAX_BYTES = 200_000_000
_READ_HERE = 64_000_000  # bytes of plain text: no text of this size does harm


def read(
    file: str | Path | bytes | BinaryIO,
    *,
    path: str | None = None,
    encoding: str | None = None,
    password: str | None = None,
    max_bytes: int = MAX_BYTES,
    limits: Limits | None = None,
    caged: bool = True,
) -> Source:
    """Read one file, the bytes of one, an open binary file, or "-" for standard input.

    ``path`` is what the source is called; without it, the name of the file. A report in an
    archive is called "archive.zip/inner.docx". ``password`` opens a locked PDF. ``limits`` are
    those of the child process; ``caged=False`` reads in this process, without them. Raises a
    :class:`~docparse.errors.ReadError` that says why, and what to do, when there is no text
    to be had.
    """
    name = path if path is not None else _name(file)
    data = load_bytes(file, name, max_bytes)
    if not data:
        raise EmptyError("empty-file", path=name)
    form = require_known(data, path=name, known={*READ, "ZIP"})
    if form == "ZIP":
        on_disk = isinstance(file, str | Path) and str(file) != STDIN
        raise refuse_archive(data, path=name, on_disk=on_disk)
    if not caged or (form == TEXT and len(data) <= _READ_HERE):
        return _read(form, data, name, encoding, password, limits)
    limits = limits or default_limits()
    if inside():
        with reading(limits, len(data)):
            return _read(form, data, name, encoding, password, limits)
    call = (_read, form, data, name, encoding, password, limits)
    return shared_cage(limits).run(*call, path=name, size=len(data))


def _read(
    form: str,
    data: bytes,
    name: str,
    encoding: str | None,
    password: str | None,
    limits: Limits | None,
) -> Source:
    return read_format(form, data, path=name, encoding=encoding, password=password, limits=limits)


def _name(file: str | Path | bytes | BinaryIO) -> str:
    if isinstance(file, str | Path):
        return printable(file)
    name = getattr(file, "name", None)
    return printable(name) if isinstance(name, str) else STDIN
