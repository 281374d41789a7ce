"""The furniture of a web page: a parsed page in, the elements that are no part of its text out.

Furniture is known by what an element is (nav, script …), by the role or name that the page
gives it, or by being hardly more than links. Nothing that holds most of the page's words is.

>>> from lxml import etree
>>> page = etree.HTML("<div class='main-menu'>Trang chủ</div><p>Kính gửi: Sở Công Thương</p>")
>>> found = find_furniture(page)
>>> [element.text for element in found.elements], found.words
(['Trang chủ'], 2)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from docparse.read.xmltrees import Element

_SILENT = {
    "script", "style", "noscript", "template", "head", "iframe", "frame", "object", "embed",
    "applet", "svg", "math", "canvas", "audio", "video", "map", "link", "meta", "base",
}  # fmt: skip
_CONTROLS = {"nav", "aside", "button", "input", "select", "textarea", "dialog", "menu"}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu"}
_NAMES = re.compile(
    r"(?<![a-z])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|sidebar|footer|topbar|banner"
    r"|advert|ads|adv|quangcao|cookies?|social|share|sharing|login|signin|popup|modal|comments?"
    r"|related|lienquan|toolbar|pagination|paging|search|hotline|copyright)(?![a-z])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PAGE_EDGE = {"header", "footer"}
_CONTENT = {"article", "main", "table"}
_LISTS = {"ul", "ol", "div", "td"}
_NAMED = {"div", "section", "ul", "ol", "form", "table", "details", "figure"}
_LINKS = 0.85  # the share of a block's letters that stand in links, beyond which it is a menu
_FEWEST_LINKS = 5
_MOST = 0.4  # of the page's letters: no furniture holds as much


class _Counts(NamedTuple):
    """What stands in an element: letters, those of them in links, and links."""

    letters: int
    linked: int
    links: int


class Furniture(NamedTuple):
    """Elements to leave out, and how many words of furniture stand in them."""

    elements: frozenset[Element]
    words: int


def find_furniture(root: Element) -> Furniture:
    """What is not to be read of a page; elements inside others that are left out go unnamed."""
    counts = _count(root)
    whole = counts[root].letters
    found: list[Element] = []
    words = 0
    waiting = [root]
    while waiting:
        for element in waiting.pop():
            count = counts.get(element)
            if count is None or element.tag in _SILENT or _is_hidden(element):
                found.append(element)
            elif count.letters <= _MOST * whole and _is_furniture(element, count):
                found.append(element)
                words += len(" ".join(element.itertext()).split())
            else:
                waiting.append(element)
    return Furniture(frozenset(found), words)


def _count(root: Element) -> dict[Element, _Counts]:
    """The counts of every element, from the innermost outwards."""
    counts: dict[Element, _Counts] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        letters = len((element.text or "").strip())
        linked = links = 0
        for child in element:
            inner = counts.get(child, _Counts(0, 0, 0))
            letters += inner.letters + len((child.tail or "").strip())
            linked += inner.linked
            links += inner.links
        if element.tag in _SILENT:
            letters = linked = links = 0
        elif element.tag == "a":
            linked, links = letters, 1
        counts[element] = _Counts(letters, linked, links)
    return counts


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_furniture(element: Element, count: _Counts) -> bool:
    tag = element.tag
    if tag in _CONTROLS or element.get("role", "") in _ROLES:
        return True
    if tag in _PAGE_EDGE:
        return not any(above.tag in _CONTENT for above in element.iterancestors())
    menu = count.links >= _FEWEST_LINKS and count.linked >= _LINKS * count.letters
    if tag in _LISTS and menu:
        return True
    if tag not in _NAMED:
        return False
    return bool(_NAMES.search(f"{element.get('id', '')} {element.get('class', '')}"))
