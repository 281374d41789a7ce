"""NAM952: a name one letter away from one that the report writes again and again.

Section titles and named units of one report go in; a name that differs in one letter from one
that stands more often comes out with it.

>>> from docparse.patterns import load
>>> load().checks["misspelt-name"].code
'NAM952'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.check.words import folded_space


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    places: dict[str, list[re.Match[str]]] = {}
    for match in phrase(rule.patterns, "own-unit").finditer(report.value):
        places.setdefault(folded_space(match[0]), []).append(match)
    for name, found in sorted(places.items()):
        for usual, others in sorted(places.items()):
            if len(others) < len(found) or usual == name or len(found) > 1:
                continue
            if Levenshtein.distance(name.lower(), usual.lower()) != 1:
                continue
            if len(others) == len(found) and name > usual:
                continue
            spans = [report.span(one.start(), one.end()) for one in (found[0], others[0])]
            yield rule.finding(
                [report.evidence(spans[0], "odd"), report.evidence(spans[1], "usual")],
                key=(name, usual),
                values={"name": name, "usual": usual},
                confidence=POSSIBLE,
                suggestion=usual,
            )
