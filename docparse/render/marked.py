"""A line of a source as a terminal shows it, and marks under some of its words.

The line and ranges of it go in; the line, cut to what fits, and the marks come out. Letters may
be wide, and marks above a letter take no room of their own; what would move the cursor or turn
the direction of writing is not passed on.

>>> for line in marked("Hồ sơ: 38/45, đạt 86,4%", [(7, 12)]): print(line)
Hồ sơ: 38/45, đạt 86,4%
       ^^^^^
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

WIDTH = 96  # columns of a quoted line
BEFORE = 36  # columns kept before the first mark
_WIDE = ("W", "F")
_MORE = "…"


def plain(words: str) -> str:
    """Words on one line, without what is not for reading."""
    return " ".join("".join(map(_shown, words)).split())


def columns(words: str) -> int:
    """How wide words stand on a terminal."""
    return sum(map(_width, words))


def marked(line: str, ranges: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """The line around its first range, and "^" under each; ranges are in order."""
    letters = [_shown(letter) for letter in line]
    low, high = _cut(letters, ranges)
    head = f"{_MORE} " if low else ""
    tail = f" {_MORE}" if high < len(letters) else ""
    marks = ""
    for start, end in ranges:
        first, last = (min(max(place, low), high) for place in (start, end))
        before = columns(head) + columns("".join(letters[low:first]))
        under = columns("".join(letters[first:last]))
        marks = marks.ljust(before) + "^" * max(1, under)
    return f"{head}{''.join(letters[low:high])}{tail}", marks


def _cut(letters: Sequence[str], ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """What of a line is shown: from a word before the first mark to the end of a word."""
    if columns("".join(letters)) <= WIDTH:
        return 0, len(letters)
    low = first = ranges[0][0]
    room = BEFORE
    while low > 0 and room >= _width(letters[low - 1]):
        low -= 1
        room -= _width(letters[low])
    if low:
        low = next((at + 1 for at in range(low, first) if letters[at] == " "), first)
    high, room = low, WIDTH
    while high < len(letters) and room >= _width(letters[high]):
        room -= _width(letters[high])
        high += 1
    if high < len(letters):
        marked_to = max((end for _, end in ranges if end <= high), default=first + 1)
        ends = (at for at in range(high, marked_to - 1, -1) if letters[at] == " ")
        high = next(ends, high)
    return low, high


def _shown(letter: str) -> str:
    """A letter as it is printed: control characters as blanks, invisible ones not at all."""
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind == "Cf" else letter


def _width(letter: str) -> int:
    if not letter or unicodedata.category(letter) in ("Mn", "Me"):
        return 0
    return len(letter) if unicodedata.east_asian_width(letter) not in _WIDE else 2
