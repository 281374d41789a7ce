"""Which document a question means: a number or a title in, documents out, and how well they fit.

Numbers may be partial and loosely typed; where several documents are meant, all come back, those
that fit best first. Only where nothing fits are those proposed that are one slip away.

>>> sorted([MISSPELT, POSSIBLE, EXACT, PARTIAL], key=ORDER.__getitem__)
['exact', 'partial', 'possible', 'misspelt']
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from sqlalchemy import Connection, bindparam, func, select

from docparse.errors import UsageError
from docparse.index import schema
from docparse.index.bodies import issued
from docparse.index.fold import find_words, fold, marked, split_quoted
from docparse.index.fulltext import Column, FullText, Term
from docparse.index.guessing import guesses
from docparse.index.keys import KeyParts
from docparse.index.numbers import (
    EXACT,
    MISSPELT,
    PARTIAL,
    POSSIBLE,
    AskedNumber,
    Fit,
    fit,
    read_number,
)
from docparse.index.spelling import near_serials
from docparse.index.unifying import Meant, unified
from docparse.patterns import Patterns

ORDER = {EXACT: 0, PARTIAL: 1, POSSIBLE: 2, MISSPELT: 3}
_LONGEST = 2_000  # characters of a query; nobody types more
_WHOLE = 3  # letters of a symbol that may be taken for a misspelt one
_PROPOSED = 10  # documents that are proposed for a misspelt number
_TITLES = 50  # titles that one query may mean
_AT_ONCE = 100  # documents whose type is asked for at once
_JOINED = 20  # of so many documents, all but one may be joined to others

_YEAR = re.compile(r"(?:19|20)\d\d")
_issuer, _title = (schema.phrases.alias(name) for name in ("i", "n"))
_type = schema.phrases.alias("t")
_BY_SERIAL = (
    select(schema.documents)
    .where(schema.documents.c.serial == bindparam("asked"))
    .order_by(schema.documents.c.key)
)


def find_meant(
    connection: Connection,
    text: FullText,
    query: str,
    patterns: Patterns,
    *,
    most: int | None = None,
) -> tuple[dict[int, Meant], list[tuple[int, str]]]:
    """The documents of a question, partial keys left to those that they mean, and how they fit.

    With ``most`` only so many of the best, and what they may have to do with.
    """
    found = find_documents(connection, text, query, patterns, most=most and most * _JOINED)
    size = len(found) if most is None else most
    while True:
        meant, fits = _left_to_meant(connection, found[:size])
        if most is not None and len(fits) >= most:
            return meant, fits[:most]
        if size >= len(found):
            return meant, fits
        size *= 4


def _left_to_meant(
    connection: Connection, found: Sequence[tuple[int, str]]
) -> tuple[dict[int, Meant], list[tuple[int, str]]]:
    meant = unified(connection, [number for number, _ in found]) if found else {}
    fits: dict[int, str] = {}
    for number, how in found:
        whole = meant[number].document if number in meant else number
        fits[whole] = min(how, fits.get(whole, how), key=ORDER.__getitem__)
    return meant, sorted(fits.items(), key=lambda one: ORDER[one[1]])


def find_documents(
    connection: Connection,
    text: FullText,
    query: str,
    patterns: Patterns,
    *,
    most: int | None = None,
) -> list[tuple[int, str]]:
    """The documents that a number or a title may mean, the best first, and how each fits.

    Of those that a title may mean, only the first so many, if ``most`` is given.
    """
    require_short(query)
    asked = read_number(query, patterns)
    fitting = list(_by_serial(connection, asked, patterns)) if asked.serial else []
    if not fitting:
        named = _by_name(connection, text, asked, query, patterns)
        fitting = [(number, Fit(PARTIAL)) for number in islice(named, most)]
    if not fitting:
        slip = _by_slip(connection, asked) if asked.serial else None
        near = _by_guess(connection, text, asked, query) if slip is None else slip
        fitting = [(number, Fit(MISSPELT)) for number in near]
    ranked = sorted(fitting, key=lambda one: ORDER[one[1].how])
    return [(number, found.how) for number, found in ranked]


def require_short(query: str) -> None:
    """A pasted book is no question."""
    if len(query) > _LONGEST:
        raise UsageError("index-query-too-long", limit=_LONGEST, found=len(query))


def _by_serial(
    connection: Connection, asked: AskedNumber, patterns: Patterns
) -> Iterator[tuple[int, Fit]]:
    fitting: list[tuple[int, str | None, Fit]] = []
    doubtful: dict[int, str] = {}
    for row in connection.execute(_BY_SERIAL, {"asked": asked.serial}):
        parts = KeyParts(row.family, row.serial, row.year, row.codes, row.location)
        found = fit(asked, parts)
        if found is None:
            continue
        how = issued(found.left, parts, patterns) if found.left else EXACT
        fitting.append((row.id, how, found))
        if how != EXACT:
            doubtful[row.id] = row.location or ""
    beside = _words_beside(connection, doubtful)
    for number, how, found in fitting:
        if number in doubtful and set(found.left) <= beside[number]:
            how = found.how
        if how is not None:
            worse = max(how, found.how, key=ORDER.__getitem__)
            yield number, replace(found, how=_dated(connection, number, asked, worse))


def _dated(connection: Connection, document: int, asked: AskedNumber, how: str) -> str:
    """A document that nobody cites with the day that was asked for is only possible."""
    if asked.date is None:
        return how
    mentions = schema.mentions
    said = select(mentions.c.place).where(
        mentions.c.document_id == document, mentions.c.date == asked.date.iso
    )
    return how if connection.execute(said.limit(1)).first() else POSSIBLE


def _words_beside(connection: Connection, documents: Mapping[int, str]) -> dict[int, set[str]]:
    """The words of the places of documents, and of the issuers and titles that they are cited
    with."""
    beside = {number: set(fold(place).split()) for number, place in documents.items()}
    if not documents:
        return beside
    mentions = schema.mentions
    once = (
        select(mentions.c.document_id, mentions.c.issuer_id, mentions.c.title_id)
        .where(mentions.c.document_id.in_(documents))
        .distinct()
        .subquery()
    )
    asked = (
        select(once.c.document_id, _issuer.c.phrase, _title.c.phrase)
        .select_from(once)
        .outerjoin(_issuer, _issuer.c.id == once.c.issuer_id)
        .outerjoin(_title, _title.c.id == once.c.title_id)
    )
    words: dict[str | None, list[str]] = {None: []}
    for number, *said in connection.execute(asked):
        for phrase in said:
            if phrase not in words:
                words[phrase] = fold(phrase).split()
            beside[number].update(words[phrase])
    return beside


def _by_name(
    connection: Connection, text: FullText, asked: AskedNumber, query: str, patterns: Patterns
) -> Iterable[int]:
    """Documents whose name or title has all the words, those in quotation marks side by side."""
    words = tuple(dict.fromkeys(fold(query).split()))
    if not words:
        return []
    if words[1:] and patterns.forms("queries").pattern("between").fullmatch(words[0]):
        words = words[1:]  # "số TCVN ISO 9001:2015"
    table = schema.documents
    named = select(table.c.id).where(table.c.serial.is_(None))  # laws, standards: only a name
    phrases = [phrase for piece in split_quoted(query)[1::2] if (phrase := fold(piece))]
    for word in (*words[:20], *phrases):
        named = named.where((" " + table.c.codes + " ").contains(f" {word} ", autoescape=True))
    # The fewer words a name has besides, the likelier it is meant: the law before its amendment.
    nearest = named.order_by(func.length(table.c.codes), table.c.key).limit(_TITLES)
    found = list(connection.scalars(nearest))
    if not found:  # "tcvniso 9001:2015"
        glued = select(table.c.id).where(table.c.serial.is_(None))
        whole = func.replace(table.c.codes, " ", "") == "".join(words)
        found = list(connection.scalars(glued.where(whole).limit(_TITLES)))
    if not asked.words:
        return found
    numbers = [word for word in words if word[0].isdigit()]
    day = (asked.date.iso or "").split("-") if asked.date else ()
    others = [one for one in numbers if not _YEAR.fullmatch(one) and one.zfill(2) not in day]
    # "Luật Đầu tư 2020" names a year that the title need not have, "ngày 17/6/2020" a day.
    for some in dict.fromkeys((tuple(numbers), tuple(others))):
        wanted = {*asked.words[:20], *some[:20]}
        found += _titled_exactly(connection, text, query, wanted) if marked(query) else []
        terms = [Term(words=(word,)) for word in sorted(wanted)]
        terms += [Term(words=tuple(phrase.split())) for phrase in phrases]
        found += _titled(connection, text, terms)
        if len(some) < len(numbers):
            years = {*map(int, filter(_YEAR.fullmatch, numbers))}
            found = _of_years(connection, found, years, asked, patterns)
        if found:
            break
    return _typed(connection, dict.fromkeys(found), asked)


def _of_years(
    connection: Connection,
    documents: Sequence[int],
    years: Collection[int],
    asked: AskedNumber,
    patterns: Patterns,
) -> list[int]:
    """Of laws those of the years that were asked for: one name is that of several laws."""
    laws = {fold(row.name) for row in patterns.types if row.kind == "law"}
    if not years or not asked.types & laws:
        return list(documents)
    table = schema.documents
    dated = select(table.c.id).where(table.c.id.in_(documents), table.c.year.not_in(years))
    others = set(connection.execute(dated).scalars())
    return [number for number in documents if number not in others]


def _by_slip(connection: Connection, asked: AskedNumber) -> Iterable[int]:
    """Documents whose serial or symbol is one slip away from a number that is written whole."""
    from rapidfuzz.distance import OSA

    table, typed = schema.documents, "".join(asked.codes)
    if len(typed) < _WHOLE:
        return []
    serial = asked.serial or ""
    rows = connection.execute(
        select(table.c.id, table.c.serial, table.c.year, table.c.codes)
        .where(table.c.serial.in_({serial, *near_serials(serial)}))
        .order_by(table.c.key)
    )
    found = []
    for number, there, year, said in rows:
        codes = said.split()
        if asked.year not in (None, year) or (asked.types and not asked.types & set(codes)):
            continue
        symbol = "".join(code for code in codes if code not in asked.types)
        if OSA.distance(serial, there) + OSA.distance(typed, symbol) == 1:
            found.append(number)
    return found[:_PROPOSED]


def _by_guess(
    connection: Connection, text: FullText, asked: AskedNumber, query: str
) -> Iterable[int]:
    """Documents whose title is one slip away from the words."""
    if split_quoted(query)[1:]:
        return []  # what stands in quotation marks is meant as it stands
    found: list[int] = []
    for phrase in guesses(connection, text, "titles", asked.phrase):
        found += _titled(connection, text, [Term(words=phrase)])
    return _typed(connection, dict.fromkeys(found), asked)


def _titled_exactly(
    connection: Connection, text: FullText, query: str, wanted: Collection[str]
) -> list[int]:
    """Documents whose title has the words with the marks that were typed."""
    words = {word.exact for word in find_words(query) if word.folded in wanted}
    terms = [Term(words=(word,)) for word in sorted(words)]
    pieces = [[word.exact for word in find_words(one)] for one in split_quoted(query)[1::2]]
    terms += [Term(words=tuple(piece)) for piece in pieces if piece]
    return _titled(connection, text, terms, "exact") if terms else []


def _titled(
    connection: Connection, text: FullText, terms: Sequence[Term], column: Column = "folded"
) -> list[int]:
    """Documents with a title of these words, in the order of the titles."""
    titles = text.find(connection, "titles", terms, column, _TITLES)
    order = {title: place for place, title in enumerate(titles)}
    aliases = schema.aliases
    rows = connection.execute(
        select(aliases.c.phrase_id, aliases.c.document_id)
        .where(aliases.c.phrase_id.in_(titles))
        .order_by(aliases.c.document_id)
    ).all()
    return [row.document_id for row in sorted(rows, key=lambda row: order[row.phrase_id])]


def _typed(connection: Connection, documents: Iterable[int], asked: AskedNumber) -> Iterator[int]:
    """Only documents of the type that was asked for, if one was; asked for by and by."""
    if not asked.types:
        yield from documents
        return
    mentions, waiting = schema.mentions, iter(documents)
    while numbers := list(islice(waiting, _AT_ONCE)):
        rows = connection.execute(
            select(mentions.c.document_id, _type.c.phrase)
            .join(_type, _type.c.id == mentions.c.type_id)
            .where(mentions.c.document_id.in_(numbers))
            .distinct()
        )
        fitting = {number for number, said in rows if fold(said) in asked.types}
        yield from (number for number in numbers if number in fitting)
