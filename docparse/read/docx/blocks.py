"""What a Word document is made of, while it is being read: paragraphs and tables.

The pieces of a paragraph keep their fonts until all of them are decoded together.

>>> paragraph = Paragraph()
>>> paragraph.add("Số ", None)
>>> paragraph.add("12", None)
>>> paragraph.words, len(paragraph.pieces)
('Số 12', 1)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docparse.read.legacy import Piece


class Paragraph:
    """Runs of text with the text boxes that hang on them.

    In the pieces ``\\n`` is a line break and ``\\f`` a page break; ``new_page`` asks for one
    before, ``joined`` says that a tracked change took the paragraph's end away.
    """

    __slots__ = ("boxes", "joined", "new_page", "pieces", "turned")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[list[Block]] = []
        self.new_page = False
        self.joined = False
        self.turned = False

    @property
    def words(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def add(self, text: str, font: str | None, *, capitals: bool = False) -> None:
        """Put text behind; in the same font it is one piece, so that no letter is cut in two."""
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.font == font and last.capitals == capitals:
            last.text += text
        else:
            self.pieces.append(Piece(text, font, capitals=capitals))


@dataclass(slots=True, kw_only=True)
class TableCell:
    """A cell where it begins, in columns of the table's grid."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Table:
    """The cells of a table; ``ruled`` if it has lines."""

    cells: list[TableCell]
    ruled: bool


Block = Paragraph | Table


def all_pieces(blocks: list[Block]) -> Iterator[Piece]:
    """Every piece of text in blocks, also in cells and boxes."""
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield from all_pieces(cell.blocks)
        else:
            yield from block.pieces
            for box in block.boxes:
                yield from all_pieces(box)
