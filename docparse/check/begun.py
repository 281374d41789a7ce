"""What one report says was begun and another says will begin, from one month on.

Reports go in; sentences like "Sở sẽ thực hiện … từ tháng 9/2021" come out in pairs with those
that say "đã", where the wording is nearly one and the later report has figures of later days.

>>> find_begun.__name__
'find_begun'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.spool import Groups
from docparse.check.subject import Subject
from docparse.check.words import fold, folded_space
from docparse.models import Evidence, Span
from docparse.patterns import Patterns

_SAME = 92  # of 100
_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A sentence that says what is done from a month on, or will be."""

    path: str
    span: Span
    what: str
    said: str  # "sẽ … từ tháng 9/2021"
    done: bool
    after: date  # the first day behind the month
    past: bool  # whether the report speaks of days behind the month

    def evidence(self, role: str) -> Evidence:
        return Evidence(report=self.path, role=role, span=self.span)


def find_begun(reports: Reports) -> Iterator[tuple[Beginning, Beginning]]:
    """What was begun, with what the report of a later day says will begin in the same month."""
    groups = Groups[tuple[str, date]]()
    for number, one in reports.numbered(beginnings):
        groups.add((reports.scopes[one.path], one.after), number)
    for _, numbers in groups.several():
        found = list(map(reports.answer, numbers))
        for will in found:
            if will.done or not will.past:
                continue
            for done in found:
                if done.done and fuzz.ratio(fold(done.what), fold(will.what)) >= _SAME:
                    yield done, will


def beginnings(report: Subject, patterns: Patterns) -> Iterator[Beginning]:
    """Every sentence of a report that says from which month on something is done."""
    start = 0
    while start < len(report.value):
        low, high = report.stretches.line(start)
        start = high + 1
        said = report.value[low:high]
        found = phrase(patterns, "from-month-on").search(said)
        if found is None or not 1 <= int(found["month"]) <= _DECEMBER:
            continue
        year, month = int(found["year"]), int(found["month"])
        after = date(year + month // _DECEMBER, month % _DECEMBER + 1, 1)
        yield Beginning(
            path=report.path,
            span=report.span(low + found.start("status"), low + found.end("year")),
            what=folded_space(found["what"]),
            said=f"{found['status']} …{said[found.end('what') : found.end('year')]}",
            done=found["status"].lower() == "đã",
            after=after,
            past=_is_past(report, after),
        )


def _is_past(report: Subject, after: date) -> bool:
    """Whether a report speaks of days behind a month, by its date or by its figures."""
    made = report.date.calendar if report.date else None
    if made is not None:
        return made >= after
    periods = [figure.period for figure in report.figures]
    periods += [table.period for table in report.tables]
    return any(
        period is not None
        and period.end is not None
        and period.how in ("explicit", "lead")
        and period.start != period.end
        and period.end >= after
        and (period.end.month, period.end.day) != (12, 31)  # a year that is under way
        for period in periods
    )
