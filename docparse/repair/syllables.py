"""Marks on the wrong letter: a text in, edits out that put each tone back on its vowel.

PDF extraction loses the order of letters and marks: "thương maị điêṇ tử", "thiết lâp̣",
and "Nghi ̣điṇh", where a space came between. A mark is moved only when exactly one place
makes a syllable; what is damaged otherwise is listed and left as it is.

>>> repairs = repair_syllables("thương maị điêṇ tử đươc")
>>> repairs.edits
((7, 10, 'mại', 'misplaced-mark'), (11, 15, 'điện', 'misplaced-mark'))
>>> repairs.unrepaired
((19, 23),)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import combining, normalize

from docparse.patterns.syllables import (
    SHAPES,
    TONES,
    WORD,
    fix_syllable,
    is_syllable,
    looks_damaged,
    place_marks,
)
from docparse.repair.draft import Edit
from docparse.repair.torn import join_torn

_WORD_PART = re.compile(f"{WORD.pattern}|[\u0300-\u036f]")
_MARKS = re.compile(f"[{''.join(sorted(TONES | SHAPES.keys()))}]+")
_WORD_BEFORE = re.compile(f"({WORD.pattern})[ \t\xa0]{{1,2}}$")
_WORD_AFTER = re.compile(f"([ \t\xa0]{{0,2}})({WORD.pattern})")
# Longer than any syllable with its marks and the space behind it.
_REACH = 32
_FEW = 60  # damaged words up to which single searches are quicker than one pass


@dataclass(frozen=True, slots=True, kw_only=True)
class SyllableRepairs:
    """Edits ``(start, end, new words, rule)`` and the places ``(start, end)`` left damaged."""

    edits: tuple[Edit, ...]
    unrepaired: tuple[tuple[int, int], ...]


def repair_syllables(text: str) -> SyllableRepairs:
    """Find the damaged words of an NFC text, and how to mend those that allow one way only."""
    pieces = set(text.split())
    torn = join_torn(text, pieces)
    detached = list(_find_detached(text))
    taken = {word.start() for start, end, *_ in torn for word in WORD.finditer(text, start, end)}
    taken |= {
        word.start() for start, end, _ in detached for word in WORD.finditer(text, start, end)
    }
    words = _distinct_words(pieces)
    mended = {word: fixed for word in words if (fixed := fix_syllable(word)) is not None}
    damaged = {word for word in words if word not in mended and looks_damaged(word)}
    edits = [*torn]
    edits += [(start, end, new, "detached-mark") for start, end, new in detached if new is not None]
    unrepaired = [(start, end) for start, end, new in detached if new is None]
    for start, end in _places(text, {*mended, *damaged}):
        word = text[start:end]
        if start in taken:
            continue
        if word in mended:
            edits.append((start, end, mended[word], "misplaced-mark"))
        else:
            unrepaired.append((start, end))
    return SyllableRepairs(edits=tuple(sorted(edits)), unrepaired=tuple(sorted(unrepaired)))


def _distinct_words(pieces: set[str]) -> set[str]:
    """Most words of a text are repeats: looking at each distinct one is quick."""
    marked = "\n".join(piece for piece in pieces if not piece.isascii())
    return {word for word in WORD.findall(marked) if not word.isascii()}


def _places(text: str, words: set[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand; a few are looked for one by one, many in one pass."""
    if len(words) > _FEW:
        yield from (match.span() for match in WORD.finditer(text) if match.group() in words)
        return
    for word in words:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            if not _in_word(text, start - 1) and not _WORD_PART.match(text, end):
                yield start, end
            start = text.find(word, end)


def _in_word(text: str, place: int) -> bool:
    """Whether a word runs up to here: a mark without a letter before it belongs to none."""
    while place > 0 and combining(text[place]):
        place -= 1
    return place >= 0 and WORD.match(text, place) is not None


def _find_detached(text: str) -> Iterator[tuple[int, int, str | None]]:
    """The stretches that a mark without a letter belongs to, with their mended form if sure."""
    floor = 0
    if not any(mark in text for mark in (*TONES, *SHAPES)):
        return
    for match in _MARKS.finditer(text):
        previous = text[match.start() - 1 : match.start()]
        if previous.isalpha() or combining(previous or " "):
            continue
        found = _attach(text, match, floor)
        yield found
        floor = found[1]


def _attach(text: str, match: re.Match[str], floor: int) -> tuple[int, int, str | None]:
    """Join the mark to the word before or after it, where only one of them takes it."""
    start, end = match.span()
    before = _WORD_BEFORE.search(text, max(floor, start - _REACH), start)
    after = _WORD_AFTER.match(text, end, end + _REACH)
    left = _join(before.group(1), match.group(), at_end=True) if before else None
    right = _join(after.group(2), match.group(), at_end=False) if after else None
    if before and left and not right and not (after and _is_torn_off(after)):
        gap = "" if text[end : end + 1].isspace() else text[before.end(1) : start]
        return before.start(), end, left + gap
    if after and right and not left:
        return start, after.end(), right
    return (before or match).start(), (after or match).end(), None


def _join(word: str, marks: str, *, at_end: bool) -> str | None:
    """The word with the marks; none if it has a tone of its own, which speaks against it."""
    if TONES.intersection(normalize("NFD", word)):
        return None
    return place_marks(word + marks if at_end else word[0] + marks + word[1:])


def _is_torn_off(after: re.Match[str]) -> bool:
    """In "tha ̣nh" the letters behind the mark are a piece of the word: not "thạ" and "nh"."""
    gap, word = after.groups()
    return not gap and not is_syllable(word) and fix_syllable(word) is None
