"""Numbers of a scanned page looked at again: lines of words in, the same with surer numbers out.

A line with figures is cut out and read twice more, its letters made larger and smaller. Where two
of the three readings agree on a word with figures, that reading stands; where none do, the word
is marked doubtful.

>>> align(["ngày", "42/02/2018", "của"], ["ngày", "22/02/2018", "của"])
['ngày', '22/02/2018', 'của']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from docparse.read.pdf.picture import to_picture
from docparse.read.pdf.seen import Sheet
from docparse.read.pdf.tesseract import ONE_LINE, Seen, look
from docparse.read.pdf.values import Line, Word

_HEIGHTS = (30.0, 22.0)  # pixels of the words of a line in the second and third look
_MARGIN = 2.5  # points around a line
_FRAME = 10  # white pixels


def look_again(lines: Sequence[Line], sheet: Sheet) -> list[Line]:
    """The lines with their numbers read three times."""
    chosen = [at for at, line in enumerate(lines) if any(map(_tells, line.words))]
    readings: list[list[list[str]]] = [[] for _ in chosen]
    for height in _HEIGHTS:
        pictures = [_cut_out(lines[at], sheet, height) for at in chosen]
        seen = look(pictures, mode=ONE_LINE, dpi=sheet.dpi, seconds=sheet.seconds)
        for number, tokens in enumerate(_tokens(seen, len(chosen))):
            readings[number].append(tokens)
    made = list(lines)
    for number, at in enumerate(chosen):
        made[at] = _voted(lines[at], readings[number])
    return made


def align(words: Sequence[str], tokens: Sequence[str]) -> list[str]:
    """For each word what another reading has in its place; nothing where that is not sure."""
    found = [""] * len(words)
    matcher = SequenceMatcher(None, words, tokens, autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        if b - a == d - c:
            found[a:b] = tokens[c:d]
    return found


def _tells(word: Word) -> bool:
    """Whether a word holds figures: those are what a report is read for."""
    return any(char.isdigit() for char in word.text)


def _voted(line: Line, readings: Sequence[Sequence[str]]) -> Line:
    texts = [word.text for word in line.words]
    others = [align(texts, tokens) for tokens in readings]
    words = []
    for at, word in enumerate(line.words):
        if _tells(word):
            said = Counter([word.text, *(other[at] for other in others if other[at])])
            text, times = said.most_common(1)[0]
            word = word._replace(text=text, doubtful=times < 2)
        words.append(word)
    return Line(tuple(words))


def _cut_out(line: Line, sheet: Sheet, height: float) -> Any:
    from PIL import Image

    x0, top, x1, bottom = line.box
    sides = (x0 - _MARGIN, top - _MARGIN, x1 + _MARGIN, bottom + _MARGIN)
    left, upper, right, lower = (max(0, round(side * sheet.scale)) for side in sides)
    grey = sheet.grey[upper : lower + 1, left : right + 1]
    picture = to_picture(np.pad(grey, _FRAME, constant_values=255))
    factor = min(2.0, max(0.3, height / max(1.0, (bottom - top) * sheet.scale)))
    size = (max(8, round(picture.width * factor)), max(8, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _tokens(seen: Sequence[Seen], count: int) -> list[list[str]]:
    tokens: list[list[str]] = [[] for _ in range(count)]
    for word in seen:
        tokens[word.picture - 1].append(word.text)
    return tokens
