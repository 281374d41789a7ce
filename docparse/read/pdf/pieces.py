"""A line of text cut at its gaps: a line in, its pieces out.

>>> word = lambda text, x: Word(text, x, 0, x + 20, 12, 10, 12)
>>> [[w.text for w in piece] for piece in split_line(Line((word("a", 0), word("b", 60))))]
[['a'], ['b']]
"""

from __future__ import annotations

from itertools import pairwise

from docparse.read.pdf.values import Line, Word

_WIDE = 1.15  # of the size: a gap wider than any between the words of a sentence


def split_line(line: Line, *, wide: float = _WIDE) -> list[tuple[Word, ...]]:
    """The pieces of a line between gaps that no sentence has."""
    words = line.words
    limit = split_gap(line, wide=wide)
    cuts = [
        index for index in range(1, len(words)) if words[index].x0 - words[index - 1].x1 > limit
    ]
    if not cuts:
        return [words]
    return [words[begin:end] for begin, end in pairwise([0, *cuts, len(words)])]


def split_gap(line: Line, *, wide: float = _WIDE) -> float:
    """The width from which on a gap is wider than any between words."""
    return wide * line.size
