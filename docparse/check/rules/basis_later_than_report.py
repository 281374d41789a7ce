"""CIT510: a report cites a document that is dated after the report itself.

Citations of one report go in; each is held against the date of the document that cites it.

>>> from docparse.patterns import load
>>> load().checks["basis-later-than-report"].code
'CIT510'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.subject import Subject, shown


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in report.citations:
        header = report.part_at(one.span.start).header
        own, place = header.date, header.span("date")
        if one.own or one.date is None or own is None or place is None:
            continue
        cited, made = one.date.calendar, own.calendar
        if cited is None or made is None:
            continue
        evidence = [report.evidence(one.span, "citation"), report.evidence(place, "report")]
        if cited <= made:
            yield rule.held(evidence[:1])
            continue
        number = one.number or one.title or ""
        direct = dict(one.trace).get("date") == "behind"
        yield rule.finding(
            evidence,
            key=(report.identity, number, shown(one.date), shown(own)),
            values={"number": number, "date": shown(one.date), "own": shown(own)},
            equation=f"{shown(one.date)} > {shown(own)}",
            severity=None if direct else "warning",
            confidence=SURE if direct else LIKELY,
        )
