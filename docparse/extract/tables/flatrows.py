"""The rows of a flattened table: pieces with their places go in, cells in rows come out.

A cell that spans rows is repeated on each: a row that begins behind its first columns takes
them from the row above. Rows at the end that hold no data are text behind the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from docparse.extract.tables.alignment import Place, Step
from docparse.extract.tables.grids import EMPTY, Cell
from docparse.extract.tables.pieces import Piece
from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary
from docparse.models import Text

_LEAST = 0.4  # the share of columns that the last row of a table of words fills
_BEST = 0.97  # a layout that was inferred is never quite sure


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows, which of them are titles, where they end in the source, and how sure it is."""

    cells: tuple[tuple[Cell, ...], ...]
    titles: tuple[int, ...]
    end: int
    confidence: float


@dataclass(slots=True)
class _Row:
    """A row being built: the pieces of each column, and the first column of its own."""

    first: int
    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    title: bool = False


def build_rows(
    text: Text,
    pieces: Sequence[Piece],
    places: Sequence[Place],
    kinds: Sequence[Kind],
    words: Vocabulary,
) -> Rows:
    """Put the pieces into cells and the cells into rows."""
    rows = _gather(pieces, places, len(kinds))
    astray = _astray(pieces, places, kinds)
    while rows and not _holds_data(rows[-1], kinds):
        astray += any(piece.words.isdecimal() for piece in rows[-1].pieces.get(0, ()))
        rows.pop()
    cells: list[tuple[Cell, ...]] = []
    for number, row in enumerate(rows):
        own = [_cell(text, row.pieces.get(column, ())) for column in range(len(kinds))]
        above = cells[-1] if cells and not rows[number - 1].title else None
        if above and not row.title and _spans(own, row.first, kinds, words):
            own[: row.first] = above[: row.first]
        cells.append(tuple(own))
    confidence = _confidence(cells, rows, kinds, words)
    ends = [piece.end for row in rows for held in row.pieces.values() for piece in held]
    return Rows(
        cells=tuple(cells),
        titles=tuple(number for number, row in enumerate(rows) if row.title),
        end=max(ends, default=0),
        confidence=round(confidence * max(0.0, 1 - astray / max(1, len(rows))), 3),
    )


def _gather(pieces: Sequence[Piece], places: Sequence[Place], size: int) -> list[_Row]:
    rows: list[_Row] = []
    for piece, place in zip(pieces, places, strict=True):
        if place.step is Step.ROW or not rows:
            rows.append(_Row(first=min(place.column, size - 1)))
        column = place.column
        if column == size:
            rows[-1].title = True
            column = 1 if size > 1 else 0
        rows[-1].pieces.setdefault(column, []).append(piece)
    return rows


def _astray(pieces: Sequence[Piece], places: Sequence[Place], kinds: Sequence[Kind]) -> int:
    """How many row numbers stand inside cells of words: rows that were not told apart."""
    count = last = 0
    for piece, place in zip(pieces, places, strict=True):
        if not piece.ordinal or not piece.words.isdecimal():
            continue
        if place.column == 0:
            last = int(piece.words)
        elif place.column < len(kinds) and kinds[place.column] not in NUMERIC:
            count += kinds[0] is Kind.LABEL and int(piece.words) == last + 1
    return count


def _holds_data(row: _Row, kinds: Sequence[Kind]) -> bool:
    if row.title:
        return False
    numeric = [column for column, kind in enumerate(kinds) if kind in NUMERIC]
    if numeric:
        return any(column in row.pieces for column in numeric)
    return len(row.pieces) + row.first >= _LEAST * len(kinds)


def _spans(own: Sequence[Cell], first: int, kinds: Sequence[Kind], words: Vocabulary) -> bool:
    """Whether the columns before the row's own are cells that span rows: not before totals, and
    a row of numbers without a label is a row of its own ("Trong đó: …")."""
    alone = 1 if kinds[0] is Kind.LABEL and NUMERIC.intersection(kinds) else 0
    return first > alone and not words.total.match(own[first].words)


def _cell(text: Text, pieces: Sequence[Piece]) -> Cell:
    """A cell from its pieces, in the words of the repaired text."""
    if not pieces:
        return EMPTY
    runs = [[pieces[0].start, pieces[0].end]]
    for before, piece in pairwise(pieces):
        if text.source.text[before.end : piece.start].strip():
            runs.append([piece.start, piece.end])
        else:
            runs[-1][1] = piece.end
    said = [" ".join(_repaired(text, start, end).split()) for start, end in runs]
    return Cell(words=" ".join(said), span=text.origin_span(*runs[0]))


def _repaired(text: Text, start: int, end: int) -> str:
    position = text.offsets.position
    return text.value[position(start) : position(end)] or text.source.text[start:end]


def _confidence(
    cells: Sequence[Sequence[Cell]], rows: Sequence[_Row], kinds: Sequence[Kind], words: Vocabulary
) -> float:
    """How full the rows are, and how well the cells suit their columns."""
    body = [row for row, made in zip(cells, rows, strict=True) if not made.title]
    if not body:
        return 0.0
    wanted = [column for column, kind in enumerate(kinds) if kind not in (Kind.NOTE, Kind.LABEL)]
    filled = sum(1 for row in body for column in wanted if row[column].words)
    full = filled / (len(body) * max(1, len(wanted)))
    suited = asked = 0
    for row in body:
        for cell, kind in zip(row, kinds, strict=True):
            if cell.words and kind is not Kind.NOTE:
                asked += 1
                suited += _suits(cell.words, kind, words)
    titles = min(1.0, 1.5 * len(body) / len(rows))  # a table of titles is no table
    return _BEST * titles * full * suited / max(1, asked)


def _suits(said: str, kind: Kind, words: Vocabulary) -> bool:
    if kind is Kind.LABEL:
        return bool(words.ordinal.match(said))
    if kind in NUMERIC:
        return words.cell_kind(said) in NUMERIC
    if kind is Kind.DEADLINE:
        return bool(words.deadline.match(said))
    if kind is Kind.AGENCY:
        return bool(words.agency.match(said))
    return not said[0].islower()
