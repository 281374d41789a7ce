"""All that is known of one document: a number in, dates, titles, issuers and relations out.

>>> show.__name__
'show'
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from docparse.index import schema
from docparse.index.answers import Count, Shown
from docparse.index.asking import find_meant
from docparse.index.citing import mentions_of, quoted
from docparse.index.fulltext import FullText
from docparse.index.papers import counted, papers
from docparse.index.unifying import Meant, also
from docparse.patterns import Patterns

_SAID = ("types", "numbers", "dates", "titles", "issuers")


def show(connection: Connection, text: FullText, query: str, patterns: Patterns) -> list[Shown]:
    """The documents that a number or a title may mean, the best first."""
    meant, found = find_meant(connection, text, query, patterns)
    return [_shown(connection, number, how, meant) for number, how in found]


def _shown(connection: Connection, number: int, how: str, meant: Mapping[int, Meant]) -> Shown:
    key = _key(connection, number)
    numbers = also(meant, [number])
    rows = connection.execute(mentions_of(numbers, meant)).all()
    partial = [(_key(connection, one), meant[one].evidence) for one in numbers if one != number]
    dated = [row for row in rows if row.report_date] or rows
    ends = quoted(connection, [dated[0], dated[-1]], meant) if rows else [None, None]
    held, cited = _held(connection, [key, *(one for one, _ in partial)])
    same = papers((row.report_id, row.own_key, row.report_date) for row in rows)
    whole = counted((("", row.report_id) for row in rows), same)
    return Shown(
        key=key,
        fit=how,
        reports=sum(one.reports for one in whole),
        mentions=sum(one.mentions for one in whole),
        **{name: _values(rows, name.removesuffix("s"), same) for name in _SAID},
        relations_in=_values(rows, "relation", same),
        relations_out=cited,
        also_meant=tuple(dict.fromkeys([*partial, *_also_meant(connection, numbers)])),
        held=held,
        first=ends[0],
        last=ends[1],
    )


def _key(connection: Connection, number: int) -> str:
    documents = schema.documents
    asked = select(documents.c.key).where(documents.c.id == number)
    return str(connection.execute(asked).scalar_one())


def _values(rows: Sequence[Row[Any]], name: str, same: Mapping[int, int]) -> tuple[Count, ...]:
    return counted(((row._mapping[name], row.report_id) for row in rows), same)


def _also_meant(connection: Connection, numbers: Collection[int]) -> list[tuple[str, str | None]]:
    """Keys that say less and could mean only this document where they stood, and why."""
    aliases, phrases = schema.aliases, schema.phrases
    rows = connection.execute(
        select(phrases.c.phrase, aliases.c.evidence)
        .join(phrases, phrases.c.id == aliases.c.phrase_id)
        .where(aliases.c.document_id.in_(numbers), aliases.c.evidence.is_not(None))
        .order_by(phrases.c.phrase)
    )
    return [(phrase, evidence) for phrase, evidence in rows]


def _held(
    connection: Connection, keys: Collection[str]
) -> tuple[tuple[str, ...], tuple[Count, ...]]:
    """The files of a document that is itself in the collection, and the keys that it cites."""
    reports, files, mentions = schema.reports, schema.files, schema.mentions
    documents = schema.documents
    own = select(reports.c.id).where(reports.c.own_key.in_(keys))
    paths = select(files.c.path).where(files.c.report_id.in_(own)).order_by(files.c.path)
    cited = connection.execute(
        select(documents.c.key, reports.c.id, reports.c.own_key, reports.c.date)
        .join(mentions, mentions.c.document_id == documents.c.id)
        .join(reports, reports.c.id == mentions.c.report_id)
        .where(
            mentions.c.report_id.in_(own), mentions.c.own.is_(False), documents.c.key.not_in(keys)
        )
        .order_by(reports.c.id)
    ).all()
    same = papers((row.id, row.own_key, row.date) for row in cited)
    counts = counted(((row.key, row.id) for row in cited), same)
    return tuple(connection.execute(paths).scalars()), counts
