"""What a number counts in: the words after it go in, a unit comes out.

Units of ``patterns/units.toml`` come first, a scale word before them is counted in. A noun that
is not listed is still a unit ("05 mô-đun"): the words up to the first that cannot be one.

>>> from docparse.patterns import load
>>> unit = UnitReader(load()).read("12 nghìn lượt người dự", 2)
>>> unit.name, unit.scale, unit.kind
('nghìn lượt người', Decimal('1000'), 'count')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from docparse.extract.marks import marks
from docparse.extract.spelled import scale_of
from docparse.patterns import Patterns, Unit
from docparse.patterns.forms import alternation

_BRACKET = re.compile(r"[ *_]{0,3}\([^()\n]{1,200}\)[ *_]{0,3}")
_INSIDE = re.compile(r" ?\(")
_CLOSED = re.compile(r"\)[ *_]{0,3}")
# "triệu đồng" and "USD" are kept as written, "trđ" and "m²" are not words and are written out.
_VOWEL = re.compile(r"(?i:[aeiouyàáâãèéêìíòóôõùúýăĩũơưạ-ỹ])[^²³]*\Z")
_NOUN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PER = re.compile(r" ?/ ?")
_AROUND = 1500  # characters in which words tell what a short form stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFound:
    """A unit where it stands; ``scale`` is what its words multiply the number by."""

    start: int
    end: int
    name: str
    kind: str
    base: str
    scale: Decimal = Decimal(1)
    listed: bool = True


class UnitReader:
    """The units of one set of patterns, ready to be looked up in a text."""

    __slots__ = ("_by_word", "_gap", "_listed", "_names", "_patterns", "_shared", "_stop")

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._names = {unit.id: unit.name for unit in patterns.units}
        self._by_word: dict[str, Unit] = {}
        self._shared: dict[str, list[Unit]] = {}
        for unit in patterns.units:
            for word in (unit.name, *unit.written):
                if not word[0].isdigit() and not _is_scale(unit):
                    self._by_word.setdefault(word.lower(), unit)
                    self._shared.setdefault(word.lower(), []).append(unit)
        words = alternation(set(self._by_word))
        self._listed = re.compile(rf"(?i:{words})(?![^\W_])")
        self._gap = marks(patterns).unit_gap
        self._stop = patterns.forms("figures").pattern("stop")

    def read(self, text: str, position: int, stop: int | None = None) -> UnitFound | None:
        """The unit that begins after ``position``, on the same line and before ``stop``."""
        stop = len(text) if stop is None else stop
        start = self._skip(text, position)
        return self._at(text, start, stop)

    def beyond_bracket(self, text: str, position: int, stop: int) -> UnitFound | None:
        """The unit behind a bracket or inside one: "(6/6) phòng", "116 (giảm 02) thủ tục"."""
        inside = _INSIDE.match(text, position, stop)
        if inside:
            found = self._at(text, inside.end(), stop)
            if found and text[found.end : found.end + 1] == ")":
                return found
        bracket = _CLOSED.match(text, position, stop) or _BRACKET.match(text, position, stop)
        return self._at(text, bracket.end(), stop) if bracket else None

    def search(self, text: str, start: int, end: int) -> UnitFound | None:
        """The first listed unit that counts things, or a score, in a stretch of text."""
        for match in self._listed.finditer(text, start, end):
            at_word = match.start() == 0 or not text[match.start() - 1].isalnum()
            is_name = match[0][0].isupper() and not match[0].isupper()  # "Sở Công Thương"
            if (
                at_word
                and self._unit(match[0]).kind in ("count", "score")
                and (not is_name or match.start() == start)
            ):
                return self._made(match.start(), match.end(), text)
        return None

    def listed(self, text: str, position: int) -> bool:
        """Whether a unit of the list stands at a place, blanks aside."""
        return self._listed.match(text, self._skip(text, position)) is not None

    def _skip(self, text: str, position: int) -> int:
        gap = self._gap.match(text, position)
        return gap.end() if gap else position

    def _at(self, text: str, start: int, stop: int) -> UnitFound | None:
        listed = self._listed.match(text, start, stop)
        if listed:
            return self._per(text, self._made(start, listed.end(), text), stop)
        scale, length = scale_of(text[start : min(stop, start + 24)], self._patterns)
        if scale != 1:
            return self._scaled(text, start, start + length, stop, scale)
        return self._noun(text, start, stop)

    def _made(self, start: int, end: int, text: str) -> UnitFound:
        unit = self._meant(text, start, end)
        written = " ".join(text[start:end].split())
        base = self._names.get(unit.base or "", unit.name)
        return UnitFound(
            start=start,
            end=end,
            name=_shown(unit, written),
            kind=unit.kind,
            base=base,
            scale=unit.factor if unit.base else Decimal(1),
        )

    def _unit(self, written: str) -> Unit:
        return self._by_word[" ".join(written.lower().split())]

    def _meant(self, text: str, start: int, end: int) -> Unit:
        """Of the units that share a short form, the one of which most words stand around."""
        first = self._unit(text[start:end])
        shared = self._shared[" ".join(text[start:end].lower().split())]
        if len(shared) == 1 or not first.near:
            return first
        around = text[max(0, start - _AROUND) : end + _AROUND]
        return max(shared, key=lambda unit: (_said(around, unit.near), unit is first))

    def _scaled(
        self, text: str, start: int, end: int, stop: int, scale: Decimal
    ) -> UnitFound | None:
        """As in "triệu tấn", "nghìn lượt", or a scale word alone ("5 triệu")."""
        words = " ".join(text[start:end].split())
        inner = self._at(text, self._skip(text, end), stop)
        if inner is None:
            return UnitFound(
                start=start, end=end, name=words, kind="count", base="", scale=scale, listed=True
            )
        return replace(inner, start=start, name=f"{words} {inner.name}", scale=scale * inner.scale)

    def _per(self, text: str, unit: UnitFound, stop: int) -> UnitFound:
        """As in "triệu đồng/năm": what is counted for each of something belongs to the unit."""
        slash = _PER.match(text, unit.end, stop)
        if slash is None:
            return unit
        listed = self._listed.match(text, slash.end(), stop)
        word = listed or _NOUN.match(text, slash.end(), stop)
        if word is None:
            return unit
        return replace(
            unit, end=word.end(), name=f"{unit.name}/{word[0]}", base=f"{unit.base}/{word[0]}"
        )

    def _noun(self, text: str, start: int, stop: int) -> UnitFound | None:
        """A noun that is not listed: two syllables, or one before a word that ends it."""
        first = _NOUN.match(text, start, stop)
        if first is None or self._stop.fullmatch(first[0]):
            return None
        end = first.end()
        second = _NOUN.match(text, end + 1, stop) if text[end : end + 1] == " " else None
        if second and not self._stop.fullmatch(second[0]):
            end = second.end()
        name = text[start:end]
        return UnitFound(start=start, end=end, name=name, kind="count", base=name, listed=False)


@lru_cache(maxsize=8)
def unit_reader(patterns: Patterns) -> UnitReader:
    """One reader for each set of patterns."""
    return UnitReader(patterns)


def _said(text: str, words: tuple[str, ...]) -> int:
    """How often the words stand in a text."""
    said = re.compile(rf"(?<!\w)(?i:{alternation(set(words))})(?!\w)") if words else None
    return sum(1 for _ in said.finditer(text)) if said else 0


def _is_scale(unit: Unit) -> bool:
    """A word that only says how large: it has a factor and nothing to convert into."""
    return unit.base is None and unit.factor != 1


def _shown(unit: Unit, written: str) -> str:
    """The name in the record: as written, where that is a word and has no common name."""
    if unit.shown is not None:
        return unit.shown
    return written if unit.kind == "count" or _VOWEL.search(written) else unit.name
