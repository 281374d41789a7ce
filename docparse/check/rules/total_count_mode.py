"""TAB205: a total that counts rows in one column and different names in another.

The tables of one report go in. In columns of words a total is a count; every such total is tried
both ways, and ways that do not agree, or a count that is neither, come out.

>>> from docparse.patterns import load
>>> load().checks["total-count-mode"].code
'TAB205'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.subject import Subject
from docparse.check.tables import body_rows, cell, is_total_name, readable
from docparse.check.words import fold
from docparse.models import Table

_WORDS = ("text", "agency")
_COUNT = re.compile(r"(?:[^\W\d]+(?: [^\W\d]+)?:? )?(\d{1,4})(?: [^\W\d]+){0,3}")  # "04 đơn vị"
_FEWEST = 2  # columns whose totals can be held against each other


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for table in filter(readable, report.tables):
        last = len(table.rows) - 1
        for row in sorted({*table.total_rows, last}):
            if is_total_name(" ".join(table.rows[row])):
                yield from _total(report, rule, table, row)


def _total(report: Subject, rule: Rule, table: Table, row: int) -> Iterator[Outcome]:
    ways: dict[int, frozenset[str]] = {}
    for column in range(1, len(table.columns)):
        stated = _COUNT.fullmatch(table.rows[row][column].strip())
        names = [fold(table.rows[r][column]) for r in body_rows(table) if r != row]
        names = [name for name in names if name]
        if table.kinds[column] not in _WORDS or stated is None or not names:
            continue
        fitting = {"rows": len(names), "names": len(set(names))}
        ways[column] = frozenset(way for way, count in fitting.items() if count == int(stated[1]))
    if len(ways) < _FEWEST:
        return
    evidence = [report.evidence(cell(table, row, column), "total") for column in ways]
    if frozenset.intersection(*ways.values()):
        yield rule.held(evidence)
        return
    said = "; ".join(f"{table.columns[column]}: {table.rows[row][column]}" for column in ways)
    yield rule.finding(evidence, key=(said,), values={"totals": said}, confidence=LIKELY)
