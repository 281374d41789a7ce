"""Tasks of many reports brought together: those that several places name, in order of time.

>>> group_tasks.__name__
'group_tasks'
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date

from docparse.check.comparable import similar
from docparse.check.reports import Reports
from docparse.check.tasks import Task, find_tasks
from docparse.patterns import Patterns

_BLOCK = 2  # rarest words by which two names of a task may meet


def group_tasks(reports: Reports) -> Iterator[tuple[Task, ...]]:
    """Places that speak of one task, the earlier reports first; a task named once is left out."""
    for numbers in reports.once(_numbered_groups):
        yield tuple(sorted(map(reports.answer, numbers), key=_order))


def _numbered_groups(reports: Reports, patterns: Patterns) -> list[array[int]]:
    """The numbers of the tasks that are one."""
    wordings: dict[frozenset[str], frozenset[str]] = {}
    tasks = [
        (number, wordings.setdefault(task.words, task.words))
        for number, task in reports.numbered(find_tasks)
    ]
    index: dict[str, int] = {}
    for _, words in tasks:
        for word in words:
            index[word] = index.get(word, 0) + 1
    blocks: dict[str, list[int]] = {}
    first: list[frozenset[str]] = []
    groups: list[array[int]] = []
    for number, words in tasks:
        rare = sorted(words, key=lambda word: (index[word], word))[:_BLOCK]
        near = (group for word in rare for group in blocks.get(word, ()))
        same = next((one for one in near if _same(first[one], words, patterns)), None)
        if same is None:
            same = len(groups)
            groups.append(array("q"))
            first.append(words)
        groups[same].append(number)
        for word in rare:
            if same not in blocks.setdefault(word, []):
                blocks[word].append(same)
    return [numbers for numbers in groups if len(numbers) > 1]


def _same(one: frozenset[str], other: frozenset[str], patterns: Patterns) -> bool:
    return one == other or similar(one, other, patterns)


def _order(task: Task) -> tuple[date, str, int]:
    return task.made or date.max, task.path, task.span.start
