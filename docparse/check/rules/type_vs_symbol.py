"""CIT503: the type word against the type code in the symbol.

Citations of one report go in; "Kế hoạch số 655/TB-SCT" names a plan and carries the code of an
announcement.

>>> from docparse.patterns import load
>>> load().checks["type-vs-symbol"].code
'CIT503'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.subject import Subject
from docparse.models import Citation
from docparse.patterns import Patterns

# Only these kinds of numbers carry a type code, or leave it out on purpose.
_FAMILIES = ("state:", "legal:", "party:", "letter:")
_LETTERS = ("cong-van", "thu-cong")  # ids of types that carry no code


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    codes, names = _types(rule.patterns)
    letters = _letters(rule.patterns)
    for one in report.citations:
        if one.own or not one.symbol or not (one.key or "").startswith(_FAMILIES):
            continue
        if one.type not in codes or not re.search(r"[-–]", one.symbol):
            continue  # "Nghị định số 61/CP" is of an age without type codes
        evidence = [report.evidence(one.span, "citation")]
        code = re.split(r"[-–/]", one.symbol)[0]
        wanted = codes[one.type]
        if code in wanted or (code not in names and one.key and not one.key.startswith("letter:")):
            yield rule.held(evidence)
            continue
        if one.type in letters and code not in names:
            yield rule.held(evidence)
            continue
        if not _is_said(one):
            continue
        says = _says(names.get(code, []), one)
        sure = code in names and one.type not in letters
        yield rule.finding(
            evidence,
            key=(one.number or "", one.type),
            values={"number": one.number or "", "type": one.type, "code": code, "says": says},
            equation=f"{one.type} ≠ {code}",
            severity=None if sure else "warning",
            confidence=SURE if sure else LIKELY,
        )


def _says(names: list[tuple[str, str]], one: Citation) -> str:
    """What the code stands for in the register of this paper."""
    party = (one.key or "").startswith("party:")
    fitting = [name for name, family in names if family == "both" or (family == "party") == party]
    return fitting[0] if fitting else (names[0][0] if names else "⟨letters⟩")


def _is_said(one: Citation) -> bool:
    """Whether the type word stands before this very number, not before a list it belongs to."""
    return "type" not in dict(one.trace)


def _letters(patterns: Patterns) -> frozenset[str]:
    return frozenset(row.name for row in patterns.types if row.id in _LETTERS)


@lru_cache(maxsize=8)
def _types(patterns: Patterns) -> tuple[dict[str, set[str]], dict[str, list[tuple[str, str]]]]:
    """The codes of each type name, and the types of each code."""
    codes: dict[str, set[str]] = {}
    names: dict[str, list[tuple[str, str]]] = {}
    for row in patterns.types:
        if row.generic or row.kind != "document":
            continue
        codes.setdefault(row.name, set()).update(row.codes)
        for code in row.codes:
            names.setdefault(code, []).append((row.name, row.family))
    return {
        name: found for name, found in codes.items() if found or name in _letters(patterns)
    }, names
