"""Which piece of a flattened table stands in which column and row.

Evidence goes in; out comes for each piece its column, and whether it goes on with a cell,
begins the next cell of the row, a new row, or goes on with a cell that the page cut. The
whole sequence is decided at once: the way with the best sum of evidence wins (Viterbi over
the columns; linear in the number of pieces).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from operator import itemgetter, sub

from docparse.extract.tables.evidence import SPACE, Clues, Evidence, Width, Witness
from docparse.extract.tables.pieces import Piece, Shape
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary

_NEVER = -1e9
_ROUNDS = 3  # alignments: one without widths, two with what the one before shows
_BEHIND = 20.0  # a way that is behind so far will not win any more
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


def align(pieces: Sequence[Piece], kinds: Sequence[Kind], words: Vocabulary) -> list[Place]:
    """The best place of every piece that belongs to the table; those behind it have none.

    What one alignment shows of the columns is evidence for the next, until nothing changes.
    """
    witness = Witness(pieces, kinds, words)
    clues = Clues()
    places: list[Place] = []
    for _ in range(_ROUNDS):
        found = _Aligner(pieces, kinds, witness.weigh(clues), clues).run()
        if found == places:
            break
        places = found
        clues = _learn(pieces, places, len(kinds))
    return places


@dataclass(slots=True)
class _Ways:
    """The best ways so far that end in each state, and what their last cell looks like."""

    score: list[float]
    came: list[tuple[int, Step]]  # the state before, and the step from there
    used: list[float]  # width taken by the cell in its last line
    listed: list[bool]  # the cell holds a list with dashes

    def put(self, state: int, score: float, came: tuple[int, Step]) -> None:
        self.score[state] = score
        self.came[state] = came


class _Aligner:
    """One pass. States: the columns, then the title, then the columns resumed after a page."""

    def __init__(
        self, pieces: Sequence[Piece], kinds: Sequence[Kind], evidence: Evidence, clues: Clues
    ) -> None:
        self.pieces, self.kinds, self.evidence = pieces, kinds, evidence
        self.size = len(kinds)
        self.states = 2 * self.size + 1
        self.labelled = kinds[0] is Kind.LABEL
        self.widths = clues.widths or (None,) * self.size
        skips = [_SKIP[kind] for kind in kinds]
        self.before = [sum(skips[:column]) for column in range(self.size + 1)]
        self.openings = [self._opening(column) for column in range(self.size)]
        tails = [self.before[self.size] - self.before[c + 1] for c in range(self.size)]
        # Nothing is missing behind a title, nor in a row whose rest stood before the page.
        self.tails = tails + [0.0] * (self.size + 1)
        numeric = bool(NUMERIC.intersection(kinds))
        self.slack = 0.5 if numeric else 4.0
        self.counted_title = -4.5 if numeric else -3.0  # a title whose label is 1, 2, 1.1

    def _opening(self, column: int) -> float:
        """How likely a row begins in a column: cells that span rows leave the first ones out."""
        if column == 0:
            return 0.3 if self.labelled else 0.0
        if not self.labelled or self.kinds[column] in NUMERIC:
            return -2.5 * column
        if column == 1:
            return -1.8 if list(self.kinds[1:3]).count(Kind.TEXT) == 2 else -1.0
        spanning = list(self.kinds[1 : column + 1]).count(Kind.TEXT) == column
        return -0.8 * (column - 1) if spanning else -2.0 * column

    def run(self) -> list[Place]:
        """Forward through the pieces, then back along the best way."""
        ways = self._nowhere(0.0, listed=False)
        trail: list[list[tuple[int, Step]]] = []
        ends: list[tuple[float, int]] = [(0.0, 0)]
        for index in range(len(self.pieces)):
            ways = self._advance(index, ways, ends[-1])
            trail.append(ways.came)
            ended = list(map(sub, ways.score, self.tails))
            best = max(ended)
            ends.append((best, ended.index(best)))
        kept = self._last_row(ends)
        return self._walk_back(trail[:kept], ends[kept][1])

    def _nowhere(self, used: float, *, listed: bool) -> _Ways:
        size = self.states
        return _Ways([_NEVER] * size, [(0, Step.ROW)] * size, [used] * size, [listed] * size)

    def _last_row(self, ends: Sequence[tuple[float, int]]) -> int:
        """How many pieces belong to the table: text behind it only costs."""
        least = min(max(self.evidence.numbered, default=-1) + self.size, len(ends) - 1)
        best = max(range(least, len(ends)), key=lambda count: ends[count][0])
        return best if ends[best][0] > ends[-1][0] + self.slack else len(ends) - 1

    def _walk_back(self, trail: Sequence[list[tuple[int, Step]]], state: int) -> list[Place]:
        places: list[Place] = []
        for came in reversed(trail):
            source, step = came[state]
            column = state - self.size - 1 if state > self.size else state
            places.append(Place(column, step))
            state = source
        return places[::-1]

    def _advance(self, index: int, ways: _Ways, ended: tuple[float, int]) -> _Ways:
        """The best ways that end with one more piece."""
        piece, opens = self.pieces[index], self.evidence.opens[index]
        made = self._nowhere(piece.width, listed=piece.shape is Shape.ITEM)
        row, from_end = ended[0] + opens, (ended[1], Step.ROW)
        running, left = _NEVER, 0
        behind = max(ways.score) - _BEHIND
        for column, begin in enumerate(self.evidence.begins[index]):
            best, came = row + begin + self.openings[column], from_end
            score = running - self.before[column] + opens + begin
            if score > best:
                best, came = score, (left, Step.NEXT)
            score = ways.score[column]
            if score > behind:
                goes_on = self._go_on(index, column, column, ways, made, best)
                if goes_on > best:
                    best, came = goes_on, (column, Step.GO_ON)
                if score + self.before[column + 1] > running:
                    running, left = score + self.before[column + 1], column
            made.put(column, best, came)
        self._title(index, ways, made, ended)
        self._resume(index, ways, made)
        return made

    def _go_on(
        self, index: int, state: int, column: int, ways: _Ways, made: _Ways, best: float
    ) -> float:
        """The score of going on with the cell of a state; what the cell then is, if it is best."""
        piece, width, used = self.pieces[index], self.widths[column], ways.used[state]
        score = ways.score[state] + self.evidence.flows[index] + self.evidence.inside[index][column]
        taken = piece.width
        if piece.inline:
            taken += used + SPACE
            score += width.excess(taken) if width else 0.0
        elif piece.shape is not Shape.ITEM:
            score += width.wrap(used, piece.first_width) if width else 0.0
        elif not ways.listed[state] and self.pieces[index - 1].words[-1] not in ":;":
            score -= 1.0
        if score > best:
            made.used[state] = taken
            made.listed[state] = made.listed[state] or ways.listed[state]
        return score

    def _title(self, index: int, ways: _Ways, made: _Ways, ended: tuple[float, int]) -> None:
        """A title that runs over all columns, behind its label or alone."""
        piece, title = self.pieces[index], self.size
        if piece.shape not in _WORDS or not index:
            return
        found = [(_NEVER, (0, Step.ROW))]
        if piece.shape is Shape.UPPER:
            over = self._over(piece)
            if self.labelled and ways.score[0] > _NEVER:
                roman = not any(sign.isdigit() for sign in self.pieces[index - 1].words)
                score = ways.score[0] + over + (1.5 if roman else self.counted_title)
                found.append((score + (0.8 if piece.inline else 0.0), (0, Step.NEXT)))
            if not piece.inline:
                score = ended[0] - 4.0 + over + self.evidence.opens[index]
                found.append((score, (ended[1], Step.ROW)))
        if ways.score[title] > _NEVER and not piece.ordinal:
            score = ways.score[title] + self.evidence.flows[index]
            found.append((score - (0.0 if piece.inline else 1.0), (title, Step.GO_ON)))
        made.put(title, *max(found, key=itemgetter(0)))

    def _over(self, piece: Piece) -> float:
        """A line wider than the first column of words runs over several columns."""
        width = self.widths[1] if self.size > 1 else None
        if width is None:
            return 0.0
        return 3.5 * width.trust if piece.width > width.high * 1.25 else -1.0

    def _resume(self, index: int, ways: _Ways, made: _Ways) -> None:
        """Cells of a row that the page cut, which go on behind it."""
        first = self.size + 1
        starts = self.pieces[index].page and self.evidence.pages and index > 0
        top = max(ways.score[: self.size])
        if not starts and max(ways.score[first:]) < top - _BEHIND:
            return
        from_top = (ways.score.index(top), Step.RESUME)
        running, left = _NEVER, 0
        for column, fits in enumerate(self.evidence.resumes[index]):
            state = first + column
            best, came = (top + fits, from_top) if starts else (_NEVER, (0, Step.ROW))
            if running + fits - 0.5 > best:
                best, came = running + fits - 0.5, (left, Step.NEXT)
            if ways.score[state] > _NEVER:
                goes_on = self._go_on(index, state, column, ways, made, best)
                if goes_on > best:
                    best, came = goes_on, (state, Step.GO_ON)
                if ways.score[state] > running:
                    running, left = ways.score[state], state
            made.put(state, best, came)


def _learn(pieces: Sequence[Piece], places: Sequence[Place], size: int) -> Clues:
    """What an alignment shows: widths of columns, and words that return in them."""
    rooms: list[list[tuple[float, float]]] = [[] for _ in range(size)]
    begins: Counter[tuple[int, str]] = Counter()
    inside: Counter[tuple[int, str]] = Counter()
    ends: Counter[tuple[int, str]] = Counter()
    used = 0.0
    for index, (piece, place) in enumerate(zip(pieces, places, strict=False)):
        goes_on = place.step is Step.GO_ON
        if goes_on and not piece.inline and piece.shape is not Shape.ITEM and place.column < size:
            rooms[place.column].append((used, used + SPACE + piece.first_width))
        used = used + SPACE + piece.width if goes_on and piece.inline else piece.width
        (inside if goes_on else begins)[place.column, piece.words] += 1
        following = places[index + 1] if index + 1 < len(places) else None
        if following is None or following.step is not Step.GO_ON:
            ends[place.column, piece.words] += 1
    return Clues(
        widths=tuple(map(_width, rooms)),
        begins=_returning(begins),
        inside=_returning(inside),
        ends=_returning(ends),
    )


def _returning(counted: Counter[tuple[int, str]]) -> dict[tuple[int, str], float]:
    """Words seen twice or more in one role, and how telling that is."""
    return {key: min(1.5, 0.3 * count) for key, count in counted.items() if count > 1}


def _width(rooms: Sequence[tuple[float, float]]) -> Width | None:
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
