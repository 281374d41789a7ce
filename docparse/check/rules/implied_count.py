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

from docparse.check.late_counts import Late, find_late
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.rounding import Interval, exact, rounded, truncated, written
from docparse.check.shares import find_shares
from docparse.check.subject import Reports, Subject
from docparse.models import Figure
from docparse.patterns import Patterns

_REACH = 200  # characters between neighbours
_HUNDRED = Decimal(100)
_SLACK = Decimal("0.1")  # the total of a table and the base of a rate need not be quite the same


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for report in reports:
        yield from _in_one_sentence(report, rule)
    for late in find_late(reports, rule.patterns):
        yield _late(rule, late)


def _in_one_sentence(report: Subject, rule: Rule) -> Iterator[Outcome]:
    figures = report.figures
    # "49 nhiệm vụ, đạt 94,23%; còn 03": the percentage is of another whole, 49 is its part.
    parts = {(id(one.part), id(one.percent)) for one in find_shares(report, rule.patterns)}
    for base, percent, count in zip(figures, figures[1:], figures[2:], strict=False):
        rest = _relation(report, rule.patterns, base, percent, count)
        if rest is None or (id(base), id(percent)) in parts:
            continue
        evidence = [
            report.evidence(base.span, "base"),
            report.evidence(percent.span, "percent"),
            report.evidence(count.span, "rest" if rest else "part"),
        ]
        implied = _implied(base.value, percent.value, rest=rest)
        if any(one.meets(exact(count.value)) for one in implied):
            yield rule.held(evidence)
            continue
        share = _HUNDRED - percent.value if rest else percent.value
        middle = written((base.value * share / _HUNDRED).quantize(Decimal("0.1")))
        said = f"{written(share)}% × {written(base.value)} = {middle}"
        yield rule.finding(
            evidence,
            key=(written(base.value), written(percent.value), written(count.value)),
            values={
                "percent": f"{written(percent.value)}%",
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
    middle = written((late.base * (_HUNDRED - percent) / _HUNDRED).quantize(Decimal("0.1")))
    said = f"{written(_HUNDRED - percent)}% × {written(late.base)} = {middle}"
    return rule.finding(
        evidence,
        key=(written(late.base), written(percent), written(count)),
        values={
            "percent": f"{written(percent)}%",
            "base": written(late.base),
            "count": written(count),
            "implied": middle,
        },
        equation=f"{said} ≠ {written(count)}",
        severity=None if many else "warning",
        confidence=SURE if many else LIKELY,
    )


def _relation(
    report: Subject, patterns: Patterns, base: Figure, percent: Figure, count: Figure
) -> bool | None:
    """True where the count is the rest of the base, False where it is the part, None if neither."""
    kinds = (base.kind, percent.kind, count.kind)
    if kinds != ("count", "percent", "count") or not _alike(base.unit, count.unit):
        return None
    first = report.value[base.span.end : percent.span.start]
    second = report.value[percent.span.end : count.span.start]
    after = report.value[count.span.end : count.span.end + 40]
    if len(first) > _REACH or len(second) > _REACH or phrase(patterns, "change").search(first):
        return None
    if count.qualifier == "còn lại" or phrase(patterns, "rest").search(second + after):
        return True
    return False if second.strip() == "(" else None


def _alike(base: str | None, count: str | None) -> bool:
    """ "328 người dân … 07 người còn lại": one may say more of the unit than the other."""
    one, other = (f"{unit or ''} ".lower() for unit in (base, count))
    return one.startswith(other) or other.startswith(one)


def _implied(base: Decimal, percent: Decimal, *, rest: bool) -> list[Interval]:
    """The counts that the percentage can stand for, rounded or truncated."""
    found = []
    for share in (rounded(percent), truncated(percent)):
        low, high = base * share.low / _HUNDRED, base * share.high / _HUNDRED
        found.append(Interval(base - high, base - low) if rest else Interval(low, high))
    return found
