"""PER301: one value of one thing for two periods.

The results of all reports go in. A value with enough digits to be no chance, given for
two periods that nearly agree, comes out.

>>> from docparse.patterns import load
>>> load().checks["two-periods-one-figure"].code
'PER301'
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from docparse.check.comparable import Fact, facts_of
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.reports import Reports
from docparse.check.spans_of_time import written_period
from docparse.check.spool import Groups

ASKS = (facts_of,)

_DIGITS = 3  # significant digits that a value needs before two of it are no chance
_COMMON = 4  # words that both wordings share
_NEAR = timedelta(days=45)


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    groups = Groups[tuple[str, ...]]()
    for number, fact in reports.numbered(facts_of):
        figure = fact.figure
        if figure.mode in (None, "result") and fact.stated and _tells(fact):
            scope = reports.scopes[fact.path]
            same = (scope, figure.kind, str(fact.value), str(figure.denominator))
            groups.add(same, number)
    for _, numbers in groups.several():
        first, *facts = map(reports.answer, numbers)
        others = [fact for fact in facts if _differ(first, fact) and _one_thing(first, fact)]
        if others:
            yield _finding(rule, (first, *others))


def _finding(rule: Rule, told: tuple[Fact, ...]) -> Outcome:
    periods = list(dict.fromkeys(written_period(fact.period) for fact in told))
    value = told[0].figure.span.quote
    return rule.finding(
        [fact.evidence() for fact in told],
        key=(value, *sorted(periods)),
        values={
            "indicator": told[0].figure.indicator or "",
            "value": value,
            "periods": "; ".join(periods),
        },
        equation=" ≠ ".join(periods),
        confidence=LIKELY,
    )


def _one_thing(one: Fact, other: Fact) -> bool:
    """Many digits alike and words in common: the wording may differ more than elsewhere."""
    return len(one.words & other.words) >= _COMMON


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
