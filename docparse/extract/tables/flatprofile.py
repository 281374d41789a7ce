"""What the full rows of a flattened table of numbers hold, before its columns are known.

Pieces of the body go in; out comes the usual run of label, words and numbers, and which of
the numbers are sums of others. A table of words has no such run.

>>> from docparse.patterns import load
>>> from docparse.extract.tables.pieces import cut, read_lines
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> said = "1\\nSở Y tế\\n25 20 5\\n2\\nSở Nội vụ\\n7 4 3"
>>> pieces = cut(read_lines(said, 0, len(said)), vocabulary(load()))
>>> profile = find_profile(pieces, labelled=True)
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
from docparse.extract.tables.vocabulary import NUMERIC, Kind

_LEAST = 2  # numbers in a row of numbers
_SHARE = 0.25  # the share of the pieces that are numbers, in a table of numbers
_NUMERIC = (Shape.NUMBER, Shape.PERCENT, Shape.MARK)


class _Row:
    """One row: the kinds of its cells, words in a run counted once, and its numbers."""

    __slots__ = ("kinds", "numbers")

    def __init__(self) -> None:
        self.kinds: list[Kind] = []
        self.numbers: list[str] = []

    def add(self, kind: Kind, words: str) -> None:
        if kind is Kind.TEXT and self.kinds[-1:] == [Kind.TEXT]:
            return
        self.kinds.append(kind)
        self.numbers.append(words if kind in NUMERIC else "")

    def drop(self) -> str:
        self.kinds.pop()
        return self.numbers.pop()


def find_profile(pieces: Sequence[Piece], *, labelled: bool) -> Profile | None:
    """The usual full row of a table of numbers; None for a table of words."""
    rows = [
        row
        for row in _rows(pieces, labelled=labelled)
        if sum(kind in NUMERIC for kind in row.kinds) >= _LEAST
    ]
    numbers = sum(1 for row in rows for kind in row.kinds if kind in NUMERIC)
    if not rows or numbers < _SHARE * len(pieces):
        return None
    shapes = Counter(tuple(row.kinds) for row in rows)
    usual = max(shapes, key=lambda shape: (shapes[shape], len(shape)))
    values = [_values(row) for row in rows if tuple(row.kinds) == usual]
    return Profile(kinds=usual, sums=find_sums(values))


def _rows(pieces: Sequence[Piece], *, labelled: bool) -> list[_Row]:
    rows = [_Row()]
    held: Piece | None = None  # a number at a line's beginning may be the next row's label
    for piece in pieces:
        row = rows[-1]
        numeric = piece.shape in _NUMERIC
        if numeric and row.kinds:
            row.add(Kind.PERCENT if piece.shape is Shape.PERCENT else Kind.NUMBER, piece.words)
            held = piece if piece.ordinal and not piece.inline else None
            continue
        if row.kinds and row.kinds[-1] in NUMERIC:
            rows.append(_Row())
            if labelled and held is not None:
                rows[-1].add(Kind.LABEL, row.drop())
            row = rows[-1]
        first = labelled and not row.kinds and piece.ordinal
        row.add(Kind.LABEL if first else Kind.TEXT, piece.words)
        held = None
    return rows


def _values(row: _Row) -> list[Decimal | None]:
    return list(read_column(row.numbers))
