"""SEQ702: an act older than the paper that it rests on, amends or carries out.

The citations of one report go in; where a sentence says that one paper was issued on the basis
of another, or amends it, the other may not be later. An act may be told by its time alone
("cuối năm 2022"). What a paragraph says was issued to carry out other papers is a warning: the
list may serve several acts.

>>> from docparse.patterns import load
>>> load().checks["basis-after-act"].code
'SEQ702'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.acts import find_acts, order_outcome
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.subject import Subject, shown
from docparse.check.told_acts import ToldAct, carried_out, told_acts
from docparse.models import Citation, Date

_SLIP = 62  # days: two months apart, and a month may be a slip
_RELATIONS = ("on-the-basis", "amends")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in find_acts(report, rule.patterns):
        if one.relation in _RELATIONS:
            yield from order_outcome(report, rule, one)
    for told in told_acts(report, rule.patterns):
        yield _told(report, rule, told, sure=True)
    for told in carried_out(report, rule.patterns):
        yield _told(report, rule, told, sure=False)


def _told(report: Subject, rule: Rule, act: ToldAct, *, sure: bool) -> Outcome:
    """Whether all that an act rests on was there in its time."""
    later = [one for one in act.bases if _days_late(one, act) > 0]
    if not sure and len(later) < len(act.bases):
        # A list of bases old and new often serves acts of many years.
        later = [one for one in later if _days_late(one, act) <= _SLIP]
    evidence = [report.evidence(act.span, "act")]
    evidence += [report.evidence(one.span, "basis") for one in later or act.bases]
    if not later:
        return rule.held(evidence)
    dates = "; ".join(shown(one.date or Date()) for one in later)
    values = {
        "act": act.name,
        "act_date": act.said_time,
        "other": "; ".join(one.number or one.title or "" for one in later),
        "other_date": dates,
    }
    return rule.finding(
        evidence,
        key=tuple(values.values()),
        values=values,
        equation=f"{dates} > {act.said_time}",
        severity=None if sure else "warning",
        confidence=SURE if sure else LIKELY,
    )


def _days_late(one: Citation, act: ToldAct) -> int:
    day = (one.date or Date()).calendar
    return (day - act.latest).days if day is not None else 0
