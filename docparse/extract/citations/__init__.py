"""Citations: every mention of a document in a text, read and provable.

The passes are the modules, in this order:

    mentions       numbers, laws by name, standards, with their type words
    dates, issuers what stands behind a number: date, body
    titles         what the paper is called; mentions inside are nested
    relations      which part is cited, and what for
    keys           the identity that mentions share

>>> from docparse.models import Header, OffsetMap, Outline, Part, Source, Text
>>> from docparse.patterns import load
>>> words_of = "theo Kế hoạch số 899/KH-SCT ngày 25/02/2021"
>>> source = Source(text=words_of, path="", sha256="", format="txt")
>>> text = Text(value=source.text, source=source, offsets=OffsetMap())
>>> outline = Outline(parts=(Part(header=Header(), start=0, end=len(text.value)),))
>>> [(one.number, one.date.iso) for one in find_citations(text, outline, load()).citations]
[('899/KH-SCT', '2021-02-25')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from docparse.extract.citations.dates import (
    add_date_behind,
    add_date_inside,
    add_dates_first,
    share_dates,
)
from docparse.extract.citations.documents import group, unify
from docparse.extract.citations.issuers import (
    add_assembly,
    add_issuer_behind,
    add_issuer_of_heading,
    add_issuers_before,
    share_issuers_back,
)
from docparse.extract.citations.keys import Home, home, make_key
from docparse.extract.citations.laws import LawNames
from docparse.extract.citations.mention import Mention
from docparse.extract.citations.mentions import find_mentions
from docparse.extract.citations.organisations import Organisations
from docparse.extract.citations.references import find_references, find_unread, unread_notices
from docparse.extract.citations.relations import add_pinpoint, add_relations
from docparse.extract.citations.titles import add_titles
from docparse.extract.citations.types import inherit_types, set_type, share_symbols
from docparse.extract.citations.words import Words, words
from docparse.models import Citation, Document, Key, Notice, Outline, Reference, Span, Text
from docparse.patterns import Patterns

__all__ = ["CitationsFound", "find_citations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationsFound:
    """The citations of one text and what could not be read."""

    citations: tuple[Citation, ...]
    documents: tuple[Document, ...] = ()
    references: tuple[Reference, ...] = ()
    notices: tuple[Notice, ...] = ()


def find_citations(text: Text, outline: Outline, patterns: Patterns) -> CitationsFound:
    """Every mention of a document, in the order of the text."""
    value = text.value
    known = words(patterns)
    organisations = Organisations.of(patterns)
    mentions = find_mentions(value, known, tuple(LawNames.of(patterns).find(value)))
    mentions = _own_numbers(mentions, outline, value, known)
    inherit_types(mentions, value, known)
    share_symbols(mentions, value, known)
    for one in mentions:
        one.after = one.end
        if one.form not in ("law", "standard"):
            add_date_behind(one, value, known, one.end)
            add_issuer_behind(one, value, known, organisations)
        elif one.form == "law":
            add_date_inside(one, value, known)
            if one.date is None:
                add_date_behind(one, value, known, one.end)
            add_assembly(one, value, known)
    _disown(mentions, outline)
    _name_headings(mentions, outline, value, known, organisations)
    share_dates(mentions, value, known)
    add_dates_first(mentions, value, known)
    add_titles(mentions, value, known, organisations)
    add_issuers_before(mentions, value, known, organisations)
    share_issuers_back(mentions, value, known)
    for one in mentions:
        add_pinpoint(one, value, known)
    add_relations(mentions, value, known)
    own_home = home(outline.header, known)
    keys = [_key(one, outline, own_home, known) for one in mentions]
    pairs = zip(mentions, keys, strict=True)
    citations = unify([_citation(one, text, key) for one, key in pairs])
    unread = find_unread(mentions, text, known)
    references = find_references(mentions, citations, unread, outline.header, text, known)
    return CitationsFound(
        citations=citations,
        documents=group(citations),
        references=tuple(references),
        notices=tuple(unread_notices(unread, text, known)),
    )


def _own_numbers(
    mentions: Sequence[Mention], outline: Outline, value: str, known: Words
) -> list[Mention]:
    """Mark the report's own number, and add it where it is blank ("Số:   /BC-SCT")."""
    found = list(mentions)
    for part in outline.parts:
        number, span = part.header.number, part.header.span("number") or part.header.span("symbol")
        for one in mentions:
            named = number is not None and one.number == number and part.start <= one.start
            if (named and one.start < part.end) or (span is not None and _meets(one, span)):
                one.own = True
        says_something = part.header.symbol or part.header.type or part.header.issuer
        if span is not None and says_something and not any(_meets(one, span) for one in mentions):
            start = span.start
            while start and value[start - 1] in " /\t":
                start -= 1
            blank = Mention(start, span.end, start, span.end, "blank", own=True)
            blank.number, blank.symbol = number, part.header.symbol
            set_type(blank, value, known)
            blank.type = None
            found.append(blank)
    return sorted(found, key=lambda one: (one.number_start, one.start))


def _disown(mentions: Sequence[Mention], outline: Outline) -> None:
    """Another body's paper may have the report's own number; its date tells."""
    for part in outline.parts:
        date = part.header.date
        for one in mentions:
            if one.own and part.start <= one.start < part.end and date and one.date:
                one.own = all(
                    said in (None, meant)
                    for said, meant in (
                        (date.year, one.date.year),
                        (date.month, one.date.month),
                        (date.day, one.date.day),
                    )
                )


def _name_headings(
    mentions: Sequence[Mention],
    outline: Outline,
    value: str,
    known: Words,
    organisations: Organisations,
) -> None:
    """ "NGHỊ ĐỊNH / CỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP NGÀY …": the old heading cites its paper."""
    for part in outline.parts:
        for one in mentions:
            if one.own and one.type is None and part.start <= one.start < part.end:
                add_issuer_of_heading(one, value, known, organisations)
                one.type = part.header.type if one.issuer else None


def _meets(one: Mention, span: Span) -> bool:
    return one.start < span.end and span.start < one.end


def _key(one: Mention, outline: Outline, own_home: Home, known: Words) -> Key | None:
    """The document's identity; a report knows its own place and, for its own number, its year."""
    key = make_key(one, known, own_home)
    if one.own and key is not None and key.year is None and outline.header.date is not None:
        return replace(key, year=outline.header.date.year)
    return key


def _citation(one: Mention, text: Text, key: Key | None) -> Citation:
    span = text.span(one.start, one.end)
    return Citation(
        type=one.type,
        number=one.number,
        span=span,
        serial=one.serial,
        year=one.year,
        symbol=one.symbol,
        date=one.date,
        issuer=one.issuer,
        title=one.title,
        pinpoint=one.pinpoint,
        relation=one.relation,
        key=str(key) if key else None,
        own=one.own,
        repairs=tuple(one.repairs) + _repaired(one, span.quote, text.value[one.start : one.end]),
        trace=_trace(one),
    )


def _repaired(one: Mention, quote: str, words: str) -> tuple[str, ...]:
    """What the repair stage mended inside the mention."""
    if quote == words:
        return ()
    printed, read = "".join(quote.split()), "".join(words.split())
    cut = one.form != "standard" and one.number and one.number not in quote
    return (("letters",) if printed != read else ()) + (
        ("cut-number",) if cut and (one.number or "") in printed else ()
    )


def _trace(one: Mention) -> tuple[tuple[str, str], ...]:
    """Why the fields are as they are: pairs of a step and how it was done."""
    steps = [("form", one.form)]
    if one.inherited:
        steps.append(("type", "inherited"))
    if one.date_how:
        steps.append(("date", one.date_how))
    if one.issuer_how:
        steps.append(("issuer", one.issuer_how))
    return (*steps, *one.trace)
