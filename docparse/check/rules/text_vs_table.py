"""TAB207: a sentence that contradicts the table it leads to.

Figures and tables of one report go in. A count in the paragraph before a table, of the thing
that a column counts, is held against the totals; one that is a slip away from a total comes out.

>>> from docparse.patterns import load
>>> load().checks["text-vs-table"].code
'TAB207'
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.rounding import written
from docparse.check.subject import Subject
from docparse.check.tables import cell, counts, is_total_name, readable
from docparse.check.words import fold
from docparse.models import Figure, Table

_LEAD = 700  # characters before a table that may lead to it
_DIGITS = 3


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for table in filter(readable, report.tables):
        totals = [r for r in table.total_rows if is_total_name(" ".join(table.rows[r]))]
        if not totals:
            continue
        for figure in report.figures:
            if 0 <= table.span.start - figure.span.end <= _LEAD and figure.kind == "count":
                yield from _figure(report, rule, table, totals[-1], figure)


def _figure(
    report: Subject, rule: Rule, table: Table, row: int, figure: Figure
) -> Iterator[Outcome]:
    """The line before the table, and the columns that count what the figure counts."""
    line = report.stretches.line(figure.span.start)[1]
    if report.value[line : table.span.start].strip():
        return
    unit = fold(figure.unit or "")
    columns = [c for c in counts(table) if unit and unit in fold(table.columns[c])]
    values = {column: value for column in columns if (value := table.values[row][column])}
    if not values:
        return
    same = [column for column, value in values.items() if value == figure.value]
    if same:
        evidence = [report.evidence(figure.span, "text")]
        yield rule.held([*evidence, report.evidence(cell(table, row, same[0]), "total")])
        return
    said = str(figure.value)
    for column, value in values.items():
        if len(said) >= _DIGITS and DamerauLevenshtein.distance(said, str(value)) == 1:
            yield rule.finding(
                [
                    report.evidence(figure.span, "text"),
                    report.evidence(cell(table, row, column), "total"),
                ],
                key=(said, str(value)),
                values={
                    "text": written(figure.value),
                    "table": written(value),
                    "column": table.columns[column],
                },
                equation=f"{written(figure.value)} ≠ {written(value)}",
                confidence=LIKELY,
            )
