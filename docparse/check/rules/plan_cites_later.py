"""SEQ703: a plan that carries out, or sets out in its tasks, a paper later than itself.

The citations of one report go in; a paper whose title says that it carries out another may not
be older than that, and the tasks "set out" in a plan may not name papers of a later day.

>>> from docparse.patterns import load
>>> load().checks["plan-cites-later"].code
'SEQ703'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docparse.check.acts import find_acts, order_outcome
from docparse.check.listed_tasks import find_listed
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.subject import Subject, shown
from docparse.models import Citation, Date

_PLANS = ("Kế hoạch", "Chương trình", "Đề án", "Phương án", "Hướng dẫn")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in find_acts(report, rule.patterns):
        if one.relation == "carries-out" and one.act.type in _PLANS:
            yield from order_outcome(report, rule, one)
    for plan, cited in find_listed(report, rule.patterns):
        if plan.type in _PLANS and cited:
            yield _listed(report, rule, plan, cited)


def _listed(report: Subject, rule: Rule, plan: Citation, cited: Sequence[Citation]) -> Outcome:
    """Whether the tasks of a plan name papers later than the plan."""
    made = plan.date or Date()
    later = [one for one in cited if (one.date or Date()).calendar > made.calendar]  # type: ignore[operator]
    evidence = [report.evidence(plan.span, "act")]
    evidence += [report.evidence(one.span, "basis") for one in later or cited]
    if not later:
        return rule.held(evidence)
    dates = "; ".join(shown(one.date or Date()) for one in later)
    values = {
        "act": plan.number or "",
        "act_date": shown(made),
        "other": "; ".join(one.number or one.title or "" for one in later),
        "other_date": dates,
    }
    return rule.finding(
        evidence,
        key=tuple(values.values()),
        values=values,
        equation=f"{dates} > {shown(made)}",
        confidence=LIKELY,
    )
