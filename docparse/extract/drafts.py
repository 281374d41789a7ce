"""One pass over a text: each digit becomes part of a figure in the making or of another number.

In goes the text with what others have claimed; out come drafts (numeral, unit, the words
before it) and everything else, with its class. What the figure means is asked later.

>>> from docparse.patterns import load
>>> found = scan("Đã giải quyết 05/07 hồ sơ, đạt tối thiểu 71,4% trong năm 2021.", load())
>>> [(draft.numeral.end, draft.unit and draft.unit.name, draft.kind) for draft in found.drafts]
[(19, 'hồ sơ', 'ratio'), (46, None, 'percent')]
>>> [other.kind for other in found.others]
['year']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from docparse.extract.dates import DateMatch, find_dates
from docparse.extract.lead import Lead, read_lead
from docparse.extract.marks import marks
from docparse.extract.numbers import Number, Refusal, link_numbers
from docparse.extract.numerals import Numeral, read_numeral
from docparse.extract.others import OtherFinder, OtherNumber
from docparse.extract.places import UPPER
from docparse.extract.scan import union
from docparse.extract.units import UnitFound, unit_reader
from docparse.patterns import Patterns

_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]*[ -]\Z")
_GLUED = re.compile(r"[^\W\d_][\w.]*")
_CLAUSE_END = re.compile(r"[,;:.(]")
_DATE_KINDS = {"date": "date", "blank": "date"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A figure before its sentence is read."""

    numeral: Numeral
    number: Number
    kind: str
    lead: Lead
    unit: UnitFound | None = None
    borrowed: UnitFound | None = None
    after: str | None = None

    @property
    def counts(self) -> UnitFound | None:
        """The unit behind the numeral, or one that stands elsewhere in the sentence."""
        return self.unit or self.borrowed

    @property
    def end(self) -> int:
        """Behind the unit, where it follows the numeral."""
        return max(self.numeral.end, self.unit.end if self.unit else 0)


@dataclass(slots=True)
class Scanned:
    """What one pass found, in the order of the text."""

    drafts: list[Draft] = field(default_factory=list)
    others: list[OtherNumber] = field(default_factory=list)
    refused: list[tuple[int, int, Refusal]] = field(default_factory=list)
    dates: list[DateMatch] = field(default_factory=list)


def scan(text: str, patterns: Patterns, taken: Sequence[tuple[int, int]] = ()) -> Scanned:
    """Walk over the digits of a text that nobody has claimed."""
    return _Scan(text, patterns, taken).run()


class _Scan:
    """The state of one pass."""

    def __init__(self, text: str, patterns: Patterns, taken: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.patterns = patterns
        self.found = Scanned()
        claims = _merged(taken)
        nets = [
            OtherNumber(match.start, match.end, "url")
            for match in union(patterns, "figures", "net").finditer(text, 0, len(text))
            if not _inside(claims, match.start)
        ]
        claims = _merged([*claims, *((net.start, net.end) for net in nets)])
        dates = find_dates(text, patterns=patterns)
        self.found.dates = [date for date in dates if not _touched(claims, date.start, date.end)]
        self.found.others = [
            net for net in nets if any(map(str.isdigit, text[net.start : net.end]))
        ]
        self.found.others += [_date_number(date) for date in self.found.dates]
        self.claims = _merged([*claims, *((date.start, date.end) for date in self.found.dates)])
        self.starts = [start for start, _ in self.claims]
        self.others = OtherFinder(text, patterns, self.found.dates)
        self.units = unit_reader(patterns)
        self.marks = marks(patterns)

    def run(self) -> Scanned:
        position = floor = 0
        while digit := _DIGIT.search(self.text, position):
            claimed = _inside(self.claims, digit.start())
            if claimed:
                position = floor = claimed
                continue
            position = floor = self._take(digit.start(), floor)
        self.found.others.sort(key=lambda other: (other.start, other.end))
        return self.found

    def _take(self, position: int, floor: int) -> int:
        """Give the digit at ``position`` to a class; where the next may begin."""
        index = bisect_right(self.starts, position)
        stop = self.starts[index] if index < len(self.starts) else len(self.text)
        other = self.others.claim(position, floor)
        if other:
            end = min(max(other.end, position + 1), stop)
            self.found.others.append(OtherNumber(max(other.start, floor), end, other.kind))
            return end
        numeral = read_numeral(self.text, position, self.patterns, stop)
        if isinstance(numeral.number, Refusal):
            self.found.refused.append((numeral.start, numeral.end, numeral.number))
            self.found.others.append(OtherNumber(numeral.start, numeral.end, "unread"))
            return numeral.end
        return self._figure(numeral, numeral.number, floor, stop)

    def _figure(self, numeral: Numeral, number: Number, floor: int, stop: int) -> int:
        reach = self.others.date_after(numeral.end)
        unit = None if number.percent else self.units.read(self.text, numeral.end, reach)
        glued = _GLUED.match(self.text, numeral.end)
        if glued and not (unit and unit.listed and unit.start == numeral.end):
            self.found.others.append(OtherNumber(numeral.start, glued.end(), "code"))
            return glued.end()
        if unit and not unit.listed and self._is_named(numeral.start):
            unit = None
        numeral, number, unit = self._both_sides(numeral, number, unit, stop)
        lead = read_lead(self.text, floor, numeral.start, self.patterns)
        if unit is None and not number.percent:
            unit = self.units.beyond_bracket(self.text, numeral.end, len(self.text))
            clear = unit and unit.listed and self.others.date_after(unit.start) >= unit.end
            unit = unit if clear else None
        if not self._is_figure(numeral, number, unit, lead):
            kind = "name" if self._is_named(numeral.start) else "unclear"
            self.found.others.append(OtherNumber(numeral.start, numeral.end, kind))
            if kind == "unclear":
                refusal = Refusal(text=self.text[numeral.start : numeral.end], reason="no-unit")
                self.found.refused.append((numeral.start, numeral.end, refusal))
            return numeral.end
        draft = Draft(
            numeral=numeral,
            number=number,
            kind=_kind(number, unit, lead),
            lead=lead,
            unit=unit,
            after=self._after(max(numeral.end, unit.end if unit else 0)),
        )
        self.found.drafts.append(draft)
        return self._past_unit(numeral.end, unit)

    def _past_unit(self, end: int, unit: UnitFound | None) -> int:
        """The digit in "m3" belongs to the unit."""
        if unit is None or not unit.listed or unit.start < end:
            return end
        if not any(map(str.isdigit, self.text[unit.start : unit.end])):
            return end
        self.found.others.append(OtherNumber(unit.start, unit.end, "code"))
        return unit.end

    def _both_sides(
        self, numeral: Numeral, number: Number, unit: UnitFound | None, stop: int
    ) -> tuple[Numeral, Number, UnitFound | None]:
        """Ratios and ranges with the unit on both sides: "5 xã/10 xã", "từ 5 đến 10 xã"."""
        if unit is None or number.denominator is not None or number.value_max is not None:
            return numeral, number, unit
        second = self.marks.same_unit.match(self.text, unit.end, stop)
        if second is None or not (second["over"] or self._from(numeral.start)):
            return numeral, number, unit
        again = self.units.read(self.text, second.end("number"), stop)
        digits = self.text[numeral.start : numeral.end]
        joined = link_numbers(digits, second["over"] or "-", second["number"])
        if again is None or again.name != unit.name or isinstance(joined, Refusal):
            return numeral, number, unit
        whole = Numeral(start=numeral.start, end=second.end("number"), number=joined)
        return whole, joined, again

    def _from(self, position: int) -> bool:
        return self.marks.begins_range.search(self.text, max(0, position - 4), position) is not None

    def _is_figure(
        self, numeral: Numeral, number: Number, unit: UnitFound | None, lead: Lead
    ) -> bool:
        if number.percent or number.denominator is not None or (unit and unit.listed):
            return True
        if unit is not None:
            return True
        if self._is_named(numeral.start):
            return False
        if self.marks.out_of.match(self.text, numeral.end):
            return True
        written = self.text[numeral.start : numeral.end]
        return bool(lead) or "," in written or "." in written or self._is_listed(numeral)

    def _is_listed(self, numeral: Numeral) -> bool:
        """A part in brackets behind a figure: "17 viên chức (khiển trách 11, cảnh cáo 05)"."""
        opened = self.text.rfind("(", max(0, numeral.start - 160), numeral.start)
        if opened < 0 or self.text.find(")", opened, numeral.start) >= 0 or not self.found.drafts:
            return False
        last = self.found.drafts[-1]
        near = opened - last.end < 40 if last.end <= opened else True
        return near and self.text[numeral.end : numeral.end + 1] in (",", ";", ")")

    def _is_named(self, position: int) -> bool:
        """Right behind a name: "xã A Lưới 1", where the name does not begin the sentence."""
        before = self.text[max(0, position - 24) : position]
        capital = _CAPITAL.search(before)
        if capital is None:
            return False
        head = before[: capital.start()].rstrip(" ")
        return bool(head) and head[-1] not in "\n.:;*-+(|"

    def _after(self, position: int) -> str | None:
        end = self.text.find("\n", position, position + 30)
        stop = end if end >= 0 else min(len(self.text), position + 30)
        clause = _CLAUSE_END.search(self.text, position, stop)
        found = union(self.patterns, "figures", "after").search(
            self.text, position, clause.start() if clause else stop
        )
        if found is None:
            return None
        return (found.form.kind or "").partition(":")[2] or found.form.name


_TIMES = "lần"  # "1,8 lần" compares, "2 lần" counts


def _kind(number: Number, unit: UnitFound | None, lead: Lead) -> str:
    if number.percent:
        return "percent"
    if lead.rank:
        return "rank"
    if lead.times or (unit and unit.name == _TIMES and number.value % 1):
        return "ratio"
    if unit and unit.kind not in ("count", "percent"):
        return "ratio" if number.denominator is not None and unit.kind != "score" else unit.kind
    if number.denominator is not None:
        return "ratio"
    return unit.kind if unit else "count"


def _date_number(date: DateMatch) -> OtherNumber:
    kind = "year" if date.form == "year" else _DATE_KINDS.get(date.kind, "period")
    return OtherNumber(date.start, date.end, kind)


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > start:
            merged.append((start, end))
    return merged


def _inside(ranges: Sequence[tuple[int, int]], position: int) -> int | None:
    """The end of the range that holds a position."""
    index = bisect_right(ranges, (position, 1 << 60)) - 1
    return ranges[index][1] if index >= 0 and position < ranges[index][1] else None


def _touched(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    index = bisect_right(ranges, (start, 1 << 60)) - 1
    return (index >= 0 and start < ranges[index][1]) or (
        index + 1 < len(ranges) and ranges[index + 1][0] < end
    )
