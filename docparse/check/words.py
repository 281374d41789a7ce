"""Words and dates as the rules compare and show them.

>>> fold("Hoà Bình, “CCHC”"), same_day_shown("2021-02-05")
('hoa binh cchc', '05/02/2021')
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from docparse.models import Date

_WORD = re.compile(r"[a-z0-9]+")
_CAPITALS = "A-Z" + "".join(
    letter for letter in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if letter.isupper()
)
_SENTENCE_END = re.compile(rf"\n+|(?<!\b[A-ZĐ])[.!?…]+[”\")*]*[ ]+(?=[“\"(*+-]*[{_CAPITALS}])")
_CLAUSE_END = re.compile(r"[;:]|\n|\. ")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Without marks, capitals and punctuation, for comparison only."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(letters))


def shown(date: Date) -> str:
    """A date as Vietnamese papers write it: 05/02/2021, 02/2021, 2021."""
    return same_day_shown(date.iso or "")


def same_day_shown(iso: str) -> str:
    """An ISO date, whole or partial, the Vietnamese way round."""
    return "/".join(reversed(iso.split("-")))


def folded_space(text: str) -> str:
    """Every run of white space as one blank."""
    return " ".join(text.split())


class Stretches:
    """Sentences and clauses of one text, found once."""

    __slots__ = ("_ends", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        self._ends: list[int] = []
        for match in _SENTENCE_END.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))

    def sentence(self, position: int) -> tuple[int, int]:
        """The sentence that holds a position."""
        index = max(0, bisect_right(self._starts, position) - 1)
        return self._starts[index], max(self._ends[index], position)

    def clause(self, position: int) -> tuple[int, int]:
        """The stretch between ";", ":" or full stops that holds a position."""
        start, end = self.sentence(position)
        for mark in _CLAUSE_END.finditer(self._text, start, position):
            start = mark.end()
        after = _CLAUSE_END.search(self._text, position, end)
        return start, after.start() if after else end

    def line(self, position: int) -> tuple[int, int]:
        """The line, which is a paragraph in a repaired text."""
        end = self._text.find("\n", position)
        return self._text.rfind("\n", 0, position) + 1, end if end >= 0 else len(self._text)
