"""Doubtful lines of a scanned page looked at again: lines of words in, the same read more surely.

A line with figures, with a word that tesseract doubts or with one that is none is cut out and read
twice more, its letters made larger and smaller. What two of the three readings agree on stands;
where a word with figures, or a doubtful one, reads differently each time, it is marked doubtful.

>>> align(["ngày", "42/02/2018", "của"], ["ngày", "22/02/2018", "của"])
['ngày', '22/02/2018', 'của']
>>> vote(["168/UBND-KIIH", "168/UBND-KTTH", "168/ÙBND-KTTH"])
('168/UBND-KTTH', False)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from docparse.read.pdf.gate import judge
from docparse.read.pdf.picture import scaled
from docparse.read.pdf.seen import Sheet, has_figures
from docparse.read.pdf.tesseract import ONE_LINE, Seen, look
from docparse.read.pdf.values import Line, Word

_HEIGHTS = (40.0, 30.0)  # pixels of the words of a line in the second and third look
_MARGIN = 2.5  # points around a line
_FRAME = 10  # white pixels

Block = tuple[int, int, tuple[str, ...]]  # words from, to, and what is read in their place


def look_again(lines: Sequence[Line], sheet: Sheet) -> list[Line]:
    """The lines, those that need it read three times."""
    chosen = [at for at, line in enumerate(lines) if any(map(_tells, line.words))]
    readings: list[list[list[str]]] = [[] for _ in chosen]
    for height in _HEIGHTS:
        pictures = [_cut_out(lines[at], sheet, height) for at in chosen]
        seen = look(pictures, mode=ONE_LINE, dpi=sheet.dpi, seconds=sheet.seconds)
        for number, tokens in enumerate(_tokens(seen, len(chosen))):
            readings[number].append(tokens)
    made = list(lines)
    for number, at in enumerate(chosen):
        made[at] = _voted(_reparted(lines[at], readings[number]), readings[number])
    return made


def align(words: Sequence[str], tokens: Sequence[str]) -> list[str]:
    """For each word what another reading has in its place; nothing where that is not sure."""
    found = [""] * len(words)
    for begin, end, read in _blocks(words, tokens):
        if end - begin == len(read):
            found[begin:end] = read
    return found


def vote(readings: Sequence[str]) -> tuple[str, bool]:
    """What most readings say, the first before the others, and whether two of them agree.

    Where each has another letter wrong, most of them are right about every letter.
    """
    said = Counter(reading for reading in readings if reading)
    text, times = said.most_common(1)[0]
    if times > 1 or len(said) < 3 or len({len(reading) for reading in said}) > 1:
        return text, times > 1
    letters = [Counter(column).most_common(1)[0] for column in zip(*said, strict=True)]
    return "".join(letter for letter, _ in letters), False


def _blocks(words: Sequence[str], tokens: Sequence[str]) -> list[Block]:
    matcher = SequenceMatcher(None, words, tokens, autojunk=False)
    return [(a, b, tuple(tokens[c:d])) for _, a, b, c, d in matcher.get_opcodes()]


def _tells(word: Word) -> bool:
    """Whether a word is worth another look: figures, what is doubtful, and what is no syllable."""
    return has_figures(word.text) or word.doubtful or judge(word.text).invalid > 0


def _reparted(line: Line, readings: Sequence[Sequence[str]]) -> Line:
    """The line with its words parted as both other readings part them."""
    texts = [word.text for word in line.words]
    first, second = (_blocks(texts, tokens) for tokens in readings)
    words: list[Word] = []
    for block in first:
        begin, end, read = block
        held = line.words[begin:end]
        if begin < end and read and end - begin != len(read) and block in second:
            words += _parted(held, read)
        else:
            words += held
    return Line(tuple(words))


def _parted(words: Sequence[Word], texts: Sequence[str]) -> list[Word]:
    """The place of some words shared out to others by their length."""
    x0, x1 = words[0].x0, words[-1].x1
    share = (x1 - x0) / sum(map(len, texts))
    edges = [x0 + share * at for at in accumulate(map(len, texts), initial=0)]
    return [
        words[0]._replace(text=text, x0=begin, x1=end, doubtful=True)
        for text, (begin, end) in zip(texts, pairwise(edges), strict=True)
    ]


def _voted(line: Line, readings: Sequence[Sequence[str]]) -> Line:
    texts = [word.text for word in line.words]
    others = [align(texts, tokens) for tokens in readings]
    words = []
    for at, word in enumerate(line.words):
        if _tells(word):
            text, agreed = vote([word.text, *(other[at] for other in others)])
            word = word._replace(text=text, doubtful=not agreed)
        words.append(word)
    return Line(tuple(words))


def _cut_out(line: Line, sheet: Sheet, height: float) -> Any:
    x0, top, x1, bottom = line.box
    sides = (x0 - _MARGIN, top - _MARGIN, x1 + _MARGIN, bottom + _MARGIN)
    left, upper, right, lower = (max(0, round(side * sheet.scale)) for side in sides)
    grey = sheet.grey[upper : lower + 1, left : right + 1]
    framed = np.pad(grey, _FRAME, constant_values=255)
    factor = min(2.0, max(0.3, height / max(1.0, (bottom - top) * sheet.scale)))
    return scaled(framed, factor)


def _tokens(seen: Sequence[Seen], count: int) -> list[list[str]]:
    tokens: list[list[str]] = [[] for _ in range(count)]
    for word in seen:
        tokens[word.picture - 1].append(word.text)
    return tokens
