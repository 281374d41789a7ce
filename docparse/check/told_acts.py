"""Acts that a sentence only tells of, with the papers that it says they rest on.

A report goes in. "Ngay từ cuối năm 2022, Sở đã ban hành Quyết định kiểm tra, căn cứ …" comes out
with the last day of its time and its bases; "Thực hiện Kế hoạch A; Kế hoạch B. Sở đã ban hành
Kế hoạch C" comes out as C and what it carries out.

>>> last_day(phrase(load(), "told-time").search("Ngay từ cuối năm 2022, Sở"))
datetime.date(2022, 12, 31)
>>> last_day(phrase(load(), "told-time").search("Trong quý II/2022"))
datetime.date(2022, 6, 30)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from docparse.check.phrases import phrase
from docparse.check.subject import Subject, shown
from docparse.check.words import folded_space
from docparse.models import Citation, Date, Span
from docparse.patterns import Patterns, load

__all__ = ["ToldAct", "carried_out", "last_day", "load", "told_acts"]

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}
_PARTS = {"đầu": 6, "giữa": 9}  # the latest month that the word can mean
_NEAR = 12  # characters between "đã ban hành" and the paper that was issued


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAct:
    """An act, the latest day that it can have, and the papers said to stand before it."""

    span: Span
    name: str
    said_time: str
    latest: date
    bases: tuple[Citation, ...]


def told_acts(report: Subject, patterns: Patterns) -> Iterator[ToldAct]:
    """Acts without a number, issued in a time that begins their sentence, with their bases."""
    for start, end in _sentences(report):
        time = phrase(patterns, "told-time").match(report.value[start:end])
        issued = phrase(patterns, "issued-of-late").search(report.value, start, end)
        rests = (
            phrase(patterns, "rests-on").search(report.value, issued.end(), end) if issued else None
        )
        if time is None or issued is None or rests is None:
            continue
        bases = _cited(report, rests.end(), end)
        if not bases or _cited(report, start, rests.start()):
            continue
        if ";" in report.value[issued.end() : rests.start()] or _goes_on(
            report.value[rests.end() : end], patterns
        ):
            continue  # what rests on them is another act
        said = report.value[start : rests.start()].rstrip(" ,;")
        lead = len(said) - len(said.lstrip("-+*• "))
        yield ToldAct(
            span=report.span(start + lead, start + len(said)),
            name=folded_space(report.value[issued.end() : start + len(said)]).strip(" ,"),
            said_time=folded_space(time[0]).lstrip("-+*• "),
            latest=last_day(time),
            bases=bases,
        )


def carried_out(report: Subject, patterns: Patterns) -> Iterator[ToldAct]:
    """The first paper that a paragraph says was issued to carry out those before it."""
    starts = {report.stretches.line(one.span.start) for one in report.citations if not one.own}
    for start, end in sorted(starts):
        if phrase(patterns, "carrying-out").match(report.value[start:end]) is None:
            continue
        issued = phrase(patterns, "issued-of-late").search(report.value, start, end)
        if issued is None or report.stretches.sentence(issued.start())[0] > _second(report, start):
            continue
        bases = _cited(report, start, issued.start())
        after = _cited(report, issued.end(), end)
        act = after[0] if after else None
        if act is None or act.span.start - issued.end() > _NEAR:
            continue
        day = (act.date or Date()).calendar
        if bases and day is not None:
            yield ToldAct(
                span=act.span,
                name=act.number or act.title or "",
                said_time=shown(act.date or Date()),
                latest=day,
                bases=bases,
            )


def _goes_on(words: str, patterns: Patterns) -> bool:
    """Whether something else is said to be done behind the bases, or between them."""
    names = ("issued-of-late", "new-subject")
    return any(phrase(patterns, name).search(words) for name in names)


def last_day(time: re.Match[str]) -> date:
    """The latest day that a time can mean: "đầu năm" ends in June at the latest."""
    year = int(time["year"])
    month = _PARTS.get((time["part"] or "").lower(), 12)
    if time["quarter"]:
        quarter = time["quarter"].upper()
        month = 3 * (_QUARTERS.get(quarter) or int(quarter))
    elif time["month"]:
        month = min(12, max(1, int(time["month"])))
    return date(year, month, monthrange(year, month)[1])


def _sentences(report: Subject) -> Iterator[tuple[int, int]]:
    """The sentences that cite papers."""
    found = {report.stretches.sentence(one.span.start) for one in report.citations if not one.own}
    yield from sorted(found)


def _second(report: Subject, start: int) -> int:
    """Where the second sentence of a paragraph begins."""
    return report.stretches.sentence(report.stretches.sentence(start)[1] + 2)[0]


def _cited(report: Subject, start: int, end: int) -> tuple[Citation, ...]:
    """The citations of a stretch that carry a full date of their own."""
    low = bisect_left(report.citations, start, key=lambda one: one.span.start)
    high = bisect_left(report.citations, end, lo=low, key=lambda one: one.span.start)
    return tuple(
        one
        for one in report.citations[low:high]
        if not one.own and one.date is not None and one.date.calendar is not None
    )
