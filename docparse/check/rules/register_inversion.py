"""REG601: the order of numbers against the order of dates in one register.

All papers of the set go in; an entry that the longest ordered chain of its register leaves out
comes out with the neighbours that contradict it. Of two alone, the chain cannot say which.

>>> from docparse.patterns import load
>>> load().checks["register-inversion"].code
'REG601'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docparse.check.holidays import day_off
from docparse.check.outcomes import LIKELY, SURE, Outcome, Rule
from docparse.check.readings import likely_day
from docparse.check.registers import LETTERS, Entry, Register, contradicts, find_bodies
from docparse.check.reports import Reports
from docparse.check.words import same_day_shown
from docparse.models import Evidence
from docparse.patterns import Patterns

_NEAR = 2  # neighbours quoted on each side
_AGREED = 2  # neighbours that together make one entry the slip


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    wide: list[Outcome] = []
    for shared in find_bodies(reports):
        told: set[Entry] = set()
        yield from _in_order(reports, rule, shared, shared, told)
        wide += _in_order(reports, rule, dict.fromkeys(shared.values()), shared, told)
        for series in shared:
            for entry in series.chain[: None if len(series.chain) > 1 else 0]:
                yield rule.held(_evidence(reports, [entry], "entry"))
    yield from wide  # what several series say together comes behind what each says alone


def _in_order(
    reports: Reports,
    rule: Rule,
    registers: Iterable[Register],
    shared: Mapping[Register, Register],
    told: set[Entry],
) -> Iterator[Outcome]:
    for register in registers:
        # Letters of all units share one register by rule, not by symbol.
        sure = register in shared and LETTERS not in register.symbols
        for suspect, against in _inversions(register, rule.patterns):
            if told.isdisjoint((suspect, *against)):
                wide = shared.get(register, register)
                yield _finding(reports, rule, wide, suspect, against, sure=sure)
            told.add(suspect)


def _inversions(register: Register, patterns: Patterns) -> Iterator[tuple[Entry, list[Entry]]]:
    """Each suspect with the entries of the chain that contradict it, the nearest first."""
    for entry in register.left_out:
        against = [other for other in register.chain if contradicts(entry, other)]
        against.sort(key=lambda other: abs(other.serial - entry.serial))
        if len(against) == 1 and _rank(against[0], patterns) > _rank(entry, patterns):
            yield against[0], [entry]
        elif against:
            yield entry, against


def _rank(entry: Entry, patterns: Patterns) -> tuple[bool, bool, int]:
    """How likely an entry is the slip: a day off tells most, few mentions tell a little."""
    off = day_off(entry.day, patterns)
    return off == "tet", off is not None, -len(entry.mentions)


def _finding(
    reports: Reports,
    rule: Rule,
    register: Register,
    suspect: Entry,
    against: Sequence[Entry],
    *,
    sure: bool,
) -> Outcome:
    near = sorted(against[: 2 * _NEAR], key=lambda entry: entry.order)
    day = likely_day(suspect, (*register.chain, *against), rule.patterns)
    return rule.finding(
        [*_evidence(reports, [suspect], "suspect"), *_evidence(reports, near, "neighbour")],
        key=(suspect.number, suspect.day.isoformat(), register.name.split(" ", 1)[0]),
        values={
            "number": suspect.number,
            "date": same_day_shown(suspect.day.isoformat()),
            "neighbours": "; ".join(map(_said, near)),
        },
        equation=_comparison(suspect, near[0]),
        severity=None if sure else "warning",
        confidence=SURE if len(against) >= _AGREED else LIKELY,
        suggestion=same_day_shown(day.isoformat()) if day else None,
    )


def _comparison(one: Entry, other: Entry) -> str:
    """The numbers as they run, the days against them."""
    low, high = sorted((one, other), key=lambda entry: entry.serial)
    days = [same_day_shown(entry.day.isoformat()) for entry in (low, high)]
    return f"{low.serial} < {high.serial}; {days[0]} > {days[1]}"


def _said(entry: Entry) -> str:
    return f"{entry.number} ({same_day_shown(entry.day.isoformat())})"


def _evidence(reports: Reports, entries: Sequence[Entry], role: str) -> list[Evidence]:
    """The suspect with all its mentions, a neighbour with the first."""
    kept = [one for entry in entries for one in entry.mentions[: None if role == "suspect" else 1]]
    return [reports.evidence(one, "date" if role == "entry" else role) for one in kept]
