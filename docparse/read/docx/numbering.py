"""Numbers that Word prints but does not write: a paragraph's list and level in, its label out.

>>> numeral(4, "upperRoman"), numeral(28, "lowerLetter"), numeral(3, "decimalZero")
('IV', 'bb', '03')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docparse.read.docx.parts import W
from docparse.read.legacy import Piece
from docparse.read.xmltrees import Element

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LEVELS = 9
_HIGHEST = 100_000  # a list that starts beyond is nonsense, and Roman numerals of it endless


class Level(NamedTuple):
    """How one level of a list is printed."""

    start: int
    form: str
    text: str
    font: str | None
    restart: int | None
    legal: bool


class Numbering:
    """Counts the paragraphs of every list, in the order of the text."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, setting: Element | None) -> Piece | None:
        """The label of the next paragraph of a list (``w:numPr``), None if it has none."""
        number = _value(setting, "numId")
        abstract = self._lists.get(number or "")
        if number is None or abstract is None:
            return None
        index = min(_LEVELS - 1, _number(_value(setting, "ilvl"), 0))
        levels = {**self._levels.get(abstract, {}), **self._own.get(number, {})}
        level = levels.get(index)
        if level is None:
            return None
        counts = self._count(number, abstract, index, levels)
        if level.form == "none" and "%" not in level.text:
            return None

        def place(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            above = levels.get(at)
            form = "decimal" if level.legal or above is None else above.form
            return numeral(counts.get(at, above.start if above else 1), form)

        text = level.text if level.form == "bullet" else _PLACE.sub(place, level.text)
        return Piece(text, level.font) if text.strip() else None

    def _count(
        self, number: str, abstract: str, index: int, levels: dict[int, Level]
    ) -> dict[int, int]:
        counts = self._counts.setdefault(abstract, {})
        start = levels[index].start
        override = self._starts.get(number, {}).get(index)
        if override is not None and (number, index) not in self._begun:
            counts[index] = override
        else:
            counts[index] = counts[index] + 1 if index in counts else start
        self._begun.add((number, index))
        for deeper in [other for other in counts if other > index]:
            level = levels.get(deeper)
            if level is None or level.restart is None or level.restart > index:
                del counts[deeper]
        return counts

    def _read(self, root: Element) -> None:
        links = {}
        for abstract in root.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId", "")
            self._levels[name] = _levels(abstract)
            link = abstract.find(f"{W}styleLink")
            if link is not None:
                links[link.get(f"{W}val")] = name
        for abstract in root.iterfind(f"{W}abstractNum"):
            link = abstract.find(f"{W}numStyleLink")
            if link is not None and link.get(f"{W}val") in links:
                linked = self._levels[links[link.get(f"{W}val")]]
                self._levels[abstract.get(f"{W}abstractNumId", "")] = linked
        for instance in root.iterfind(f"{W}num"):
            name = instance.get(f"{W}numId", "")
            self._lists[name] = _value(instance, "abstractNumId") or ""
            for override in instance.iterfind(f"{W}lvlOverride"):
                index = _number(override.get(f"{W}ilvl"), 0)
                start = _value(override, "startOverride")
                if start is not None:
                    self._starts.setdefault(name, {})[index] = _number(start, 1)
                self._own.setdefault(name, {}).update(_levels(override))


def numeral(value: int, form: str) -> str:
    """A number in one of the forms that Word knows; an unknown form is decimal."""
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{value:02d}"
        case "upperRoman" | "lowerRoman":
            roman = _roman(value)
            return roman if form == "upperRoman" else roman.lower()
        case "upperLetter" | "lowerLetter" if 0 < value < _HIGHEST // 100:
            letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
        case _:
            return str(value)


def _roman(value: int) -> str:
    made = ""
    for size, letters in _ROMAN if 0 < value < _HIGHEST else ():
        made += letters * (value // size)
        value %= size
    return made or str(value)


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for level in parent.iterfind(f"{W}lvl"):
        fonts = level.find(f"{W}rPr/{W}rFonts")
        restart = _value(level, "lvlRestart")
        found[_number(level.get(f"{W}ilvl"), 0)] = Level(
            start=_number(_value(level, "start"), 1),
            form=_value(level, "numFmt") or "decimal",
            text=_value(level, "lvlText") or "",
            font=fonts.get(f"{W}ascii") if fonts is not None else None,
            restart=_number(restart, 0) if restart is not None else None,
            legal=level.find(f"{W}isLgl") is not None,
        )
    return found


def _value(parent: Element | None, name: str) -> str | None:
    found = parent.find(f"{W}{name}") if parent is not None else None
    return found.get(f"{W}val") if found is not None else None


def _number(value: str | None, otherwise: int) -> int:
    try:
        return min(_HIGHEST, max(0, int(value or otherwise)))
    except ValueError:
        return otherwise
