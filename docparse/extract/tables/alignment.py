"""Which piece of a flattened table stands in which column and row.

Pieces and column kinds go in; out comes for each piece its column, and whether it goes on
with a cell, begins the next cell of the row, a new row, or goes on with a cell that the page
cut. The whole sequence is decided at once: the way with the best sum of evidence wins
(Viterbi over the columns; linear in the number of pieces).

The evidence: what a cell of a column looks like, small and capital letters, line spacing,
whether the next word would still have fitted into the line above, and that rows are full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

from docparse.extract.tables.pieces import Piece, Shape
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary

_NEVER = -1e9
_UNIT = 16  # characters
_WORDS = frozenset({Shape.UPPER, Shape.LOWER, Shape.SHORT, Shape.DIGIT})

# What it costs that a row leaves a column empty.
_SKIP = {
    Kind.LABEL: 0.0,
    Kind.TEXT: 2.5,
    Kind.NUMBER: 1.8,
    Kind.PERCENT: 1.8,
    Kind.AGENCY: 1.6,
    Kind.DEADLINE: 1.6,
    Kind.UNIT: 1.6,
    Kind.NOTE: 0.1,
}

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


class Step(IntEnum):
    """How a piece follows the one before."""

    GO_ON = 0
    NEXT = 1  # the next cell of the row
    ROW = 2  # the first cell of a new row
    RESUME = 3  # a cell of the row that the page cut goes on


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands; a column equal to the number of columns is a title over them."""

    column: int
    step: Step
    resumed: bool = False


@dataclass(slots=True)
class _State:
    """The best way so far that ends in one column."""

    score: float
    used: float = 0.0  # width taken by the cell in its last line
    listed: bool = False  # the cell holds a list with dashes


@dataclass(frozen=True, slots=True)
class Width:
    """Between what a column's width lies, and how far that is to be trusted (0 to 1)."""

    low: float
    high: float
    trust: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """What is known of the print: widths of the columns, and which line spacing is telling."""

    widths: tuple[Width | None, ...] = ()
    telling: int | None = None  # the rare spacing: 0 without a blank line, 1 with some
    pages: bool = True
    ordinals: frozenset[int] = frozenset()
    begins: Mapping[tuple[int, str], float] = field(default_factory=dict)
    inside: Mapping[tuple[int, str], float] = field(default_factory=dict)
    ends: Mapping[tuple[int, str], float] = field(default_factory=dict)


def align(
    pieces: Sequence[Piece], kinds: Sequence[Kind], words: Vocabulary, clues: Clues
) -> tuple[float, list[Place]]:
    """The best place of every piece, and the score of the whole."""
    return _Aligner(pieces, kinds, words, clues).run()


def read_clues(pieces: Sequence[Piece]) -> Clues:
    """What the print itself says: spacing, pages, row numbers that count on."""
    starts = [piece for piece in pieces if not piece.inline]
    tight = sum(1 for piece in starts if piece.gap == 0)
    telling = None
    if 0.02 * len(starts) < tight < 0.5 * len(starts):
        telling = 0
    elif 0.5 * len(starts) <= tight < 0.98 * len(starts):
        telling = 1
    pages = sum(1 for piece in starts if piece.page) < max(4, 0.1 * len(starts))
    return Clues(telling=telling, pages=pages, ordinals=_counting(pieces))


def _counting(pieces: Sequence[Piece]) -> frozenset[int]:
    """Pieces that count on: 1 after nothing, 2 after 1, 1.2 after 1.1, II after I."""
    last: dict[str, int] = {}
    found = set()
    for index, piece in enumerate(pieces):
        if not piece.ordinal:
            continue
        series, number = _series(piece.words)
        if number == last.get(series, 0) + 1 or number == 1:
            found.add(index)
            last[series] = number
            if series != "r":
                continue
            last = {"r": number}
    return frozenset(found)


_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()


def _series(said: str) -> tuple[str, int]:
    """The series that a row number belongs to, and its place in it."""
    said = said.strip("().)/ ")
    if said in _ROMANS:
        return "r", _ROMANS.index(said) + 1
    head, _, tail = said.rpartition(".")
    if tail.isdigit():
        return head + ".", int(tail)
    return "a", ord(said[:1].lower() or "a") - ord("a") + 1


class _Aligner:
    def __init__(
        self, pieces: Sequence[Piece], kinds: Sequence[Kind], words: Vocabulary, clues: Clues
    ) -> None:
        self.pieces, self.words, self.clues = pieces, words, clues
        self.kinds = list(kinds)
        self.numeric = bool(NUMERIC.intersection(kinds))
        self.size = len(kinds)
        self.labelled = bool(kinds) and kinds[0] is Kind.LABEL
        self.skips = [_SKIP[kind] for kind in kinds]
        self.before = [sum(self.skips[:column]) for column in range(self.size + 1)]
        self.widths = clues.widths or (None,) * self.size
        self.special = {kind for kind in kinds if kind in (Kind.AGENCY, Kind.DEADLINE)}
        self.openings = [self._opening(column) for column in range(self.size)]

    def _opening(self, column: int) -> float:
        """How likely a row begins in a column: cells that span rows leave the first ones out."""
        if column == 0:
            return 0.3 if self.labelled else 0.0
        if not self.labelled or self.kinds[column] in NUMERIC:
            return -2.5 * column
        spanning = self.kinds[1 : column + 1].count(Kind.TEXT) == column
        if column == 1:
            return -1.8 if self.kinds[1:3].count(Kind.TEXT) == 2 else -1.0
        return -0.8 * (column - 1) if spanning else -2.0 * column

    def run(self) -> tuple[float, list[Place]]:
        """Forward through the pieces, then back along the best way."""
        wide = 2 * self.size + 1
        states: list[_State | None] = [None] * wide
        trail: list[list[tuple[int, Step] | None]] = []
        ends = []
        for index in range(len(self.pieces)):
            ends.append(self._best_end(index, states))
            states, came = self._advance(index, states, ends[-1])
            trail.append(came)
        ends.append(self._best_end(len(self.pieces), states))
        kept = self._last_row(ends)
        return (ends[kept][0], self._walk_back(trail[:kept], ends[kept][1])) if kept else (0.0, [])

    def _last_row(self, ends: Sequence[tuple[float, int]]) -> int:
        """How many pieces belong to the table: text behind it only costs."""
        slack = 0.5 if self.numeric else 4.0
        best = max(range(len(ends)), key=lambda count: ends[count][0])
        return best if ends[best][0] > ends[-1][0] + slack else len(ends) - 1

    def _walk_back(self, trail: list[list[tuple[int, Step] | None]], number: int) -> list[Place]:
        places: list[Place] = []
        for came in reversed(trail):
            step = came[number]
            if step is None:
                break
            resumed = number > self.size
            column = number - self.size - 1 if resumed else number
            places.append(Place(column, step[1], resumed))
            number = step[0]
        return places[::-1]

    def _tail(self, number: int) -> float:
        """The cost of the columns that a row leaves empty at its end."""
        if number == self.size:
            return 0.0
        column = number - self.size - 1 if number > self.size else number
        if number > self.size:
            return 0.0  # the rest of the row stood before the page
        return self.before[self.size] - self.before[column + 1]

    def _advance(
        self, index: int, states: list[_State | None], end: tuple[float, int]
    ) -> tuple[list[_State | None], list[tuple[int, Step] | None]]:
        piece = self.pieces[index]
        made: list[_State | None] = [None] * len(states)
        came: list[tuple[int, Step] | None] = [None] * len(states)
        opens = self._opens(index)
        ended, source = end
        running, left = _NEVER, 0
        for column in range(self.size):
            begin = self._begin(index, column)
            best = (ended + opens + begin + self.openings[column], source, Step.ROW)
            if running > _NEVER:
                score = running - self.before[column] + opens + begin
                best = max(best, (score, left, Step.NEXT), key=lambda way: way[0])
            used = piece.width
            state = states[column]
            if state:
                score, taken = self._go_on(index, column, state)
                if score > best[0]:
                    best, used = (score, column, Step.GO_ON), taken
                reach = state.score + self.before[column + 1]
                if reach > running:
                    running, left = reach, column
            made[column] = self._state(index, best[0], used, state, best[2])
            came[column] = (best[1], best[2])
        self._title(index, states, made, came, ended, source)
        self._resume(index, states, made, came)
        return made, came

    def _state(
        self, index: int, score: float, used: float, before: _State | None, step: Step
    ) -> _State:
        listed = self.pieces[index].shape is Shape.ITEM
        if step is Step.GO_ON and before:
            listed = listed or before.listed
        return _State(score, used, listed)

    def _best_end(self, index: int, states: list[_State | None]) -> tuple[float, int]:
        """The best way that has ended its row."""
        if index == 0:
            return 0.0, 0
        ends = [(s.score - self._tail(n), n) for n, s in enumerate(states) if s]
        return max(ends, default=(_NEVER, 0))

    def _title(
        self,
        index: int,
        states: list[_State | None],
        made: list[_State | None],
        came: list[tuple[int, Step] | None],
        ended: float,
        source: int,
    ) -> None:
        """A title that runs over all columns, behind its label or alone."""
        piece, size = self.pieces[index], self.size
        ways: list[tuple[float, int, Step]] = []
        if self.labelled and (state := states[0]) and piece.shape is Shape.UPPER:
            label = self.pieces[index - 1].words
            roman = not any(sign.isdigit() for sign in label)
            score = state.score + (1.5 if roman else -2.0) + self._over(piece)
            ways.append((score + (0.8 if piece.inline else 0.0), 0, Step.NEXT))
        if piece.shape is Shape.UPPER and not piece.inline and index:
            ways.append((ended - 4.0 + self._over(piece) + self._opens(index), source, Step.ROW))
        used = piece.width
        if (title := states[size]) and piece.shape in _WORDS and not piece.ordinal:
            score = title.score + self._flow(index, piece) + (0.5 if piece.inline else -1.0)
            ways.append((score, size, Step.GO_ON))
        if ways:
            score, origin, step = max(ways, key=lambda way: way[0])
            made[size], came[size] = _State(score, used), (origin, step)

    def _over(self, piece: Piece) -> float:
        """A line wider than the first column of words runs over several columns."""
        width = self.widths[1] if self.size > 1 else None
        if width is None:
            return 0.0
        return 3.5 * width.trust if piece.width > width.high * 1.25 else -1.0

    def _resume(
        self,
        index: int,
        states: list[_State | None],
        made: list[_State | None],
        came: list[tuple[int, Step] | None],
    ) -> None:
        """Cells of a row that the page cut, which go on behind it."""
        piece, base = self.pieces[index], self.size + 1
        starts = piece.page and self.clues.pages and index > 0
        before = max(
            ((s.score, n) for n, s in enumerate(states[: self.size]) if s), default=(_NEVER, 0)
        )
        running, left = _NEVER, 0
        for column in range(self.size):
            best: tuple[float, int, Step] | None = None
            used = piece.width
            fits = self._resumed(index, column)
            if starts:
                best = (before[0] + fits, before[1], Step.RESUME)
            if running > _NEVER and (best is None or running + fits > best[0]):
                best = (running + fits - 0.5, left, Step.NEXT)
            state = states[base + column]
            if state:
                score, taken = self._go_on(index, column, state)
                if best is None or score > best[0]:
                    best, used = (score, base + column, Step.GO_ON), taken
                if state.score > running:
                    running, left = state.score, base + column
            if best:
                made[base + column] = self._state(index, best[0], used, state, best[2])
                came[base + column] = (best[1], best[2])

    def _resumed(self, index: int, column: int) -> float:
        """How well a piece goes on with a cell of the page before: small letters do."""
        piece, kind = self.pieces[index], self.kinds[column]
        if kind is Kind.LABEL or kind in NUMERIC or piece.ordinal:
            return -6.0
        score = 1.5 if piece.shape is Shape.LOWER else -3.5
        score += self.clues.inside.get((column, piece.words), 0.0)
        return score + self._too_wide(piece.width, column)

    # Evidence

    def _opens(self, index: int) -> float:
        """Whether a cell begins here, whichever."""
        piece = self.pieces[index]
        if index == 0:
            return 0.0
        before = self.pieces[index - 1]
        if piece.inline:
            score = 0.3 if piece.wide else -1.2
            if before.ordinal or before.shape in (Shape.NUMBER, Shape.PERCENT):
                score = 0.3
            if piece.shape in (Shape.NUMBER, Shape.PERCENT):
                score = max(score, 0.0)
            return score
        score = self._spacing(piece)
        if piece.shape is Shape.LOWER:
            score -= 3.0
        elif piece.shape is Shape.SHORT:
            score -= 0.5
        return score - self._hangs(before)

    def _spacing(self, piece: Piece) -> float:
        if self.clues.telling is None:
            return 0.0
        return 1.2 if (piece.gap > 0) == bool(self.clues.telling) else 0.0

    def _hangs(self, before: Piece) -> float:
        """How much the piece before asks for more."""
        last = before.words.rsplit(" ", 1)[-1]
        score = 0.0
        if last[-1] in ",;-–/(" and len(last) > 1:
            score += 1.2
        elif self.words.connective.fullmatch(last):
            score += 1.0
        if before.words.rfind("(") > before.words.rfind(")"):
            score += 1.2
        return score

    def _begin(self, index: int, column: int) -> float:
        piece, kind = self.pieces[index], self.kinds[column]
        if kind is Kind.LABEL:
            if not piece.ordinal:
                return -7.0
            return 2.2 if index in self.clues.ordinals else 0.0
        score = _BEGIN[kind].get(piece.shape, _OTHER.get(kind, -0.2))
        if kind in NUMERIC:
            return score
        if kind is Kind.UNIT and piece.shape is Shape.LOWER and len(piece.words) < _UNIT:
            score += 2.0  # units are written small: "ha", "hộ", "%"
        score += self._too_wide(piece.width, column) + self._named(piece, kind)
        return score + self.clues.begins.get((column, piece.words), 0.0)

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
        if kind is Kind.AGENCY:
            return -1.0
        return 0.0

    def _go_on(self, index: int, column: int, state: _State) -> tuple[float, float]:
        """The score of going on with the cell, and the width it then takes in its line."""
        piece, kind = self.pieces[index], self.kinds[column]
        if kind is Kind.LABEL:
            return state.score - 8.0, piece.width
        if kind in NUMERIC:
            return state.score - 6.0, piece.width
        if self.numeric and piece.shape in (Shape.NUMBER, Shape.PERCENT):
            return state.score - 4.0, piece.width
        if piece.inline:
            used = state.used + 0.6 + piece.width
            return state.score + self._flow(index, piece) + self._too_wide(used, column), used
        score = state.score + self._flow(index, piece) + self._wraps(piece, column, state)
        if piece.shape is Shape.ITEM and not state.listed:
            score -= 0.0 if self.pieces[index - 1].words[-1] in ":;" else 1.0
        score += self._too_wide(piece.width, column) + self._runs_on(index, column)
        return score, piece.width

    def _runs_on(self, index: int, column: int) -> float:
        """What cells of this column that return elsewhere say of going on here."""
        key, before = (column, self.pieces[index].words), (column, self.pieces[index - 1].words)
        score = self.clues.inside.get(key, 0.0) - self.clues.ends.get(before, 0.0)
        if self.kinds[column] is Kind.TEXT and Kind.AGENCY in self.special:
            score -= 0.8 if self.words.agency_name.fullmatch(key[1]) else 0.0
        return score

    def _flow(self, index: int, piece: Piece) -> float:
        """Whether the words run on."""
        before = self.pieces[index - 1]
        if piece.inline:
            return -0.6 if piece.wide else 0.4
        score = -self._spacing(piece) - (0.3 if piece.loose else 0.0)
        if piece.shape is Shape.LOWER:
            score += 1.0
        elif piece.shape is Shape.ITEM:
            score += 0.3 if before.words[-1] in ";." else -0.3
        elif piece.ordinal:
            score -= 2.0
        elif piece.shape is Shape.UPPER:
            score -= 1.2
        else:
            score -= 0.4
        return score + self._hangs(before)

    def _wraps(self, piece: Piece, column: int, state: _State) -> float:
        """A line is broken only where the next word has no room."""
        width = self.widths[column]
        if width is None or piece.shape is Shape.ITEM:
            return 0.0
        room = width.low - state.used - 0.6 - piece.first_width
        if room <= 0.04 * width.low:
            return 0.5
        return -width.trust * min(2.5, 0.3 + 6.0 * room / width.low)

    def _too_wide(self, used: float, column: int) -> float:
        width = self.widths[column]
        if width is None or used <= width.high * 1.05:
            return 0.0
        return -width.trust * min(6.0, 1.0 + 12.0 * (used / width.high - 1.05))


def measure_columns(
    pieces: Sequence[Piece], places: Sequence[Place], size: int, clues: Clues
) -> Clues:
    """The clues, with what a first alignment shows: widths of columns and words that return."""
    rooms: list[list[tuple[float, float]]] = [[] for _ in range(size)]
    begins: Counter[tuple[int, str]] = Counter()
    inside: Counter[tuple[int, str]] = Counter()
    ends: Counter[tuple[int, str]] = Counter()
    used = 0.0
    for index, (piece, place) in enumerate(zip(pieces, places, strict=True)):
        goes_on = place.step is Step.GO_ON
        if goes_on and not piece.inline and piece.shape is not Shape.ITEM and place.column < size:
            rooms[place.column].append((used, used + 0.6 + piece.first_width))
        used = used + 0.6 + piece.width if goes_on and piece.inline else piece.width
        (inside if goes_on else begins)[place.column, piece.words] += 1
        following = places[index + 1] if index + 1 < len(places) else None
        if following is None or following.step is not Step.GO_ON:
            ends[place.column, piece.words] += 1
    return replace(
        clues,
        widths=tuple(map(_typical_width, rooms)),
        begins=_returning(begins),
        inside=_returning(inside),
        ends=_returning(ends),
    )


def _returning(counted: Counter[tuple[int, str]]) -> dict[tuple[int, str], float]:
    """Words seen twice or more in one role, and how telling that is."""
    return {key: min(1.5, 0.3 * count) for key, count in counted.items() if count > 1}


def _typical_width(rooms: Sequence[tuple[float, float]]) -> Width | None:
    """The width that explains most line breaks: wider than the line, too narrow for one more
    word. A few breaks at the end of paragraphs, or read wrongly, do not count."""
    if len(rooms) < 3:
        return None
    edges = sorted([(left, 1) for left, _ in rooms] + [(right, -1) for _, right in rooms])
    most = open_now = 0
    low = high = 0.0
    for number, (position, change) in enumerate(edges):
        open_now += change
        if open_now > most:
            most, low, high = open_now, position, edges[number + 1][0]
    return Width(low, high, min(1.0, most / 8)) if most * 2 > len(rooms) else None
