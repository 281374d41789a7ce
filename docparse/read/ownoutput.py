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
# Answers of the index: a key, or a place, above an indented line; an object of JSON; the head of
# a table; and its numbers, which are the whole file.
_ANSWERED = re.compile(
    rb"(?:bare|law|legal|letter|own|party|standard|state):[^\n]*@(?:\d{4}|\?)(?:[~ :][^\n]*)?\n {2}"
    rb"|[^\n]+\.\w{2,8}:\d+(?: \([^\n()]+\)){0,2}\n {4}\S"
    rb'|\[\s*\{"(?:key": (?:"[a-z]+:|null,)|kind": "(?:document|passage)", "how": "'
    rb'|kind": "[a-z]+", "key": "|name": "files", "value"|path": "[^\n"]*", "(?:state|other)": ")'
)
_TABLE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:name,value\r?\nfiles,\d|(?:key,(?:type,number|fit,reports|family,serial)"
    rb"|kind,(?:how,report|key,value)|report,(?:key,number|report_number|value,value_max)"
    rb"|path,(?:state,reason|other,likeness))[a-z0-9_,]*\r?\n)"
)
_NUMBERS = re.compile(
    rb"[^\n\d]+ \d+\n(?: {2}[^\n\d]+ \d+(?: {2}\([^\n]+\))?\n){5}(?:[^\s\d][^\n\d]+ \d+\n){6,}"
)
_PAGE = b'<meta name="generator" content="docparse">'
# Programs that save a workbook again may write the name space into the tag.
_PROPERTIES, _TITLE = "docProps/core.xml", b">docparse</dc:title>"


def refuse_own_output(form: str, data: bytes, *, path: str) -> None:
    """Raises where the file holds records, answers, a web page or a workbook of docparse."""
    if _is_own(form, data, path):
        raise FormatError("own-output", path=path)


def _is_own(form: str, data: bytes, path: str) -> bool:
    if form == "TEXT":
        head = data[:_HEAD]
        some = any(each.match(head) for each in (_RECORDS, _PRINTED, _ANSWERED, _TABLE))
        return some or _NUMBERS.fullmatch(head) is not None
    if form == "HTML":
        return _PAGE in data[:_HEAD]
    if form != "XLSX":
        return False
    from docparse.read.packages import open_package

    return _TITLE in (open_package(data, path=path).read(_PROPERTIES) or b"")
