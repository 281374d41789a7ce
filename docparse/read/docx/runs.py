"""Paragraphs of a Word document: ``w:p`` in, pieces of text with their fonts out.

Tracked changes are taken as accepted: what was inserted is text, what was deleted is not.
Of a field its result is text, not its instruction.

>>> from docparse.read.xmltrees import parse_xml
>>> xml = f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>Số</w:t><w:tab/><w:t>12</w:t></w:r></w:p>'
>>> reader = RunReader(Styles(None, None), Numbering(None), lambda element: [])
>>> reader.paragraph(parse_xml(xml.encode(), path="a.docx").root).words
'Số    12'
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from docparse.read.blocks import Block, Paragraph
from docparse.read.docx.numbering import Numbering
from docparse.read.docx.parts import W
from docparse.read.docx.styles import Styles, is_on
from docparse.read.xmltrees import Element

_TAB = "    "  # a tab would make a table of the line; three spaces still tell columns apart
_THROUGH = {
    "hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "customXml", "fldSimple",
    "bdo", "dir", "oMath", "oMathPara", "rubyBase", "ruby", "subDoc",
}  # fmt: skip
_REMOVED = {"del", "moveFrom"}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {"tab": _TAB, "ptab": _TAB, "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}
# Fields that fetch something from outside, and those that only number pages.
_FETCHING = re.compile(r"\s*(?:INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|IMPORT)\b\s*(.{0,200})")
_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")


class RunReader:
    """Reads paragraph after paragraph; a field may begin in one and end in another."""

    def __init__(
        self, styles: Styles, numbering: Numbering, boxes: Callable[[Element], list[Block]]
    ) -> None:
        self.styles = styles
        self.numbering = numbering
        self.counts: Counter[str] = Counter()
        self.fetched: list[str] = []
        self.notes: list[tuple[str, str]] = []  # kind and id, in the order of their marks
        self._boxes = boxes
        self._fields: list[list[str]] = []  # instructions of the open fields, "" once separated

    def paragraph(self, element: Element) -> Paragraph:
        """One ``w:p`` with its printed number."""
        made = Paragraph()
        setting = element.find(f"{W}pPr")
        style = _named(setting, "pStyle")
        self._set(made, setting, style)
        self._walk(element, made, style)
        if setting is not None:
            mark = setting.find(f"{W}rPr")
            made.joined = mark is not None and mark.find(f"{W}del") is not None
            numbered = setting.find(f"{W}numPr")
        else:
            numbered = None
        if any(piece.text.strip() for piece in made.pieces):
            label = self.numbering.label(
                numbered if numbered is not None else self.styles.numbering(style)
            )
            if label is not None:
                font = label.font or made.pieces[0].font
                label.font, label.text = font, f"{label.text} "
                made.pieces.insert(0, label)
        return made

    def _set(self, made: Paragraph, setting: Element | None, style: str | None) -> None:
        own = setting.find(f"{W}pageBreakBefore") if setting is not None else None
        if own is not None:
            made.new_page = is_on(own.get(f"{W}val"))
        else:
            made.new_page = self.styles.breaks_page(style)

    def _walk(self, parent: Element, made: Paragraph, style: str | None) -> None:
        for child in parent:
            name = _local(child)
            if name == "r":
                self._run(child, made, style)
            elif name in _THROUGH:
                self.counts["inserted"] += name in ("ins", "moveTo")
                self._walk(child, made, style)
            elif name in _REMOVED:
                self.counts["deleted"] += 1
            elif name == "AlternateContent":
                self._drawing(child, made)

    def _run(self, run: Element, made: Paragraph, style: str | None) -> None:
        if run.tag.startswith(_MATH):
            made.add("".join(run.itertext(f"{_MATH}t")), None)
            return
        setting = run.find(f"{W}rPr")
        character = _named(setting, "rStyle")
        shown = not self.styles.hidden(setting, character, style)
        font = self.styles.font(setting, character, style)
        capitals = self.styles.capitals(setting, character, style)
        for child in run:
            text = self._text(child, made)
            if not text or self._in_instruction():
                continue
            if shown:
                made.add(text, font, capitals=capitals)
            elif text.strip():
                self.counts["hidden"] += 1

    def _text(self, child: Element, made: Paragraph) -> str:
        """The characters that a child of a run stands for."""
        name = _local(child)
        match name:
            case "t":
                return child.text or ""
            case "br":
                return "\f" if child.get(f"{W}type") == "page" else "\n"
            case "sym":
                return _symbol(child)
            case "footnoteReference" | "endnoteReference":
                return self._note(name.removesuffix("Reference"), child)
            case "ruby":
                return "".join(child.itertext(f"{W}t"))
            case "lastRenderedPageBreak":
                made.turned = True
            case "drawing" | "pict" | "object" | "AlternateContent":
                self._drawing(child, made)
            case _:
                self._field(name, child)
        return _SIGNS.get(name, "")

    def _field(self, name: str, element: Element) -> None:
        kind = element.get(f"{W}fldCharType", "")
        if name == "instrText" and self._fields:
            self._fields[-1].append(element.text or "")
        elif kind == "begin":
            self._fields.append([])
        elif kind == "separate" and self._fields:
            self._note_fetch("".join(self._fields[-1]))
            pages = _PAGES.match("".join(self._fields[-1]))
            # A page number is that of the page, not of the text: its result is left out.
            self._fields[-1] = ["PAGE"] if pages else [""]
        elif kind == "end" and self._fields:
            self._note_fetch("".join(self._fields.pop()))

    def _note_fetch(self, instruction: str) -> None:
        if found := _FETCHING.match(instruction):
            self.fetched.append(found.group(1).strip() or instruction.strip())

    def _in_instruction(self) -> bool:
        return any(field != [""] for field in self._fields)

    def _note(self, kind: str, mark: Element) -> str:
        key = (kind, mark.get(f"{W}id", ""))
        if key not in self.notes:
            self.notes.append(key)
        return f"[{self.notes.index(key) + 1}]"

    def _drawing(self, element: Element, made: Paragraph) -> None:
        """Text boxes of a drawing; of a drawing written in two ways only one is read."""
        if _local(element) == "AlternateContent":
            ways = [way for way in element if len(way)]
            if ways:
                for child in ways[0]:
                    self._drawing(child, made)
            return
        self.counts["objects"] += _local(element) == "object"
        boxes = list(_outermost(element))
        for box in boxes:
            made.boxes.append(self._boxes(box))
        if not boxes:
            pictures = (*element.iter("{*}blip"), *element.iter("{*}imagedata"))
            self.counts["pictures"] += bool(pictures)


def _outermost(element: Element) -> Iterator[Element]:
    """The contents of text boxes; a box inside a box is read with its own paragraph."""
    for child in element:
        name = _local(child)
        if name == "txbxContent":
            yield child
        elif name == "AlternateContent":
            ways = [way for way in child if len(way)]
            yield from _outermost(ways[0]) if ways else ()
        else:
            yield from _outermost(child)


def _symbol(element: Element) -> str:
    """A sign of a symbol font stands at its private place, where repair knows some."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    return chr(code | 0xF000) if 0x20 <= code < 0x100 else chr(code) if code < 0x10000 else ""


def _named(setting: Element | None, name: str) -> str | None:
    found = setting.find(f"{W}{name}") if setting is not None else None
    return found.get(f"{W}val") if found is not None else None


def _local(element: Element) -> str:
    tag: str = element.tag
    return tag.rpartition("}")[2]
