"""Small charts as SVG: a series of dots against dates goes in, a picture comes out.

>>> dots = [Dot(day=date(2023, 1, 5), value=12.0, label="12/KH-SCT", slip=False)]
>>> chart(Series(name="SCT 2023", dots=tuple(dots))).count("<circle")
1
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from docparse.models import Figure
from docparse.render.markup import attribute, shown_text

_WIDTH, _HEIGHT = 520, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 26, 34
_TICKS = 4
_ENOUGH = 3  # dates that a figure must have before a line says anything
_MOST = 24  # charts of figures
_FINE = 10  # values nearer to each other than this are written with a decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One value on one day; a ``slip`` stands out."""

    day: date
    value: float
    label: str
    slip: bool = False
    finding: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What one chart shows; ``joined`` where a line leads from dot to dot."""

    name: str
    dots: tuple[Dot, ...]
    joined: bool = False


def figure_series(reports: Sequence[Any]) -> tuple[Series, ...]:
    """Figures of one indicator and unit on at least three days, the most often named first."""
    groups: dict[tuple[str, str], dict[date, list[tuple[float, str]]]] = {}
    for report in reports:
        for one in report.figures:
            for key, day, value, label in _dated(one, report.source.path):
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


def _dated(one: Figure, path: str) -> Iterator[tuple[tuple[str, str], date, float, str]]:
    """A result with its indicator and the end of its period."""
    day = one.period.end if one.period is not None else None
    if one.indicator is None or day is None or one.mode != "result":
        return
    key = " ".join(one.indicator.casefold().split()), one.unit or ""
    yield key, day, float(one.value), f"{one.span.quote} · {day:%d/%m/%Y} · {path}"


def chart(series: Series) -> str:
    """The picture with its name; every dot says what it is when pointed at."""
    days = [dot.day.toordinal() for dot in series.dots]
    values = [dot.value for dot in series.dots]
    across = _Scale(min(days), max(days), _LEFT, _WIDTH - _RIGHT)
    up = _Scale(min(values), max(values), _HEIGHT - _BOTTOM, _TOP)
    # A picture may hold no links: one with slips to follow is a group.
    role = "group" if any(dot.finding is not None for dot in series.dots) else "img"
    pieces = [
        f'<figure class="chart"><figcaption>{shown_text(series.name)}</figcaption>'
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="{role}"'
        f' aria-label="{attribute(series.name)}">'
    ]
    for value in up.ticks():
        y, shown = up.at(value), _written(value, fine=up.high - up.low < _FINE)
        pieces.append(f'<path class="grid" d="M{_LEFT} {y}H{_WIDTH - _RIGHT}"/>')
        pieces.append(f'<text x="{_LEFT - 6}" y="{y + 4}" class="end">{shown}</text>')
    for day, side in zip(across.ticks(), ("start", "middle", "middle", "end"), strict=True):
        shown = f"{date.fromordinal(round(day)):%d/%m/%Y}"
        place = f'x="{across.at(day)}" y="{_HEIGHT - 10}"'
        pieces.append(f'<text {place} class="{side}">{shown}</text>')
    if series.joined:
        steps = "L".join(
            f"{across.at(day)} {up.at(value)}" for day, value in zip(days, values, strict=True)
        )
        pieces.append(f'<path class="line" d="M{steps}"/>')
    # Slips are drawn last, so that nothing lies over them.
    for dot in sorted(series.dots, key=lambda dot: dot.slip):
        x, y = across.at(dot.day.toordinal()), up.at(dot.value)
        look = 'r="6" class="slip"' if dot.slip else 'r="4" class="dot"'
        shape = f'<circle cx="{x}" cy="{y}" {look}>'
        title = f"<title>{shown_text(dot.label)}</title></circle>"
        if dot.finding is not None:
            pieces.append(f'<a href="#finding-{dot.finding}">{shape}{title}</a>')
        else:
            pieces.append(shape + title)
    return "".join([*pieces, "</svg></figure>\n"])


class _Scale:
    """From values to places on the picture."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        if low == high:
            low, high = low - 1, high + 1
        self.low, self.high, self.start, self.end = low, high, start, end

    def at(self, value: float) -> float:
        part = (value - self.low) / (self.high - self.low)
        return round(self.start + part * (self.end - self.start), 1)

    def ticks(self) -> Iterator[float]:
        for step in range(_TICKS):
            yield self.low + (self.high - self.low) * step / (_TICKS - 1)


def _written(value: float, *, fine: bool) -> str:
    """As Vietnamese reports write numbers: 1.234,5."""
    shown = f"{value:,.1f}" if fine else f"{value:,.0f}"
    return shown.translate(str.maketrans(",.", ".,"))
