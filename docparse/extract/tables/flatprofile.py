"""What the full rows of a flattened table of numbers hold, before its columns are known.

Pieces of the body go in; out comes the usual run of label, words and numbers, and which of
the numbers are sums of others. A table of words has no such run.

>>> from docparse.patterns import load
>>> from docparse.extract.tables.pieces import cut, read_lines
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> said = "1\\nSở Y tế\\n25 20 5\\n2\\nSở Nội vụ\\n7 4 3"
>>> words = vocabulary(load())
>>> profile = find_profile(cut(read_lines(said, 0, len(said)), words), words, labelled=True)
>>> [kind.value for kind in profile.kinds], profile.sums
(['label', 'text', 'number', 'number', 'number'], frozenset({(2, 3)}))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from docparse.extract.tables.flathead import Profile, find_sums
from docparse.extract.tables.pieces import Piece, Shape
from docparse.extract.tables.typed import read_column
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary

_LEAST = 2  # numbers in a row of numbers
_SEVERAL = 0.7  # the share of rows whose words may be two cells, where there are two columns
_SHARE = 0.25  # the share of the pieces that are numbers, in a table of numbers
_NUMERIC = (Shape.NUMBER, Shape.PERCENT)


class _Row:
    """One row: the kinds of its cells, words in a run counted once, and its numbers."""

    __slots__ = ("kinds", "numbers", "openings")

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self.numbers: list[str] = []
        self.openings: Counter[int] = Counter()  # of each run of words: where cells may begin

    def add(self, kind: Kind, piece: Piece) -> None:
        if kind is Kind.TEXT:
            goes_on = self.kinds[-1:] == [Kind.TEXT]
            self.openings[len(self.kinds) - goes_on] += piece.shape is not Shape.LOWER
            if goes_on:
                return
        self.kinds.append(kind)
        self.numbers.append(piece.words if kind in NUMERIC else "")


def find_profile(pieces: Sequence[Piece], words: Vocabulary, *, labelled: bool) -> Profile | None:
    """The usual full row of a table of numbers; None for a table of words."""
    rows = [
        row
        for row in _rows(pieces, words, labelled=labelled)
        if sum(kind in NUMERIC for kind in row.kinds) >= _LEAST
    ]
    numbers = sum(1 for row in rows for kind in row.kinds if kind in NUMERIC)
    if not rows or numbers < _SHARE * len(pieces):
        return None
    shapes = Counter(tuple(row.kinds) for row in rows)
    usual = max(shapes, key=lambda shape: (shapes[shape], len(shape)))
    alike = [row for row in rows if tuple(row.kinds) == usual]
    several = frozenset(
        position
        for position, kind in enumerate(usual)
        if kind is Kind.TEXT
        and sum(row.openings[position] > 1 for row in alike) >= _SEVERAL * len(alike)
    )
    return Profile(kinds=usual, sums=find_sums(list(map(_values, alike))), several=several)


def _rows(pieces: Sequence[Piece], words: Vocabulary, *, labelled: bool) -> list[_Row]:
    """The rows by their labels, or from the first words after numbers on."""
    starts = label_places(pieces) if labelled else frozenset()
    if len(starts) > 1:
        totals = {n for n, piece in enumerate(pieces) if words.total.match(piece.words)}
        return _rows_by_label(pieces, starts, totals)
    rows = [_Row()]
    for piece in pieces:
        if piece.shape in _NUMERIC and rows[-1].kinds:
            rows[-1].add(_kind(piece), piece)
            continue
        if rows[-1].kinds and rows[-1].kinds[-1] in NUMERIC:
            rows.append(_Row())
        first = labelled and not rows[-1].kinds and piece.ordinal
        rows[-1].add(Kind.LABEL if first else Kind.TEXT, piece)
    return rows


def _rows_by_label(pieces: Sequence[Piece], starts: frozenset[int], totals: set[int]) -> list[_Row]:
    rows: list[_Row] = [_Row()]
    for number, piece in enumerate(pieces):
        if number in starts:
            rows.append(_Row())
            rows[-1].add(Kind.LABEL, piece)
            continue
        if number in totals:
            rows.append(_Row())
        rows[-1].add(_kind(piece), piece)
    return rows


def label_places(pieces: Sequence[Piece]) -> frozenset[int]:
    """Which pieces are row numbers: at a line's beginning, before words, 1, 2, 3 …"""
    found = set()
    last = 0
    for number, piece in enumerate(pieces):
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if not piece.ordinal or after is None or after.shape in _NUMERIC:
            continue
        said = piece.words.strip("().")
        if not said.isdecimal() or int(said) in (1, last + 1):
            found.add(number)
            last = int(said) if said.isdecimal() else 0
    return frozenset(found)


def _kind(piece: Piece) -> Kind:
    if piece.shape is Shape.PERCENT:
        return Kind.PERCENT
    return Kind.NUMBER if piece.shape is Shape.NUMBER else Kind.TEXT


def _values(row: _Row) -> list[Decimal | None]:
    return list(read_column(row.numbers))
