"""The identity of a document: what two mentions must share to mean one paper.

A key is printable and reversible: family, number without leading zeros, the year
of its register, and the place of a local body.

>>> read_key("state:899/KH-SCT@2021~Đồng Nai")
Key(family='state', number='899/KH-SCT', year=2021, place='Đồng Nai')
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from docparse.extract.citations.mention import Mention
from docparse.extract.citations.words import PLAIN_CODES, Words
from docparse.models import Header

_KEY = re.compile(
    r"(?P<family>[a-z]+):(?P<number>.*)@(?P<year>\d{4}|\?)(?:~(?P<place>.+))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Key:
    """A document's identity; ``year`` is None while the register's year is unknown."""

    family: str
    number: str
    year: int | None
    place: str | None = None

    def __str__(self) -> str:
        place = f"~{self.place}" if self.place else ""
        # Four digits also where a slip of the keyboard made it the year 22: keys are read back.
        year = f"{self.year:04}" if self.year else "?"
        return f"{self.family}:{self.number}@{year}{place}"


@lru_cache(maxsize=4096)
def read_key(text: str) -> Key:
    """The parts of a printed key."""
    match = _KEY.fullmatch(text)
    if match is None:
        raise ValueError(f"not a document key: {text!r}")
    year = None if match["year"] == "?" else int(match["year"])
    return Key(match["family"], match["number"], year, match["place"])


@dataclass(frozen=True, slots=True)
class Home:
    """Where the report comes from: papers of bodies of its own level come from there, too."""

    place: str | None
    level: str = "province"

    def of(self, one: Mention, words: Words) -> str | None:
        """The place of a local paper by its issuer: "UBND huyện Cái Nước", "UBND tỉnh"."""
        if one.own:
            return self.place
        if one.issuer is None:
            return self.place if self.level == "province" else None
        level, place = _level(one.issuer, words.level)
        if place:
            return place.title() if place.isupper() else place
        if level is None or level == self.level or (level == "city" and self.level != "commune"):
            return self.place
        return None


def home(header: Header, words: Words) -> Home:
    """The place and the level of the body that made the report; the centre is no place."""
    if header.issuer and " ".join(header.issuer.split()).casefold() in words.central:
        return Home(None)
    for name in (header.issuer, header.issuer_parent):
        level = _level(name, words.level)[0] if name else None
        if level:
            return Home(header.place, "province" if level == "city" else level)
    return Home(header.place)


@lru_cache(maxsize=4096)
def _level(body: str, levels: re.Pattern[str]) -> tuple[str | None, str | None]:
    """What level a body says it is of, and what place: the last that it names."""
    found: tuple[str | None, str | None] = (None, None)
    for match in levels.finditer(body):
        groups = match.groupdict()
        place = groups.pop("place")
        level = next((name for name, said in groups.items() if said), None)
        found = level, " ".join(place.split()) if place else None
    return found


def make_key(one: Mention, words: Words, home: Home) -> Key | None:
    """The key of a mention as far as its own words tell."""
    if one.form == "law":
        return _law_key(one)
    if one.form == "standard":
        return Key("standard", one.number or "", one.year)
    if one.serial is None:
        return None
    if any(one.form == name for name, _ in words.own_numbers):
        return Key("own", one.number or "", one.year)
    serial = one.serial.lstrip("0") or "0"
    if one.form in ("bare", "year-only") or one.symbol is None:
        return Key("bare", f"{one.type or '?'} {serial}", _year(one), None)
    codes = [_canonical(code, words) for code in _codes(one.symbol)]
    symbol = "-".join(codes)
    named = codes[0] in words.type_codes and len(codes) > 1
    body = codes[-1] if named else codes[0]
    where = home.of(one, words) if body in words.local_codes else None
    if one.form == "party" or (one.form == "old" and "/" in one.symbol):
        return Key("party", f"{serial}-{codes[0]}/{'-'.join(codes[1:])}", _year(one), where)
    if one.year is not None:
        return Key("legal", f"{serial}/{one.year}/{symbol}", one.year, where)
    return Key("state" if named else "letter", f"{serial}/{symbol}", _year(one), where)


def _canonical(code: str, words: Words) -> str:
    """A code as the register has it: QĐ for QD, TTg for TTG."""
    return words.codes.get(code.upper(), PLAIN_CODES.get(code, code))


@lru_cache(maxsize=4096)
def _codes(symbol: str) -> tuple[str, ...]:
    return tuple(re.split(r"[-–/]", symbol))


def _year(one: Mention) -> int | None:
    """A register restarts each year: the date tells which."""
    if one.year is not None:
        return one.year
    return one.date.year if one.date is not None else None


def _law_key(one: Mention) -> Key:
    if one.number:
        return Key("legal", (one.number or "").lstrip("0"), one.year)
    name = fold_name(f"{one.type} {one.title or ''}")
    return Key("law", name, one.date.year if one.date else one.year)


def fold_name(name: str) -> str:
    """A name without marks, case and punctuation, for comparison only."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", letters))
