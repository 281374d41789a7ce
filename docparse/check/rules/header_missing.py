"""MIS809: a paper without its agency, national motto, number, date line or signer.

The header of the first document of a file goes in, also of an annex that does not name its
paper. Where two or more of the five parts that Decree 30/2020/NĐ-CP asks for are not there at
all, what is missing comes out; blank numbers and dates are told by their own checks.

>>> from docparse.patterns import load
>>> load().checks["header-missing"].code
'MIS809'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject

_FEWEST = 2
_HEAD = 2000  # characters in which the motto must stand
_PARTS = {
    "issuer": "⟨part-issuer⟩",
    "symbol": "⟨part-symbol⟩",
    "date": "⟨part-date⟩",
    "signer.name": "⟨part-signer⟩",
}


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    head = report.header
    place = head.span("type") or head.span("title")
    if place is None or report.text.source.ocr:
        return  # on a picture the head is what stamps and signatures hide
    if head.type is None and not _is_stray_annex(report, rule):
        return
    missing = [words for name, words in _PARTS.items() if head.span(name) is None]
    headless = phrase(rule.patterns, "motto").search(report.value[:_HEAD]) is None
    if headless and head.span("issuer") is None:  # they stand side by side, and go together
        missing.insert(0, "⟨part-motto⟩")
    evidence = [report.evidence(place, "type")]
    if not missing:
        yield rule.held(evidence)
    elif len(missing) >= _FEWEST:
        said = "; ".join(missing)
        values = {"missing": said}
        yield rule.finding(evidence, key=(report.identity, said), values=values, confidence=LIKELY)


def _is_stray_annex(report: Subject, rule: Rule) -> bool:
    """A file that calls itself an annex and does not say of which paper."""
    annex = phrase(rule.patterns, "annex-alone").search(report.value)
    return annex is not None and phrase(rule.patterns, "annexed-to").search(report.value) is None
