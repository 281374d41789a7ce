"""TAB202: a total row against the rows that it sums up.

The tables of one report go in; each counted column of a total or subtotal row is added up. A
total that repeats the only row holds.

>>> from docparse.patterns import load
>>> load().checks["column-sum"].code
'TAB202'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docparse.check.equations import difference
from docparse.check.outcomes import Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.rounding import written
from docparse.check.subject import Subject
from docparse.check.table_repairs import TableRepairs
from docparse.check.tables import (
    Total,
    adds_up,
    amounts,
    cell,
    counts,
    percents,
    readable,
    row_name,
    totals,
)
from docparse.models import Table

_FEWEST = 2  # rows of amounts that a total is held against


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for table in filter(readable, report.tables):
        rates, repairs = percents(table), TableRepairs(table)
        columns = [column for column in counts(table) if column not in rates]
        for total in totals(table):
            for column in columns:
                yield from _column(report, rule, repairs, total, column)
            for column in amounts(table):
                if column not in rates and _is_added(rule, table, total, column):
                    yield from _column(report, rule, repairs, total, column)


def _is_added(rule: Rule, table: Table, total: Total, column: int) -> bool:
    """Amounts may be added, means and indices not: their total is none of more than each row."""
    if phrase(rule.patterns, "mean-or-index").search(table.columns[column]):
        return False
    stated = table.values[total.row][column]
    parts = [value for row in total.rows if (value := table.values[row][column]) is not None]
    if stated is None or len(parts) < _FEWEST:
        return False
    return min(parts) >= 0 and stated > max(parts)


def _column(
    report: Subject, rule: Rule, repairs: TableRepairs, total: Total, column: int
) -> Iterator[Outcome]:
    table = repairs.table
    stated = table.values[total.row][column]
    rows = [row for row in total.rows if table.values[row][column] is not None]
    parts = [value for row in rows if (value := table.values[row][column]) is not None]
    if stated is None or not parts:
        return
    evidence = [report.evidence(cell(table, total.row, column), "total")]
    evidence += [report.evidence(cell(table, row, column), "part") for row in rows]
    equation = difference(parts, stated)
    if adds_up(table, total.row, rows, column):
        yield rule.held(evidence, equation)
        return
    yield rule.finding(
        evidence,
        key=(written(stated), *map(written, parts)),
        values={
            "row": row_name(table, total.row),
            "column": table.columns[column],
            "total": written(stated),
            "sum": written(sum(parts, Decimal(0))),
        },
        equation=equation,
        suggestion=repairs.reading([(row, column) for row in (total.row, *rows)]),
    )
