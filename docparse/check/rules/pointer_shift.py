"""FRM903: a pointer to a part that is not there, or to another than its own.

The sections of one report go in. "nêu tại mục 7" must lead to a section of the report; "nêu trên"
must lead backwards; and where each section sends to the part of the annex that has its number, one
that sends to another comes out.

>>> from docparse.patterns import load
>>> load().checks["pointer-shift"].code
'FRM903'
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import folded_space
from docparse.models import Section

_LABEL = re.compile(r"(?:\d+|[IVX]+|[A-ZĐ])(?:\.\d+)*")
_FEWEST = 3  # sections that a report needs before a missing one is told
_BEHIND = 40  # characters behind a pointer in which another paper may be named


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    places: dict[str, list[int]] = {}
    cited = [one.span.start for one in report.citations]
    for section in report.outline.sections:
        places.setdefault(_label(section), []).append(section.span.start)
    if len(report.outline.sections) >= _FEWEST:
        for match in phrase(rule.patterns, "pointer").finditer(report.value):
            behind = bisect_left(cited, match.end())
            if behind == len(cited) or cited[behind] >= match.end() + _BEHIND:
                yield from _pointer(report, rule, match, places)
    for match in phrase(rule.patterns, "annex-pointer").finditer(report.value):
        yield from _annex_pointer(report, rule, match)


def _label(section: Section) -> str:
    found = _LABEL.search(section.label)
    return found[0] if found else section.label


def _pointer(
    report: Subject, rule: Rule, match: re.Match[str], places: dict[str, list[int]]
) -> Iterator[Outcome]:
    label = match["label"].rstrip(".")
    found = places.get(label, [])
    if not found and any(known.startswith(f"{label}.") for known in places):
        return
    above, below = match["above"], match["below"]
    lost = not found
    lost = lost or bool(above and min(found) > match.start())
    lost = lost or bool(below and max(found) < match.start())
    yield _outcome(report, rule, match, lost=lost, stands=None)


def _annex_pointer(report: Subject, rule: Rule, match: re.Match[str]) -> Iterator[Outcome]:
    """ "theo phần 5 của biểu kèm theo", said in section 4."""
    sections = report.outline.sections
    around = sections[: bisect_right(sections, match.start(), key=lambda one: one.span.start)]
    label = match["label"]
    kind = str.isdigit if label.isdigit() else str.isalpha
    own = next((one for one in reversed(around) if kind(_label(one))), None)
    if own is None:
        return
    shifted = _label(own) != label
    yield _outcome(report, rule, match, lost=shifted, stands=own)


def _outcome(
    report: Subject, rule: Rule, match: re.Match[str], *, lost: bool, stands: Section | None
) -> Outcome:
    span = report.span(match.start("to"), match.end())
    evidence = [report.evidence(span, "pointer")]
    if stands is not None:
        evidence.append(report.evidence(stands.span, "section"))
    if not lost:
        return rule.held(evidence)
    said = folded_space(span.quote)
    return rule.finding(
        evidence,
        key=(report.identity, said, stands.label if stands else ""),
        values={"pointer": said},
        confidence=POSSIBLE,
    )
