"""Small charts as SVG: a series of dots against dates goes in, a picture comes out.

>>> dots = [Dot(day=date(2023, 1, 5), value=12.0, label="12/KH-SCT", slip=False)]
>>> chart(Series(name="SCT 2023", dots=tuple(dots))).count("<circle")
1
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from docparse.models import Figure, Finding, Period
from docparse.render.markup import attribute, shown_text

_WIDTH, _HEIGHT = 440, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 26, 34
_TICKS = 4  # lines across, about
_SAID = 4  # slips that are named beside their dot
_FEW = 10  # dots on a line, all of which are named
_LINE, _LETTER = 15, 7.6  # height of a line of words, and width of a bold letter, about
_PARTS = 24  # of a line from dot to dot, that names keep clear of
_Box = tuple[float, float, float, float]  # left, top, right, bottom
_DOUBT = ("error", "warning")
_ENOUGH = 3  # dates that a figure must have before a line says anything
_MOST = 24  # charts of figures
_NEARLY = timedelta(days=20)  # by which periods of one length, or one beginning, may differ
_MIDDLE = 0.15  # of the picture's width: so near to the middle a day is named in its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One value on one day; a ``slip`` stands out, a ``loose`` one fits no row and is no slip.

    A line leads to the dot before it unless this one stands ``apart``.
    """

    day: date
    value: float
    label: str
    slip: bool = False
    loose: bool = False
    finding: int | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What one chart shows; ``joined`` where a line leads from dot to dot."""

    name: str
    dots: tuple[Dot, ...]
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated:
    """A figure with what its dot needs."""

    figure: Figure
    period: Period
    day: date
    name: str
    finding: int | None


def figure_series(
    reports: Sequence[Any],
    names: Mapping[str, str],
    bodies: Mapping[str, str],
    findings: Sequence[Finding] = (),
) -> tuple[Series, ...]:
    """Figures of one body, indicator and unit on at least three days, the most often named first.

    ``names`` and ``bodies`` are by path: what a report is called, and whose it is. What stands in
    a new error or warning is a slip.
    """
    doubted: dict[tuple[str, int], int] = {}
    for number, one in enumerate(findings, 1):
        if one.status == "new" and one.severity in _DOUBT:
            for each in one.evidence:
                doubted.setdefault((each.report, each.span.origin_start), number)
    groups: dict[tuple[str, str, str], list[_Dated]] = {}
    for report in reports:
        path = report.source.path
        for figure in report.figures:
            dated = _dated(figure, names[path], doubted.get((path, figure.span.origin_start)))
            if dated is not None:
                key = (bodies.get(path, ""), _folded(figure.indicator), figure.unit or "")
                groups.setdefault(key, []).append(dated)
    told = len({body for body, _, _ in groups}) > 1
    found = [
        _series(rows, body if told else "")
        for (body, _, _), rows in groups.items()
        if len({one.day for one in rows}) >= _ENOUGH and len({one.figure.value for one in rows}) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.dots), one.name))[:_MOST])


def _dated(one: Figure, name: str, finding: int | None) -> _Dated | None:
    """A result with its indicator and the end of its period."""
    period = one.period
    if one.indicator is None or period is None or period.end is None or one.mode != "result":
        return None
    return _Dated(figure=one, period=period, day=period.end, name=name, finding=finding)


def _series(rows: list[_Dated], body: str) -> Series:
    rows.sort(key=lambda one: one.day)
    dots: dict[str, Dot] = {}
    before: _Dated | None = None
    for one in rows:
        label = f"{one.figure.span.quote} · {_written_period(one.period)} · {one.name}"
        if label in dots:
            continue
        dots[label] = Dot(
            day=one.day,
            value=float(one.figure.value),
            label=label,
            slip=one.finding is not None,
            finding=one.finding,
            apart=before is not None and not _compared(before, one),
        )
        before = one
    indicator, unit = rows[0].figure.indicator or "", rows[0].figure.unit
    said = unit is not None and not _folded(indicator).endswith(_folded(unit))
    name = " · ".join(filter(None, (f"{indicator} ({unit})" if said else indicator, body)))
    return Series(name=name, dots=tuple(dots.values()), joined=True)


def _compared(one: _Dated, other: _Dated) -> bool:
    """Whether a rise from one to the other means anything: the half of a year is no fall.

    Rates can be compared at any time, counts where they are of equally long periods, or begin
    on one day and add up.
    """
    if one.figure.unit == "%":
        return True
    first, then = one.period.start, other.period.start
    if first is None or then is None:
        return first is then
    lengths = abs((one.day - first) - (other.day - then))
    return min(lengths, abs(then - first)) <= _NEARLY


def _written_period(one: Period) -> str:
    return "–".join(f"{day:%d/%m/%Y}" for day in (one.start, one.end) if day is not None)


def _folded(words: str | None) -> str:
    return " ".join((words or "").casefold().split())


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
    drawn = list(zip(series.dots, places, strict=True))
    if series.joined:
        steps = "".join(
            f"{'L' if at and not dot.apart else 'M'}{x} {y}"
            for at, (dot, (x, y)) in enumerate(drawn)
        )
        yield f'<path class="line" d="{steps}"/>'
    slips = [one for one in drawn if one[0].slip]
    others = [one for one in drawn if not one[0].slip] if len(set(places)) <= _FEW else []
    lines = list(_on_lines(drawn)) if series.joined else []
    yield from _names(slips[:_SAID], others if series.joined else [], places, lines)
    # Slips are drawn last, so that nothing lies over them.
    for dot, (x, y) in sorted(drawn, key=lambda one: one[0].slip):
        look = "slip" if dot.slip else "loose" if dot.loose else "dot"
        shape = f'<circle cx="{x}" cy="{y}" r="{6 if dot.slip else 4}" class="{look}">'
        title = f"<title>{shown_text(dot.label)}</title></circle>"
        if dot.finding is not None:
            yield f'<a href="#finding-{dot.finding}">{shape}{title}</a>'
        else:
            yield shape + title


_Drawn = tuple[Dot, tuple[float, float]]


def _on_lines(drawn: Sequence[_Drawn]) -> Iterator[tuple[float, float]]:
    """Some places on the line from dot to dot."""
    for (_, (x, y)), (dot, (to_x, to_y)) in pairwise(drawn):
        if not dot.apart:
            for part in range(1, _PARTS):
                yield x + (to_x - x) * part / _PARTS, y + (to_y - y) * part / _PARTS


def _names(
    slips: Sequence[_Drawn],
    others: Sequence[_Drawn],
    dots: Sequence[tuple[float, float]],
    lines: Sequence[tuple[float, float]],
) -> Iterator[str]:
    """What dots are called, each where it lies over no other name, few dots and little line."""
    taken: list[_Box] = []
    said: set[tuple[str, float, float]] = set()
    for dot, (x, y) in (*slips, *others):
        name = dot.label.partition(" · ")[0]
        if (name, x, y) in said:
            continue
        said.add((name, x, y))
        boxes = list(_around(x, y, len(name) * _LETTER))
        costs = [_hidden(box, dots, lines, taken) + at / 200 for at, box in enumerate(boxes)]
        best = boxes[costs.index(min(costs))]
        if not dot.slip and min(costs) >= 1:
            continue  # there is no room for it; it is said when the dot is pointed at
        taken.append(best)
        if dot.slip:
            # A name that stands further away is led to by a line.
            near = round(min(max(x, best[0]), best[2]), 1), round((best[1] + best[3]) / 2, 1)
            yield f'<path class="lead" d="M{x} {y}L{near[0]} {near[1]}"/>'
        place = f'x="{round(best[0], 1)}" y="{round(best[3] - 4, 1)}"'
        yield f'<text {place} class="said{"" if dot.slip else " plain"}">{shown_text(name)}</text>'


def _around(x: float, y: float, width: float) -> Iterator[_Box]:
    """Places for a name: right, left, over and under, and further up and down."""
    for up in (0, -1, 1, -2, 2):
        top = y + (up - 0.5) * _LINE
        for left in (x + 9, x - 9 - width, *([x - width / 2] if up else [])):
            inside = left >= _LEFT and left + width <= _WIDTH
            if inside and 0 <= top <= _HEIGHT - _BOTTOM - _LINE:
                yield left, top, left + width, top + _LINE
    yield min(x + 9, _WIDTH - width), y - _LINE / 2, min(x + 9 + width, _WIDTH), y + _LINE / 2


def _hidden(
    box: _Box,
    dots: Sequence[tuple[float, float]],
    lines: Sequence[tuple[float, float]],
    taken: Sequence[_Box],
) -> float:
    left, top, right, bottom = box
    under = sum(left - 4 < x < right + 4 and top - 4 < y < bottom + 4 for x, y in dots)
    crossed = sum(left < x < right and top < y < bottom for x, y in lines)
    over = sum(
        one[0] < right and left < one[2] and one[1] < bottom and top < one[3] for one in taken
    )
    return under + 100 * over + crossed / 100


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
    """From the first day to the last, and one in the middle that has a dot if there is any."""
    places = [day.toordinal() for day in days]
    low, high = min(places), max(places)
    if low == high:
        low, high = low - 1, high + 1
    middle = (low + high) / 2
    nearest = min(places, key=lambda day: abs(day - middle))
    if abs(nearest - middle) <= _MIDDLE * (high - low):
        middle = nearest
    ticks = (low, middle, high)
    return _Scale(low=low, high=high, start=_LEFT, end=_WIDTH - _RIGHT, ticks=ticks)


def _values(values: Sequence[float]) -> _Scale:
    """Round values around all of them."""
    low, high = min(values), max(values)
    step = _step((high - low) or abs(high) or 1.0)
    if all(float(value).is_integer() for value in values):
        step = max(step, 1.0)  # nobody counts half a report
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
