"""Free text, titles and numbers: a query in, documents and passages with their words marked out.

Words may be typed with or without marks. Where marks are typed, passages with exactly these words
come first; then those whose words are the same without marks; in each, those come first where the
words stand side by side. Where they do so nowhere, every second answer is for words that are one
slip away. Words in quotation marks must follow each other and are taken as they are.

>>> [term.words for term in read_terms('kế hoạch "cải cách"', exact=False)]
[('ke',), ('hoach',), ('cai', 'cach')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from sqlalchemy import Connection, case, select

from docparse.index import schema
from docparse.index.answers import Found
from docparse.index.asking import find_meant, require_short
from docparse.index.fold import find_words, fold, marked, split_quoted
from docparse.index.fulltext import Column, FullText, Term
from docparse.index.guessing import guesses
from docparse.index.numbers import MISSPELT
from docparse.index.quoting import Passages
from docparse.index.spelling import near_words
from docparse.patterns import Patterns

_DOCUMENTS = 5  # documents that stand before the passages


class _Hit(NamedTuple):
    """A passage, and what it was found by."""

    number: int
    terms: tuple[Term, ...]
    column: Column
    how: str


def search(
    connection: Connection, text: FullText, query: str, patterns: Patterns, *, limit: int = 20
) -> list[Found]:
    """Documents by number or title, then passages, the best first."""
    require_short(query)
    if not any(True for _ in find_words(query)):
        return []
    documents = find_meant(connection, text, query, patterns, most=_DOCUMENTS)[1]
    if any(fit == MISSPELT for _, fit in documents) and _stands(connection, text, query):
        documents = []
    found = list(_documents(connection, documents, query))[:limit]
    if len(found) >= limit:
        return found
    passages, seen = Passages(connection), set[int]()
    for hit in _hits(connection, text, query, limit):
        if hit.number not in seen:
            seen.add(hit.number)
            found.append(passages.found(hit.number, hit.terms, hit.column, hit.how))
            if len(found) >= limit:  # nothing more is looked for
                break
    return found


def read_terms(query: str, *, exact: bool) -> list[Term]:
    """The words of a query that must all stand in a passage; each phrase is one of them."""
    terms: dict[Term, None] = {}
    for place, piece in enumerate(split_quoted(query)):
        # What is written in one piece ("12/QĐ-UBND", "98,5%") stands so in the text.
        for glued in [piece] if place % 2 else piece.split():
            words = [word.exact if exact else word.folded for word in find_words(glued)]
            if words:
                terms[Term(words=tuple(words))] = None
    return list(terms)


def _hits(connection: Connection, text: FullText, query: str, limit: int) -> Iterator[_Hit]:
    """Passages, the best first; one may come twice."""
    ways, found = _ways(query), list[_Hit]()
    stands = _stands(connection, text, query)
    # What stands with its marks stands without them.
    together: dict[Column, list[_Hit]] = {} if stands else {column: [] for _, column in ways}
    for how, column in ways if stands else ():
        found = _find(connection, text, [_whole(query, column)], column, how, limit)
        together[column] = found
        if found:
            break
    sure = _sure(connection, text, query, together, limit)
    if found or split_quoted(query)[1:]:
        return sure
    guessed = _guessed(connection, text, query, limit)
    either = (hit for pair in zip_longest(sure, guessed) for hit in pair if hit is not None)
    first = next(either, None)
    if first is None:
        return iter(_misspelt(connection, text, query, limit))
    return chain([first], either)


def _sure(
    connection: Connection,
    text: FullText,
    query: str,
    together: Mapping[Column, list[_Hit]],
    limit: int,
) -> Iterator[_Hit]:
    """Passages with the words as they were typed; looked for only as far as they are wanted."""
    for how, column in _ways(query):
        if column in together:
            yield from together[column]
        else:
            yield from _find(connection, text, [_whole(query, column)], column, how, limit)
        yield from _scattered(connection, text, query, column, how, limit)


def _ways(query: str) -> list[tuple[str, Column]]:
    """Words typed without marks are as exact as words can be that were typed so."""
    if marked(query):
        return [("exact", "exact"), ("folded", "folded")]
    return [("exact", "folded")]


def _whole(query: str, column: Column) -> Term:
    return Term(words=tuple(getattr(word, column) for word in find_words(query)))


def _stands(connection: Connection, text: FullText, query: str) -> bool:
    """Whether the words stand side by side somewhere: then nothing is a slip."""
    return text.stands(connection, "passages", [_whole(query, "folded")], "folded")


def _scattered(
    connection: Connection, text: FullText, query: str, column: Column, how: str, limit: int
) -> list[_Hit]:
    terms = read_terms(query, exact=column == "exact")
    return _find(connection, text, terms, column, how, limit) if len(terms) > 1 else []


def _guessed(connection: Connection, text: FullText, query: str, limit: int) -> Iterator[_Hit]:
    """Passages with words that are one slip away, of every guess in turn."""
    phrases = guesses(connection, text, "passages", _whole(query, "folded").words)
    found = (
        _find(connection, text, [Term(words=phrase)], "folded", "misspelt", limit)
        for phrase in phrases
    )
    for row in zip_longest(*found):
        yield from (hit for hit in row if hit is not None)


def _misspelt(connection: Connection, text: FullText, query: str, limit: int) -> list[_Hit]:
    """Passages where each word, or one near to it, stands somewhere."""
    for known in (False, True):
        terms = _near(connection, read_terms(query, exact=False), known=known)
        if terms and (found := _find(connection, text, terms, "folded", "misspelt", limit)):
            return found
    return []


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


def _find(
    connection: Connection,
    text: FullText,
    terms: Sequence[Term],
    column: Column,
    how: str,
    limit: int,
) -> list[_Hit]:
    numbers = text.find(connection, "passages", terms, column, limit)
    return [_Hit(number, tuple(terms), column, how) for number in numbers]


def _documents(
    connection: Connection, documents: Iterable[tuple[int, str]], query: str
) -> Iterator[Found]:
    """Documents by what they are called most: here any mention of each, if there is one under a
    title that has what stood in quotation marks."""
    quoted = [fold(piece) for piece in split_quoted(query)[1::2]]
    cited = select(schema.documents.c.key)
    mentions, phrases = schema.mentions, schema.phrases
    for number, fit in documents:
        key = connection.execute(cited.where(schema.documents.c.id == number)).scalar()
        said = connection.execute(
            select(mentions.c.number, mentions.c.date, phrases.c.phrase)
            .outerjoin(phrases, phrases.c.id == mentions.c.title_id)
            .where(mentions.c.document_id == number)
            .order_by(
                case(
                    (mentions.c.title_id.in_(_titles_with(connection, number, quoted)), 0), else_=1
                ),
                mentions.c.title_id.is_(None),
                mentions.c.date.is_(None),
            )
            .limit(1)
        ).first()
        yield Found(
            kind="document",
            how="misspelt" if fit == MISSPELT else "exact",
            report=None,
            key=key,
            number=said.number if said else None,
            date=said.date if said else None,
            title=said.phrase if said else None,
            line=None,
            page=None,
            quote="",
        )


def _titles_with(connection: Connection, document: int, quoted: Sequence[str]) -> list[int]:
    """The titles of a document that have all of some phrases."""
    if not quoted:
        return []
    mentions, phrases = schema.mentions, schema.phrases
    said = (
        select(phrases.c.id, phrases.c.phrase)
        .join(mentions, mentions.c.title_id == phrases.c.id)
        .where(mentions.c.document_id == document)
        .distinct()
    )
    return [
        number
        for number, title in connection.execute(said)
        if all(f" {phrase} " in f" {fold(title)} " for phrase in quoted)
    ]
