"""CIT509: the code of a standard one digit away from its many siblings.

All cited standards of the set go in; one that differs in one digit from a code that at least
three places write comes out with some of them.

>>> from docparse.patterns import load
>>> load().checks["standard-outlier"].code
'CIT509'
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Mention
from docparse.check.reports import Reports

_MAJORITY = 3
_QUOTED = 4
_DIGITS = re.compile(r"\d.*")


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    codes: dict[str, array[int]] = {}
    for paper in reports.papers:
        for one in paper.mentions if paper.key.family == "standard" else ():
            codes.setdefault(_code(one), array("q")).append(one.number)
    for code, numbers in sorted(codes.items()):
        mentions = [reports.mention(number) for number in numbers]
        siblings = [
            other
            for other, places in codes.items()
            if len(places) >= max(_MAJORITY, 2 * len(mentions) + 1)
            and len(other) == len(code)
            and Levenshtein.distance(code, other) == 1
        ]
        if len(siblings) != 1:
            yield rule.held([reports.evidence(one, "standard") for one in mentions])
            continue
        many = codes[siblings[0]]
        usual = [reports.mention(number) for number in many[:_QUOTED]]
        evidence = [reports.evidence(one, "outlier") for one in mentions]
        evidence += [reports.evidence(one, "usual") for one in usual]
        number = mentions[0].said.number or code
        right = usual[0].said.number or siblings[0]
        values = {"number": number, "usual": right, "count": str(len(many))}
        yield rule.finding(
            evidence, key=(code, siblings[0]), values=values, confidence=LIKELY, suggestion=right
        )


def _code(one: Mention) -> str:
    """The digits of the code: "TCVN ISO 9001: 2015" and "ISO 9001:2015" are one."""
    found = _DIGITS.search((one.said.number or "").replace(" ", ""))
    return found[0] if found else ""
