"""FIG107: "100 %" beside a lower figure of the same measure.

The figures of one report go in. Where a sentence says "100%" of something, a lower rate of it, a
ratio that is not full, or "còn 03 hồ sơ quá hạn" in the same sentence comes out with it; so does a
heading with "100%" over a lower rate of the same thing.

>>> from docparse.patterns import load
>>> load().checks["hundred-with-exception"].code
'FIG107'
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docparse.check.comparable import indicator_words
from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import fold
from docparse.models import Figure

_FULL = 100
_FIGURES = 60  # figures behind a rate that are looked at
_FEWEST = 3  # words of a measure before two rates may be of one
_NEAR = 120  # characters between a rate and the exception from it
_LEAD = 20  # characters before a figure that may say that it is left over


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    headings = [(one.span.start, one.span.end) for one in report.outline.sections if not one.run_in]
    for index, figure in enumerate(report.figures):
        if not _is_full(figure):
            continue
        end = report.stretches.sentence(figure.span.start)[1]
        end = _end_of_section(report, headings, figure) or end
        near = report.figures[index + 1 : index + _FIGURES]
        behind = [one for one in near if one.span.start < end]
        lower = next((one for one in behind if _is_lower(report, rule, figure, one)), None)
        if lower is not None:
            yield _finding(report, rule, figure, lower)


def _is_full(figure: Figure) -> bool:
    result = figure.mode not in ("target", "plan", "limit") and figure.qualifier is None
    return figure.kind == "percent" and figure.value == _FULL and result


def _end_of_section(report: Subject, headings: list[tuple[int, int]], figure: Figure) -> int | None:
    """Where the section ends whose heading holds the figure."""
    ends = (*headings, (len(report.value), 0))
    for (start, end), (following, _) in pairwise(ends):
        if start <= figure.span.start < end:
            return following
    return None


def _is_lower(report: Subject, rule: Rule, full: Figure, other: Figure) -> bool:
    if other.mode in ("target", "plan", "limit"):
        return False
    if other.kind == "percent":
        return other.value < _FULL and _same_measure(rule, full, other)
    gap = report.value[full.span.end : other.span.start]
    if len(gap) > _NEAR:
        return False
    if other.kind == "ratio" and other.denominator is not None:
        bracket = gap.rfind("(")
        direct = bracket >= 0 and not gap[bracket + 1 :].strip()
        same = other.unit is not None and fold(gap).startswith(fold(other.unit))
        return other.value < other.denominator and direct and same
    return other.kind == "count" and other.value > 0 and _is_left_over(report, rule, full, other)


def _same_measure(rule: Rule, full: Figure, other: Figure) -> bool:
    words = [indicator_words(one.indicator or "", rule.patterns) for one in (full, other)]
    return words[0] == words[1] and len(words[0]) >= _FEWEST


def _is_left_over(report: Subject, rule: Rule, full: Figure, other: Figure) -> bool:
    """ "100% hồ sơ đúng hạn, còn 03 hồ sơ quá hạn"."""
    start, end = report.stretches.sentence(other.span.start)
    lead = report.value[max(start, other.span.start - _LEAD) : other.span.start]
    rest = report.value[other.span.end : min(end, other.span.end + _LEAD + len(other.unit or ""))]
    said = phrase(rule.patterns, "exception-lead").search(lead)
    undone = phrase(rule.patterns, "undone").search(rest)
    same = fold(other.unit or "") and fold(full.indicator or "").startswith(fold(other.unit or ""))
    return bool(said and undone and same)


def _finding(report: Subject, rule: Rule, full: Figure, lower: Figure) -> Outcome:
    said = lower.span.quote
    return rule.finding(
        [report.evidence(full.span, "all"), report.evidence(lower.span, "exception")],
        key=(full.indicator or "", said),
        values={"indicator": full.indicator or "", "lower": said},
        equation=f"100% ≠ {said}",
        confidence=POSSIBLE,
    )
