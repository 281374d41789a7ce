"""What docparse itself wrote is no report: a file goes in, an error comes out if it is such.

A result saved into the folder of the reports would otherwise be read with them, and every
finding in it would be found a second time.

>>> refuse_own_output("TEXT", b"So: 12", path="a.txt")
>>> refuse_own_output("TEXT", b'[{"schema": "docparse.report/1"', path="a.txt")
Traceback (most recent call last):
docparse.errors.FormatError: a.txt: written by docparse, ...
"""

from __future__ import annotations

import re

from docparse.errors import FormatError

_HEAD = 2000
_RECORDS = re.compile(rb'\s*\[?\s*\{\s*"(?:schema": "docparse\.|code": "[A-Z]{3}\d{3}", "name": ")')
# Findings and whole texts as printed: "LỖI REP401 Title" above an indented line, "== a ==".
_PRINTED = re.compile(rb"(?:[^\n\d]{2,20} [A-Z]{3}\d{3} [^\n]+\n {2}\S|== [^\n]+ ==\n)")
_PAGE = b'<meta name="generator" content="docparse">'
# Programs that save a workbook again may write the name space into the tag.
_PROPERTIES, _TITLE = "docProps/core.xml", b">docparse</dc:title>"


def refuse_own_output(form: str, data: bytes, *, path: str) -> None:
    """Raises where the file holds records, a web page or a workbook of docparse."""
    if _is_own(form, data, path):
        raise FormatError("own-output", path=path)


def _is_own(form: str, data: bytes, path: str) -> bool:
    if form == "TEXT":
        return any(each.match(data[:_HEAD]) for each in (_RECORDS, _PRINTED))
    if form == "HTML":
        return _PAGE in data[:_HEAD]
    if form != "XLSX":
        return False
    from docparse.read.packages import open_package

    return _TITLE in (open_package(data, path=path).read(_PROPERTIES) or b"")
