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

from docparse.check.comparable import report_scopes
from docparse.check.phrases import phrase
from docparse.check.subject import Reports, Subject
from docparse.check.words import fold, folded_space
from docparse.models import Evidence, Span
from docparse.patterns import Patterns

_SAME = 92  # of 100
_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A sentence that says what is done from a month on, or will be."""

    report: Subject
    span: Span
    what: str
    said: str  # "sẽ … từ tháng 9/2021"
    done: bool
    after: date  # the first day behind the month

    def evidence(self, role: str) -> Evidence:
        return self.report.evidence(self.span, role)


def find_begun(reports: Reports, patterns: Patterns) -> Iterator[tuple[Beginning, Beginning]]:
    """What was begun, with what the report of a later day says will begin in the same month."""
    scopes = report_scopes(reports)
    groups: dict[tuple[str, date], list[Beginning]] = {}
    for report in reports:
        for one in _beginnings(report, patterns):
            groups.setdefault((scopes[report.path], one.after), []).append(one)
    for found in groups.values():
        for will in found:
            if will.done or not _is_past(will):
                continue
            for done in found:
                if done.done and fuzz.ratio(fold(done.what), fold(will.what)) >= _SAME:
                    yield done, will


def _beginnings(report: Subject, patterns: Patterns) -> Iterator[Beginning]:
    start = 0
    while start < len(report.value):
        low, high = report.stretches.line(start)
        start = high + 1
        said = report.value[low:high]
        found = phrase(patterns, "from-month-on").search(said)
        if found is None or not 1 <= int(found["month"]) <= _DECEMBER:
            continue
        year, month = int(found["year"]), int(found["month"])
        yield Beginning(
            report=report,
            span=report.span(low + found.start("status"), low + found.end("year")),
            what=folded_space(found["what"]),
            said=f"{found['status']} …{said[found.end('what') : found.end('year')]}",
            done=found["status"].lower() == "đã",
            after=date(year + month // _DECEMBER, month % _DECEMBER + 1, 1),
        )


def _is_past(one: Beginning) -> bool:
    """Whether the report speaks of days behind the month, by its date or by its figures."""
    made = one.report.date.calendar if one.report.date else None
    if made is not None:
        return made >= one.after
    periods = [figure.period for figure in one.report.figures]
    periods += [table.period for table in one.report.tables]
    return any(
        period is not None
        and period.end is not None
        and period.how in ("explicit", "lead")
        and period.start != period.end
        and period.end >= one.after
        and (period.end.month, period.end.day) != (12, 31)  # a year that is under way
        for period in periods
    )
