"""FRM904: whom the paper is addressed to against whom its last sentence speaks to.

The header and the closing sentence of one report go in: "Kính gửi: UBND tỉnh" and "… gửi Sở Nội
vụ tổng hợp./.". They meet where one body at least is in both.

>>> from docparse.patterns import load
>>> load().checks["addressee-vs-closing"].code
'FRM904'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.issuers import named
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import folded_space
from docparse.patterns import Patterns

_JOINTS = re.compile(r"[,;]|(?<!\w)và(?!\w)")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    head, place = report.header, report.header.span("addressees")
    end = report.outline.parts[0].end
    closings = list(phrase(rule.patterns, "closing").finditer(report.value, 0, end))
    if not head.addressees or place is None or not closings:
        return
    last = closings[-1]
    spoken = _bodies(last["who"], rule.patterns)
    asked = frozenset().union(*(_bodies(name, rule.patterns) for name in head.addressees))
    if not spoken or not asked:
        return
    span = report.span(last.start("who"), last.start("who") + len(last["who"].rstrip(" ,")))
    evidence = [report.evidence(place, "addressee"), report.evidence(span, "closing")]
    if spoken & asked:
        yield rule.held(evidence)
        return
    to, who = "; ".join(head.addressees), folded_space(span.quote)
    yield rule.finding(
        evidence,
        key=(report.identity, to, who),
        values={"addressee": to, "closing": who},
        confidence=LIKELY,
    )


def _bodies(words: str, patterns: Patterns) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    return found.union(*(named(part, patterns) for part in _JOINTS.split(words)))
