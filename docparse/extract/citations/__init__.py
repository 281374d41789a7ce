"""Citations: every mention of a document in a text, read and provable.

The passes are the modules, in this order:

    mentions       numbers, laws by name, standards, with their type words
    dates, issuers what stands behind a number: date, body
    titles         what the paper is called; mentions inside are nested
    relations      which part is cited, and what for
    keys           the identity that mentions share

>>> from docparse.models import Header, OffsetMap, Outline, Part, Source, Text
>>> from docparse.patterns import load
>>> source = Source(text="theo Kế hoạch số 899/KH-SCT ngày 25/02/2021", path="", sha256="", format="txt")
>>> text = Text(value=source.text, source=source, offsets=OffsetMap())
>>> outline = Outline(parts=(Part(header=Header(), start=0, end=len(text.value)),))
>>> [(one.number, one.date.iso) for one in find_citations(text, outline, load()).citations]
[('899/KH-SCT', '2021-02-25')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docparse.extract.citations.dates import (
    add_date_behind,
    add_date_inside,
    add_dates_first,
    share_dates,
)
from docparse.extract.citations.issuers import (
    add_issuer_behind,
    add_issuers_before,
    share_issuers_back,
)
from docparse.extract.citations.keys import make_key
from docparse.extract.citations.laws import LawNames
from docparse.extract.citations.mentions import Mention, find_mentions, last_type
from docparse.extract.citations.organisations import Organisations
from docparse.extract.citations.relations import add_pinpoint, add_relations
from docparse.extract.citations.titles import add_titles
from docparse.extract.citations.words import Words, words
from docparse.models import Citation, Notice, Outline, Span, Text
from docparse.patterns import Patterns

__all__ = ["CitationsFound", "find_citations"]

_CONNECTOR = re.compile(r"[\s*]*(?:;|,|và|hoặc|,\s*và)[\s*]*")
_BACK = 110  # characters between a type word and a number that "số" announces
_LEAD = 1200  # characters between "các Kế hoạch …:" and a member of its list


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationsFound:
    """The citations of one text and what could not be read."""

    citations: tuple[Citation, ...]
    notices: tuple[Notice, ...] = ()


def find_citations(text: Text, outline: Outline, patterns: Patterns) -> CitationsFound:
    """Every mention of a document, in the order of the text."""
    value = text.value
    known = words(patterns)
    organisations = Organisations.of(patterns)
    mentions = find_mentions(value, known, tuple(LawNames.of(patterns).find(value)))
    mentions = _own_numbers(mentions, outline)
    _inherit_types(mentions, value, known)
    for one in mentions:
        one.after = one.end
        if one.form not in ("law", "standard"):
            add_date_behind(one, value, known, one.end)
            add_issuer_behind(one, value, known, organisations)
        elif one.form == "law":
            add_date_inside(one, value, known)
            if one.date is None:
                add_date_behind(one, value, known, one.end)
    share_dates(mentions, value)
    add_dates_first(mentions, value, known)
    add_titles(mentions, value, known, organisations)
    add_issuers_before(mentions, value, known, organisations)
    share_issuers_back(mentions, value)
    for one in mentions:
        add_pinpoint(one, value, known)
    add_relations(mentions, value, known)
    place = outline.header.place
    return CitationsFound(citations=tuple(_citation(one, text, known, place) for one in mentions))


def _own_numbers(mentions: Sequence[Mention], outline: Outline) -> list[Mention]:
    """Mark the report's own number, and add it where it is blank ("Số:   /BC-SCT")."""
    found = list(mentions)
    for part in outline.parts:
        number, span = part.header.number, part.header.span("number") or part.header.span("symbol")
        for one in mentions:
            if number and one.number == number and part.start <= one.start < part.end:
                one.own = True
        if span is not None and not any(_meets(one, span) for one in mentions):
            blank = Mention(span.start, span.end, span.start, span.end, "blank", own=True)
            blank.number, blank.symbol = number, part.header.symbol
            found.append(blank)
    return sorted(found, key=lambda one: (one.number_start, one.start))


def _meets(one: Mention, span: Span) -> bool:
    return one.start < span.end and span.start < one.end


def _inherit_types(mentions: Sequence[Mention], value: str, known: Words) -> None:
    """Types said once: along a list, in front of "số", or in the sentence that leads a list."""
    previous: Mention | None = None
    for one in mentions:
        if one.type is None and one.form not in ("law", "standard") and not one.own:
            if previous is not None and _listed(previous, one, value):
                one.type, one.inherited = previous.type, True
            elif not _type_in_front(one, value, known):
                _type_in_lead(one, previous, value, known)
        if one.form not in ("law", "standard"):
            previous = one


def _listed(previous: Mention, one: Mention, value: str) -> bool:
    return previous.type is not None and bool(
        _CONNECTOR.fullmatch(_without_date(value[previous.number_end : one.start]))
    )


def _without_date(text: str) -> str:
    return re.sub(r"\s+(?i:ngày)\s+[\d/.-]+(?:\s+tháng\s+\d+\s+năm\s+\d+)?", "", text)


def _type_in_front(one: Mention, value: str, known: Words) -> bool:
    """ "Báo cáo kết quả giám sát số 120/BC-ĐGS": the type word stands before its title."""
    if value[one.start : one.start + 2].lower() != "số":
        return False
    clause = value[max(0, one.start - _BACK) : one.start]
    cut = max(clause.rfind(mark) for mark in ".;:\n(,")
    clause = clause[cut + 1 :]
    pieces = clause.split()
    for count in range(len(pieces), 0, -1):
        match = last_type(" ".join(pieces[:count]), known)
        if match:
            start = _position_of(value, one.start, pieces, count, match[1])
            if not value[start].isupper():
                continue
            one.type, one.start = match[0], start
            return True
    return False


def _position_of(value: str, end: int, pieces: Sequence[str], count: int, length: int) -> int:
    position = end
    for piece in reversed(pieces[count:]):
        position = value.rindex(piece, 0, position)
    position = len(value[:position].rstrip())
    return position - length


def _type_in_lead(
    one: Mention, previous: Mention | None, value: str, known: Words
) -> None:
    """ "các Kế hoạch …, cụ thể: số 116/KH-SCT …; số 569/KH-SCT …"."""
    if previous is not None and previous.type and "\n" not in value[previous.end : one.start]:
        if re.search(r"(?:;|,|\svà)\s*$", value[previous.end : one.start]):
            one.type, one.inherited = previous.type, True
            return
    line = value[max(value.rfind("\n", 0, one.start) + 1, one.start - _LEAD) : one.start]
    if not re.search(r"[:]\s*(?:\(?\d\)?\.?\s*|-\s*)?$", line):
        return
    for match in reversed(list(re.finditer(r"(?:các|những)\s+(\S+(?:\s+\S+)?)", line))):
        found = last_type(match[1], known) or last_type(match[1].split()[0], known)
        if found:
            one.type, one.inherited = found[0], True
            return


def _citation(one: Mention, text: Text, known: Words, place: str | None) -> Citation:
    key = make_key(one, known, place)
    span = text.span(one.start, one.end)
    if "".join(span.quote.split()) != "".join(text.value[one.start : one.end].split()):
        one.repairs.append("letters")
    elif one.number and one.number.replace(" ", "") in "".join(span.quote.split()) and one.number not in span.quote and one.form != "standard":
        one.repairs.append("cut-number")
    return Citation(
        type=one.type,
        number=one.number,
        span=span,
        serial=one.serial,
        year=one.year,
        symbol=one.symbol if one.form not in ("standard",) else None,
        date=one.date,
        issuer=one.issuer,
        title=one.title,
        pinpoint=one.pinpoint,
        relation=one.relation,
        key=str(key) if key else None,
        own=one.own,
        repairs=tuple(one.repairs),
        trace=(("form", one.form), *one.trace),
    )
