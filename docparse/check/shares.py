"""Percentages with the part and the whole that they are of: figures go in, shares come out.

"29/31 nhiệm vụ, đạt 93,55%", "trong 52 nhiệm vụ đã hoàn thành 49 nhiệm vụ, đạt 94,23%",
"thực hiện 6,11 tỷ đồng, bằng 72,2% dự toán năm (8,46 tỷ đồng)".

>>> find_shares.__name__
'find_shares'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from docparse.check.phrases import phrase
from docparse.check.rounding import Interval, measured, share
from docparse.check.subject import Subject
from docparse.models import Figure
from docparse.patterns import Patterns

_REACH = 200  # characters between a part and its percentage
_VERB = 20  # characters before a figure where "tăng" or "giảm" may stand
_ENDS = re.compile(r"\s*(?:[.,;:()\]\n]|$|và\s)")
_OF_COUNT = re.compile(r"\s*(?:tổng\s+)?số\s+")
_COUNTED = ("count", "money", "area", "weight", "volume", "length", "energy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A percentage, its part and whole; ``tied`` where the sentence leaves no other reading."""

    percent: Figure
    part: Figure
    whole: Figure
    tied: bool

    @property
    def values(self) -> tuple[Decimal, Decimal]:
        """Part and whole as printed, in the unit of the part."""
        if self.part is self.whole:
            return self.part.value, self.whole.denominator or Decimal(1)
        return self.part.value, self.whole.value * self._scale

    @property
    def exact(self) -> Interval:
        """The percentage that part and whole can stand for."""
        if self.part is self.whole:
            return share(*map(measured, self.values))
        whole = measured(self.whole.value)
        scaled = Interval(whole.low * self._scale, whole.high * self._scale)
        return share(measured(self.part.value), scaled)

    @property
    def _scale(self) -> Decimal:
        """How many units of the part make one of the whole."""
        if self.part.unit == self.whole.unit or not (
            self.part.normalized and self.whole.normalized
        ):
            return Decimal(1)
        part, whole = self.part.normalized[0], self.whole.normalized[0]
        if not part or not self.whole.value:
            return Decimal(1)
        return (whole / self.whole.value) / (part / self.part.value)

    @property
    def sides(self) -> list[tuple[str, Figure]]:
        """Each place with its part in the relation."""
        if self.part is self.whole:
            return [("ratio", self.part), ("percent", self.percent)]
        return [("part", self.part), ("whole", self.whole), ("percent", self.percent)]


def find_shares(report: Subject, patterns: Patterns) -> Iterator[Share]:
    """Every percentage whose part and whole stand beside it."""
    figures = report.figures
    for index, percent in enumerate(figures):
        if percent.kind != "percent" or percent.value_max is not None or percent.qualifier:
            continue
        sentence, _ = report.stretches.sentence(percent.span.start)
        before = [one for one in figures[max(0, index - 6) : index] if one.span.start >= sentence]
        behind = figures[index + 1] if index + 1 < len(figures) else None
        found = _bracketed(report, patterns, percent, behind)
        found = found or _of_time(report, patterns, percent, before, behind)
        found = found or _of_ratio(report, patterns, percent, before)
        found = found or _of_two(report, patterns, percent, before, behind)
        if found is not None and found.values[1] > 0:
            yield found


def _bracketed(
    report: Subject, patterns: Patterns, percent: Figure, behind: Figure | None
) -> Share | None:
    """ "đạt 100% (6/6) phòng", "đạt 95% (tương ứng 19/20 phòng)"."""
    if behind is None or behind.kind != "ratio" or behind.denominator is None:
        return None
    gap = report.value[percent.span.end : behind.span.start]
    if phrase(patterns, "that-is").fullmatch(gap) is None:
        return None
    return Share(percent=percent, part=behind, whole=behind, tied=True)


def _of_time(
    report: Subject,
    patterns: Patterns,
    percent: Figure,
    before: Sequence[Figure],
    behind: Figure | None,
) -> Share | None:
    """ "43.000 con, bằng 102,4% so với cùng kỳ (42.000 con)": of what it was then."""
    values = [one for one in before if _stands_open(report.value, one, percent)]
    if behind is None or not values or not same_unit(values[-1], behind):
        return None
    part = values[-1]
    gaps = (
        report.value[part.span.end : percent.span.start],
        report.value[percent.span.end : behind.span.start],
    )
    if part.kind not in _COUNTED or ";" in gaps[0] or len(gaps[0]) > _REACH:
        return None
    if phrase(patterns, "equals").search(gaps[0]) is None:
        return None
    then = phrase(patterns, "against-time").search(gaps[1])
    if then is None or phrase(patterns, "no-value-of-then").search(gaps[1]):
        return None
    return Share(percent=percent, part=part, whole=behind, tied=True)


def _stands_open(text: str, one: Figure, percent: Figure) -> bool:
    """Whether a figure is no share and stands in no bracket that is closed before another."""
    closed = text[one.span.end : percent.span.start].partition(")")
    return one.kind != "percent" and (not closed[1] or "(" in closed[0])


def _of_ratio(
    report: Subject, patterns: Patterns, percent: Figure, before: Sequence[Figure]
) -> Share | None:
    """ "38/45 doanh nghiệp trả lời hài lòng (đạt 86,4%)"."""
    if not before or before[-1].kind != "ratio" or before[-1].denominator is None:
        return None
    ratio = before[-1]
    gap = behind_unit(report.value[ratio.span.end : percent.span.start], ratio)
    if len(gap) > _REACH or ";" in gap or phrase(patterns, "change").search(gap):
        return None
    tied = _is_tied(report, patterns, percent, ratio, gap)
    return Share(percent=percent, part=ratio, whole=ratio, tied=tied)


def _of_two(
    report: Subject,
    patterns: Patterns,
    percent: Figure,
    before: Sequence[Figure],
    behind: Figure | None,
) -> Share | None:
    """A part right before the percentage, and a whole of the same unit farther off."""
    if not before or before[-1].kind not in _COUNTED:
        return None
    part = before[-1]
    gap = behind_unit(report.value[part.span.end : percent.span.start], part)
    if ";" in gap or len(gap) > _REACH or phrase(patterns, "change").search(gap):
        return None
    if phrase(patterns, "share").search(gap) is None:
        return None
    behind_it = report.value[percent.span.end : percent.span.end + _REACH]
    planned = phrase(patterns, "of-plan").match(behind_it) is not None
    ends = _ENDS.match(report.value, percent.span.end) is not None
    if not planned and not ends and not _of_unit(behind_it, part):
        return None
    may_be_whole = len(before) > 1 and (not planned or part.mode == "plan")
    if may_be_whole and _stands_before_whole(report, patterns, before[-2], part):
        return Share(percent=percent, part=before[-2], whole=part, tied=True)
    if planned:
        return _of_plan(report, percent, part, before[:-1], behind)
    return _in_whole(report, patterns, percent, part, before[:-1])


def _of_unit(behind_it: str, part: Figure) -> bool:
    """ "bằng 73% số cơ sở được kiểm tra": the share is of what the part counts."""
    of = _OF_COUNT.match(behind_it)
    return of is not None and bool(part.unit) and behind_it.startswith(part.unit or "", of.end())


def _stands_before_whole(report: Subject, patterns: Patterns, part: Figure, whole: Figure) -> bool:
    """ "3.520 trên tổng số 4.323 đơn vị", "12,5 tỷ đồng trên dự toán 18,2 tỷ đồng"."""
    gap = behind_unit(report.value[part.span.end : whole.span.start], part)
    if part.kind != whole.kind or (part.unit and not _one_measure(part, whole)):
        return False
    return phrase(patterns, "out-of-a-whole").fullmatch(gap) is not None


def _one_measure(part: Figure, whole: Figure) -> bool:
    """Money of any size is one measure; what is counted must be one thing."""
    return same_unit(part, whole) and (part.kind == "money" or part.value <= whole.value)


def _of_plan(
    report: Subject,
    percent: Figure,
    part: Figure,
    before: Sequence[Figure],
    behind: Figure | None,
) -> Share | None:
    """The plan stands in brackets behind the percentage, or before the part."""
    if behind is not None and same_unit(part, behind):
        gap = report.value[percent.span.end : behind.span.start]
        if gap.rstrip().endswith("(") and len(gap) < _REACH:
            return Share(percent=percent, part=part, whole=behind, tied=True)
    plans = [
        one
        for one in before
        if one.mode == "plan"
        and same_unit(part, one)
        and not _opens_bracket(report.value[one.span.end : part.span.start])
    ]
    if len(plans) == 1:
        return Share(percent=percent, part=part, whole=plans[0], tied=True)
    return None


def _in_whole(
    report: Subject,
    patterns: Patterns,
    percent: Figure,
    part: Figure,
    before: Sequence[Figure],
) -> Share | None:
    """ "Trong 52 nhiệm vụ … 49 nhiệm vụ", "486 đơn vị, trong đó 61 đơn vị … (chiếm 12,55%)"."""
    wholes = [one for one in before if same_unit(part, one) and one.value >= part.value]
    if not wholes or is_change(report, patterns, part):
        return None
    whole = wholes[0]
    start, _ = report.stretches.sentence(whole.span.start)
    lead = report.value[start : whole.span.start]
    gap = report.value[whole.span.end : part.span.start]
    of_whole = (("out-of", lead), ("stated-total", lead), ("holds", lead))
    of_part = (("some-of-which", gap), ("out-of-plan", gap), ("then-there-are", gap))
    named = _is_named(report, patterns, percent, part)
    rough = phrase(patterns, "roughly").fullmatch(part.qualifier or "") is not None
    tied = (
        not rough
        and len(before) == 1
        and (
            named
            or any(
                phrase(patterns, name).search(words) is not None
                for name, words in (*of_whole, *of_part)
            )
        )
    )
    return Share(percent=percent, part=part, whole=whole, tied=tied)


def _is_named(report: Subject, patterns: Patterns, percent: Figure, part: Figure) -> bool:
    """ "Kiểm tra 59 cơ sở, phát hiện 35 cơ sở có sai phạm, bằng 59,3% số cơ sở được kiểm tra"."""
    of = phrase(patterns, "of-said").match(
        report.value[percent.span.end : percent.span.end + _REACH]
    )
    unit = (part.unit or "").lower()
    if of is None or not unit or not of["what"].lower().startswith(f"{unit} "):
        return False
    start, _ = report.stretches.sentence(part.span.start)
    said = report.value[start : part.span.start].lower()
    return of["what"].lower()[len(unit) :].strip().removeprefix(f"{of['passive']} ") in said


def _is_tied(report: Subject, patterns: Patterns, percent: Figure, ratio: Figure, gap: str) -> bool:
    """Tied by a verb or a bracket, and of nothing else ("100% kế hoạch năm")."""
    said = phrase(patterns, "share").search(gap) is not None
    behind_it = report.value[percent.span.end : percent.span.end + _REACH]
    planned = phrase(patterns, "plan-given").match(behind_it) is not None
    return said and (
        _ENDS.match(report.value, percent.span.end) is not None
        or _of_those(report, patterns, percent, ratio)
        or (planned and _is_money(patterns, ratio))  # "9.310/14.250 triệu đồng, đạt 65,3% dự toán"
    )


def _is_money(patterns: Patterns, figure: Figure) -> bool:
    """Money over money is what was spent over what was planned."""
    unit = figure.normalized[1] if figure.normalized else ""
    return any(one.kind == "money" and one.name == unit for one in patterns.units)


def _of_those(report: Subject, patterns: Patterns, percent: Figure, ratio: Figure) -> bool:
    """ "25/51 đại biểu tán thành (bằng 49% số đại biểu có mặt)"; all there are may be more."""
    behind_it = report.value[percent.span.end : percent.span.end + _REACH]
    of, unit = phrase(patterns, "of-those").match(behind_it), (ratio.unit or "").lower()
    if of is None or not unit or not behind_it.lower().startswith(unit, of.end()):
        return False
    return phrase(patterns, "those-present").match(behind_it[of.end() + len(unit) :]) is not None


def _opens_bracket(gap: str) -> bool:
    """ "1.450 triệu đồng (năm 2021 thu 1.287 triệu đồng, đạt 91,9% kế hoạch)": of another year."""
    return gap.count("(") > gap.count(")")


def is_change(report: Subject, patterns: Patterns, figure: Figure) -> bool:
    """ "giảm 130 việc (3,06%)": by how much something changed, which is no part of what it is."""
    lead = report.value[max(0, figure.span.start - _VERB) : figure.span.start]
    return any(phrase(patterns, name).search(lead) for name in ("rises", "drops"))


def behind_unit(gap: str, figure: Figure) -> str:
    """ "18/20 chỉ tiêu được giao": the unit itself is no target."""
    unit, head = figure.unit or "", gap.lstrip()
    return head[len(unit) :] if head.lower().startswith(unit.lower()) else gap


def same_unit(one: Figure, other: Figure) -> bool:
    """One unit, or one that says more of it: đơn vị, đơn vị sự nghiệp."""
    if one.kind != other.kind or not one.unit or not other.unit:
        return False
    if one.normalized and other.normalized and one.kind != "count":
        return one.normalized[1] == other.normalized[1]
    first, second = one.unit.lower(), other.unit.lower()
    return first == second or second.startswith(f"{first} ") or first.startswith(f"{second} ")
