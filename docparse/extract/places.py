"""Sentences, clauses and lines of a text: where a phrase may begin and must end.

>>> places = Places("Sở có 3 phòng. Đã họp 5 lần; còn 2 lần.")
>>> places.sentence(20), places.clause(30)
((15, 39), (29, 39))
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

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

    __slots__ = ("_ends", "_mark_ends", "_mark_starts", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        self._ends = []
        for match in _END.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))
        marks = [match.span() for match in _CLAUSE.finditer(text)]
        self._mark_starts = [start for start, _ in marks]
        self._mark_ends = [end for _, end in marks]

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence that holds a position."""
        index = max(0, bisect_right(self._starts, position) - 1)
        start = max(self._starts[index], position - _LONGEST)
        return start, max(min(self._ends[index], position + _LONGEST), position)

    def clause(self, position: int) -> tuple[int, int]:
        """The stretch between ";", ":" or brackets that holds a position."""
        start, end = self.sentence(position)
        start = max(start, position - _LONGEST_CLAUSE, self._mark_before(position))
        after = self._mark_behind(position, end)
        while self._text[after : after + 1] == "(" and after < end:
            close = self._text.find(")", after + 1, end)
            if close < 0:
                break
            after = self._mark_behind(close + 1, end)
        return self._skip(start, position), after

    def piece(self, position: int) -> tuple[int, int]:
        """Between the nearest marks that end a clause or a sentence, however far they are."""
        index = max(0, bisect_right(self._starts, position) - 1)
        start = max(self._starts[index], self._mark_before(position))
        return start, self._mark_behind(position, max(self._ends[index], position))

    def line(self, position: int) -> tuple[int, int]:
        """The line, which is a paragraph in a repaired text."""
        low = max(0, position - _LONGEST_LINE)
        high = min(len(self._text), position + _LONGEST_LINE)
        start, end = self._text.rfind("\n", low, position), self._text.find("\n", position, high)
        return start + 1 if start >= 0 else low, end if end >= 0 else high

    def _mark_before(self, position: int) -> int:
        index = bisect_right(self._mark_ends, position)
        return self._mark_ends[index - 1] if index else 0

    def _mark_behind(self, position: int, end: int) -> int:
        index = bisect_left(self._mark_starts, position)
        at = self._mark_starts[index] if index < len(self._mark_starts) else end
        return min(at, end)

    def _skip(self, start: int, limit: int) -> int:
        while start < limit and self._text[start] in ' *_-+–—\t|“"':
            start += 1
        return start
