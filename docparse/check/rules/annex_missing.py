"""MIS804: an annex is promised and not there.

The text of one report goes in; "Phụ lục kèm theo", "(đính kèm)" without a single annex in the
file come out together.

>>> from docparse.patterns import load
>>> load().checks["annex-missing"].code
'MIS804'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import folded_space
from docparse.models import ZoneKind


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    promised = list(phrase(rule.patterns, "annex-promised").finditer(report.value))
    if not promised:
        return
    spans = [report.span(match.start(), match.end()) for match in promised]
    evidence = [report.evidence(span, "promise") for span in spans]
    if _has_annex(report, rule):
        yield rule.held(evidence)
        return
    said = "; ".join(dict.fromkeys(folded_space(span.quote) for span in spans))
    yield rule.finding(
        evidence, key=(report.identity, said), values={"said": said}, confidence=LIKELY
    )


def _has_annex(report: Subject, rule: Rule) -> bool:
    if any(zone.kind is ZoneKind.ANNEX for zone in report.outline.zones):
        return True
    if len(report.outline.parts) > 1:
        return True
    return phrase(rule.patterns, "annex-head").search(report.value) is not None
