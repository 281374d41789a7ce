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

from docparse.patterns import Patterns
from docparse.repair.draft import Edit
from docparse.repair.layout import Layout, layout
from docparse.repair.lines import Lines

_STOPS = ".!?…"
_PAUSES = ";:"
_FIRST_WORD = re.compile(r"\S+")
_LAST_WORD = re.compile(r"\w+$")
_NARROW, _WIDE = 50, 140  # characters: shorter lines are cells or headings, longer ones unwrapped
_FULL, _BEYOND = 0.86, 1.2
_PROSE = 0.2  # the share of lines that must be prose before a page width means anything


def repair_linebreaks(text: str, patterns: Patterns) -> list[Edit]:
    """Edits that rejoin sentences and drop blank lines and trailing spaces."""
    knowledge = layout(patterns)
    lines = Lines.of(text)
    width = page_width([end - start for start, end in zip(lines.starts, lines.ends, strict=True)])
    edits: list[Edit] = []
    above, length, last_end = "", 0, 0
    joined = 0  # how much is already joined in front of the line above
    for start, end, words in zip(lines.starts, lines.ends, lines.words, strict=True):
        if above and _runs_on(above, words, length, joined, width, knowledge):
            edits.append((last_end, end - len(words), " ", "line-break"))
            joined += len(above)
        else:
            gap = "\n" if above else ""
            if text[last_end:start] != gap:
                edits.append((last_end, start, gap, "blank"))
            joined = 0
        above, length, last_end = words, end - start, end
    if last_end < len(text):
        edits.append((last_end, len(text), "", "blank"))
    return edits


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


def _runs_on(
    above: str, below: str, length: int, joined: int, width: int | None, knowledge: Layout
) -> bool:
    """Whether the sentence above goes on below; ``length`` is how far the line above reaches."""
    first = below[0]
    if "\t" in above or "\t" in below or knowledge.opening.match(below):
        return _dash_runs_on(above, below, length, width)
    if above[0] == "|" or first == "|":
        return False
    full = _is_full(length, below, width)
    last = above[-1]
    if last in _STOPS and not (full and first.islower()):
        return False
    if first.islower() or first in ",;.)]”%":
        return last not in _PAUSES or first.islower()
    if last in _PAUSES or _is_capitals(below) or _is_capitals(above):
        return False
    return full or _asks_for_more(above, below, joined, knowledge)


def _dash_runs_on(above: str, below: str, length: int, width: int | None) -> bool:
    """A dash may stand inside a sentence ("công nghiệp⏎– thương mại"): only in a full line."""
    if "\t" in above or below[0] not in "-–" or below[1:2] != " ":
        return False
    if not below[2:3].islower() or above[-1] in ".;:,!?…":
        return False
    return _is_full(length, below, width)


def _is_full(length: int, below: str, width: int | None) -> bool:
    """Whether the next word would not have fitted into the line above."""
    if width is None or length > width * _BEYOND:
        return False
    word = _FIRST_WORD.match(below)
    return length + 1 + (word.end() if word else 0) >= width * _FULL


def _is_capitals(words: str) -> bool:
    return words.isupper() and " " in words


def _asks_for_more(above: str, below: str, joined: int, knowledge: Layout) -> bool:
    """Whether the last words of the line above cannot end it."""
    tail = above[-_NARROW:]
    if below[0].isdigit() and knowledge.wants_number.fullmatch(tail):
        return True
    last = _LAST_WORD.search(tail)
    first = _FIRST_WORD.match(below)
    if last and first and (last.group(), first.group().strip(".,;:)”*")) in knowledge.crossings:
        return True
    # What follows needs a line of prose: the cells of a table end in such words, too.
    if joined + len(above) < _NARROW:
        return False
    if tail[-1] in ",“" or tail.rfind("(") > tail.rfind(")"):
        return True
    return below[0].isalnum() and bool(knowledge.unfinished.fullmatch(tail))
