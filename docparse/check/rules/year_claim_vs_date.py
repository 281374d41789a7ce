"""SEQ704: what is said to be of one year, carried by a paper of another.

The citations of one report go in: "Trong năm 2021, Sở đã ban hành Kế hoạch số … ngày 15/6/2020".
A reporting year may begin on 15 December of the year before.

>>> from docparse.patterns import load
>>> load().checks["year-claim-vs-date"].code
'SEQ704'
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject, shown

_REACH = 400  # characters before a citation in which its year may be claimed
_LAST_MONTH, _MIDDLE = 12, 15  # from 15 December on a paper may count for the next year


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    claim = phrase(rule.patterns, "year-claim")
    for one in report.citations:
        day = one.date.calendar if one.date else None
        if one.own or day is None or one.date is None:
            continue
        start, _ = report.stretches.sentence(one.span.start)
        start = max(start, one.span.start - _REACH)
        found = claim.search(report.value[start : one.span.start])
        if found is None:
            continue
        year = int(found["year"])
        words = report.span(start + found.start("said"), start + found.end("said"))
        evidence = [report.evidence(words, "claim"), report.evidence(one.span, "citation")]
        if _is_of(day, year):
            yield rule.held(evidence)
            continue
        values = {"number": one.number or "", "date": shown(one.date), "year": found["year"]}
        yield rule.finding(
            evidence,
            key=tuple(values.values()),
            values=values,
            equation=f"{year} ≠ {day.year}",
            confidence=POSSIBLE,
        )


def _is_of(day: date, year: int) -> bool:
    """Whether a day lies in a year, or in the reporting year that began before it."""
    return day.year == year or date(year - 1, _LAST_MONTH, _MIDDLE) <= day < date(year, 1, 1)
