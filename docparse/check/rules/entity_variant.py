"""NAM951: one system or unit, spelt in several ways.

The text of one report goes in. Names of systems that differ in hyphens and capitals only (Egov,
eGov, E-Gov), and names of units that differ in marks only (Quản lý, Quản lí), come out once with
one place a spelling.

>>> from docparse.patterns import load
>>> load().checks["entity-variant"].code
'NAM951'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import fold, folded_space
from docparse.models import Span, ZoneKind
from docparse.patterns.syllables import fold as fold_tones
from docparse.patterns.syllables import is_syllable

_SHORTEST = 4  # letters of a name that may be a system's
_HEAD = (ZoneKind.HEADER, ZoneKind.SIGNATURE, ZoneKind.RECIPIENTS)


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    places: dict[str, dict[str, Span]] = {}
    for key, spelling, match in (*_systems(report, rule), *_units(report, rule)):
        if report.zone_at(match.start()) not in _HEAD:
            span = report.span(match.start(), match.end())
            places.setdefault(key, {}).setdefault(spelling, span)
    for key, spellings in sorted(places.items()):
        if len(spellings) > 1:
            yield _finding(report, rule, key, spellings)


_Named = tuple[str, str, re.Match[str]]


def _systems(report: Subject, rule: Rule) -> Iterator[_Named]:
    """Words that are not Vietnamese, by their letters."""
    for match in phrase(rule.patterns, "system-name").finditer(report.value):
        key = match[0].replace("-", "").lower()
        if len(key) >= _SHORTEST and not is_syllable(key) and not _is_shouted(report, match):
            # A sentence may begin with it.
            yield f"system {key}", match[0][:1].lower() + match[0][1:], match


def _units(report: Subject, rule: Rule) -> Iterator[_Named]:
    """Names by their letters without marks; where in a syllable a tone stands does not matter."""
    for match in phrase(rule.patterns, "named-unit").finditer(report.value):
        name = folded_space(match[0])
        yield f"unit {fold(name).replace('y', 'i')}", fold_tones(name).lower(), match


def _is_shouted(report: Subject, match: re.Match[str]) -> bool:
    """A line in capitals says nothing of how a name is spelt."""
    start, end = report.stretches.line(match.start())
    return match[0].isupper() and report.value[start:end].isupper()


def _finding(report: Subject, rule: Rule, key: str, spellings: dict[str, Span]) -> Outcome:
    names = [folded_space(span.quote) for span in spellings.values()]
    return rule.finding(
        [report.evidence(span, "spelling") for span in spellings.values()],
        key=(report.identity, key, *sorted(names)),
        values={"names": "; ".join(names)},
        confidence=LIKELY,
    )
