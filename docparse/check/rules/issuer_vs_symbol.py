"""CIT504: "của X" or "X ban hành" against the body that the symbol names.

All mentions of the set go in; a mention whose named issuer cannot own its code comes out with
the mentions of the same paper that name another issuer.

>>> from docparse.patterns import load
>>> load().checks["issuer-vs-symbol"].code
'CIT504'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.issuers import agree, body_code
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.subject import Reports
from docparse.patterns import Patterns

_SAID = ("của", "subject")


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for paper in reports.papers:
        told = [(one, _fits(one, rule.patterns)) for one in paper.mentions]
        against = [one for one, fits in told if fits is False]
        with_it = [one for one, fits in told if fits]
        for one in with_it:
            yield rule.held([reports.evidence(one, "issuer")])
        for one in against:
            cited = one.citation
            sure = _how(one) == "của"
            code = body_code(cited.key or "", cited.symbol or "") or ""
            yield rule.finding(
                [reports.evidence(each, "issuer") for each in (one, *with_it)],
                key=(cited.number or "", cited.issuer or ""),
                values={"number": cited.number or "", "issuer": cited.issuer or "", "code": code},
                equation=f"{cited.issuer} ≠ {code}",
                severity=None if sure else "warning",
                confidence=SURE if sure else LIKELY,
            )


def _how(one: Mention) -> str:
    return dict(one.citation.trace).get("issuer", "")


def _fits(one: Mention, patterns: Patterns) -> bool | None:
    cited = one.citation
    if cited.issuer is None or cited.symbol is None or _how(one) not in _SAID:
        return None
    code = body_code(cited.key or "", cited.symbol)
    return None if code is None else agree(cited.issuer, code, patterns)
