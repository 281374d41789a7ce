"""SEQ701: a later step of one narrative with an earlier date.

The text of a report goes in: after "Ngày 28/7/2021 …", "Đến ngày …" and "Sau đó, ngày …" may
not name an earlier day.

>>> from docparse.patterns import load
>>> load().checks["date-out-of-sequence"].code
'SEQ701'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.days import Day, find_days
from docparse.check.outcomes import Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject, shown
from docparse.models import Span


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    first: Day | None = None
    days = sorted(find_days(report.value, rule.patterns), key=lambda day: day.start)
    for day in days:
        start, _ = report.stretches.sentence(day.start)
        numeral = _numeral(report, day)
        lead = report.value[start:numeral].rpartition(";")[2]
        if _begins(lead, rule):
            first = day
        elif first is not None and phrase(rule.patterns, "then").match(lead):
            if report.stretches.line(first.start) != report.stretches.line(day.start):
                continue
            yield from _step(report, rule, first, day)


def _begins(lead: str, rule: Rule) -> bool:
    """ "Ngày …" at the head of a step, "… vào ngày …" or "… từ ngày …" in one without numbers."""
    if phrase(rule.patterns, "first").match(lead):
        return True
    plain = not any(map(str.isdigit, lead))
    return plain and phrase(rule.patterns, "began").search(lead) is not None


def _step(report: Subject, rule: Rule, first: Day, day: Day) -> Iterator[Outcome]:
    before, after = first.date.calendar, day.date.calendar
    if before is None or after is None:
        return
    evidence = [report.evidence(_span(report, first), "before")]
    evidence.append(report.evidence(_span(report, day), "after"))
    if after >= before:
        yield rule.held(evidence)
        return
    values = {"first": shown(first.date), "then": shown(day.date)}
    yield rule.finding(
        evidence,
        key=(report.identity, *values.values()),
        values=values,
        equation=f"{values['then']} < {values['first']}",
    )


def _numeral(report: Subject, day: Day) -> int:
    """Where the digits begin, behind the word "ngày" that the form may hold."""
    return next(place for place in range(day.start, day.end) if report.value[place].isdigit())


def _span(report: Subject, day: Day) -> Span:
    return report.span(day.start, day.end)
