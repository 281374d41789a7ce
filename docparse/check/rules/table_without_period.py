"""PER304: figures of a table with no date or period in reach.

The tables of one report go in; one with counts, of which neither caption, lead-in, section nor
title says for what time it speaks, comes out. A table whose columns or rows name their years holds,
and so do the tables of papers that are no reports.

>>> from docparse.patterns import load
>>> load().checks["table-without-period"].code
'PER304'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.subject import Subject
from docparse.check.tables import counts, percents, readable
from docparse.models import Span, Table
from docparse.patterns import Patterns

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_REPORT = "BC"  # the type code of papers that report figures; a fee or a form has no period


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    if not _reports(report, rule.patterns):
        return
    for table in filter(readable, report.tables):
        measured = sorted({*counts(table), *percents(table)})
        if not measured:
            continue
        place = _place(report, table)
        if table.period is not None or any(map(_YEAR.search, _in_reach(report, table))):
            yield rule.held([report.evidence(place, "table")])
            continue
        columns = "; ".join(table.columns[column] for column in measured)
        yield rule.finding(
            [report.evidence(place, "table")],
            key=(report.identity, columns),
            values={"columns": columns},
            confidence=LIKELY,
        )


def _reports(report: Subject, patterns: Patterns) -> bool:
    said = report.header.type
    return said is None or any(row.name == said and _REPORT in row.codes for row in patterns.types)


def _in_reach(report: Subject, table: Table) -> Iterator[str]:
    """What may name the time of a table: itself, its lead-in, the headings over it, the title."""
    yield from table.columns
    yield from (cell for row in table.rows for cell in row)
    yield from (table.caption or "", table.lead or "", report.header.title or "")
    sections = report.outline.sections
    level = len(sections) + 1
    before = bisect_right(sections, table.span.start, key=lambda one: one.span.start)
    for section in reversed(sections[:before]):
        if section.level < level:
            level = section.level
            yield section.title


def _place(report: Subject, table: Table) -> Span:
    """The first line of the table."""
    end = report.stretches.line(table.span.start)[1]
    return report.span(table.span.start, min(end, table.span.end))
