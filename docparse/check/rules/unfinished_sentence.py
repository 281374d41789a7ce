"""MIS807: an item that ends in a comma or in a word that wants another.

The text of one report goes in; a line that ends open, while the next one begins a new item or
heading, comes out.

>>> from docparse.patterns import load
>>> load().checks["unfinished-sentence"].code
'MIS807'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import fold, folded_space
from docparse.models import ZoneKind

_RUNNING = (ZoneKind.BODY, ZoneKind.BASES)
_ITEM = re.compile(r"\s*\**(?:[-+*•]\s|[a-zđ]\)|\d{1,2}[.)]\s|[IVX]{1,5}[.-]\s)")
_TAIL = 60  # characters of the end of a line that are quoted
_LONG = 40  # characters that a line needs to be a sentence


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    lines = [(start, end) for start, end in report.text.lines() if report.value[start:end].strip()]
    for (start, end), (next_start, next_end) in pairwise(lines):
        said = report.value[start:end]
        following = report.value[next_start:next_end]
        if report.zone_at(start) not in _RUNNING or report.zone_at(next_start) not in _RUNNING:
            continue
        if len(said) < _LONG or not _ITEM.match(following):
            continue
        if phrase(rule.patterns, "ends-open").search(said):
            trimmed = start + len(said.rstrip(" *"))
            low = max(start, trimmed - _TAIL)
            low = report.value.find(" ", low, trimmed) + 1 or low
            quote = folded_space(report.value[low:trimmed])
            yield rule.finding(
                [report.evidence(report.span(low, trimmed), "end")],
                key=(report.identity, fold(quote)),
                values={"end": quote},
                confidence=LIKELY,
            )
