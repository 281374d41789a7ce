"""REP408: one event with another cause, or one list with other members.

Counts that a cause is given for, and counts that a list follows, go in. Two places that state the
same count of the same thing and give causes that do not resemble each other come out; so do two
lists that share most of their members, not all.

>>> from docparse.patterns import load
>>> load().checks["cause-or-list-conflict"].code
'REP408'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from docparse.check.comparable import indicator_words
from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.reports import Ask, Reports
from docparse.check.spool import Groups
from docparse.check.subject import Subject
from docparse.check.words import fold, folded_space
from docparse.models import Evidence, Figure, Span
from docparse.patterns import Patterns

_REACH = 260  # characters behind a count in which its cause may begin
_ALIKE = 60  # of 100: causes below it are told as different
_SAME_MEMBER = 85  # of 100
_SHARED = 2  # words that two counts share besides their unit, or all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A count in one report with its cause, or with its members."""

    path: str
    figure: Figure
    words: frozenset[str]
    spans: tuple[Span, ...]
    texts: tuple[str, ...]


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for one, other in _pairs(reports, causes):
        same = fuzz.token_sort_ratio(*(fold(said.texts[0]) for said in (one, other))) >= _ALIKE
        yield _outcome(rule, one, other, differ=() if same else (one.texts[0], other.texts[0]))
    for one, other in _pairs(reports, lists):
        apart = (*_missing(one, other), *_missing(other, one))
        if len(apart) < len(one.texts):
            yield _outcome(rule, one, other, differ=apart)


def causes(report: Subject, patterns: Patterns) -> Iterator[Told]:
    """The counts of a report that a cause is given for."""
    cause = phrase(patterns, "cause")
    for index, figure in enumerate(report.figures):
        if figure.kind != "count" or not figure.indicator:
            continue
        end = report.stretches.line(figure.span.start)[1]
        found = cause.search(report.value, figure.span.end, min(end, figure.span.end + _REACH))
        if found is None or _is_nearer(report, index, found.start("cause")):
            continue
        # The cause may run on beyond the reach: it is read to the end of its clause.
        stop = report.stretches.clause(found.start("cause"))[1]
        stop -= report.value[stop - 1] == "."
        yield _told(report, patterns, figure, [report.span(found.start("cause"), stop)])


def _is_nearer(report: Subject, index: int, start: int) -> bool:
    """Whether another count of the same unit stands between: the cause is that one's."""
    unit = report.figures[index].unit
    behind = report.figures[index + 1 : index + 4]
    full = [one for one in behind if one.unit == unit and one.span.start < start]
    bracket = report.value.find("(", report.figures[index].span.end, start)
    return any(bracket < 0 or one.span.start < bracket for one in full)


def lists(report: Subject, patterns: Patterns) -> Iterator[Told]:
    """The counts of a report that a list follows."""
    for one in report.enumerations:
        figure = report.figures[one.figure]
        if one.fewest is None and one.complete and figure.indicator and len(one.items) > _SHARED:
            yield _told(report, patterns, figure, one.items)


ASKS = (causes, lists)


def _told(report: Subject, patterns: Patterns, figure: Figure, spans: Iterable[Span]) -> Told:
    spans = tuple(spans)
    return Told(
        path=report.path,
        figure=figure,
        words=indicator_words(figure.indicator or "", patterns),
        spans=spans,
        texts=tuple(folded_space(span.quote) for span in spans),
    )


def _pairs(reports: Reports, ask: Ask) -> Iterator[tuple[Told, Told]]:
    """Places that state one count of one thing for one time."""
    groups = Groups[tuple[Decimal, str]]()
    for number, one in reports.numbered(ask):
        groups.add((one.figure.value, fold(one.figure.unit or "")), number)
    for _, numbers in groups.several():
        for one, other in combinations(map(reports.answer, numbers), 2):
            if _same_thing(one, other) and _same_time(one, other):
                yield one, other


def _same_thing(one: Told, other: Told) -> bool:
    unit = set(fold(one.figure.unit or "").split())
    shared = (one.words & other.words) - unit
    return len(shared) >= _SHARED or one.words == other.words


def _same_time(one: Told, other: Told) -> bool:
    first, second = one.figure.period, other.figure.period
    if one.path == other.path:
        known = first is not None and second is not None
        return not known or first == second or first.end == second.end  # type: ignore[union-attr]
    return first is not None and second is not None and first.end == second.end


def _missing(one: Told, other: Told) -> list[str]:
    """The members of a list that the other does not have."""
    known = [fold(text) for text in other.texts]
    return [
        text
        for text in one.texts
        if not any(fuzz.token_set_ratio(fold(text), each) >= _SAME_MEMBER for each in known)
    ]


def _outcome(rule: Rule, one: Told, other: Told, *, differ: tuple[str, ...]) -> Outcome:
    evidence = [
        Evidence(report=each.path, role=role, span=span)
        for each in (one, other)
        for role, span in (("count", each.figure.span), *(("said", span) for span in each.spans))
    ]
    if not differ:
        return rule.held(evidence)
    said = "; ".join(differ)
    return rule.finding(
        evidence,
        key=(" ".join(sorted(one.words)), *sorted(map(fold, differ))),
        values={"indicator": one.figure.indicator or "", "said": said},
        confidence=POSSIBLE,
    )
