"""Sentences, clauses and lines of a text: where a phrase may begin and must end.

>>> places = Places("Sở có 3 phòng. Đã họp 5 lần; còn 2 lần.")
>>> places.sentence(20), places.clause(30)
((15, 39), (29, 39))
"""

from __future__ import annotations

import re
from bisect import bisect_right

# Capital letters as they stand in Vietnamese, for a class of an expression.
UPPER = "A-Z" + "".join(
    letter for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if letter.isupper()
)
# A point ends a sentence where a capital, a quote or a bullet follows; "Tp. Hồ Chí Minh" is no end.
_END = re.compile(
    # Only the first point of a row: each of a hundred thousand would look to the end of the row.
    r"\n+|(?<![.!?…])(?<!\bTp)(?<!\bTP)(?<!\bPGS)(?<!\bTS)(?<!\b[A-ZĐ])[.!?…]+[”\")*]*[ ]+"
    rf"(?=[“\"(*+-]*[{UPPER}])"
)
# Nobody writes longer ones; a text without any break must not be read again for each number.
_LONGEST = 3000
_LONGEST_CLAUSE = 800
_LONGEST_LINE = 12000
_CLAUSE = re.compile(r"[;:()]|\n| [–-] ")


class Places:
    """Answers for one text; found once, asked often."""

    __slots__ = ("_ends", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        self._ends = []
        for match in _END.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence that holds a position."""
        index = max(0, bisect_right(self._starts, position) - 1)
        start = max(self._starts[index], position - _LONGEST)
        return start, max(min(self._ends[index], position + _LONGEST), position)

    def clause(self, position: int) -> tuple[int, int]:
        """The stretch between ";", ":" or brackets that holds a position."""
        start, end = self.sentence(position)
        start = max(start, position - _LONGEST_CLAUSE)
        for mark in _CLAUSE.finditer(self._text, start, position):
            start = mark.end()
        after = _CLAUSE.search(self._text, position, end)
        while after and after[0] == "(":
            close = self._text.find(")", after.end(), end)
            if close < 0:
                break
            after = _CLAUSE.search(self._text, close + 1, end)
        return self._skip(start, position), after.start() if after else end

    def line(self, position: int) -> tuple[int, int]:
        """The line, which is a paragraph in a repaired text."""
        low = max(0, position - _LONGEST_LINE)
        high = min(len(self._text), position + _LONGEST_LINE)
        start, end = self._text.rfind("\n", low, position), self._text.find("\n", position, high)
        return start + 1 if start >= 0 else low, end if end >= 0 else high

    def _skip(self, start: int, limit: int) -> int:
        while start < limit and self._text[start] in ' *_-+–—\t|“"':
            start += 1
        return start
