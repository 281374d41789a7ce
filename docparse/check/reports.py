"""All reports of one run as the rules between reports see them.

Reports go in one after another, in the order of their paths, and need not stay: each is asked once
for what the rules want to compare. That is put aside; of a report itself only a few words remain.

>>> reports = Reports(load(), asks=[lambda report, _: [len(report.figures)]])
>>> len(reports.papers)
0
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from docparse.check.bodies import own_body, own_place
from docparse.check.papers import Mention, Mentions, Paper, Said, said_of
from docparse.check.spool import Kept, Spool
from docparse.check.subject import Subject
from docparse.models import Date, Evidence
from docparse.patterns import Patterns, load

__all__ = ["Ask", "Brief", "Reports", "gather", "load"]

Ask = Callable[[Subject, Patterns], Iterable[Any]]
"""What a rule between reports asks of each: its answers must say all that it needs to know."""

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What is remembered of a report itself."""

    date: Date | None
    identity: str
    issuers: tuple[str, ...]  # of the letterhead, the higher one first
    body: str | None
    place: str | None


class Reports:
    """The answers of all reports, and the papers that they cite."""

    def __init__(
        self, patterns: Patterns, *, asks: Iterable[Ask] = (), spool: Spool | None = None
    ) -> None:
        self.patterns = patterns
        self._spool = spool if spool is not None else Kept()
        self._answers: dict[Ask, array[int]] = {ask: array("q") for ask in asks}
        self._briefs: dict[str, Brief] = {}
        self._mentions = Mentions()
        self._made: dict[object, Any] = {}

    def add(self, report: Subject) -> None:
        """Ask a report, which comes behind those that were asked before."""
        self._briefs[report.path] = _brief(report)
        self._mentions.add(report.path, self._cited(report))
        for ask, places in self._answers.items():
            places.extend(self._spool.add(one) for one in ask(report, self.patterns))

    def _cited(self, report: Subject) -> Iterator[tuple[str, int, Said, int]]:
        for document in report.records.documents:
            for index in document.mentions:
                one = report.citations[index]
                head = None
                if one.own and one.date is None:
                    head = report.part_at(one.span.start).header
                said = said_of(one, head.date if head else None)
                dated = head.span("date") if head else None
                yield document.key, index, said, self._spool.add_spans((one.span, dated))

    def brief(self, path: str) -> Brief:
        """What is remembered of a report."""
        return self._briefs[path]

    def found(self, ask: Ask) -> Iterator[Any]:
        """The answers of all reports to a question, in the order of the reports."""
        return map(self._spool.__getitem__, self._answers[ask])

    def numbered(self, ask: Ask) -> Iterator[tuple[int, Any]]:
        """The same, each with the number by which :meth:`answer` has it again."""
        return ((place, self._spool[place]) for place in self._answers[ask])

    def answer(self, number: int) -> Any:
        """One answer."""
        return self._spool[number]

    def once(self, make: Callable[[Reports, Patterns], _Made]) -> _Made:
        """What several rules need, made when the first one asks for it."""
        if make not in self._made:
            self._made[make] = make(self, self.patterns)
        made: _Made = self._made[make]
        return made

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Every cited paper with all its mentions, in the order of the first."""
        return self._mentions.papers()

    def mention(self, number: int) -> Mention:
        """One of all mentions."""
        return self._mentions[number]

    def evidence(self, mention: Mention, role: str) -> Evidence:
        """The place of a citation; an own number is quoted with the header's date."""
        span, dated = self._spool.spans(mention.place)
        if dated is not None and role == "date":
            span = dated
        return Evidence(report=mention.path, role=role, span=span)

    @cached_property
    def scopes(self) -> dict[str, str]:
        """Body and place of each report; a place that is missing is that of the body's others."""
        places: dict[str, set[str]] = {}
        for one in self._briefs.values():
            if one.body and one.place:
                places.setdefault(one.body, set()).add(one.place)
        scopes = {}
        for path, one in self._briefs.items():
            known = places.get(one.body or "", set())
            place = one.place or (next(iter(known)) if len(known) == 1 else None)
            scopes[path] = f"{one.body} {place or path}" if one.body else path
        return scopes


def gather(subjects: Iterable[Subject], patterns: Patterns, *asks: Ask) -> Reports:
    """Reports that are there, asked at once."""
    reports = Reports(patterns, asks=asks)
    for one in sorted(subjects, key=lambda one: one.path):
        reports.add(one)
    return reports


def _brief(report: Subject) -> Brief:
    head = report.header
    return Brief(
        date=report.date,
        identity=report.identity,
        issuers=tuple(name for name in (head.issuer_parent, head.issuer) if name),
        body=own_body(report),
        place=own_place(report),
    )
