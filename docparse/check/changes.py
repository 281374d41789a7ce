"""Several counts with their changes and what they were: figures go in, sums come out.

"32 vụ, 45 đối tượng; so với cùng kỳ tăng 4 vụ, 7 đối tượng (năm 2022: 28 vụ, 36 đối tượng)": for
each unit, what it was and the change make what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docparse.check.phrases import phrase
from docparse.check.shares import behind_unit, is_change
from docparse.check.subject import Subject
from docparse.check.sums import Sum
from docparse.models import Figure
from docparse.patterns import Patterns

_FEWEST = 2  # counts that change together
_MOST = 4
_BACK = 6  # figures before the changes that are looked at
_REACH = 300  # characters from what is now to its change


def find_changes(report: Subject, patterns: Patterns) -> Iterator[Sum]:
    """Counts of several units that rose or fell, where one of them at least adds up."""
    figures = report.figures
    for index, first in enumerate(figures):
        if first.kind != "count" or not is_change(report, patterns, first):
            continue
        steps = _steps(report, patterns, figures[index : index + _MOST])
        before = _then(report, patterns, steps[-1], figures[index + len(steps) :][:_MOST])
        if len(steps) < _FEWEST or not before:
            continue
        sums = list(_each(report, patterns, figures[max(0, index - _BACK) : index], steps, before))
        if any(one.total == one.whole_value for one in sums):
            yield from sums


def _steps(report: Subject, patterns: Patterns, figures: Sequence[Figure]) -> list[Figure]:
    """ "tăng 4 vụ, 7 đối tượng": the changes that one verb begins."""
    found = [figures[0]]
    for one in figures[1:]:
        gap = behind_unit(report.value[found[-1].span.end : one.span.start], found[-1])
        if one.kind != "count" or phrase(patterns, "next-change").fullmatch(gap) is None:
            break
        found.append(one)
    return found


def _then(
    report: Subject, patterns: Patterns, last: Figure, behind: Sequence[Figure]
) -> list[Figure]:
    """ "(năm 2022: 28 vụ, 36 đối tượng)": what they were."""
    if not behind:
        return []
    gap = report.value[last.span.end : behind[0].span.start]
    if phrase(patterns, "of-other-time").search(gap) is None or ")" in gap or ";" in gap:
        return []
    closed = report.value.find(")", last.span.end, last.span.end + _REACH)
    return [one for one in behind if one.kind == "count" and one.span.start < closed]


def _each(
    report: Subject,
    patterns: Patterns,
    earlier: Sequence[Figure],
    steps: Sequence[Figure],
    before: Sequence[Figure],
) -> Iterator[Sum]:
    falls = False
    for step in steps:
        lead = report.value[max(0, step.span.start - 20) : step.span.start]
        if is_change(report, patterns, step):
            falls = phrase(patterns, "drops").search(lead) is not None
        was = [one for one in before if one.unit == step.unit]
        now = [
            one
            for one in earlier
            if one.unit == step.unit and one.span.start >= steps[0].span.start - _REACH
        ]
        if len(was) != 1 or not now or now[-1].kind != "count":
            continue
        whole, rest = (was[0], now[-1]) if falls else (now[-1], was[0])
        parts = (rest, step)
        yield Sum(whole=whole, parts=parts, complete=True, whole_value=whole.value)
