"""Scores: what the checks said before and after a change, against what was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from unicodedata import normalize

import docparse
from docparse.models import Finding
from seeding.trials import HARMLESS, Trial

ERRORS = "FIG101 FIG103 FIG104 FIG105 FIG106 TAB201 TAB202 TAB203 REP401 REP402 REP403 REP406"
ERRORS += " CIT501 CIT502 CIT503 CIT504 CIT510 REG601 SEQ701 SEQ702 SEQ707 MIS803"
# A count that falls from one start on is told by the second where the ends are whole months.
_AS_GOOD = {"REP402": ("REP402", "REP403")}
_PATHS = ("a.txt", "b.txt", "c.txt", "d.txt")


@dataclass(slots=True)
class Score:
    """One rule: what was put in and found, and what it said without cause."""

    seeded: int = 0
    real: int = 0
    found: int = 0
    true: int = 0
    false: int = 0

    @property
    def precision(self) -> float:
        said = self.true + self.false
        return self.true / said if said else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.seeded if self.seeded else 1.0

    def __add__(self, other: Score) -> Score:
        pairs = ((getattr(self, one), getattr(other, one)) for one in self.__slots__)
        return Score(*(one + another for one, another in pairs))


@dataclass(slots=True)
class Board:
    """The scores of all rules, and the trials that went wrong."""

    rules: dict[str, Score] = field(default_factory=dict)
    harmless: int = 0
    raised: Counter[str] = field(default_factory=Counter)
    missed: list[Trial] = field(default_factory=list)
    alarms: list[tuple[Trial, Finding]] = field(default_factory=list)

    def __add__(self, other: Board) -> Board:
        rules = {
            code: self.rules.get(code, Score()) + other.rules.get(code, Score())
            for code in sorted({*self.rules, *other.rules})
        }
        return Board(
            rules=rules,
            harmless=self.harmless + other.harmless,
            raised=self.raised + other.raised,
            missed=[*self.missed, *other.missed],
            alarms=[*self.alarms, *other.alarms],
        )

    def of(self, rule: str) -> Score:
        return self.rules.setdefault(rule, Score())

    def add(self, trial: Trial) -> None:
        """Run one trial. New findings must be of its rules and at its place."""
        findings = list(new_findings(trial))
        explained = [one for one in findings if _explained(one, trial)]
        for one in findings:
            good = one in explained
            score = self.of(one.code)
            score.true += good
            score.false += not good
            if not good:
                self.alarms.append((trial, one))
        if trial.rule == HARMLESS:
            self.harmless += 1
            self.raised[trial.kind] += bool(findings)
            return
        score = self.of(trial.rule)
        score.seeded += 1
        score.real += trial.real
        hit = any(one.code in _AS_GOOD.get(trial.rule, (trial.rule,)) for one in explained)
        score.found += hit
        if not hit:
            self.missed.append(trial)


def _explained(one: Finding, trial: Trial) -> bool:
    if one.code != trial.rule and one.code not in trial.also:
        return False
    if trial.anywhere:
        return True
    touched = {
        (_PATHS.index(each.report), line)
        for each in one.evidence
        for line in range(each.span.line, each.span.line_end + 1)
    }
    return not touched.isdisjoint(trial.places)


def new_findings(trial: Trial) -> Iterator[Finding]:
    """Errors and warnings that the change has brought."""
    before = findings_of(trial.before)
    prints = {one.fingerprint for one in before}
    # The change may lie in what a fingerprint is made of, such as the number of the report.
    for one in findings_of(trial.after):
        same = [old for old in before if old.code == one.code and one.code != trial.rule]
        if one.fingerprint not in prints and not any(_quotes(old) & _quotes(one) for old in same):
            yield one


def _quotes(one: Finding) -> frozenset[tuple[str, str]]:
    """The words that a finding quotes, each with its part in the contradiction."""
    said = ((each.role, normalize("NFC", each.span.quote)) for each in one.evidence)
    return frozenset((role, " ".join(quote.split())) for role, quote in said)


@lru_cache(maxsize=256)
def findings_of(texts: tuple[str, ...]) -> tuple[Finding, ...]:
    reports = [_parsed(text, path) for text, path in zip(texts, _PATHS, strict=False) if text]
    return docparse.check(*reports).findings


@lru_cache(maxsize=256)
def _parsed(text: str, path: str) -> docparse.Report:
    return docparse.parse(text.encode("utf-8"), path=path)


def total(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())
