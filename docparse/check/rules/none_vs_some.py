"""REP409: "không nhận được" against what another place reports.

All reports of the set go in: where a report of a body says that nothing was received, and one of
the same body and year counts some of it, both come out.

>>> from docparse.patterns import load
>>> load().checks["none-vs-some"].code
'REP409'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from docparse.check.comparable import indicator_words
from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.rounding import written
from docparse.check.spool import Groups
from docparse.check.subject import Subject
from docparse.check.words import folded_space
from docparse.models import Evidence, Figure, Span
from docparse.patterns import Patterns

_FEWEST = 2  # words that name what was not received


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How many of something a report has received in a year; 0 where it says none."""

    path: str
    what: str
    year: int | None
    count: Decimal
    span: Span

    def evidence(self, role: str) -> Evidence:
        return Evidence(report=self.path, role=role, span=self.span)


def received(report: Subject, patterns: Patterns) -> Iterator[Told]:
    """What a report counts as received."""
    for figure in report.figures:
        counted = figure.kind == "count" and figure.value > 0 and figure.unit
        if counted and _is_received(report, figure, patterns):
            yield Told(
                path=report.path,
                what=(figure.unit or "").lower(),
                year=figure.period.end.year if figure.period and figure.period.end else None,
                count=figure.value,
                span=figure.span,
            )


def none_received(report: Subject, patterns: Patterns) -> Iterator[Told]:
    """What a report says that it has not received."""
    for match in phrase(patterns, "none-received").finditer(report.value):
        what = folded_space(match["what"]).rstrip(",").lower()
        if len(indicator_words(what, patterns)) >= _FEWEST:
            yield Told(
                path=report.path,
                what=what,
                year=_year(report, match.start()),
                count=Decimal(0),
                span=report.span(match.start(), match.end()),
            )


ASKS = (received, none_received)


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    counted = Groups[tuple[str, str, int | None]]()
    for number, one in reports.numbered(received):
        counted.add((reports.scopes[one.path], one.what, one.year), number)
    for none in reports.found(none_received):
        for number in counted[reports.scopes[none.path], none.what, none.year][:1]:
            some = reports.answer(number)
            yield rule.finding(
                [none.evidence("none"), some.evidence("some")],
                key=(none.what, str(none.year), written(some.count)),
                values={"what": none.what, "count": some.span.quote},
                equation=f"0 ≠ {written(some.count)}",
                confidence=POSSIBLE,
            )


def _is_received(report: Subject, figure: Figure, patterns: Patterns) -> bool:
    lead = report.value[max(0, figure.span.start - 40) : figure.span.start]
    return phrase(patterns, "received").search(lead) is not None


def _year(report: Subject, position: int) -> int | None:
    """The year of the nearest figure, which stands for that of the sentence."""
    near = min(
        (one for one in report.figures if one.period and one.period.end),
        key=lambda one: abs(one.span.start - position),
        default=None,
    )
    return near.period.end.year if near and near.period and near.period.end else None
