"""The furniture of a web page: a parsed page in, the same page without it, words dropped out.

What is dropped is known by what an element is (nav, script …), by the role or name that the
page gives it, or by being hardly more than links. Nothing is dropped that holds most of the
page's words.

>>> from lxml import etree
>>> page = etree.HTML("<div class='main-menu'>Trang chủ</div><p>Kính gửi: Sở Công Thương</p>")
>>> drop_furniture(page), "".join(page.itertext())
(2, 'Kính gửi: Sở Công Thương')
"""

from __future__ import annotations

import re
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
_LINKS = 0.85  # the share of a block's letters that stand in links, beyond which it is a menu
_FEWEST_LINKS = 5
_MOST = 0.4  # of the page's letters: no furniture holds as much


def drop_furniture(root: Element) -> int:
    """Take the furniture out of the tree; gives the number of words that went with it."""
    for element in list(root.iter(*_SILENT)):
        _drop(element)
    whole = _letters(root)
    words = 0
    for element in list(root.iter()):
        if element.getparent() is None or not isinstance(element.tag, str):
            continue
        if _is_hidden(element):
            _drop(element)
        elif _is_furniture(element) and _letters(element) <= _MOST * whole:
            words += len(" ".join(element.itertext()).split())
            _drop(element)
    return words


def _is_hidden(element: Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _is_furniture(element: Element) -> bool:
    tag = element.tag
    if tag in _CONTROLS or element.get("role", "") in _ROLES:
        return True
    if tag in _PAGE_EDGE:
        return not any(above.tag in _CONTENT for above in element.iterancestors())
    if tag in ("html", "body", "main", "article", "p", "span", "b", "i", "a", "font", "td", "tr"):
        return tag == "td" and _is_menu(element)
    name = f"{element.get('id', '')} {element.get('class', '')}"
    return bool(_NAMES.search(name)) or (tag in _LISTS and _is_menu(element))


def _is_menu(element: Element) -> bool:
    """Many links and hardly a word beside them."""
    links = list(element.iter("a"))
    if len(links) < _FEWEST_LINKS:
        return False
    linked = sum(_letters(link) for link in links)
    return linked >= _LINKS * max(1, _letters(element))


def _letters(element: Element) -> int:
    return sum(len(part.strip()) for part in element.itertext())


def _drop(element: Element) -> None:
    """Take an element out, but not the words behind it, which belong to what is around it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
