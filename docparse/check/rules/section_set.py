"""FRM901: the headings of results against the headings of solutions.

The sections of one report go in. Two chapters that go through the same points must name the
same ones; a point that only one of them has comes out.

>>> from docparse.patterns import load
>>> load().checks["section-set"].code
'FRM901'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.subject import Subject
from docparse.check.words import fold
from docparse.models import Section

_FEWEST = 4  # points that both chapters must share before they are held against each other
_SAME = 90  # of 100
_NAME = 3  # words of a title that may stand within a longer one
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one, other in _pairs(report):
        shared = [section for section in one if not section.run_in and _twin(section, other)]
        if len(shared) < _FEWEST or 2 * len(shared) <= max(len(one), len(other)):
            continue
        odd = [
            section
            for these, those in ((one, other), (other, one))
            for section in these
            if not section.run_in and not _twin(section, those)
        ]
        if not odd:
            yield rule.held([report.evidence(section.span, "heading") for section in shared])
            continue
        titles = "; ".join(section.title for section in odd)
        yield rule.finding(
            [report.evidence(section.span, "heading") for section in odd],
            key=(report.identity, titles),
            values={"titles": titles},
            confidence=POSSIBLE,
        )


def _pairs(report: Subject) -> Iterator[tuple[list[Section], list[Section]]]:
    """The chapters of one document, not those of two documents in one file."""
    documents: dict[int, list[Section]] = {}
    for section in report.outline.sections:
        documents.setdefault(report.part_at(section.span.start).start, []).append(section)
    for sections in documents.values():
        yield from combinations(_chapters(sections), 2)


def _chapters(sections: Sequence[Section]) -> list[list[Section]]:
    """The headings under each heading of the level above.

    A numbered paragraph among them may be the twin of a heading, and is never missed itself.
    """
    found: list[list[Section]] = []
    for section in sections:
        if section.level == 1:
            found.append([])
        elif section.level == 2 and found:
            found[-1].append(section)
    return [one for one in found if sum(not section.run_in for section in one) >= _FEWEST]


def _twin(section: Section, others: Sequence[Section]) -> bool:
    return any(_same(section.title, other.title) for other in others)


def _same(one: str, other: str) -> bool:
    """Near-equal titles, one inside the other, or one name in quotation marks in both."""
    short, long = sorted((fold(one), fold(other)), key=len)
    inside = len(short.split()) >= _NAME and f" {short} " in f" {long} "
    quoted = [{fold(name) for name in _QUOTED.findall(title)} for title in (one, other)]
    return fuzz.ratio(short, long) >= _SAME or inside or bool(quoted[0] & quoted[1])
