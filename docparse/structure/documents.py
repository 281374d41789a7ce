"""One document of a file: its rows in, header, sections, zone marks and notices out.

>>> from docparse.models import OffsetMap, Source
>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> value = "Số: 12/BC-SCT\\nBÁO CÁO\\nKết quả năm 2021"
>>> source = Source(text=value, path="a.txt", sha256="", format="txt")
>>> text = Text(value=value, source=source, offsets=OffsetMap())
>>> document = read_document(text, read_rows(value), bytearray(3), 0, 3, grammar(load()))
>>> document.header.number, [notice.code for notice in document.notices]
('12/BC-SCT', ['issuer-missing', 'date-missing', 'recipients-missing', 'signer-missing'])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from docparse.models import Header, Notice, Section, Signer, Span, Text, ZoneKind
from docparse.structure.closing import Closing, find_closing, read_closing
from docparse.structure.grammar import Grammar
from docparse.structure.headings import find_sections
from docparse.structure.letterhead import Letterhead, read_letterhead
from docparse.structure.rows import Found, Row, join
from docparse.structure.zones import Mark, end_of_bases, text_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was read of one document."""

    header: Header
    sections: list[Section]
    marks: list[Mark]
    notices: list[Notice]


def read_document(
    text: Text, rows: Sequence[Row], kinds: bytearray, first: int, last: int, grammar: Grammar
) -> Document:
    """The document whose rows are ``first`` to ``last`` (exclusive)."""
    head = read_letterhead(text.value, rows, first, last, grammar)
    at = find_closing(rows, kinds, head.body, last, grammar)
    closing = Closing(last, last)
    if at is not None:
        closing = read_closing(text.value, rows, kinds, at, last, grammar)
    order = chain(range(head.body, closing.first), range(closing.last, last))
    sections = find_sections(text, rows, kinds, order, grammar)
    header = _header(text, head, closing)
    return Document(
        header=header,
        sections=sections,
        marks=list(_marks(rows, kinds, first, last, head, closing, sections, grammar)),
        notices=list(_notices(header, head)),
    )


def _header(text: Text, head: Letterhead, closing: Closing) -> Header:
    words = {name: found.words for name, found in head.fields.items()}
    words.pop("date", None)
    return Header(
        issuer_parent=words.get("issuer_parent"),
        issuer=words.get("issuer"),
        number=words.get("number"),
        symbol=words.get("symbol"),
        place=words.get("place"),
        date=head.date,
        type=words.get("type"),
        title=words.get("title"),
        addressees=tuple(item.words for item in head.addressees),
        recipients=tuple(item.words for item in closing.recipients),
        signer=Signer(
            authority=closing.authority.words if closing.authority else None,
            title=closing.title.words if closing.title else None,
            name=closing.name.words if closing.name else None,
        ),
        spans=tuple(_spans(text, head, closing)),
    )


def _spans(text: Text, head: Letterhead, closing: Closing) -> Iterator[tuple[str, Span]]:
    places: dict[str, Found | None] = dict(head.fields)
    places["addressees"] = join(head.addressees) if head.addressees else None
    places["recipients"] = join(closing.recipients) if closing.recipients else None
    places["signer.authority"] = closing.authority
    places["signer.title"] = closing.title
    places["signer.name"] = closing.name
    for name, found in places.items():
        if found:
            yield name, text.span(found.start, found.end)


def _marks(
    rows: Sequence[Row],
    kinds: bytearray,
    first: int,
    last: int,
    head: Letterhead,
    closing: Closing,
    sections: Sequence[Section],
    grammar: Grammar,
) -> Iterator[Mark]:
    if head.body > first:
        yield rows[first].start, ZoneKind.HEADER
    annex = closing.last
    if closing.first == last:
        annex = _annex(rows, head.body, sections, grammar)
    body = end_of_bases(rows, head.body, min(closing.first, annex), grammar)
    if body > head.body:
        yield rows[head.body].start, ZoneKind.BASES
    yield from text_marks(rows, kinds, body, min(closing.first, annex), ZoneKind.BODY)
    if closing.first < closing.last:
        yield rows[closing.first].start, ZoneKind.RECIPIENTS
    yield from closing.marks
    yield from text_marks(rows, kinds, annex, last, ZoneKind.ANNEX)


def _annex(rows: Sequence[Row], first: int, sections: Sequence[Section], grammar: Grammar) -> int:
    """Without a closing an annex begins with its own heading."""
    form = grammar.headings.pattern("annex")
    starts = [section.span.start for section in sections if form.match(section.label)]
    if not starts:
        return len(rows)
    return next((i for i in range(first, len(rows)) if rows[i].start >= starts[0]), len(rows))


def _notices(header: Header, head: Letterhead) -> Iterator[Notice]:
    """What a reader would miss, said aloud."""
    if not head.found and header.issuer is None:
        yield Notice(code="header-missing")
    else:
        yield from _letterhead_notices(header)
    if header.type is None:
        yield Notice(code="type-missing")
    if header.title is None:
        yield Notice(code="title-missing")
    if not header.recipients:
        yield Notice(code="recipients-missing")
    if header.signer == Signer():
        yield Notice(code="signer-missing")


def _letterhead_notices(header: Header) -> Iterator[Notice]:
    if header.issuer is None:
        yield Notice(code="issuer-missing")
    if header.symbol and header.number is None:
        values = (("symbol", header.symbol),)
        yield Notice(code="number-blank", values=values, span=header.span("symbol"))
    elif header.number is None:
        yield Notice(code="number-missing")
    if header.date is None:
        yield Notice(code="date-missing")
    elif not header.date.full:
        span = header.span("date")
        words = (("words", span.quote if span else ""),)
        yield Notice(code="date-partial", values=words, span=span)
