"""CIT507: a symbol that is not built as its body builds them.

Citations of one report go in. The Party writes 19-CT/TU, the State 19/CT-UBND; a symbol built
the other way comes out, and as a note one that lacks the Đ.

>>> from docparse.patterns import load
>>> load().checks["malformed-symbol"].code
'CIT507'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.check.issuers import body_code, coded
from docparse.check.outcomes import SURE, Outcome, Rule
from docparse.check.subject import Subject
from docparse.models import Citation, Evidence
from docparse.patterns import Patterns

_PLAIN = re.compile(r"(?<![A-ZĐ])(?:ND|QD|DA|BCD|HDND|HDBT|LDTBXH)(?![A-ZĐ])")
_SETTLED = 2011  # the forms of both sides have been fixed since; before they varied
_HYPHEN = re.compile(r"^\d+\s*-")


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    for one in report.citations:
        if one.own or not one.number or not one.symbol or not one.key:
            continue
        evidence = [report.evidence(one.span, "citation")]
        right = _wrong_family(one, rule.patterns)
        if right is not None:
            recent = one.date is None or (one.date.year or 0) >= _SETTLED
            yield _finding(rule, one, evidence, right, "warning" if recent else "note")
        elif _PLAIN.search(one.symbol):
            yield _finding(rule, one, evidence, _with_bar(one.number), "note")
        else:
            yield rule.held(evidence)


def _finding(
    rule: Rule, one: Citation, evidence: list[Evidence], right: str, severity: str
) -> Outcome:
    return rule.finding(
        evidence,
        key=(one.number or "",),
        values={"number": one.number or "", "right": right},
        severity=severity,
        confidence=SURE,
        suggestion=right,
    )


def _wrong_family(one: Citation, patterns: Patterns) -> str | None:
    """The number as its body would write it, where it is written as the other family does."""
    key, number, symbol = one.key or "", one.number or "", one.symbol or ""
    body = body_code(key, symbol)
    levels = {row.level for row in patterns.issuers if row.id in coded(body or "", patterns)}
    codes = re.split(r"[-–/]", symbol)
    if not levels or len(codes) != 2:
        return None
    party = levels <= {"party"}
    if key.startswith("party:") and not levels & {"party", "union"} and _HYPHEN.match(number):
        return f"{one.serial}/{codes[0]}-{codes[1]}"
    if key.startswith("state:") and party:
        return f"{one.serial}-{codes[0]}/{codes[1]}"
    return None


def _with_bar(number: str) -> str:
    """NĐ for ND, QĐ for QD."""
    return _PLAIN.sub(lambda found: found[0].replace("D", "Đ", 1), number)
