"""Syllables in pieces: a text in, edits out that take the blanks out of "đi ề u" and "t ỉ nh".

Web pages that were once word files tear a marked vowel from its consonants. The pieces are
joined only where they are no words by themselves and make one syllable together.

>>> text = "các t ỉ nh, nhà ở"
>>> join_torn(text, text.split())
[(4, 10, 'tỉnh', 'torn-syllable')]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from unicodedata import normalize

from docparse.patterns.syllables import TONES, is_syllable
from docparse.repair.draft import Edit

_LETTERS = map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)))
_MARKED = frozenset(one for one in _LETTERS if normalize("NFD", one)[0] in "AEIOUYaeiouy")
_WORDS = frozenset("ởýếủàạôêơ")  # vowels that are words by themselves
_VOWELS = frozenset("aeiouy")
_HEAD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3} $")
_TAIL = re.compile(r" (?:ng|nh|ch|n|t|c|m|p|u|i|o|y|NG|NH|CH|N|T|C|M|P)(?![^\W\d_])")
_SHORT = 3  # a vowel and what closes a bracket behind it
_LONGEST = 4  # a head and its blank


def join_torn(text: str, words: Collection[str]) -> list[Edit]:
    """The edits of an NFC text, from left to right; ``words`` is what stands between its blanks.

    Most texts have one or two of sixty such vowels alone: looking for these only is quick.
    """
    alone = _MARKED.intersection(word.rstrip(".,;:)") for word in words if len(word) <= _SHORT)
    return list(_edits(text, "".join(sorted(alone)))) if alone else []


def _edits(text: str, vowels: str) -> Iterator[Edit]:
    floor = 0
    for vowel in _alone(vowels).finditer(text):
        head = _HEAD.search(text, max(floor, vowel.start() - _LONGEST - 1), vowel.start())
        if head is None:
            continue
        tail = _TAIL.match(text, vowel.end())
        end = tail.end() if tail else vowel.end()
        joined = text[head.start() : end].replace(" ", "")
        if _is_one(head.group()[:-1], vowel.group(), joined, ended=tail is not None):
            yield head.start(), end, joined, "torn-syllable"
            floor = end


@lru_cache(maxsize=256)
def _alone(vowels: str) -> re.Pattern[str]:
    """One of the vowels behind a word; the letter first, as looking back everywhere is slow."""
    return re.compile(rf"[{vowels}](?<=[^\W\d_] .)(?![^\W\d_])")


def _is_one(head: str, vowel: str, joined: str, *, ended: bool) -> bool:
    """Whether the pieces are no words, and their sum is one."""
    if not is_syllable(joined) or TONES.intersection(normalize("NFD", head)):
        return False
    if ended:
        return True
    alone = _VOWELS.intersection(normalize("NFD", head.lower())) or vowel.lower() in _WORDS
    return not alone and vowel.isupper() == head.isupper()
