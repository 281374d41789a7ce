"""The second reader: bytes and a page number in, the lines that pdfplumber finds out.

Slower by far than pdfium and another reading of the same file, so it is asked only where the
gate turned the first one down. The page is closed at once, or pdfminer keeps all of it.

>>> plumber_lines(b"", 0, None)
[]
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docparse.read.pdf.values import Line, Word

_SAME_LINE = 3.0


def plumber_lines(data: bytes, index: int, password: str | None) -> list[Line]:
    """The lines of one page; none where pdfminer cannot read the file."""
    try:
        opened = io.BytesIO(data)
        with _pdfplumber().open(opened, pages=[index + 1], password=password or "") as pdf:
            page = pdf.pages[0]
            words = page.extract_words(keep_blank_chars=False, use_text_flow=False)
            page.close()
    except Exception:  # noqa: BLE001  pdfminer raises whatever a broken file leads it to
        return []
    lines: list[list[Word]] = []
    for found in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        word = _word(found)
        if not lines or word.base - lines[-1][0].base > _SAME_LINE:
            lines.append([])
        lines[-1].append(word)
    return [Line(tuple(sorted(line, key=lambda word: word.x0))) for line in lines]


@cache
def _pdfplumber() -> Any:
    """pdfplumber, over documents in which no object leads to itself.

    pdfminer follows a reference until it comes to something else, and there it never does. Where
    pdfplumber takes its documents from cannot be told otherwise.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfexceptions import PDFObjectNotFound
    from pdfminer.pdftypes import PDFObjRef

    class Document(PDFDocument):
        """Gives out what a reference leads to in the end."""

        def getobj(self, objid: int) -> object:
            found = super().getobj(objid)
            seen = {objid}
            while isinstance(found, PDFObjRef):
                if found.objid in seen:
                    raise PDFObjectNotFound(objid)
                seen.add(found.objid)
                found = super().getobj(found.objid)
            return found

    vars(pdfplumber.pdf)["PDFDocument"] = Document
    return pdfplumber


def _word(found: dict[str, Any]) -> Word:
    x0, top, x1, bottom = (float(found[side]) for side in ("x0", "top", "x1", "bottom"))
    return Word(found["text"], x0, top, x1, bottom, bottom, max(1.0, bottom - top))
