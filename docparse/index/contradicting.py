"""Documents that citations contradict each other about: two dates, symbols or titles of one.

Every value comes with a place where it is written. A shorter title is no other title, and a date
of which a part is not written contradicts nothing. What follows from it is for the reader to say:
docparse check weighs these things, an index only shows them.

>>> other_titles(["về cải cách hành chính", "cải cách hành chính năm 2023", "an toàn điện"])
['về cải cách hành chính', 'an toàn điện']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select

from docparse.index import schema
from docparse.index.answers import Cited, Conflict, Side
from docparse.index.citing import mentions_of, quoted
from docparse.index.fold import fold
from docparse.index.unifying import Meant, unified

KINDS = ("dates", "symbols", "titles")
_SAME_TITLE = 70.0  # likeness from which two titles are ways to write one
_SAME_SUBJECT = 85.0  # and from which two symbols under one number and day may be one document


def conflicts(connection: Connection, kinds: Iterable[str] = KINDS) -> Iterator[Conflict]:
    """What citations contradict each other about, by kind and key."""
    wanted = set(kinds)
    meant = unified(connection)
    if "dates" in wanted:
        yield from _dates(connection, meant)
    if "symbols" in wanted:
        yield from _symbols(connection)
    if "titles" in wanted:
        yield from _titles(connection, meant)


def other_titles(titles: Sequence[str]) -> list[str]:
    """One title of each group that cannot be another way to write the ones before."""
    from rapidfuzz.fuzz import partial_ratio, token_set_ratio

    kept: list[tuple[str, str]] = []
    for title in titles:
        folded = fold(title)
        alike = (
            max(token_set_ratio(folded, other), partial_ratio(folded, other)) for _, other in kept
        )
        if folded and max(alike, default=0.0) < _SAME_TITLE:
            kept.append((title, folded))
    return [title for title, _ in kept]


def _dates(connection: Connection, meant: Mapping[int, Meant]) -> Iterator[Conflict]:
    mentions = schema.mentions
    asked = (
        select(mentions.c.document_id)
        .where(mentions.c.date.like("____-__-__"), mentions.c.document_id.is_not(None))
        .group_by(mentions.c.document_id)
        .having(func.count(func.distinct(mentions.c.date)) > 1)
    )
    for key, rows in _rows(connection, asked, meant):
        dated = [row for row in rows if row.date and len(row.date) == 10]
        groups = _grouped((row.date, row) for row in dated)
        if len(groups) > 1:
            yield Conflict(kind="dates", key=key, sides=_sides(connection, groups))


def _titles(connection: Connection, meant: Mapping[int, Meant]) -> Iterator[Conflict]:
    mentions = schema.mentions
    asked = (
        select(mentions.c.document_id)
        .where(mentions.c.title_id.is_not(None), mentions.c.document_id.is_not(None))
        .group_by(mentions.c.document_id)
        .having(func.count(func.distinct(mentions.c.title_id)) > 1)
    )
    for key, rows in _rows(connection, asked, meant):
        groups = _grouped((row.title, row) for row in rows if row.title)
        # The one that most reports write comes first, so that the odd one is shown beside it.
        apart = other_titles(sorted(groups, key=lambda title: (-len(groups[title]), title)))
        if len(apart) > 1:
            sides = _sides(connection, {title: groups[title] for title in apart})
            yield Conflict(kind="titles", key=key, sides=sides)


def _symbols(connection: Connection) -> Iterator[Conflict]:
    """Documents of one number, day and subject whose symbols differ."""
    mentions, documents = schema.mentions, schema.documents
    same = (
        select(documents.c.serial, mentions.c.date)
        .join(documents, documents.c.id == mentions.c.document_id)
        .where(mentions.c.date.like("____-__-__"), documents.c.serial.is_not(None))
        .group_by(documents.c.serial, mentions.c.date)
        .having(func.count(func.distinct(documents.c.codes)) > 1)
    )
    for serial, date in connection.execute(same).all():
        asked = (
            select(mentions.c.document_id)
            .join(documents, documents.c.id == mentions.c.document_id)
            .where(documents.c.serial == serial, mentions.c.date == date)
            .distinct()
        )
        numbers = list(connection.execute(asked).scalars())
        rows = [row for row in connection.execute(mentions_of(numbers)) if row.date == date]
        groups = _grouped((row.number or row.key, row) for row in rows)
        groups = {number: said for number, said in groups.items() if _shared(said, groups)}
        if len(groups) > 1:
            key = next(iter(groups.values()))[0].key
            yield Conflict(kind="symbols", key=key, sides=_sides(connection, groups))


def _shared(said: Sequence[Row[Any]], groups: dict[str, list[Row[Any]]]) -> bool:
    """Whether another number has nearly the same title."""
    from rapidfuzz.fuzz import token_set_ratio

    own = {fold(row.title) for row in said if row.title}
    others = {
        fold(row.title) for rows in groups.values() if rows is not said for row in rows if row.title
    }
    return any(token_set_ratio(one, other) >= _SAME_SUBJECT for one in own for other in others)


def _rows(
    connection: Connection, asked: Any, meant: Mapping[int, Meant]
) -> Iterator[tuple[str, list[Row[Any]]]]:
    """The mentions of each document that was asked for, and of those that are joined, by key."""
    numbers = {meant[one].document if one in meant else one for one in connection.scalars(asked)}
    numbers |= {one.document for one in meant.values()}
    documents = schema.documents
    keys = [
        (connection.execute(select(documents.c.key).where(documents.c.id == one)).scalar_one(), one)
        for one in numbers
    ]
    joined: dict[int, list[int]] = {}
    for number, one in meant.items():
        joined.setdefault(one.document, []).append(number)
    for key, number in sorted(keys):
        both = [number, *joined.get(number, ())]
        yield key, list(connection.execute(mentions_of(both, meant)).all())


def _grouped(values: Iterable[tuple[str, Row[Any]]]) -> dict[str, list[Row[Any]]]:
    groups: dict[str, list[Row[Any]]] = {}
    for value, row in values:
        groups.setdefault(value, []).append(row)
    return groups


def _sides(connection: Connection, groups: dict[str, list[Row[Any]]]) -> tuple[Side, ...]:
    """Each value with its first place, the most frequent first."""
    ordered = sorted(groups, key=lambda value: (-len(groups[value]), value))
    places: list[Cited] = quoted(connection, [groups[value][0] for value in ordered])
    return tuple(
        Side(
            value=value,
            mentions=len(groups[value]),
            report=place.report,
            line=place.line,
            page=place.page,
            quote=place.quote,
        )
        for value, place in zip(ordered, places, strict=True)
    )
