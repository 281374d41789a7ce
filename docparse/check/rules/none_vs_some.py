"""REP409: "không nhận được" against what another place reports.

All reports of the set go in: where a report of a body says that nothing was received, and one of
the same body and year counts some of it, both come out.

>>> from docparse.patterns import load
>>> load().checks["none-vs-some"].code
'REP409'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.comparable import indicator_words, report_scopes
from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.rounding import written
from docparse.check.subject import Reports, Subject
from docparse.check.words import folded_space
from docparse.models import Figure

_FEWEST = 2  # words that name what was not received


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    scopes = report_scopes(reports)
    counted: dict[tuple[str, str], list[tuple[Subject, Figure]]] = {}
    for report in reports:
        for figure in report.figures:
            if figure.kind == "count" and figure.value > 0 and figure.unit:
                counted.setdefault((scopes[report.path], figure.unit.lower()), []).append(
                    (report, figure)
                )
    for report in reports:
        for match in phrase(rule.patterns, "none-received").finditer(report.value):
            what = folded_space(match["what"]).rstrip(",").lower()
            if len(indicator_words(what, rule.patterns)) < _FEWEST:
                continue
            span = report.span(match.start(), match.end())
            year = _year(report, match.start())
            some = counted.get((scopes[report.path], what), [])
            others = [(o, f) for o, f in some if _figure_year(f) == year and _received(o, rule, f)]
            for other, figure in others[:1]:
                yield rule.finding(
                    [report.evidence(span, "none"), other.evidence(figure.span, "some")],
                    key=(what, str(year), written(figure.value)),
                    values={"what": what, "count": figure.span.quote},
                    equation=f"0 ≠ {written(figure.value)}",
                    confidence=POSSIBLE,
                )


def _received(report: Subject, rule: Rule, figure: Figure) -> bool:
    lead = report.value[max(0, figure.span.start - 40) : figure.span.start]
    return phrase(rule.patterns, "received").search(lead) is not None


def _year(report: Subject, position: int) -> int | None:
    """The year of the nearest figure, which stands for that of the sentence."""
    near = min(
        (one for one in report.figures if one.period and one.period.end),
        key=lambda one: abs(one.span.start - position),
        default=None,
    )
    return near.period.end.year if near and near.period and near.period.end else None


def _figure_year(figure: Figure) -> int | None:
    return figure.period.end.year if figure.period and figure.period.end else None
