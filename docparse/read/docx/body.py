"""The body of a Word document: the parts of a file in, its blocks in reading order out.

First a letterhead that stands in the first page's header, then the body, then footnotes and
endnotes by their marks, then other headers and footers, once each: they are no part of the text.

>>> from docparse.read.docx.parts import Parts, W
>>> from docparse.read.packages import open_package
>>> import io, zipfile
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as made:
...     xml = f'<w:document xmlns:w="{W[1:-1]}"><w:body><w:p/><w:tbl/></w:body></w:document>'
...     made.writestr("word/document.xml", xml)
>>> parts = Parts(open_package(file.getvalue(), path="a.docx"), "a.docx")
>>> [type(block).__name__ for block in BodyReader(parts).read()]
['Paragraph', 'Table']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docparse.errors import FormatError
from docparse.read.blocks import Block, Paragraph, all_pieces
from docparse.read.composing import is_letterhead
from docparse.read.docx.numbering import Numbering
from docparse.read.docx.parts import Parts, R, W
from docparse.read.docx.runs import RunReader
from docparse.read.docx.styles import Styles, is_on
from docparse.read.docx.tables import read_table
from docparse.read.legacy import Piece, decode_pieces
from docparse.read.xmltrees import Element

_DEEPEST = 40  # tables in cells of tables, boxes in boxes
_THROUGH = {"sdt", "sdtContent", "customXml", "ins", "moveTo"}
_LATER = "continuous"


class BodyReader:
    """Reads one document."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        main = parts.main
        self.styles = Styles(parts.related(main, "styles"), parts.related(main, "theme"))
        numbering = Numbering(parts.related(main, "numbering"))
        self.runs = RunReader(self.styles, numbering, self._blocks)
        self._depth = 0

    @property
    def counts(self) -> Counter[str]:
        return self.runs.counts

    @property
    def fetched(self) -> list[str]:
        return self.runs.fetched

    def read(self) -> list[Block]:
        """Everything that is printed, in reading order."""
        root = self.parts.root(self.parts.main)
        body = root.find(f"{W}body") if root is not None else None
        if body is None:
            raise FormatError("damaged-file", path=self.parts.path)
        blocks = self._blocks(body)
        top, later = self._margins(body)
        return [*top, *blocks, *self._notes(), *later]

    def _blocks(self, container: Element) -> list[Block]:
        """The paragraphs and tables of a body, a cell or a text box."""
        if self._depth >= _DEEPEST:
            raise FormatError("too-deep", path=self.parts.path)
        self._depth += 1
        try:
            return list(self._walk(container))
        finally:
            self._depth -= 1

    def _walk(self, container: Element) -> Iterator[Block]:
        for child in container:
            name = child.tag.rpartition("}")[2]
            if name == "p":
                yield self.runs.paragraph(child)
                if _ends_page(child):
                    yield _page_break()
            elif name == "tbl":
                yield read_table(child, self.styles, self._blocks, path=self.parts.path)
            elif name in _THROUGH:
                yield from self._walk(child)
            elif name == "altChunk":
                self.counts["foreign"] += 1
            elif name == "AlternateContent":
                ways = [way for way in child if len(way)]
                yield from self._walk(ways[0]) if ways else ()

    def _notes(self) -> Iterator[Block]:
        roots = {kind: self._note_texts(kind) for kind in {kind for kind, _ in self.runs.notes}}
        # A note may carry marks of further notes; the list grows while it is read.
        for index, (kind, name) in enumerate(self.runs.notes):
            element = roots.get(kind, {}).get(name)
            blocks = self._blocks(element) if element is not None else []
            first = next((block for block in blocks if isinstance(block, Paragraph)), None)
            if first is not None:
                font = first.pieces[0].font if first.pieces else None
                first.pieces.insert(0, Piece(f"[{index + 1}] ", font))
            yield from blocks

    def _note_texts(self, kind: str) -> dict[str, Element]:
        root = self.parts.related(self.parts.main, f"{kind}s")
        if root is None:
            return {}
        return {note.get(f"{W}id", ""): note for note in root.iterfind(f"{W}{kind}")}

    def _margins(self, body: Element) -> tuple[list[Block], list[Block]]:
        """A letterhead in the header of page one, and all other headers and footers, each once."""
        top: list[Block] = []
        later: list[Block] = []
        seen: set[str] = set()
        for shown_first, name in self._margin_names(body):
            blocks = self._margin(name)
            words = "\n".join(piece.text for piece in all_pieces(blocks)).strip()
            if not words or words in seen:
                continue
            seen.add(words)
            (top if shown_first and _has_letterhead(blocks) else later).extend(blocks)
        return top, later

    def _margin_names(self, body: Element) -> Iterator[tuple[bool, str]]:
        """The parts that hold headers and footers, and whether page one shows them on top."""
        relations = self.parts.relations(self.parts.main)
        for number, section in enumerate(body.iter(f"{W}sectPr")):
            title = section.find(f"{W}titlePg")
            first = "first" if title is not None and is_on(title.get(f"{W}val")) else "default"
            for mark in section:
                kind = mark.tag.rpartition("}")[2]
                relation = relations.get(mark.get(f"{R}id", ""))
                if kind not in ("headerReference", "footerReference") or relation is None:
                    continue
                on_top = kind == "headerReference" and mark.get(f"{W}type", "default") == first
                yield number == 0 and on_top, relation.target

    def _margin(self, name: str) -> list[Block]:
        root = self.parts.root(name)
        return self._blocks(root) if root is not None else []


def _ends_page(paragraph: Element) -> bool:
    """Whether a section ends with the paragraph and the next one begins a page."""
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is None:
        return False
    kind = section.find(f"{W}type")
    return kind is None or kind.get(f"{W}val") != _LATER


def _page_break() -> Paragraph:
    made = Paragraph()
    made.new_page = True
    return made


def _has_letterhead(blocks: list[Block]) -> bool:
    copies = [Piece(piece.text, piece.font) for piece in all_pieces(blocks)]
    decode_pieces(copies)
    return is_letterhead("".join(piece.text for piece in copies))
