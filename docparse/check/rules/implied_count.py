"""FIG103: a percentage of a base against the count stated for the rest or the part.

The figures of the reports go in: a base, a percentage and a count that follow each other in one,
or the rate of what was in time, the total of its table and the count of what was late, also of
two reports. The percentage stands for an interval, so the count must lie in one too.

>>> from docparse.patterns import load
>>> load().checks["implied-count"].code
'FIG103'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docparse.check.complements import find_complements
from docparse.check.late_counts import Late, find_late, late_sides
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.reports import Reports
from docparse.check.rounding import Interval, exact, rounded, truncated, written
from docparse.check.subject import Subject

ASKS = (late_sides,)

_HUNDRED = Decimal(100)
_SLACK = Decimal("0.1")  # the total of a table and the base of a rate need not be quite the same


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for late in find_late(reports, rule.patterns):
        yield _late(rule, late)


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in find_complements(report, rule.patterns):
        base, percent, count = one.base, one.percent, one.count
        evidence = [
            report.evidence(base.span, "base"),
            report.evidence(percent.span, "percent"),
            report.evidence(count.span, "rest" if one.rest else "part"),
        ]
        implied = _implied(base.value, percent.value, rest=one.rest)
        if any(each.meets(exact(count.value)) for each in implied):
            yield rule.held(evidence)
            continue
        share = _HUNDRED - percent.value if one.rest else percent.value
        middle = _about(base.value * share / _HUNDRED)
        said = f"{written(share)}% × {written(base.value)} = {middle}"
        yield rule.finding(
            evidence,
            key=(written(base.value), written(percent.value), written(count.value)),
            values={
                "percent": f"{written(percent.value)}%",
                "share": f"{written(share)}%",
                "base": written(base.value),
                "count": written(count.value),
                "implied": middle,
            },
            equation=f"{said} ≠ {written(count.value)}",
        )


def _late(rule: Rule, late: Late) -> Outcome:
    """Late ones against what the rate leaves; those of a longer time may only be more."""
    percent, count = late.rate.value, late.count.value
    evidence = [
        late.base_place,
        late.rate.evidence("percent"),
        late.count.evidence("rest"),
    ]
    implied = _implied(late.base, percent, rest=True)
    low = min(one.low for one in implied) * (1 - _SLACK)
    high = max(one.high for one in implied) * (1 + _SLACK)
    few, many = count < low, count > high and late.one_period
    if not few and not many:
        return rule.held(evidence)
    share = _HUNDRED - percent
    middle = _about(late.base * share / _HUNDRED)
    said = f"{written(share)}% × {written(late.base)} = {middle}"
    return rule.finding(
        evidence,
        key=(written(late.base), written(percent), written(count)),
        values={
            "percent": f"{written(percent)}%",
            "share": f"{written(share)}%",
            "base": written(late.base),
            "count": written(count),
            "implied": middle,
        },
        equation=f"{said} ≠ {written(count)}",
        severity=None if many else "warning",
        confidence=SURE if many else LIKELY,
    )


def _about(count: Decimal) -> str:
    """To one place, which a whole number does not need."""
    kept = count.quantize(Decimal("0.1"))
    return written(kept.quantize(Decimal(1)) if kept == kept.to_integral() else kept)


def _implied(base: Decimal, percent: Decimal, *, rest: bool) -> list[Interval]:
    """The counts that the percentage can stand for, rounded or truncated."""
    found = []
    for share in (rounded(percent), truncated(percent)):
        low, high = base * share.low / _HUNDRED, base * share.high / _HUNDRED
        found.append(Interval(base - high, base - low) if rest else Interval(low, high))
    return found
