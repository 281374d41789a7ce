"""Tables of one form in several reports: what their totals say of one thing at two times.

All reports of the set go in; tables of one body that share their columns come out in pairs, the
one that ends earlier first, with the cells of their totals column by column.

>>> table_pairs.__name__
'table_pairs'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise
from operator import itemgetter

from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.spool import Groups
from docparse.check.subject import Subject
from docparse.check.tables import body_rows, cell, counts, percents, readable, row_name
from docparse.check.words import fold
from docparse.models import Evidence, Period, Span, Table
from docparse.patterns import Patterns

_Form = tuple[str, frozenset[str]]  # body, columns
_MONTH = 31  # days
_SHARED = 3  # counted columns that two tables must share


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The total of one column: its head as printed, its value and its cell."""

    head: str
    value: Decimal
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The totals of one table by the names of their columns, from left to right.

    ``rows`` are the names of the rows, ``start`` is where the table begins in its report.
    """

    path: str
    start: int
    columns: Mapping[str, Sum]
    rows: frozenset[str]
    period: Period

    def value(self, name: str) -> Decimal:
        return self.columns[name].value

    def heads(self, names: Iterable[str]) -> str:
        """The columns as the table prints them."""
        return "; ".join(self.columns[name].head for name in names)

    def evidence(self, name: str, role: str) -> Evidence:
        return Evidence(report=self.path, role=role, span=self.columns[name].span)


def table_pairs(reports: Reports) -> Iterator[tuple[Sums, Sums, list[str]]]:
    """Each table with the next of its form, and the columns that both count."""
    for same in _forms(reports):
        for earlier, later in pairwise(same):
            if earlier.path != later.path:
                yield earlier, later, list(earlier.columns)


def near_pairs(reports: Reports) -> Iterator[tuple[Sums, Sums]]:
    """Two tables that name the same rows and end within a month, the earlier one first."""
    for same in _forms(reports):
        for index, one in enumerate(same):
            for other in islice(same, index + 1, None):
                if _days_apart(one.period, other.period) > _MONTH:
                    break  # they are in the order of their ends
                if one.rows == other.rows:
                    yield one, other


def _days_apart(one: Period, other: Period) -> int:
    return (other.end - one.end).days if one.end and other.end else 0


def _forms(reports: Reports) -> Iterator[list[Sums]]:
    """Tables of one body that count the same columns, in the order of time."""
    for _, numbers in reports.once(_numbered_forms).several():
        same: list[Sums] = list(map(reports.answer, numbers))
        same.sort(key=lambda sums: (str(sums.period.end), sums.path, sums.start))
        yield same


def _numbered_forms(reports: Reports, _: Patterns) -> Groups[_Form]:
    forms = Groups[_Form]()
    for number, sums in reports.numbered(sums_of):
        forms.add((reports.scopes[sums.path], frozenset(sums.columns)), number)
    return forms


def sums_of(report: Subject, patterns: Patterns) -> Iterator[Sums]:
    """The totals of the tables of a report."""
    for table in filter(readable, report.tables):
        sums = _sums(report, table, patterns)
        if sums is not None:
            yield sums


def _sums(report: Subject, table: Table, patterns: Patterns) -> Sums | None:
    """The total row of a dated table, or the only row that it has."""
    rows = table.total_rows[-1:] or (tuple(range(len(table.rows))) if len(table.rows) == 1 else ())
    if not rows or table.period is None or table.period.end is None:
        return None
    row, rates, stock = rows[0], percents(table), phrase(patterns, "stock-noun")
    columns = {
        name: column
        for column in counts(table)
        if column not in rates
        and table.values[row][column] is not None
        and not stock.search(name := fold(table.columns[column]))
    }
    if len(columns) < _SHARED:
        return None
    return Sums(
        path=report.path,
        start=table.span.start,
        columns={
            name: Sum(
                head=table.columns[column],
                value=table.values[row][column] or Decimal(0),
                span=cell(table, row, column),
            )
            for name, column in sorted(columns.items(), key=itemgetter(1))
        },
        rows=frozenset(fold(row_name(table, one)) for one in body_rows(table)),
        period=table.period,
    )
