"""Rates of change with the two values that they are of: figures go in, growths come out.

"giảm 15% (từ 100 hộ xuống 80 hộ)", "từ 100 hộ xuống còn 80 hộ, giảm 20%", "125 tỷ đồng, tăng 25%
so với năm 2022 (110 tỷ đồng)", "12 vụ, giảm 4 vụ (25%)", "năm 2022 là 110 tỷ đồng, năm 2023 là
125 tỷ đồng, tăng 25%".

>>> find_growths.__name__
'find_growths'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from docparse.check.phrases import phrase
from docparse.check.rounding import Interval, measured, share, written
from docparse.check.shares import behind_unit, same_unit
from docparse.check.subject import Subject
from docparse.models import Figure
from docparse.patterns import Patterns

_REACH = 120  # characters between a rate and a value that it is of
_NEAR = 20  # characters before a value that say how it is related
_BEFORE = 4  # figures before a rate that are looked at
_KINDS = ("count", "money", "area", "weight", "volume", "length", "energy", "duration")
_ENDS = re.compile(r"\s*(?:[.,;)\n]|$)")
# "(", "(năm 2022 là", "(cùng kỳ"
_BRACKET = re.compile(r"\((?:[^()\d]{0,12}\d{4})?[^()\d,;]{0,16}$")
_PAUSE = re.compile(r"[,(]")
_VERB = 2  # words of "tăng", "đã tăng"
_Sides = tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """A rate of change with the change and what it is a change of."""

    percent: Figure
    change: Interval
    before: Interval
    values: tuple[Decimal, Decimal]
    term: str
    sides: _Sides

    @property
    def exact(self) -> Interval:
        """The rate that the values can stand for."""
        return share(self.change, self.before)


def find_growths(report: Subject, patterns: Patterns) -> Iterator[Growth]:
    """Every rate of a rise or a fall whose values stand beside it."""
    figures = report.figures
    for index, percent in enumerate(figures):
        if percent.unit != "%" or percent.value_max is not None:
            continue  # "tăng 3,2 điểm phần trăm" is no rate of anything
        start, end = report.stretches.sentence(percent.span.start)
        before = [
            one
            for one in figures[max(0, index - _BEFORE) : index]
            if one.span.start >= start and not _is_aside(report, one, percent)
        ]
        behind = [one for one in figures[index + 1 : index + 3] if one.span.start < end]
        falls = _direction(report, patterns, start, percent)
        found = None
        if falls is None:
            found = _by_change(report, patterns, percent, before)
        else:
            pair = (
                _from_to_behind(report, patterns, percent, behind)
                or _against_bracket(report, patterns, percent, before, behind)
                or _bracket_before(report, patterns, index)
                or _two_before(report, patterns, percent, before)
            )
            found = _of_values(percent, *pair, falls=falls) if pair else None
            found = found or _by_change(report, patterns, percent, before)
        if found is not None and found.before.low > 0:
            yield found


def _is_aside(report: Subject, one: Figure, percent: Figure) -> bool:
    """ "bằng 56,1% dự toán năm (10.000 tỷ đồng), tăng 12,2%": brackets hold no value."""
    closed = report.value[one.span.end : percent.span.start].partition(")")
    return bool(closed[1]) and "(" not in closed[0]


def _direction(report: Subject, patterns: Patterns, start: int, figure: Figure) -> bool | None:
    """Whether "giảm" or "tăng" stands right before a figure; None where neither does."""
    lead = report.value[max(start, figure.span.start - _NEAR) : figure.span.start]
    if phrase(patterns, "drops").search(lead):
        return True
    return False if phrase(patterns, "rises").search(lead) else None


def _of_values(percent: Figure, before: Figure, now: Figure, *, falls: bool) -> Growth:
    first, second = (before, now) if falls else (now, before)
    high, low = measured(first.value), measured(second.value)
    return Growth(
        percent=percent,
        change=Interval(high.low - low.high, high.high - low.low),
        before=measured(before.value),
        values=(first.value - second.value, before.value),
        term=f"({written(first.value)} − {written(second.value)})/{written(before.value)}",
        sides=(("before", before), ("now", now), ("percent", percent)),
    )


_Pair = tuple[Figure, Figure]


def _by_change(
    report: Subject, patterns: Patterns, percent: Figure, before: list[Figure]
) -> Growth | None:
    """ "12 vụ, giảm 4 vụ (25%)", "125 tỷ đồng, tăng 25 tỷ đồng, tương ứng tăng 25%"."""
    if len(before) < 2 or not _alike(*before[-2:]):
        return None
    now, change = before[-2:]
    start, _ = report.stretches.sentence(now.span.start)
    falls = _direction(report, patterns, start, change)
    gaps = (
        report.value[now.span.end : change.span.start],
        report.value[change.span.end : percent.span.start],
    )
    same = phrase(patterns, "same-change").search(behind_unit(gaps[1], change))
    if falls is None or same is None or not _is_said_of(gaps[0], now):
        return None
    if not _ENDS.match(report.value, percent.span.end):
        return None
    return _of_change(percent, now, change, falls=falls)


def _of_change(percent: Figure, now: Figure, change: Figure, *, falls: bool) -> Growth:
    was = now.value + change.value if falls else now.value - change.value
    present, step = measured(now.value), measured(change.value)
    if falls:
        earlier = Interval(present.low + step.low, present.high + step.high)
    else:
        earlier = Interval(present.low - step.high, present.high - step.low)
    sign = "+" if falls else "−"
    return Growth(
        percent=percent,
        change=step,
        before=earlier,
        values=(change.value, was),
        term=f"{written(change.value)}/({written(now.value)} {sign} {written(change.value)})",
        sides=(("now", now), ("change", change), ("percent", percent)),
    )


def _from_to_behind(
    report: Subject, patterns: Patterns, percent: Figure, behind: list[Figure]
) -> _Pair | None:
    """ "giảm 15% (từ 100 hộ xuống 80 hộ)"."""
    if len(behind) < 2 or not _alike(*behind):
        return None
    gap = report.value[percent.span.end : behind[0].span.start]
    if len(gap) <= _REACH and "(" in gap and _is_from_to(report, patterns, *behind):
        return behind[0], behind[1]
    return None


def _is_from_to(report: Subject, patterns: Patterns, one: Figure, other: Figure) -> bool:
    lead = report.value[max(0, one.span.start - _NEAR) : one.span.start]
    gap = report.value[one.span.end : other.span.start]
    starts = phrase(patterns, "from-value").search(lead) is not None
    return starts and len(gap) <= _REACH and phrase(patterns, "to-value").search(gap) is not None


def _against_bracket(
    report: Subject,
    patterns: Patterns,
    percent: Figure,
    before: list[Figure],
    behind: list[Figure],
) -> _Pair | None:
    """ "125 tỷ đồng, tăng 25% so với năm 2022 (110 tỷ đồng)"."""
    values = [one for one in before if one.kind != "percent"]
    if not values or not behind or not _alike(values[-1], behind[0]):
        return None
    now, then = values[-1], behind[0]
    gaps = (
        report.value[now.span.end : percent.span.start],
        report.value[percent.span.end : then.span.start],
    )
    closed = report.value[then.span.end : then.span.end + 40].partition(")")[0]
    if ";" in gaps[1] or len(gaps[1]) > _REACH or "," in closed or not _is_said_of(gaps[0], now):
        return None
    if phrase(patterns, "no-value-of-then").search(gaps[1]):
        return None
    return (then, now) if _BRACKET.search(gaps[1]) else None


def _bracket_before(report: Subject, patterns: Patterns, index: int) -> _Pair | None:
    """ "120 hồ sơ, so với cùng kỳ (100 hồ sơ), tăng 30%": what it is held against comes first."""
    if index < 2:
        return None
    now, then, percent = report.figures[index - 2 : index + 1]
    start, _ = report.stretches.sentence(percent.span.start)
    gaps = (
        report.value[now.span.end : then.span.start],
        report.value[then.span.end : percent.span.start],
    )
    if now.span.start < start or not _alike(now, then) or len(gaps[0]) > _REACH:
        return None
    held = phrase(patterns, "against-time").search(behind_unit(gaps[0], now))
    closed, _, verb = behind_unit(gaps[1], then).partition(")")
    if held is None or closed.strip() or len(verb.strip(" ,").split()) > _VERB:
        return None
    return then, now


def _two_before(
    report: Subject, patterns: Patterns, percent: Figure, before: list[Figure]
) -> _Pair | None:
    """ "từ 100 hộ xuống 80 hộ, giảm 15%"; or the values of two years."""
    if len(before) < 2 or not _alike(*before[-2:]):
        return None
    one, other = before[-2:]
    gap = report.value[other.span.end : percent.span.start]
    if len(gap) > _REACH or ";" in gap or not _ENDS.match(report.value, percent.span.end):
        return None
    if _is_from_to(report, patterns, one, other) or _is_year_on_year(one, other):
        return one, other
    return None


def _is_year_on_year(one: Figure, other: Figure) -> bool:
    """One indicator in a year and in the next."""
    first, second = one.period, other.period
    if first is None or second is None or first.end is None or second.end is None:
        return False
    same = one.indicator is not None and one.indicator == other.indicator
    return same and first.how == second.how == "explicit" and second.end.year - first.end.year == 1


def _is_said_of(gap: str, now: Figure) -> bool:
    """Whether "tăng" goes on with a value: "…, tổng thu tăng" begins to speak of something else."""
    last = _PAUSE.split(behind_unit(gap, now))[-1]
    return ";" not in gap and len(gap) <= _REACH and len(last.split()) <= _VERB


def _alike(one: Figure, other: Figure) -> bool:
    if one.kind not in _KINDS or one.value_max is not None or other.value_max is not None:
        return False
    alike = same_unit(one, other) if one.kind == "count" else one.unit == other.unit
    return alike or (one.kind == "duration" and _is_more_of(one, other))


def _is_more_of(one: Figure, other: Figure) -> bool:
    """ "15 ngày", then "12 ngày làm việc"."""
    return bool(one.unit and other.unit and other.unit.startswith(f"{one.unit} "))
