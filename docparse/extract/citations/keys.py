"""The identity of a document: what two mentions must share to mean one paper.

A key is printable and reversible: family, number without leading zeros, the year
of its register, and the place of a local body.

>>> fold_name("Luật Phòng, chống tham nhũng")
'luat phong chong tham nhung'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docparse.extract.citations.mention import Mention
from docparse.extract.citations.words import PLAIN_CODES, Words, fold_name
from docparse.models import Header, Key

_WORDS = 4  # of the name of a place: "Bà Rịa - Vũng Tàu"


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
        if _is_central(one.issuer, words.central):
            return None  # "Bộ trưởng Bộ Tài nguyên và Môi trường" shares a code with a division
        level, place = _level(one.issuer, words.level)
        if place:
            known = _known(level, place, words)
            return known or (place.title() if place.isupper() else place)
        if level is None or level == self.level or (level == "city" and self.level != "commune"):
            return self.place
        return None


def home(header: Header, words: Words) -> Home:
    """The place and the level of the body that made the report; the centre is no place.

    A department of the province signs in its capital: "UBND TỈNH BÌNH PHƯỚC … Đồng Xoài, ngày …".
    So the place is that of the body's name, and only where it names none that of signing.
    """
    if header.issuer and _is_central(header.issuer, words.central):
        return Home(None)
    signed = header.place
    if signed is not None:
        signed = _known(*_level(signed, words.level), words) or signed
    named = [_level(name, words.level) for name in (header.issuer, header.issuer_parent) if name]
    for level, _ in named:
        if level:
            places = [said for of, said in named if of == level and said]
            said = _place_of_body(level, places[0], signed, words) if places else signed
            return Home(said, "province" if level == "city" else level)
    return Home(signed)


def _place_of_body(level: str, place: str, signed: str | None, words: Words) -> str | None:
    """The place that a body names, as it is written in the list or at the date."""
    if known := _known(level, place, words):
        return known
    if (signed and fold_name(signed) == fold_name(place)) or len(place.split()) > _WORDS:
        return signed  # as it is written there; or another body's name follows the place
    return place.title() if place.isupper() else place


def _known(level: str | None, place: str | None, words: Words) -> str | None:
    """The province that a name begins with, as the list of places writes it."""
    if level not in ("province", "city") or place is None:
        return None  # many a commune is called as a province is
    said = fold_name(place).split()
    for count in range(min(len(said), _WORDS), 0, -1):
        if name := words.places.get(" ".join(said[:count])):
            return name
    return None


@lru_cache(maxsize=4096)
def _is_central(body: str, central: frozenset[str]) -> bool:
    """Whether a body of the centre is named, alone or behind a title."""
    said = " " + " ".join(body.split()).casefold()
    return any(said.endswith(f" {name}") for name in central)


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
    codes = [_canonical(code, words) for code in split_symbol(one.symbol)]
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
def split_symbol(symbol: str) -> tuple[str, ...]:
    """The codes of a symbol: KH and SCT of KH-SCT, TC, QĐ and CĐKT of TC/QĐ/CĐKT."""
    return tuple(re.split(r"[-–/.]", symbol))


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
