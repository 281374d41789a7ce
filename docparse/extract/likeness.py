"""Do two phrases name one thing? Two indicators go in, a number from 0 to 1 comes out.

Abbreviations are written out, other ways to say the same are folded, words that say nothing
are left out, marks and order do not count.

>>> same_indicator("TTHC được đơn giản hoá", "số thủ tục hành chính đơn giản hóa")
1.0
"""

from __future__ import annotations

import re
from unicodedata import normalize

from docparse.extract.scan import union
from docparse.patterns import Patterns, load

_WORD = re.compile(r"[^\W_]+")


def indicator_key(indicator: str, patterns: Patterns | None = None) -> str:
    """The words that matter, without marks and in alphabetical order.

    >>> indicator_key("Tỷ lệ hồ sơ giải quyết đúng và trước hạn")
    'dung giai han ho quyet so'
    """
    patterns = patterns or load()
    words = _expanded(" ".join(indicator.split()), patterns)
    synonyms = union(patterns, "indicators", "synonym")
    pieces, position = [], 0
    for match in synonyms.finditer(words, 0, len(words)):
        pieces += [words[position : match.start], match.form.name]
        position = match.end
    pieces.append(words[position:])
    noise = patterns.forms("indicators").pattern("noise")
    kept = {word for word in _WORD.findall("".join(pieces)) if not noise.fullmatch(word)}
    return " ".join(sorted({_fold(word) for word in kept}))


def same_indicator(one: str, other: str, patterns: Patterns | None = None) -> float:
    """How near two wordings are, from 0 to 1: the share of the words that both have."""
    first = set(indicator_key(one, patterns).split())
    second = set(indicator_key(other, patterns).split())
    if not first or not second:
        return 1.0 if one == other else 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _expanded(words: str, patterns: Patterns) -> str:
    known = patterns.expansions
    return " ".join(known.get(word.strip(",.;:"), word) for word in words.split(" "))


def _fold(word: str) -> str:
    """Without marks and capitals: old and new spelling of a tone are one."""
    plain = normalize("NFD", word.lower()).replace("đ", "d")
    return "".join(letter for letter in plain if letter.isalnum())
