"""The comparability gate: which figures speak of one thing, and which only look alike.

Figures of all reports go in, series come out: figures of one indicator, unit, kind, mode and
body, each with its period. Only their numbers are grouped; the facts of a series are had when its
turn comes. Wordings meet by shared words, found through an index of the rarer
words, never by trying all pairs.

>>> from docparse.patterns import load
>>> similar(frozenset("ho so giai quyet dung han".split()),
...         frozenset("ho so giai quyet tre han".split()), load())
False
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from itertools import chain
from operator import itemgetter

from rapidfuzz import fuzz

from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.subject import Subject
from docparse.check.words import fold
from docparse.models import Citation, Date, Evidence, Figure, Period, read_key
from docparse.patterns import Patterns

_MEASURED = ("area", "weight", "length", "volume")
_COMPARED = ("count", "ratio", "percent", "money", "score", *_MEASURED)
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
_Block = tuple[str, str, str, str, str]  # scope, kind, unit, mode, status
_AGENT = "do "  # begins the word that stands for who acts; no other has a blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure with what decides whether it may be compared.

    ``made`` is the day of its report and ``sentence`` where its sentence begins. A fact is
    ``stated`` where its period is written for this figure, not only for its report; ``sources``
    are the papers cited before it in the sentence, ``level`` the level of government that the
    sentence names first.
    """

    path: str
    made: Date | None
    figure: Figure
    words: frozenset[str]
    sentence: int
    stated: bool
    planned: bool
    stock: bool
    sources: frozenset[str]
    level: str

    @property
    def period(self) -> Period | None:
        return self.figure.period

    @property
    def value(self) -> Decimal:
        return self.figure.value

    def evidence(self, role: str = "figure") -> Evidence:
        return Evidence(report=self.path, role=role, span=self.figure.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Figures that measure one thing, all results or all targets; their periods may differ."""

    facts: tuple[Fact, ...]
    mode: str


def find_series(reports: Reports) -> Iterator[Series]:
    """Every indicator of the set that is measured at least twice."""
    for mode, numbers in reports.once(_numbered_series):
        yield Series(facts=tuple(map(reports.answer, numbers)), mode=mode)


def _numbered_series(reports: Reports, patterns: Patterns) -> list[tuple[str, array[int]]]:
    """The mode of each series, and the numbers of its facts."""
    wordings: dict[frozenset[str], int] = {}
    blocks: dict[_Block, array[int]] = {}  # each fact as two numbers: its wording's and its own
    for number, fact in reports.numbered(facts_of):
        mode = "target" if fact.planned else "result"
        status = _status(fact.figure) if mode == "result" else ""
        scope, unit = reports.scopes[fact.path], _unit(fact.figure)
        pair = (wordings.setdefault(fact.words, len(wordings)), number)
        blocks.setdefault((scope, fact.figure.kind, unit, mode, status), array("q")).extend(pair)
    said = list(wordings)
    return [
        (mode, array("q", numbers))
        for (*_, mode, _), pairs in _of_one_unit(blocks)
        for numbers in _joined(_by_wording(pairs, said), patterns)
        if len(numbers) > 1
    ]


def _of_one_unit(blocks: Mapping[_Block, array[int]]) -> Iterator[tuple[_Block, array[int]]]:
    """Blocks whose units differ only in what else is said of them, together."""
    units = frozenset(unit for _, _, unit, _, _ in blocks)
    joined: dict[_Block, array[int]] = {}
    for (scope, kind, unit, mode, status), pairs in blocks.items():
        block = (scope, kind, _head_unit(unit, units), mode, status)
        joined.setdefault(block, array("q")).extend(pairs)
    yield from sorted(joined.items(), key=itemgetter(0))


def _by_wording(
    pairs: Sequence[int], said: Sequence[frozenset[str]]
) -> dict[frozenset[str], list[int]]:
    """The facts of each wording, in the order of the reports."""
    found: dict[frozenset[str], list[int]] = {}
    for number, wording in sorted(zip(pairs[1::2], pairs[::2], strict=True)):
        found.setdefault(said[wording], []).append(number)
    return found


@lru_cache(maxsize=1)
def facts_of(report: Subject, patterns: Patterns) -> tuple[Fact, ...]:
    """Every figure of a report that names what it measures."""
    return tuple(_facts(report, patterns))


def _facts(report: Subject, patterns: Patterns) -> Iterator[Fact]:
    for figure in map(partial(_named_by_cell, report, patterns), report.figures):
        if figure.kind not in _COMPARED or not figure.indicator or figure.value_max is not None:
            continue
        words = indicator_words(figure.indicator, patterns)
        if len(words) < _FEWEST or _is_bare_change(figure, words, patterns):
            continue
        if not _has_other_base(report, figure, patterns):
            lead = report.value[max(0, figure.span.start - _LEAD) : figure.span.start]
            yield Fact(
                path=report.path,
                made=report.date,
                figure=figure,
                words=words,
                sentence=report.stretches.sentence(figure.span.start)[0],
                stated=_is_stated(report, figure),
                planned=_is_planned(figure, lead, patterns),
                stock=_is_stock(report, figure, lead, patterns),
                sources=_sources(report, figure),
                level=_level(report, figure, patterns),
            )


def _is_stated(report: Subject, figure: Figure) -> bool:
    """Whether the period is written for this figure, not only for its report."""
    if figure.period is None:
        return False
    if figure.period.how in ("explicit", "lead"):
        return True
    start, end = report.stretches.sentence(figure.span.start)
    if report.value[start:end].lstrip(" 0123456789")[:1].islower():
        start = max(0, start - _CUT)  # a running header of the page stands in the sentence
    year = figure.period.end.year if figure.period.end else None
    return year is not None and f"năm {year}" in report.value[start:end]


def _is_bare_change(figure: Figure, words: frozenset[str], patterns: Patterns) -> bool:
    """ "giảm 48 lượt người": of what, only the sentences before it tell."""
    changes = {word for word in words if phrase(patterns, "rise-or-fall").fullmatch(word)}
    unit = {fold(word) for word in (figure.unit or "").split()}
    return bool(changes) and not words - changes - unit


def _level(report: Subject, figure: Figure, patterns: Patterns) -> str:
    """ "Tòa án nhân dân cấp huyện thụ lý 12 vụ, giải quyết 9 vụ": the huyện, for both."""
    start, _ = report.stretches.sentence(figure.span.start)
    found = phrase(patterns, "of-level").search(report.value, start, figure.span.start)
    return fold(found["level"]) if found else ""


def _is_planned(figure: Figure, lead: str, patterns: Patterns) -> bool:
    """ "72% dự toán năm (8,46 tỷ đồng)": what stands behind the word is the plan."""
    result = figure.mode in (None, "result")
    return not result or phrase(patterns, "plan-said").search(lead) is not None


def _is_stock(report: Subject, figure: Figure, lead: str, patterns: Patterns) -> bool:
    """ "hiện có 67 công chức": what there is, not what has come in a time."""
    if phrase(patterns, "stock").search(lead) is not None:
        return True
    if figure.kind in _MEASURED:  # "trồng 43 ha rừng" adds up, "1.200 ha rừng" is there
        verb = patterns.forms("indicators").pattern("heads")
        done = verb.match(figure.indicator or "") is not None
        return not done and not _counts_events(report, figure, patterns)
    has = phrase(patterns, "has").search(lead) is not None
    return has and not _counts_events(report, figure, patterns)


def _counts_events(report: Subject, figure: Figure, patterns: Patterns) -> bool:
    """ "lũy kế có 44 hộ thoát nghèo", "có 15 giấy phép được cấp": what happened, not what is."""
    place = figure.span.start
    said = report.value[report.stretches.sentence(place)[0] : place]
    happens = phrase(patterns, "happens").search(figure.indicator or "")
    return happens is not None or phrase(patterns, "adds-up").search(said) is not None


def _sources(report: Subject, figure: Figure) -> frozenset[str]:
    """The numbers of the papers cited in the sentence before the figure.

    "theo Quyết định số 1985/QĐ-UBND …, có 13 TTHC được đơn giản hóa".
    """
    start, _ = report.stretches.sentence(figure.span.start)
    first = bisect_left(report.citations, start, key=_start)
    behind = bisect_left(report.citations, figure.span.start, lo=first, key=_start)
    cited = report.citations[first:behind]
    return frozenset(read_key(one.key).number for one in cited if one.key)


def _start(one: Citation) -> int:
    return one.span.start


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


@lru_cache(maxsize=65536)
def indicator_words(indicator: str, patterns: Patterns) -> frozenset[str]:
    """The words that matter of an indicator, without marks: abbreviations and synonyms unfolded.

    Who acts ("do Trung tâm mở") is one word of its own, as another wording may leave it out.
    """
    forms = patterns.forms("indicators")
    by_whom = phrase(patterns, "by-whom")
    agents = {f"{_AGENT}{fold(found['who'])}" for found in by_whom.finditer(indicator)}
    plain = by_whom.sub(" ", indicator)
    said = " ".join(_expanded(word, patterns) for word in plain.split())
    for own in (patterns.forms("relations"), forms):
        for form in own.forms:
            if form.kind == "synonym":
                said = own.pattern(form.name).sub(form.name, said)
    noise = forms.pattern("noise")
    kept = (word for word in _WORD.findall(said) if not noise.fullmatch(word))
    return frozenset({folded for word in kept if (folded := fold(word))} | agents)


def _expanded(word: str, patterns: Patterns) -> str:
    if word.strip(",.;:()") in _BODIES:
        return word
    return patterns.expansions.get(word.strip(",.;:()“”"), word)


def _joined(wordings: dict[frozenset[str], list[int]], patterns: Patterns) -> Iterator[list[int]]:
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
    groups: dict[frozenset[str], list[int]] = {}
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
    if other_agents(one, other):
        return False
    one, other = (
        frozenset(word for word in words if not word.startswith(_AGENT)) for words in (one, other)
    )
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


def other_agents(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two wordings name those who act, and not the same."""
    first, second = ({word for word in words if word.startswith(_AGENT)} for words in (one, other))
    return bool(first and second and first != second)


def _turns(word: str, all_words: frozenset[str], patterns: Patterns) -> bool:
    """A word that makes another thing of it: "chưa"; "huyện" where levels are told apart."""
    if "cap" in all_words and phrase(patterns, "level").fullmatch(word):
        return True
    return phrase(patterns, "turns-meaning").fullmatch(word) is not None


def same_sentence(one: Fact, other: Fact) -> bool:
    """Figures of one sentence are told apart there: a whole and its part, a value and its rise."""
    return (one.path, one.sentence) == (other.path, other.sentence)


def by_period(facts: Iterable[Fact]) -> dict[tuple[object, object], list[Fact]]:
    """Facts of one period together; those without a period are left out."""
    found: dict[tuple[object, object], list[Fact]] = {}
    for fact in facts:
        if fact.period is not None and fact.period.end is not None:
            found.setdefault((fact.period.start, fact.period.end), []).append(fact)
    return found
