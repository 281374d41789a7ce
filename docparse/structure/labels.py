"""The label at the head of a row: words in, its kind and place in the numbering out.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> reader = LabelReader(grammar(load()))
>>> reader.read("2.1. Kết quả")
Label(kind='decimal.2', text='2.1.', number=(2, 1))
>>> reader.read("IV. TỔ CHỨC").number, reader.read("2021 là năm")
((4,), None)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docparse.structure.grammar import Grammar

_ROMAN = {"I": 1, "V": 5, "X": 10}
_CAPITALS = "ABCDĐEFGHIKLMNOPQRSTU"
# The letters in which lists count: f, j, w and z are mostly left out.
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_NAMED = ("article", "part", "chapter", "division", "annex")


class Label(NamedTuple):
    """What a heading is counted by; ``number`` is its place among its like."""

    kind: str
    text: str
    number: tuple[int, ...]

    def follows(self, other: Label) -> bool:
        """Whether this label is the next after the other."""
        if self.kind != other.kind or self.number[:-1] != other.number[:-1]:
            return False
        step = self.number[-1] - other.number[-1]
        return step == 1 or (step == 2 and self.kind == "letter")


class LabelReader:
    """Reads labels with the forms of one grammar."""

    __slots__ = ("_capital", "_decimal", "_letter", "_letter_decimal", "_named", "_paren", "_roman")

    def __init__(self, grammar: Grammar) -> None:
        forms = grammar.headings
        self._decimal = forms.pattern("decimal").match
        self._paren = forms.pattern("paren").match
        self._letter = forms.pattern("letter").match
        self._letter_decimal = forms.pattern("letter-decimal").match
        self._capital = forms.pattern("capital").match
        self._roman = (forms.pattern("roman").match, forms.pattern("roman-decimal").match)
        self._named = [(name, forms.pattern(name).match) for name in _NAMED]

    def read(self, words: str) -> Label | None:
        """The label that a row begins with."""
        first = words[0]
        if first.isdigit():
            return self._read_decimal(words)
        if first == "(":
            return _plain("paren", self._paren(words))
        if not first.isalpha():
            return None
        if first.islower():
            return self._read_letter(words)
        return self._read_capital(words)

    def _read_decimal(self, words: str) -> Label | None:
        match = self._decimal(words)
        if not match:
            return None
        number = tuple(map(int, match["n"].split(".")))
        if len(number) > 1:
            return Label(f"decimal.{len(number)}", match["label"], number)
        kind = "decimal)" if ")" in match["label"] else "decimal"
        return Label(kind, match["label"], number)

    def _read_letter(self, words: str) -> Label | None:
        if words[1:2] in (")", ".", "/") and (match := self._letter(words)):
            return Label("letter", match["label"], (_LETTERS.find(match["n"]) + 1,))
        if words[1:2].isdigit() or words[2:3].isdigit():
            return _plain("letter.2", self._letter_decimal(words))
        return None

    def _read_capital(self, words: str) -> Label | None:
        if words[1:2] in (".", ")", "/") and (match := self._capital(words)):
            return Label("capital", match["label"], (_CAPITALS.find(match["n"]) + 1,))
        if words[0] in _ROMAN:
            for pattern in self._roman:
                if match := pattern(words):
                    return _roman(match)
        for kind, pattern in self._named:
            if match := pattern(words):
                return Label(kind, match["label"], (_count(match["n"]),))
        return None


def _plain(kind: str, match: re.Match[str] | None) -> Label | None:
    return Label(kind, match["label"], (_count(match["n"]),)) if match else None


def _roman(match: re.Match[str]) -> Label:
    roman, *rest = match["n"].split(".")
    number = (_roman_value(roman), *map(int, rest))
    return Label("roman" if not rest else f"roman.{len(number)}", match["label"], number)


def _count(words: str | None) -> int:
    """What a label counts: "3", "II", "b", "B"; 0 where it is a word or nothing."""
    if not words:
        return 0
    if words.isdigit():
        return int(words)
    if all(letter in _ROMAN for letter in words):
        return _roman_value(words)
    return _LETTERS.find(words.lower()) + 1 if len(words) == 1 else 0


def _roman_value(words: str) -> int:
    values = [_ROMAN[letter] for letter in words]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )
