"""MIS808: a trace of drafting, such as the path of a file.

The text of one report goes in; every path of a file comes out.

>>> from docparse.patterns import load
>>> load().checks["drafting-trace"].code
'MIS808'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import SURE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for match in phrase(rule.patterns, "drafting-trace").finditer(report.value):
        if "://" in report.value[max(0, match.start() - 8) : match.end()]:
            continue
        yield rule.finding(
            [report.evidence(report.span(match.start(), match.end()), "trace")],
            key=(report.identity, match[0]),
            values={"trace": match[0]},
            confidence=SURE,
        )
