"""CIT508: one title under two numbers.

All papers of the set go in, blocked by type, body, day and the first words of their titles; two of
nearly one title, but of two numbers, come out. So do a decision and a letter of another body and
the same year under one title that only a decision can carry ("thông qua Phương án …").

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
from docparse.check.phrases import phrase
from docparse.check.registers import str_key
from docparse.check.subject import Reports
from docparse.check.words import fold
from docparse.patterns import Patterns

_SHORTEST = 30  # letters of a title that can tell a paper
_SAME = 94  # of 100
_BLOCK = 12  # letters that titles of one block begin with
_TWO = 2
_DECISION = "Quyết định"
_NEAR = 90  # of 100, where bodies write the title in their own ways
_CROWDED = 60  # titles that begin alike: a formula, not a title


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    blocks: dict[tuple[object, ...], list[tuple[str, Mention, Paper]]] = {}
    for paper in reports.papers:
        for one in paper.mentions:
            title = _title(one)
            if not one.citation.number:
                continue
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
    for decision, letter in _decided_by_letter(reports, rule.patterns):
        yield _finding(reports, rule, decision, letter)


def _decided_by_letter(reports: Reports, patterns: Patterns) -> Iterator[tuple[Mention, Mention]]:
    """A decision, and a letter of another body under its title; the first mentions of both."""
    decisions: dict[tuple[int, str], list[tuple[str, Mention, Paper]]] = {}
    letters = []
    for paper in reports.papers:
        found = _deciding(paper, patterns)
        if found is None:
            continue
        title, one = found
        year = (one.date.year if one.date else None) or 0
        if paper.key.family == "letter":
            letters.append((year, title, one, paper))
        elif one.citation.type == _DECISION:
            decisions.setdefault((year, title[:_BLOCK]), []).append((title, one, paper))
    for year, title, one, paper in letters:
        for other_title, other, other_paper in decisions.get((year, title[:_BLOCK]), ()):
            bodies = {body_code(str_key(each), each.key.symbol) for each in (paper, other_paper)}
            near = fuzz.ratio(title, other_title) >= _NEAR
            if len(bodies) == _TWO and near and _digits(title) == _digits(other_title):
                yield other, one


def _deciding(paper: Paper, patterns: Patterns) -> tuple[str, Mention] | None:
    """The title of a paper that decides something, short forms unfolded, with its mention."""
    for one in paper.mentions:
        title = _title(one)
        if one.date is None or not one.date.full or len(title) < _SHORTEST:
            continue
        if phrase(patterns, "decides").search(title):
            return _unfolded(title, patterns), one
    return None


def _unfolded(title: str, patterns: Patterns) -> str:
    """ "tthc" and "thủ tục hành chính" as one."""
    words = {fold(row.id): fold(row.expansions[0]) for row in patterns.abbreviations}
    return " ".join(words.get(word, word) for word in title.split())


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
