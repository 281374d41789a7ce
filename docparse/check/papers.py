"""The cited papers of a whole set: mentions of many reports go in, one paper each comes out.

Reports that share a key speak of one paper. A local body's number without its province joins
the paper of that number where only one province has it.

>>> read_key("state:899/KH-SCT@2021~Đồng Nai")
Key(family='state', number='899/KH-SCT', year=2021, place='Đồng Nai')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docparse.models import Citation, Date, Records

_KEY = re.compile(
    r"(?P<family>[a-z]+):(?P<number>.*)@(?P<year>\d{4}|\?)(?:~(?P<place>.+))?", re.DOTALL
)
_NUMBERED = re.compile(r"(?P<serial>\d+)(?:[/-](?P<rest>.+))?")


@dataclass(frozen=True, slots=True)
class Key:
    """A document's identity, as its citations print it."""

    family: str
    number: str
    year: int | None
    place: str | None = None

    @property
    def serial(self) -> int | None:
        """The running number in its register."""
        found = _NUMBERED.match(self.number)
        return int(found["serial"]) if found else None

    @property
    def symbol(self) -> str:
        """What follows the number (and its year): QĐ-UBND."""
        found = _NUMBERED.match(self.number)
        rest = (found["rest"] or "") if found else self.number
        return re.sub(r"^\d{4}/", "", rest)


def read_key(text: str) -> Key:
    """The parts of a printed key."""
    match = _KEY.fullmatch(text)
    if match is None:
        raise ValueError(f"not a document key: {text!r}")
    year = None if match["year"] == "?" else int(match["year"])
    return Key(match["family"], match["number"], year, match["place"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one report says of papers; ``own_dates`` are of its own numbers, from its header."""

    path: str
    records: Records
    own_dates: Mapping[int, Date | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One citation in one report, with the date that counts for it."""

    path: str
    index: int
    citation: Citation
    date: Date | None
    said_key: str

    @property
    def date_how(self) -> str:
        """How the citation came by its date: behind, shared, sentence …"""
        if self.citation.own and self.citation.date is None:
            return "header"
        return dict(self.citation.trace).get("date", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper and everything that is said of it."""

    key: Key
    mentions: tuple[Mention, ...]

    @property
    def number(self) -> str:
        """The number as most mentions print it."""
        counts: dict[str, int] = {}
        for one in self.mentions:
            if one.citation.number:
                counts[one.citation.number] = counts.get(one.citation.number, 0) + 1
        return max(counts, key=lambda number: counts[number]) if counts else self.key.number

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.citation.title for m in self.mentions if m.citation.title))


def bring_together(sheets: Sequence[Sheet]) -> tuple[Paper, ...]:
    """Every paper of the set, in the order of its first mention."""
    members: dict[Key, list[Mention]] = {}
    for sheet in sheets:
        for document in sheet.records.documents:
            key = read_key(document.key)
            for index in document.mentions:
                members.setdefault(key, []).append(_mention(sheet, index))
    joined = _without_place(members)
    gathered: dict[Key, list[Mention]] = {}
    for key, mentions in members.items():
        gathered.setdefault(joined.get(key, key), []).extend(mentions)
    return tuple(
        Paper(key=key, mentions=tuple(sorted(mentions, key=lambda one: (one.path, one.index))))
        for key, mentions in gathered.items()
    )


def _mention(sheet: Sheet, index: int) -> Mention:
    one = sheet.records.citations[index]
    return Mention(
        path=sheet.path,
        index=index,
        citation=one,
        date=sheet.own_dates.get(index) or one.date,
        said_key=one.key or "",
    )


def _without_place(members: Mapping[Key, list[Mention]]) -> dict[Key, Key]:
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
