"""SEQ706: two periods of one scheme that overlap.

The text of one report goes in: "giao quyền tự chủ … giai đoạn 2020-2022" and "phương án tự chủ …
giai đoạn 2022-2026" are terms of one scheme that share a year. A term inside another, or equal
to it, is left alone.

>>> from docparse.patterns import load
>>> load().checks["overlapping-terms"].code
'SEQ706'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docparse.check.comparable import indicator_words
from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.phrases import phrase
from docparse.check.subject import Subject
from docparse.models import Span, ZoneKind

_NAME = 16  # words before a term that may name its scheme
_CROWDED = 200  # terms behind one word: too common to lead anywhere
_SHARED = 5  # words that two schemes share
_PART = 0.45  # of the words of the shorter name


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    first: int
    last: int
    words: frozenset[str]
    span: Span

    @property
    def said(self) -> str:
        return f"{self.first}-{self.last}"


def check_report(report: Subject, rule: Rule) -> Iterator[Outcome]:
    told: set[tuple[str, str]] = set()
    for one, other in _pairs(list(_terms(report, rule))):
        if not _same_scheme(one, other) or (one.first, one.last) == (other.first, other.last):
            continue
        early, late = sorted((one, other), key=lambda term: (term.first, term.last))
        evidence = [report.evidence(term.span, "term") for term in (early, late)]
        if not early.first < late.first <= early.last < late.last:
            yield rule.held(evidence)
        elif (early.said, late.said) not in told:
            told.add((early.said, late.said))
            yield rule.finding(
                evidence,
                key=(early.said, late.said, *sorted(early.words & late.words)),
                values={"first": early.said, "then": late.said},
                equation=f"{late.first} ≤ {early.last}",
                confidence=POSSIBLE,
            )


def _pairs(terms: list[_Term]) -> Iterator[tuple[_Term, _Term]]:
    """Terms that share a word which is not in all of them, each pair once."""
    index: dict[str, list[int]] = {}
    for place, term in enumerate(terms):
        for word in term.words:
            index.setdefault(word, []).append(place)
    for place, term in enumerate(terms):
        lists = [index[word] for word in term.words if len(index[word]) <= _CROWDED]
        for other in sorted({one for near in lists for one in near if one > place}):
            yield term, terms[other]


def _terms(report: Subject, rule: Rule) -> Iterator[_Term]:
    for match in phrase(rule.patterns, "term").finditer(report.value):
        if report.zone_at(match.start()) is ZoneKind.BASES:
            continue  # the programme of a higher body has its own terms
        start, _ = report.stretches.clause(match.start())
        said = phrase(rule.patterns, "by-law").sub("", report.value[start : match.start()])
        name = " ".join(said.split()[-_NAME:])
        yield _Term(
            first=int(match["first"]),
            last=int(match["last"]),
            words=indicator_words(name, rule.patterns),
            span=report.span(match.start(), match.end()),
        )


def _same_scheme(one: _Term, other: _Term) -> bool:
    """Most of what the shorter name says stands in the longer one too."""
    shared = len(one.words & other.words)
    return shared >= _SHARED and shared >= _PART * min(len(one.words), len(other.words))
