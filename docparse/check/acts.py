"""Papers that one sentence relates: an act, and what it rests on, amends or carries out.

Citations of a report go in, pairs come out with the name of the relation: "on-the-basis" (the
basis stands before the act, or behind it after "trên cơ sở"), "amends" and "carries-out" (the
other stands in the act's title).

>>> find_acts.__name__
'find_acts'
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from docparse.check.outcomes import Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject, shown
from docparse.models import Citation, Date
from docparse.patterns import Patterns

_TITLE = 160  # characters of a title in which the other paper may stand
_BEFORE = 90  # characters before a citation that say how it is related


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act and the other paper, which must not be later than it."""

    act: Citation
    other: Citation
    relation: str


def find_acts(report: Subject, patterns: Patterns) -> Iterator[Act]:
    """Every pair of dated papers that follow each other in one sentence and are related."""
    cited = [one for one in report.citations if not one.own]
    for one, other in itertools.pairwise(cited):
        sentence = report.stretches.sentence(one.span.start)
        if other.span.start >= sentence[1] or one.date is None or other.date is None:
            continue
        gap = report.value[one.span.end : other.span.start]
        lead = report.value[max(sentence[0], one.span.start - _BEFORE) : one.span.start]
        based = phrase(patterns, "on-the-basis").search(lead)
        if based and ";" not in gap and _is_issued(patterns, gap):
            yield Act(act=other, other=one, relation="on-the-basis")
        elif len(gap) <= _TITLE and ";" not in gap and not gap.lstrip().startswith(","):
            yield from _in_title(patterns, one, other, gap, is_basis=based is not None)


def _is_issued(patterns: Patterns, gap: str) -> bool:
    """ ", UBND tỉnh đã ban hành", ", Chủ tịch UBND tỉnh đã phê duyệt dự án tại"."""
    return any(phrase(patterns, name).search(gap) for name in ("issued", "issued-in"))


def _in_title(
    patterns: Patterns, one: Citation, other: Citation, gap: str, *, is_basis: bool
) -> Iterator[Act]:
    for relation in ("amends", "carries-out", "on-the-basis"):
        found = phrase(patterns, relation).search(gap)
        # Behind a comma "căn cứ" may begin what rests on it; what is a basis itself is followed by
        # the next one, also where the line between them is lost.
        also = is_basis or (found is not None and gap[: found.start()].endswith(", "))
        if found and not (relation == "on-the-basis" and also):
            yield Act(act=one, other=other, relation=relation)
            return


def order_outcome(report: Subject, rule: Rule, one: Act) -> Iterator[Outcome]:
    """Whether the other paper of an act is older than the act."""
    act, other = one.act.date or Date(), one.other.date or Date()
    if act.calendar is None or other.calendar is None:
        return
    evidence = [report.evidence(one.act.span, "act"), report.evidence(one.other.span, "basis")]
    if other.calendar <= act.calendar:
        yield rule.held(evidence)
        return
    values = {
        "act": one.act.number or "",
        "act_date": shown(act),
        "other": one.other.number or one.other.title or "",
        "other_date": shown(other),
    }
    equation = f"{shown(other)} > {shown(act)}"
    yield rule.finding(evidence, key=tuple(values.values()), values=values, equation=equation)
