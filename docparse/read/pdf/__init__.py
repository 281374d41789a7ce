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

from hashlib import sha256

from docparse.errors import EmptyError, FormatError, NotReadableError, ReadError
from docparse.models import Notice, Source
from docparse.read.pdf.assemble import Assembly
from docparse.read.pdf.limits import PdfLimits
from docparse.read.pdf.mending import mended
from docparse.read.pdf.notices import Notices
from docparse.read.pdf.opened import open_document
from docparse.read.pdf.pages import read_pages
from docparse.read.pdf.values import Path

__all__ = ["PdfLimits", "read_pdf"]


def read_pdf(
    data: bytes,
    *,
    path: str,
    password: str | None = None,
    ocr: bool = True,
    limits: PdfLimits | None = None,
) -> Source:
    """The source of a PDF; a ReadError says why where there is nothing to be had."""
    whole = data
    try:
        document = open_document(data, path=path, password=password)
    except FormatError:
        whole = mended(data) or data
        document = open_document(whole, path=path, password=password)
    notices, assembly = Notices(), Assembly()
    try:
        count = len(document)
        if not count:
            raise EmptyError("pdf-no-pages", path=path)
        limits = limits or PdfLimits()
        for page in read_pages(document, whole, limits, password, ocr=ocr, notices=notices):
            assembly.add(page)
            notices.add(page)
        assembly.finish()
    finally:
        document.close()
    text = assembly.text
    if not text.strip():
        raise _nothing(notices, path)
    return Source(
        text=text,
        path=path,
        sha256=sha256(data).hexdigest(),
        format="pdf",
        pages=count,
        ocr=notices.has(Path.OCR),
        notices=(
            *(() if whole is data else (Notice(code="damaged-kept"),)),
            *notices.all(text, assembly.doubtful),
        ),
        grids=tuple(assembly.grids),
        places=assembly.places,
        doubtful=tuple(assembly.doubtful),
    )


def _nothing(notices: Notices, path: str) -> ReadError:
    """Why there is no text at all."""
    reason = notices.first_reason()
    if reason is None:
        return EmptyError("pdf-no-text", path=path)
    if reason in ("ocr-no-tesseract", "ocr-no-language", "ocr-off"):
        return NotReadableError("pdf-scan-unread", path=path, pages=notices.lost_pages())
    if reason == "pdf-page-costly":
        return NotReadableError("pdf-too-costly", path=path, pages=notices.lost_pages())
    return NotReadableError("pdf-no-page-read", path=path, pages=notices.lost_pages(), why=reason)
