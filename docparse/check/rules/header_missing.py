"""MIS809: a paper without its agency, number, date line or signer.

The header of the first document of a file goes in. Where two or more of the four parts that
Decree 30/2020/NĐ-CP asks for are not there at all, what is missing comes out; blank numbers and
dates are told by their own checks.

>>> from docparse.patterns import load
>>> load().checks["header-missing"].code
'MIS809'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.subject import Subject

_FEWEST = 2
_PARTS = {
    "issuer": "cơ quan ban hành",
    "symbol": "số, ký hiệu",
    "date": "địa danh, ngày tháng năm",
    "signer.name": "người ký",
}


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    head = report.header
    place = head.span("type") or head.span("title")
    if head.type is None or place is None or report.text.source.ocr:
        return  # on a picture the head is what stamps and signatures hide
    missing = [words for name, words in _PARTS.items() if head.span(name) is None]
    evidence = [report.evidence(place, "type")]
    if not missing:
        yield rule.held(evidence)
    elif len(missing) >= _FEWEST:
        said = "; ".join(missing)
        values = {"missing": said}
        yield rule.finding(evidence, key=(report.identity, said), values=values, confidence=LIKELY)
