"""The comparability gate: which figures speak of one thing, and which only look alike.

Figures of all reports go in, series come out: figures of one indicator, unit, kind, mode and
body, each with its period. Wordings meet by shared words, found through an index of the rarer
words, never by trying all pairs.

>>> from docparse.patterns import load
>>> similar(frozenset("ho so giai quyet dung han".split()),
...         frozenset("ho so giai quyet tre han".split()), load())
False
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from itertools import chain

from rapidfuzz import fuzz

from docparse.check.bodies import own_body, own_place
from docparse.check.phrases import phrase
from docparse.check.subject import Reports, Subject
from docparse.check.words import fold
from docparse.models import Evidence, Figure, Period
from docparse.patterns import Patterns

_COMPARED = ("count", "ratio", "percent", "money", "area", "weight", "score")
_RARE = 3  # words of a wording that lead to its likes
_CROWDED = 200  # wordings behind one word: too common to lead anywhere
_CORE = 2  # weighty words that two wordings of the same words share
_FEWEST = 3  # words that an indicator needs before it names one thing
_ENOUGH = 5  # words that two wordings share before the rest may differ
_NEAR = 90  # of 100, by rapidfuzz, for wordings of the same words in another order or form
_BODIES = ("UBND", "HĐND")  # who helped is no part of what is measured
_CUT = 200  # characters before a sentence that a page break has cut
_LEAD = 30  # characters before a figure that may say that it is a plan
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure with what decides whether it may be compared."""

    report: Subject
    figure: Figure
    words: frozenset[str]
    scope: str

    @property
    def period(self) -> Period | None:
        return self.figure.period

    @property
    def value(self) -> Decimal:
        return self.figure.value

    @property
    def stated(self) -> bool:
        """Whether the period is written for this figure, not only for its report."""
        if self.period is None:
            return False
        if self.period.how in ("explicit", "lead"):
            return True
        start, end = self.report.stretches.sentence(self.figure.span.start)
        if self.report.value[start:end].lstrip(" 0123456789")[:1].islower():
            start = max(0, start - _CUT)  # a running header of the page stands in the sentence
        year = self.period.end.year if self.period.end else None
        return year is not None and f"năm {year}" in self.report.value[start:end]

    def evidence(self, role: str = "figure") -> Evidence:
        return self.report.evidence(self.figure.span, role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Figures that measure one thing, all results or all targets; their periods may differ."""

    facts: tuple[Fact, ...]
    mode: str


@lru_cache(maxsize=1)
def find_series(reports: Reports, patterns: Patterns) -> tuple[Series, ...]:
    """Every indicator of the set that is measured at least twice."""
    groups: dict[tuple[str, ...], dict[frozenset[str], list[Fact]]] = {}
    facts_of_all = find_facts(reports, patterns)
    units = frozenset(_unit(fact.figure) for fact in facts_of_all)
    for fact in facts_of_all:
        figure = fact.figure
        mode = _mode(fact, patterns)
        status = _status(figure) if mode == "result" else ""
        block = (fact.scope, figure.kind, _head_unit(_unit(figure), units), mode, status)
        groups.setdefault(block, {}).setdefault(fact.words, []).append(fact)
    return tuple(
        Series(facts=tuple(facts), mode=block[3])
        for block in sorted(groups)
        for facts in _joined(groups[block], patterns)
        if len(facts) > 1
    )


@lru_cache(maxsize=1)
def find_facts(reports: Reports, patterns: Patterns) -> tuple[Fact, ...]:
    """Every figure of the set that names what it measures."""
    scopes = report_scopes(reports)
    return tuple(
        fact for report in reports for fact in _facts(report, scopes[report.path], patterns)
    )


def report_scopes(reports: Reports) -> dict[str, str]:
    """The body and place of each report; a place that is missing is that of the body's others."""
    said = {report.path: (own_body(report), own_place(report)) for report in reports}
    places: dict[str, set[str]] = {}
    for body, place in said.values():
        if body and place:
            places.setdefault(body, set()).add(place)
    scopes = {}
    for path, (body, place) in said.items():
        known = places.get(body or "", set())
        place = place or (next(iter(known)) if len(known) == 1 else None)
        scopes[path] = f"{body} {place or path}" if body else path
    return scopes


def _facts(report: Subject, scope: str, patterns: Patterns) -> Iterator[Fact]:
    for figure in map(partial(_named_by_cell, report, patterns), report.figures):
        if figure.kind not in _COMPARED or not figure.indicator or figure.value_max is not None:
            continue
        words = indicator_words(figure.indicator, patterns)
        if len(words) >= _FEWEST and not _has_other_base(report, figure, patterns):
            yield Fact(report=report, figure=figure, words=words, scope=scope)


def _named_by_cell(report: Subject, patterns: Patterns, figure: Figure) -> Figure:
    """A figure in a cell that the page has cut takes its indicator from the whole cell."""
    if figure.indicator or figure.kind != "percent":
        return figure
    for table in report.tables:
        if not table.span.start <= figure.span.start < table.span.end:
            continue
        for words, span in zip(chain(*table.rows), chain(*table.cells), strict=False):
            if span is not None and span.start <= figure.span.start < span.end:
                named = phrase(patterns, "cell-target").search(f"{words};")
                if named and named["value"] in figure.span.quote:
                    return replace(figure, indicator=named["name"])
    return figure


def _has_other_base(report: Subject, figure: Figure, patterns: Patterns) -> bool:
    """ "117,6% dự toán", "tăng 5% so với cùng kỳ": a rate of something that is said behind it."""
    if figure.kind != "percent":
        return False
    behind = report.value[figure.span.end : figure.span.end + _LEAD]
    return phrase(patterns, "other-base").match(behind) is not None


def _status(figure: Figure) -> str:
    """What is under way or to come is another thing than what is done."""
    return figure.status if figure.status in ("doing", "will", "not") else "done"


def _unit(figure: Figure) -> str:
    unit = figure.normalized[1] if figure.normalized else figure.unit
    return (unit or "").lower()


def _head_unit(unit: str, units: frozenset[str]) -> str:
    """ "giấy chứng nhận" where others count "giấy": the rest is among the words compared."""
    words = unit.split()
    heads = (" ".join(words[:count]) for count in range(1, len(words)))
    return fold(next((head for head in heads if head in units), unit))


def _mode(fact: Fact, patterns: Patterns) -> str:
    """ "72% dự toán năm (8,46 tỷ đồng)": what stands behind the word is the plan."""
    place = fact.figure.span.start
    lead = fact.report.value[max(0, place - _LEAD) : place]
    planned = phrase(patterns, "plan-said").search(lead)
    if fact.figure.mode in (None, "result") and planned is None:
        return "result"
    return "target"


@lru_cache(maxsize=65536)
def indicator_words(indicator: str, patterns: Patterns) -> frozenset[str]:
    """The words that matter of an indicator, without marks: abbreviations and synonyms unfolded."""
    forms = patterns.forms("indicators")
    said = " ".join(_expanded(word, patterns) for word in indicator.split())
    for own in (patterns.forms("relations"), forms):
        for form in own.forms:
            if form.kind == "synonym":
                said = own.pattern(form.name).sub(form.name, said)
    noise = forms.pattern("noise")
    kept = (word for word in _WORD.findall(said) if not noise.fullmatch(word))
    return frozenset(folded for word in kept if (folded := fold(word)))


def _expanded(word: str, patterns: Patterns) -> str:
    if word.strip(",.;:()") in _BODIES:
        return word
    return _abbreviations(patterns).get(word.strip(",.;:()“”"), word)


@lru_cache(maxsize=8)
def _abbreviations(patterns: Patterns) -> dict[str, str]:
    return {row.id: row.expansions[0] for row in patterns.abbreviations if row.expansions}


def _joined(wordings: dict[frozenset[str], list[Fact]], patterns: Patterns) -> Iterator[list[Fact]]:
    """Facts by wording, wordings of one thing together."""
    keys = sorted(wordings, key=lambda words: (len(words), sorted(words)))
    leader = {key: key for key in keys}

    def top(key: frozenset[str]) -> frozenset[str]:
        while leader[key] != key:
            key = leader[key]
        return key

    for one, other in _candidates(keys):
        if top(one) != top(other) and similar(one, other, patterns):
            leader[top(other)] = top(one)
    groups: dict[frozenset[str], list[Fact]] = {}
    for key in keys:
        groups.setdefault(top(key), []).extend(wordings[key])
    yield from groups.values()


def _candidates(
    keys: Sequence[frozenset[str]],
) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Pairs of wordings that share one of their rarest words."""
    index: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        for word in key:
            index.setdefault(word, []).append(place)
    for place, key in enumerate(keys):
        rare = sorted(key, key=lambda word: (len(index[word]), word))[:_RARE]
        near = {other for word in rare if len(index[word]) <= _CROWDED for other in index[word]}
        for other in sorted(near):
            if other != place:
                yield keys[min(place, other)], keys[max(place, other)]


def similar(one: frozenset[str], other: frozenset[str], patterns: Patterns) -> bool:
    """Whether two wordings name one thing: what they do not share must not change the meaning."""
    shared, apart = one & other, one ^ other
    if not apart:
        return True
    light = phrase(patterns, "adds-nothing")
    if any(_turns(word, one | other, patterns) for word in apart):
        return False
    core = [word for word in shared if not light.fullmatch(word)]
    heavy = [word for word in apart if not light.fullmatch(word)]
    if not heavy:
        return len(core) >= _CORE
    if len(shared) < _ENOUGH or len(core) < _FEWEST:
        return False
    if one <= other or other <= one:
        return len(apart) < len(shared)
    return fuzz.ratio(" ".join(sorted(one)), " ".join(sorted(other))) >= _NEAR


def _turns(word: str, all_words: frozenset[str], patterns: Patterns) -> bool:
    """A word that makes another thing of it: "chưa"; "huyện" where levels are told apart."""
    if "cap" in all_words and phrase(patterns, "level").fullmatch(word):
        return True
    return phrase(patterns, "turns-meaning").fullmatch(word) is not None


def same_sentence(one: Fact, other: Fact) -> bool:
    """Figures of one sentence are told apart there: a whole and its part, a value and its rise."""
    if one.report is not other.report:
        return False
    sentence = one.report.stretches.sentence
    return sentence(one.figure.span.start) == sentence(other.figure.span.start)


def by_period(facts: Iterable[Fact]) -> dict[tuple[object, object], list[Fact]]:
    """Facts of one period together; those without a period are left out."""
    found: dict[tuple[object, object], list[Fact]] = {}
    for fact in facts:
        if fact.period is not None and fact.period.end is not None:
            found.setdefault((fact.period.start, fact.period.end), []).append(fact)
    return found
