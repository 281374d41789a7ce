"""FIG110: a percentage with neither its part nor its whole nearby.

The figures of one report go in; a result in percent whose sentence has no count, ratio or amount
comes out. Rates of change and targets are left out. Runs only where its code is asked for.

>>> from docparse.patterns import load
>>> load().checks["percent-without-base"].by_default
False
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.models import Figure, ZoneKind

_LEAD = 20  # characters before a rate that may say that it is one of change
_BASES = ("count", "ratio", "money", "area", "weight", "volume", "length", "energy")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for index, figure in enumerate(report.figures):
        if figure.kind != "percent" or figure.mode in ("target", "plan", "limit"):
            continue
        if report.zone_at(figure.span.start) is ZoneKind.TABLE or _is_change(report, rule, figure):
            continue
        evidence = [report.evidence(figure.span, "percent")]
        if _has_base(report, index):
            yield rule.held(evidence)
            continue
        said = figure.span.quote
        yield rule.finding(
            evidence,
            key=(report.identity, figure.indicator or "", said),
            values={"percent": said, "indicator": figure.indicator or ""},
            confidence=POSSIBLE,
        )


def _has_base(report: Subject, index: int) -> bool:
    start, end = report.stretches.sentence(report.figures[index].span.start)
    near = report.figures[max(0, index - 6) : index + 6]
    return any(one.kind in _BASES and start <= one.span.start < end for one in near)


def _is_change(report: Subject, rule: Rule, figure: Figure) -> bool:
    lead = report.value[max(0, figure.span.start - _LEAD) : figure.span.start]
    return any(phrase(rule.patterns, name).search(lead) for name in ("rises", "drops"))
