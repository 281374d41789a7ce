"""Tables of one form in several reports: what their totals say of one thing at two times.

All reports of the set go in; tables of one body that share their columns come out in pairs, the
one that ends earlier first, with the cells of their totals column by column.

>>> table_pairs.__name__
'table_pairs'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from docparse.check.comparable import report_scopes
from docparse.check.phrases import phrase
from docparse.check.subject import Reports, Subject
from docparse.check.tables import body_rows, cell, counts, percents, readable, row_name
from docparse.check.words import fold
from docparse.models import Evidence, Period, Table
from docparse.patterns import Patterns

_MONTH = 31  # days
_SHARED = 3  # counted columns that two tables must share


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The totals of one table by the names of their columns."""

    report: Subject
    table: Table
    row: int
    columns: dict[str, int]
    period: Period

    def value(self, name: str) -> Decimal:
        return self.table.values[self.row][self.columns[name]] or Decimal(0)

    def evidence(self, name: str, role: str) -> Evidence:
        return self.report.evidence(cell(self.table, self.row, self.columns[name]), role)


def table_pairs(reports: Reports, patterns: Patterns) -> Iterator[tuple[Sums, Sums, list[str]]]:
    """Each table with the next of its form, and the columns that both count."""
    for same in _forms(reports, patterns):
        for index, later in enumerate(same[1:], 1):
            earlier = same[index - 1]
            if earlier.report is not later.report:
                yield earlier, later, sorted(earlier.columns, key=earlier.columns.__getitem__)


def near_pairs(reports: Reports, patterns: Patterns) -> Iterator[tuple[Sums, Sums]]:
    """Two tables that name the same rows and end within a month, the earlier one first."""
    for same in _forms(reports, patterns):
        for index, one in enumerate(same):
            for other in islice(same, index + 1, None):
                if _days_apart(one.period, other.period) > _MONTH:
                    break  # they are in the order of their ends
                if _rows(one) == _rows(other):
                    yield one, other


def _days_apart(one: Period, other: Period) -> int:
    return (other.end - one.end).days if one.end and other.end else 0


def _forms(reports: Reports, patterns: Patterns) -> Iterator[list[Sums]]:
    """Tables of one body that count the same columns, in the order of time."""
    scopes = report_scopes(reports)
    forms: dict[tuple[str, frozenset[str]], list[Sums]] = {}
    for report in reports:
        for table in filter(readable, report.tables):
            sums = _sums(report, table, patterns)
            if sums is not None:
                form = (scopes[report.path], frozenset(sums.columns))
                forms.setdefault(form, []).append(sums)
    for same in forms.values():
        same.sort(key=lambda sums: (str(sums.period.end), sums.report.path, sums.table.span.start))
        yield same


def _rows(one: Sums) -> set[str]:
    return {fold(row_name(one.table, row)) for row in body_rows(one.table)}


def _sums(report: Subject, table: Table, patterns: Patterns) -> Sums | None:
    """The total row of a dated table, or the only row that it has."""
    rows = table.total_rows[-1:] or (tuple(range(len(table.rows))) if len(table.rows) == 1 else ())
    if not rows or table.period is None or table.period.end is None:
        return None
    rates, stock = percents(table), phrase(patterns, "stock-noun")
    columns = {
        name: column
        for column in counts(table)
        if column not in rates
        and table.values[rows[0]][column] is not None
        and not stock.search(name := fold(table.columns[column]))
    }
    if len(columns) < _SHARED:
        return None
    return Sums(report=report, table=table, row=rows[0], columns=columns, period=table.period)
