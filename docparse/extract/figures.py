"""Figures of a report: a text and its outline go in, figures and all other numbers come out.

Every run of digits that others have not claimed is in a figure or in ``other`` with its class;
what looks like a number and cannot be read is a notice too.

>>> from docparse.models import Header, Outline, Part, Source
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
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from docparse.extract.cues import CueFinder
from docparse.extract.drafts import Draft, Scanned, scan
from docparse.extract.indicators import IndicatorFinder
from docparse.extract.numbers import Number, parse_number
from docparse.extract.others import OtherNumber
from docparse.extract.periods import PeriodFinder
from docparse.extract.places import Places
from docparse.extract.scan import union
from docparse.extract.units import UnitFound, unit_reader
from docparse.models import Figure, Notice, OffsetMap, Outline, Text
from docparse.patterns import Patterns

__all__ = ["FiguresFound", "OffsetMap", "OtherNumber", "find_figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresFound:
    """Figures, what could not be read, and the numbers that are no figures."""

    figures: tuple[Figure, ...]
    notices: tuple[Notice, ...]
    other: tuple[OtherNumber, ...]
