"""Several forms tried as one: forms of a pattern file in, the one that matches here out.

Searching a long text for each of a hundred forms is slow; almost all of them stand beside a
digit. So the text is walked once, and only there the forms are tried, from the words before.

>>> from docparse.patterns import load
>>> union = Union(load().forms("dates"), [f for f in load().forms("dates").forms])
>>> union.match("đến ngày 15/12/2020", 4).form.name
'day'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from docparse.patterns import Form, FormSet, Patterns
from docparse.patterns.forms import expand

_WORD_START = re.compile(r"(?<![^\W_])[^\W_]|[≥≤]")  # a sign is said as a word is
_REACH = 48  # characters before a number where its form may begin


@dataclass(frozen=True, slots=True)
class Match:
    """A form that matched; ``groups`` are its named parts that took part."""

    form: Form
    start: int
    end: int
    groups: dict[str, str]


class Union:
    """The alternation of several forms, the first that fits wins."""

    __slots__ = ("_pattern", "forms")

    def __init__(self, forms: FormSet, wanted: Iterable[Form]) -> None:
        self.forms = tuple(wanted)
        branches = []
        for index, form in enumerate(self.forms):
            parts = {"form": forms.expanded(form.name)}
            renamed = expand(f"{{form:f{index}}}", parts.__getitem__)
            branches.append(f"(?P<f{index}>{renamed})")
        self._pattern = re.compile("|".join(branches) or r"(?!)")

    def match(self, text: str, position: int, end: int | None = None) -> Match | None:
        """The form that begins at ``position``."""
        found = self._pattern.match(text, position, len(text) if end is None else end)
        return None if found is None else self._made(found)

    def search(self, text: str, start: int, end: int) -> Match | None:
        """The first form in a stretch of text."""
        found = self._pattern.search(text, start, end)
        return None if found is None else self._made(found)

    def finditer(self, text: str, start: int, end: int) -> Iterator[Match]:
        """Every form in a stretch of text, from left to right."""
        return map(self._made, self._pattern.finditer(text, start, end))

    def before(self, text: str, floor: int, position: int, *, words: int = 6) -> Match | None:
        """The longest form that ends where ``position`` begins, blanks aside."""
        for start in word_starts(text, floor, position, words):
            found = self._pattern.match(text, start, position)
            if found and not text[found.end() : position].strip(" \n*_"):
                return self._made(found)
        return None

    def _made(self, found: re.Match[str]) -> Match:
        name = found.lastgroup or ""
        prefix = f"{name}_"
        groups = {
            key.removeprefix(prefix): value
            for key, value in found.groupdict().items()
            if value is not None and key.startswith(prefix)
        }
        return Match(self.forms[int(name[1:])], found.start(), found.end(), groups)


def word_starts(text: str, floor: int, position: int, words: int) -> list[int]:
    """Where the last ``words`` words before ``position`` begin, the farthest first."""
    low = max(floor, position - _REACH)
    starts = [match.start() for match in _WORD_START.finditer(text, low, position)]
    if low > floor and starts and starts[0] == low:
        starts = starts[1:]  # cut by the window, not a beginning
    return starts[-words:]


@lru_cache(maxsize=64)
def union(patterns: Patterns, file: str, *kinds: str) -> Union:
    """The forms of one file whose kind is one of ``kinds``, or begins with one and a colon."""
    forms = patterns.forms(file)
    heads = tuple(f"{kind}:" for kind in kinds)
    wanted = (
        form
        for form in forms.forms
        if not kinds or form.kind in kinds or (form.kind or "").startswith(heads)
    )
    return Union(forms, wanted)
