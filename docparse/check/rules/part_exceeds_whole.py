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
from itertools import pairwise

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.rounding import written
from docparse.check.shares import same_unit
from docparse.check.subject import Subject
from docparse.check.sums import Sum, find_sums
from docparse.models import Evidence, Figure

_BEYOND = re.compile(r"(?<!\d)(?:1[0-9]{2}|[2-9][0-9]{2})(?:,\d+)?\s*%(?<!100%)")
_BESIDE = 80  # characters behind a ratio where "vượt" or its percentage may stand


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for figure in report.figures:
        # "50.000 đồng/01 hồ sơ" is what one costs, no part of it.
        if figure.kind == "ratio" and figure.denominator not in (None, 1):
            evidence = [report.evidence(figure.span, "ratio")]
            if figure.value <= figure.denominator:
                yield rule.held(evidence)
            elif not (_is_beyond_plan(report, rule, figure) or _is_pair(report, rule, figure)):
                yield _finding(rule, evidence, written(figure.value), figure)
    yield from _named_first(report, rule)
    for one in find_sums(report, rule.patterns):
        if one.complete or one.whole in one.parts:
            continue
        if any(part.unit != one.whole.unit for part in one.parts):
            continue
        whole = report.evidence(one.whole.span, "whole")
        over = [part for part in one.parts if part.value > one.whole_value]
        if one.total <= one.whole_value or _is_carried_over(report, rule, one):
            continue
        if over:
            evidence = [whole, *(report.evidence(part.span, "part") for part in over)]
            yield _finding(rule, evidence, written(over[0].value), one.whole)
        else:
            # What each part has may be had by two of them: "30 nữ, 35 dưới 40 tuổi".
            evidence = [whole, *(report.evidence(part.span, "part") for part in one.parts)]
            yield _finding(rule, evidence, written(one.total), one.whole, sure=False)


def _named_first(report: Subject, rule: Rule) -> Iterator[Outcome]:
    """ "Trong 107 hồ sơ đã nhận có 120 hồ sơ trả trước hạn"."""
    for whole, part in pairwise(report.figures):
        if whole.kind != "count" or whole.qualifier or not same_unit(whole, part):
            continue
        start, end = report.stretches.sentence(whole.span.start)
        lead = report.value[start : whole.span.start].rstrip()
        gap = report.value[whole.span.end : part.span.start]
        named = phrase(rule.patterns, "out-of").search(lead) and not lead.endswith("trên")
        if named and part.span.start < end and phrase(rule.patterns, "there-are").match(gap):
            evidence = [report.evidence(whole.span, "whole"), report.evidence(part.span, "part")]
            if part.value <= whole.value:
                yield rule.held(evidence)
            else:
                yield _finding(rule, evidence, written(part.value), whole)


def _finding(
    rule: Rule, evidence: list[Evidence], part: str, of: Figure, *, sure: bool = True
) -> Outcome:
    whole = written(of.value if of.denominator is None else of.denominator)
    return rule.finding(
        evidence,
        key=(part, whole, of.unit or ""),
        values={"part": part, "whole": whole, "unit": of.unit or ""},
        equation=f"{part} > {whole}",
        severity=None if sure else "warning",
        confidence=SURE if sure else LIKELY,
    )


def _is_carried_over(report: Subject, rule: Rule, one: Sum) -> bool:
    """ "tiếp nhận 90 hồ sơ, trong đó giải quyết 95 hồ sơ (kể cả kỳ trước chuyển sang)"."""
    start, end = report.stretches.sentence(one.whole.span.start)
    return phrase(rule.patterns, "carried-over").search(report.value[start:end]) is not None


def _is_pair(report: Subject, rule: Rule, figure: Figure) -> bool:
    """ "thụ lý và giải quyết 140/95 vụ; án hành chính 12/05 vụ": the counts of two verbs."""
    start, _ = report.stretches.sentence(figure.span.start)
    said = report.value[start : figure.span.start]
    return phrase(rule.patterns, "two-verbs").search(said) is not None


def _is_beyond_plan(report: Subject, rule: Rule, figure: Figure) -> bool:
    """ "12/10 chỉ tiêu, vượt kế hoạch, đạt 120%": more than was planned."""
    around = report.value[max(0, figure.span.start - _BESIDE) : figure.span.end + _BESIDE]
    beyond = _BEYOND.search(around) is not None
    return beyond or phrase(rule.patterns, "change").search(around) is not None
