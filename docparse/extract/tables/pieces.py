"""The lines of a flattened table, cut where two cells may share a line.

The source goes in, pieces come out: words, what they look like, and what stood before them
(the same line, a line break, blank lines, a new page). Whether a cut is one, the alignment
decides; here only places are found that may be one.

>>> from docparse.patterns import load
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> lines = read_lines("1 Công Thương 15.303 98,91 %", 0, 28)
>>> [piece.words for piece in cut(lines, vocabulary(load()))]
['1', 'Công Thương', '15.303', '98,91 %']
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from unicodedata import combining, normalize

from docparse.extract.tables.vocabulary import Vocabulary

_WORD = re.compile(r"\S+")
_NUMERAL = re.compile(r"[-+]?\d[\d.,]*(?:/\d[\d.,]*)?[%‰]?")
_UNIT_WORDS = 3  # words of a unit behind its number: "ngày làm việc"
_PAGE = "\f"


class Shape(Enum):
    """What a piece looks like."""

    NUMBER = "number"
    PERCENT = "percent"
    MARK = "mark"
    ITEM = "item"  # begins with a dash or bullet
    UPPER = "upper"
    SHORT = "short"  # begins with an abbreviation in capitals
    DIGIT = "digit"  # words that begin with a digit
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source that holds words: its range, and the blank lines before it."""

    start: int
    end: int
    words: str
    gap: int
    page: bool
    loose: bool  # blank lines that hold spaces before it: padding inside a cell
    outer: int  # where the line itself begins, its indent counted


@dataclass(slots=True)
class Piece:
    """Words that belong to one cell."""

    start: int
    end: int
    words: str
    shape: Shape
    inline: bool
    wide: bool  # two spaces or more before it in its line
    gap: int
    page: bool
    loose: bool
    ordinal: bool
    width: float
    first_width: float


class _Widths(dict[str, float]):
    """How wide a letter is in a proportional font, an "n" being 1."""

    def __missing__(self, sign: str) -> float:
        base = normalize("NFD", sign)[0]
        if base in "iljtfI.,;:'’|!()[]-/ r":
            width = 0.6
        elif base in "mwMW%@&":
            width = 1.55
        elif base.isupper() or base == "Đ":
            width = 1.35
        else:
            width = 0.0 if combining(base) else 1.0
        self[sign] = width
        return width


_WIDTHS = _Widths()


def measure(words: str) -> float:
    """The printed width of words, roughly."""
    return sum(map(_WIDTHS.__getitem__, words))


def read_lines(source: str, start: int, end: int) -> list[Line]:
    """The lines of a stretch of the source that hold words."""
    lines = []
    gap = 0
    loose = page = False
    for row in source[start:end].split("\n"):
        words = row.strip()
        page = page or _PAGE in row
        if words:
            left = start + len(row) - len(row.lstrip())
            own = page or (row[0] == " " and row[:3] != "   ")
            lines.append(Line(left, left + len(words), words, gap, own, loose, start))
            gap, loose, page = 0, False, False
        else:
            gap += 1
            loose = loose or bool(row)
        start += len(row) + 1
    return lines


def cut(lines: Sequence[Line], words: Vocabulary) -> list[Piece]:
    """The pieces of lines, in order."""
    return [piece for line in lines for piece in _cut_line(line, words)]


def _cut_line(line: Line, words: Vocabulary) -> Iterator[Piece]:
    bounds = [*_cuts(line.words, words), len(line.words)]
    for index, (left, right) in enumerate(pairwise(bounds)):
        said = line.words[left:right].rstrip()
        yield Piece(
            start=line.start + left,
            end=line.start + left + len(said),
            words=said,
            shape=_shape(said, words),
            inline=index > 0,
            wide=index > 0 and line.words[left - 2 : left] == "  ",
            gap=line.gap if index == 0 else 0,
            page=line.page and index == 0,
            loose=line.loose and index == 0,
            ordinal=index == 0 and bool(words.ordinal.match(said)),
            width=measure(said),
            first_width=measure(said.split(" ", 1)[0]),
        )


def _cuts(said: str, words: Vocabulary) -> list[int]:
    """Where cells may begin inside a line."""
    if " " not in said:
        return [0]
    tokens = [(match.start(), match.group()) for match in _WORD.finditer(said)]
    numeric = [bool(_NUMERAL.fullmatch(token)) for _, token in tokens]
    cuts = [0]
    for index in range(1, len(tokens)):
        start, token = tokens[index]
        if token in ("%", "‰"):
            opens = not numeric[index - 1]
        else:
            opens = (
                said[start - 2 : start] == "  "
                or (index == 1 and bool(words.ordinal.match(tokens[0][1])))
                or _opens_number(said[cuts[-1] : start].rstrip(), tokens, numeric, index, words)
                or (not numeric[index] and _may_open(said, tokens, index, cuts[-1], words))
            )
        if opens:
            cuts.append(start)
    return cuts


def _opens_number(
    piece: str,
    tokens: Sequence[tuple[int, str]],
    numeric: Sequence[bool],
    index: int,
    words: Vocabulary,
) -> bool:
    """A number among numbers, the first one after words, or the first words after numbers."""
    if not (numeric[index] or numeric[index - 1]):
        return False
    lone = numeric[index] and not (numeric[index - 1] or any(numeric[index + 1 :][:1]))
    before = tokens[index - 1][1]
    if lone and (words.counted.fullmatch(before) or words.joiner.fullmatch(before)):
        return False
    if numeric[index] and words.deadline.fullmatch(piece):
        return True
    if lone and _has_unit(tokens[index + 1 :]):
        return True
    crowded = sum(numeric) >= 2 or numeric[-1]
    return crowded and _between_numbers(numeric, index)


def _has_unit(rest: Sequence[tuple[int, str]]) -> bool:
    """Some small words behind a number, up to a capital or the end: "30 ngày", "15 ngày Sở"."""
    small = 0
    for _, word in rest:
        if not word.islower():
            return 0 < small <= _UNIT_WORDS and word[0].isupper()
        small += 1
    return 0 < small <= _UNIT_WORDS


def _between_numbers(numeric: Sequence[bool], index: int) -> bool:
    """A number in a row of numbers, or the first one after words, or words after numbers."""
    if numeric[index] and numeric[index - 1]:
        return True
    if numeric[index]:
        return index + 1 == len(numeric) or numeric[index + 1]
    return index >= 2 and numeric[index - 2]


def _may_open(
    said: str, tokens: Sequence[tuple[int, str]], index: int, left: int, words: Vocabulary
) -> bool:
    """A capital after a small word, or the name of an agency or a deadline."""
    start, token = tokens[index]
    at, before = tokens[index - 1]
    if words.joiner.fullmatch(before):
        return False
    if not token[0].isupper() or before[-1] in "(/-–,;:“\"'‘.":
        return False
    named = words.agency.match(said, start) or words.deadline.match(said, start)
    if not before[0].isupper() or before[-1].isdigit():
        found = bool(named) or (
            len(token) > 1
            and token[1].islower()
            and not words.agency.fullmatch(said[left:start].rstrip())  # "Trung tâm Khuyến công"
        )
    else:  # "Ban Giám đốc" is one name, "Sở Công Thương" too
        found = bool(named) and len(token) > 1 and at != left
    return found and not _is_tail(said, tokens, index, left, words)


def _is_tail(
    said: str, tokens: Sequence[tuple[int, str]], index: int, left: int, words: Vocabulary
) -> bool:
    """The "Sở" of "Thanh tra Sở" and the "UBND" of "Văn phòng UBND": no agency of its own."""
    start, token = tokens[index]
    head = token.rstrip(".,;:")
    if not words.agency.fullmatch(head) or not words.agency.match(said, left):
        return False
    if words.agency.fullmatch(said[left:start].rstrip()) or not words.suffix.fullmatch(head):
        return bool(words.agency.fullmatch(said[left:start].rstrip()))
    if index + 1 == len(tokens) or head != token:
        return True
    after, following = tokens[index + 1]
    if not following[0].isupper():
        return True
    return bool(words.agency.match(said, after) or words.deadline.match(said, after))


def _shape(said: str, words: Vocabulary) -> Shape:
    if words.number.match(said) or words.ratio.match(said):
        return Shape.NUMBER
    if words.percent.match(said):
        return Shape.PERCENT
    if words.mark.match(said) or said in ("%", "‰"):
        return Shape.MARK
    if said[0] in "-–•+*●" and said[1:2] == " ":
        return Shape.ITEM
    first = next((sign for sign in said if sign.isalnum()), "")
    if first.isdigit():
        return Shape.DIGIT
    if first.islower() or not first:
        return Shape.LOWER
    word = said.split(" ", 1)[0]
    return Shape.SHORT if len(word) > 1 and word.isupper() and not said.isupper() else Shape.UPPER
