"""LAW972: a central document cited after the day on which it lost effect.

The papers of the set go in, with the list ``registry.csv`` of the user's patterns folder. A
warning where the paper is a basis or is carried out, a note elsewhere; a sentence that says itself
that the document was replaced holds.

>>> from docparse.patterns import load
>>> load().checks["expired"].code
'LAW972'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.listed import cited, listed_papers
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.phrases import phrase
from docparse.check.subject import Reports
from docparse.check.words import same_day_shown
from docparse.patterns.registry import RegistryRow

_BEFORE = 40  # characters before a citation that say that it is leaned on


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for paper, row in listed_papers(reports, rule.patterns):
        by_report: dict[str, list[Mention]] = {}
        for one in cited(paper):
            by_report.setdefault(one.path, []).append(one)
        for path, mentions in by_report.items():
            yield from _report(reports, rule, row, path, mentions)


def _report(
    reports: Reports, rule: Rule, row: RegistryRow, path: str, mentions: list[Mention]
) -> Iterator[Outcome]:
    report = reports.by_path[path]
    made = report.date.calendar if report.date else None
    if made is None:
        return
    told = [one for one in mentions if not _says_so(reports, rule, one)]
    evidence = [reports.evidence(one, "citation") for one in told or mentions]
    if row.expires is None or made < row.expires or not told:
        yield rule.held(evidence)
        return
    leaned = any(_is_leaned_on(reports, rule, one) for one in told)
    expired = same_day_shown(row.expires.isoformat())
    day = same_day_shown(made.isoformat())
    yield rule.finding(
        evidence,
        key=(row.number, report.identity),
        values={"number": told[0].citation.number or row.number, "expired": expired, "date": day},
        equation=f"{expired} ≤ {day}",
        severity=None if leaned else "note",
        confidence=LIKELY,
    )


def _says_so(reports: Reports, rule: Rule, one: Mention) -> bool:
    report, start = reports.by_path[one.path], one.citation.span.start
    low, high = report.stretches.sentence(start)
    return phrase(rule.patterns, "ended").search(report.value[low:high]) is not None


def _is_leaned_on(reports: Reports, rule: Rule, one: Mention) -> bool:
    if one.citation.relation is not None:
        return True
    value, start = reports.by_path[one.path].value, one.citation.span.start
    lead = value[max(0, start - _BEFORE) : start]
    return phrase(rule.patterns, "leans-on").search(lead) is not None
