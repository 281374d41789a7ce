"""Numbers that are no figures: dates, labels, codes, levels, names with a number in them.

A text and a place of a digit go in; out comes what claims the place and up to where. What the
words are stands in ``patterns/figures.toml``; here only what the layout says: the label at the
head of a line, the number alone in a cell, the bracket around an item's number.

>>> from docparse.patterns import load
>>> finder = OtherFinder("dịch vụ công mức độ 3, 4", load(), [])
>>> finder.claim(20, 0)
OtherNumber(start=13, end=24, kind='level')
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from docparse.extract.dates import DateMatch
from docparse.extract.lead import read_lead
from docparse.extract.places import UPPER
from docparse.extract.scan import Match, union, word_starts
from docparse.extract.spelled import is_number_word
from docparse.extract.units import unit_reader
from docparse.patterns import Patterns


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A stretch of text whose digits are no figure, and the class they belong to."""

    start: int
    end: int
    kind: str


_HEAD = re.compile(r"[ \t*_#>|+–—“\"‘-]*\(?")
_LINE_LABEL = re.compile(
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,2}){1,4}[.)/]*|[0-9]{1,3}\**[.)/:]{1,2}|[0-9]{1,2}-)"
    r"(?=[ \t*_]|$|[^\W\d_])",
    re.MULTILINE,
)
# A list number without its point, as flattened tables have it: "4 Tối thiểu 50%", "2.3 100%".
_BARE_LABEL = re.compile(
    r"[1-9][0-9]?(?:\.[0-9]{1,2}){0,3}"
    rf"(?=[ \t]+(?:[-+*“\"]?[ ]?[{UPPER}]|[0-9]+(?:,[0-9]+)?[ ]?%))"
)
# The same where the cells of a table ran together: the number ends the line, a title follows.
_LABEL_BELOW = re.compile(rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}(?=\s*\n\s*[{UPPER}])")
_ITEM = re.compile(r"\(([0-9]{1,2})\)")
_INLINE = re.compile(r"[0-9]{1,2}\)(?=[ \t]*[^\W\d])")
_CELL_WALL = re.compile(r"[\n\t|]")
_CELL = re.compile(r"[\s*_]*[-+−]?[0-9][0-9.,%/ \u00a0()−+-]*[\s*_]*")
_LAST_OF_LIST = re.compile(r"(?:\s*[,;]\s*|\s+[^\W\d]+\s+)[0-9]+\Z")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9]|[.,/%][0-9]|\s?%)")
_CELL_REACH = 48  # characters: no cell of numbers is longer


class OtherFinder:
    """Says of each digit outside the dates whether it can be a figure at all."""

    __slots__ = ("_dates", "_firm", "_patterns", "_starts", "_text", "_units")

    def __init__(self, text: str, patterns: Patterns, dates: Sequence[DateMatch]) -> None:
        self._text = text
        self._patterns = patterns
        self._firm = union(patterns, "figures", "not", "soft")
        self._units = unit_reader(patterns)
        self._dates = dates
        self._starts = [date.start for date in dates]

    def claim(self, position: int, floor: int) -> OtherNumber | None:
        """What claims the digit at ``position``; nothing before ``floor`` is looked at."""
        return (
            self._layout(position)
            or self._form(position, floor)
            or self._item(position)
            or self._year(position)
            or self._label_below(position)
        )

    def date_after(self, position: int) -> int:
        """Where the next date begins: a unit may not reach into it."""
        index = bisect_right(self._starts, position - 1)
        return self._starts[index] if index < len(self._starts) else len(self._text)

    def _layout(self, position: int) -> OtherNumber | None:
        text = self._text
        low = max(0, position - _CELL_REACH)
        line = text.rfind("\n", low, position) + 1 or low
        head = _HEAD.match(text, line)
        if head and head.end() == position and (line > low or not low):
            label = _LINE_LABEL.match(text, position) or _BARE_LABEL.match(text, position)
            if label and not self._counts(label.end(), label[0]):
                return OtherNumber(position, label.end(), "label")
        return self._cell(position, line)

    def _counts(self, end: int, label: str) -> bool:
        """A bare number before a unit counts ("3 Trung tâm"), unless a point closes it."""
        if not label[-1].isdigit() or "." in label:
            return False
        unit = self._units.read(self._text, end, self.date_after(end))
        return unit is not None and unit.listed and unit.kind != "count"

    def _cell(self, position: int, line: int) -> OtherNumber | None:
        """A line or cell with nothing but numbers is a table's, not running text."""
        text = self._text
        low = max(line, position - _CELL_REACH)
        walls = [wall.end() for wall in _CELL_WALL.finditer(text, low, position)]
        start = walls[-1] if walls else line
        wall = _CELL_WALL.search(text, position, start + _CELL_REACH)
        end = wall.start() if wall else len(text)
        if start == line and self._runs_on(position):
            return None
        if start < low or end > start + _CELL_REACH or not _CELL.fullmatch(text, start, end):
            return None
        return OtherNumber(position, end, "cell")

    def _runs_on(self, position: int) -> bool:
        """A number alone on its line still belongs to a line that ends in "đạt tối thiểu"."""
        lead = read_lead(self._text, max(0, position - 40), position, self._patterns)
        return lead.qualifier is not None

    def _label_below(self, position: int) -> OtherNumber | None:
        label = _LABEL_BELOW.match(self._text, position)
        if label is None or read_lead(self._text, 0, position, self._patterns):
            return None
        return OtherNumber(position, label.end(), "label")

    def _form(self, position: int, floor: int) -> OtherNumber | None:
        for start in (*word_starts(self._text, floor, position, 6), position):
            match = self._firm.match(self._text, start)
            if match and match.end > position and self._holds(match):
                kind = (match.form.kind or "").partition(":")[2]
                return OtherNumber(start, self._list_end(match, kind, position), kind)
        return None

    def _list_end(self, match: Match, kind: str, position: int) -> int:
        """A list gives its last number back if that counts: "cấp độ 3 và 93 thủ tục"."""
        last = _LAST_OF_LIST.search(self._text, position, match.end)
        if last is None or kind != "level":
            return match.end
        unit = self._units.read(self._text, match.end, self.date_after(match.end))
        return last.start() if unit and unit.listed else match.end

    def _holds(self, match: Match) -> bool:
        """A soft form gives way to a unit right behind its number: "loại 2 kg"."""
        if not (match.form.kind or "").startswith("soft"):
            return True
        unit = self._units.read(self._text, match.end, self.date_after(match.end))
        return unit is None or not unit.listed

    def _item(self, position: int) -> OtherNumber | None:
        """The number of an item of a list in the sentence: "(1)", "2)"."""
        text = self._text
        item = _ITEM.match(text, position - 1) if position else None
        if item and not _after_number_word(text, position - 1, self._patterns):
            return OtherNumber(position - 1, item.end(), "label")
        inline = _INLINE.match(text, position)
        opened = text.rfind("(", max(0, position - 80), position)
        closed = text.rfind(")", max(0, position - 80), position)
        if inline and opened <= closed:
            return OtherNumber(position, inline.end(), "label")
        return None

    def _year(self, position: int) -> OtherNumber | None:
        year = _YEAR.match(self._text, position)
        if year is None:
            return None
        unit = self._units.read(self._text, year.end(), self.date_after(year.end()))
        if unit is not None and unit.listed and unit.start > year.end():
            return None
        return OtherNumber(position, year.end(), "year")


_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s*\Z")


def _after_number_word(text: str, position: int, patterns: Patterns) -> bool:
    """As in "mười lăm (15) ngày": the digits repeat the words before them."""
    word = _WORD_BEFORE.search(text, max(0, position - 12), position)
    return word is not None and is_number_word(word[1], patterns)
