"""Who cites what: a report's name or a document's number in, mentions with their quotes out.

What is not written whole is left to the document that it means, with the evidence; a report does
not cite itself.

>>> [column for column in mentions_of([1]).selected_columns.keys() if column.startswith("report_")]
['report_number', 'report_date', 'report_id']
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    case,
    func,
    select,
)

from docparse.errors import UsageError
from docparse.index import schema
from docparse.index.answers import Cited
from docparse.index.asking import ORDER, find_meant, require_short
from docparse.index.dense import unpack_source
from docparse.index.fold import fold
from docparse.index.fulltext import FullText
from docparse.index.papers import papers
from docparse.index.unifying import Meant, also, unified
from docparse.patterns import Patterns

_SHOWN = 200  # characters of a name that a message repeats
_Phrase = schema.phrases.alias
_type, _issuer, _title, _relation = (_Phrase(name) for name in ("t", "i", "n", "r"))


def path_of() -> ScalarSelect[str]:
    """What a report is called: the first of the files that hold it."""
    files = schema.files
    first = select(func.min(files.c.path)).where(files.c.report_id == schema.reports.c.id)
    return first.scalar_subquery()


def find_reports(connection: Connection, name: str) -> list[int]:
    """The reports that a path, the end of one, a number of its own or a hash may mean."""
    files, reports = schema.files, schema.reports
    require_short(name)
    # Halves of surrogate pairs and NUL are in no database: a name with them is that of no report.
    name = name.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
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
        raise UsageError("index-no-report", name=name[:_SHOWN])
    if len(found) > 1:
        reports = schema.reports
        paths = connection.execute(select(path_of()).where(reports.c.id.in_(found[:10]))).scalars()
        raise UsageError("index-which-report", name=name[:_SHOWN], found=", ".join(sorted(paths)))
    return found[0]


def cites(connection: Connection, name: str) -> list[Cited]:
    """What a report cites, in its own order."""
    rows = connection.execute(_mentions_in([the_report(connection, name)])).all()
    return quoted(connection, rows, unified(connection))


def shared(connection: Connection, name: str, other: str) -> list[Cited]:
    """Mentions of the documents that both reports cite, in the order of the first report."""
    reports = [the_report(connection, one) for one in (name, other)]
    meant = unified(connection)
    rows = connection.execute(_mentions_in(reports)).all()
    named: dict[int, set[int]] = {}
    order: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: (reports.index(row.report_id), row.place)):
        document = _document(row, meant)
        if document is not None:
            named.setdefault(document, set()).add(row.report_id)
            order.setdefault(document, len(order))
    asked = set(reports)  # one, where both names are those of one report
    both = [row for row in rows if named.get(_document(row, meant) or 0) == asked]
    both.sort(
        key=lambda row: (
            order[_document(row, meant) or 0], reports.index(row.report_id), row.place
        )
    )  # fmt: skip
    return quoted(connection, both, meant)


def _mentions_in(reports: Collection[int]) -> Select[Any]:
    mentions = schema.mentions
    asked = _MENTIONS.where(mentions.c.report_id.in_(reports), mentions.c.own.is_(False))
    return asked.order_by(mentions.c.report_id, mentions.c.place)


def _document(row: Row[Any], meant: Mapping[int, Meant]) -> int | None:
    """The document of a mention, or that which its partial key means."""
    found = meant.get(row.document_id)
    return found.document if found else row.document_id


def cited_by(
    connection: Connection,
    text: FullText,
    query: str,
    patterns: Patterns,
    *,
    limit: int | None = None,
) -> list[Cited]:
    """Every mention of a document in other reports, by the dates of the reports."""
    meant, fits = find_meant(connection, text, query, patterns)
    found: list[Cited] = []
    for how in ORDER:
        numbers = also(meant, [number for number, fit in fits if fit == how])
        room = None if limit is None else limit - len(found)
        if numbers and (room is None or room > 0):
            rows = connection.execute(mentions_of(numbers, meant, limit=room)).all()
            same = papers((row.report_id, row.own_key, row.report_date) for row in rows)
            paths = {row.report_id: row.report for row in rows}
            found += [
                replace(one, fit=how, same_as=paths.get(same.get(row.report_id, 0)))
                for row, one in zip(rows, quoted(connection, rows, meant), strict=True)
            ]
    return found


def mentions_of(
    documents: Collection[int],
    meant: Mapping[int, Meant] | None = None,
    *,
    limit: int | None = None,
) -> Select[Any]:
    """Mentions of documents by other reports, document by document, the oldest report first."""
    mentions, reports, named = schema.mentions, schema.reports, schema.documents.alias()
    # Numbers of documents and reports tell which was written first, which may be any.
    own = select(named.c.key).where(named.c.id == mentions.c.document_id).scalar_subquery()
    wholes = {one: meant[one].key for one in documents if meant and one in meant}
    whole: ColumnElement[str] = own
    if wholes:
        whole = case(wholes, value=mentions.c.document_id, else_=own)
    order = (
        case((whole.like("law:%"), func.length(whole)), else_=0),  # before those that amend it
        whole,
        reports.c.date.is_(None),
        reports.c.date,
        reports.c.sha256,
        mentions.c.place,
    )
    theirs = mentions.c.document_id.in_(documents), mentions.c.own.is_(False)
    if limit is None:
        return _MENTIONS.where(*theirs).order_by(*order)
    # The words of the rest are not looked up.
    first = (
        select(mentions, func.row_number().over(order_by=order).label("nth"))
        .join(reports, reports.c.id == mentions.c.report_id)
        .where(*theirs)
        .order_by(*order)
        .limit(limit)
        .subquery()
    )
    return _mentions(first).order_by(first.c.nth)


def _mentions(mentions: FromClause) -> Select[Any]:
    """Mentions with their words."""
    reports, documents = schema.reports, schema.documents
    return (
        select(
            documents.c.key,
            mentions.c.document_id,
            mentions.c.place,
            _type.c.phrase.label("type"),
            mentions.c.number,
            mentions.c.date,
            _issuer.c.phrase.label("issuer"),
            _title.c.phrase.label("title"),
            _relation.c.phrase.label("relation"),
            path_of().label("report"),
            reports.c.number.label("report_number"),
            reports.c.date.label("report_date"),
            reports.c.own_key,
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


_MENTIONS = _mentions(schema.mentions)


def quoted(
    connection: Connection,
    rows: Sequence[Row[Any]],
    meant: Mapping[int, Meant] | None = None,
    *,
    quotes: bool = True,
) -> list[Cited]:
    """Mentions with their words, cut from the texts that the index keeps."""
    sources = Sources(connection)
    made_here = ("quote", "fit", "evidence", "same_as")
    names = [name for name in Cited.__dataclass_fields__ if name not in made_here]
    found = []
    for row in rows:
        words = sources.quote(row.report_id, row.start, row.length) if quotes else ""
        one = Cited(**{name: row._mapping[name] for name in names}, quote=words)
        if meant and (whole := meant.get(row.document_id)):
            one = replace(one, key=whole.key, evidence=whole.evidence)
        found.append(one)
    return found


def quoted_mentions(connection: Connection, *, quotes: bool = True) -> Iterator[Cited]:
    """Every mention of every document, report by report; not those of a report's own number."""
    reports, meant = schema.reports, unified(connection)
    numbers = connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars().all()
    for number in numbers:
        rows = connection.execute(_mentions_in([number])).all()
        yield from quoted(connection, rows, meant, quotes=quotes)


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
