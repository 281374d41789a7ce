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
from docparse.extract.citations.words import Words

_KEY = re.compile(
    r"(?P<family>[a-z]+):(?P<number>.*)@(?P<year>\d{4}|\?)(?:~(?P<place>.+))?", re.DOTALL
)
# Codes as typewriters without Vietnamese letters have them.
_PLAIN = {"ND": "NĐ", "QD": "QĐ", "HDND": "HĐND", "HDBT": "HĐBT", "LDTBXH": "LĐTBXH"}


@dataclass(frozen=True, slots=True)
class Key:
    """A document's identity; ``year`` is None while the register's year is unknown."""

    family: str
    number: str
    year: int | None
    place: str | None = None

    def __str__(self) -> str:
        place = f"~{self.place}" if self.place else ""
        return f"{self.family}:{self.number}@{self.year or '?'}{place}"


def read_key(text: str) -> Key:
    """The parts of a printed key."""
    match = _KEY.fullmatch(text)
    if match is None:
        raise ValueError(f"not a document key: {text!r}")
    year = None if match["year"] == "?" else int(match["year"])
    return Key(match["family"], match["number"], year, match["place"])


def make_key(one: Mention, words: Words, place: str | None) -> Key | None:
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
    where = place if body in words.local_codes else None
    if one.form == "party" or (one.form == "old" and "/" in one.symbol):
        return Key("party", f"{serial}-{codes[0]}/{'-'.join(codes[1:])}", _year(one), where)
    if one.year is not None:
        return Key("legal", f"{serial}/{one.year}/{symbol}", one.year, where)
    return Key("state" if named else "letter", f"{serial}/{symbol}", _year(one), where)


def _canonical(code: str, words: Words) -> str:
    """A code as the register has it: QĐ for QD, TTg for TTG."""
    return words.codes.get(code.upper(), _PLAIN.get(code, code))


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
