"""PER301: one value of one thing for two periods.

The series of comparable results go in. A value with enough digits to be no chance, given for
two periods that nearly agree, comes out.

>>> from docparse.patterns import load
>>> load().checks["two-periods-one-figure"].code
'PER301'
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from docparse.check.comparable import Fact, find_series
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.spans_of_time import written_period
from docparse.check.subject import Reports

_DIGITS = 3  # significant digits that a value needs before two of it are no chance
_NEAR = timedelta(days=45)


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports, rule.patterns):
        groups: dict[str, list[Fact]] = {}
        for fact in series.facts if series.mode == "result" else ():
            if fact.stated and _tells(fact):
                groups.setdefault(f"{fact.value} {fact.figure.denominator}", []).append(fact)
        for facts in groups.values():
            first = facts[0]
            others = [fact for fact in facts[1:] if _differ(first, fact)]
            if others:
                told = (first, *others)
                periods = list(dict.fromkeys(written_period(fact.period) for fact in told))
                value = first.figure.span.quote
                yield rule.finding(
                    [fact.evidence() for fact in told],
                    key=(" ".join(sorted(first.words)), value, *sorted(periods)),
                    values={
                        "indicator": first.figure.indicator or "",
                        "value": value,
                        "periods": "; ".join(periods),
                    },
                    equation=" ≠ ".join(periods),
                    confidence=LIKELY,
                )


def _tells(fact: Fact) -> bool:
    digits = str(fact.value).replace(".", "").strip("0")
    return len(digits) >= _DIGITS


def _differ(one: Fact, other: Fact) -> bool:
    """One end or beginning in common, the other a little apart."""
    first, second = one.period, other.period
    if (
        first is None
        or second is None
        or None in (first.start, first.end, second.start, second.end)
    ):
        return False
    assert first.start
    assert first.end
    assert second.start
    assert second.end
    starts, ends = abs(first.start - second.start), abs(first.end - second.end)
    return bool(starts or ends) and starts <= _NEAR and ends <= _NEAR
