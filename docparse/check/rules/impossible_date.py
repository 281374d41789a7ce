"""SEQ707: a date that is not in the calendar.

The text of a report goes in; every full date that no calendar has comes out.

>>> from docparse.patterns import load
>>> load().checks["impossible-date"].code
'SEQ707'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.days import find_days
from docparse.check.outcomes import Outcome, Rule
from docparse.check.subject import Subject, shown
from docparse.check.words import fold

_CONTEXT = 60  # characters before a date, on its line, that tell it from the same slip elsewhere


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for day in find_days(report.value, rule.patterns):
        evidence = [report.evidence(report.span(day.start, day.end), "date")]
        if day.date.calendar is not None:
            yield rule.held(evidence)
            continue
        if report.text.source.ocr and 0 in (day.date.day, day.date.month):
            continue  # a stroke that was read as a nought
        line, _ = report.stretches.line(day.start)
        near = fold(report.value[max(line, day.start - _CONTEXT) : day.start])
        yield rule.finding(evidence, key=(shown(day.date), near), values={"date": shown(day.date)})
