"""PER305: figures from 1 January and from 15 December in one report.

The text of one report goes in; beginnings of the year of two kinds come out together.

>>> from docparse.patterns import load
>>> load().checks["mixed-year-start"].code
'PER305'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import folded_space


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    found = list(phrase(rule.patterns, "year-start").finditer(report.value))
    kinds: dict[str, re.Match[str]] = {}
    for match in found:
        january = int(match["month"]) == 1
        if january == (int(match["day"]) == 1):
            kinds.setdefault("january" if january else "december", match)
    if len(kinds) < 2:
        return
    spans = [report.span(match.start(), match.end()) for match in kinds.values()]
    said = "; ".join(folded_space(span.quote) for span in spans)
    yield rule.finding(
        [report.evidence(span, "start") for span in spans],
        key=(report.identity, said),
        values={"starts": said},
        confidence=LIKELY,
    )
