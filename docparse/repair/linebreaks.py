"""Line breaks that the page made, not the writer.

In goes text, out come edits: a break inside a sentence becomes a space, blank
lines and trailing spaces go. A break stays where a new item, heading, table row
or paragraph begins. The decision looks at both sides of the break and at how far
the line reached into the page's width.

>>> from docparse.patterns import load
>>> repair_linebreaks("- Công văn số 12/SCT-VP ngày\\n\\n10/5/2021 về\\nviệc a.\\n- Khác", load())
[(28, 30, ' ', 'line-break'), (42, 43, ' ', 'line-break')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docparse.patterns import Patterns
from docparse.repair.draft import Edit
from docparse.repair.layout import Layout, layout

_STOPS = ".!?…"
_PAUSES = ";:"
_FIRST_WORD = re.compile(r"\S+")
_LAST_WORD = re.compile(r"\w+$")
_NARROW, _WIDE = 50, 140  # characters: shorter lines are cells or headings, longer ones unwrapped
_FULL, _BEYOND = 0.86, 1.2
_PROSE = 0.2  # the share of lines that must be prose before a page width means anything


class Line(NamedTuple):
    """A line that holds something: its range without trailing spaces, and its words."""

    start: int
    end: int
    words: str


def repair_linebreaks(text: str, patterns: Patterns) -> list[Edit]:
    """Edits that rejoin sentences and drop blank lines and trailing spaces."""
    knowledge = layout(patterns)
    lines = split_lines(text)
    width = page_width([line.end - line.start for line in lines])
    edits: list[Edit] = []
    previous: Line | None = None
    joined = 0  # the length of what is already joined in front of the previous line
    for line in lines:
        start = previous.end if previous else 0
        if previous and _runs_on(previous, line, joined, width, knowledge):
            edits.append((start, line.start + _indent(line), " ", "line-break"))
            joined += len(previous.words)
            previous = line
            continue
        joined = 0
        if previous and text[start : line.start] != "\n":
            edits.append((start, line.start, "\n", "blank"))
        elif not previous and line.start:
            edits.append((0, line.start, "", "blank"))
        previous = line
    end = previous.end if previous else 0
    if end < len(text):
        edits.append((end, len(text), "", "blank"))
    return edits


def split_lines(text: str) -> list[Line]:
    """The lines that hold something, without the spaces behind them (tabs are cells)."""
    lines = []
    start = 0
    for row in text.split("\n"):
        words = row.strip()
        if words:
            lines.append(Line(start, start + len(row.rstrip(" ")), words))
        start += len(row) + 1
    return lines


def page_width(lengths: Sequence[int]) -> int | None:
    """How many characters a full line holds, or None where the text is not hard-wrapped."""
    prose = sorted(length for length in lengths if length >= _NARROW)
    if len(prose) < max(4, _PROSE * len(lengths)):
        return None
    width = prose[int(len(prose) * 0.9)]
    if width > _WIDE:
        return None
    near = sum(1 for length in prose if width * 0.8 <= length <= width * _BEYOND)
    return width if near >= 0.5 * len(prose) else None


def _indent(line: Line) -> int:
    return line.end - line.start - len(line.words)


def _runs_on(above: Line, below: Line, joined: int, width: int | None, knowledge: Layout) -> bool:
    """Whether the sentence above goes on below."""
    first = below.words[0]
    if "\t" in above.words or "\t" in below.words or knowledge.opening.match(below.words):
        return _dash_runs_on(above, below, width)
    if above.words[0] == "|" or first == "|":
        return False
    full = _is_full(above, below, width)
    last = above.words[-1]
    if last in _STOPS and not (full and first.islower()):
        return False
    if first.islower() or first in ",;.)]”%":
        return last not in _PAUSES or first.islower()
    if last in _PAUSES or _is_capitals(below.words) or _is_capitals(above.words):
        return False
    return full or _asks_for_more(above, below, joined, knowledge)


def _dash_runs_on(above: Line, below: Line, width: int | None) -> bool:
    """A dash may stand inside a sentence ("công nghiệp⏎– thương mại"): only in a full line."""
    words = below.words
    if "\t" in above.words or words[0] not in "-–" or words[1:2] != " ":
        return False
    return (
        words[2:3].islower() and above.words[-1] not in ".;:,!?…" and _is_full(above, below, width)
    )


def _is_full(above: Line, below: Line, width: int | None) -> bool:
    """Whether the next word would not have fitted into the line above."""
    if width is None:
        return False
    length = above.end - above.start
    if length > width * _BEYOND:
        return False
    word = _FIRST_WORD.match(below.words)
    return length + 1 + (word.end() if word else 0) >= width * _FULL


def _is_capitals(words: str) -> bool:
    return words.isupper() and " " in words


def _asks_for_more(above: Line, below: Line, joined: int, knowledge: Layout) -> bool:
    """Whether the last words of the line above cannot end it; cells of a table prove nothing."""
    if joined + len(above.words) < _NARROW:
        return False
    tail = above.words[-_NARROW:]
    if tail[-1] in ",“" or tail.rfind("(") > tail.rfind(")"):
        return True
    last = _LAST_WORD.search(above.words)
    first = _FIRST_WORD.match(below.words)
    if last and first and (last.group(), first.group().strip(".,;:)")) in knowledge.crossings:
        return True
    return below.words[0].isalnum() and bool(knowledge.unfinished.fullmatch(tail))
