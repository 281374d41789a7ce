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

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docparse.extract.compounds import join_amounts
from docparse.extract.cues import CueFinder
from docparse.extract.dates import DateMatch
from docparse.extract.drafts import Draft, Scanned, scan
from docparse.extract.enumerations import find_enumerations
from docparse.extract.indicators import IndicatorFinder
from docparse.extract.others import OtherNumber
from docparse.extract.periods import PeriodFinder
from docparse.extract.places import Places
from docparse.extract.units import UnitFound, unit_reader
from docparse.extract.wordings import find_wordings
from docparse.models import Date, Enumeration, Figure, Notice, Outline, Period, Text, ZoneKind
from docparse.patterns import Patterns

_RUN = re.compile(r"\d+")
_SUBJECT_REACH = 160  # characters before a number where its noun may stand
_SAME_WHOLE = 3  # figures back in which a ratio may find the whole it is a part of
_TIMES = ("date", "year", "period")
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
    drafts = join_amounts(text.value, _with_wordings(text.value, found, patterns, taken))
    places = Places(text.value)
    for index in range(len(drafts)):
        drafts[index] = _with_unit(text.value, drafts, index, places, patterns)
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


def _with_unit(
    text: str, drafts: Sequence[Draft], index: int, places: Places, patterns: Patterns
) -> Draft:
    """A count without a noun behind it takes that of its whole, or of its subject."""
    draft = drafts[index]
    if draft.unit or draft.number.percent or draft.kind == "rank":
        return draft
    changed = _of_change(text, draft, drafts[index + 1 : index + 2], patterns)
    if changed:
        kind = changed.kind if draft.kind == "count" else draft.kind
        return replace(draft, borrowed=changed, kind=kind)
    before = drafts[max(0, index - _SAME_WHOLE) : index]
    sentence = places.sentence(draft.numeral.start)[0]
    unit = _of_whole(draft, before) or _of_subject(text, draft, before, sentence, patterns)
    kind = "score" if unit and unit.kind == "score" else draft.kind
    return replace(draft, borrowed=unit, kind=kind)


def _of_change(
    text: str, draft: Draft, following: Sequence[Draft], patterns: Patterns
) -> UnitFound | None:
    """As in "từ 180 lên 240 nghìn đồng": the unit is said once, at the end."""
    to = patterns.forms("figures").pattern("changes-to")
    for other in following:
        if to.fullmatch(text, draft.numeral.end, other.numeral.start):
            return other.unit
    return None


def _of_whole(draft: Draft, before: Sequence[Draft]) -> UnitFound | None:
    """As in "tiếp nhận 1.274 phản ánh; đã trả lời 1.251/1.274": both count one thing."""
    for other in reversed(before):
        if other.counts and other.number.value == draft.number.denominator:
            return other.counts
    return None


def _of_subject(
    text: str, draft: Draft, before: Sequence[Draft], sentence: int, patterns: Patterns
) -> UnitFound | None:
    """The noun of the subject, or what the figure before it counts."""
    last = before[-1] if before and before[-1].end > sentence else None
    start = max(sentence, draft.lead.start - _SUBJECT_REACH, last.end if last else 0)
    unit = unit_reader(patterns).search(text, start, draft.lead.start)
    if unit is None and last is not None and draft.kind == "count":
        return last.counts
    return unit


def _read(
    text: Text,
    drafts: Sequence[Draft],
    places: Places,
    found: Scanned,
    outline: Outline,
    patterns: Patterns,
) -> Iterator[Figure]:
    """What each draft means in its sentence, section and report."""
    dates = sorted(
        [*found.dates, *_months(text.value, found, patterns)], key=lambda date: date.start
    )
    periods = PeriodFinder(text.value, places, dates, outline, patterns)
    cues = CueFinder(text.value, places, outline, patterns)
    times = [(other.start, other.end) for other in found.others if other.kind in _TIMES]
    indicators = IndicatorFinder(text.value, places, times, patterns)
    for draft, indicator in zip(drafts, indicators.find(drafts), strict=True):
        figure = _figure(text, draft)
        period = periods.at(draft.numeral.start, draft.end)
        mode = cues.mode(draft)
        yield replace(
            figure,
            indicator=indicator,
            entity=indicators.entity(draft),
            mode=mode,
            status=cues.status(draft),
            period=period,
            trace=(*figure.trace, *_reasons(indicator, mode, period)),
        )


def _months(text: str, found: Scanned, patterns: Patterns) -> Iterator[DateMatch]:
    """As in "lũy kế 10 tháng", "10 tháng ước đạt": the first months of the report's year."""
    so_far = patterns.forms("periods").pattern("months-so-far")
    known = {(date.start, date.end) for date in found.dates}
    for other in found.others:
        if other.kind != "period" or (other.start, other.end) in known:
            continue
        months = so_far.fullmatch(text, other.start, other.end)
        if months and 1 <= int(months["months"]) <= 12:
            yield DateMatch(
                start=other.start,
                end=other.end,
                date=Date(month=1),
                last=Date(month=int(months["months"])),
                kind="range",
                form="months-so-far",
            )


def _figure(text: Text, draft: Draft) -> Figure:
    number, unit = draft.number, draft.counts
    name = "%" if number.percent else (unit.name if unit else None)
    return Figure(
        value=number.value,
        value_max=number.value_max,
        denominator=number.denominator,
        unit=name,
        normalized=_normalized(draft),
        kind=draft.kind,
        qualifier=_qualifier(draft),
        span=text.span(draft.numeral.start, draft.numeral.end),
        trace=_trace(text.value, draft, name),
    )


def _normalized(draft: Draft) -> tuple[Decimal, str] | None:
    """The value in the base of its unit: 1,2 tỷ đồng is 1200000000 đồng."""
    if draft.number.percent:
        return draft.number.value, "%"
    unit = draft.counts
    if unit is None:
        return None
    value = (draft.number.amount * unit.scale).normalize()
    exponent = value.as_tuple().exponent
    whole = isinstance(exponent, int) and exponent > 0
    return value.quantize(Decimal(1)) if whole else value, unit.base or unit.name


def _qualifier(draft: Draft) -> str | None:
    """The words that change the reading; those behind the figure say more."""
    if draft.after and ("…" not in draft.after or draft.lead.qualifier):
        return draft.after
    return draft.lead.qualifier or (draft.lead.rank.lower() if draft.lead.rank else None)


def _trace(text: str, draft: Draft, name: str | None) -> tuple[tuple[str, str], ...]:
    steps = [("numeral", text[draft.numeral.start : draft.numeral.end])]
    if draft.lead.start < draft.numeral.start:
        steps.append(("lead", " ".join(text[draft.lead.start : draft.numeral.start].split())))
    if name and draft.counts:
        steps.append(("unit" if draft.unit else "unit-elsewhere", name))
    steps += [("flag", flag) for flag in draft.number.flags]
    return tuple(steps)


def _reasons(indicator: str | None, mode: str, period: Period | None) -> Iterator[tuple[str, str]]:
    if indicator:
        yield "indicator", indicator
    yield "mode", mode
    if period:
        yield "period", period.how


def _others(
    text: str,
    found: Scanned,
    closing: Sequence[tuple[int, int]],
    taken: Sequence[tuple[int, int]],
) -> tuple[OtherNumber, ...]:
    """The other numbers, those of the closing zones with them."""
    others = list(found.others)
    for start, end in closing:
        others += [
            OtherNumber(start + run.start(), start + run.end(), "closing")
            for run in _RUN.finditer(text[start:end])
            if not any(low <= start + run.start() < high for low, high in taken)
        ]
    return tuple(sorted(others, key=lambda other: (other.start, other.end)))


def _notices(text: Text, found: Scanned) -> tuple[Notice, ...]:
    """One notice a numeral that looks like a figure and cannot be read as one."""
    return tuple(
        Notice(
            code=f"number-{refusal.reason}",
            values=(("text", text.value[start:end]),),
            span=text.span(start, end),
        )
        for start, end, refusal in found.refused
    )
