"""How near a source comes to the truth: recall of words, F1 of cells, errors of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

from docparse.models import Grid, Source

Key = tuple[int, int, int, int, str]


def folded(text: str) -> str:
    return normalize("NFC", " ".join(text.split()))


def words(text: str) -> Counter[str]:
    return Counter(folded(text).split())


def recall(truth: str, source: Source) -> float:
    """The share of words that were read."""
    wanted = words(truth)
    return (wanted & words(source.text)).total() / max(1, wanted.total())


def cells_of(source: Source, grid: Grid) -> Counter[Key]:
    """The cells that hold something: place, spans and words."""
    found = (
        (c.row, c.column, c.row_span, c.column_span, folded(source.text[c.start : c.end]))
        for c in grid.cells
    )
    return Counter(cell for cell in found if cell[4])


def cell_scores(truth: Sequence[Sequence[Key]], source: Source) -> tuple[float, float]:
    """Precision and recall of cells, place and words, spans left aside."""
    wanted, found = Counter[Key](), Counter[Key]()
    for number, table in enumerate(truth):
        wanted.update((number, *c[:2], 0, folded(c[4])) for c in table if c[4])  # type: ignore[misc]
    for number, grid in enumerate(source.grids):
        for cell, count in cells_of(source, grid).items():
            found[(number, *cell[:2], 0, cell[4])] += count  # type: ignore[index]
    right = (wanted & found).total()
    return right / max(1, found.total()), right / max(1, wanted.total())


def f1(truth: Sequence[Sequence[Key]], source: Source) -> float:
    precision, share = cell_scores(truth, source)
    return 2 * precision * share / max(1e-9, precision + share)


def character_errors(truth: str, text: str) -> float:
    """The share of characters to change (Levenshtein) between two texts, white space folded."""
    from rapidfuzz.distance import Levenshtein

    wanted = folded(truth)
    return Levenshtein.distance(wanted, folded(text)) / max(1, len(wanted))
