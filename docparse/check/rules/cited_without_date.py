"""MIS805: a numbered paper that the report never dates.

The citations of one report go in; a paper with a number and no dated mention anywhere in the
report comes out once, with all its mentions.

>>> from docparse.patterns import load
>>> load().checks["cited-without-date"].code
'MIS805'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.subject import Subject

_FAMILIES = ("state:", "letter:", "party:", "legal:")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for document in report.records.documents:
        mentions = [report.citations[index] for index in document.mentions]
        if not document.key.startswith(_FAMILIES) or any(one.own for one in mentions):
            continue
        evidence = [report.evidence(one.span, "citation") for one in mentions]
        if document.dates:
            yield rule.held(evidence)
            continue
        number = document.numbers[0] if document.numbers else document.key
        key = (report.identity, number)
        yield rule.finding(evidence, key=key, values={"number": number}, confidence=LIKELY)
