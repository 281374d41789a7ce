"""Numbers in words: "một trăm linh năm" goes in, 105 comes out; None where it is no number.

The words stand in ``patterns/numbers.toml``; a reading is taken only if every word fits.

>>> from docparse.patterns import load
>>> parse_spelled("hai triệu rưỡi", load()), parse_spelled("một phần ba", load())
((Decimal('2500000'), None), (Decimal('1'), Decimal('3')))
>>> parse_spelled("hai ba", load()) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from docparse.patterns import Patterns

_WORD = re.compile(r"[^\W\d_]+\.?")
_THOUSAND = 1000
_MANY_WORDS = 16  # the longest reading is a sum of money in full


def parse_spelled(text: str, patterns: Patterns) -> tuple[Decimal, Decimal | None] | None:
    """Value and denominator of a number in words."""
    kinds = _kinds(patterns)
    words = text.lower().split()
    said = [kinds.get(word, "") for word in words]
    if not said or "" in said or len(said) > _MANY_WORDS:
        return None
    if "over" in said:
        cut = said.index("over")
        part, whole = _whole(said[:cut]), _whole(said[cut + 1 :])
        return None if part is None or not whole else (part, whole)
    value = _whole(said)
    return None if value is None else (value, None)


def scale_of(text: str, patterns: Patterns) -> tuple[Decimal, int]:
    """What the scale words at the head of ``text`` multiply by, and where they end."""
    kinds = _kinds(patterns)
    scale, end = Decimal(1), 0
    for match in _WORD.finditer(text):
        kind = kinds.get(match[0].lower(), "")
        if not kind.startswith("x") or kind == "x10" or text[end : match.start()].strip():
            break
        scale, end = scale * Decimal(kind[1:]), match.end()
    return scale, end


def is_number_word(word: str, patterns: Patterns) -> bool:
    """Whether a word is part of numbers in words."""
    return word.lower() in _kinds(patterns)


def find_spelled(text: str, patterns: Patterns) -> Iterator[tuple[int, int]]:
    """Where a number of two words or more may stand."""
    kinds = _kinds(patterns)
    done = 0
    for anchor in _anchors(patterns).finditer(text):
        if anchor.start() < done:
            continue
        start, end = _grow(text, anchor.start(), anchor.end(), done, kinds)
        done = end
        if len(text[start:end].split()) > 1:
            yield start, end


def _grow(text: str, start: int, end: int, floor: int, kinds: dict[str, str]) -> tuple[int, int]:
    while (before := _BEFORE.search(text, max(floor, start - 8), start)) and (
        before[1].lower() in kinds
    ):
        start = before.start(1)
    while (after := _AFTER.match(text, end)) and after[1].lower() in kinds:
        end = after.end(1)
    return start, end


_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+)[ \n]\Z")
_AFTER = re.compile(r"[ \n]([^\W\d_]+)(?!\w)")


@lru_cache(maxsize=8)
def _kinds(patterns: Patterns) -> dict[str, str]:
    """Each number word and what it means."""
    kinds: dict[str, str] = {}
    for form in patterns.forms("numbers").forms:
        for example in form.examples:
            kinds[example.lower()] = form.kind or ""
    return kinds


@lru_cache(maxsize=8)
def _anchors(patterns: Patterns) -> re.Pattern[str]:
    """The words that a number in words cannot do without: tens, hundreds, parts."""
    words = [word for word, kind in _kinds(patterns).items() if kind[0] in "xo" or kind == "10"]
    return re.compile(rf"(?<![\w])(?:{'|'.join(sorted(map(re.escape, words)))})(?!\w)")


def _whole(said: Sequence[str]) -> Decimal | None:
    """A whole number from the meanings of its words: groups of thousands, each below 1000."""
    total, group, half = Decimal(0), list[str](), Decimal(0)
    last_scale, lowest = Decimal(1), Decimal(10) ** 30
    for index, kind in enumerate(said):
        if kind == "half":
            if index != len(said) - 1 or not index:
                return None
            half = (last_scale if not group else _step(group)) / 2
        elif kind.startswith("x") and int(kind[1:]) >= _THOUSAND:
            scale = Decimal(kind[1:])
            if not group and total and scale > last_scale:
                total, last_scale, lowest = total * scale, last_scale * scale, scale
                continue
            below = _hundreds(group)
            if below is None or scale >= lowest:
                return None
            total, last_scale, lowest, group = total + below * scale, scale, scale, []
        else:
            group.append(kind)
    rest = _hundreds(group) if group else (Decimal(0) if total or half else None)
    return None if rest is None else total + rest + half


def _step(group: Sequence[str]) -> Decimal:
    """The place of the last word of a group: a hundred, ten or one."""
    return Decimal(group[-1][1:]) if group[-1].startswith("x") else Decimal(1)


_SHAPE = re.compile(
    r"(?:(?P<h>\d) x100)?(?: ?zero (?P<z>\d)| ?(?P<t>\d) x10(?: (?P<u>\d))?"
    r"| ?(?P<ten>10)(?: (?P<v>\d))?| ?(?P<one>\d))?"
)


def _hundreds(group: Sequence[str]) -> Decimal | None:
    """A number below 1000: "hai trăm linh năm", "mười lăm", "ba mươi"."""
    match = _SHAPE.fullmatch(" ".join(group)) if group else None
    if match is None:
        return None
    if match["h"] and match["one"]:
        return None
    digits = {name: int(value) for name, value in match.groupdict(default="0").items()}
    tens = digits["t"] * 10 + digits["u"] + digits["ten"] + digits["v"]
    return Decimal(digits["h"] * 100 + digits["z"] + tens + digits["one"])
