"""CIT508: one title under two numbers.

All papers of the set go in, blocked by type, body, day and the first words of their titles; two of
nearly one title, but of two numbers, come out.

>>> from docparse.patterns import load
>>> load().checks["one-title-two-documents"].code
'CIT508'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from docparse.check.issuers import body_code
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Mention, Paper
from docparse.check.registers import str_key
from docparse.check.subject import Reports
from docparse.check.words import fold

_SHORTEST = 30  # letters of a title that can tell a paper
_SAME = 94  # of 100
_BLOCK = 12  # letters that titles of one block begin with
_TWO = 2
_CROWDED = 60  # titles that begin alike: a formula, not a title


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    blocks: dict[tuple[object, ...], list[tuple[str, Mention, Paper]]] = {}
    for paper in reports.papers:
        for one in paper.mentions:
            title = _title(one)
            if len(title) >= _SHORTEST and one.date is not None and one.date.full:
                body = body_code(str_key(paper), paper.key.symbol)
                block = (one.citation.type, body, paper.key.place, one.date, title[:_BLOCK])
                blocks.setdefault(block, []).append((title, one, paper))
    told: set[frozenset[str]] = set()
    for found in blocks.values():
        for (title, one, paper), (other_title, other, other_paper) in combinations(
            found[:_CROWDED], 2
        ):
            numbers = frozenset((paper.number, other_paper.number))
            new = len(numbers) == _TWO and numbers not in told and _one_paper(one, other)
            if new and _alike(title, other_title):
                told.add(numbers)
                yield _finding(reports, rule, one, other)


def _alike(title: str, other: str) -> bool:
    """Nearly one wording, with the same numbers in it."""
    return fuzz.ratio(title, other) >= _SAME and _digits(title) == _digits(other)


def _finding(reports: Reports, rule: Rule, one: Mention, other: Mention) -> Outcome:
    numbers = sorted((one.citation.number or "", other.citation.number or ""))
    return rule.finding(
        [reports.evidence(one, "citation"), reports.evidence(other, "citation")],
        key=numbers,
        values={"numbers": "; ".join(numbers), "title": one.citation.title or ""},
        equation=" ≠ ".join(numbers),
        confidence=LIKELY,
    )


def _title(one: Mention) -> str:
    """The title for comparison, without "về việc" at its head."""
    return re.sub(r"^(?:ve viec|ve) ", "", fold(one.citation.title or ""))


def _one_paper(one: Mention, other: Mention) -> bool:
    """Not two members of one list that share a title."""
    return abs(one.index - other.index) > 1 or one.path != other.path


def _digits(title: str) -> list[str]:
    return re.findall(r"\d+", title)
