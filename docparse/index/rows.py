"""What the index keeps of one report: the stages' values in, an :class:`Entry` of rows out.

Made where the report was parsed, so that the process that writes has only to write. A row holds
what questions are asked of; the rest is in the packed record. (Rows are named tuples because
they go from process to process, which takes frozen dataclasses several times as long.)

>>> from docparse.models import Date
>>> written(Date(year=2023, month=5)), written(Date(month=5, day=2))
('2023-05', '--05-02')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from docparse.index.fold import fold
from docparse.index.keptext import Passage, cut_passages, keep
from docparse.index.sketches import sketch
from docparse.models import (
    Citation,
    Date,
    Figure,
    Header,
    Notice,
    Outline,
    Period,
    Records,
    Source,
    Span,
    Table,
    Text,
)

_LONGEST = 1000  # characters of a phrase; the record has the rest


class Place(NamedTuple):
    """Where a record stands in the source; all None where it stands nowhere."""

    start: int | None = None
    length: int | None = None
    line: int | None = None
    page: int | None = None


class ReportRow(NamedTuple):
    """What a report says of itself."""

    sha256: str
    format: str
    own_key: str | None
    number: str | None
    number_folded: str | None
    type: str | None
    title: str | None
    issuer: str | None
    location: str | None
    date: str | None
    signer: str | None
    characters: int
    sketch: bytes


class MentionRow(NamedTuple):
    """One citation; ``key`` names its document."""

    key: str | None
    number: str | None
    date: str | None
    type: str | None
    issuer: str | None
    title: str | None
    relation: str | None
    own: bool
    where: Place


class AliasRow(NamedTuple):
    """One more way in which a document was called: a "title", or another "key"."""

    key: str
    kind: str
    alias: str
    evidence: str | None = None


class FigureRow(NamedTuple):
    """One figure."""

    value: str
    value_max: str | None
    denominator: str | None
    unit: str | None
    kind: str
    indicator: str | None
    mode: str | None
    period: str | None
    where: Place


class TableRow(NamedTuple):
    """One table, by its caption and size."""

    caption: str | None
    rows: int
    columns: int
    where: Place


class NoticeRow(NamedTuple):
    """One notice."""

    code: str
    where: Place


class Entry(NamedTuple):
    """All rows of one report. ``body`` is its text and record, to be compressed and written."""

    report: ReportRow
    body: bytes
    passages: tuple[Passage, ...]
    mentions: tuple[MentionRow, ...]
    aliases: tuple[AliasRow, ...]
    figures: tuple[FigureRow, ...]
    tables: tuple[TableRow, ...]
    notices: tuple[NoticeRow, ...]
    words: tuple[str, ...]


def entry(
    source: Source,
    text: Text,
    outline: Outline,
    records: Records,
    notices: Sequence[Notice],
    *,
    record: object,
) -> Entry:
    """The rows of one report; ``record`` is its JSON object, kept as it is."""
    passages = tuple(cut_passages(text.value))
    words = [word for passage in passages for word in passage.folded.split()]
    return Entry(
        report=_report(source, outline.header, records, sketch(words)),
        body=keep(text, record),
        passages=passages,
        mentions=tuple(map(_mention, records.citations)),
        aliases=tuple(dict.fromkeys(_aliases(records))),
        figures=tuple(map(_figure, records.figures)),
        tables=tuple(map(_table, records.tables)),
        notices=tuple(NoticeRow(code=one.code, where=_place(one.span)) for one in notices),
        words=tuple(sorted({word for word in words if word.isalpha()})),
    )


def _report(source: Source, header: Header, records: Records, sketched: bytes) -> ReportRow:
    own = next((one for one in records.citations if one.own and one.key), None)
    return ReportRow(
        sha256=source.sha256,
        format=source.format,
        own_key=clean(own.key) if own else None,
        number=clean(header.number),
        number_folded=fold(header.number) if header.number else None,
        type=clean(header.type),
        title=clean(header.title),
        issuer=clean(header.issuer),
        location=clean(header.place),
        date=written(header.date),
        signer=clean(header.signer.name),
        characters=len(source.text),
        sketch=sketched,
    )


def _mention(one: Citation) -> MentionRow:
    return MentionRow(
        key=clean(one.key),
        number=clean(one.number),
        date=written(one.date),
        type=clean(one.type),
        issuer=clean(one.issuer),
        title=clean(one.title),
        relation=clean(one.relation),
        own=one.own,
        where=_place(one.span),
    )


def _aliases(records: Records) -> Iterator[AliasRow]:
    for one in records.citations:
        key, title = clean(one.key), clean(one.title)
        if key and title:
            yield AliasRow(key=key, kind="title", alias=title)
    for document in records.documents:
        for said, evidence in document.merged:
            alias, key = clean(said), clean(document.key)
            if alias and key:
                yield AliasRow(key=key, kind="key", alias=alias, evidence=evidence)


def _figure(one: Figure) -> FigureRow:
    return FigureRow(
        value=f"{one.value:f}",
        value_max=_number(one.value_max),
        denominator=_number(one.denominator),
        unit=clean(one.unit),
        kind=one.kind,
        indicator=clean(one.indicator),
        mode=one.mode,
        period=_period(one.period),
        where=_place(one.span),
    )


def _table(one: Table) -> TableRow:
    return TableRow(
        caption=clean(one.caption),
        rows=len(one.rows),
        columns=len(one.columns),
        where=_place(one.span),
    )


def _place(span: Span | None) -> Place:
    if span is None:
        return Place()
    length = span.origin_end - span.origin_start
    return Place(start=span.origin_start, length=length, line=span.line, page=span.page)


def _period(period: Period | None) -> str | None:
    """As ISO 8601 writes it, ".." for an open end: "2023-01-01/2023-12-31"."""
    if period is None:
        return None
    return "/".join(".." if day is None else day.isoformat() for day in (period.start, period.end))


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def clean(text: str | None) -> str | None:
    """A text that every database takes: no NUL, no half of a surrogate pair, no endless ones."""
    if text is None:
        return None
    text = text[:_LONGEST]
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def written(date: Date | None) -> str | None:
    """A date as the record contract has it; a part that is missing before another is a dash."""
    if date is None:
        return None
    if date.year is not None or date.month is None:
        return date.iso
    return f"--{date.month:02d}" + ("" if date.day is None else f"-{date.day:02d}")
