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

from docparse.check.phrases import phrase
from docparse.check.shares import same_unit
from docparse.check.subject import Subject
from docparse.models import Figure
from docparse.patterns import Patterns

_REACH = 400  # characters from a whole to the end of its parts
_LEAD = 160  # characters from a whole to the word that opens its parts
_LABEL = 20  # characters behind a part where its label may stand
_COUNTS = ("count", "money", "area", "weight")
_STOPS = (".", ";", "!", "?", ")")
_COLON = re.compile(r"[^;.()\d:]{0,60}:\s*")  # "240 đơn: 203 đơn khiếu nại và 73 đơn tố cáo"
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
    for index, whole in enumerate(report.figures):
        end = report.stretches.sentence(whole.span.start)[1]
        behind = [
            one
            for one in report.figures[index + 1 : index + 9]
            if one.span.start < min(end, whole.span.end + _REACH)
        ]
        if whole.kind == "ratio" and behind:
            yield from _rest_of_ratio(
                report, patterns, whole, report.figures[index + 1 : index + 3]
            )
            yield from _counted_rest(report, patterns, whole, behind)
        elif whole.kind in _COUNTS and whole.value_max is None and behind:
            yield from _listed(report, patterns, whole, behind)
            yield from _bracketed_parts(report, patterns, whole, behind)
            yield from _flow(report, patterns, whole, behind)
            yield from _totalled(report, patterns, whole, behind)
        if len(behind) > 1 and whole.kind in (*_COUNTS, "percent"):
            yield from _changed(report, patterns, whole, behind[0], behind[1])


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
    complete = complete or _ends_in_rest(report, patterns, parts)
    if bare and not all(same_unit(whole, part) for part in parts):
        return
    if parts and all(_may_be_part(whole, part) for part in parts):
        yield Sum(whole=whole, parts=tuple(parts), complete=complete, whole_value=whole.value)


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


def _ends_in_rest(report: Subject, patterns: Patterns, parts: Sequence[Figure]) -> bool:
    """ "trong đó 397 hội cấp tỉnh, còn lại 150 hội cấp huyện"."""
    if len(parts) < 2:
        return False
    gap = _gap(report, patterns, parts[-2], parts[-1])
    return phrase(patterns, "rest").search(gap) is not None


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


def _changed(
    report: Subject, patterns: Patterns, now: Figure, change: Figure, before: Figure
) -> Iterator[Sum]:
    """ "6.842 người, tăng 1.120 người so với năm 2022 (5.722 người)": now = before + change."""
    first = report.value[now.span.end : change.span.start]
    second = report.value[change.span.end : before.span.start]
    if len(first) + len(second) > _LEAD or not second.rstrip().endswith("("):
        return
    if now.kind != before.kind or now.unit != before.unit or change.kind != now.kind:
        return
    if phrase(patterns, "rises").search(first):
        yield Sum(whole=now, parts=(before, change), complete=True, whole_value=now.value)
    elif phrase(patterns, "drops").search(first):
        yield Sum(whole=before, parts=(now, change), complete=True, whole_value=before.value)
