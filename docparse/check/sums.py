"""Wholes with the parts that a sentence gives of them: figures go in, sums come out.

"62 người, gồm 41 công chức và 19 viên chức"; "05/07 văn bản, còn lại 02/07"; "46 công chức và
21 viên chức, tổng số là 67"; "tiếp nhận 90 hồ sơ, đã giải quyết 80, đang giải quyết 10".

>>> find_sums.__name__
'find_sums'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from docparse.check.phrases import phrase
from docparse.check.shares import is_change, same_unit
from docparse.check.subject import Subject
from docparse.models import Figure
from docparse.patterns import Patterns

_REACH = 400  # characters from a whole to the end of its parts
_LEAD = 160  # characters from a whole to the word that opens its parts
_LABEL = 20  # characters behind a part where its label may stand
_COUNTS = ("count", "money", "area", "weight")
_STOPS = (".", ";", "!", "?", ")")
_COLON = re.compile(r"[^;.()\d:]{0,60}:\s*")  # "240 đơn: 203 đơn khiếu nại và 73 đơn tố cáo"
_YEAR = re.compile(r"\b20\d\d\b")
_BRACKET = re.compile(r"[()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A whole and its parts; ``complete`` where the parts are said to be all of it."""

    whole: Figure
    parts: tuple[Figure, ...]
    complete: bool
    whole_value: Decimal

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))


def find_sums(report: Subject, patterns: Patterns) -> Iterator[Sum]:
    """Every whole of running text with its parts in the same sentence."""
    listed: set[int] = set()  # where the parts of lists stand
    for index, whole in enumerate(report.figures):
        end = report.stretches.sentence(whole.span.start)[1]
        behind = [
            one
            for one in report.figures[index + 1 : index + 9]
            if one.span.start < min(end, whole.span.end + _REACH)
        ]
        if whole.kind == "ratio":
            near = report.figures[index + 1 : index + 3] if behind else ()
            yield from _rest_of_ratio(report, patterns, whole, near)
            then = _next_sentence(report, patterns, index, "rest-opens")
            yield from _counted_rest(report, patterns, whole, [*behind, *then])
        elif whole.kind in _COUNTS and whole.value_max is None and behind:
            lists = list(_listed(report, patterns, whole, behind))
            lists = lists or list(_listed_next(report, patterns, index))
            listed |= {part.span.start for one in lists for part in one.parts}
            yield from lists
            yield from _changed_whole(report, patterns, index, lists)
            yield from _bracketed_parts(report, patterns, whole, behind)
            yield from _flow(report, patterns, whole, behind)
            yield from _totalled(report, patterns, whole, behind)
        counted = whole.kind in (*_COUNTS, "percent") and whole.span.start not in listed
        if len(behind) > 1 and counted:
            yield from _changed(report, patterns, whole, behind[:2])


def _rest_of_ratio(
    report: Subject, patterns: Patterns, first: Figure, behind: Sequence[Figure]
) -> Iterator[Sum]:
    """ "05/07 văn bản …, còn lại 02/07 văn bản": both of one whole, the second is the rest."""
    others = [one for one in behind if one.kind == "ratio"]
    if not others or others[0].unit != first.unit or first.denominator is None:
        return
    second = others[0]
    wholes = (first.denominator, second.denominator)
    if wholes[0] != wholes[1] and first.value + second.value not in wholes:
        return
    if first.value == second.value and first.value + second.value not in wholes:
        return  # said twice
    gap = report.value[first.span.end : second.span.start]
    after = report.value[second.span.end : second.span.end + 40]
    said = phrase(patterns, "rest")
    if len(gap) > _REACH or "\n\n" in gap:
        return
    if said.search(gap[-30:]) or said.search(after):
        parts = (first, second)
        both = first.value + second.value
        stated = next((one for one in wholes if one != both), both) or both
        yield Sum(whole=first, parts=parts, complete=True, whole_value=stated)


def _counted_rest(
    report: Subject, patterns: Patterns, ratio: Figure, behind: Sequence[Figure]
) -> Iterator[Sum]:
    """ "1.251/1.274 cơ sở, 23 cơ sở còn lại chưa …": what is left of the whole, as one count."""
    rests = [one for one in behind if one.kind == "count" and one.unit == ratio.unit]
    if len(rests) != 1 or ratio.denominator is None or rests[0].value_max is not None:
        return
    rest = rests[0]
    gap = report.value[ratio.span.end : rest.span.start]
    after = report.value[rest.span.end : rest.span.end + _LEAD]
    if len(gap) > _LEAD or ";" in gap or phrase(patterns, "change").search(gap):
        return
    if phrase(patterns, "left-over").fullmatch(f"{gap[-_LABEL:]}#{after}"):
        yield Sum(whole=ratio, parts=(ratio, rest), complete=True, whole_value=ratio.denominator)


def _bracketed_parts(
    report: Subject, patterns: Patterns, whole: Figure, behind: Sequence[Figure]
) -> Iterator[Sum]:
    """ "24 TTHC, gồm lĩnh vực công chứng (15 TTHC) và lĩnh vực hộ tịch (9 TTHC)"."""
    value = report.value
    lead = value[whole.span.end : behind[0].span.start]
    if len(behind) < 2 or len(lead) > _LEAD or phrase(patterns, "such-as").search(lead):
        return
    if phrase(patterns, "names-parts").search(lead) is None:
        return
    for one in behind:
        closed = value[one.span.end : one.span.end + len(one.unit or "") + 2].strip()
        if one.unit != whole.unit or value[one.span.start - 1] != "(" or closed != f"{one.unit})":
            return
    if value[behind[-1].span.end :].partition(")")[2].lstrip()[:1] in _STOPS:
        parts = tuple(behind)
        yield Sum(whole=whole, parts=parts, complete=True, whole_value=whole.value)


def _listed(
    report: Subject, patterns: Patterns, whole: Figure, behind: Sequence[Figure]
) -> Iterator[Sum]:
    """ "62 người …, gồm 41 công chức và 19 viên chức", "67 người (46 nam, 21 nữ)"."""
    if whole.kind != "percent":
        behind = [one for one in behind if one.kind != "percent"]
    if not behind:
        return
    lead = _gap(report, patterns, whole, behind[0])
    if len(lead) > _LEAD:
        return
    opened = _opening(patterns, lead)
    bare = opened is None and (
        _COLON.fullmatch(lead) is not None or _is_labelled(report, patterns, whole, behind)
    )
    bare = bare or phrase(patterns, "names-all").search(lead) is not None
    if opened is None and not bare:
        return
    promised, closing = opened or (True, False)
    parts = _parts(report, patterns, behind, closing=closing)
    if promised and len(parts) == 1:
        return
    complete = promised and (closing or _is_whole_sentence(report, parts[-1]))
    complete = complete or _are_men_and_women(report, patterns, whole, parts)
    if _ends_in_rest(report, patterns, parts):
        complete, parts = True, _without_grades(whole, parts)
    elsewhere = closing and _is_of_other_time(report, patterns, lead, parts)
    if elsewhere or (bare and not all(same_unit(whole, part) for part in parts)):
        return
    if not parts or not all(_may_be_part(whole, part) for part in parts):
        return
    for group in _divisions(report, whole, parts):
        yield Sum(whole=whole, parts=tuple(group), complete=complete, whole_value=whole.value)


def _listed_next(report: Subject, patterns: Patterns, index: int) -> Iterator[Sum]:
    """ "Xảy ra 38 vụ, giảm 5 vụ. Trong đó: trộm cắp 20 vụ, …": of the only count before it."""
    whole = report.figures[index]
    behind = _next_sentence(report, patterns, index, "parts-open")
    if len(behind) < 2:
        return
    start, end = report.stretches.sentence(whole.span.start)
    others = [
        one
        for one in report.figures[max(0, index - 8) : index + 9]
        if one is not whole and start <= one.span.start < end and same_unit(one, whole)
    ]
    if all(is_change(report, patterns, one) for one in others):
        for one in _listed(report, patterns, whole, behind):
            fits = one.complete or one.total == one.whole_value
            if fits and all(same_unit(whole, part) for part in one.parts):
                yield one


def _next_sentence(
    report: Subject, patterns: Patterns, index: int, opening: str
) -> Sequence[Figure]:
    """The figures of the sentence behind that of a figure, where it opens in a certain way."""
    whole = report.figures[index]
    end = report.stretches.sentence(whole.span.start)[1]
    opened = phrase(patterns, opening).match(report.value, end)
    if opened is None or end - whole.span.start > _LEAD:
        return ()
    last = report.stretches.sentence(opened.end())[1]
    return [one for one in report.figures[index + 1 : index + 13] if end <= one.span.start < last]


def _is_labelled(
    report: Subject, patterns: Patterns, whole: Figure, behind: Sequence[Figure]
) -> bool:
    """ "100 con: trâu bò 60 con, lợn 30 con": names stand before the parts, and no verbs."""
    verbs = [patterns.forms("indicators").pattern(name) for name in ("heads", "acts", "drop")]
    before = whole
    for index, one in enumerate(behind):
        form = "labelled-first" if not index else "labelled-next"
        label = phrase(patterns, form).search(_gap(report, patterns, before, one))
        if label is None or any(verb.match(f"{label['label']} ") for verb in verbs):
            return False
        before = one
    return len(behind) > 1


def _gap(report: Subject, patterns: Patterns, one: Figure, other: Figure) -> str:
    """The words between two figures, without shares that are said of the first aside."""
    said = report.value[one.span.end : other.span.start]
    return phrase(patterns, "share-aside").sub("", said)


def _without_grades(whole: Figure, parts: list[Figure]) -> list[Figure]:
    """ "24 xã, trong đó 17 đạt chuẩn, 5 nâng cao, 2 kiểu mẫu; còn 7": some lie in the first."""
    ends = [parts[0], parts[-1]]
    total, outer = (sum(part.value for part in those) for those in (parts, ends))
    within = len(parts) > 2 and total > whole.value
    return ends if within and abs(outer - whole.value) < abs(total - whole.value) else parts


def _ends_in_rest(report: Subject, patterns: Patterns, parts: Sequence[Figure]) -> bool:
    """ "trong đó 397 hội cấp tỉnh, còn lại 150 hội cấp huyện"."""
    if len(parts) < 2:
        return False
    gap = _gap(report, patterns, parts[-2], parts[-1])
    last = f"{gap}#{report.value[parts[-1].span.end : parts[-1].span.end + _LEAD]}"
    return any(
        phrase(patterns, name).search(said) for name, said in (("rest", gap), ("others", last))
    )


def _opening(patterns: Patterns, lead: str) -> tuple[bool, bool] | None:
    """Whether the words before the first part promise all of it, and end at a bracket."""
    head = _without_label(lead)
    bracket = lead.rfind("(")
    closing = bracket >= 0 and ")" not in lead[bracket:]
    if closing and "gồm" not in lead[:bracket] and len(lead[bracket:].split()) <= 3:
        some = phrase(patterns, "some-of-which").search(lead)
        return some is None, True
    named = (
        ("list-of-parts", True),
        ("names-all", True),
        ("some-of-which", False),
        ("one-of-which", False),
    )
    for name, complete in named:
        if phrase(patterns, name).search(lead) or phrase(patterns, name).search(head):
            return complete, closing
    return None


def _are_men_and_women(
    report: Subject, patterns: Patterns, whole: Figure, parts: Sequence[Figure]
) -> bool:
    """ "50 đảng viên, trong đó: nữ 20 đồng chí, nam 30 đồng chí": nobody is left over."""
    if len(parts) != 2:
        return False
    labels = report.value[whole.span.end : parts[-1].span.end + _LABEL]
    return all(phrase(patterns, name).search(labels) for name in ("one-sex", "other-sex"))


def _is_whole_sentence(report: Subject, last: Figure) -> bool:
    """Where a line ends without a stop, more parts may stand on the next."""
    end = report.stretches.sentence(last.span.start)[1]
    return report.value[end - 1 : end + 1].strip()[-1:] in _STOPS


def _without_label(lead: str) -> str:
    """ "gồm: tuyên truyền 120 triệu đồng": the name of a part may stand before it."""
    colon = lead.rfind(":")
    return lead[: colon + 1] if colon >= 0 and len(lead) - colon < 40 else lead


def _parts(
    report: Subject, patterns: Patterns, behind: Sequence[Figure], *, closing: bool
) -> list[Figure]:
    """The figures that follow each other as items of one list."""
    parts = [behind[0]]
    for one in behind[1:]:
        gap = _gap(report, patterns, parts[-1], one)
        if (closing and ")" in gap) or one.kind != behind[0].kind:
            break
        if _BRACKET.search(gap) or phrase(patterns, "change").search(gap):
            break
        if phrase(patterns, "within-part").search(gap):
            break
        if not phrase(patterns, "between-parts").search(gap):
            break
        parts.append(one)
    return parts


def _is_of_other_time(
    report: Subject, patterns: Patterns, lead: str, parts: Sequence[Figure]
) -> bool:
    """ "giảm 35 lượt (năm 2021 có 07 đoàn, 95 lượt)"; "12 xã (năm 2021: 5, năm 2022: 7)" is not."""
    if phrase(patterns, "of-other-time").search(lead) is None:
        return False
    gaps = [report.value[one.span.end : other.span.start] for one, other in pairwise(parts)]
    return not any(_YEAR.search(gap) for gap in gaps)


def _divisions(report: Subject, whole: Figure, parts: list[Figure]) -> list[list[Figure]]:
    """ "trực tuyến 600, trực tiếp 250; đúng hạn 820, đang giải quyết 30": the whole cut twice."""
    groups = [[parts[0]]]
    for before, one in pairwise(parts):
        if ";" in report.value[before.span.end : one.span.start]:
            groups.append([])
        groups[-1].append(one)
    twice = len(groups) > 1 and all(
        len(group) > 1 and sum(one.value for one in group) * 2 > whole.value for group in groups
    )
    return groups if twice else [parts]


def _may_be_part(whole: Figure, part: Figure) -> bool:
    """A part counts in the unit of the whole, or something that is not more than it."""
    if part.kind != whole.kind or part.value_max is not None:
        return False
    return part.unit == whole.unit or part.value <= whole.value


def _flow(
    report: Subject, patterns: Patterns, received: Figure, behind: Sequence[Figure]
) -> Iterator[Sum]:
    """ "tiếp nhận 90 hồ sơ, đã giải quyết 80 hồ sơ, đang giải quyết 10 hồ sơ"."""
    if len(behind) < 2:
        return
    start = report.stretches.sentence(received.span.start)[0]
    settled, pending = behind[:2]
    if not all(one.kind == "count" and one.unit == received.unit for one in (settled, pending)):
        return
    around = report.value[start : pending.span.start]
    lead = report.value[max(start, received.span.start - 60) : received.span.end + 40]
    gaps = (
        report.value[received.span.end : settled.span.start],
        report.value[settled.span.end : pending.span.start],
    )
    if phrase(patterns, "carried-over").search(around) or any(";" in gap for gap in gaps):
        return
    says = (
        phrase(patterns, "received").search(lead)
        and phrase(patterns, "settled").search(gaps[0])
        and (
            phrase(patterns, "pending").search(gaps[1]) or phrase(patterns, "rest").search(gaps[1])
        )
    )
    if says:
        parts = (settled, pending)
        yield Sum(whole=received, parts=parts, complete=True, whole_value=received.value)


def _totalled(
    report: Subject, patterns: Patterns, first: Figure, behind: Sequence[Figure]
) -> Iterator[Sum]:
    """ "12 TTHC cấp huyện và 112 TTHC cấp tỉnh, tổng số là 124 TTHC"."""
    parts = [first]
    for one in behind:
        gap = report.value[parts[-1].span.end : one.span.start]
        total = len(parts) > 1 and phrase(patterns, "sum-total").search(gap)
        if one.kind != first.kind or ";" in gap:
            return
        kin = same_unit(one, first) if total else _one_head(first, one)
        if not kin and not _of_people(patterns, first, one, total=bool(total)):
            return
        if total:
            if one.unit != first.unit and any(same_unit(one, part) != kin for part in parts):
                return
            yield Sum(whole=one, parts=tuple(parts), complete=True, whole_value=one.value)
            return
        parts.append(one)


def _one_head(first: Figure, one: Figure) -> bool:
    """ "60 đơn khiếu nại và 30 đơn tố cáo": both are of what the first word says."""
    units = [(each.unit or "").lower().split()[:1] for each in (first, one)]
    return first.unit == one.unit or (bool(units[0]) and units[0] == units[1])


def _of_people(patterns: Patterns, first: Figure, one: Figure, *, total: bool) -> bool:
    """ "161 nam và 08 nữ, tổng cộng 169 người": two sexes, then whoever they make up."""
    sexes = (phrase(patterns, "one-sex"), phrase(patterns, "other-sex"))
    units = (first.unit or "",) if total else (first.unit or "", one.unit or "")
    return all(any(sex.fullmatch(unit) for sex in sexes) for unit in units)


def _changed_whole(
    report: Subject, patterns: Patterns, index: int, lists: Sequence[Sum]
) -> Iterator[Sum]:
    """ "42 giải, gồm 6 giải Nhất và 36 giải Nhì, tăng 5 giải (năm trước 37 giải)"."""
    for one in lists:
        last = one.parts[-1].span.start
        after = [each for each in report.figures[index + 1 : index + 13] if each.span.start > last]
        if len(after) > 1:
            yield from _changed(report, patterns, one.whole, after[:2], since=one.parts[-1])


def _changed(
    report: Subject,
    patterns: Patterns,
    now: Figure,
    behind: Sequence[Figure],
    *,
    since: Figure | None = None,
) -> Iterator[Sum]:
    """ "6.842 người, tăng 1.120 người so với năm 2022 (5.722 người)": now = before + change."""
    change, before = behind
    first = report.value[(since or now).span.end : change.span.start]
    second = report.value[change.span.end : before.span.start]
    if len(first) + len(second) > _LEAD or not second.rstrip().endswith("("):
        return
    if now.kind != before.kind or now.unit != before.unit or change.kind != now.kind:
        return
    if phrase(patterns, "rises").search(first):
        yield Sum(whole=now, parts=(before, change), complete=True, whole_value=now.value)
    elif phrase(patterns, "drops").search(first):
        yield Sum(whole=before, parts=(now, change), complete=True, whole_value=before.value)
