"""Reading PDF: the bytes of a file in, a :class:`Source` out, with tables and places.

Each page is read by the quickest path that yields words (pdfium's characters, old fonts decoded,
pdfplumber, OCR for scans); tables are found, joined over pages and stand in the text as rows of
cells between tabs. What could not be read is a notice for its page; an error is raised only
where nothing at all could be read.

>>> read_pdf(b"%PDF-1.4 nothing", path="a.pdf")
Traceback (most recent call last):
docparse.errors.FormatError: ...
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from docparse.errors import EmptyError, ReadError
from docparse.models import Notice, Source
from docparse.read.pdf.assemble import Assembly
from docparse.read.pdf.limits import Limits
from docparse.read.pdf.notices import Notices
from docparse.read.pdf.opened import open_document
from docparse.read.pdf.values import Page, Path

__all__ = ["Limits", "read_pdf"]

_DIGIT = re.compile(r"\d")


def read_pdf(
    data: bytes,
    *,
    path: str,
    password: str | None = None,
    ocr: bool = True,
    limits: Limits | None = None,
) -> Source:
    """The source of a PDF; a ReadError says why where there is nothing to be had."""
    limits = limits or Limits()
    document = open_document(data, path=path, password=password)
    try:
        count = len(document)
        if not count:
            raise EmptyError("pdf-no-pages", path=path)
        notices = Notices()
        assembly = Assembly()
        for page in _pages(document, data, count, limits, password, ocr, notices):
            assembly.add(page)
            notices.add(page)
        assembly.finish()
    finally:
        document.close()
    return _source(data, path, count, assembly, notices)
