"""Structure: a repaired text goes in, its outline comes out.

    rows        lines as structure reads them
    grids       which rows are a table
    parts       which rows are a document of their own
    letterhead  issuers, titles, addressees: what stands above the text
    closing     signers: what stands below it
    headings    labels, levels, quotations: the tree of sections
    zones       which stretch of the text is what

What was expected and is not there is said in a notice; nothing is filled in by guess.

>>> from docparse.models import OffsetMap, Source, Text
>>> from docparse.patterns import load
>>> value = "BÁO CÁO\\nKết quả năm 2021\\nI. KẾT QUẢ\\nNơi nhận:\\n- Như trên;"
>>> source = Source(text=value, path="a.txt", sha256="", format="txt")
>>> outline = structure(Text(value=value, source=source, offsets=OffsetMap()), load())
>>> outline.header.type, outline.header.title, outline.header.recipients
('Báo cáo', 'Kết quả năm 2021', ('Như trên',))
>>> [zone.kind.value for zone in outline.zones], outline.sections[0].label
(['header', 'body', 'recipients'], 'I.')
"""

from __future__ import annotations

from docparse.models import Notice, Outline, Part, Section, Text, Zone
from docparse.patterns import Patterns
from docparse.structure.documents import read_document
from docparse.structure.grammar import grammar
from docparse.structure.grids import mark_grids
from docparse.structure.parts import split_parts
from docparse.structure.rows import read_rows
from docparse.structure.zones import Mark, make_zones

__all__ = ["structure"]


def structure(text: Text, patterns: Patterns) -> Outline:
    """The headers, sections and zones of a text."""
    knowledge = grammar(patterns)
    rows = read_rows(text.value)
    kinds = mark_grids(text, rows)
    ranges = split_parts(rows, knowledge)
    parts: list[Part] = []
    sections: list[Section] = []
    marks: list[Mark] = []
    notices: list[Notice] = []
    if len(ranges) > 1:
        notices.append(Notice(code="several-documents", values=(("count", str(len(ranges))),)))
    for first, last in ranges:
        document = read_document(text, rows, kinds, first, last, knowledge)
        start = rows[first].start if parts else 0
        end = rows[last].start if last < len(rows) else len(text.value)
        parts.append(Part(header=document.header, start=start, end=end))
        sections += document.sections
        marks += document.marks
        notices += document.notices
    zones: tuple[Zone, ...] = make_zones(marks, len(text.value))
    return Outline(
        parts=tuple(parts), sections=tuple(sections), zones=zones, notices=tuple(notices)
    )
