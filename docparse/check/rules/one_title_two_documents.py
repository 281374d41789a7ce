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
from array import array
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from docparse.check.issuers import body_code
from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.papers import Mention, Paper
from docparse.check.phrases import phrase
from docparse.check.registers import str_key
from docparse.check.reports import Reports
from docparse.check.spool import Groups
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
    blocks = Groups[tuple[object, ...]]()
    paper_of = array("l")  # of each mention in a block
    mention_of = array("l")
    for number, paper in enumerate(reports.papers):
        body = body_code(str_key(paper), paper.key.symbol)
        for one in paper.mentions:
            title = _title(one)
            if not one.said.number:
                continue
            if len(title) >= _SHORTEST and one.date is not None and one.date.full:
                block = (one.said.type, body, paper.key.place, one.date, title[:_BLOCK])
                blocks.add(block, len(paper_of))
                paper_of.append(number)
                mention_of.append(one.number)
    told: set[frozenset[str]] = set()
    for _, found in blocks.several():
        del found[_CROWDED:]
        if len({paper_of[each] for each in found}) < _TWO:
            continue
        said = [(reports.papers[paper_of[one]], reports.mention(mention_of[one])) for one in found]
        for (paper, one), (other_paper, other) in combinations(said, 2):
            numbers = frozenset((paper.number, other_paper.number))
            new = len(numbers) == _TWO and numbers not in told and _one_paper(one, other)
            if new and _alike(_title(one), _title(other)):
                told.add(numbers)
                yield _finding(reports, rule, one, other)
    for decision, letter in _decided_by_letter(reports, rule.patterns):
        yield _finding(reports, rule, decision, letter)


def _decided_by_letter(reports: Reports, patterns: Patterns) -> Iterator[tuple[Mention, Mention]]:
    """A decision, and a letter of another body under its title; the first mentions of both."""
    decisions = Groups[tuple[int, str]]()
    letters = array("l")
    for number, paper in enumerate(reports.papers):
        found = _deciding(paper, patterns)
        if found is not None and paper.key.family == "letter":
            letters.append(number)
        elif found is not None and found[1].said.type == _DECISION:
            decisions.add(_year_and_words(*found), number)
    for paper in map(reports.papers.__getitem__, letters):
        for title, one in filter(None, [_deciding(paper, patterns)]):
            for number in decisions[_year_and_words(title, one)]:
                yield from _of_two_bodies(reports.papers[number], paper, patterns)


def _year_and_words(title: str, one: Mention) -> tuple[int, str]:
    return (one.date.year if one.date else None) or 0, title[:_BLOCK]


def _of_two_bodies(
    decision: Paper, letter: Paper, patterns: Patterns
) -> Iterator[tuple[Mention, Mention]]:
    first, second = _deciding(decision, patterns), _deciding(letter, patterns)
    bodies = {body_code(str_key(each), each.key.symbol) for each in (decision, letter)}
    if first is None or second is None or len(bodies) != _TWO:
        return
    near = fuzz.ratio(second[0], first[0]) >= _NEAR
    if near and _digits(second[0]) == _digits(first[0]):
        yield first[1], second[1]


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
    numbers = sorted((one.said.number or "", other.said.number or ""))
    return rule.finding(
        [reports.evidence(one, "citation"), reports.evidence(other, "citation")],
        key=numbers,
        values={"numbers": "; ".join(numbers), "title": one.said.title or ""},
        equation=" ≠ ".join(numbers),
        confidence=LIKELY,
    )


def _title(one: Mention) -> str:
    """The title for comparison, without "về việc" at its head."""
    return re.sub(r"^(?:ve viec|ve) ", "", fold(one.said.title or ""))


def _one_paper(one: Mention, other: Mention) -> bool:
    """Not two members of one list that share a title."""
    return abs(one.nth - other.nth) > 1 or one.path != other.path


def _digits(title: str) -> list[str]:
    return re.findall(r"\d+", title)
