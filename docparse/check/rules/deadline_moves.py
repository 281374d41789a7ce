"""REP404: a task whose deadline moves from one report to the next, unsaid.

The tasks of all reports go in; of two places that give one task two deadlines, the later one
does not mention the earlier.

>>> from docparse.patterns import load
>>> load().checks["deadline-moves"].code
'REP404'
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.reports import Reports
from docparse.check.task_groups import group_tasks
from docparse.check.tasks import Task, find_tasks

ASKS = (find_tasks,)


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for tasks in group_tasks(reports):
        dated = [task for task in tasks if task.deadline is not None and task.status != "done"]
        if not all(task.made for task in dated):
            dated.sort(key=lambda task: (str(task.deadline), task.path))
        for one, other in pairwise(dated):
            yield from _pair(rule, one, other)


def _pair(rule: Rule, one: Task, other: Task) -> Iterator[Outcome]:
    if one.deadline is None or other.deadline is None:
        return
    evidence = [
        one.evidence("deadline"),
        other.evidence("later deadline"),
    ]
    if one.deadline >= other.deadline:
        yield rule.held(evidence)
        return
    if one.said_deadline.split(" ", 1)[-1] in other.around:
        return
    values = {"task": one.name, "first": one.said_deadline, "then": other.said_deadline}
    yield rule.finding(
        evidence,
        key=(" ".join(sorted(one.words)), str(one.deadline), str(other.deadline)),
        values=values,
        equation=f"{one.said_deadline} < {other.said_deadline}",
        confidence=LIKELY,
    )
