"""CIT504: "của X" or "X ban hành" against the body that the symbol names.

All mentions of the set go in; a mention whose named issuer cannot own its code comes out with
the mentions of the same paper that name another issuer. "Theo hướng dẫn của X tại …" and "tại …, X
yêu cầu" name the issuer too, unless an office tells what its head has said.

>>> from docparse.patterns import load
>>> load().checks["issuer-vs-symbol"].code
'CIT504'
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from docparse.check.issuers import agree, body_code
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.subject import Subject
from docparse.models import Citation
from docparse.patterns import Patterns

_SAID = ("của", "subject", "speaks", "before")
_TOLD = ("speaks", "before")  # by what the body says in its paper
_BEFORE = 150  # characters before a mention in which such words stand


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    by_words = frozenset(reports.found(told_by_words))
    for paper in reports.papers:
        told = [(one, _fits(one, reports, by_words)) for one in paper.mentions]
        against = [one for one, fits in told if fits is False]
        with_it = [one for one, fits in told if fits]
        for one in with_it:
            yield rule.held([reports.evidence(one, "issuer")])
        for one in against:
            cited = one.said
            sure = cited.issuer_how == "của"
            code = body_code(cited.key, cited.symbol or "") or ""
            yield rule.finding(
                [reports.evidence(each, "issuer") for each in (one, *with_it)],
                key=(cited.number or "", cited.issuer or ""),
                values={"number": cited.number or "", "issuer": cited.issuer or "", "code": code},
                equation=f"{cited.issuer} ≠ {code}",
                severity=None if sure else "warning",
                confidence=SURE if sure else LIKELY,
            )


def told_by_words(report: Subject, patterns: Patterns) -> Iterator[tuple[str, int]]:
    """The citations of a report whose issuer is named by words before them."""
    for index, one in enumerate(report.citations):
        if dict(one.trace).get("issuer") == "before" and _is_told(one, report, patterns):
            yield report.path, index


ASKS = (told_by_words,)


def _fits(one: Mention, reports: Reports, by_words: Collection[tuple[str, int]]) -> bool | None:
    cited, how, patterns = one.said, one.said.issuer_how, reports.patterns
    if cited.issuer is None or cited.symbol is None or how not in _SAID:
        return None
    code = body_code(cited.key, cited.symbol)
    if code is None:
        return None
    if how in _TOLD and phrase(reports.patterns, "spoken-for").fullmatch(code):
        return None
    if how == "before" and (one.path, one.nth) not in by_words:
        return None
    said_on = reports.brief(one.path).date
    return agree(cited.issuer, code, patterns, said_on.calendar if said_on else None)


def _is_told(cited: Citation, report: Subject, patterns: Patterns) -> bool:
    """ "hướng dẫn của X tại" names the issuer; "nhiệm vụ của X tại" another body's paper."""
    start = cited.span.start
    before = " ".join(report.value[max(0, start - _BEFORE) : start].split())
    head, found, _ = before.rpartition(cited.issuer or "")
    return bool(found) and phrase(patterns, "told-by").search(head) is not None
