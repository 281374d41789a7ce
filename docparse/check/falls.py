"""Counts that may only grow: series go in, pairs where the longer period holds less come out.

Only results that add up over time are held against each other; a stock ("hiện có 67 công chức")
or a rate may fall.

>>> may_only_grow.__name__
'may_only_grow'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice

from docparse.check.comparable import Fact, Series, same_sentence
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.spans_of_time import written_period
from docparse.models import Period

_GROWING = ("count", "money", "ratio", "area", "weight", "length", "volume")

Follows = Callable[[Period, Period], bool]


def falls(series: Series, follows: Follows) -> Iterator[tuple[Fact, Fact, bool]]:
    """Each longer period with the shorter one that holds most, and whether it holds less.

    ``follows(short, long)`` says which periods may be held against each other.
    """
    if series.mode != "result":
        return
    facts = [fact for fact in series.facts if may_only_grow(fact)]
    # Many facts share a period: periods are held against each other, not every two facts.
    periods: dict[Period, list[Fact]] = {}
    for fact in sorted(facts, key=_amount, reverse=True):
        if fact.period is not None:
            periods.setdefault(fact.period, []).append(fact)
    for later in facts:
        earlier = [
            most
            for period, held in periods.items()
            if later.period is not None and follows(period, later.period)
            for most in islice((fact for fact in held if _may_meet(fact, later)), 1)
        ]
        if earlier:
            most = max(earlier, key=_amount)
            yield most, later, most.value > later.value


def _amount(fact: Fact) -> tuple[Decimal, str]:
    return fact.value, fact.path


def _may_meet(one: Fact, other: Fact) -> bool:
    same = one.figure.denominator == other.figure.denominator
    return same and not same_sentence(one, other)


def may_only_grow(fact: Fact) -> bool:
    """A result counted from a stated beginning on."""
    figure, period = fact.figure, fact.period
    if figure.kind not in _GROWING or figure.mode not in (None, "result") or figure.qualifier:
        return False
    dated = period is not None and period.start is not None and period.end is not None
    return dated and not fact.stock


def fall_outcome(rule: Rule, less: Fact, more: Fact, *, falling: bool) -> Outcome:
    """What to say of a shorter and a longer period."""
    evidence = [less.evidence("shorter"), more.evidence("longer")]
    if not falling:
        return rule.held(evidence)
    sure = less.stated and more.stated and less.figure.kind != "ratio"
    first, second = less.figure.span.quote, more.figure.span.quote
    short, long = written_period(less.period), written_period(more.period)
    return rule.finding(
        evidence,
        key=(" ".join(sorted(less.words)), first, second, short, long),
        values={
            "indicator": more.figure.indicator or "",
            "less": second,
            "more": first,
            "short": short,
            "long": long,
        },
        equation=f"{first} ({short}) > {second} ({long})",
        severity=None if sure else "warning",
        confidence=SURE if sure else LIKELY,
    )
