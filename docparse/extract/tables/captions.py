"""What stands over a table: its caption, the sentence that leads to it, its period.

In goes a table's place, out come the words before it. A caption is the lead without what
only points ("như sau:", list marks) or says the time ("(số liệu tính từ …)").

>>> from docparse.patterns import load
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> caption_of("b) Kết quả giải quyết hồ sơ (tính từ 15/12/2020):", vocabulary(load()))
'Kết quả giải quyết hồ sơ'
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docparse.extract.dates import DateMatch, find_periods
from docparse.extract.tables.delimited import fold
from docparse.extract.tables.vocabulary import Vocabulary
from docparse.models import Date, Period, Text
from docparse.patterns import Patterns

_ABOVE = 6  # lines looked at over a table
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_SHORTEST = 6
_TITLE_LINES = 4
_REACH = 40  # characters before a period where "số liệu" may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """The words over a table."""

    caption: str | None = None
    lead: str | None = None
    period: Period | None = None


def read_above(
    text: Text, start: int, words: Vocabulary, patterns: Patterns, floor: int = 0
) -> Above:
    """Caption, lead and period of the table that begins at ``start``."""
    lines = _lines_before(text.value, start, floor)
    while lines and (words.page_line.match(lines[-1]) or not lines[-1].strip("*_ ")):
        lines.pop()
    asides = []
    while lines and words.caption_aside.match(lines[-1]):
        asides.append(lines.pop())
    if not lines:
        return Above()
    lead = lines[-1]
    caption = _capitals(lines) or caption_of(lead, words)
    period = _period([*asides, lead], caption, words, patterns)
    return Above(caption=caption, lead=lead, period=period)


def _lines_before(value: str, start: int, floor: int) -> list[str]:
    lines: list[str] = []
    end = start
    while end > floor and len(lines) < _ABOVE:
        begin = value.rfind("\n", floor, end - 1) + 1 if end - 1 > floor else floor
        begin = max(begin, floor)
        if line := fold(value[begin:end]):
            lines.append(line)
        end = begin
    return lines[::-1]


def _capitals(lines: Sequence[str]) -> str | None:
    """A title in capitals over the table, of one line or of some."""
    title: list[str] = []
    for line in reversed(lines):
        if not line.isupper() or len(line) < _SHORTEST or len(title) == _TITLE_LINES:
            break
        title.insert(0, line)
    while len(title) > 1 and len(title[0].split()) <= 2:  # "PHỤ LỤC II" over the title itself
        title.pop(0)
    return " ".join(title) or None


def caption_of(lead: str, words: Vocabulary) -> str | None:
    """The caption that the sentence before a table holds, None where it is only text."""
    said = words.caption_period.sub("", lead)
    titled = said != lead or said.endswith(":") or not said.endswith((".", ";", ","))
    last = _last_sentence(said) if titled else ""
    last = words.caption_lead.sub("", last, count=1)
    last = words.caption_tail.sub("", last.rstrip(": "), count=1).strip(" :;,.")
    return last if len(last) >= _SHORTEST and not words.caption_open.match(last) else None


def _last_sentence(said: str) -> str:
    """A stop before a small letter ends an abbreviation, no sentence."""
    parts = _SENTENCE.split(said)
    while len(parts) > 1 and parts[-1][:1].islower():
        parts[-2:] = [f"{parts[-2]} {parts[-1]}"]
    return parts[-1]


def _period(
    leads: Sequence[str], caption: str | None, words: Vocabulary, patterns: Patterns
) -> Period | None:
    """The period said of the data, else the one in the caption, else the only range of days."""
    found = [(lead, match) for lead in leads for match in find_periods(lead, patterns=patterns)]
    for lead, match in found:
        before = lead[max(0, match.start - _REACH) : match.start]
        if words.data_words.search(before) or words.data_words.match(lead[match.start : match.end]):
            return as_period(match)
    if caption:
        said = caption.lower() if caption.isupper() else caption
        if named := find_periods(said, patterns=patterns):
            return as_period(named[0])
    ranges = [match for _, match in found if match.kind == "range"]
    return as_period(ranges[0]) if len(ranges) == 1 else None


def as_period(match: DateMatch) -> Period | None:
    """A stretch of time by its days, as far as they are written."""
    first, last = match.date, match.last or match.date
    start = None if match.kind == "until" else _day(first, end=False)
    end = None if match.kind == "since" else _day(last, end=True)
    return Period(start=start, end=end, how="lead") if start or end else None


def _day(written: Date, *, end: bool) -> date | None:
    if written.year is None:
        return None
    month = written.month or (12 if end else 1)
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(written.year, month)[1]
    day = written.day or (last if end else 1)
    return Date(year=written.year, month=month, day=day).calendar
