"""Runs the rules over reports: subjects go in; findings, what held and coverage come out.

Each report is gone through once: the rules within a report look at it, and it is asked for what the
rules between reports compare. The order of the files does not matter: subjects are sorted by path,
findings by severity, code and place.

>>> run([], codes=()).findings
()
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from docparse.check import rules
from docparse.check.outcomes import SEVERITIES, Outcome, Rule
from docparse.check.reports import Ask, Reports
from docparse.check.spool import Kept, Spooled
from docparse.check.subject import Subject
from docparse.check.tally import Tally
from docparse.models import Checked
from docparse.patterns import Patterns, load

__all__ = ["SEVERITIES", "FoundRule", "find_rules", "run"]

OfReport = Callable[[Subject, Rule], Iterator[Outcome]]
OfReports = Callable[[Reports, Rule], Iterator[Outcome]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRule:
    """A rule with what it runs: on each report, once on the set, or both.

    ``asks`` are what it wants to know of each report before it is run on the set.
    """

    rule: Rule
    of_report: OfReport | None = None
    of_reports: OfReports | None = None
    asks: tuple[Ask, ...] = ()

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def slug(self) -> str:
        return self.rule.slug


def find_rules(patterns: Patterns | None = None) -> tuple[FoundRule, ...]:
    """Every rule of the folder that has its words, in the order of the codes."""
    patterns = patterns or load()
    found = []
    for name in _module_names():
        check = patterns.checks.get(name.replace("_", "-"))
        if check is None:
            continue
        module = import_module(f"{rules.__name__}.{name}")
        found.append(
            FoundRule(
                rule=Rule(check=check, patterns=patterns),
                of_report=getattr(module, "check_report", None),
                of_reports=getattr(module, "check_reports", None),
                asks=getattr(module, "ASKS", ()),
            )
        )
    return tuple(sorted(found, key=lambda one: one.code))


@cache
def _module_names() -> tuple[str, ...]:
    return tuple(sorted(info.name for info in pkgutil.iter_modules(rules.__path__)))


def run(
    subjects: Iterable[Subject],
    *,
    codes: Collection[str] | None = None,
    patterns: Patterns | None = None,
    shown: Collection[str] = SEVERITIES,
    keep_held: bool = True,
) -> Checked:
    """Run the rules of ``codes`` (None: all) over a set of reports.

    Reports that come one by one, which they must in the order of their paths, need not all be there
    at a time: each is asked what is to be compared, which is put aside on disk. ``shown`` are the
    severities that are wanted, ``keep_held`` says whether all that held is, or only how often.
    """
    rules_run = [one for one in find_rules(patterns) if codes is None or one.code in codes]
    between = [one for one in rules_run if one.of_reports is not None]
    there = isinstance(subjects, Sequence)
    with closing(Kept() if there else Spooled()) as spool:
        tally = Tally(shown=shown, keep_held=keep_held, spool=spool)
        asks = dict.fromkeys(ask for one in between for ask in one.asks)
        reports = Reports(patterns or load(), asks=asks, spool=spool)
        for subject in _in_order(subjects):
            tally.add(subject)
            for one in rules_run:
                if one.of_report is not None:
                    tally.take(one.of_report(subject, one.rule))
            if between:
                reports.add(subject)
        for one in between:
            if one.of_reports is not None:
                tally.take(one.of_reports(reports, one.rule))
        return tally.checked()


def _in_order(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """By path, so that the order in which files were read changes nothing."""
    if isinstance(subjects, Sequence):
        yield from sorted(subjects, key=lambda one: one.path)
        return
    last = ""
    for one in subjects:
        if one.path < last:
            raise ValueError(f"{one.path!r} comes behind {last!r}")
        last = one.path
        yield one
