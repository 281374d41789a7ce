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
from docparse.check.subject import Reports
from docparse.check.task_groups import group_tasks, made_on
from docparse.check.tasks import Task


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for tasks in group_tasks(reports, rule.patterns):
        dated = [task for task in tasks if task.deadline is not None and task.status != "done"]
        if not all(made_on(task) for task in dated):
            dated.sort(key=lambda task: (str(task.deadline), task.report.path))
        for one, other in pairwise(dated):
            yield from _pair(rule, one, other)


def _pair(rule: Rule, one: Task, other: Task) -> Iterator[Outcome]:
    if one.deadline is None or other.deadline is None:
        return
    evidence = [
        one.report.evidence(one.span, "deadline"),
        other.report.evidence(other.span, "later deadline"),
    ]
    if one.deadline >= other.deadline:
        yield rule.held(evidence)
        return
    if one.said_deadline.split(" ", 1)[-1] in other.report.value[other.span.start - 200 :][:600]:
        return
    values = {"task": one.name, "first": one.said_deadline, "then": other.said_deadline}
    yield rule.finding(
        evidence,
        key=(" ".join(sorted(one.words)), str(one.deadline), str(other.deadline)),
        values=values,
        equation=f"{one.said_deadline} < {other.said_deadline}",
        confidence=LIKELY,
    )
