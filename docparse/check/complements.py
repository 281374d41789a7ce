"""A base, a percentage of it and a count of its part or its rest: figures go in, triples come out.

"Khảo sát 240 người, 95% hài lòng, 12 người còn lại chưa hài lòng"; "147 cơ sở: 77,6% bảo đảm điều
kiện, 33 cơ sở chưa bảo đảm"; "69,2% trong tổng số 120 hộ đã nhận, còn 37 hộ chưa nhận".

>>> from docparse.patterns import load
>>> _denied("số không tán thành là ", load()), _denied("tán thành", load())
(('tan', 'thanh'), None)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docparse.check.phrases import phrase
from docparse.check.shares import behind_unit, find_shares
from docparse.check.subject import Subject
from docparse.check.words import fold
from docparse.models import Figure
from docparse.patterns import Patterns

_REACH = 200  # characters between neighbours
_AFTER = 40  # characters behind a count where "còn lại" may stand
_MARK = re.compile(r"[,.;:()\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complement:
    """``rest`` where the count is what the percentage leaves of the base, else its part."""

    base: Figure
    percent: Figure
    count: Figure
    rest: bool


def find_complements(report: Subject, patterns: Patterns) -> Iterator[Complement]:
    """Every three figures in a row that are such a triple."""
    figures = report.figures
    # "49 nhiệm vụ, đạt 94,23%; còn 03": the percentage is of another whole, 49 is its part.
    parts = {(id(one.part), id(one.percent)) for one in find_shares(report, patterns)}
    for index, row in enumerate(zip(figures, figures[1:], figures[2:], strict=False)):
        if any(_is_rough(one, patterns) for one in row) or _is_far(row):
            continue
        kinds = tuple(one.kind for one in row)
        if kinds == ("count", "percent", "count"):
            base, percent, count = row
            leads = _leads(report, patterns, base, percent)
        elif kinds == ("percent", "count", "count"):
            percent, base, count = row
            leads = _is_of(report, patterns, percent, base)
        else:
            continue
        if not leads or (id(base), id(percent)) in parts:
            continue
        if not _alike(patterns, base.unit, count.unit):
            continue
        following = figures[index + 3] if index + 3 < len(figures) else None
        rest = _is_rest(report, patterns, row, base, percent, following)
        if rest is not None:
            yield Complement(base=base, percent=percent, count=count, rest=rest)


def _is_rough(one: Figure, patterns: Patterns) -> bool:
    """ "trên 95%", "khoảng 200 hộ": no exact relation holds."""
    rough = phrase(patterns, "roughly").fullmatch(one.qualifier or "")
    return rough is not None or one.value_max is not None


def _is_far(row: tuple[Figure, Figure, Figure]) -> bool:
    first, second, third = row
    gaps = (second.span.start - first.span.end, third.span.start - second.span.end)
    return max(gaps) > _REACH


def _leads(report: Subject, patterns: Patterns, base: Figure, percent: Figure) -> bool:
    gap = report.value[base.span.end : percent.span.start]
    return phrase(patterns, "change").search(gap) is None


def _is_of(report: Subject, patterns: Patterns, percent: Figure, base: Figure) -> bool:
    """ "69,2% trong tổng số 120 hộ"."""
    gap = report.value[percent.span.end : base.span.start]
    return phrase(patterns, "out-of").fullmatch(gap.strip()) is not None


def _is_rest(
    report: Subject,
    patterns: Patterns,
    row: tuple[Figure, Figure, Figure],
    base: Figure,
    percent: Figure,
    following: Figure | None,
) -> bool | None:
    """True where the count is the rest of the base, False where it is the part, None if neither."""
    before, count = row[1], row[2]
    gap = report.value[before.span.end : count.span.start]
    after = report.value[count.span.end : count.span.end + _AFTER]
    if count.qualifier == "còn lại" or phrase(patterns, "rest").search(gap + after):
        return True
    denied = _is_denied(report, patterns, percent, count)
    opposed = denied or _is_late(report, patterns, base, percent, count)
    if opposed and not _goes_on(report, patterns, count, following):
        return True
    return False if before is percent and gap.strip() == "(" else None


def _goes_on(report: Subject, patterns: Patterns, count: Figure, following: Figure | None) -> bool:
    """ "92% tán thành, 3 không tán thành, 4 ý kiến khác": the base has more than two parts."""
    if following is None or following.kind not in ("count", "percent"):
        return False
    start, end = report.stretches.sentence(count.span.start)
    gap = report.value[count.span.end : following.span.start]
    inside = start <= following.span.start < end
    bracket = gap.rstrip().endswith("(") or gap.rstrip().endswith("chiếm")
    one_thing = following.kind == "percent" or _alike(patterns, count.unit, following.unit)
    return inside and one_thing and not bracket


def _is_denied(report: Subject, patterns: Patterns, percent: Figure, count: Figure) -> bool:
    """Whether one of the two is said not to be what the other is."""
    start, end = report.stretches.sentence(percent.span.start)
    if not start <= count.span.start < end:
        return False
    said, other = (_said(report, one) for one in (percent, count))
    for positive, negative in ((said, other), (other, said)):
        denied = [_denied(words, patterns) for words in negative]
        plain = [words for words in positive if _denied(words, patterns) is None]
        if any(denied) and len(plain) == len(positive):
            words = {word for part in plain for word in fold(part).split()}
            return any(one is not None and set(one) <= words for one in denied)
    return False


def _is_late(
    report: Subject, patterns: Patterns, base: Figure, percent: Figure, count: Figure
) -> bool:
    """ "giải quyết 1.200 hồ sơ, 98,5% đúng hạn, 18 hồ sơ trễ hạn"."""
    start = report.stretches.sentence(base.span.start)[0]
    lead = report.value[start : percent.span.start]
    if base.span.start > percent.span.start or phrase(patterns, "dealt").search(lead) is None:
        return False
    in_time, late = (phrase(patterns, name) for name in ("all-in-time", "late"))
    return any(map(in_time.search, _said(report, percent))) and any(
        map(late.search, _said(report, count))
    )


def _said(report: Subject, figure: Figure) -> tuple[str, str]:
    """The words before and behind a figure, up to the nearest marks or figures."""
    value, span = report.value, figure.span
    low = max(0, span.start - _REACH)
    before = _MARK.split(value[low : span.start].rstrip(" :("))[-1]
    behind = behind_unit(value[span.end : span.end + _REACH], figure)
    return before, _MARK.split(behind, maxsplit=1)[0]


def _denied(words: str, patterns: Patterns) -> tuple[str, ...] | None:
    """What is said not to be: "chưa bảo đảm điều kiện"."""
    found = phrase(patterns, "denies").search(words)
    if found is None:
        return None
    light = phrase(patterns, "says-little")
    return tuple(word for word in fold(found["what"]).split() if not light.fullmatch(word)) or None


def _alike(patterns: Patterns, base: str | None, count: str | None) -> bool:
    """ "328 người dân … 07 người còn lại", "200 học sinh … 25 em": one may say more of it."""
    one, other = (unit or "" for unit in (base, count))
    first, second = f"{one} ".lower(), f"{other} ".lower()
    if first.startswith(second) or second.startswith(first):
        return True
    person, anyone = phrase(patterns, "person"), phrase(patterns, "any-person")
    people = person.fullmatch(one) and person.fullmatch(other)
    return bool(people and (anyone.fullmatch(one) or anyone.fullmatch(other)))
