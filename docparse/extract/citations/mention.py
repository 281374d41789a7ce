"""A mention while it is being read: found first, then filled by one pass after the other.

>>> Mention(0, 5, 0, 5, "state", number="1/CP").number
'1/CP'
"""

from __future__ import annotations

from dataclasses import dataclass, field

from docparse.models import Date


@dataclass(slots=True)
class Mention:
    """One mention while it is being read; ``start`` to ``end`` becomes its span."""

    start: int
    end: int
    number_start: int
    number_end: int
    form: str
    type: str | None = None
    inherited: bool = False
    number: str | None = None
    serial: str | None = None
    year: int | None = None
    symbol: str | None = None
    date: Date | None = None
    date_how: str | None = None
    issuer: str | None = None
    issuer_how: str | None = None
    title: str | None = None
    title_start: int = -1
    title_end: int = -1
    pinpoint: str | None = None
    relation: str | None = None
    own: bool = False
    after: int = 0
    repairs: list[str] = field(default_factory=list)
    trace: list[tuple[str, str]] = field(default_factory=list)
