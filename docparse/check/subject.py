"""One report as the rules see it.

In go the stages' values of one file, out come the questions that rules ask: in which sentence
and under which header does this stand, on which day was the report made.

>>> from docparse.models import Date
>>> shown(Date(year=2021, month=2, day=5)), shown(Date(year=2021))
('05/02/2021', '2021')
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from docparse.check.words import Stretches, fold, shown
from docparse.models import (
    Citation,
    Date,
    Enumeration,
    Evidence,
    Figure,
    Header,
    Outline,
    Part,
    Records,
    Span,
    Table,
    Text,
    ZoneKind,
)

__all__ = ["Subject", "shown"]


class Subject:
    """One report: its text, outline and records, and where things stand in it."""

    def __init__(self, *, path: str, text: Text, outline: Outline, records: Records) -> None:
        self.path = path
        self.text = text
        self.outline = outline
        self.records = records

    @property
    def value(self) -> str:
        return self.text.value

    @property
    def header(self) -> Header:
        return self.outline.header

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.records.citations

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.records.figures

    @property
    def tables(self) -> tuple[Table, ...]:
        return self.records.tables

    @property
    def enumerations(self) -> tuple[Enumeration, ...]:
        return self.records.enumerations

    @cached_property
    def stretches(self) -> Stretches:
        """Sentences and clauses of the repaired text."""
        return Stretches(self.text.value)

    @cached_property
    def date(self) -> Date | None:
        """The day on the report itself, as far as it is written."""
        return self.header.date

    @cached_property
    def identity(self) -> str:
        """What tells this report from others, whatever its file is called."""
        head = self.header
        said = (head.issuer, head.number or head.symbol, head.title)
        return fold(" ".join(part for part in said if part)) or fold(self.value[:200])

    def part_at(self, position: int) -> Part:
        """The document of the file that holds a position."""
        parts = self.outline.parts
        index = bisect_right(parts, position, key=lambda part: part.start) - 1
        return parts[max(0, index)]

    def zone_at(self, position: int) -> ZoneKind:
        return self.outline.zone_at(position)

    def span(self, start: int, end: int) -> Span:
        return self.text.span(start, end)

    def evidence(self, span: Span, role: str) -> Evidence:
        """One side of a finding in this report."""
        return Evidence(report=self.path, role=role, span=span)
