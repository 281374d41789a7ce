"""MIS803: a label that promises a count or a rate and gives none.

The text of one report goes in: "đạt        %", or an item "Số … và tỷ lệ tương ứng." among
items that give their number.

>>> from docparse.patterns import load
>>> load().checks["value-missing"].code
'MIS803'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import fold, folded_space
from docparse.models import ZoneKind

_WIDE = re.compile(r"[ \t]{3,}")
_LABEL = 120  # characters before a gap that name what is missing
_NEAR = 2  # lines on each side that may be items of the same list


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for form in ("percent-missing", "count-missing"):
        for match in phrase(rule.patterns, form).finditer(report.value):
            if report.zone_at(match.start()) is ZoneKind.ANNEX or _is_spread(report, match):
                continue  # a form to be filled in, a line that is spread over the page
            clause = report.stretches.clause(match.start())[0]
            start = max(clause, match.start() - _LABEL)
            yield _finding(report, rule, start, match.end(), sure=True)
    lines = _lines(report)
    for index, (start, end) in enumerate(lines):
        said = report.value[start:end]
        if not phrase(rule.patterns, "promises-value").match(said):
            continue
        near = lines[max(0, index - _NEAR) : index] + lines[index + 1 : index + 1 + _NEAR]
        gives = phrase(rule.patterns, "gives-value")
        if any(gives.match(report.value[low:high]) for low, high in near):
            yield _finding(report, rule, start, end, sure=False)


def _is_spread(report: Subject, match: re.Match[str]) -> bool:
    start, end = report.stretches.line(match.start())
    return len(_WIDE.findall(report.value[start:end].strip())) > 1


def _lines(report: Subject) -> list[tuple[int, int]]:
    """The lines of running text, blank ones left out."""
    return [
        (start, end)
        for start, end in report.text.lines()
        if report.value[start:end].strip()
        and report.zone_at(start) is not ZoneKind.TABLE
        and not any(one.span.start <= start < one.span.end for one in report.tables)
    ]


def _finding(report: Subject, rule: Rule, start: int, end: int, *, sure: bool) -> Outcome:
    said = folded_space(report.value[start:end]).strip(" -+*")
    low = start + len(report.value[start:end]) - len(report.value[start:end].lstrip(" -+*"))
    return rule.finding(
        [report.evidence(report.span(low, end), "label")],
        key=(report.identity, fold(said)),
        values={"label": said},
        confidence=SURE if sure else LIKELY,
    )
