"""Saved web pages: the bytes of an HTML file in, a source out with its text and tables.

Scripts, styles and the portal's own furniture (menus, links to other pages, forms) are left
out, and how much was is said. Nothing that the page refers to is opened.

>>> page = b"<html><nav>Home</nav><p>So: 12<br>Ha Noi</p><script>x</script></html>"
>>> read_html(page, path="a.html").text
'So: 12\\nHa Noi\\n'
"""

from __future__ import annotations

import re
from hashlib import sha256

from lxml import etree

from docparse.errors import EmptyError, FormatError
from docparse.models import Notice, Source
from docparse.read.blocks import all_pieces, compose
from docparse.read.composing import Composer
from docparse.read.encodings import decode
from docparse.read.legacy import decode_pieces
from docparse.read.webblocks import WebReader
from docparse.read.webparts import find_furniture
from docparse.read.xmltrees import Element

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEAD = 4096
# A tag takes time in the square of its attributes; so many stand in none that was written.
_LONG_TAG = re.compile(r"<([A-Za-z][\w:-]*)\s[^<>]{50000,}")
_MOST_ATTRIBUTES = 1000
_FEW = 20  # words: less furniture than this is not worth a notice


def read_html(data: bytes, *, path: str, encoding: str | None = None) -> Source:
    """The source of a page; raises a ReadError where there is no text to be had."""
    root = _parse(_characters(data, encoding), path)
    furniture = find_furniture(root)
    blocks = WebReader(path, furniture.elements).blocks(root)
    found = decode_pieces(list(all_pieces(blocks)))
    composer = Composer()
    compose(blocks, composer)
    if not composer.text.strip():
        raise EmptyError("blank-file", path=path)
    notices = []
    if found.encodings:
        values = (("encoding", ", ".join(found.encodings)),)
        notices.append(Notice(code="legacy-encoding", values=values))
    if furniture.words >= _FEW:
        values = (("count", str(furniture.words)),)
        notices.append(Notice(code="web-furniture", values=values))
    return Source(
        text=composer.text,
        path=path,
        sha256=sha256(data).hexdigest(),
        format="html",
        encoding="+".join(found.encodings) or "utf-8",
        notices=tuple(notices),
        grids=tuple(composer.grids),
    )


def _characters(data: bytes, encoding: str | None) -> str:
    """The page as characters; letters of old fonts are decoded later, font by font."""
    if encoding is not None:
        return decode(data, encoding=encoding).text
    declared = _CHARSET.search(data[:_HEAD])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(data).text
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if declared and declared.group(1).lower() in (b"windows-1258", b"utf-8"):
        return decode(data, encoding=declared.group(1).decode("ascii")).text
    # The five codes that windows-1252 leaves open are letters in the old encodings.
    return data.decode("latin-1").translate(_WESTERN)


def _western(code: int) -> str:
    return bytes([code]).decode("cp1252", "ignore") or chr(code)


_WESTERN = {code: _western(code) for code in range(0x80, 0xA0)}


def _with_few_attributes(tag: re.Match[str]) -> str:
    """A long tag as it is, or bare where its length comes from endless attributes."""
    written = tag.group()
    return f"<{tag.group(1)}" if written.count("=") > _MOST_ATTRIBUTES else written


def _parse(text: str, path: str) -> Element:
    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    sane = _LONG_TAG.sub(_with_few_attributes, text)
    root = etree.fromstring(sane.encode("utf-8", "replace"), parser)
    if root is None:
        raise FormatError("damaged-file", path=path)
    return root
