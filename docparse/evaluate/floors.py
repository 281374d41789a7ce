"""Scores that must never fall: scores and a ``floors.toml`` in, what fell out.

>>> floored(0.98769)
0.9876
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from math import floor
from pathlib import Path

from docparse.errors import UsageError
from docparse.evaluate import Scores
from docparse.evaluate.tally import MEASURES, Score
from docparse.patterns import load

_ABOUT = """\
# Sàn điểm: điểm từng loại không bao giờ được thấp hơn. Ghim lại bằng docparse evaluate --pin.
# Floors: no score may fall below. Pinned by docparse evaluate --pin, which only raises them.
"""
_DIGITS = 10_000

Floors = dict[str, dict[str, float]]


def read_floors(path: Path) -> Floors:
    """The floors by kind and measure; none where there is no file yet."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            kind: {
                measure: float(value) for measure, value in floors.items() if measure in MEASURES
            }
            for kind, floors in content.items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError("floor-bad-file", path=str(path), reason=error) from error


def broken_floors(scores: Scores, path: Path, *, lang: str = "vi") -> list[str]:
    """A sentence for each score below its floor; none where texts are missing, for then the
    scores are those of other texts."""
    if scores.skipped:
        return []
    return [
        load().message(
            "floor-broken", lang, kind=kind, measure=measure, value=f"{value:.4f}", floor=limit
        )
        for kind, measure, value, limit in _below(scores, read_floors(path))
    ]


def pin_floors(scores: Scores, path: Path, *, lang: str = "vi") -> str:
    """Raise the floors to the scores of now; UsageError where one would have to be lowered."""
    if scores.skipped:
        raise UsageError("floor-incomplete", count=len(scores.skipped))
    for kind, _, value, limit in _below(scores, read_floors(path)):
        raise UsageError("floor-lowered", kind=kind, floor=limit, value=f"{value:.4f}")
    kinds = scores.scored
    blocks = [_block(score) for _, score in sorted(kinds.items())]
    path.write_text("\n".join([_ABOUT, *blocks]), encoding="utf-8")
    return load().message("floor-written", lang, count=len(kinds), path=path)


def _below(scores: Scores, floors: Floors) -> Iterator[tuple[str, str, float, float]]:
    """Kind, measure, score and floor; a kind that is no longer found scores nothing."""
    for kind, limits in floors.items():
        score = scores.scored.get(kind)
        for measure, limit in limits.items():
            value = 0.0 if score is None else getattr(score, measure)
            if floored(value) < limit:
                yield kind, measure, value, limit


def _block(score: Score) -> str:
    values = (f"{measure} = {floored(getattr(score, measure))}" for measure in MEASURES)
    return "\n".join([f'["{score.kind}"]', *values, ""])


def floored(value: float) -> float:
    """Four digits, rounded down: a pinned score is one that was reached."""
    return floor(value * _DIGITS + 1e-6) / _DIGITS
