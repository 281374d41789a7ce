"""Opening a PDF: bytes in, an open document out, or an error that says what to do.

>>> open_document(b"%PDF-1.4 nothing", path="a.pdf", password=None)
Traceback (most recent call last):
docparse.errors.FormatError: ...
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docparse.errors import FormatError, NotReadableError, ReadError
from docparse.models import Box
from docparse.read.pdf.values import turn_box

_WRONG_PASSWORD = 4
_SECURITY = 5
_LINK = 2
_POPUP = 16


def open_document(data: bytes, *, path: str, password: str | None) -> Any:
    """A pypdfium2 document; the caller closes it."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise _error(getattr(error, "err_code", None), path, password) from error


def _error(code: int | None, path: str, password: str | None) -> ReadError:
    if code == _WRONG_PASSWORD:
        name = "pdf-encrypted" if password is None else "pdf-wrong-password"
        return NotReadableError(name, path=path)
    if code == _SECURITY:
        return NotReadableError("pdf-encrypted", path=path)
    return FormatError("pdf-damaged", path=path)


@contextmanager
def open_page(document: Any, index: int) -> Iterator[tuple[Any, list[Box], int]]:
    """A page, the boxes (y upwards) of what was stamped onto it, and how many characters it has
    of its own: those of stamps come after them. The page is closed at the end.

    The number and date of a signed paper stand in stamps, which are no part of the page's own
    text; flattening makes them one.
    """
    import pypdfium2.raw as raw

    page = document[index]
    own = 0
    stamps = _stamps(page)
    if stamps:
        own = _count(page)
        if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = document[index]
        else:
            stamps = []
    try:
        yield page, stamps, own
    finally:
        page.close()


def _count(page: Any) -> int:
    textpage = page.get_textpage()
    try:
        return int(textpage.count_chars())
    finally:
        textpage.close()


def _stamps(page: Any) -> list[Box]:
    import pypdfium2.raw as raw

    found = []
    for index in range(max(0, raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        rect = raw.FS_RECTF()
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind not in (_LINK, _POPUP) and raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
            found.append((rect.left, rect.bottom, rect.right, rect.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def upright_boxes(page: Any, boxes: list[Box], turns: int) -> list[Box]:
    """Boxes with y upwards in the frame in which the page's text stands upright."""
    left, bottom, right, top = page.get_bbox()
    return [
        turn_box((x0 - left, top - y1, x1 - left, top - y0), turns, right - left, top - bottom)
        for x0, y0, x1, y1 in boxes
    ]
