"""From a file to characters: a path, bytes or an open file in, a :class:`Source` out.

Nothing is mended here; what an auditor sees when opening the file is what the source
holds, so that every later record can point at it.

>>> read("Số: 12/KH-SCT\\r\\n".encode(), path="a.txt").text
'Số: 12/KH-SCT\\r\\n'
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from docparse.errors import EmptyError
from docparse.models import Source
from docparse.read.files import STDIN, find_files, load_bytes, printable
from docparse.read.sniff import require_text
from docparse.read.textfile import read_text

__all__ = ["MAX_BYTES", "STDIN", "find_files", "read"]

MAX_BYTES = 200_000_000


def read(
    file: str | Path | bytes | BinaryIO,
    *,
    path: str | None = None,
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Source:
    """Read one file, the bytes of one, an open binary file, or "-" for standard input.

    ``path`` is what the source is called; without it, the name of the file. Raises a
    :class:`~docparse.errors.ReadError` that says why, and what to do, when there is no
    text to be had.
    """
    name = path if path is not None else _name(file)
    data = file if isinstance(file, bytes) else load_bytes(file, name, max_bytes)
    if not data:
        raise EmptyError("empty-file", path=name)
    require_text(data, path=name)
    return read_text(data, path=name, encoding=encoding)


def _name(file: str | Path | bytes | BinaryIO) -> str:
    if isinstance(file, str | Path):
        return printable(file)
    name = getattr(file, "name", None)
    return printable(name) if isinstance(name, str) else STDIN
