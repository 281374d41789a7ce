"""Laws cited by name: "Luật Phòng, chống tham nhũng năm 2018".

In goes the repaired text, out come ranges with the name. The longest known name
wins; a name that the list lacks is read up to the first word that cannot belong
to it. An amending law is one mention, the laws in its name are not.

>>> from docparse.patterns import load
>>> value = "thực hiện Luật Viên chức, Luật này"
>>> [value[start:end] for start, end, _ in LawNames.of(load()).find(value)]
['Luật Viên chức']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docparse.extract.citations.names import Names
from docparse.extract.citations.words import words
from docparse.patterns import Patterns

_WORD = re.compile(r"\s+(\*?[\wĐđ][\wĐđ&-]*)")
_MORE = re.compile(r",\s+(?=[a-zà-ỹđ]|[A-ZĐ]{2,})")
_GENERIC_WORDS = 12


class LawNames:
    """The known names, ready for look-up at a place of a text."""

    def __init__(self, patterns: Patterns) -> None:
        self._words = words(patterns)
        self._known = Names(law.name for law in patterns.laws)

    @staticmethod
    @lru_cache(maxsize=8)
    def of(patterns: Patterns) -> LawNames:
        """The names of one set of patterns."""
        return LawNames(patterns)

    def find(self, value: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and name (without year or date) of every law cited by name."""
        last = -1
        for head in self._words.law_head.finditer(value):
            if head.start() < last or value[head.start() - 1 : head.start()].isalnum():
                continue
            if head.group()[0].islower() and not value[head.end() + 1 : head.end() + 2].isupper():
                continue
            end = self._name_end(value, head.start(), head.end())
            if end is None:
                continue
            amended = self._words.law_amended.match(value, end)
            end = amended.end() if amended else end
            name = " ".join(value[head.start() : end].replace("*", " ").split())
            year = self._words.law_year.match(value, end)
            last = year.end() if year else end
            yield head.start(), last, name

    def _name_end(self, value: str, start: int, head_end: int) -> int | None:
        amending = self._words.law_amending.match(value, head_end)
        amended = self._amended_end(value, amending.end()) if amending else None
        if amended is not None:
            return amended
        known = self._known.end(value, start)
        if known is not None and value[start].upper() == "H":
            of = self._words.of_the_state.match(value, head_end)
            return of.end() if of else known
        if known is not None and known > head_end:
            return known
        if value[start].islower():
            return None
        return self._unknown_end(value, head_end)

    def _amended_end(self, value: str, start: int) -> int | None:
        """The end of the last law that an amending law names."""
        end: int | None = None
        position: int | None = start
        while position is not None:
            head = self._words.law_head.match(value, position)
            inner = self._name_end(value, position, head.end()) if head else None
            if inner is None:
                return end
            end = inner
            more = self._words.law_next.match(value, end)
            position = more.end() if more else None
        return end

    def _unknown_end(self, value: str, position: int) -> int | None:
        """A name not in the list: words up to one that cannot belong to a name."""
        stop = self._words.law_stop.fullmatch
        first = _WORD.match(value, position)
        word = first[1].lstrip("*") if first else ""
        if first is None or stop(word) or value[position - 4 : position].isupper():
            return None
        known_by_year = not word[:1].isupper()
        end = first.end()
        for _ in range(_GENERIC_WORDS):
            comma = _MORE.match(value, end)
            word = _WORD.match(value, comma.end() - 1 if comma else end)
            if word is None or stop(word[1]) or "\n" in word.group():
                break
            if word[1][0].isupper() and not value[position:end].isupper() and comma:
                break
            end = word.end()
        if known_by_year and not self._words.law_numbered.match(value, end):
            return None
        return end
