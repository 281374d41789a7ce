"""FRM902: headings whose numbers skip or repeat.

The sections of one report go in; among the children of one heading the numbers must rise by one.

>>> from docparse.patterns import load
>>> load().checks["numbering-gap"].code
'FRM902'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.subject import Subject
from docparse.models import Section

_NUMBER = re.compile(r"\**(?:Điều\s+)?(?:(?P<outer>\d+(?:\.\d+)*)\.)?(?P<last>\d{1,2})[.)/]*\**")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one, other in _siblings(report):
        first, second = _last(one), _last(other)
        if first is None or second is None or second == 1:
            continue
        evidence = [report.evidence(section.span, "heading") for section in (one, other)]
        if second == first + 1:
            yield rule.held(evidence)
        elif second in (first, first + 2):
            yield rule.finding(
                evidence,
                key=(report.identity, one.label, one.title, other.label, other.title),
                values={"first": one.label, "second": other.label},
                equation=f"{one.label} → {other.label}",
                confidence=LIKELY,
            )


def _siblings(report: Subject) -> Iterator[tuple[Section, Section]]:
    """Neighbours of one level and one style under one heading."""
    last: dict[int, Section] = {}
    for section in report.outline.sections:
        for level in [level for level in last if level > section.level]:
            del last[level]
        before = last.get(section.level)
        if before is not None and _style(before) == _style(section):
            yield before, section
        last[section.level] = section


def _style(section: Section) -> str:
    """ "1.", "2.3" and "a)" are three styles; the outer number belongs to the style."""
    found = _NUMBER.fullmatch(section.label.strip())
    return f"{found['outer'] or ''}|{section.label.strip()[-1:]}" if found else section.label


def _last(section: Section) -> int | None:
    found = _NUMBER.fullmatch(section.label.strip())
    return int(found["last"]) if found else None
