"""All that is known of one document: a number in, dates, titles, issuers and relations out.

>>> counted([("a", 1), ("a", 2), (None, 2)])
(Count(value='a', mentions=2, reports=2),)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from docparse.index import schema
from docparse.index.answers import Count, Shown
from docparse.index.asking import find_meant
from docparse.index.citing import mentions_of, quoted
from docparse.index.fulltext import FullText
from docparse.index.unifying import Meant, also
from docparse.patterns import Patterns


def show(connection: Connection, text: FullText, query: str, patterns: Patterns) -> list[Shown]:
    """The documents that a number or a title may mean, the best first."""
    meant, found = find_meant(connection, text, query, patterns)
    return [_shown(connection, number, how, meant) for number, how in found]


def counted(values: Iterable[tuple[str | None, int]]) -> tuple[Count, ...]:
    """Values and the reports that they are written in, the most frequent first."""
    mentions: dict[str, int] = {}
    reports: dict[str, set[int]] = {}
    for value, report in values:
        if value is not None:
            mentions[value] = mentions.get(value, 0) + 1
            reports.setdefault(value, set()).add(report)
    ordered = sorted(mentions, key=lambda value: (-mentions[value], value))
    return tuple(
        Count(value=value, mentions=mentions[value], reports=len(reports[value]))
        for value in ordered
    )


def _shown(connection: Connection, number: int, how: str, meant: Mapping[int, Meant]) -> Shown:
    key = _key(connection, number)
    numbers = also(meant, [number])
    rows = connection.execute(mentions_of(numbers, meant)).all()
    partial = [(_key(connection, one), meant[one].evidence) for one in numbers if one != number]
    dated = [row for row in rows if row.report_date] or rows
    ends = quoted(connection, [dated[0], dated[-1]], meant) if rows else [None, None]
    held, cited = _held(connection, [key, *(one for one, _ in partial)])
    return Shown(
        key=key,
        fit=how,
        reports=len({row.report_id for row in rows}),
        mentions=len(rows),
        types=_values(rows, "type"),
        numbers=_values(rows, "number"),
        dates=_values(rows, "date"),
        titles=_values(rows, "title"),
        issuers=_values(rows, "issuer"),
        relations_in=_values(rows, "relation"),
        relations_out=counted(cited),
        also_meant=tuple(dict.fromkeys([*partial, *_also_meant(connection, numbers)])),
        held=held,
        first=ends[0],
        last=ends[1],
    )


def _key(connection: Connection, number: int) -> str:
    documents = schema.documents
    asked = select(documents.c.key).where(documents.c.id == number)
    return str(connection.execute(asked).scalar_one())


def _values(rows: Sequence[Row[Any]], name: str) -> tuple[Count, ...]:
    return counted((row._mapping[name], row.report_id) for row in rows)


def _also_meant(connection: Connection, numbers: Collection[int]) -> list[tuple[str, str | None]]:
    """Keys that say less and could mean only this document where they stood, and why."""
    aliases, phrases = schema.aliases, schema.phrases
    rows = connection.execute(
        select(phrases.c.phrase, aliases.c.evidence)
        .join(phrases, phrases.c.id == aliases.c.phrase_id)
        .where(aliases.c.document_id.in_(numbers), phrases.c.kind == "key")
        .order_by(phrases.c.phrase)
    )
    return [(phrase, evidence) for phrase, evidence in rows]


def _held(
    connection: Connection, keys: Collection[str]
) -> tuple[tuple[str, ...], list[tuple[str, int]]]:
    """The files of a document that is itself in the collection, and the keys that it cites."""
    reports, files, mentions = schema.reports, schema.files, schema.mentions
    documents = schema.documents
    own = select(reports.c.id).where(reports.c.own_key.in_(keys))
    paths = select(files.c.path).where(files.c.report_id.in_(own)).order_by(files.c.path)
    cited = connection.execute(
        select(documents.c.key, mentions.c.report_id)
        .join(mentions, mentions.c.document_id == documents.c.id)
        .where(
            mentions.c.report_id.in_(own), mentions.c.own.is_(False), documents.c.key.not_in(keys)
        )
    )
    return tuple(connection.execute(paths).scalars()), [(one, report) for one, report in cited]
