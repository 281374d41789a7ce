"""All pages of an open document, one after another: what cannot be read is lost alone.

In go the document and the limits, out come pages in their order; a page that failed is an empty
one, and the notices name it and why.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from docparse.errors import ReadError
from docparse.read.caged import at, beat, given_up, leave
from docparse.read.pdf.limits import PdfLimits
from docparse.read.pdf.notices import Notices
from docparse.read.pdf.opened import open_document
from docparse.read.pdf.pageread import PageError, PageText, lay_out, read_text
from docparse.read.pdf.tesseract import OcrError, missing
from docparse.read.pdf.values import Page, Path

_BEAT = 25  # pages from one sign of progress to the next
_SECONDS = 10.0
_LOOKS = 3  # runs of tesseract that a page may take


def read_pages(
    document: Any,
    data: bytes,
    limits: PdfLimits,
    password: str | None,
    *,
    ocr: bool,
    notices: Notices,
) -> Iterator[Page]:
    """The pages of a document within its limits."""
    reader = _Reader(document, data, limits, password, ocr, notices)
    began = time.monotonic()
    try:
        for index in range(len(document)):
            if index >= limits.pages:
                reader.leave_out(index, len(document), "pdf-too-many-pages")
                return
            if time.monotonic() - began > limits.seconds:
                reader.leave_out(index, len(document), "pdf-out-of-time")
                return
            if index % _BEAT == 0:
                beat(_SECONDS)
            at(index)
            yield reader.read(index)
    finally:
        leave()
        reader.close()


class _Reader:
    """Reads one page after another; opens the file a second time when a page must be seen."""

    def __init__(
        self,
        document: Any,
        data: bytes,
        limits: PdfLimits,
        password: str | None,
        ocr: bool,
        notices: Notices,
    ) -> None:
        self.document = document
        self.data = data
        self.limits = limits
        self.password = password
        self.ocr = ocr
        self.notices = notices
        self.seen: Any = None

    def close(self) -> None:
        if self.seen is not None:
            self.seen.close()

    def leave_out(self, first: int, count: int, code: str) -> None:
        for index in range(first, count):
            self.notices.lose(index + 1, code)

    def read(self, index: int) -> Page:
        """The page, by text or by eye; an empty one where neither works."""
        import pypdfium2

        if index in given_up():
            return self._lost(index, "pdf-page-costly")
        failures = (PageError, pypdfium2.PdfiumError, MemoryError, ArithmeticError, ValueError)
        try:
            text = read_text(self.document, index, self.data, self.limits, self.password)
            page = lay_out(text, index)
            return self._look(index, text, page) if text.scan else page
        except failures as error:
            return self._lost(index, getattr(error, "code", "pdf-page-damaged"))

    def _lost(self, index: int, code: str) -> Page:
        self.notices.lose(index + 1, code)
        return Page(number=index + 1, width=0.0, height=0.0, path=Path.NONE)

    def _look(self, index: int, text: PageText, page: Page) -> Page:
        """The scanned page by OCR, with what is stamped on it; else what text it has."""
        from docparse.read.pdf.ocr import read_scan

        lacking = missing() if self.ocr else "ocr-off"
        if lacking is not None:
            self.notices.lose(index + 1, lacking)
            return page
        beat(_LOOKS * self.limits.ocr_seconds)
        try:
            seen = read_scan(self._document(), index, self.limits)
        except OcrError as error:
            self.notices.lose(index + 1, error.code)
            return page
        return _with_stamps(seen, page, text)

    def _document(self) -> Any:
        """The file as it lies on paper: reading text has stamped the first copy."""
        if self.seen is None:
            with suppress(ReadError):
                self.seen = open_document(self.data, path="", password=self.password)
        return self.seen


def _with_stamps(seen: Page, page: Page, text: PageText) -> Page:
    """What was seen, then the words that the file has beside the picture."""
    blocks = page.blocks if text.reading.judgement.good else text.stamps
    return Page(
        number=seen.number,
        width=seen.width,
        height=seen.height,
        turns=seen.turns,
        blocks=(*seen.blocks, *blocks),
        path=seen.path,
        sure=seen.sure,
    )
