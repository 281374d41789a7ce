"""TAB206: a column with a header and no data in any row.

The tables of one report go in; columns for remarks may be empty, others may not.

>>> from docparse.patterns import load
>>> load().checks["empty-column"].code
'TAB206'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.subject import Subject
from docparse.check.tables import body_rows, readable
from docparse.models import Span, Table

_FEWEST = 2  # rows that a table needs before an empty column tells something
_FREE = ("note", "label")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for table in filter(readable, report.tables):
        rows = body_rows(table)
        if len(rows) < _FEWEST:
            continue
        empty = [
            column
            for column, name in enumerate(table.columns)
            if name.strip(" /")
            and table.kinds[column] not in _FREE
            and not any(table.rows[row][column].strip() for row in range(len(table.rows)))
        ]
        if not empty:
            continue
        names = "; ".join(table.columns[column] for column in empty)
        evidence = [report.evidence(_header(report, table, column), "header") for column in empty]
        yield rule.finding(
            evidence, key=(report.identity, names), values={"columns": names}, confidence=LIKELY
        )


def _header(report: Subject, table: Table, column: int) -> Span:
    """The words of a header, where they stand together; else the beginning of the table."""
    words = table.columns[column].rpartition(" / ")[2].split()
    first = next((span for row in table.cells for span in row if span is not None), table.span)
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    limit = max(first.start, table.span.end)
    found = pattern.search(report.value, table.span.start, limit)
    return report.span(found.start(), found.end()) if found else table.span
