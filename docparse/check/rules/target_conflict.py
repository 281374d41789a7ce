"""REP406: two targets for one indicator and year.

The series of targets go in; for one year one indicator has one target. An error inside one
report, a warning between two.

>>> from docparse.patterns import load
>>> load().checks["target-conflict"].code
'REP406'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docparse.check.comparable import Fact, find_series, same_sentence
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.subject import Reports

_KINDS = ("percent", "score")
_MODES = ("target", "plan")


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_series(reports, rule.patterns):
        if series.mode != "target" or series.facts[0].figure.kind not in _KINDS:
            continue
        years: dict[tuple[int, int], list[Fact]] = {}
        for fact in series.facts:
            period = fact.period
            if period is not None and period.end is not None and period.start is not None:
                years.setdefault((period.start.year, period.end.year), []).append(fact)
        for facts in years.values():
            yield from _year(rule, facts)


def _year(rule: Rule, facts: Sequence[Fact]) -> Iterator[Outcome]:
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
    inside = any(one.report is other.report for one, other in apart)
    said = list(dict.fromkeys(fact.figure.span.quote for fact in told))
    yield rule.finding(
        [fact.evidence("target") for fact in told],
        key=(" ".join(sorted(told[0].words)), *sorted(said), str(told[0].period)),
        values={"indicator": told[0].figure.indicator or "", "values": "; ".join(said)},
        equation=" ≠ ".join(said),
        severity=None if inside else "warning",
        confidence=SURE if inside else LIKELY,
    )
