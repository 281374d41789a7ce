"""MIS806: a paper cited by its type and date, without its number.

The text of one report goes in: "Quyết định ngày 12/3/2023 của UBND tỉnh", "Kế hoạch số …/KH-UBND
ngày 15/3/2023".

>>> from docparse.patterns import load
>>> load().checks["cited-without-number"].code
'MIS806'
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import folded_space
from docparse.models import ZoneKind
from docparse.patterns import Patterns

_BEFORE = 60  # characters before a date in which the type stands
_ZONES = (ZoneKind.BASES, ZoneKind.BODY, ZoneKind.ANNEX, ZoneKind.TABLE)


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    names = _numbered_types(rule.patterns)
    starts = [one.span.start for one in report.citations]
    for day in phrase(rule.patterns, "said-on").finditer(report.value):
        low, end = max(0, day.start() - _BEFORE), day.end()
        typed = phrase(rule.patterns, "unnumbered").search(report.value[low : day.start()])
        if typed is None or typed["type"].lower() not in names:
            continue
        start = low + typed.start()
        if report.zone_at(start) not in _ZONES:
            continue
        index = bisect_left(starts, end)
        if index and report.citations[index - 1].span.end > start:
            continue
        span = report.span(start, end)
        said = folded_space(span.quote)
        yield rule.finding(
            [report.evidence(span, "citation")],
            key=(report.identity, said),
            values={"said": said},
            confidence=LIKELY,
        )


@lru_cache(maxsize=8)
def _numbered_types(patterns: Patterns) -> frozenset[str]:
    """Kinds of papers that carry a number: not laws, standards or "văn bản" of any kind."""
    return frozenset(
        row.name.lower() for row in patterns.types if row.kind == "document" and not row.generic
    )
