"""MIS801: the report's own number is left blank.

The header of each document of a file goes in: a symbol without a running number comes out.

>>> from docparse.patterns import load
>>> load().checks["own-number-blank"].code
'MIS801'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.models import Span


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for part in report.outline.parts:
        head = part.header
        place = head.span("number") or head.span("symbol")
        if head.symbol is None or place is None:
            continue
        if head.number is not None:
            yield rule.held([report.evidence(place, "number")])
            continue
        evidence = [report.evidence(_with_label(report, rule, place), "number")]
        key = (report.identity, head.symbol)
        yield rule.finding(evidence, key=key, values={"symbol": head.symbol})


def _with_label(report: Subject, rule: Rule, place: Span) -> Span:
    """ "Số:       /BC-SCT": the gap is what the reader must see."""
    start, _ = report.stretches.line(place.start)
    found = phrase(rule.patterns, "own-number").search(report.value, start, place.start)
    return report.span(found.start(), place.end) if found else place
