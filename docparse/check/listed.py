"""The user's list of central documents beside the papers of the reports: a paper in, its row out.

The list is ``registry.csv`` in the user's patterns folder. A number that is used anew each year
is that of the row of the same year; where the list has none of that year, it says nothing.

>>> from docparse.patterns import load
>>> load().registry
{}
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.papers import Mention, Paper
from docparse.check.reports import Reports
from docparse.patterns import Patterns
from docparse.patterns.registry import RegistryRow, registry_number

_CENTRAL = ("legal", "state", "party", "law")


def listed_papers(reports: Reports, patterns: Patterns) -> Iterator[tuple[Paper, RegistryRow]]:
    """Every paper of the set that the list has, with its row."""
    if not patterns.registry:
        return
    for paper in reports.papers:
        row = _row(paper, patterns)
        if row is not None:
            yield paper, row


def _row(paper: Paper, patterns: Patterns) -> RegistryRow | None:
    if paper.key.family not in _CENTRAL:
        return None
    rows = patterns.registry.get(registry_number(paper.number), ())
    rows = rows or patterns.registry.get(registry_number(paper.key.number), ())
    if len(rows) == 1 and str(paper.key.year) in rows[0].number:
        return rows[0]  # the year stands in the number: there is only one
    same = [row for row in rows if row.issued is None or row.issued.year == paper.key.year]
    return same[0] if len(same) == 1 else None


def cited(paper: Paper) -> list[Mention]:
    """The mentions in other papers than itself."""
    return [one for one in paper.mentions if not one.said.own]
