"""How much of each report the checks have taken up: reports and places go in, counts come out.

Of a report only the ends of its records are kept. Places wait until there are many; then they are
held against the records, and only which of these were met is remembered.

>>> list(Covered())
[]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docparse.check.subject import Subject
from docparse.models import Citation, Coverage, Evidence, Figure, Table

_MOST = 100_000  # places that may wait

_Place = tuple[int, int]


class _Records:
    """The records of one kind in one report, and which of them were met."""

    __slots__ = ("_ends", "_met", "_starts")

    def __init__(self, records: Sequence[Citation] | Sequence[Figure] | Sequence[Table]) -> None:
        places = sorted((one.span.origin_start, one.span.origin_end) for one in records)
        self._starts = array("l", (start for start, _ in places))
        self._ends = array("l", (end for _, end in places))
        self._met = bytearray(len(places))

    def __len__(self) -> int:
        return len(self._met)

    @property
    def met(self) -> int:
        return sum(self._met)

    def meet(self, places: Sequence[_Place]) -> None:
        """Note the records that overlap one of the places; both are walked once, in order."""
        index, reach = 0, -1
        for number, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            while index < len(places) and places[index][0] < end:
                reach = max(reach, places[index][1])
                index += 1
            if reach > start:
                self._met[number] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    figures: _Records
    citations: _Records
    tables: _Records


class Covered:
    """The records of all reports that some relation, broken or not, has taken up."""

    def __init__(self, *, most_waiting: int = _MOST) -> None:
        self._most = most_waiting
        self._reports: dict[str, list[_Report]] = {}
        self._waiting: dict[str, set[_Place]] = {}
        self._count = 0

    def add(self, report: Subject) -> None:
        """A report whose records are to be counted."""
        records = _Report(
            figures=_Records(report.figures),
            citations=_Records(report.citations),
            tables=_Records(report.tables),
        )
        self._reports.setdefault(report.path, []).append(records)

    def take(self, evidence: Evidence) -> None:
        """A place that some relation has taken up."""
        waiting = self._waiting.setdefault(evidence.report, set())
        waiting.add((evidence.span.origin_start, evidence.span.origin_end))
        self._count += 1
        if self._count >= self._most:
            self._settle()

    def __iter__(self) -> Iterator[Coverage]:
        self._settle()
        for path, same in self._reports.items():
            for one in same:
                yield Coverage(
                    report=path,
                    figures=len(one.figures),
                    figures_checked=one.figures.met,
                    citations=len(one.citations),
                    citations_checked=one.citations.met,
                    tables=len(one.tables),
                    tables_checked=one.tables.met,
                )

    def _settle(self) -> None:
        for path, waiting in self._waiting.items():
            places = sorted(waiting)
            for one in self._reports.get(path, ()):
                one.figures.meet(places)
                one.citations.meet(places)
                one.tables.meet(places)
        self._waiting.clear()
        self._count = 0
