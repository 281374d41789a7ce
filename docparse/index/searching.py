"""Free text, titles and numbers: a query in, documents and passages with their words marked out.

Words may be typed with or without marks. Where marks are typed, passages with exactly these words
come first; then those whose words are the same without marks; where there are none, words that
are one slip away are tried. Words in quotation marks must follow each other.

>>> [term.words for term in read_terms('kế hoạch "cải cách"', exact=False)]
[('ke',), ('hoach',), ('cai', 'cach')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from docparse.index import schema
from docparse.index.answers import Found
from docparse.index.citing import find_documents, path_of, require_short
from docparse.index.fold import find_runs, find_words, marked
from docparse.index.fulltext import Column, FullText, Term
from docparse.index.keptext import text_of
from docparse.index.passages import passages
from docparse.index.spelling import near_words
from docparse.models import Text
from docparse.patterns import Patterns

_DOCUMENTS = 5  # documents that stand before the passages
_QUOTE = 300  # characters of a quote
_PHRASE = re.compile(r'"([^"]*)"')


def search(
    connection: Connection, text: FullText, query: str, patterns: Patterns, *, limit: int = 20
) -> list[Found]:
    """Documents by number or title, then passages, the best first."""
    require_short(query)
    if not any(True for _ in find_words(query)):
        return []
    documents = find_documents(connection, text, query, patterns)[:_DOCUMENTS]
    found = list(_documents(connection, [number for number, _ in documents]))
    found += _passages(connection, text, query, limit - len(found))
    return found[:limit]


def read_terms(query: str, *, exact: bool) -> list[Term]:
    """The words of a query that must all stand in a passage; each phrase is one of them."""
    terms: dict[Term, None] = {}
    for place, piece in enumerate(_PHRASE.split(query)):
        # What is written in one piece ("12/QĐ-UBND", "98,5%") stands so in the text.
        for glued in [piece] if place % 2 else piece.split():
            words = [word.exact if exact else word.folded for word in find_words(glued)]
            if words:
                terms[Term(words=tuple(words))] = None
    return list(terms)


def _passages(connection: Connection, text: FullText, query: str, limit: int) -> Iterator[Found]:
    seen: set[int] = set()
    ways: list[tuple[str, Column]] = [("exact", "exact")] if marked(query) else []
    for how, column in [*ways, ("folded", "folded")]:
        terms = read_terms(query, exact=column == "exact")
        numbers = text.find(connection, "passages", terms, column, limit)
        fresh = [number for number in numbers if number not in seen][: limit - len(seen)]
        seen.update(fresh)
        # Words typed without marks are as exact as words can be that were typed so.
        said = how if ways else "exact"
        yield from _found(connection, fresh, terms, column, said)
    for known in (False, True) if not seen else ():
        terms = _near(connection, read_terms(query, exact=False), known=known)
        numbers = text.find(connection, "passages", terms, "folded", limit) if terms else []
        if numbers:
            yield from _found(connection, numbers, terms, "folded", "misspelt")
            return


def _near(connection: Connection, terms: Sequence[Term], *, known: bool) -> list[Term]:
    """Each word, or those near to it; nothing if no word has any. Phrases stay.

    Words that the index has are replaced only where ``known`` says so: "hoac" is a word, and may
    yet be a misspelt "hoach".
    """
    made = []
    for term in terms:
        near = near_words(connection, term.words[0], known=known) if len(term.words) == 1 else ()
        made.append(Term(words=(*term.words, *near), any_of=True) if near else term)
    return made if made != terms else []


def _found(
    connection: Connection, numbers: Iterable[int], terms: Sequence[Term], column: Column, how: str
) -> Iterator[Found]:
    wanted = {word for term in terms for word in term.words}
    texts, reports = schema.texts, schema.reports
    held: dict[int, Text] = {}
    for number in numbers:
        row = connection.execute(
            select(
                texts.c.report_id,
                texts.c.first_passage,
                reports.c.number,
                reports.c.date,
                reports.c.title,
                path_of().label("path"),
            )
            .join(reports, reports.c.id == texts.c.report_id)
            .where(texts.c.first_passage <= number)
            .order_by(texts.c.first_passage.desc())
            .limit(1)
        ).one()
        if row.report_id not in held:
            held[row.report_id] = _text(connection, row.report_id)
        whole = held[row.report_id]
        start, end = _best_line(whole.value, number - row.first_passage, wanted, column)
        span = whole.span(start, end)
        quote = " ".join(span.quote.split())
        runs = tuple(find_runs(quote, wanted, exact=column == "exact"))
        yield Found(
            kind="passage",
            how=how,
            report=row.path,
            key=None,
            number=row.number,
            date=row.date,
            title=row.title,
            line=span.line,
            page=span.page,
            quote=quote,
            marks=runs,
        )


def _text(connection: Connection, report: int) -> Text:
    texts = schema.texts
    body = connection.execute(select(texts.c.body).where(texts.c.report_id == report)).scalar()
    return text_of(body or b"")


def _best_line(value: str, which: int, wanted: set[str], column: Column) -> tuple[int, int]:
    """Where, in the passage of that place, most of the words stand together."""
    exact = column == "exact"
    held = [place for place in passages(value) if _has_words(value[slice(*place)])]
    start, end = held[which]
    lines = list(_lines(value, start, end))
    counts = [
        len({word.exact if exact else word.folded for word in find_words(value[a:b])} & wanted)
        for a, b in lines
    ]
    a, b = lines[counts.index(max(counts))]
    run = next(find_runs(value[a:b], wanted, exact=exact), (0, 0))
    if b - a > _QUOTE:
        a = max(a, a + run[0] - _QUOTE // 3)
        b = min(b, a + _QUOTE)
    return a, b


def _has_words(piece: str) -> bool:
    return next(find_words(piece), None) is not None


def _lines(value: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a passage that have words."""
    while start < end:
        stop = value.find("\n", start, end)
        stop = end if stop < 0 else stop
        if _has_words(value[start:stop]):
            yield start, stop
        start = stop + 1


def _documents(connection: Connection, numbers: Sequence[int]) -> Iterator[Found]:
    """Documents by what they are called most: here any mention of each."""
    cited = select(schema.documents.c.key)
    mentions, phrases = schema.mentions, schema.phrases
    for number in numbers:
        key = connection.execute(cited.where(schema.documents.c.id == number)).scalar()
        said = connection.execute(
            select(mentions.c.number, mentions.c.date, phrases.c.phrase)
            .outerjoin(phrases, phrases.c.id == mentions.c.title_id)
            .where(mentions.c.document_id == number)
            .order_by(mentions.c.title_id.is_(None), mentions.c.date.is_(None))
            .limit(1)
        ).first()
        yield Found(
            kind="document",
            how="exact",
            report=None,
            key=key,
            number=said.number if said else None,
            date=said.date if said else None,
            title=said.phrase if said else None,
            line=None,
            page=None,
            quote="",
        )
