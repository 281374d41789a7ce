"""The lines of a text as structure reads them: marks of emphasis off, cut emphasis joined.

In goes the repaired text, out come rows: where a line stands and what it says. A row's
words can be led back to the text letter by letter.

>>> rows = read_rows("**I. MỤC\\nĐÍCH** chung\\n \\n- Nội dung")
>>> [(row.words, row.bold) for row in rows]
[('I. MỤC ĐÍCH chung', True), ('- Nội dung', False)]
>>> locate("**I. MỤC\\nĐÍCH** chung", rows[0], 7, 11)
(9, 13)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# A star before ")" is a footnote mark ("đến ngày 11/11/2021*)"), not emphasis.
_MARK = re.compile(r"\*+(?!\))|__|\A#{1,6}\s+")
_EMPHASIS = "**"
_OPENING = re.compile(r"\*[\w(“]")
_JOINED = 12  # emphasis that is open for more lines than this was never closed


class Row(NamedTuple):
    """A line that says something: its range in the text, and its words without emphasis."""

    start: int
    end: int
    words: str
    bold: bool = False


class Found(NamedTuple):
    """The words of a field, white space folded, and their place in the text."""

    words: str
    start: int
    end: int


def read_rows(value: str) -> list[Row]:
    """The rows of a text; a line that opens emphasis is joined with those up to its end."""
    rows = []
    start = 0
    for line in value.split("\n"):
        words = line.strip()
        if words:
            begin = start if line[0] == words[0] else start + line.index(words[0])
            rows.append(Row(begin, begin + len(words), words))
        start += len(line) + 1
    if "*" in value or "__" in value or "#" in value:
        return _without_marks(value, rows)
    return rows


def merge(value: str, first: Row, last: Row) -> Row:
    """One row from the beginning of the first to the end of the last."""
    return _clean(value, first.start, last.end)


def locate(value: str, row: Row, start: int, end: int) -> tuple[int, int]:
    """Where ``row.words[start:end]`` stands in the text."""
    if row.end - row.start == len(row.words):
        return row.start + start, row.start + end
    raw = value[row.start : row.end]
    marks = {index for mark in _marks(raw) for index in range(*mark)}
    kept = [index for index in range(len(raw)) if index not in marks]
    while kept and raw[kept[0]].isspace():
        del kept[0]
    if not start < end <= len(kept):
        at = row.start + (kept[start] if start < len(kept) else len(raw))
        return at, at
    return row.start + kept[start], row.start + kept[end - 1] + 1


def take(value: str, row: Row, start: int = 0, end: int | None = None) -> Found:
    """``row.words[start:end]`` without the spaces around, and where it stands."""
    words = row.words[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return Found(" ".join(words.split()), *locate(value, row, start, start + len(words)))


def join(pieces: Sequence[Found]) -> Found:
    """Several pieces as one field, from the beginning of the first to the end of the last."""
    words = " ".join(piece.words for piece in pieces)
    return Found(words, min(p.start for p in pieces), max(p.end for p in pieces))


def _without_marks(value: str, rows: list[Row]) -> list[Row]:
    made = []
    index = 0
    while index < len(rows):
        words = rows[index].words
        if "*" in words or "__" in words or words[0] == "#":
            last = _end_of_emphasis(rows, index)
            row = _clean(value, rows[index].start, rows[last].end)
            index = last
            if row.words:
                made.append(row)
        else:
            made.append(rows[index])
        index += 1
    return made


def _end_of_emphasis(rows: list[Row], first: int) -> int:
    """The row that closes what ``first`` opens, or ``first`` itself."""
    words = rows[first].words
    if words.count(_EMPHASIS) % 2:
        mark = _EMPHASIS
    elif _OPENING.match(words) and words.count("*") % 2:
        mark = "*"
    else:
        return first
    for index in range(first + 1, min(first + _JOINED, len(rows))):
        words = rows[index].words
        if words[0] == "|" or (mark == "*" and words.startswith(_EMPHASIS)):
            return first
        if words.count(mark) % 2:
            return index
    return first


def _clean(value: str, start: int, end: int) -> Row:
    raw = value[start:end]
    bold = raw.startswith((_EMPHASIS, "# ", "## ", "### "))
    if marks := _marks(raw):
        pieces = []
        position = 0
        for begin, finish in marks:
            pieces.append(raw[position:begin])
            position = finish
        pieces.append(raw[position:])
        raw = "".join(pieces)
    return Row(start, end, raw.replace("\n", " ").strip(), bold)


def _marks(raw: str) -> list[tuple[int, int]]:
    """Where marks of emphasis stand; a lone star is a bullet or a footnote."""
    marks = [match.span() for match in _MARK.finditer(raw)]
    if raw.startswith("* ") or (raw.count("*") == 1 and "__" not in raw):
        return [mark for mark in marks if mark[0] > 0 and raw.count("*") > 1]
    return marks
