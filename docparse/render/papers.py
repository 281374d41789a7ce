"""Every cited paper of a set of reports, with all that it is called: reports in, papers out.

>>> cited_papers([])
{}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from docparse.models import Date

TOLD = ("numbers", "types", "dates", "issuers", "titles")


@dataclass(frozen=True, slots=True)
class Paper:
    """What the reports say of one paper; ``places`` are report and citation, counted from 0."""

    told: dict[str, dict[str, None]] = field(default_factory=lambda: {name: {} for name in TOLD})
    places: list[tuple[int, int]] = field(default_factory=list)


def cited_papers(reports: Sequence[Any]) -> dict[str, Paper]:
    """The papers by key, in the order of their first mention."""
    papers: dict[str, Paper] = {}
    for index, report in enumerate(reports):
        for one in report.documents:
            paper = papers.setdefault(one.key, Paper())
            dates = [day_text(day) for day in one.dates]
            values = (one.numbers, one.types, dates, one.issuers, one.titles)
            for name, row in zip(TOLD, values, strict=True):
                paper.told[name].update(dict.fromkeys(" ".join(str(said).split()) for said in row))
            paper.places.extend((index, at) for at in one.mentions)
    return papers


def day_text(said: Date) -> str:
    """As Vietnamese papers write dates; a part that is missing stays away.

    >>> day_text(Date(year=2020, month=3, day=5))
    '05/03/2020'
    """
    parts = [f"{part:02}" for part in (said.day, said.month) if part is not None]
    return "/".join([*parts, *([str(said.year)] if said.year is not None else [])])
