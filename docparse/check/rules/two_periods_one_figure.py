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

from docparse.check.comparable import Fact, find_facts
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.spans_of_time import written_period
from docparse.check.subject import Reports

_DIGITS = 3  # significant digits that a value needs before two of it are no chance
_COMMON = 4  # words that both wordings share
_NEAR = timedelta(days=45)


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    groups: dict[tuple[str, ...], list[Fact]] = {}
    for fact in find_facts(reports, rule.patterns):
        figure = fact.figure
        if figure.mode in (None, "result") and fact.stated and _tells(fact):
            same = (fact.scope, figure.kind, str(fact.value), str(figure.denominator))
            groups.setdefault(same, []).append(fact)
    for facts in groups.values():
        first = facts[0]
        others = [fact for fact in facts[1:] if _differ(first, fact) and _one_thing(first, fact)]
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
