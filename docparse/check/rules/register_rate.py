"""REG603: a register that runs many times faster than it usually does.

The registers of the set go in. Between each number of the ordered chain and the next stands a
rate, numbers a day; a stretch with more than four times the median comes out with its two ends.

>>> from docparse.patterns import load
>>> load().checks["register-rate"].code
'REG603'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median

from docparse.check.outcomes import POSSIBLE, Outcome, Rule
from docparse.check.registers import Entry, Register, find_bodies
from docparse.check.reports import Reports
from docparse.check.rounding import as_printed, written
from docparse.check.words import same_day_shown

_FAST = 4
_FEWEST = 5  # stretches before a register has a usual rate
_SHORT = 5  # days below which a rate says nothing
_FEW = 50  # numbers below which a stretch is no jump


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    registers = (one for shared in find_bodies(reports) for one in dict.fromkeys(shared.values()))
    for register in registers:
        stretches = list(_stretches(register))
        if len(stretches) < _FEWEST:
            continue
        usual = median(_rate(one, other) for one, other in stretches)
        for one, other in stretches:
            evidence = [reports.evidence(each.mentions[0], "entry") for each in (one, other)]
            if _rate(one, other) <= _FAST * usual or other.serial - one.serial < _FEW:
                yield rule.held(evidence)
                continue
            yield rule.finding(
                evidence,
                key=(register.name.split(" ", 1)[0], one.number, other.number),
                values={
                    "first": _said(one),
                    "then": _said(other),
                    "rate": _shown(_rate(one, other)),
                    "usual": _shown(usual),
                },
                confidence=POSSIBLE,
            )


def _stretches(register: Register) -> Iterator[tuple[Entry, Entry]]:
    """Neighbours that are far enough apart in time for a rate."""
    spread: list[Entry] = []
    for entry in register.chain:
        if not spread or (entry.day - spread[-1].day).days >= _SHORT:
            spread.append(entry)
    yield from pairwise(spread)


def _rate(one: Entry, other: Entry) -> Decimal:
    return Decimal(other.serial - one.serial) / (other.day - one.day).days


def _shown(rate: Decimal) -> str:
    return written(as_printed(rate, Decimal("0.1")))


def _said(entry: Entry) -> str:
    return f"{entry.number} ({same_day_shown(entry.day.isoformat())})"
