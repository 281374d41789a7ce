"""Every repair of a text, for a person who wants to check them: what stood, what stands now.

>>> from docparse.models import OffsetMap, Pass, Source
>>> source = Source(text="a\\r\\nb", path="a.txt", sha256="", format="txt")
>>> made = Pass(edits=((1, 3, "\\n", "newline"),), offsets=OffsetMap())
>>> text = Text(value="a\\nb", source=source, offsets=OffsetMap([1], [2], [1], [3]),
...             passes=(made,), line_starts=(0, 3))
>>> print(repairs_text(text, lang="en").splitlines()[-1])
  line 1: a[\\r⏎]b → [⏎]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from unicodedata import category

from docparse.models import Edit, Notice, Text
from docparse.patterns import load
from docparse.render.text import notice_lines

_AROUND = 16  # characters shown on either side, enough to find the place again


def repairs_text(text: Text, notices: Sequence[Notice] = (), *, lang: str = "vi") -> str:
    """The repairs in groups by rule, each with its line and the words around it."""
    say = partial(load().message, lang=lang)
    groups: dict[str, list[Edit]] = {}
    for edit in text.edits:
        groups.setdefault(edit.rule, []).append(edit)
    count = sum(map(len, groups.values()))
    lines = [say("repairs-count", path=text.source.path, count=count)]
    for rule, edits in groups.items():
        lines += ["", f"{rule}: {_meaning(rule, lang)} ({len(edits)})"]
        lines += _places(text, edits, lang)
    if notices:
        lines += ["", *notice_lines(notices, lang=lang)]
    return "\n".join(lines) + "\n"


def _meaning(rule: str, lang: str) -> str:
    code = f"repair-{rule}"
    known = code in load().messages
    return load().message(code if known else "repair-other", lang)


def _places(text: Text, edits: Sequence[Edit], lang: str) -> Iterator[str]:
    source = text.source.text
    for edit in edits:
        line = bisect_right(text.line_starts, edit.origin_start)
        left = source[max(0, edit.origin_start - _AROUND) : edit.origin_start]
        right = source[edit.origin_end : edit.origin_end + _AROUND]
        place = load().message("label-at-line", lang, line=line)
        before = f"{visible(left)}[{visible(edit.before)}]{visible(right)}"
        yield f"  {place}{before} → [{visible(edit.after)}]"


def visible(words: str) -> str:
    """Characters that cannot be seen, written so that they can.

    >>> visible("a\\n\\u00a0\\u200b\\ufeff")
    'a⏎\\\\xa0\\\\u200b\\\\ufeff'
    """
    return "".join(map(_shown, words))


def _shown(character: str) -> str:
    if character == "\n":
        return "⏎"
    if character == " " or category(character)[0] not in "CZ":
        return character
    return character.encode("unicode_escape").decode("ascii")
