"""What structure knows of documents: the forms and words of ``patterns/``, ready for use.

In go the loaded patterns, out comes a :class:`Grammar`, made once per set of patterns.

>>> from docparse.patterns import load
>>> grammar(load()).type_of("TỜ TRÌNH VỀ VIỆC")
('Tờ trình', 8)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docparse.patterns import FormSet, Patterns

# The entry of types.toml that a document with an addressee and no type line is.
_LETTER = "cong-van"
_NOT_WRITTEN = ("standard", "form", "copy")  # kinds that never stand above a title


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The compiled forms of one set of patterns."""

    letterhead: FormSet
    headings: FormSet
    signature: FormSet
    table_head: re.Pattern[str]
    types: dict[str, str]
    longest_type: int
    letter: str | None

    def type_of(self, words: str) -> tuple[str, int] | None:
        """The document type that the words begin with, and where it ends."""
        found = list(re.finditer(r"[^\s:]+", words[:60]))[: self.longest_type]
        for match in reversed(found):
            if name := self.types.get(_fold(words[: match.end()])):
                return name, match.end()
        return None


@lru_cache(maxsize=8)
def grammar(patterns: Patterns) -> Grammar:
    """The grammar of one set of patterns."""
    types = {
        _fold(written): kind.name
        for kind in patterns.types
        if kind.kind not in _NOT_WRITTEN and not kind.generic
        for written in (kind.name, *kind.written)
    }
    return Grammar(
        letterhead=patterns.forms("letterhead"),
        headings=patterns.forms("headings"),
        signature=patterns.forms("signature"),
        table_head=patterns.forms("layout").pattern("table-head"),
        types=types,
        longest_type=max((len(name.split()) for name in types), default=0),
        letter=next((kind.name for kind in patterns.types if kind.id == _LETTER), None),
    )


def _fold(words: str) -> str:
    """Words as they are compared: in capitals, one space between."""
    return " ".join(words.upper().split())
