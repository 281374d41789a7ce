"""One paper in two files: reports with the same own number and date in, the first of each out.

A report that is there as .doc and as the .txt that was made of it is kept twice, as its content is
not the same; whoever counts the reports that cite a document counts it once.

>>> papers([(1, "a", "2023-05-04"), (2, "a", "2023-05-04"), (3, "a", None), (4, None, None)])
{2: 1}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Subquery, and_, case, func, select

from docparse.index import schema
from docparse.index.answers import Count


def papers(reports: Iterable[tuple[int, str | None, str | None]]) -> dict[int, int]:
    """For each report whose paper came before in another file, the report that came first."""
    first: dict[tuple[str, str], int] = {}
    found: dict[int, int] = {}
    for number, key, date in reports:
        if key is not None and date is not None:
            before = first.setdefault((key, date), number)
            if before != number:
                found[number] = before
    return found


def all_papers(connection: Connection) -> dict[int, int]:
    """The same for all reports of the index."""
    numbered = papers_table()
    asked = select(numbered.c.report_id, numbered.c.paper)
    rows = connection.execute(asked.where(numbered.c.report_id != numbered.c.paper))
    return {row.report_id: row.paper for row in rows}


def papers_table() -> Subquery:
    """Every report with the first one of its paper, for questions in SQL."""
    table = schema.reports
    first = func.min(table.c.id).over(partition_by=(table.c.own_key, table.c.date))
    named = and_(table.c.own_key.is_not(None), table.c.date.is_not(None))
    paper = case((named, first), else_=table.c.id).label("paper")
    return select(table.c.id.label("report_id"), paper).subquery()


def counted(
    values: Iterable[tuple[str | None, int]], same: Mapping[int, int] | None = None
) -> tuple[Count, ...]:
    """Values and the reports that they are written in, the most frequent first.

    ``same`` are reports whose paper is that of another: of both, the one that says it more often
    counts.

    >>> counted([("a", 1), ("a", 2), (None, 2)])
    (Count(value='a', mentions=2, reports=2),)
    >>> counted([("a", 1), ("a", 2), ("a", 2)], {2: 1})
    (Count(value='a', mentions=2, reports=1),)
    """
    same = same or {}
    times: dict[str, dict[int, int]] = {}
    for value, report in values:
        if value is not None:
            written = times.setdefault(value, {})
            written[report] = written.get(report, 0) + 1
    counts = [_count(value, written, same) for value, written in times.items()]
    return tuple(sorted(counts, key=lambda one: (-one.mentions, one.value)))


def _count(value: str, written: Mapping[int, int], same: Mapping[int, int]) -> Count:
    most: dict[int, int] = {}
    for report, times in written.items():
        paper = same.get(report, report)
        most[paper] = max(times, most.get(paper, 0))
    return Count(value=value, mentions=sum(most.values()), reports=len(most))
