"""Tasks of many reports brought together: those that several places name, in order of time.

>>> group_tasks.__name__
'group_tasks'
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from docparse.check.comparable import similar
from docparse.check.subject import Reports
from docparse.check.tasks import Task, find_tasks
from docparse.patterns import Patterns

_BLOCK = 2  # rarest words by which two names of a task may meet


@lru_cache(maxsize=1)
def group_tasks(reports: Reports, patterns: Patterns) -> tuple[tuple[Task, ...], ...]:
    """Places that speak of one task, the earlier reports first; a task named once is left out."""
    tasks = [task for report in reports for task in find_tasks(report, patterns)]
    index: dict[str, int] = {}
    for task in tasks:
        for word in task.words:
            index[word] = index.get(word, 0) + 1
    blocks: dict[str, list[list[Task]]] = {}
    groups: list[list[Task]] = []
    for task in tasks:
        rare = sorted(task.words, key=lambda word: (index[word], word))[:_BLOCK]
        near = [group for word in rare for group in blocks.get(word, [])]
        same = next((group for group in near if _same(group[0], task, patterns)), None)
        if same is None:
            same = []
            groups.append(same)
        same.append(task)
        for word in rare:
            if not any(same is group for group in blocks.setdefault(word, [])):
                blocks[word].append(same)
    return tuple(tuple(sorted(group, key=_order)) for group in groups if len(group) > 1)


def _same(one: Task, other: Task, patterns: Patterns) -> bool:
    return one.words == other.words or similar(one.words, other.words, patterns)


def _order(task: Task) -> tuple[date, str, int]:
    return made_on(task) or date.max, task.report.path, task.span.start


def made_on(task: Task) -> date | None:
    """The day of the report that speaks."""
    day = task.report.date
    return day.calendar if day else None
