"""REP407: the least that a plan asks for is lower in a later year.

The series of targets go in; for two years of one indicator the later must not ask for less.
Indicators of which less is better (overdue files, poor households) are left out.

>>> from docparse.patterns import load
>>> load().checks["target-falls"].code
'REP407'
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docparse.check.comparable import Fact, Series, facts_of, find_series
from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.reports import Reports

ASKS = (facts_of,)

_KINDS = ("percent", "score")


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports):
        figure = series.facts[0].figure
        if series.mode != "target" or figure.kind not in _KINDS or _less_is_better(rule, series):
            continue
        years = _by_year(series)
        for earlier, later in pairwise(sorted(years)):
            # Two targets for one year are a conflict of another check.
            if len({fact.value for fact in years[earlier]}) == 1:
                yield _outcome(rule, years[earlier][0], years[later][0], (earlier, later))


def _less_is_better(rule: Rule, series: Series) -> bool:
    fewer = phrase(rule.patterns, "less-is-better")
    return any(fewer.search(fact.figure.indicator or "") for fact in series.facts)


def _by_year(series: Series) -> dict[int, list[Fact]]:
    years: dict[int, list[Fact]] = {}
    for fact in series.facts:
        period = fact.period
        if fact.figure.mode == "limit" or period is None or period.end is None or not fact.stated:
            continue
        if period.start is None or period.start.year == period.end.year:
            years.setdefault(period.end.year, []).append(fact)
    return years


def _outcome(rule: Rule, before: Fact, after: Fact, years: tuple[int, int]) -> Outcome:
    evidence = [before.evidence("earlier"), after.evidence("later")]
    if after.value >= before.value:
        return rule.held(evidence)
    first, then = before.figure.span.quote, after.figure.span.quote
    return rule.finding(
        evidence,
        key=(" ".join(sorted(before.words)), first, then, *map(str, years)),
        values={
            "indicator": before.figure.indicator or "",
            "first": first,
            "then": then,
            "year": str(years[0]),
            "next": str(years[1]),
        },
        equation=f"{then} ({years[1]}) < {first} ({years[0]})",
        confidence=POSSIBLE,
    )
