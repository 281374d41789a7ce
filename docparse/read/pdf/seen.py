"""From what tesseract saw to lines of words: pixels of a picture in, points of a page out.

>>> is_doubtful("1.234", 0.62), is_doubtful("công", 0.62)
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple
from unicodedata import normalize

from docparse.patterns.syllables import is_syllable
from docparse.read.pdf.picture import Grey
from docparse.read.pdf.tesseract import Seen
from docparse.read.pdf.values import Line, Word

_NUMBER_SURE = 0.8
_WORD_SURE = 0.45
_PAGE_SURE = 0.9  # on a page, where a doubtful word is looked at again
_LETTER = 1.25  # a line is so much taller than its words usually are
_DESCENDING = re.compile("[gjpqyQ,;()\u0323]")
_DESCENT = 0.22  # of a word's height
_LONGEST, _SYLLABLE = 24, 7  # letters of glued words, and of one syllable
_NEAR = 3  # lines above and below, by whose size the size of a line is measured
_SAME_SIZE = 0.3  # of the usual size
_SAME_BASE = 0.3  # of the size


class Sheet(NamedTuple):
    """The picture of a page; ``scale`` is its pixels a point."""

    grey: Grey
    scale: float
    dpi: int
    seconds: float


def is_doubtful(text: str, sure: float) -> bool:
    """Whether a word is not to be relied on; a number sooner than a word, which has neighbours."""
    return sure < (_NUMBER_SURE if has_figures(text) else _WORD_SURE)


def has_figures(text: str) -> bool:
    """Whether a word holds figures: those are what a report is read for."""
    return any(char.isdigit() for char in text)


def page_lines(seen: Sequence[Seen], scale: float) -> list[Line]:
    """The lines of a page from top to bottom, every word doubtful that is to be looked at again.

    Tesseract parts a page into columns; what stands on one baseline is one line here, as in any
    other PDF.
    """
    lines = lines_of(seen, (0.0, 0.0), scale, doubt=lambda _, sure: sure < _PAGE_SURE)
    joined = _on_one_base(sorted(lines, key=lambda line: line.base))
    sizes = [median(word.size for word in line.words) for line in joined]
    around = [sizes[max(0, at - _NEAR) : at + _NEAR + 1] for at in range(len(sizes))]
    return [_resized(line, median(near)) for line, near in zip(joined, around, strict=True)]


def _resized(line: Line, usual: float) -> Line:
    """The line with the size that is usual around it, unless it is quite another."""
    if abs(line.size - usual) > _SAME_SIZE * usual:
        return line
    return Line(tuple(word._replace(size=usual) for word in line.words))


def _on_one_base(lines: Sequence[Line]) -> list[Line]:
    """Lines side by side joined where they stand on one baseline."""
    joined: list[Line] = []
    for line in lines:
        for at in range(len(joined) - 1, -1, -1):
            beside = joined[at]
            size = min(beside.size, line.size)
            if line.base - beside.base > size:
                joined.append(line)
                break
            if line.base - beside.base <= _SAME_BASE * size and not _overlap(beside, line):
                words = sorted((*beside.words, *line.words), key=lambda word: word.x0)
                joined[at] = Line(tuple(word._replace(base=beside.base) for word in words))
                break
        else:
            joined.append(line)
    return joined


def _overlap(line: Line, other: Line) -> bool:
    return any(a.x0 < b.x1 and b.x0 < a.x1 for a in line.words for b in other.words)


def lines_of(
    seen: Sequence[Seen],
    corner: tuple[float, float],
    scale: float,
    *,
    doubt: Callable[[str, float], bool] = is_doubtful,
) -> list[Line]:
    """Words grouped as tesseract grouped them, placed in points."""
    lines: dict[tuple[int, ...], list[Seen]] = {}
    for word in seen:
        lines.setdefault((word.picture, *word.line), []).append(word)
    made = []
    for group in lines.values():
        height = median(word.height for word in group)
        size = max(6.0, height * _LETTER / scale)
        base = median(word.top + word.height - _below(word) for word in group) / scale + corner[1]
        words = (_word(word, corner, scale, base, size) for word in group)
        doubtful = (doubt(word.text, word.sure) for word in group)
        made.append(
            Line(tuple(w._replace(doubtful=d) for w, d in zip(words, doubtful, strict=True)))
        )
    return made


def _below(word: Seen) -> float:
    """How far the letters of a word reach below the line that they stand on."""
    return _DESCENT * word.height if _DESCENDING.search(normalize("NFD", word.text)) else 0.0


def _word(seen: Seen, corner: tuple[float, float], scale: float, base: float, size: float) -> Word:
    x0, top = corner[0] + seen.left / scale, corner[1] + seen.top / scale
    x1, bottom = x0 + seen.width / scale, top + seen.height / scale
    return Word(seen.text, x0, top, x1, bottom, base, size)


def parted(line: Line) -> Line:
    """The line with words parted that stand so close that they were taken for one.

    >>> line = Line((Word("Ytế", 0, 0, 30, 9, 9, 9), Word("huyện", 35, 0, 60, 9, 9, 9)))
    >>> [(word.text, word.doubtful) for word in parted(line).words]
    [('Y', True), ('tế', True), ('huyện', False)]
    """
    words: list[Word] = []
    for word in line.words:
        pieces = _syllables(word.text)
        letter = (word.x1 - word.x0) / len(word.text)
        at = 0
        for piece in pieces:
            x0, x1 = word.x0 + letter * at, word.x0 + letter * (at + len(piece))
            doubtful = word.doubtful or len(pieces) > 1
            words.append(word._replace(text=piece, x0=x0, x1=x1, doubtful=doubtful))
            at += len(piece)
    return Line(tuple(words))


def _syllables(word: str) -> tuple[str, ...]:
    """The syllables of what is none, where it can be parted in one way only."""
    core = word.rstrip(",.;:)")
    if core.isascii() or not core.isalpha() or len(core) > _LONGEST or is_syllable(core):
        return (word,)
    ways = _ways(core)
    if len(ways) != 1:
        return (word,)
    *pieces, last = ways[0]
    return (*pieces, last + word[len(core) :])


def _ways(letters: str) -> list[tuple[str, ...]]:
    """The ways to part letters into syllables; two are as good as many."""
    if not letters:
        return [()]
    found: list[tuple[str, ...]] = []
    for end in range(1, min(len(letters), _SYLLABLE) + 1):
        if is_syllable(letters[:end]):
            found += [(letters[:end], *rest) for rest in _ways(letters[end:])]
        if len(found) > 1:
            break
    return found
