"""FRM901: the headings of results against the headings of solutions.

The sections of one report go in. Two chapters that go through the same points must name the
same ones; a point that only one of them has comes out.

>>> from docparse.patterns import load
>>> load().checks["section-set"].code
'FRM901'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.subject import Subject
from docparse.check.words import fold
from docparse.models import Section

_FEWEST = 4  # points that both chapters must share before they are held against each other
_SAME = 90  # of 100


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    chapters = _chapters(report.outline.sections)
    for one, other in combinations(chapters, 2):
        shared = [section for section in one if _twin(section, other)]
        if len(shared) < _FEWEST or 2 * len(shared) <= max(len(one), len(other)):
            continue
        odd = [s for s in one if not _twin(s, other)] + [s for s in other if not _twin(s, one)]
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


def _chapters(sections: Sequence[Section]) -> list[list[Section]]:
    """The headings under each heading of the level above."""
    found: list[list[Section]] = []
    for section in sections:
        if section.level == 1:
            found.append([])
        elif section.level == 2 and found and not section.run_in:
            found[-1].append(section)
    return [chapter for chapter in found if len(chapter) >= _FEWEST]


def _twin(section: Section, others: Sequence[Section]) -> bool:
    return any(fuzz.ratio(fold(section.title), fold(other.title)) >= _SAME for other in others)
