"""MIS802: the report's own date is left blank, in whole or in part.

The header of each document of a file goes in: a date line that lacks its day, month or year
comes out.

>>> from docparse.patterns import load
>>> load().checks["own-date-blank"].code
'MIS802'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.models import Span


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for part in report.outline.parts:
        date, place = part.header.date, part.header.span("date")
        if date is None or place is None:
            continue
        if date.full:
            yield rule.held([report.evidence(place, "date")])
            continue
        evidence = [report.evidence(_with_label(report, rule, place), "date")]
        yield rule.finding(evidence, key=(report.identity, "date"), values={})


def _with_label(report: Subject, rule: Rule, place: Span) -> Span:
    start, _ = report.stretches.line(place.start)
    found = phrase(rule.patterns, "own-date").search(report.value, start, place.start)
    return report.span(found.start(), place.end) if found else place
