"""Small charts as SVG: a series of dots against dates goes in, a picture comes out.

>>> dots = [Dot(day=date(2023, 1, 5), value=12.0, label="12/KH-SCT", slip=False)]
>>> chart(Series(name="SCT 2023", dots=tuple(dots))).count("<circle")
1
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any

from docparse.models import Figure
from docparse.render.markup import attribute, shown_text

_WIDTH, _HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 26, 34
_TICKS = 4  # lines across, about
_SAID = 4  # slips that are named beside their dot
_LINE, _LETTER = 15, 7.6  # height of a line of words, and width of a bold letter, about
_Box = tuple[float, float, float, float]  # left, top, right, bottom
_ENOUGH = 3  # dates that a figure must have before a line says anything
_MOST = 24  # charts of figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One value on one day; a ``slip`` stands out, a ``loose`` one fits no row and is no slip."""

    day: date
    value: float
    label: str
    slip: bool = False
    loose: bool = False
    finding: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What one chart shows; ``joined`` where a line leads from dot to dot."""

    name: str
    dots: tuple[Dot, ...]
    joined: bool = False


def figure_series(reports: Sequence[Any], names: Mapping[str, str]) -> tuple[Series, ...]:
    """Figures of one indicator and unit on at least three days, the most often named first."""
    groups: dict[tuple[str, str], dict[date, list[tuple[float, str]]]] = {}
    for report in reports:
        for one in report.figures:
            for key, day, value, label in _dated(one, names[report.source.path]):
                groups.setdefault(key, {}).setdefault(day, []).append((value, label))
    found = []
    for (indicator, unit), days in groups.items():
        if len(days) < _ENOUGH or len({value for row in days.values() for value, _ in row}) < 2:
            continue
        dots = [
            Dot(day=day, value=value, label=label)
            for day, row in sorted(days.items())
            for value, label in dict.fromkeys(row)
        ]
        name = f"{indicator} ({unit})" if unit else indicator
        found.append(Series(name=name, dots=tuple(dots), joined=True))
    return tuple(sorted(found, key=lambda one: (-len(one.dots), one.name))[:_MOST])


def _dated(one: Figure, name: str) -> Iterator[tuple[tuple[str, str], date, float, str]]:
    """A result with its indicator and the end of its period."""
    day = one.period.end if one.period is not None else None
    if one.indicator is None or day is None or one.mode != "result":
        return
    key = " ".join(one.indicator.casefold().split()), one.unit or ""
    yield key, day, float(one.value), f"{one.span.quote} · {day:%d/%m/%Y} · {name}"


def chart(series: Series) -> str:
    """The picture with its name; every dot says what it is when pointed at."""
    across = _days([dot.day for dot in series.dots])
    up = _values([dot.value for dot in series.dots])
    # A picture may hold no links: one with slips to follow is a group.
    role = "group" if any(dot.finding is not None for dot in series.dots) else "img"
    return "".join(
        [
            f'<figure class="chart"><figcaption>{shown_text(series.name)}</figcaption>'
            f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="{role}"'
            f' aria-label="{attribute(series.name)}">',
            *_axes(across, up),
            *_drawn(series, across, up),
            "</svg></figure>\n",
        ]
    )


def _axes(across: _Scale, up: _Scale) -> Iterator[str]:
    for value in up.ticks:
        y = up.at(value)
        yield f'<path class="grid" d="M{_LEFT} {y}H{_WIDTH - _RIGHT}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" class="end">{_written(value)}</text>'
    for day, side in zip(across.ticks, ("start", "middle", "end"), strict=True):
        place = f'x="{across.at(day)}" y="{_HEIGHT - 10}"'
        yield f'<text {place} class="{side}">{date.fromordinal(round(day)):%d/%m/%Y}</text>'


def _drawn(series: Series, across: _Scale, up: _Scale) -> Iterator[str]:
    places = [(across.at(dot.day.toordinal()), up.at(dot.value)) for dot in series.dots]
    if series.joined:
        yield f'<path class="line" d="M{"L".join(f"{x} {y}" for x, y in places)}"/>'
    slips = [(*place, dot) for dot, place in zip(series.dots, places, strict=True) if dot.slip]
    yield from _names(slips, places)
    # Slips are drawn last, so that nothing lies over them.
    for dot, (x, y) in sorted(zip(series.dots, places, strict=True), key=lambda one: one[0].slip):
        look = "slip" if dot.slip else "loose" if dot.loose else "dot"
        shape = f'<circle cx="{x}" cy="{y}" r="{6 if dot.slip else 4}" class="{look}">'
        title = f"<title>{shown_text(dot.label)}</title></circle>"
        if dot.finding is not None:
            yield f'<a href="#finding-{dot.finding}">{shape}{title}</a>'
        else:
            yield shape + title


def _names(
    slips: Sequence[tuple[float, float, Dot]], dots: Sequence[tuple[float, float]]
) -> Iterator[str]:
    """What the slips are called, each where it lies over the fewest dots and no other name."""
    taken: list[_Box] = []
    for x, y, dot in slips[:_SAID]:
        name = dot.label.partition(" · ")[0]
        boxes = list(_around(x, y, len(name) * _LETTER))
        best = min(boxes, key=lambda box: _hidden(box, dots, taken))
        taken.append(best)
        # A name that stands further away is led to by a line.
        near = round(min(max(x, best[0]), best[2]), 1), round((best[1] + best[3]) / 2, 1)
        yield f'<path class="lead" d="M{x} {y}L{near[0]} {near[1]}"/>'
        place = f'x="{round(best[0], 1)}" y="{round(best[3] - 4, 1)}"'
        yield f'<text {place} class="said">{shown_text(name)}</text>'


def _around(x: float, y: float, width: float) -> Iterator[_Box]:
    """Places for a name: right, left, and further up and down."""
    for up in (0, -1, 1, -2, 2):
        top = y + (up - 0.5) * _LINE
        for left in (x + 9, x - 9 - width):
            inside = left >= _LEFT and left + width <= _WIDTH
            if inside and 0 <= top <= _HEIGHT - _BOTTOM - _LINE:
                yield left, top, left + width, top + _LINE
    yield min(x + 9, _WIDTH - width), y - _LINE / 2, min(x + 9 + width, _WIDTH), y + _LINE / 2


def _hidden(box: _Box, dots: Sequence[tuple[float, float]], taken: Sequence[_Box]) -> int:
    left, top, right, bottom = box
    under = sum(left - 4 < x < right + 4 and top - 4 < y < bottom + 4 for x, y in dots)
    over = sum(
        one[0] < right and left < one[2] and one[1] < bottom and top < one[3] for one in taken
    )
    return under + 100 * over


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """From values to places on the picture."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)


def _days(days: Sequence[date]) -> _Scale:
    """From the first day to the last, and the one in the middle."""
    low, high = min(days).toordinal(), max(days).toordinal()
    if low == high:
        low, high = low - 1, high + 1
    ticks = (low, (low + high) / 2, high)
    return _Scale(low=low, high=high, start=_LEFT, end=_WIDTH - _RIGHT, ticks=ticks)


def _values(values: Sequence[float]) -> _Scale:
    """Round values around all of them."""
    low, high = min(values), max(values)
    step = _step((high - low) or abs(high) or 1.0)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    # Whole steps of a power of ten are counted in it: 3 * 0.1 is not 0.3.
    ticks = tuple(float(Decimal(str(step)) * at) for at in range(first, last + 1))
    return _Scale(low=ticks[0], high=ticks[-1], start=_HEIGHT - _BOTTOM, end=_TOP, ticks=ticks)


def _step(spread: float) -> float:
    """1, 2 or 5 of a power of ten, so that there are about so many lines as wanted."""
    power = 10.0 ** floor(log10(spread / _TICKS))
    return next(power * one for one in (1, 2, 5, 10) if power * one * _TICKS >= spread)


def _written(value: float) -> str:
    """As Vietnamese reports write numbers: 1.234,5."""
    shown = f"{Decimal(str(value)).normalize():,f}"
    return shown.translate(str.maketrans(",.", ".,"))
