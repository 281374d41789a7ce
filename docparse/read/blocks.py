"""What a Word or web document is made of, while it is being read: paragraphs and tables.

The pieces of a paragraph keep their fonts until all of them are decoded together; then the
blocks are printed one below the other.

>>> paragraph = Paragraph()
>>> paragraph.add("Số ", None)
>>> paragraph.add("12", None)
>>> paragraph.words, len(paragraph.pieces)
('Số 12', 1)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from docparse.read.composing import Cell, Composer
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


def compose(blocks: list[Block], composer: Composer) -> None:
    """Print blocks one below the other."""
    waiting = ""
    for block in blocks:
        if isinstance(block, Table):
            composer.table(list(map(_cell, block.cells)), ruled=block.ruled)
            continue
        if block.new_page:
            composer.page_break()
        words = waiting + block.words
        waiting = words if block.joined else ""
        if not block.joined:
            _print(words, composer)
        for box in block.boxes:
            compose(box, composer)
        if block.turned and not block.new_page and "\f" not in words:
            composer.page_break()
    if waiting:
        _print(waiting, composer)


def _cell(cell: TableCell) -> Cell:
    words = words_of(cell.blocks)
    return Cell(cell.row, cell.column, words, cell.row_span, cell.column_span)


def words_of(blocks: list[Block]) -> str:
    """What stands in a cell, a line for each paragraph."""
    lines = []
    for block in blocks:
        if isinstance(block, Table):
            lines += [words_of(cell.blocks) for cell in block.cells]
        else:
            lines.append(block.words.replace("\f", "\n"))
            lines += [words_of(box) for box in block.boxes]
    return "\n".join(line for line in lines if line.strip())


def _print(words: str, composer: Composer) -> None:
    for page, part in enumerate(words.split("\f")):
        if page:
            composer.page_break()
        if part or not page:
            for line in part.split("\n"):
                composer.line(line.strip(" ") if line[:4] == "    " else line)
