"""TAB203: a rate in a table against the two cells that it is made of.

The tables of one report go in; a rate that neither rounding nor truncation gives comes out, and
as a note one that a habit of the table explains: truncation, or 100 minus the other rate.

>>> from docparse.patterns import load
>>> load().checks["share-column"].code
'TAB203'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docparse.check.outcomes import Outcome, Rule
from docparse.check.rounding import as_printed, fits, measured, share, written
from docparse.check.subject import Subject
from docparse.check.table_repairs import TableRepairs
from docparse.check.tables import (
    ColumnShare,
    cell,
    column_shares,
    column_sums,
    distinct_rows,
    percents,
    readable,
    repeats,
    row_name,
)
from docparse.models import Table


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for table in filter(readable, report.tables):
        repairs = TableRepairs(table)
        for one in column_shares(table):
            for row in distinct_rows(table):
                yield from _row(report, rule, repairs, one, row)


def _row(
    report: Subject, rule: Rule, repairs: TableRepairs, one: ColumnShare, row: int
) -> Iterator[Outcome]:
    table = repairs.table
    values = table.values[row]
    printed, part, whole = (values[column] for column in (one.share, one.part, one.whole))
    if printed is None or part is None or not whole:
        return
    roles = {"share": one.share, "part": one.part, "whole": one.whole}
    evidence = [
        report.evidence(cell(table, same, column), role)
        for same in repeats(table, row)
        for role, column in roles.items()
    ]
    fit = fits(share(measured(part), measured(whole)), printed)
    right = f"{written(as_printed(part / whole * 100, printed))}%"
    equation = f"{written(part)}/{written(whole)} = {right}"
    if fit == "rounded":
        yield rule.held(evidence, equation)
        return
    said = f"{written(printed)}%"
    explained = fit is not None or _is_complement(table, one, row, printed)
    yield rule.finding(
        evidence,
        key=(written(part), written(whole), said),
        values={
            "row": row_name(table, row),
            "column": table.columns[one.share],
            "part": written(part),
            "whole": written(whole),
            "percent": said,
            "share": right,
        },
        equation=f"{equation} ≠ {said}",
        severity="note" if explained else None,
        suggestion=None
        if explained
        else repairs.reading([(row, column) for column in roles.values()]),
    )


def _is_complement(table: Table, one: ColumnShare, row: int, printed: Decimal) -> bool:
    """Whether the rate is 100 minus another of its row, off by the other's last digit only.

    Where the parts do not add up to the whole, which another check tells, by as much more.
    """
    others = [table.values[row][rate] for rate in percents(table) if rate != one.share]
    near = any(other is not None and other + printed == 100 for other in others)
    part, whole = table.values[row][one.part], table.values[row][one.whole]
    if not near or part is None or not whole:
        return False
    off = abs(part / whole * 100 - printed)
    return off <= 2 * Decimal(1).scaleb(_exponent(printed)) + _sum_off(table, one, row)


def _sum_off(table: Table, one: ColumnShare, row: int) -> Decimal:
    """How far, in percent, the parts of the row miss the whole: told by the row's sum."""
    values = table.values[row]
    for each in column_sums(table):
        parts = [values[column] for column in each.parts]
        whole = values[one.whole]
        if each.whole == one.whole and one.part in each.parts and whole and None not in parts:
            return abs(whole - sum(value or 0 for value in parts)) / whole * 100
    return Decimal(0)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
