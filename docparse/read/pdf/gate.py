"""Is what was read from a page Vietnamese text, or the debris of a font?

In goes text, out comes a :class:`Judgement`: how many words with marks are syllables, and how
many are not. Numbers, codes and words without marks prove nothing either way.

>>> judge("Cộng hoà xã hội chủ nghĩa Việt Nam").sure
1.0
>>> judge("Céng hoµ x· héi chñ nghÜa ViÖt Nam").good
False
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

from docparse.patterns.syllables import is_syllable
from docparse.read.pdf.values import Line

_GOOD = 0.9
_CLEAN = 0.98
_FEWEST = 3  # broken words that make a page doubtful, however short it is
_EDGES = "“”‘’–—…•·«»°±×²³©®™()[]{}<>.,;:!?\"'/+*=%|_-−~"
_DEBRIS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_SYMBOL = re.compile("[\uf020-\uf0ff]")  # bullets and signs of the Symbol fonts
_STROKE = str.maketrans("đĐ", "dD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Words that are syllables, words that cannot be, and all words of the text."""

    valid: int
    invalid: int
    words: int

    @property
    def sure(self) -> float:
        """The share of good words among those that show it; 1.0 where none does."""
        return self.valid / (self.valid + self.invalid) if self.valid + self.invalid else 1.0

    @property
    def good(self) -> bool:
        return self.sure >= _GOOD or self.invalid < _FEWEST

    @property
    def clean(self) -> bool:
        """Whether not even a line of it can be in old letters."""
        return self.sure >= _CLEAN or not self.invalid


def judge(text: str) -> Judgement:
    """Judge a text word by word."""
    tokens = text.split()
    valid = invalid = 0
    for token in tokens:
        if token.isascii():
            continue
        if _SYMBOL.fullmatch(token):
            continue
        for part in re.split("[-–/.,;:()]", token.strip(_EDGES)):
            kind = _kind(part)
            valid += kind > 0
            invalid += kind < 0
    return Judgement(valid=valid, invalid=invalid, words=len(tokens))


def judge_lines(lines: Iterable[Line]) -> Judgement:
    """Judge the words of lines."""
    return judge("\n".join(line.text for line in lines))


def _kind(part: str) -> int:
    """1 for a syllable, -1 for what cannot be a word, 0 for what proves nothing."""
    word = part.strip(_EDGES)
    if word.translate(_STROKE).isascii():
        return 0
    if _DEBRIS.search(word):
        return -1
    word = normalize("NFC", word)
    return 1 if is_syllable(word) else -1
