"""The parts of a document's key that questions ask for: a printed key in, its parts out.

>>> split_key("state:851/KH-SCT@2023~Bình Lâm")
KeyParts(family='state', serial='851', year=2023, codes='kh sct', location='Bình Lâm')
>>> split_key("bare:Nghị định 30@?").codes
'nghi dinh'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docparse.index.fold import fold
from docparse.models import read_key

# "851/KH-SCT", "30/2020/NĐ-CP", "45-KH/TU", "Nghị định 30"
_NUMBER = re.compile(
    r"(?P<serial>\d+[a-zđ]?)(?:[/-](?:(?P<year>\d{4})/)?(?P<symbol>.*))?", re.IGNORECASE
)
_BARE = re.compile(r"(?P<type>.*) (?P<serial>\d+[a-zđ]?)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What a key says; ``codes`` are the folded words of the symbol, the type or the name."""

    family: str
    serial: str | None
    year: int | None
    codes: str
    location: str | None = None


def split_key(key: str) -> KeyParts:
    """The parts of a key; one of a form that is not known has only a name."""
    try:
        whole = read_key(key)
    except ValueError:
        return KeyParts("other", None, None, fold(key))
    form = _BARE if whole.family == "bare" else _NUMBER
    number = form.fullmatch(whole.number)
    if number is None or whole.family in ("standard", "law"):
        return KeyParts(whole.family, None, whole.year, fold(whole.number), whole.place)
    codes = _codes(number["type"] if form is _BARE else number["symbol"] or "")
    serial = number["serial"].casefold().lstrip("0") or "0"
    return KeyParts(whole.family, serial, whole.year, codes, whole.place)


@lru_cache(maxsize=4096)
def _codes(symbol: str) -> str:
    return fold(symbol)  # an office has few symbols and many numbers
