"""What is late beside the rate of what was in time: reports go in, the three figures come out.

"Xử lý hồ sơ đạt 99,97% đúng hạn" and the table of all dossiers of that period say how many can be
late; "trong năm có 12 hồ sơ trễ hạn" says how many were.

>>> find_late.__name__
'find_late'
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from docparse.check.comparable import Fact, facts_of, indicator_words
from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.spans_of_time import contains
from docparse.check.spool import Groups
from docparse.check.subject import Subject
from docparse.check.tables import cell, counts, is_total_name, percents, readable
from docparse.models import Evidence, Period, Table
from docparse.patterns import Patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A rate in time, its base, and a count of what was late in that time or a longer one."""

    rate: Fact
    base: Decimal
    base_place: Evidence
    count: Fact
    one_period: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A rate in time with its base, or a count of what was late."""

    fact: Fact
    is_rate: bool
    base: tuple[Decimal, Evidence] | None = None


def late_sides(report: Subject, patterns: Patterns) -> Iterator[Side]:
    """The rates in time of a report that have a base of their period, and its late counts."""
    for fact in facts_of(report, patterns):
        if _is_late(fact, patterns):
            yield Side(fact=fact, is_rate=False)
        elif _is_in_time(fact, patterns):
            base = _base(report, fact, patterns)
            if base is not None:
                yield Side(fact=fact, is_rate=True, base=base)


def find_late(reports: Reports, patterns: Patterns) -> Iterator[Late]:
    """Every rate in time that has a base of its period and a count to be held against."""
    counted, rates = Groups[str](), array("q")
    for number, side in reports.numbered(late_sides):
        if side.is_rate:
            rates.append(number)
        else:
            counted.add(reports.scopes[side.fact.path], number)
    for rate in map(reports.answer, rates):
        near = counted[reports.scopes[rate.fact.path]]
        yield from _of_rate(rate, [reports.answer(number).fact for number in near], patterns)


def _of_rate(rate: Side, counted: list[Fact], patterns: Patterns) -> Iterator[Late]:
    if rate.base is None:
        return
    near: dict[str, list[tuple[Fact, str]]] = {}
    for one in counted:
        if (same := _held_against(rate.fact, one, patterns)) is not None:
            near.setdefault(one.path, []).append((one, same))
    for here in near.values():
        if len({one.value for one, _ in here}) > 1:
            continue  # several counts: of which part of the time is not said
        for one, same in here:
            yield Late(
                rate=rate.fact,
                base=rate.base[0],
                base_place=rate.base[1],
                count=one,
                one_period=same == "one",
            )


def _is_in_time(one: Fact, patterns: Patterns) -> bool:
    said = one.figure.indicator or ""
    result = one.figure.mode in (None, "result")
    return one.figure.kind == "percent" and result and _says(said, "in-time", patterns)


def _is_late(one: Fact, patterns: Patterns) -> bool:
    figure = one.figure
    plain = figure.mode in (None, "result") and not figure.qualifier
    return figure.kind == "count" and plain and _says(figure.indicator or "", "late", patterns)


def _says(said: str, name: str, patterns: Patterns) -> bool:
    return phrase(patterns, name).search(said) is not None


def _held_against(rate: Fact, count: Fact, patterns: Patterns) -> str | None:
    """ "one" where both speak of one time, "longer" where the count's time holds the rate's."""
    if not _one_thing(rate, count, patterns):
        return None
    one, other = rate.period, count.period
    if one is None or other is None or one.end is None or other.end is None:
        return None
    if (one.start, one.end) == (other.start, other.end):
        return "one"
    if rate.path == count.path and _is_year(other) and other.end.year == one.end.year:
        return "one"  # the report's year, which begins or ends on a day of its own
    return "longer" if contains(other, one) else None


def _is_year(period: Period) -> bool:
    """A whole year, as "trong năm" is read."""
    start, end = period.start, period.end
    if start is None or end is None or start.year != end.year:
        return False
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def _one_thing(rate: Fact, count: Fact, patterns: Patterns) -> bool:
    """Whether they name the same things but for being late, and for how they are dealt with."""
    said = []
    for one, name in ((rate, "in-time"), (count, "late")):
        rest = phrase(patterns, name).sub(" ", one.figure.indicator or "")
        said.append(indicator_words(rest, patterns))
    apart = said[0] ^ said[1]
    light, dealt = phrase(patterns, "adds-nothing"), phrase(patterns, "dealt-with")
    nothing = all(light.fullmatch(word) or dealt.fullmatch(word) for word in apart)
    return nothing and bool(said[0] & said[1])


def _base(report: Subject, rate: Fact, patterns: Patterns) -> tuple[Decimal, Evidence] | None:
    """The total of the table that counts the same things in the same time."""
    rest = phrase(patterns, "in-time").sub(" ", rate.figure.indicator or "")
    words = indicator_words(rest, patterns)
    dealt = phrase(patterns, "dealt-with")
    for table, row, column in _total_cells(report, rate.period):
        named = indicator_words(table.columns[column], patterns)
        heavy = {word for word in named if not dealt.fullmatch(word)}
        value = table.values[row][column]
        if value and heavy and heavy <= words:
            return value, report.evidence(cell(table, row, column), "base")
    return None


def _total_cells(report: Subject, period: Period | None) -> Iterator[tuple[Table, int, int]]:
    """The cells of a total row under a total, in the tables of one period."""
    for table in filter(readable, report.tables):
        said = table.period
        if said is None or period is None or not table.total_rows:
            continue
        if (said.start, said.end) != (period.start, period.end):
            continue
        rates = percents(table)
        for column in counts(table):
            name = table.columns[column]
            if column not in rates and " / " not in name and is_total_name(name):
                yield table, table.total_rows[-1], column
