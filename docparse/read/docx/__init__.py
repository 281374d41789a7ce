"""Word documents (DOCX): bytes in, a source out whose text runs in the order of the body.

    parts       the container: XML parts, links, macros
    styles      fonts, capitals, lines of tables
    numbering   numbers that Word prints but does not write
    runs        paragraphs: text with fonts, fields, tracked changes
    tables      cells with spans
    body        blocks in order, notes, headers and footers
    blocks      what passes between them

>>> from docparse.read.docx.parts import W
>>> import io, zipfile
>>> body = '<w:body><w:p><w:r><w:t>Số: 12/KH-SCT</w:t></w:r></w:p></w:body>'
>>> file = io.BytesIO()
>>> with zipfile.ZipFile(file, "w") as made:
...     xml = f'<w:document xmlns:w="{W[1:-1]}">{body}</w:document>'
...     made.writestr("word/document.xml", xml)
>>> read_docx(file.getvalue(), path="a.docx").text
'Số: 12/KH-SCT\\n'
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from docparse.errors import EmptyError, FormatError
from docparse.models import Notice, Source
from docparse.read.composing import Composer
from docparse.read.docx.blocks import Block, Paragraph, Table, all_pieces
from docparse.read.docx.body import BodyReader, Story
from docparse.read.docx.parts import Parts, external_notice
from docparse.read.legacy import Found, decode_pieces
from docparse.read.composing import Cell
from docparse.read.packages import open_package

__all__ = ["read_docx"]

_FEW_WORDS = 20  # a file with pictures and hardly a word is a scan


def read_docx(data: bytes, *, path: str, encoding: str | None = None) -> Source:
    """The source of a DOCX file; raises a ReadError where there is no text to be had."""
    package = open_package(data, path=path)
    parts = Parts(package, path)
    if package.read(parts.main) is None:
        raise FormatError("damaged-file", path=path)
    reader = BodyReader(parts)
    story = reader.read()
    found = decode_pieces(list(all_pieces(story.blocks)), encoding=encoding)
    composer = Composer()
    compose(story.blocks, composer)
    text = composer.text
    if not text.strip():
        raise EmptyError("only-pictures" if reader.counts["pictures"] else "blank-file", path=path)
    return Source(
        text=text,
        path=path,
        sha256=sha256(data).hexdigest(),
        format="docx",
        encoding="+".join(found.encodings) or None,
        notices=(*parts.notices(), *_notices(reader, story, found, text)),
        grids=tuple(composer.grids),
    )


def compose(blocks: list[Block], composer: Composer) -> None:
    """Print blocks one below the other."""
    waiting = ""
    for block in blocks:
        if isinstance(block, Table):
            composer.table(
                [
                    Cell(cell.row, cell.column, words_of(cell.blocks), cell.row_span, cell.column_span)
                    for cell in block.cells
                ],
                ruled=block.ruled,
            )
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


def _notices(reader: BodyReader, story: Story, found: Found, text: str) -> Iterator[Notice]:
    counts = reader.counts
    if reader.fetched:
        yield external_notice(sorted(set(reader.fetched)))
    changes = (("inserted", str(counts["inserted"])), ("deleted", str(counts["deleted"])))
    if counts["inserted"] or counts["deleted"]:
        yield Notice(code="tracked-changes", values=changes)
    for count, code in (("hidden", "hidden-text"), ("foreign", "parts-not-read")):
        if counts[count]:
            yield Notice(code=code, values=(("count", str(counts[count])),))
    if counts["pictures"] and len(text.split()) < _FEW_WORDS:
        yield Notice(code="pictures-not-read", values=(("count", str(counts["pictures"])),))
    if found.encodings:
        yield Notice(code="legacy-encoding", values=(("encoding", ", ".join(found.encodings)),))
