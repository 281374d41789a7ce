"""A PDF cut short, as downloads break off: bytes in, bytes that can be opened out.

What says where the pages are stands at the end of the file and is gone first. It is written
anew, from the catalogue if that is left, else from the pages themselves, in their order.

>>> b"/Root 7 0 R" in mended(b"%PDF-1.4 7 0 obj << /Type /Catalog /Pages 2 0 R >> endobj")
True
>>> mended(b"%PDF-1.4 nothing") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})[ \r\n]+(\d{1,5})[ \r\n]+obj\b")
_BEFORE = 4000  # bytes: so far in front of its kind an object may begin
_MOST = 5000  # pages
_A4 = b"/MediaBox [0 0 595 842]"
_NEW = 8_000_000  # pdfium takes no number above 8 388 607


def mended(data: bytes) -> bytes | None:
    """The file with a new end; None where there is nothing to begin with, or a password."""
    if b"/Encrypt" in data:  # the key has gone with the end
        return None
    root = next(_owners(data, b"Catalog"), None)
    end = b"\nendstream\nendobj\n"
    if root is None:
        pages = list(dict.fromkeys(islice(_owners(data, b"Page"), _MOST)))
        if not pages:
            return None
        root = b"%d 0 R" % _NEW
        end += b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (_NEW, _NEW + 1)
        listed = (_NEW + 1, b" ".join(pages), len(pages))
        end += b"%d 0 obj\n<< /Type /Pages /Kids [%s] /Count %d %s >>\nendobj\n" % (*listed, _A4)
    return data + end + b"trailer\n<< /Root %s >>\nstartxref\n0\n%%%%EOF\n" % root


def _owners(data: bytes, kind: bytes) -> Iterator[bytes]:
    """References to the objects of a kind."""
    for found in re.finditer(rb"/Type\s*/%s\b" % kind, data):
        if owner := _owner(data, found.start()):
            yield owner


def _owner(data: bytes, place: int) -> bytes | None:
    """The reference to the object in which a place lies."""
    start = max(0, place - _BEFORE)
    begun = list(_OBJECT.finditer(data, start, place))
    if not begun or b"endobj" in data[begun[-1].end() : place]:
        return None
    opened = begun[-1]
    return b"%s %s R" % (opened[1], opened[2])
