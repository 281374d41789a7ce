"""TAB204: the shares of a partition that do not add up to a hundred.

The tables of one report go in; a column that says it is a structure ("cơ cấu", "tỷ trọng") must
add up to 100 within its rounding.

>>> from docparse.patterns import load
>>> load().checks["shares-to-hundred"].code
'TAB204'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docparse.check.equations import difference
from docparse.check.outcomes import Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.rounding import unit_of, written
from docparse.check.subject import Subject
from docparse.check.tables import body_rows, cell, percents, readable
from docparse.models import Table

_HUNDRED = Decimal(100)
_FEWEST = 3


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for table in filter(readable, report.tables):
        for column in percents(table):
            if phrase(rule.patterns, "makes-up").search(table.columns[column]):
                yield from _column(report, rule, table, column)


def _column(report: Subject, rule: Rule, table: Table, column: int) -> Iterator[Outcome]:
    rows = [row for row in body_rows(table) if table.values[row][column] is not None]
    shares = [value for row in rows if (value := table.values[row][column]) is not None]
    if len(shares) < _FEWEST:
        return
    evidence = [report.evidence(cell(table, row, column), "share") for row in rows]
    total = sum(shares, Decimal(0))
    allowed = max(map(unit_of, shares)) * len(shares) / 2
    if abs(total - _HUNDRED) <= allowed:
        yield rule.held(evidence)
        return
    yield rule.finding(
        evidence,
        key=(table.columns[column], *map(written, shares)),
        values={"column": table.columns[column], "sum": f"{written(total)}%"},
        equation=difference(shares, _HUNDRED),
    )
