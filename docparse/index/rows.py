"""What the index keeps of one report: the stages' values in, an :class:`Entry` of rows out.

Made where the report was parsed, so that the process that writes has only to write. A row holds
what questions are asked of, in the order of the columns of its table; the rest is in the packed
record. Words that return in many rows, and keys of documents, stand in an entry once: a row has
their places in ``phrases`` and ``keys``, or :data:`NOTHING`. (Rows are plain tuples because they
go from process to process, which takes dataclasses many times as long.)

>>> from docparse.models import Date
>>> written(Date(year=2023, month=5)), written(Date(month=5, day=2))
('2023-05', '--05-02')
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from docparse.index.fold import fold
from docparse.index.keptext import cut_passages, keep
from docparse.index.narrow import date_number, kept_number
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
NOTHING = -1  # in the place of a phrase or a key: there is none
Row = tuple[Any, ...]


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


class Entry(NamedTuple):
    """All rows of one report. ``body`` is its text and record, to be compressed and written.

    ``exact`` and ``folded`` are the words of each passage. Where a record stands is four
    values of its row: from which character of the source, how many, line and page.
    """

    report: ReportRow
    body: bytes
    exact: tuple[str, ...]
    folded: tuple[str, ...]
    words: tuple[str, ...]
    phrases: tuple[tuple[str, str], ...]  # kind and words
    keys: tuple[str, ...]
    mentions: tuple[Row, ...]  # key, type, issuer, title, relation, date, place, own, number
    aliases: tuple[tuple[int, int, str | None], ...]  # phrase, key, evidence
    figures: tuple[Row, ...]  # value, unit, kind, indicator, mode, period, place, denominator, most
    tables: tuple[Row, ...]  # caption, rows, columns, place
    notices: tuple[Row, ...]  # code, place


class _Places:
    """Values in the order in which they came first, each with its place."""

    def __init__(self) -> None:
        self.found: dict[Any, int] = {}

    def phrase(self, kind: str, words: str | None) -> int:
        """The place of a phrase."""
        return NOTHING if words is None else self.place((kind, words))

    def place(self, value: object) -> int:
        """The place of a value."""
        return self.found.setdefault(value, len(self.found))


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
    passages = list(cut_passages(text.value))
    words = " ".join([passage.own for passage in passages]).split()
    phrases, keys = _Places(), _Places()
    mentions = tuple(_mention(one, phrases, keys) for one in records.citations)
    return Entry(
        report=_report(source, outline.header, records, sketch(words)),
        body=keep(text, record),
        exact=tuple(passage.exact for passage in passages),
        folded=tuple(passage.folded for passage in passages),
        words=tuple(sorted(word for word in set(words) if word.isalpha())),
        mentions=mentions,
        aliases=tuple(dict.fromkeys(_aliases(mentions, records, phrases, keys))),
        figures=tuple(_figure(one, phrases) for one in records.figures),
        tables=tuple(_table(one, phrases) for one in records.tables),
        notices=tuple((phrases.place(("code", one.code)), *_place(one.span)) for one in notices),
        phrases=tuple(phrases.found),
        keys=tuple(keys.found),
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


def _mention(one: Citation, phrases: _Places, keys: _Places) -> Row:
    key = clean(one.key)
    return (
        keys.place(key) if key else NOTHING,
        phrases.phrase("type", clean(one.type)),
        phrases.phrase("issuer", clean(one.issuer)),
        phrases.phrase("title", clean(one.title)),
        phrases.phrase("relation", clean(one.relation)),
        date_number(one.date),
        *_place(one.span),
        one.own,
        kept_number(clean(one.number), key or None),
    )


def _aliases(
    mentions: Sequence[Row], records: Records, phrases: _Places, keys: _Places
) -> Iterator[tuple[int, int, str | None]]:
    """What else documents of the report were called: titles, and other keys."""
    for key, _, _, title, *_ in mentions:
        if key != NOTHING and title != NOTHING:
            yield title, key, None
    for document in records.documents:
        key = clean(document.key)
        for said, evidence in document.merged:
            alias = clean(said)
            if alias and key in keys.found:  # else no mention is left of it
                yield phrases.place(("key", alias)), keys.place(key), evidence


def _figure(one: Figure, phrases: _Places) -> Row:
    return (
        f"{one.value:f}",
        phrases.phrase("unit", clean(one.unit)),
        phrases.phrase("kind", one.kind),
        phrases.phrase("indicator", clean(one.indicator)),
        phrases.phrase("mode", one.mode),
        phrases.phrase("period", _period(one.period)),
        *_place(one.span),
        _number(one.denominator),
        _number(one.value_max),
    )


def _table(one: Table, phrases: _Places) -> Row:
    caption = phrases.phrase("caption", clean(one.caption))
    return caption, len(one.rows), len(one.columns), *_place(one.span)


def _place(span: Span | None) -> tuple[int | None, ...]:
    if span is None:
        return None, None, None, None
    return span.origin_start, span.origin_end - span.origin_start, span.line, span.page


def _period(period: Period | None) -> str | None:
    """As ISO 8601 writes it, ".." for an open end: "2023-01-01/2023-12-31"."""
    if period is None:
        return None
    return "/".join(".." if day is None else day.isoformat() for day in (period.start, period.end))


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


@lru_cache(maxsize=4096)  # types, issuers and units return all the time
def clean(text: str | None) -> str | None:
    """A text that every database takes: no NUL, no half of a surrogate pair, no endless ones."""
    if text is None:
        return None
    text = text[:_LONGEST]
    if "\0" not in text:
        with suppress(UnicodeEncodeError):
            text.encode()
            return text
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")


def written(date: Date | None) -> str | None:
    """A date as the record contract has it; a part that is missing before another is a dash."""
    if date is None:
        return None
    if date.year is not None or date.month is None:
        return date.iso
    return f"--{date.month:02d}" + ("" if date.day is None else f"-{date.day:02d}")
