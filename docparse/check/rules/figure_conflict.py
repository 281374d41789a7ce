"""REP401: two values of one thing for one period, between reports or inside one.

The series of comparable figures go in. Values of one period that differ come out: an error where
both periods are written for the figure, a warning where one is that of its report, or where each
place names another paper as its source.

>>> from docparse.patterns import load
>>> load().checks["figure-conflict"].code
'REP401'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docparse.check.comparable import (
    Fact,
    by_period,
    facts_of,
    find_series,
    other_agents,
    same_sentence,
)
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.reports import Reports
from docparse.check.rounding import measured

ASKS = (facts_of,)

_TOGETHER = 45  # days between two reports that may be taken to speak of one time


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports):
        if series.mode != "result":
            continue
        periods = by_period(series.facts)
        for facts in periods.values():
            yield from _one_period(rule, facts)
        if len(periods) > 1:
            yield rule.apart("period", [facts[0].evidence() for facts in periods.values()])
        loose = [fact for fact in series.facts if fact.period is None or fact.period.end is None]
        if loose and len(series.facts) > len(loose):
            yield rule.apart("unknown-period", [fact.evidence() for fact in loose])


def _one_period(rule: Rule, facts: Sequence[Fact]) -> Iterator[Outcome]:
    for first in facts:
        against = [fact for fact in facts if _conflict(first, fact, facts)]
        if against:
            yield _finding(rule, first, against, facts)
            return
    if len(facts) > 1 and all(_agree(facts[0], fact) for fact in facts):
        yield rule.held([fact.evidence() for fact in facts])


def _conflict(one: Fact, other: Fact, facts: Sequence[Fact]) -> bool:
    """Two values, where neither report has the other's value as well: it may mean more by it."""
    if _agree(one, other) or not _meet(one, other):
        return False
    if one.path == other.path:
        return True
    also = ((fact, one) for fact in facts if fact.path == other.path)
    back = ((fact, other) for fact in facts if fact.path == one.path)
    return not any(_agree(first, second) for first, second in (*also, *back))


def _finding(rule: Rule, first: Fact, against: Sequence[Fact], facts: Sequence[Fact]) -> Outcome:
    told = [first, *against]
    sources = [fact.sources for fact in told]
    other_papers = all(sources) and not frozenset.intersection(*sources)
    stated = all(fact.stated for fact in told)
    sure = stated and not other_papers
    values = list(dict.fromkeys(fact.figure.span.quote for fact in told))
    agreeing = [fact for fact in facts if fact is not first and _agree(first, fact)]
    return rule.finding(
        [fact.evidence() for fact in (*told, *agreeing)],
        key=(" ".join(sorted(first.words)), *sorted(map(str, values)), str(first.period)),
        values={"indicator": first.figure.indicator or "", "values": "; ".join(values)},
        equation=" ≠ ".join(values),
        severity=None if sure else "warning",
        confidence=SURE if sure else LIKELY,
    )


def _agree(one: Fact, other: Fact) -> bool:
    """Equal as far as their digits tell."""
    if one.figure.denominator != other.figure.denominator:
        return False
    if one.figure.kind in ("percent", "money"):
        return measured(one.value).meets(measured(other.value))
    return one.value == other.value


def _meet(one: Fact, other: Fact) -> bool:
    """Whether two places may be held against each other at all."""
    if same_sentence(one, other) or other_agents(one.words, other.words):
        return False
    if one.path == other.path:
        if one.level and other.level and one.level != other.level:
            return False  # what the courts of the province settle, and those of the districts
        stated = one.stated and other.stated
        told_again = _is_told_again(one, other) or _is_told_again(other, one)
        return one.words == other.words and (stated or told_again)
    if one.stated and other.stated:
        return True
    return one.words == other.words and _made_together(one, other)


def _is_told_again(one: Fact, other: Fact) -> bool:
    """A summary that names the period of the report, and the body that leaves it to the title.

    Of counts: a rate has a base, which is often another one where the period is not named.
    """
    period = other.period
    counted = one.figure.kind == other.figure.kind == "count"
    return counted and one.stated and period is not None and period.how == "report"


def _made_together(one: Fact, other: Fact) -> bool:
    """Reports of one time; what they leave open may be the time between them."""
    first, second = (fact.made for fact in (one, other))
    if first is None or second is None or first.calendar is None or second.calendar is None:
        return True
    return abs((first.calendar - second.calendar).days) <= _TOGETHER
