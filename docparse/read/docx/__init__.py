"""Word documents (DOCX): bytes in, a source out whose text runs in the order of the body.

    parts       the container: XML parts, links, macros
    styles      fonts, capitals, lines of tables
    numbering   numbers that Word prints but does not write
    runs        paragraphs: text with fonts, fields, tracked changes
    tables      cells with spans
    body        blocks in order, notes, headers and footers

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

from docparse.errors import EmptyError, FormatError, ReadError
from docparse.models import Notice, Source
from docparse.read.blocks import all_pieces, compose
from docparse.read.composing import Composer
from docparse.read.docx.body import BodyReader
from docparse.read.docx.parts import Parts, external_notice
from docparse.read.legacy import Found, decode_pieces
from docparse.read.packages import open_package
from docparse.read.xmltrees import refuse_doctypes

__all__ = ["read_docx"]

_FEW_WORDS = 20  # a file with pictures and hardly a word is a scan


def read_docx(data: bytes, *, path: str, encoding: str | None = None) -> Source:
    """The source of a DOCX file; raises a ReadError where there is no text to be had."""
    package = open_package(data, path=path)
    refuse_doctypes(package)
    parts = Parts(package, path)
    if package.read(parts.main) is None:
        raise FormatError("damaged-file", path=path)
    reader = BodyReader(parts)
    blocks = reader.read()
    found = decode_pieces(list(all_pieces(blocks)), encoding=encoding)
    composer = Composer()
    compose(blocks, composer)
    text = composer.text
    if not text.strip():
        raise _nothing(parts, reader, path)
    return Source(
        text=text,
        path=path,
        sha256=sha256(data).hexdigest(),
        format="docx",
        encoding="+".join(found.encodings) or None,
        notices=(*parts.notices(), *_notices(reader, found, text)),
        grids=tuple(composer.grids),
    )


def _nothing(parts: Parts, reader: BodyReader, path: str) -> ReadError:
    """Why there is no text at all."""
    if parts.damaged or parts.package.damaged:
        return FormatError("damaged-file", path=path)
    return EmptyError("only-pictures" if reader.counts["pictures"] else "blank-file", path=path)


def _notices(reader: BodyReader, found: Found, text: str) -> Iterator[Notice]:
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
