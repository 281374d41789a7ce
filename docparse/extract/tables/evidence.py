"""What speaks for a piece of a flattened table to begin a cell, or to go on with one.

Pieces and the kinds of the columns go in; out come scores, positive where something speaks
for it. They are weighed against each other in ``alignment``. The evidence: what cells of a
kind look like, small and capital letters, line spacing, words that cannot end a cell, words
that return in one column, and the width of each column once a first alignment shows it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docparse.extract.tables.pieces import Piece, Shape
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary

_UNIT = 16  # characters of a unit, at most
SPACE = 0.6  # its width, an "n" being 1
_NUMBERS = (Shape.NUMBER, Shape.PERCENT)

# How well a shape begins a cell of a kind.
_BEGIN = {
    Kind.NUMBER: {Shape.NUMBER: 1.5, Shape.PERCENT: -1.0, Shape.MARK: 0.5},
    Kind.PERCENT: {Shape.NUMBER: 0.6, Shape.PERCENT: 2.0, Shape.MARK: 0.5},
    Kind.TEXT: {Shape.NUMBER: -2.5, Shape.PERCENT: -2.5, Shape.MARK: -1.5, Shape.UPPER: 0.5},
    Kind.AGENCY: {Shape.NUMBER: -4.0, Shape.PERCENT: -4.0, Shape.MARK: -0.5, Shape.UPPER: 0.0},
    Kind.DEADLINE: {Shape.NUMBER: -1.0, Shape.PERCENT: -4.0, Shape.MARK: 0.0, Shape.UPPER: -1.5},
    Kind.UNIT: {Shape.NUMBER: -4.0, Shape.PERCENT: -2.0, Shape.MARK: 0.5, Shape.UPPER: 0.4},
    Kind.NOTE: {Shape.NUMBER: -1.5, Shape.PERCENT: -1.5, Shape.MARK: 0.0, Shape.UPPER: -0.3},
}
_OTHER = {Kind.NUMBER: -5.0, Kind.PERCENT: -5.0, Kind.UNIT: 0.4}
# Going on with a cell of these kinds is no way to read a piece.
_CLOSED = {Kind.LABEL: -8.0, Kind.NUMBER: -6.0, Kind.PERCENT: -6.0}


@dataclass(frozen=True, slots=True)
class Width:
    """Between what a column's width lies, and how far that is to be trusted (0 to 1)."""

    low: float
    high: float
    trust: float

    def excess(self, used: float) -> float:
        """The score of a line of this width: negative where it does not fit."""
        if used <= self.high * 1.05:
            return 0.0
        return -self.trust * min(6.0, 1.0 + 12.0 * (used / self.high - 1.05))

    def wrap(self, used: float, word: float) -> float:
        """The score of a line break before a word: it had no room in the line."""
        room = self.low - used - SPACE - word
        if room <= 0.04 * self.low:
            return 0.5
        return -self.trust * min(2.5, 0.3 + 6.0 * room / self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What an alignment shows of the print: widths of columns, and words that return there."""

    widths: tuple[Width | None, ...] = ()
    begins: Mapping[tuple[int, str], float] = field(default_factory=dict)
    inside: Mapping[tuple[int, str], float] = field(default_factory=dict)
    ends: Mapping[tuple[int, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Scores of each piece, and of each piece in each column."""

    opens: list[float]
    flows: list[float]
    begins: list[list[float]]
    inside: list[list[float]]
    resumes: list[list[float]]
    pages: bool
    numbered: frozenset[int]


class Witness:
    """Weighs the pieces of one table; what no alignment can change is weighed once."""

    def __init__(self, pieces: Sequence[Piece], kinds: Sequence[Kind], words: Vocabulary) -> None:
        self.pieces, self.kinds, self.words = pieces, list(kinds), words
        self.numeric = bool(NUMERIC.intersection(kinds))
        self.special = {kind for kind in kinds if kind in (Kind.AGENCY, Kind.DEADLINE)}
        starts = [piece for piece in pieces if not piece.inline]
        self.telling = _telling(starts)
        self.pages = sum(piece.page for piece in starts) < max(4, 0.1 * len(starts))
        self.counting = _counting(pieces)
        # A bare 2 after a bare 1 begins a row of this table for sure; "2." may be a heading.
        self.numbered = frozenset(
            n for n in self.counting if kinds[0] is Kind.LABEL and pieces[n].words.isdecimal()
        )
        hangs = [self._hangs(piece) for piece in pieces]
        self.opens = [self._opens(n, hangs[n - 1]) for n in range(len(pieces))]
        self.flows = [self._flow(n, hangs[n - 1]) for n in range(len(pieces))]
        unlike = list(dict.fromkeys(kinds))
        self.by_kind = [{kind: self._begin(n, kind) for kind in unlike} for n in range(len(pieces))]

    def weigh(self, clues: Clues) -> Evidence:
        """All scores, under what the alignment before has shown."""
        widths = clues.widths or (None,) * len(self.kinds)
        columns = range(len(self.kinds))
        begins, inside, resumes = [], [], []
        before = ""
        for number, piece in enumerate(self.pieces):
            said = piece.words
            over = [
                0.0 if width is None or piece.width <= width.high else width.excess(piece.width)
                for width in widths
            ]
            kinds = self.by_kind[number]
            begins.append(
                [kinds[self.kinds[c]] + over[c] + clues.begins.get((c, said), 0.0) for c in columns]
            )
            inside.append([self._inside(number, c, before, over[c], clues) for c in columns])
            resumes.append([self._resume(piece, c, over[c], clues) for c in columns])
            before = said
        return Evidence(
            opens=self.opens,
            flows=self.flows,
            begins=begins,
            inside=inside,
            resumes=resumes,
            pages=self.pages,
            numbered=self.numbered,
        )

    def _inside(self, number: int, column: int, before: str, over: float, clues: Clues) -> float:
        """Going on with a cell of a column, apart from how the words flow and wrap."""
        piece, kind = self.pieces[number], self.kinds[column]
        if kind in _CLOSED:
            return _CLOSED[kind]
        if self.numeric and piece.shape in _NUMBERS:
            return -4.0
        if piece.inline:
            return 0.0
        score = over + clues.inside.get((column, piece.words), 0.0)
        score -= clues.ends.get((column, before), 0.0)
        if kind is Kind.TEXT and Kind.AGENCY in self.special:
            score -= 0.8 if self.words.agency_name.fullmatch(piece.words) else 0.0
        return score

    def _resume(self, piece: Piece, column: int, over: float, clues: Clues) -> float:
        """Going on with a cell of the page before: small letters do."""
        if self.kinds[column] in _CLOSED or piece.ordinal:
            return -6.0
        score = 1.5 if piece.shape is Shape.LOWER else -3.5
        return score + over + clues.inside.get((column, piece.words), 0.0)

    def _opens(self, number: int, hangs: float) -> float:
        """Whether a cell begins here, whichever."""
        if number == 0:
            return 0.0
        piece, before = self.pieces[number], self.pieces[number - 1]
        if piece.inline:
            if before.ordinal or before.shape in _NUMBERS:
                return 0.3
            score = 0.3 if piece.wide else -1.2
            return max(score, 0.0) if piece.shape in _NUMBERS else score
        score = self._spacing(piece) - hangs
        if piece.shape is Shape.LOWER:
            return score - 3.0
        return score - 0.5 if piece.shape is Shape.SHORT else score

    def _flow(self, number: int, hangs: float) -> float:
        """Whether the words run on."""
        piece, before = self.pieces[number], self.pieces[number - 1]
        if piece.inline:
            return -0.6 if piece.wide else 0.4
        score = hangs - self._spacing(piece) - (0.3 if piece.loose else 0.0)
        if piece.shape is Shape.LOWER:
            return score + 1.0
        if piece.shape is Shape.ITEM:
            return score + (0.3 if before.words[-1] in ";." else -0.3)
        if piece.ordinal:
            return score - 2.0
        return score - (1.2 if piece.shape is Shape.UPPER else 0.4)

    def _spacing(self, piece: Piece) -> float:
        if self.telling is None:
            return 0.0
        return 1.2 if (piece.gap > 0) == bool(self.telling) else 0.0

    def _hangs(self, piece: Piece) -> float:
        """How much a piece asks for more."""
        last = piece.words.rsplit(" ", 1)[-1]
        score = 0.0
        if last[-1] in ",;-–/(" and len(last) > 1:
            score += 1.2
        elif self.words.joiner.fullmatch(last):
            score += 2.0
        elif self.words.connective.fullmatch(last):
            score += 1.0
        return score + (1.2 if piece.words.rfind("(") > piece.words.rfind(")") else 0.0)

    def _begin(self, number: int, kind: Kind) -> float:
        """How well a piece begins a cell of a kind."""
        piece = self.pieces[number]
        if kind is Kind.LABEL:
            if not piece.ordinal:
                return -7.0
            return 2.2 if number in self.counting else 0.0
        score = _BEGIN[kind].get(piece.shape, _OTHER.get(kind, -0.2))
        if kind in NUMERIC:
            return score
        if kind is Kind.UNIT and piece.shape is Shape.LOWER and len(piece.words) < _UNIT:
            score += 2.0  # units are written small: "ha", "hộ", "%"
        return score + self._named(piece, kind)

    def _named(self, piece: Piece, kind: Kind) -> float:
        """Agencies and deadlines by their words, in columns of their kind or not."""
        if Kind.DEADLINE in self.special and self.words.deadline.match(piece.words):
            sure = 1.5 if piece.shape is Shape.NUMBER else 3.5
            return sure if kind is Kind.DEADLINE else -1.5
        if Kind.AGENCY in self.special and self.words.agency.match(piece.words):
            exact = self.words.agency_name.fullmatch(piece.words)
            if kind is Kind.AGENCY:
                return 2.0 if exact else 1.5
            return -1.5 if exact else -0.7
        return -1.0 if kind is Kind.AGENCY else 0.0


def _telling(starts: Sequence[Piece]) -> int | None:
    """The rare line spacing, which stands between cells: 0 without a blank line, 1 with some."""
    tight = sum(1 for piece in starts if piece.gap == 0)
    if 0.02 * len(starts) < tight < 0.5 * len(starts):
        return 0
    return 1 if 0.5 * len(starts) <= tight < 0.98 * len(starts) else None


def _counting(pieces: Sequence[Piece]) -> frozenset[int]:
    """Pieces that count on: 1 after nothing, 2 after 1, 1.2 after 1.1, II after I."""
    last: Counter[str] = Counter()
    found = set()
    for index, piece in enumerate(pieces):
        if not piece.ordinal:
            continue
        series, number = _series(piece.words)
        if number in (1, last[series] + 1):
            found.add(index)
            last[series] = number
            if series == _ROMAN:  # what stands below starts again
                last = Counter({_ROMAN: number})
    return frozenset(found)


_ROMAN = "roman"
_TENS = ("", "X")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMANS = [ten + one for ten in _TENS for one in _ONES]


def _series(said: str) -> tuple[str, int]:
    """The series that a row number belongs to, and its place in it."""
    said = said.strip("()./ ")
    if said in _ROMANS:
        return _ROMAN, _ROMANS.index(said)
    head, _, tail = said.rpartition(".")
    if tail.isdecimal():
        return f"{head}.", int(tail)
    return "letter", ord(said[:1].lower() or "a") - ord("a") + 1
