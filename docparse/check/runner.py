"""Runs the rules over reports: subjects go in; findings, what held and coverage come out.

The order of the files does not matter: subjects are sorted by path, findings by severity, code
and place. Findings with one fingerprint are one finding with the evidence of all, and a slip that
two rules tell of is told once.

>>> run([], codes=()).findings
()
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from docparse.check import rules
from docparse.check.outcomes import DOUBTFUL, POSSIBLE, Outcome, Rule
from docparse.check.overlaps import without_echoes
from docparse.check.subject import Reports, Subject
from docparse.models import (
    Apart,
    Checked,
    Citation,
    Coverage,
    Evidence,
    Figure,
    Finding,
    Held,
    Source,
    Table,
)
from docparse.patterns import Patterns, load

SEVERITIES = ("error", "warning", "note")

OfReport = Callable[[Subject, Rule], Iterator[Outcome]]
OfReports = Callable[[Reports, Rule], Iterator[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRule:
    """A rule with what it runs: on each report, or once on the set."""

    rule: Rule
    of_report: OfReport | None = None
    of_reports: OfReports | None = None

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def slug(self) -> str:
        return self.rule.slug


def find_rules(patterns: Patterns | None = None) -> tuple[FoundRule, ...]:
    """Every rule of the folder that has its words, in the order of the codes."""
    patterns = patterns or load()
    found = []
    for name in _module_names():
        check = patterns.checks.get(name.replace("_", "-"))
        if check is None:
            continue
        module = import_module(f"{rules.__name__}.{name}")
        found.append(
            FoundRule(
                rule=Rule(check=check, patterns=patterns),
                of_report=getattr(module, "check_report", None),
                of_reports=getattr(module, "check_reports", None),
            )
        )
    return tuple(sorted(found, key=lambda one: one.code))


@cache
def _module_names() -> tuple[str, ...]:
    return tuple(sorted(info.name for info in pkgutil.iter_modules(rules.__path__)))


def run(
    subjects: Sequence[Subject],
    *,
    codes: Collection[str] | None = None,
    patterns: Patterns | None = None,
) -> Checked:
    """Run the rules of ``codes`` (None: all) over a set of reports."""
    reports = Reports(subjects)
    outcomes: list[Outcome] = []
    for found in find_rules(patterns):
        if codes is None or found.code in codes:
            outcomes += _outcomes(found, reports)
    scans = {one.path: one.text.source for one in reports if one.text.source.ocr}
    findings = [_doubted(one, scans) for one in outcomes if isinstance(one, Finding)]
    return Checked(
        findings=tuple(sorted(without_echoes(_merged(findings)), key=_finding_order)),
        held=tuple(one for one in outcomes if isinstance(one, Held)),
        apart=tuple(one for one in outcomes if isinstance(one, Apart)),
        coverage=tuple(_coverage(reports, outcomes)),
    )


def _outcomes(found: FoundRule, reports: Reports) -> Iterator[Outcome]:
    if found.of_reports is not None:
        yield from found.of_reports(reports, found.rule)
    if found.of_report is not None:
        for subject in reports.subjects:
            yield from found.of_report(subject, found.rule)


def _doubted(one: Finding, scans: Mapping[str, Source]) -> Finding:
    """What rests on letters that a machine recognised on a picture is no proof; the finding says
    so, and names the words that were doubtful even to the machine."""
    seen = [each for each in one.evidence if each.report in scans]
    if not seen:
        return one
    doubts = [
        " ".join(each.span.quote.split())
        for each in seen
        if scans[each.report].is_doubtful(each.span.origin_start, each.span.origin_end)
    ]
    return replace(
        one,
        severity="warning" if one.severity == "error" else one.severity,
        confidence=min(one.confidence, DOUBTFUL if doubts else POSSIBLE),
        doubts="; ".join(dict.fromkeys(doubts)),
    )


def _merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding a fingerprint, the surest of its repeats, with the evidence of all."""
    groups: dict[str, list[Finding]] = {}
    for one in findings:
        groups.setdefault(one.fingerprint, []).append(one)
    for same in groups.values():
        evidence = dict.fromkeys(each for one in same for each in one.evidence)
        yield replace(min(same, key=_doubt), evidence=tuple(evidence))


def _doubt(one: Finding) -> tuple[int, float]:
    return SEVERITIES.index(one.severity), -one.confidence


def _finding_order(one: Finding) -> tuple[int, str, str, int, str]:
    first = min(one.evidence, key=_place)
    return SEVERITIES.index(one.severity), one.code, *_place(first), one.fingerprint


def _place(evidence: Evidence) -> tuple[str, int]:
    return evidence.report, evidence.span.origin_start


def _coverage(reports: Reports, outcomes: Iterable[Outcome]) -> Iterator[Coverage]:
    """Counts the records that some relation, broken or not, has taken up."""
    taken: dict[str, set[tuple[int, int]]] = {}
    for one in outcomes:
        for each in () if isinstance(one, Apart) else one.evidence:
            place = (each.span.origin_start, each.span.origin_end)
            taken.setdefault(each.report, set()).add(place)
    for subject in reports:
        spans = sorted(taken.get(subject.path, ()))
        yield Coverage(
            report=subject.path,
            figures=len(subject.figures),
            figures_checked=_touched(subject.figures, spans),
            citations=len(subject.citations),
            citations_checked=_touched(subject.citations, spans),
            tables=len(subject.tables),
            tables_checked=_touched(subject.tables, spans),
        )


def _touched(
    records: Sequence[Citation] | Sequence[Figure] | Sequence[Table],
    spans: Sequence[tuple[int, int]],
) -> int:
    """How many records overlap one of the spans; both are walked once, in order."""
    count, index, reach = 0, 0, -1
    for start, end in sorted((one.span.origin_start, one.span.origin_end) for one in records):
        while index < len(spans) and spans[index][0] < end:
            reach = max(reach, spans[index][1])
            index += 1
        count += reach > start
    return count
