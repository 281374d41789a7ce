"""Runs of digits as numerals: a text and a place go in, a numeral with its end comes out.

A numeral is a number, a ratio or a range, with the percent sign that belongs to it. Numbers
side by side stay apart: "15.303 15.137" is two.

>>> from docparse.patterns import load
>>> read_numeral("đạt 93,55%;", 4, load()).number.percent
True
>>> read_numeral("15.303 15.137", 0, load()).end
6
>>> read_numeral("1.23.4", 0, load()).number.reason
'grouping'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from docparse.extract.marks import Marks, marks
from docparse.extract.numbers import Number, Refusal, link_numbers
from docparse.patterns import Patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number as it stands in the text."""

    start: int
    end: int
    number: Number | Refusal


_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_LINK = re.compile(r"(?P<link>[ ]?/[ ]?|[ ]?[-–—][ ]?)(?P<second>[0-9]+(?:[.,][0-9]+)*)")
_SIGN_BEFORE = re.compile(r"(?:^|[ (:])[-−]\Z")
_TRAILING = re.compile(r"[ ]?[/-][ ]?[0-9]")


def read_numeral(text: str, position: int, patterns: Patterns, stop: int | None = None) -> Numeral:
    """The numeral whose first digit stands at ``position``; it ends before ``stop``."""
    stop = len(text) if stop is None else stop
    first = _DIGITS.match(text, position, stop)
    if first is None:  # a digit of another script
        refusal = Refusal(text=text[position], reason="script")
        return Numeral(start=position, end=position + 1, number=refusal)
    words = marks(patterns)
    end, number = _linked(text, first, stop, words)
    start = position
    if isinstance(number, Number):
        percent = words.percent.match(text, end, stop)
        if percent:
            end, number = percent.end(), replace(number, percent=True)
        if _negative(text, position, number):
            start, number = position - 1, replace(number, value=-number.value)
    return Numeral(start=start, end=end, number=number)


def _linked(
    text: str, first: re.Match[str], stop: int, words: Marks
) -> tuple[int, Number | Refusal]:
    """With a denominator or the upper end of a range, where the second number fits."""
    link = _LINK.match(text, first.end(), stop)
    bridge = None
    if link is None and words.begins_range.search(text, max(0, first.start() - 4), first.start()):
        bridge = words.bridge.match(text, first.end(), stop)
    second = link or bridge
    if second is None:
        return first.end(), link_numbers(first[0], None, None)
    mark = link["link"].strip() if link else "-"
    both = link_numbers(first[0], mark, second["second"])
    if isinstance(both, Refusal) and mark != "/":
        return first.end(), link_numbers(first[0], None, None)
    if mark == "/" and _TRAILING.match(text, second.end(), stop):
        cut = _chain_end(text, second.end(), stop)
        return cut, Refusal(text=text[first.start() : cut], reason="chain")
    return second.end(), both


def _chain_end(text: str, position: int, stop: int) -> int:
    """Past the rest of "1/2/3": neither a date nor a ratio."""
    while more := _LINK.match(text, position, stop):
        position = more.end()
    return position


def _negative(text: str, position: int, number: Number) -> bool:
    """A minus right before the digits, but not the dash of an item at the head of a line."""
    signed = _SIGN_BEFORE.search(text, max(0, position - 2), position)
    if number.denominator is not None or signed is None:
        return False
    line = text.rfind("\n", max(0, position - 40), position) + 1 or max(0, position - 40)
    return bool(text[line : position - 1].strip()) and number.value != Decimal(0)
