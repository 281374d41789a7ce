"""FIG102: a percentage that no count of so few can give.

The figures of one report go in. Of 30 answers no whole number is 94,5 %; the counts
next to it are tried, rounded and truncated.

>>> from docparse.patterns import load
>>> load().checks["impossible-percent"].code
'FIG102'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.rounding import exact, fits, share, written
from docparse.check.subject import Subject
from docparse.models import Figure

_REACH = 260  # characters between the base and its percentage
_MOST = 500  # of more, almost every percentage is possible


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for base, percent in zip(report.figures, report.figures[1:], strict=False):
        if not _belongs(report, rule, base, percent):
            continue
        evidence = [report.evidence(base.span, "base"), report.evidence(percent.span, "percent")]
        total = exact(base.value)
        below = int(base.value * percent.value / 100)
        # Rounding moves a share by less than one count, so others need not be tried.
        tried = range(max(0, below - 1), min(int(base.value), below + 2) + 1)
        if any(fits(share(exact(Decimal(count)), total), percent.value) for count in tried):
            yield rule.held(evidence)
            continue
        near = "; ".join(_ratio(count, base.value) for count in (below, below + 1))
        yield rule.finding(
            evidence,
            key=(written(base.value), written(percent.value)),
            values={
                "base": written(base.value),
                "percent": f"{written(percent.value)}%",
                "near": near,
            },
            equation=near,
            confidence=LIKELY,
        )


def _belongs(report: Subject, rule: Rule, base: Figure, percent: Figure) -> bool:
    """A survey's answers and the share of some of them, with nothing in between."""
    if base.kind != "count" or percent.kind != "percent" or not 1 < base.value <= _MOST:
        return False
    if percent.mode not in (None, "result") or percent.unit != "%":
        return False
    gap = report.value[base.span.end : percent.span.start]
    start, _ = report.stretches.sentence(base.span.start)
    around = report.value[start : percent.span.start]
    if len(gap) > _REACH or "\n" in gap or phrase(rule.patterns, "change").search(gap):
        return False
    return phrase(rule.patterns, "survey").search(around) is not None


def _ratio(count: int, base: Decimal) -> str:
    exactly = (Decimal(count) / base * 100).quantize(Decimal("0.1"))
    return f"{count}/{written(base)} = {written(exactly)}%"
