"""Which time a figure speaks of: its place goes in, a period and how it is known come out.

Nearest first: the sentence itself ("explicit"), the sentence or line that leads in ("lead"),
the title of the section ("section"), the title of the report ("report"). Dates of documents,
years in names and years of comparison govern nothing.

>>> from docparse.extract.dates import find_dates
>>> from docparse.extract.places import Places
>>> from docparse.models import Header, Outline, Part
>>> from docparse.patterns import load
>>> text = "Trong năm 2021, Sở giải quyết 15 hồ sơ so với năm 2020."
>>> outline = Outline(parts=(Part(header=Header(), start=0, end=len(text)),))
>>> finder = PeriodFinder(text, Places(text), find_dates(text), outline, load())
>>> finder.at(30, 32).end.isoformat()
'2021-12-31'
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from docparse.extract.dates import DateMatch, find_dates
from docparse.extract.places import Places
from docparse.extract.scan import union
from docparse.models import Date, Outline, Period, Section
from docparse.patterns import Patterns

_SECTIONS_BACK = 60  # a title further back is not that of a section still open
_AFTER_REACH = 90  # characters behind a figure where its period may still stand
_STRETCHES = ("range", "until", "since")


@dataclass(frozen=True, slots=True)
class _Governing:
    """A date that governs figures; ``data`` where the text says so ("số liệu tính từ …")."""

    start: int
    end: int
    period: Period
    data: bool
    single: bool


class PeriodFinder:
    """The periods of one text, found once and asked for each figure or table."""

    __slots__ = (
        "_all_starts",
        "_dates",
        "_governing",
        "_outline",
        "_patterns",
        "_places",
        "_report",
        "_sections",
        "_starts",
        "_text",
        "_year",
    )

    def __init__(
        self,
        text: str,
        places: Places,
        dates: Sequence[DateMatch],
        outline: Outline,
        patterns: Patterns,
    ) -> None:
        self._text = text
        self._places = places
        self._patterns = patterns
        self._outline = outline
        self._sections = [section.span.start for section in outline.sections]
        self._dates = dates
        self._all_starts = [match.start for match in dates]
        self._report = _report_period(outline, patterns)
        issued = outline.header.date.year if outline.header.date else None
        self._year = self._report.end.year if self._report and self._report.end else issued
        found = (self._governs(match) for match in dates)
        self._governing = [item for item in found if item is not None]
        self._starts = [item.start for item in self._governing]

    def at(self, start: int, end: int) -> Period | None:
        """The period of what stands at ``[start, end)``."""
        beside = self._beside(start, end)
        if beside:
            return beside
        sentence = self._places.sentence(start)
        found = self._before(sentence[0], start) or self._after(start, end, sentence[1])
        if found:
            return self._whole(found, (sentence[0], start), (end, sentence[1]))
        return (
            self._unnumbered(sentence[0], min(sentence[1], end + _AFTER_REACH))
            or self._lead(sentence[0])
            or self._section(start)
            or self._report
        )

    def _whole(self, item: _Governing, before: tuple[int, int], behind: tuple[int, int]) -> Period:
        """As in "Đến ngày 31/3/2023, lũy kế từ đầu năm 2023": its two ends are said apart.

        ``before`` and ``behind`` are the parts of the sentence on both sides of the figure.
        """
        period = item.period
        if item.start >= before[1] or None not in (period.start, period.end):
            return period
        index = bisect_left(self._starts, item.start)
        for place, gap in (
            (index - 1, lambda other: (other.end, item.start)),
            (index + 1, lambda other: (behind[0], other.start)),
        ):
            other = self._governing[place] if 0 <= place < len(self._governing) else None
            if other is None or not before[0] <= other.start < behind[1]:
                continue
            start = period.start or other.period.start
            end = period.end or other.period.end
            apart = None in (other.period.start, other.period.end)
            if apart and start and end and start < end and self._goes_on(*gap(other)):
                return replace(period, start=start, end=end)
        if period.end and (self._from_new_year(*before) or self._from_new_year(*behind)):
            return replace(period, start=date(period.end.year, 1, 1))
        return period

    def _goes_on(self, low: int, high: int) -> bool:
        """Whether no other figure and no new clause stands between two dates."""
        return not any(sign.isdigit() or sign == ";" for sign in self._text[low:high])

    def _from_new_year(self, low: int, high: int) -> bool:
        found = union(self._patterns, "periods", "new-year").search(self._text, low, high)
        return found is not None and self._goes_on(low, found.start)

    def _beside(self, start: int, end: int) -> Period | None:
        """As in "so với năm 2022 (52,5%)", "8,46 tỷ đồng năm 2023": the year touches the figure."""
        index = bisect_left(self._all_starts, start) - 1
        before = self._dates[index] if index >= 0 else None
        if before and not before.date.day and self._text[before.end : start].strip() == "(":
            return self._period(before)
        index = bisect_left(self._all_starts, end)
        after = self._dates[index] if index < len(self._dates) else None
        if after and not after.date.day and self._touches(end, after.start):
            return self._period(after)
        return None

    def _touches(self, end: int, start: int) -> bool:
        beside = self._patterns.forms("periods").pattern("beside")
        return beside.fullmatch(self._text, end, start) is not None

    def _unnumbered(self, start: int, end: int) -> Period | None:
        """As in "trong năm", "đến hết năm": the year of the report."""
        year = self._year
        if year and union(self._patterns, "periods", "year").search(self._text, start, end):
            return Period(start=date(year, 1, 1), end=date(year, 12, 31), how="report")
        return None

    def _before(self, low: int, high: int) -> _Governing | None:
        """The nearest that governs between two places."""
        index = bisect_left(self._starts, high) - 1
        if index < 0 or self._governing[index].start < low:
            return None
        item = self._governing[index]
        past = item.single and ";" in self._text[item.end : high]
        return None if past else item

    def _after(self, start: int, end: int, limit: int) -> _Governing | None:
        """As in "99,88% đúng hạn (số liệu tính từ …)", "02 lớp trong năm 2021"."""
        index = bisect_left(self._starts, end)
        if index == len(self._governing):
            return None
        item = self._governing[index]
        between = self._text[end : item.start]
        if item.start >= min(limit, end + _AFTER_REACH) or ";" in between:
            return None
        enclosed = "(" in between and ")" not in between
        if any(map(str.isdigit, between)) and not (enclosed and item.data):
            return None
        if "(" not in between and between.count(")") and "(" not in self._text[start - 30 : start]:
            return None
        return item

    def _lead(self, start: int) -> Period | None:
        """What the sentences before say, within the paragraph or where one leads into it."""
        line = self._places.line(start)[0]
        before = self._before(line, start)
        if before is None and line:
            before = self._leading_line(line)
        return replace(before.period, how="lead") if before else None

    def _leading_line(self, line: int) -> _Governing | None:
        """The line before, where it ends in a colon or this one goes on from it."""
        previous = self._places.line(max(0, line - 2))
        words = self._text[line : line + 40].lstrip("-+* \t")
        joined = union(self._patterns, "periods", "same").match(words, 0) is not None
        if joined or self._text[previous[0] : previous[1]].rstrip(" *").endswith(":"):
            return self._before(previous[0], previous[1])
        return None

    def _section(self, position: int) -> Period | None:
        """What the title of the section says, its own or that of a section around it."""
        level = 99
        index = bisect_right(self._sections, position)
        for section in reversed(self._outline.sections[max(0, index - _SECTIONS_BACK) : index]):
            if section.level >= level:
                continue
            level = section.level
            if section.run_in:
                continue
            period = self._in_title(section)
            if period:
                return period
        return None

    def _in_title(self, section: Section) -> Period | None:
        start, end = section.span.start, self._places.line(section.span.start)[1]
        limit = min(end, start + len(section.label) + len(section.title) + 8)
        index = bisect_left(self._all_starts, limit) - 1
        match = self._dates[index] if index >= 0 else None
        if match is None or match.start < start or match.date.day:
            return None
        period = self._period(match)
        return replace(period, how="section") if period else None

    def _governs(self, match: DateMatch) -> _Governing | None:
        """Whether a date says when figures were counted."""
        data = self._said_before(match.start, "data")
        if match.form == "stage":
            right = data or self._said_before(match.start, "governs")
        elif match.kind in _STRETCHES:
            named = self._said_before(match.start, "names") and not self._leads(match.end)
            right = data or match.kind == "range" or not named
        elif match.kind == "period" or (match.kind == "date" and match.date.day is None):
            right = data or self._is_when(match)
        else:
            right = data
        period = self._period(match) if right else None
        single = match.form == "month"
        return _Governing(match.start, match.end, period, data, single) if period else None

    def _is_when(self, match: DateMatch) -> bool:
        """As in "trong năm 2021", "Năm 2021, …", "(năm 2021)", "… năm 2023 là 8 tỷ đồng"."""
        if self._said_before(match.start, "sets") and self._opens(match.end):
            return True
        if self._said_before(match.start, "names"):
            return False
        if self._said_before(match.start, "governs") or self._leads(match.end):
            return True
        head = self._text[max(0, match.start - 6) : match.start].rstrip(" *_-+")
        if not head or head[-1] in "\n.;:(":
            return True
        return union(self._patterns, "periods", "said").match(
            self._text, match.end + 1
        ) is not None or (head[-1] == "," and self._text[match.end : match.end + 1] == ",")

    def _leads(self, position: int) -> bool:
        """As in "Mục tiêu đến hết năm 2023: …", "… thụ lý năm 2023: 51 vụ việc"."""
        return self._text[position : position + 1] == ":"

    def _opens(self, position: int) -> bool:
        """As in "Chỉ tiêu năm 2022: …": what follows is of that year."""
        return union(self._patterns, "periods", "opens").match(self._text, position) is not None

    def _said_before(self, position: int, kind: str) -> bool:
        forms = union(self._patterns, "periods", kind)
        return forms.before(self._text, max(0, position - 30), position, words=4) is not None

    def _period(self, match: DateMatch) -> Period | None:
        first = _with_year(match.date, self._year)
        last = _with_year(match.last, self._year) if match.last else first
        if match.kind == "until":
            return _made(None, _last_day(first))
        if match.kind == "since":
            return _made(_first_day(first), None)
        return _made(_first_day(first), _last_day(last))


def _report_period(outline: Outline, patterns: Patterns) -> Period | None:
    """What the title of the report says; else nothing, for the day of issue is no period."""
    header = outline.header
    for match in find_dates(header.title or "", patterns=patterns):
        if match.date.day and match.kind == "date":
            continue
        year = header.date.year if header.date else None
        first, last = _with_year(match.date, year), match.last
        period = _made(_first_day(first), _last_day(_with_year(last, year) if last else first))
        if period:
            return replace(period, how="report")
    return None


def _with_year(when: Date, year: int | None) -> Date:
    return when if when.year is not None else Date(year=year, month=when.month, day=when.day)


def _made(start: date | None, end: date | None) -> Period | None:
    return Period(start=start, end=end) if start or end else None


def _first_day(when: Date) -> date | None:
    full = Date(year=when.year, month=when.month or 1, day=when.day or 1)
    return full.calendar


def _last_day(when: Date) -> date | None:
    if when.year is None:
        return None
    month = when.month or 12
    if not 1 <= month <= 12:
        return None
    last = monthrange(when.year, month)[1]
    return Date(year=when.year, month=month, day=when.day or last).calendar
