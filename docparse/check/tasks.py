"""Tasks of a report: papers to be written, with how far they are and by when.

A report goes in; every unnumbered paper that it names ("Đề án vị trí việc làm của Sở") and every
rest of a programme ("còn lại 02/07 văn bản") comes out with its status and deadline.

>>> _deadline(phrase(load(), "deadline").search("hoàn thành trong Quý I/2023"))
datetime.date(2023, 3, 31)
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from docparse.check.comparable import indicator_words
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import folded_space
from docparse.models import Evidence, Span
from docparse.patterns import Patterns, load

__all__ = ["STATUSES", "Task", "find_tasks", "load"]

# From the least to the most done.
STATUSES = ("open", "doing", "done")
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NEAR = 60  # characters between a task and the words that say how far it is
_FEWEST = 4  # words that a task needs before it names one thing
_AROUND = 200  # characters before a task, and twice as many behind it, that are kept
_BEHIND = 800  # characters behind the rest of a programme in which its deadline may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One place that speaks of a task; ``made`` is the day of its report, ``around`` its words."""

    path: str
    made: date | None
    name: str
    words: frozenset[str]
    span: Span
    status: str | None
    deadline: date | None
    said_deadline: str
    around: str

    def evidence(self, role: str) -> Evidence:
        return Evidence(report=self.path, role=role, span=self.span)


def find_tasks(report: Subject, patterns: Patterns) -> Iterator[Task]:
    """Every place that says how far a task is or when it ends, in the order of the text."""
    for match in phrase(patterns, "task").finditer(report.value):
        words = indicator_words(folded_space(match[0]), patterns)
        low, high = report.stretches.clause(match.start())
        if report.value[high : high + 1] == ":":  # "Đề án …: hoàn thành trong Quý I/2024"
            high = report.stretches.clause(high + 1)[1]
        if len(words) >= _FEWEST:
            yield from _task(report, patterns, match.start(), match.end(), words, (low, high))
    for figure in report.figures:
        if figure.kind == "ratio" and figure.qualifier == "còn lại" and figure.indicator:
            words = indicator_words(f"{figure.unit} {figure.span.quote}", patterns)
            bounds = (figure.span.start, figure.span.end + _BEHIND)
            line = report.stretches.line(figure.span.start)[1]
            bounds = (bounds[0], min(bounds[1], line))
            rest = _task(report, patterns, figure.span.start, figure.span.end, words, bounds)
            name = f"{figure.span.quote} {figure.unit or ''}".strip()
            yield from (replace(task, name=name) for task in rest)


def _task(
    report: Subject,
    patterns: Patterns,
    start: int,
    end: int,
    words: frozenset[str],
    bounds: tuple[int, int],
) -> Iterator[Task]:
    low, high = bounds
    around = report.value[low:high]
    deadlines = [
        found
        for found in phrase(patterns, "deadline").finditer(report.value, start, high)
        if phrase(patterns, "to-do").search(around)
    ]
    status = _status(report.value, start, end, bounds, patterns)
    if status is None and not deadlines:
        return
    last = deadlines[-1] if deadlines else None
    whole = max(end, last.end()) if last else end
    yield Task(
        path=report.path,
        made=report.date.calendar if report.date else None,
        name=folded_space(report.value[start:end]),
        words=words,
        span=report.span(start, whole),
        status=status,
        deadline=_deadline(last),
        said_deadline=folded_space(last[0]) if last else "",
        around=report.value[max(0, start - _AROUND) : start + 2 * _AROUND],
    )


def _status(
    text: str, start: int, end: int, bounds: tuple[int, int], patterns: Patterns
) -> str | None:
    """The cue nearest to the task in its clause."""
    low, high = bounds
    found = []
    for status in STATUSES:
        for cue in phrase(patterns, f"task-{status}").finditer(text, low, high):
            distance = start - cue.end() if cue.end() <= start else cue.start() - end
            if distance >= 0:
                found.append((distance, status))
    return min(found)[1] if found and min(found)[0] <= _NEAR else None


def _deadline(found: re.Match[str] | None) -> date | None:
    """The last day that a deadline allows."""
    if found is None:
        return None
    said = found.groupdict()
    for year, month, day in (
        (said["quarter_year"], said["quarter"], None),
        (said["month_year"], said["month"], None),
        (said["day_year"], said["day_month"], said["day"]),
        (said["last_year"], said["last_month"], said["last"]),
    ):
        if year and month:
            quarter = month.upper()
            number = 3 * (_QUARTERS.get(quarter) or int(month)) if said["quarter"] else int(month)
            return _day(int(year), number, int(day) if day else None)
    return None


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
