"""Repair: a source goes in, a text comes out that can be read by machine.

Each repair is one module and one pass, in this order; none guesses.

    characters   newlines, odd spaces, invisible marks, letters composed (NFC)
    syllables    tone marks that extraction put on the wrong letter
    furniture    page numbers, repeated headers, lists of links
    codes        numbers and dates cut by a space or a break
    linebreaks   sentences cut by the page's width

>>> from docparse.models import Source
>>> from docparse.patterns import load
>>> source = Source(text="tạị Sở", path="a.txt", sha256="", format="txt")
>>> text = repair(source, load())
>>> text.value, text.edits[0].before, text.edits[0].after
('tại Sở', 'tạị', 'tại')
"""

from __future__ import annotations

from dataclasses import replace

from docparse.models import Notice, Source, Text
from docparse.patterns import Patterns
from docparse.repair.characters import repair_characters
from docparse.repair.codes import repair_codes
from docparse.repair.draft import Draft
from docparse.repair.furniture import repair_furniture
from docparse.repair.linebreaks import repair_linebreaks
from docparse.repair.syllables import repair_syllables

__all__ = ["repair"]

_ROUNDS = 12  # a joined line may show one more join; two or three rounds are usual


def repair(source: Source, patterns: Patterns) -> Text:
    """Mend what typing, fonts and extraction broke; every change is kept and can be explained."""
    draft = Draft(source.text)
    page_breaks = _page_breaks(source.text)
    draft.apply(repair_characters(draft.value))
    syllables = repair_syllables(draft.value)
    damaged = [draft.offsets.span_origin(start, end) for start, end in syllables.unrepaired]
    draft.apply(syllables.edits)
    breaks = [draft.offsets.position(position) for position in page_breaks]
    draft.apply(repair_furniture(draft.value, patterns, breaks=breaks))
    _join(draft, patterns)
    text = Text(
        value=draft.value,
        source=source,
        offsets=draft.offsets,
        passes=tuple(draft.passes),
        line_starts=_line_starts(source.text),
        page_starts=(0, *page_breaks) if page_breaks else (),
    )
    return replace(text, notices=tuple(_unrepaired(text, place) for place in damaged))


def _join(draft: Draft, patterns: Patterns) -> None:
    """Rejoin until nothing is left to join, so that repairing again changes nothing."""
    draft.apply(repair_codes(draft.value, patterns))
    for _ in range(_ROUNDS):
        edits = repair_linebreaks(draft.value, patterns)
        if not edits:
            return
        draft.apply(edits)


def _page_breaks(text: str) -> tuple[int, ...]:
    """Where pages begin after the first: behind each form feed that has text behind it."""
    found = []
    position = text.find("\f")
    while position >= 0:
        found.append(position + 1)
        position = text.find("\f", position + 1)
    if found and not text[found[-1] :].strip():
        found.pop()
    return tuple(found)


def _line_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return tuple(starts)


def _unrepaired(text: Text, place: tuple[int, int]) -> Notice:
    start, end = place
    span = text.origin_span(start, end)
    return Notice(code="unrepaired-syllable", values=(("word", span.quote),), span=span)
