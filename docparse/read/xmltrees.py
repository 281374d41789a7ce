"""XML of office files, parsed so that it can reach nothing: bytes in, the root element out.

No entity is replaced, no DTD loaded, no address opened. A DOCTYPE, which no office program
writes, is refused. What is left of a damaged part is kept.

>>> parse_xml(b"<a><b>x</b></a>", path="a.docx").root[0].text
'x'
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from docparse.errors import FormatError
from docparse.read.packages import Package

__all__ = ["Element", "Parsed", "parse_xml", "refuse_doctypes"]

_HEAD = 65_536  # bytes: a DOCTYPE stands before everything else

# Also in UTF-16 of either order, where zeros stand between the letters.
_DOCTYPE = re.compile(b"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")


class Parsed(NamedTuple):
    """A tree, and whether something of it was lost."""

    root: Element
    damaged: bool


def parse_xml(data: bytes, *, path: str) -> Parsed:
    """The tree of one part; raises a FormatError where there is nothing to be had."""
    if _DOCTYPE.search(data):
        raise FormatError("doctype", path=path)
    damaged = False
    try:
        root = etree.fromstring(data, _parser(recover=False))
    except etree.XMLSyntaxError:
        damaged = True
        try:
            root = etree.fromstring(data, _parser(recover=True))
        except etree.XMLSyntaxError:
            root = None
    if root is None:
        raise FormatError("damaged-file", path=path)
    if root.getroottree().docinfo.doctype:  # written in an encoding that hides it
        raise FormatError("doctype", path=path)
    return Parsed(root, damaged)


def refuse_doctypes(package: Package) -> None:
    """Raise a FormatError if any part has a DOCTYPE, also one that only others would parse."""
    for name in package.names:
        if name.endswith((".xml", ".rels")) and _DOCTYPE.search(package.head(name, _HEAD)):
            raise FormatError("doctype", path=package.path)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
