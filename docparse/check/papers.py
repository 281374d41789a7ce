"""The cited papers of a whole set: mentions of many reports go in, one paper each comes out.

Reports that share a key speak of one paper. A local body's number without its province joins
the paper of that number where only one province has it. Most mentions say what others say: what
is said is kept once, and of a mention only some numbers.

>>> read_key("state:899/KH-SCT@2021~Đồng Nai")
Key(family='state', number='899/KH-SCT', year=2021, place='Đồng Nai')
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docparse.models import Citation, Date, Key, read_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a citation says of a paper; ``date`` of an own number may be that of its header.

    ``date_how`` and ``issuer_how`` tell how they were found: behind, shared, sentence …
    """

    type: str | None
    number: str | None
    symbol: str | None
    year: int | None
    date: Date | None
    date_how: str
    issuer: str | None
    issuer_how: str
    title: str | None
    relation: str | None
    key: str
    own: bool


class Mention(NamedTuple):
    """One citation in one report. (Made anew each time that it is asked for, so it is a tuple.)

    It is the ``nth`` of its report. ``number`` is its own among all mentions, ``place`` that under
    which its words are kept.
    """

    path: str
    nth: int
    said: Said
    number: int
    place: int

    @property
    def date(self) -> Date | None:
        return self.said.date


class Paper:
    """One paper and everything that is said of it; ``number`` is as most mentions print it."""

    __slots__ = ("_mentions", "_numbers", "key", "number")

    def __init__(self, key: Key, numbers: Sequence[int], mentions: Mentions) -> None:
        self.key = key
        self._numbers = numbers
        self._mentions = mentions
        self.number = _usual(mentions.said(one).number for one in numbers) or key.number

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """In the order of the reports, and of their texts."""
        return tuple(map(self._mentions.__getitem__, self._numbers))

    @property
    def titles(self) -> tuple[str, ...]:
        said = (self._mentions.said(one).title for one in self._numbers)
        return tuple(dict.fromkeys(title for title in said if title))


class Mentions:
    """All mentions of a set, which are added report by report, in the order of the paths."""

    def __init__(self) -> None:
        self._paths: list[str] = []
        self._said: list[Said] = []
        self._known: dict[Said, int] = {}
        self._members: dict[Key, array[int]] = {}
        self._of_path, self._index, self._of_said = array("l"), array("l"), array("l")
        self._place = array("q")

    def __getitem__(self, number: int) -> Mention:
        path, index = self._paths[self._of_path[number]], self._index[number]
        return Mention(path, index, self.said(number), number, self._place[number])

    def said(self, number: int) -> Said:
        """What a mention says."""
        return self._said[self._of_said[number]]

    def add(self, path: str, found: Iterable[tuple[str, int, Said, int]]) -> None:
        """The mentions of a report: key of the paper, place in the report, words, their place."""
        if not self._paths or self._paths[-1] != path:
            self._paths.append(path)
        for key, index, said, place in found:
            self._members.setdefault(read_key(key), array("q")).append(len(self._index))
            self._of_path.append(len(self._paths) - 1)
            self._index.append(index)
            self._of_said.append(self._known.setdefault(said, len(self._said)))
            self._place.append(place)
            if len(self._known) > len(self._said):
                self._said.append(said)

    def papers(self) -> tuple[Paper, ...]:
        """Every paper of the set, in the order of its first mention."""
        joined = _without_place(self._members)
        gathered: dict[Key, array[int]] = {}
        for key, numbers in self._members.items():
            gathered.setdefault(joined.get(key, key), array("q")).extend(numbers)
        return tuple(
            Paper(key, array("q", sorted(numbers, key=self._order)), self)
            for key, numbers in gathered.items()
        )

    def _order(self, number: int) -> tuple[int, int]:
        return self._of_path[number], self._index[number]


def said_of(one: Citation, header_date: Date | None) -> Said:
    """What a citation says; an own number without a date has that of its header."""
    how = dict(one.trace)
    of_header = one.own and one.date is None
    return Said(
        type=one.type,
        number=one.number,
        symbol=one.symbol,
        year=one.year,
        date=header_date if of_header and header_date else one.date,
        date_how="header" if of_header else how.get("date", ""),
        issuer=one.issuer,
        issuer_how=how.get("issuer", ""),
        title=one.title,
        relation=one.relation,
        key=one.key or "",
        own=one.own,
    )


def _usual(numbers: Iterator[str | None]) -> str | None:
    """The most frequent; of several the one that comes first."""
    counts: dict[str, int] = {}
    for one in numbers:
        if one:
            counts[one] = counts.get(one, 0) + 1
    return max(counts, key=lambda number: counts[number]) if counts else None


def _without_place(members: Iterable[Key]) -> Mapping[Key, Key]:
    """A key without its province joins the only one that has the number."""
    placed: dict[tuple[str, str, int | None], set[Key]] = {}
    for key in members:
        if key.place is not None:
            placed.setdefault((key.family, key.number, key.year), set()).add(key)
    joined = {}
    for key in members:
        others = placed.get((key.family, key.number, key.year), set())
        if key.place is None and len(others) == 1:
            joined[key] = next(iter(others))
    return joined
