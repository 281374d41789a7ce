"""Registers: the numbers of one body in one year must rise with their dates.

Papers go in, registers come out, and of each register the entries that its longest ordered
chain leaves out. An office often numbers plans, letters and reports in one series and decisions
in another: symbols are merged while the merged series stays in order.

>>> chain([(1, 3), (2, 1), (3, 4), (4, 5)])
[1, 2, 3]
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from docparse.check.issuers import body_code
from docparse.check.papers import Mention, Paper
from docparse.check.phrases import phrase
from docparse.check.reports import Reports
from docparse.check.spool import Groups
from docparse.models import read_key
from docparse.patterns import Patterns

LETTERS = "công văn"
_CENTRAL = re.compile(r"-(?:CP|TTg|QH\d*|B[A-ZĐ&]{2,}|VPCP|NHNN|TTCP|UBDT)\b")
_ENOUGH = 4  # entries of a symbol that may hold a slip and still join a register


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """One number with one of its dates; ``symbol`` is its series. (It is equal to itself alone.)"""

    serial: int
    day: date
    symbol: str
    number: str
    mentions: tuple[Mention, ...]

    @property
    def order(self) -> tuple[date, int]:
        """Papers of one day may be listed in any order."""
        return self.day, self.serial


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Register:
    """The series of one body in one year: its chain and what the chain leaves out."""

    name: str
    symbols: tuple[str, ...]
    chain: tuple[Entry, ...]
    left_out: tuple[Entry, ...]


def chain(points: Sequence[tuple[object, int]]) -> list[int]:
    """The places of a longest run whose second values rise; the first values must be in order.

    Patience sorting, in n log n steps.
    """
    tops: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for index, (_, value) in enumerate(points):
        pile = bisect_left(tops, value)
        before.append(at[pile - 1] if pile else None)
        if pile == len(tops):
            tops.append(value)
            at.append(index)
        else:
            tops[pile], at[pile] = value, index
    found: list[int] = []
    index_now = at[-1] if at else None
    while index_now is not None:
        found.append(index_now)
        index_now = before[index_now]
    return found[::-1]


def find_registers(reports: Reports) -> Iterator[tuple[Register, Register]]:
    """Each series of one symbol, with the register that it shares with others (or itself)."""
    for series in find_bodies(reports):
        yield from series.items()


def find_bodies(reports: Reports) -> Iterator[dict[Register, Register]]:
    """The same, body by body: only the entries of one are there at a time."""
    bodies = reports.once(_papers_of_bodies)
    for name in sorted(bodies):
        series: dict[str, list[Entry]] = {}
        for number in dict.fromkeys(bodies[name]):
            for entry, body in _entries(reports, reports.papers[number]):
                if body == name:
                    series.setdefault(entry.symbol, []).append(entry)
        single = [_register(name, (symbol,), series[symbol]) for symbol in sorted(series)]
        merged = {symbol: one for one in _merged(name, single) for symbol in one.symbols}
        yield {register: merged.get(register.symbols[0], register) for register in single}


def _papers_of_bodies(reports: Reports, _: Patterns) -> Groups[str]:
    """The numbers of the papers that have an entry in the registers of each body."""
    bodies = Groups[str]()
    for number, paper in enumerate(reports.papers):
        for body in dict.fromkeys(body for _, body in _entries(reports, paper)):
            bodies.add(body, number)
    return bodies


def _only_place(reports: Reports, _: Patterns) -> str | None:
    """The place of all papers, where there is but one."""
    places = {paper.key.place for paper in reports.papers if paper.key.place}
    return next(iter(places)) if len(places) == 1 else None


def _entries(reports: Reports, paper: Paper) -> Iterator[tuple[Entry, str]]:
    key = paper.key
    if key.family not in ("state", "legal", "letter") or key.serial is None:
        return
    body = body_code(str_key(paper), key.symbol)
    if body is None:
        return
    below = phrase(reports.patterns, "below-province")
    days: dict[date, list[Mention]] = {}
    for one in paper.mentions:
        day = one.date.calendar if one.date else None
        if day is not None and not _is_below(one, below):
            days.setdefault(day, []).append(one)
    only = reports.once(_only_place)
    for day, mentions in days.items():
        place = _place(reports, key.place or only, mentions[0], below)
        series = LETTERS if key.family == "letter" else key.symbol
        year = key.year or day.year
        entry = Entry(
            serial=key.serial,
            day=day,
            symbol=f"{key.family}:{series}" if key.family == "legal" else series,
            number=paper.number,
            mentions=tuple(mentions),
        )
        yield entry, f"{body} {year} {place}"


def str_key(paper: Paper) -> str:
    return f"{paper.key.family}:{paper.key.number}"


def _is_below(one: Mention, below: re.Pattern[str]) -> bool:
    """A body of a district shares its code with that of the province."""
    return bool(one.said.issuer and below.search(one.said.issuer))


def _place(reports: Reports, place: str | None, one: Mention, below: re.Pattern[str]) -> str:
    """Bodies of two places share a code; a report that names no place speaks for itself."""
    said = read_key(one.said.key).place if one.said.key else None
    if place is None and said is None and _is_central(one):
        return ""
    issuers = reports.brief(one.path).issuers
    district = next((name for name in issuers if below.search(name)), "")
    if one.said.issuer and not _is_below(one, below):
        district = ""  # "của UBND tỉnh", said in a report of the district
    return f"{place or one.path} {district}".strip()


def _is_central(one: Mention) -> bool:
    return bool(_CENTRAL.search(f"-{one.said.symbol or ''}"))


def _register(name: str, symbols: tuple[str, ...], entries: Iterable[Entry]) -> Register:
    ordered = sorted(entries, key=lambda entry: (*entry.order, entry.number))
    kept = set(chain([(entry.day, entry.serial) for entry in ordered]))
    return Register(
        name=name,
        symbols=symbols,
        chain=tuple(entry for index, entry in enumerate(ordered) if index in kept),
        left_out=tuple(entry for index, entry in enumerate(ordered) if index not in kept),
    )


def _merged(name: str, single: Sequence[Register]) -> Iterator[Register]:
    """Registers that several symbols share: the longest series first, others while they fit."""
    waiting = sorted(single, key=lambda one: (-len(one.chain), one.symbols))
    waiting = [one for one in waiting if not one.symbols[0].startswith("legal:")]
    while waiting:
        base, rest = waiting[0], []
        for other in waiting[1:]:
            entries = (*base.chain, *base.left_out, *other.chain, *other.left_out)
            both = _register(name, (*base.symbols, *other.symbols), entries)
            lost = len(base.chain) + len(other.chain) - len(both.chain)
            if lost <= _allowed(other):
                base = both
            else:
                rest.append(other)
        if len(base.symbols) > 1:
            yield base
        waiting = rest


def _allowed(other: Register) -> int:
    """How many entries of a series may be slips if it is to join."""
    return len(other.chain) // _ENOUGH if len(other.chain) >= _ENOUGH else 0


def contradicts(one: Entry, other: Entry) -> bool:
    """Whether the higher number has the earlier day."""
    return (one.serial - other.serial) * (one.day - other.day).days < 0
