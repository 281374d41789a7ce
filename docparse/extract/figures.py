"""Figures of a report: a text and its outline go in, figures and all other numbers come out.

Every run of digits that others have not claimed is in a figure or in ``other`` with its class;
what looks like a number and cannot be read is a notice too.

>>> from docparse.models import Header, OffsetMap, Part, Source
>>> from docparse.patterns import load
>>> words = "Năm 2021, Sở đã giải quyết 05/07 hồ sơ mức độ 3."
>>> text = Text(value=words, source=Source(text=words, path="", sha256="", format="txt"),
...             offsets=OffsetMap())
>>> outline = Outline(parts=(Part(header=Header(), start=0, end=len(words)),))
>>> found = find_figures(text, outline, load(), taken=())
>>> figure = found.figures[0]
>>> figure.value, figure.denominator, figure.unit, figure.kind, figure.period.end.year
(Decimal('5'), Decimal('7'), 'hồ sơ', 'ratio', 2021)
>>> [other.kind for other in found.other]
['year', 'level']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docparse.extract.cues import CueFinder
from docparse.extract.drafts import Draft, Scanned, scan
from docparse.extract.enumerations import find_enumerations
from docparse.extract.indicators import IndicatorFinder
from docparse.extract.others import OtherNumber
from docparse.extract.periods import PeriodFinder
from docparse.extract.places import Places
from docparse.extract.units import unit_reader
from docparse.extract.wordings import find_wordings
from docparse.models import Enumeration, Figure, Notice, Outline, Period, Text, ZoneKind
from docparse.patterns import Patterns

_SAME_WHOLE = 3  # figures back in which a ratio may find the whole it is a part of
_CLOSING = (ZoneKind.RECIPIENTS, ZoneKind.SIGNATURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresFound:
    """Figures, what could not be read, and the numbers that are no figures."""

    figures: tuple[Figure, ...]
    notices: tuple[Notice, ...]
    other: tuple[OtherNumber, ...]
    enumerations: tuple[Enumeration, ...] = ()


def find_figures(
    text: Text,
    outline: Outline,
    patterns: Patterns,
    *,
    taken: Sequence[tuple[int, int]] = (),
) -> FiguresFound:
    """Every figure of running text; ``taken`` are ranges whose digits are others' already."""
    closing = [(zone.start, zone.end) for zone in outline.zones if zone.kind in _CLOSING]
    found = scan(text.value, patterns, [*taken, *closing])
    drafts = _with_wordings(text.value, found, patterns, taken)
    drafts = [_with_unit(text.value, drafts, index, patterns) for index in range(len(drafts))]
    places = Places(text.value)
    figures = tuple(_read(text, drafts, places, found, outline, patterns))
    return FiguresFound(
        figures=figures,
        notices=_notices(text, found),
        other=_others(text.value, found, closing, taken),
        enumerations=tuple(find_enumerations(text, drafts, places, patterns)),
    )


def _with_wordings(
    text: str, found: Scanned, patterns: Patterns, taken: Sequence[tuple[int, int]]
) -> list[Draft]:
    """The drafts of digits and of words, in the order of the text."""
    dates = [(date.start, date.end) for date in found.dates]
    drafts = [*found.drafts, *find_wordings(text, patterns, [*taken, *dates])]
    return sorted(drafts, key=lambda draft: draft.numeral.start)


def _with_unit(text: str, drafts: Sequence[Draft], index: int, patterns: Patterns) -> Draft:
    """A count without a noun behind it takes that of its whole, or of its subject."""
    draft = drafts[index]
    if draft.unit or draft.number.percent or draft.kind == "rank":
        return draft
    whole = draft.number.denominator
    for before in reversed(drafts[max(0, index - _SAME_WHOLE) : index]):
        if whole is not None and before.number.value == whole and before.unit:
            return replace(draft, unit=_elsewhere(draft, before))
    start = text.rfind("\n", 0, draft.lead.start) + 1
    start = max(start, draft.lead.start - 160, drafts[index - 1].end if index else 0)
    unit = unit_reader(patterns).search(text, start, draft.lead.start)
    if unit is None:
        before_it = drafts[index - 1] if index else None
        near = before_it and "\n" not in text[before_it.end : draft.numeral.start]
        unit = before_it.unit if before_it and near and draft.kind == "count" else None
    return replace(draft, unit=replace(unit, start=draft.numeral.end, end=draft.numeral.end)) if unit else draft
