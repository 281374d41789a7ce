"""Which reader takes which format: the bytes of a file and its format in, its source out.

A reader is imported when the first file of its kind comes.

>>> read_format("TEXT", b"So: 12", path="a.txt", encoding=None).text
'So: 12'
>>> "DOCX" in READ, "PNG" in READ
(True, False)
"""

from __future__ import annotations

from docparse.errors import FormatError
from docparse.models import Source
from docparse.read.limits import Limits
from docparse.read.ownoutput import refuse_own_output

TEXT = "TEXT"
_OFFICE = ("DOC", "RTF", "ODT")
_SHEETS = ("XLS", "XLSX", "ODS")
READ = frozenset({TEXT, "DOCX", "HTML", "PDF", *_OFFICE, *_SHEETS})


def read_format(
    name: str,
    data: bytes,
    *,
    path: str,
    encoding: str | None,
    password: str | None = None,
    limits: Limits | None = None,
) -> Source:
    """Read a file of a format that is known from its content; the last two are for a PDF."""
    refuse_own_output(name, data, path=path)
    if name == TEXT:
        from docparse.read.textfile import read_text

        return read_text(data, path=path, encoding=encoding)
    if name == "PDF":
        from docparse.read.pdf import read_pdf
        from docparse.read.pdf.limits import PdfLimits

        bounds = limits or Limits()
        pdf = PdfLimits(pages=bounds.pages, pixels=bounds.pixels)
        return read_pdf(data, path=path, password=password, limits=pdf)
    return _read_office_format(name, data, path, encoding)


def _read_office_format(name: str, data: bytes, path: str, encoding: str | None) -> Source:
    if name == "DOCX":
        from docparse.read.docx import read_docx

        return read_docx(data, path=path, encoding=encoding)
    if name in _OFFICE:
        from docparse.read.office import read_office

        return read_office(data, name, path=path, encoding=encoding)
    if name in _SHEETS:
        from docparse.read.sheets import read_sheets

        return read_sheets(data, name, path=path, encoding=encoding)
    if name == "HTML":
        from docparse.read.html import read_html

        return read_html(data, path=path, encoding=encoding)
    raise FormatError("unsupported-format", path=path, format=name)
