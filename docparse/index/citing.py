"""Who cites what: a report's name or a document's number in, mentions with their quotes out.

Numbers may be partial and loosely typed; where several documents are meant, all come back, those
that fit best first, and each says how it fits. A report does not cite itself.

>>> sorted([POSSIBLE, EXACT, PARTIAL], key=_ORDER.__getitem__)
['exact', 'partial', 'possible']
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, ScalarSelect, Select, func, select

from docparse.errors import UsageError
from docparse.index import schema
from docparse.index.answers import Cited
from docparse.index.dense import unpack_source
from docparse.index.fold import fold
from docparse.index.fulltext import FullText, Term
from docparse.index.keys import KeyParts
from docparse.index.numbers import EXACT, PARTIAL, POSSIBLE, AskedNumber, Fit, fit, read_number
from docparse.patterns import Patterns

_ORDER = {EXACT: 0, PARTIAL: 1, POSSIBLE: 2}
_NAMED = ("law", "standard", "own", "other")  # families without a running number
LONGEST = 2_000  # characters of a query; nobody types more
_TITLES = 50  # titles that one query may mean

_Phrase = schema.phrases.alias
_type, _issuer, _title, _relation = (_Phrase(name) for name in ("t", "i", "n", "r"))


def path_of() -> ScalarSelect[str]:
    """What a report is called: the first of the files that hold it."""
    files = schema.files
    first = select(func.min(files.c.path)).where(files.c.report_id == schema.reports.c.id)
    return first.scalar_subquery()


def find_documents(
    connection: Connection, text: FullText, query: str, patterns: Patterns
) -> list[tuple[int, str]]:
    """The documents that a number or a title may mean, the best first, and how each fits."""
    require_short(query)
    asked = read_number(query, patterns)
    fitting = list(_by_serial(connection, asked)) if asked.serial else []
    if not fitting:
        fitting = [(number, Fit(PARTIAL)) for number in _by_name(connection, text, asked, query)]
    ranked = sorted(fitting, key=lambda one: _ORDER[one[1].how])
    return [(number, found.how) for number, found in ranked]


def require_short(query: str) -> None:
    """A pasted book is no question."""
    if len(query) > LONGEST:
        raise UsageError("index-query-too-long", limit=LONGEST, found=len(query))


def _by_serial(connection: Connection, asked: AskedNumber) -> Iterator[tuple[int, Fit]]:
    table = schema.documents
    for row in connection.execute(select(table).where(table.c.serial == asked.serial)):
        parts = KeyParts(row.family, row.serial, row.year, row.codes, row.location)
        found = fit(asked, parts)
        if found is None:
            continue
        if found.left and not _named_beside(connection, row, found.left):
            continue
        yield row.id, replace(found, how=_dated(connection, row.id, asked, found.how))


def _dated(connection: Connection, document: int, asked: AskedNumber, how: str) -> str:
    """A document that nobody cites with the day that was asked for is only possible."""
    if asked.date is None:
        return how
    mentions = schema.mentions
    said = select(mentions.c.place).where(
        mentions.c.document_id == document, mentions.c.date == asked.date.iso
    )
    return how if connection.execute(said.limit(1)).first() else POSSIBLE


def _named_beside(connection: Connection, document: Row[Any], words: Collection[str]) -> bool:
    """Whether words that are no codes stand in the place, the issuers or the titles."""
    mentions = schema.mentions
    asked = (
        select(_issuer.c.phrase, _title.c.phrase)
        .select_from(mentions)
        .outerjoin(_issuer, _issuer.c.id == mentions.c.issuer_id)
        .outerjoin(_title, _title.c.id == mentions.c.title_id)
        .where(mentions.c.document_id == document.id)
        .distinct()
        .limit(200)
    )
    beside = [document.location or ""]
    for row in connection.execute(asked):
        beside += [words_said for words_said in row if words_said]
    return set(words) <= set(fold(" ".join(beside)).split())


def _by_name(
    connection: Connection, text: FullText, asked: AskedNumber, query: str
) -> Iterable[int]:
    """Documents whose name or title has all the words."""
    words = tuple(dict.fromkeys(fold(query).split()))
    if not words:
        return []
    table = schema.documents
    named = select(table.c.id).where(table.c.family.in_(_NAMED))
    for word in words[:20]:
        named = named.where((" " + table.c.codes + " ").contains(f" {word} ", autoescape=True))
    found = [number for (number,) in connection.execute(named.limit(_TITLES))]
    if not asked.words:
        return found
    terms = [Term(words=(word,)) for word in dict.fromkeys(asked.words[:20])]
    titles = text.find(connection, "titles", terms, "folded", _TITLES)
    aliases = schema.aliases
    titled = select(aliases.c.document_id).where(aliases.c.phrase_id.in_(titles)).distinct()
    found += [number for (number,) in connection.execute(titled)]
    return _typed(connection, dict.fromkeys(found), asked)


def _typed(connection: Connection, documents: Iterable[int], asked: AskedNumber) -> list[int]:
    """Only documents of the type that was asked for, if one was."""
    numbers = list(documents)
    if not asked.types or not numbers:
        return numbers
    mentions = schema.mentions
    rows = connection.execute(
        select(mentions.c.document_id, _type.c.phrase)
        .join(_type, _type.c.id == mentions.c.type_id)
        .where(mentions.c.document_id.in_(numbers))
        .distinct()
    )
    fitting = {number for number, said in rows if fold(said) in asked.types}
    return [number for number in numbers if number in fitting]


def find_reports(connection: Connection, name: str) -> list[int]:
    """The reports that a path, the end of one, a number of its own or a hash may mean."""
    files, reports = schema.files, schema.reports
    plain = name.replace("\\", "/").removeprefix("./")
    by_path = select(files.c.report_id).where(files.c.path == plain)
    by_end = select(files.c.report_id).where(
        files.c.name == plain.rpartition("/")[2],
        ("/" + files.c.path).endswith(f"/{plain}", autoescape=True),
    )
    by_number = select(reports.c.id).where(reports.c.number_folded == fold(name))
    asked: list[Select[Any]] = [by_path, by_end, by_number]
    if len(plain) >= 8:
        asked.append(
            select(reports.c.id).where(reports.c.sha256.startswith(plain, autoescape=True))
        )
    for query in asked:
        found = sorted({number for (number,) in connection.execute(query) if number is not None})
        if found:
            return found
    return []


def the_report(connection: Connection, name: str) -> int:
    """The one report that is meant; an error where there is none, or several."""
    found = find_reports(connection, name)
    if not found:
        raise UsageError("index-no-report", name=name)
    if len(found) > 1:
        reports = schema.reports
        paths = connection.execute(select(path_of()).where(reports.c.id.in_(found[:10]))).scalars()
        raise UsageError("index-which-report", name=name, found=", ".join(sorted(paths)))
    return found[0]


def cites(connection: Connection, name: str) -> list[Cited]:
    """What a report cites, in its own order."""
    mentions = schema.mentions
    asked = _mentions().where(
        mentions.c.report_id == the_report(connection, name), mentions.c.own.is_(False)
    )
    return quoted(connection, connection.execute(asked.order_by(mentions.c.place)).all())


def cited_by(
    connection: Connection,
    text: FullText,
    query: str,
    patterns: Patterns,
    *,
    limit: int | None = None,
) -> list[Cited]:
    """Every mention of a document in other reports, by the dates of the reports."""
    documents = dict(find_documents(connection, text, query, patterns))
    found: list[Cited] = []
    for how in (EXACT, PARTIAL, POSSIBLE):
        numbers = [number for number, fits in documents.items() if fits == how]
        room = None if limit is None else limit - len(found)
        if numbers and (room is None or room > 0):
            rows = connection.execute(mentions_of(numbers, limit=room)).all()
            found += [replace(one, fit=how) for one in quoted(connection, rows)]
    return found


def mentions_of(documents: Collection[int], *, limit: int | None = None) -> Select[Any]:
    """Mentions of documents by other reports, the oldest report first."""
    mentions, reports = schema.mentions, schema.reports
    return (
        _mentions()
        .where(mentions.c.document_id.in_(documents), mentions.c.own.is_(False))
        .order_by(
            mentions.c.document_id,
            reports.c.date.is_(None),
            reports.c.date,
            mentions.c.report_id,
            mentions.c.place,
        )
        .limit(limit)
    )


def _mentions() -> Select[Any]:
    mentions, reports, documents = schema.mentions, schema.reports, schema.documents
    return (
        select(
            documents.c.key,
            _type.c.phrase.label("type"),
            mentions.c.number,
            mentions.c.date,
            _issuer.c.phrase.label("issuer"),
            _title.c.phrase.label("title"),
            _relation.c.phrase.label("relation"),
            path_of().label("report"),
            reports.c.number.label("report_number"),
            reports.c.date.label("report_date"),
            mentions.c.line,
            mentions.c.page,
            mentions.c.report_id,
            mentions.c.start,
            mentions.c.length,
        )
        .select_from(mentions)
        .join(reports, reports.c.id == mentions.c.report_id)
        .outerjoin(documents, documents.c.id == mentions.c.document_id)
        .outerjoin(_type, _type.c.id == mentions.c.type_id)
        .outerjoin(_issuer, _issuer.c.id == mentions.c.issuer_id)
        .outerjoin(_title, _title.c.id == mentions.c.title_id)
        .outerjoin(_relation, _relation.c.id == mentions.c.relation_id)
    )


def quoted(connection: Connection, rows: Sequence[Row[Any]], *, quotes: bool = True) -> list[Cited]:
    """Mentions with their words, cut from the texts that the index keeps."""
    sources = Sources(connection)
    names = [name for name in Cited.__dataclass_fields__ if name not in ("quote", "fit")]
    return [
        Cited(
            **{name: row._mapping[name] for name in names},
            quote=sources.quote(row.report_id, row.start, row.length) if quotes else "",
        )
        for row in rows
    ]


def quoted_mentions(connection: Connection, *, quotes: bool = True) -> Iterator[Cited]:
    """Every mention of every document, report by report; not those of a report's own number."""
    mentions, reports = schema.mentions, schema.reports
    asked = _mentions().where(mentions.c.own.is_(False))
    numbers = connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars().all()
    for number in numbers:
        rows = connection.execute(
            asked.where(mentions.c.report_id == number).order_by(mentions.c.place)
        ).all()
        yield from quoted(connection, rows, quotes=quotes)


class Sources:
    """The texts of reports, the last ones kept unpacked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._bodies: dict[int, str] = {}

    def quote(self, report: int, start: int | None, length: int | None) -> str:
        """Some words of a report."""
        if start is None or length is None:
            return ""
        if report not in self._bodies:
            texts = schema.texts
            asked = select(texts.c.body).where(texts.c.report_id == report)
            body = self._connection.execute(asked).scalar()
            if len(self._bodies) > 50:
                self._bodies.clear()
            self._bodies[report] = unpack_source(body) if body else ""
        return self._bodies[report][start : start + length]
