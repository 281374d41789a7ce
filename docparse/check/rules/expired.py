"""LAW972: a central document cited after the day on which it lost effect.

The papers of the set go in, with the list ``registry.csv`` of the user's patterns folder. A
warning where the paper is a basis or is carried out, a note elsewhere; a sentence that says itself
that the document was replaced holds.

>>> from docparse.patterns import load
>>> load().checks["expired"].code
'LAW972'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docparse.check.listed import cited, listed_papers
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.subject import Subject
from docparse.check.words import same_day_shown
from docparse.patterns import Patterns
from docparse.patterns.registry import RegistryRow

_BEFORE = 40  # characters before a citation that say that it is leaned on


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a citation: that the paper has ended, that it is leaned on."""

    path: str
    index: int
    ended: bool
    leaned_on: bool


def words_around(report: Subject, patterns: Patterns) -> Iterator[Around]:
    """The citations of a report around which something is said, where there is a list at all."""
    for index, one in enumerate(report.citations if patterns.registry else ()):
        start = one.span.start
        low, high = report.stretches.sentence(start)
        around = Around(
            path=report.path,
            index=index,
            ended=phrase(patterns, "ended").search(report.value[low:high]) is not None,
            leaned_on=one.relation is not None
            or phrase(patterns, "leans-on").search(report.value[max(0, start - _BEFORE) : start])
            is not None,
        )
        if around.ended or around.leaned_on:
            yield around


ASKS = (words_around,)


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    around = {(one.path, one.index): one for one in reports.found(words_around)}
    for paper, row in listed_papers(reports, rule.patterns):
        by_report: dict[str, list[Mention]] = {}
        for one in cited(paper):
            by_report.setdefault(one.path, []).append(one)
        for mentions in by_report.values():
            yield from _report(reports, rule, row, mentions, around)


def _report(
    reports: Reports,
    rule: Rule,
    row: RegistryRow,
    mentions: list[Mention],
    around: Mapping[tuple[str, int], Around],
) -> Iterator[Outcome]:
    report = reports.brief(mentions[0].path)
    made = report.date.calendar if report.date else None
    if made is None:
        return
    words = [around.get((one.path, one.nth)) for one in mentions]
    told = [one for one, said in zip(mentions, words, strict=True) if not (said and said.ended)]
    evidence = [reports.evidence(one, "citation") for one in told or mentions]
    if row.expires is None or made < row.expires or not told:
        yield rule.held(evidence)
        return
    leaned = any(said.leaned_on for said in words if said and not said.ended)
    expired = same_day_shown(row.expires.isoformat())
    day = same_day_shown(made.isoformat())
    yield rule.finding(
        evidence,
        key=(row.number, report.identity),
        values={"number": told[0].said.number or row.number, "expired": expired, "date": day},
        equation=f"{expired} ≤ {day}",
        severity=None if leaned else "note",
        confidence=LIKELY,
    )
