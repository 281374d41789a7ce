"""REP406: two targets for one indicator and year.

The series of targets go in; for one year one indicator has one target. An error inside one
report, a warning between two, and where the target is an amount: its share in a list of several
places may be worded alike.

>>> from docparse.patterns import load
>>> load().checks["target-conflict"].code
'REP406'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docparse.check.comparable import Fact, facts_of, find_series, same_sentence
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.reports import Reports

ASKS = (facts_of,)

_SHARES = ("percent", "score")  # reached by the end of a year or in it, that is the same
_AMOUNTS = ("count", "money", "area", "weight")
_MODES = ("target", "plan")


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports):
        kind = series.facts[0].figure.kind
        if series.mode != "target" or kind not in (*_SHARES, *_AMOUNTS):
            continue
        years: dict[tuple[object, ...], list[Fact]] = {}
        for fact in series.facts:
            year = _year_of(fact) if kind in _SHARES else _set_for(fact)
            if year is not None:
                years.setdefault(year, []).append(fact)
        for facts in years.values():
            yield from _year(rule, facts, sure=kind in _SHARES)


def _year_of(fact: Fact) -> tuple[object, ...] | None:
    """ "trong năm 2023", "đến hết năm 2023"."""
    period = fact.period
    if period is None or period.end is None:
        return None
    if period.start is not None:
        return period.start.year, period.end.year
    whole = (period.end.month, period.end.day) == (12, 31)
    return (period.end.year, period.end.year) if whole else None


def _set_for(fact: Fact) -> tuple[object, ...] | None:
    """The period and the wording of an amount that the text itself calls a target: of amounts one
    list may set many, so nothing may be left open."""
    period = fact.period
    if fact.figure.mode != "target" or not fact.stated or period is None:
        return None
    return (period.start, period.end, fact.words) if period.start and period.end else None


def _year(rule: Rule, facts: Sequence[Fact], *, sure: bool) -> Iterator[Outcome]:
    facts = [fact for fact in facts if fact.figure.mode != "limit"]
    values = list(dict.fromkeys(fact.value for fact in facts))
    told = [fact for fact in facts if fact.figure.qualifier or fact.figure.mode in _MODES]
    if len(values) < 2:
        if len(facts) > 1:
            yield rule.held([fact.evidence("target") for fact in facts])
        return
    apart = [
        (one, other)
        for index, one in enumerate(told)
        for other in told[index + 1 :]
        if one.value != other.value and not same_sentence(one, other)
    ]
    if not apart:
        return
    inside = sure and any(one.path == other.path for one, other in apart)
    said = list(dict.fromkeys(fact.figure.span.quote for fact in told))
    yield rule.finding(
        [fact.evidence("target") for fact in told],
        key=(" ".join(sorted(told[0].words)), *sorted(said), str(told[0].period)),
        values={"indicator": told[0].figure.indicator or "", "values": "; ".join(said)},
        equation=" ≠ ".join(said),
        severity=None if inside else "warning",
        confidence=SURE if inside else LIKELY,
    )
