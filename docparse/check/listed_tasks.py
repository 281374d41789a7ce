"""Tasks listed under a plan: a report goes in, each plan comes out with the papers of its list.

"Kế hoạch số 131/KH-STC ngày 09/01/2023, trong đó xác định các nhiệm vụ như sau:" leads to the
items below it, up to the next item of its own level.

>>> mark("+ Rà soát"), mark("- Về kiểm tra"), mark("Về kiểm tra")
('+', '-', '')
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.models import Citation
from docparse.patterns import Patterns

_MARKS = "-+*•"


def find_listed(
    report: Subject, patterns: Patterns
) -> Iterator[tuple[Citation, tuple[Citation, ...]]]:
    """Each dated plan that leads to a list, with the dated papers that the list cites."""
    dated = [one for one in report.citations if not one.own and _has_day(one)]
    for index, plan in enumerate(dated):
        start, end = report.stretches.line(plan.span.start)
        if index + 1 < len(dated) and dated[index + 1].span.start < end:
            continue  # which of the two sets out the tasks is not said
        if phrase(patterns, "sets-out").search(report.value, plan.span.end, end) is None:
            continue
        last = _end_of_list(report, mark(report.value[start:end]), end)
        behind = bisect_left(dated, last, key=lambda one: one.span.start)
        yield plan, tuple(dated[index + 1 : behind])


def _end_of_list(report: Subject, own: str, end: int) -> int:
    """Where the items below a line stop: at one of its own level, or at running text."""
    while end < len(report.value):
        start, next_end = report.stretches.line(end + 1)
        words = report.value[start:next_end].strip()
        if words and mark(words) in (own, ""):
            return end
        end = max(next_end, end + 1)
    return end


def mark(line: str) -> str:
    """The sign that an item begins with."""
    first = line.lstrip()[:1]
    return first if first in _MARKS else ""


def _has_day(one: Citation) -> bool:
    return one.date is not None and one.date.calendar is not None
