"""Which stretch of the text is what: places where something begins in, zones out.

>>> marks = [(0, ZoneKind.HEADER), (4, ZoneKind.BODY), (6, ZoneKind.BODY)]
>>> [(zone.kind.value, zone.start, zone.end) for zone in make_zones(marks, 9)]
[('header', 0, 4), ('body', 4, 9)]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from docparse.models import Zone, ZoneKind
from docparse.structure.grammar import Grammar
from docparse.structure.grids import PLAIN
from docparse.structure.rows import Row

_BASES = 80

Mark = tuple[int, ZoneKind]


def make_zones(marks: Iterable[Mark], length: int) -> tuple[Zone, ...]:
    """Zones that cover the text without a gap; neighbours of one kind are one zone."""
    kept: list[Mark] = []
    for start, kind in sorted(marks, key=lambda mark: mark[0]):
        if kept and kept[-1][0] == start:
            kept.pop()
        if not kept:
            start = 0
        if not kept or kept[-1][1] != kind:
            kept.append((start, kind))
    kept = kept or [(0, ZoneKind.BODY)]
    kept.append((length, ZoneKind.BODY))
    return tuple(
        Zone(kind=kind, start=start, end=end)
        for (start, kind), (end, _) in pairwise(kept)
        if start < end
    )


def text_marks(
    rows: Sequence[Row], kinds: Sequence[int], first: int, last: int, kind: ZoneKind
) -> Iterator[Mark]:
    """The zones of rows of text: the tables among them, and what stands around them."""
    current: ZoneKind | None = None
    for index in range(first, last):
        wanted = kind if kinds[index] == PLAIN else ZoneKind.TABLE
        if wanted != current:
            yield rows[index].start, wanted
            current = wanted


def end_of_bases(rows: Sequence[Row], first: int, last: int, grammar: Grammar) -> int:
    """The row after the bases ("Căn cứ …; Theo đề nghị …; QUYẾT ĐỊNH:")."""
    forms = grammar.letterhead
    end = first
    for index in range(first, min(last, first + _BASES)):
        words = rows[index].words
        if forms.pattern("operative").fullmatch(words):
            return index + 1
        if forms.pattern("basis").match(words):
            end = index + 1
        elif index == first and _is_authority(words, grammar):
            continue
        elif index == end and end > first and _goes_on(rows[index - 1].words, grammar):
            end = index + 1
        else:
            break
    return end


def _is_authority(words: str, grammar: Grammar) -> bool:
    authority = grammar.letterhead.pattern("authority-line").match(words)
    return authority is not None and len(words) < _BASES


def _goes_on(words: str, grammar: Grammar) -> bool:
    unfinished = grammar.letterhead.pattern("unfinished")
    return words[-1] in ";," or unfinished.fullmatch(words[-_BASES:]) is not None
