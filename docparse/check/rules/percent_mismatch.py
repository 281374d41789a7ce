"""FIG101: a part and a whole against the percentage beside them.

The figures of one report go in. A ratio, or two figures of one unit, tied by "đạt", "chiếm" or a
bracket to a percentage are recomputed; ties that are loose may hold, but never make a finding.
So are two values and the rate by which one rose or fell from the other.

>>> from docparse.patterns import load
>>> load().checks["percent-mismatch"].code
'FIG101'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.growths import Growth, find_growths
from docparse.check.outcomes import Outcome, Rule
from docparse.check.rounding import as_printed, fits, written
from docparse.check.shares import Share, find_shares
from docparse.check.subject import Subject
from docparse.models import Evidence, Finding


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in find_shares(report, rule.patterns):
        (part, whole), percent = one.values, one.percent.value
        fit = fits(one.exact, percent)
        middle = as_printed(part / whole * 100, percent)
        equation = f"{written(part)}/{written(whole)} = {written(middle)}%"
        evidence = [report.evidence(figure.span, role) for role, figure in one.sides]
        if fit == "rounded":
            yield rule.held(evidence, equation)
        elif one.tied:
            yield _finding(rule, one, evidence, equation, truncated=fit is not None)
    for growth in find_growths(report, rule.patterns):
        (change, before), percent = growth.values, growth.percent.value
        fit = fits(growth.exact, percent)
        equation = f"{growth.term} = {written(as_printed(change / before * 100, percent))}%"
        evidence = [report.evidence(figure.span, role) for role, figure in growth.sides]
        if fit == "rounded":
            yield rule.held(evidence, equation)
        else:
            yield _finding(rule, growth, evidence, equation, truncated=fit is not None)


def _finding(
    rule: Rule, one: Share | Growth, evidence: list[Evidence], equation: str, *, truncated: bool
) -> Finding:
    printed = f"{written(one.percent.value)}%"
    part, whole = map(written, one.values)
    return rule.finding(
        evidence,
        key=(part, whole, printed),
        values={"part": part, "whole": whole, "percent": printed, "share": equation.split("= ")[1]},
        equation=f"{equation} ≠ {printed}",
        severity="note" if truncated else None,
    )
