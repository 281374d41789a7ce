"""What the whole collection says: missing documents, duplicates, failures, numbers.

>>> Stat(name="reports", value=3).value
3
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from docparse.index import schema
from docparse.index.answers import Count, Duplicate, Missing, Stat
from docparse.index.known import STATES
from docparse.index.papers import all_papers, counted
from docparse.index.sketches import BANDS, band, likeness
from docparse.index.unifying import Meant, unified

_FEW = 500  # documents that are asked for by number
_NEAREST = 0.99
# What reports say of themselves is no citation.
_MENTIONS = schema.mentions.c
_CITED = {
    "documents": select(func.count(func.distinct(_MENTIONS.document_id))).where(
        _MENTIONS.own.is_(False)
    ),
    "mentions": select(func.count()).where(_MENTIONS.own.is_(False)),
}
ALIKE = 0.8  # the share of wording from which reports are near duplicates


def missing(connection: Connection, *, reports: int = 2, limit: int | None = None) -> list[Missing]:
    """Documents that so many reports cite and the collection does not hold, the most cited first.

    A bare "Nghị định 30" is not one of them: nobody knows which document it is. Reports with the
    same number and date are one paper in two files, and count once.
    """
    meant = unified(connection)
    joined = {*meant, *(one.document for one in meant.values())}
    citing = dict(_citing(connection, reports, joined))
    for number in _held(connection, meant):
        citing.pop(number, None)
    said, same = _said(connection, set(citing), meant), all_papers(connection)
    counts: dict[int, Count] = {}
    for number in citing:
        for count in counted((("", row.report_id) for row in said[number]), same):
            if count.reports >= reports:
                counts[number] = count
    wanted = sorted(counts, key=lambda number: (-counts[number].reports, citing[number]))
    return [
        Missing(
            key=citing[number],
            reports=counts[number].reports,
            mentions=counts[number].mentions,
            **_most(said[number], same),
        )
        for number in wanted[:limit]
    ]


def _citing(
    connection: Connection, reports: int, joined: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Documents that are cited often enough, or perhaps are with what joins them."""
    mentions, documents, held = schema.mentions, schema.documents, schema.reports
    count = func.count(func.distinct(mentions.c.report_id))
    rows = connection.execute(
        select(documents.c.id, documents.c.key, count)
        .join(mentions, mentions.c.document_id == documents.c.id)
        .outerjoin(held, held.c.own_key == documents.c.key)
        .where(mentions.c.own.is_(False), held.c.id.is_(None), documents.c.family != "bare")
        .group_by(documents.c.id, documents.c.key)
    )
    for number, key, often in rows:
        if often >= reports or number in joined:
            yield number, key


def _held(connection: Connection, meant: Mapping[int, Meant]) -> Iterator[int]:
    """Documents that the collection holds as reports whose own number says less."""
    documents, reports = schema.documents, schema.reports
    own = connection.scalars(
        select(documents.c.id).join(reports, reports.c.own_key == documents.c.key)
    )
    return (meant[number].document for number in own if number in meant)


def _said(
    connection: Connection, wanted: Collection[int], meant: Mapping[int, Meant]
) -> dict[int, list[Row[Any]]]:
    """What is written of many documents, read once instead of document by document."""
    mentions = schema.mentions
    words = {name: schema.phrases.alias(name) for name in ("type", "title", "issuer")}
    asked = select(
        mentions.c.document_id,
        mentions.c.report_id,
        mentions.c.number,
        mentions.c.date,
        *(one.c.phrase.label(name) for name, one in words.items()),
    ).where(mentions.c.own.is_(False))
    for name, one in words.items():
        asked = asked.outerjoin(one, one.c.id == mentions.c[f"{name}_id"])
    if len(wanted) < _FEW:
        asked = asked.where(mentions.c.document_id.in_(wanted))
    said: dict[int, list[Row[Any]]] = {number: [] for number in wanted}
    for row in connection.execute(asked):
        whole = meant.get(row.document_id)
        number = whole.document if whole else row.document_id
        if number in said:
            said[number].append(row)
    return said


def _most(rows: Collection[Row[Any]], same: Mapping[int, int]) -> dict[str, str | None]:
    """What is written most often of each."""
    said = {}
    for name in ("type", "number", "date", "title", "issuer"):
        found = counted(((row._mapping[name], row.report_id) for row in rows), same)
        said[name] = found[0].value if found else None
    return said


def duplicates(connection: Connection) -> Iterator[Duplicate]:
    """Files that are copies of another, then reports that share most of their wording."""
    files = schema.files
    rows = connection.execute(
        select(files.c.report_id, files.c.path)
        .where(files.c.report_id.is_not(None))
        .order_by(files.c.report_id, files.c.path)
    ).all()
    first: dict[int, str] = {}
    for row in rows:
        if row.report_id in first:
            yield Duplicate(path=row.path, other=first[row.report_id], likeness=1.0)
        else:
            first[row.report_id] = row.path
    yield from _near(connection, first)


def _near(connection: Connection, paths: dict[int, str]) -> Iterator[Duplicate]:
    """Each report beside the earliest one that it is nearest to."""
    reports = schema.reports
    asked = select(reports.c.id, reports.c.sketch).order_by(reports.c.id)
    sketches: dict[int, bytes] = {row[0]: row[1] for row in connection.execute(asked)}
    nearest: dict[int, tuple[float, int]] = {}
    for place in range(BANDS):
        groups: dict[bytes, list[int]] = {}
        for report, sketched in sketches.items():
            if sketched:
                groups.setdefault(band(sketched, place), []).append(report)
        for group in groups.values():
            if len(group) > 1:
                _compare(group, sketches, nearest)
    for report, (alike, other) in sorted(nearest.items()):
        if report in paths and other in paths:
            # Another content is never the same, however little differs.
            near = min(round(alike, 2), _NEAREST)
            yield Duplicate(path=paths[report], other=paths[other], likeness=near)


def _compare(
    group: Iterable[int], sketches: dict[int, bytes], nearest: dict[int, tuple[float, int]]
) -> None:
    """Each report of a band against the first few that are not near duplicates themselves.

    A thousand reports of one template would make half a million pairs that say nothing more.
    """
    heads: list[int] = []
    for report in group:
        alike = ((likeness(sketches[report], sketches[head]), -head) for head in heads[:8])
        found = max(alike, default=(0.0, 0))
        if found[0] < ALIKE:
            heads.append(report)
        elif found[0] > nearest.get(report, (0.0, 0))[0]:
            nearest[report] = (found[0], -found[1])


def stats(
    connection: Connection, *, size: int | None = None, gone: int | None = None
) -> list[Stat]:
    """How much there is of everything; the states add up to the number of files.

    ``gone`` files are still in the index and no longer on the disk.
    """
    files = schema.files
    asked = select(files.c.state, func.count()).group_by(files.c.state)
    states: dict[str, int] = {row[0]: row[1] for row in connection.execute(asked)}
    found = [Stat(name="files", value=sum(states.values()))]
    found += [Stat(name=state, value=states.get(state, 0)) for state in STATES]
    if gone is not None:
        found.append(Stat(name="gone", value=gone))
    for name in ("reports", "documents", "mentions", "figures", "tables", "notices"):
        rows = _CITED.get(name, select(func.count()).select_from(getattr(schema, name)))
        found.append(Stat(name=name, value=connection.execute(rows).scalar() or 0))
    characters = connection.execute(select(func.sum(schema.reports.c.characters))).scalar()
    found.append(Stat(name="characters", value=int(characters or 0)))
    return [*found, Stat(name="bytes", value=size)] if size is not None else found
