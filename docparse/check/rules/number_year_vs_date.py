"""CIT502: the year in the number against the year of the date.

Citations of one report go in; a legal document carries the year of its register in its number,
so the two years must be one.

>>> from docparse.patterns import load
>>> load().checks["number-year-vs-date"].code
'CIT502'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import Outcome, Rule
from docparse.check.subject import Subject, shown


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in report.citations:
        if not (one.key or "").startswith("legal:") or one.own:
            continue
        if one.year is None or one.date is None or one.date.year is None:
            continue
        evidence = [report.evidence(one.span, "citation")]
        if one.year == one.date.year:
            yield rule.held(evidence)
            continue
        number, date = one.number or "", shown(one.date)
        values = {"number": number, "year": str(one.year), "date": date}
        equation = f"{one.year} ≠ {one.date.year}"
        yield rule.finding(evidence, key=(number, date), values=values, equation=equation)
