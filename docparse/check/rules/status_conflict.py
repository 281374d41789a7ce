"""REP405: a task that a later report calls less done than an earlier one.

The tasks of all reports go in; done may not become under way again, nor under way not begun.
So do sentences that say from which month on something is done; what one report says was begun
may not be still to come in another that speaks of later days.

>>> from docparse.patterns import load
>>> load().checks["status-conflict"].code
'REP405'
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docparse.check.begun import Beginning, beginnings, find_begun
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.reports import Reports
from docparse.check.task_groups import group_tasks
from docparse.check.tasks import STATUSES, Task, find_tasks

ASKS = (find_tasks, beginnings)

_LONGEST = 120


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for tasks in group_tasks(reports):
        told = [task for task in tasks if task.status is not None and task.made]
        for one, other in pairwise(told):
            if one.made != other.made:
                yield _pair(rule, one, other)
    for done, will in find_begun(reports):
        yield _begun(rule, done, will)


def _begun(rule: Rule, done: Beginning, will: Beginning) -> Outcome:
    return rule.finding(
        [done.evidence("done"), will.evidence("open")],
        key=(done.what, will.what, done.after.isoformat()),
        values={"task": _short(done.what), "first": f"“{done.said}”", "then": f"“{will.said}”"},
        equation=f"{done.said} ≠ {will.said}",
        confidence=LIKELY,
    )


def _short(task: str) -> str:
    """The first words of a long task."""
    kept = task[:_LONGEST].rsplit(" ", 1)[0]
    return task if len(task) <= _LONGEST else f"{kept} …"


def _pair(rule: Rule, one: Task, other: Task) -> Outcome:
    evidence = [
        one.evidence(one.status or ""),
        other.evidence(other.status or ""),
    ]
    before, after = STATUSES.index(one.status or ""), STATUSES.index(other.status or "")
    if before <= after:
        return rule.held(evidence)
    first, then = (str(task.made.strftime("%d/%m/%Y")) for task in (one, other))  # type: ignore[union-attr]
    values = {"task": one.name, "first": first, "then": then}
    return rule.finding(
        evidence,
        key=(" ".join(sorted(one.words)), first, then),
        values=values,
        confidence=LIKELY,
    )
