"""The rows of the pattern tables: an entry of a TOML file in, a frozen value out.

A class is the schema of its table: a field without a default must be written, a
``Literal`` lists what may be written, and ``docparse patterns check`` reads both from here.

>>> build(Unit, {"id": "ty-dong", "name": "tỷ đồng", "kind": "money",
...              "base": "dong", "factor": "1000000000"}).factor
Decimal('1000000000')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeVar

Row = TypeVar("Row")

Family = Literal["legal", "state", "party", "both"]
TypeKind = Literal["document", "law", "standard", "form", "copy"]
Level = Literal["central", "province", "district", "commune", "party", "court", "union", "unit"]
Severity = Literal["error", "warning", "note"]
FailOn = Literal["never", "error", "warning", "note"]
UnitKind = Literal[
    "count",
    "money",
    "duration",
    "area",
    "length",
    "volume",
    "weight",
    "energy",
    "power",
    "voltage",
    "age",
    "percent",
    "score",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """A kind of document in one family and one time, with the codes of its symbols.

    One name may stand in several rows: Công văn has no code at the State and CV in the Party.
    """

    id: str
    name: str
    family: Family
    kind: TypeKind = "document"
    codes: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    generic: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    successor: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A body that issues documents; ``head`` is the title of who signs for it.

    ``shared`` are those of its codes that another body of its level has as well.
    """

    id: str
    name: str
    level: Level
    codes: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    head: str | None = None
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A province; ``kind`` is its head word."""

    id: str
    name: str
    kind: str
    written: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHead:
    """A word that stands before the name of a place: tỉnh, huyện, phường …"""

    id: str
    name: str
    level: Level
    written: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of figures; ``factor`` of them in ``base`` (1 tỷ đồng = 1000000000 đồng).

    ``shown`` is the one name that all its written forms get in a record, where they mean the
    same and are often mixed ("thủ tục", "TTHC"); other units are shown as written. ``near`` are
    words around that decide between units with one short form ("HS": hồ sơ, học sinh).
    """

    id: str
    name: str
    kind: UnitKind
    shown: str | None = None
    written: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    base: str | None = None
    factor: Decimal = Decimal(1)
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form (its ``id``) and what it may stand for, the usual meaning first."""

    id: str
    expansions: tuple[str, ...]
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LawVersion:
    """One issue of a law: its year and, where known, its number."""

    year: int
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law, code or ordinance by name, and its issues, the oldest first."""

    name: str
    versions: tuple[LawVersion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A set of choices for checking under one name; ``name`` and ``english`` say what it is for.

    Codes may be cut short; no ``select`` means every check.
    """

    id: str
    name: str
    english: str
    written: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    level: Severity = "warning"
    fail_on: FailOn = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One sentence for people, with {placeholders}, in both languages."""

    code: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """Where the rows of one table stand: ``[[array]]`` in ``file``."""

    file: str
    array: str
    row: type[Any]


TABLES = (
    TableFile(file="types.toml", array="type", row=DocumentType),
    TableFile(file="issuers.toml", array="issuer", row=Issuer),
    TableFile(file="places.toml", array="place", row=Place),
    TableFile(file="places.toml", array="head", row=PlaceHead),
    TableFile(file="units.toml", array="unit", row=Unit),
    TableFile(file="abbreviations.toml", array="abbreviation", row=Abbreviation),
    TableFile(file="profiles.toml", array="profile", row=Profile),
)
LAWS_FILE = "laws.txt"
MESSAGES_FILE = "messages.toml"
PARTS_FILE = "parts.toml"


def as_date(value: object) -> date:
    """A TOML date, quoted or not; ValueError where it is none."""
    return value if type(value) is date else date.fromisoformat(str(value))


_READERS: dict[str, Callable[[Any], object]] = {
    "valid_from": as_date,
    "valid_to": as_date,
    "factor": lambda value: Decimal(str(value)),
}


def build(row: Callable[..., Row], entry: Mapping[str, object]) -> Row:
    """One row from one entry; TypeError, ValueError or ArithmeticError where it does not fit."""
    values: dict[str, object] = {}
    for key, value in entry.items():
        name = "counter_examples" if key == "not" else key
        if read := _READERS.get(key):
            values[name] = read(value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    return row(**values)


def parse_law(line: str) -> Law:
    """A line of the law list: ``Luật Điện lực | 2004 28/2004/QH11 | 2024 61/2024/QH15``.

    >>> parse_law("Luật Viên chức | 2010 58/2010/QH12").versions
    (LawVersion(year=2010, number='58/2010/QH12'),)
    """
    name, *versions = (part.strip() for part in line.split("|"))
    if not name:
        raise ValueError(line)
    return Law(name=name, versions=tuple(_law_version(version) for version in versions))


def _law_version(text: str) -> LawVersion:
    year, _, number = text.partition(" ")
    if not (len(year) == 4 and year.isascii() and year.isdigit()) or " " in number:
        raise ValueError(text)
    return LawVersion(year=int(year), number=number or None)


def law_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a list that say something, with their numbers; ``#`` starts a comment."""
    kept = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if said:
            kept.append((number, said))
    return kept
