"""FIG106: a part larger than its whole.

The figures of one report go in: a numerator above its denominator, or a part named by "trong
đó" above what it is a part of.

>>> from docparse.patterns import load
>>> load().checks["part-exceeds-whole"].code
'FIG106'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.rounding import written
from docparse.check.subject import Subject
from docparse.check.sums import find_sums
from docparse.models import Evidence, Figure

_BEYOND = re.compile(r"(?<!\d)(?:1[0-9]{2}|[2-9][0-9]{2})(?:,\d+)?\s*%(?<!100%)")
_BESIDE = 80  # characters behind a ratio where "vượt" or its percentage may stand


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for figure in report.figures:
        if figure.kind == "ratio" and figure.denominator is not None:
            evidence = [report.evidence(figure.span, "ratio")]
            if figure.value <= figure.denominator:
                yield rule.held(evidence)
            elif not _is_beyond_plan(report, rule, figure):
                yield _finding(rule, evidence, figure, written(figure.denominator))
    for one in find_sums(report, rule.patterns):
        if one.complete or one.whole in one.parts:
            continue
        over = [part for part in one.parts if part.value > one.whole_value]
        over = over or (list(one.parts) if one.total > one.whole_value else [])
        if over and all(part.unit == one.whole.unit for part in one.parts):
            evidence = [report.evidence(one.whole.span, "whole")]
            evidence += [report.evidence(part.span, "part") for part in one.parts]
            yield _finding(rule, evidence, over[0], written(one.whole_value), written(one.total))


def _finding(
    rule: Rule, evidence: list[Evidence], part: Figure, whole: str, total: str | None = None
) -> Outcome:
    said = total if total and len(evidence) > 2 else written(part.value)
    return rule.finding(
        evidence,
        key=(said, whole, part.unit or ""),
        values={"part": said, "whole": whole, "unit": part.unit or ""},
        equation=f"{said} > {whole}",
    )


def _is_beyond_plan(report: Subject, rule: Rule, figure: Figure) -> bool:
    """ "12/10 chỉ tiêu, vượt kế hoạch, đạt 120%": more than was planned."""
    around = report.value[max(0, figure.span.start - _BESIDE) : figure.span.end + _BESIDE]
    beyond = _BEYOND.search(around) is not None
    return beyond or phrase(rule.patterns, "change").search(around) is not None
