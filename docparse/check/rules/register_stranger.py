"""REG602: a number far outside its register at that date, but inside another's.

The registers of the set go in. An entry that contradicts its own series, and whose number fits
between two neighbours on each side in another series of the body, comes out with those.

>>> from docparse.patterns import load
>>> load().checks["register-stranger"].code
'REG602'
"""

from __future__ import annotations

from collections.abc import Iterator

from docparse.check.outcomes import LIKELY, Outcome, Rule
from docparse.check.registers import LETTERS, Entry, Register, contradicts, find_bodies
from docparse.check.reports import Reports
from docparse.check.words import same_day_shown

_SIDES = 1  # neighbours on each side that must frame the number
_FAR = 3  # how many times the number is that of its own neighbours


def check_reports(reports: Reports, rule: Rule) -> Iterator[Outcome]:
    for series in find_bodies(reports):
        for register in series:
            for entry in (*register.left_out, *register.chain):
                for other in series:
                    if other is not register and _is_stranger(entry, register):
                        yield from _finding(reports, rule, entry, other)


def _is_stranger(entry: Entry, register: Register) -> bool:
    """Out of order, and by far: 5068 where its own series stands at 15965."""
    against = [one for one in (*register.chain, *register.left_out) if contradicts(entry, one)]
    pairs = [sorted((one.serial, entry.serial)) for one in against]
    return any(high > _FAR * low for low, high in pairs)


def _finding(reports: Reports, rule: Rule, entry: Entry, other: Register) -> Iterator[Outcome]:
    below = [one for one in other.chain if one.order <= entry.order and one.serial < entry.serial]
    above = [one for one in other.chain if one.order >= entry.order and one.serial > entry.serial]
    wrong = [one for one in other.chain if contradicts(entry, one)]
    framed = (len(below) >= 2 * _SIDES and not wrong) and (above or _is_near(entry, below[-1]))
    if not framed:
        return
    near = [*below[-2:], *above[:1]]
    mentions = [*entry.mentions, *(one.mentions[0] for one in near)]
    roles = ["stranger"] * len(entry.mentions) + ["neighbour"] * len(near)
    day = same_day_shown(entry.day.isoformat())
    letters = other.symbols[0] == LETTERS
    yield rule.finding(
        [reports.evidence(one, role) for one, role in zip(mentions, roles, strict=True)],
        key=(entry.number, day, other.symbols[0]),
        values={
            "number": entry.number,
            "date": day,
            "symbol": "⟨letters⟩" if letters else other.symbols[0],
        },
        confidence=LIKELY,
        suggestion=None if letters else f"{entry.serial}/{other.symbols[0]}",
    )


def _is_near(entry: Entry, last: Entry) -> bool:
    """The last of the year has nothing above it: it must follow closely."""
    return entry.serial <= last.serial * 1.25
