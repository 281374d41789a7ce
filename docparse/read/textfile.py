"""Plain text: bytes in, a source out whose text is what an auditor sees when opening the file.

Line breaks, byte order marks and stray NUL characters stay; repairing is a later stage.

>>> source = read_text(b"\\xef\\xbb\\xbfS\\xe1\\xbb\\x91: 12", path="a.md", encoding=None)
>>> source.text, source.format, source.encoding
('\\ufeffSố: 12', 'md', 'utf-8')
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePath

from docparse.errors import EmptyError
from docparse.models import Notice, Source
from docparse.read.encodings import LEGACY, ON_REQUEST, Decoded, Note, decode

_MARKDOWN = (".md", ".markdown")


def read_text(data: bytes, *, path: str, encoding: str | None) -> Source:
    """The source of a text file; EmptyError where it holds no words at all."""
    decoded = decode(data, encoding=encoding)
    if not decoded.text.strip("\0\ufeff \t\r\n") or decoded.text.isspace():
        raise EmptyError("blank-file", path=path)
    return Source(
        text=decoded.text,
        path=path,
        sha256=sha256(data).hexdigest(),
        format="md" if PurePath(path).suffix.lower() in _MARKDOWN else "txt",
        encoding=decoded.encoding,
        notices=tuple(_notices(decoded)),
    )


def _notices(decoded: Decoded) -> Iterator[Notice]:
    encoding = ("encoding", decoded.encoding)
    if decoded.replaced:
        yield Notice(code="invalid-bytes", values=(("count", str(decoded.replaced)), encoding))
    if Note.MOJIBAKE in decoded.notes:
        yield Notice(code="mojibake", values=(encoding,))
    elif decoded.encoding in (*LEGACY, *ON_REQUEST):
        yield Notice(code="legacy-encoding", values=(encoding,))
    if Note.FEW_SYLLABLES in decoded.notes:
        yield Notice(code="few-syllables", values=(encoding,))
