"""TAB201: a total in a row against its parts in the same row.

The tables of one report go in; rows that break a sum which the other rows keep, or which the
header states, come out. A total row that repeats the only row is quoted with it.

>>> from docparse.patterns import load
>>> load().checks["row-sum"].code
'TAB201'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docparse.check.equations import difference
from docparse.check.outcomes import Outcome, Rule
from docparse.check.rounding import written
from docparse.check.subject import Subject
from docparse.check.table_repairs import TableRepairs
from docparse.check.tables import (
    ColumnSum,
    cell,
    column_sums,
    distinct_rows,
    readable,
    repeats,
    row_heads,
    row_name,
)


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for table in filter(readable, report.tables):
        repairs = TableRepairs(table)
        for one in column_sums(table):
            for row in distinct_rows(table):
                yield from _row(report, rule, repairs, one, row)


def _row(
    report: Subject, rule: Rule, repairs: TableRepairs, one: ColumnSum, row: int
) -> Iterator[Outcome]:
    table = repairs.table
    values = table.values[row]
    whole = values[one.whole]
    parts = [value for part in one.parts if (value := values[part]) is not None]
    if whole is None or len(parts) < len(one.parts):
        return
    columns = (one.whole, *one.parts)
    evidence = [
        report.evidence(cell(table, same, column), "whole" if column == one.whole else "part")
        for same in repeats(table, row)
        for column in columns
    ]
    evidence += [report.evidence(place, "row") for place in row_heads(table, row)]
    equation = difference(parts, whole)
    if sum(parts) == whole:
        yield rule.held(evidence, equation)
        return
    yield rule.finding(
        evidence,
        key=(written(whole), *map(written, parts)),
        values={
            "row": row_name(table, row),
            "column": table.columns[one.whole],
            "whole": written(whole),
            "sum": written(sum(parts, Decimal(0))),
        },
        equation=equation,
        suggestion=repairs.reading([(row, column) for column in columns]),
    )
