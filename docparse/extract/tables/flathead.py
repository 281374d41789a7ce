"""The header of a flattened table: lines go in, columns with names and kinds come out.

A merged header is printed level by level: first every cell of the upper row, then the parts
of those that have parts. Which ones have is not printed; it follows from what the columns
hold ("Tỷ lệ" stands over percentages) and from parts that repeat ("Tổng Gửi Nhận" twice).

>>> from docparse.patterns import load
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> words = vocabulary(load())
>>> header_cells(["Tên thủ tục", "hành chính", "Số văn bản Tỷ lệ", "(%)"], words)
['Tên thủ tục hành chính', 'Số văn bản', 'Tỷ lệ (%)']
>>> body = Profile(kinds=(Kind.TEXT, Kind.NUMBER, Kind.PERCENT))
>>> arrange(["Đơn vị", "Hồ sơ nộp"], ["Số hồ sơ", "Tỷ lệ"], body, words).names
('Đơn vị', 'Hồ sơ nộp / Số hồ sơ', 'Hồ sơ nộp / Tỷ lệ')
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary

_WORD = re.compile(r"\S+")
_PARTS = 8  # columns under one merged cell, at most
_MOST_CELLS = 40  # header cells; more are no header
_CAPITALS = 0.8

# How well a header of one kind stands over cells of another; None is an unknown header.
_FIT = {
    Kind.LABEL: {Kind.LABEL: 2.0, Kind.NUMBER: -3.0, Kind.PERCENT: -4.0, Kind.TEXT: -3.0},
    Kind.NUMBER: {Kind.LABEL: -2.0, Kind.NUMBER: 1.0, Kind.PERCENT: -1.0, Kind.TEXT: -1.5},
    Kind.PERCENT: {Kind.LABEL: -3.0, Kind.NUMBER: 0.3, Kind.PERCENT: 2.0, Kind.TEXT: -2.0},
    Kind.UNIT: {Kind.LABEL: -3.0, Kind.NUMBER: -2.0, Kind.PERCENT: -2.0, Kind.TEXT: 1.0},
    None: {Kind.LABEL: -2.0, Kind.NUMBER: 0.5, Kind.PERCENT: -0.5, Kind.TEXT: 0.3},
}
_WORDY = {Kind.LABEL: -2.0, Kind.NUMBER: -1.5, Kind.PERCENT: -2.5, Kind.TEXT: 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table: names with their levels, and kinds where a header tells them."""

    names: tuple[str, ...]
    kinds: tuple[Kind | None, ...]
    header_rows: tuple[tuple[str, ...], ...]
    score: float


def header_cells(
    lines: Sequence[str], words: Vocabulary, *, every_capital: bool = False
) -> list[str]:
    """The cells of a header printed one fragment a line, or some cells in one line.

    Inside a line a cell begins at a known word, or with ``every_capital`` at any capital.
    """
    shouting = _is_shouting(lines)
    cells: list[str] = []
    for line in lines:
        cut = _parts(line, words, shouting=shouting, every_capital=every_capital)
        for index, part in enumerate(cut):
            if cells and index == 0 and not _opens(part, words, shouting=shouting):
                cells[-1] += f" {part}"
            else:
                cells.append(part)
    return cells


def _is_shouting(lines: Sequence[str]) -> bool:
    letters = [sign for line in lines for sign in line if sign.isalpha()]
    return sum(1 for sign in letters if sign.isupper()) > _CAPITALS * len(letters)


def _opens(part: str, words: Vocabulary, *, shouting: bool) -> bool:
    """Whether a new cell begins here: a capital, or a known word where all are capitals."""
    if not part.strip():
        return False
    if shouting or part[0] == "%":
        return words.is_header_word(part)
    first = part.split()[0]
    if not part[0].isupper():
        return False
    return not (len(first) > 1 and first.isupper()) or words.is_header_word(part)


def _parts(line: str, words: Vocabulary, *, shouting: bool, every_capital: bool) -> list[str]:
    """The cells that share a line, cut before words that begin a header cell."""
    cuts = [0]
    before = ""
    for match in _WORD.finditer(line):
        start, token = match.start(), match.group()
        whole = line[cuts[-1] : start].rstrip()
        if whole and token[0].isupper() and before[-1] not in "(/-–,":
            known = words.is_header_word(line[start:]) and not words.joiner.fullmatch(before)
            if shouting:
                opens = known and every_capital and " " in whole
            else:
                capital = token[1:2].islower() and before[0].islower()
                opens = known or (capital and (every_capital or _is_whole(whole, words)))
            if opens or words.head_label.fullmatch(whole):
                cuts.append(start)
        before = token
    return [
        line[left:right].strip() for left, right in zip(cuts, [*cuts[1:], len(line)], strict=True)
    ]


def _is_whole(said: str, words: Vocabulary) -> bool:
    """Whether these words are a cell already: "Tổng số", "Tỷ lệ (%)"."""
    return bool(words.child.fullmatch(said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a full row holds, and where a number is the sum of those right of it.

    ``sums`` are pairs of a column and how many columns it makes with its parts. ``several``
    are the places where the words of a row may be more than one cell.
    """

    kinds: tuple[Kind, ...]
    sums: frozenset[tuple[int, int]] = frozenset()
    several: frozenset[int] = frozenset()


def find_columns(
    cells: Sequence[str], profile: Profile | None, words: Vocabulary, *, width: int = 0
) -> Columns | None:
    """The likeliest columns of a header, given what the cells of a full row hold.

    ``width`` is their number, where column numbers are printed; else 0.
    """
    if not 2 <= len(cells) <= _MOST_CELLS:
        return None
    found = [
        columns
        for upper in range(1, len(cells) + 1)
        if (columns := arrange(cells[:upper], cells[upper:], profile, words))
    ]
    return max(
        found, key=lambda columns: (len(columns.names) == width, columns.score), default=None
    )


def arrange(
    upper: Sequence[str], lower: Sequence[str], profile: Profile | None, words: Vocabulary
) -> Columns | None:
    """Give the cells of the lower level to those of the upper level that have parts."""
    if lower and profile is None and not all(map(words.child.fullmatch, lower)):
        return None
    if any(words.header_kind(cell) in (Kind.LABEL, Kind.NOTE) for cell in lower):
        return None
    fitting = _Fitting(upper, lower, profile, words)
    score, uses = fitting.best(0, 0, 0)
    return None if uses is None else _columns(upper, lower, uses, score, words)


_Way = tuple[float, "tuple[_Use, ...] | None"]
_NO_WAY: _Way = (-1e9, None)


@dataclass(frozen=True, slots=True)
class _Use:
    """How one upper cell is used: the columns below it, and what rows hold in each of them."""

    size: int  # 0: a column without parts
    held: tuple[Kind | None, ...]


class _Fitting:
    """The search for the best way to hang the lower cells under the upper ones."""

    def __init__(
        self,
        upper: Sequence[str],
        lower: Sequence[str],
        profile: Profile | None,
        words: Vocabulary,
    ) -> None:
        self.upper, self.lower = upper, lower
        self.profile = profile.kinds if profile else None
        self.sums = profile.sums if profile else frozenset()
        self.several = profile.several if profile else frozenset()
        self.kinds = [words.header_kind(cell) for cell in upper]
        self.parts = [words.header_kind(cell) for cell in lower]
        self.parents = [bool(words.parent.match(cell)) for cell in upper]
        self.children = [0.4 if words.child.fullmatch(cell) else -0.1 for cell in lower]
        self.pairs = [
            [0.5 if words.pair.fullmatch(f"{cell} / {part}") else 0.0 for part in lower]
            for cell in upper
        ]
        self.best = lru_cache(maxsize=None)(self._best)

    def _best(self, i: int, j: int, k: int) -> _Way:
        """The best use of the cells from upper i, lower j and profile column k on."""
        if i == len(self.upper):
            used_up = j == len(self.lower) and (self.profile is None or k == len(self.profile))
            return (0.0, ()) if used_up else _NO_WAY
        if self.profile is not None:
            parts, columns = len(self.lower) - j, len(self.profile) - k
            if not parts <= columns <= len(self.upper) - i + parts - bool(parts):
                return _NO_WAY
        ways = [self._leaf(i, j, k), self._beside(i, j, k), self._absent(i, j, k)]
        if j < len(self.lower):
            ways += self._parents(i, j, k)
        return max(ways, key=lambda way: way[0])

    def _leaf(self, i: int, j: int, k: int) -> _Way:
        if self.profile is not None and k >= len(self.profile):
            return _NO_WAY
        score = self._fit(self.kinds[i], k) - (0.3 if self.parents[i] and self.lower else 0.0)
        return self._then(score, _Use(0, (self._held(k),)), i + 1, j, k + 1)

    def _beside(self, i: int, j: int, k: int) -> _Way:
        """One more column of words: the profile does not part neighbouring cells of words."""
        if self.profile is None or k == 0 or self.profile[k - 1] is not Kind.TEXT:
            return _NO_WAY
        kind = self.kinds[i]
        if kind in NUMERIC or kind is Kind.LABEL:
            return _NO_WAY
        score = (0.6 if kind else -0.8) - (0.0 if k - 1 in self.several else 1.5)
        return self._then(score, _Use(0, (Kind.TEXT,)), i + 1, j, k)

    def _absent(self, i: int, j: int, k: int) -> _Way:
        """A column that no row fills: notes mostly."""
        if self.profile is None:
            return _NO_WAY
        score = -0.2 if self.kinds[i] is Kind.NOTE else -3.0
        return self._then(score, _Use(0, (None,)), i + 1, j, k)

    def _parents(self, i: int, j: int, k: int) -> Iterator[_Way]:
        """The cell over one part or more."""
        if self.kinds[i] in (Kind.LABEL, Kind.NOTE):
            return
        score = 0.6 if self.parents[i] else -0.4
        score -= 0.8 if self.kinds[i] is Kind.PERCENT else 0.0
        most = min(_PARTS, len(self.lower) - j)
        if self.profile is not None:
            most = min(most, len(self.profile) - k)
        least = len(self.lower) - j if i + 1 == len(self.upper) else 1
        for size in range(1, most + 1):
            last = j + size - 1
            score += self._fit(self.parts[last], k + size - 1)
            score += self.children[last] + self.pairs[i][last]
            if size >= least:
                extra = self._together(j, k, size)
                held = tuple(self._held(k + n) for n in range(size))
                yield self._then(score + extra, _Use(size, held), i + 1, j + size, k + size)

    def _together(self, j: int, k: int, size: int) -> float:
        """Whether just these parts belong together."""
        score = 1.2 if (k, size) in self.sums else 0.0
        score -= 1.0 if size == 1 else 0.0
        if size > 1 and j >= size and self._alike(j - size, j, size):
            score += 1.0
        return score

    def _alike(self, left: int, right: int, size: int) -> bool:
        """Whether the parts begin with the same words; a part may be blank."""
        return all(
            self.lower[left + n].split()[:1] == self.lower[right + n].split()[:1]
            for n in range(size)
        )

    def _held(self, k: int) -> Kind | None:
        return self.profile[k] if self.profile is not None and k < len(self.profile) else None

    def _fit(self, head: Kind | None, k: int) -> float:
        return 0.0 if self.profile is None else _FIT.get(head, _WORDY)[self.profile[k]]

    def _then(self, score: float, use: _Use, i: int, j: int, k: int) -> _Way:
        after, uses = self.best(i, j, k)
        return _NO_WAY if uses is None else (score + after, (use, *uses))


def _columns(
    upper: Sequence[str],
    lower: Sequence[str],
    uses: Sequence[_Use],
    score: float,
    words: Vocabulary,
) -> Columns:
    names: list[str] = []
    kinds: list[Kind | None] = []
    top: list[str] = []
    bottom: list[str] = []
    taken = 0
    for cell, use in zip(upper, uses, strict=True):
        parts = lower[taken : taken + use.size] or [""]
        taken += use.size
        names += [f"{cell} / {part}" if part else cell for part in parts]
        heads = [words.header_kind(part or cell) for part in parts]
        kinds += map(_settled, heads, use.held)
        top += [cell] + [""] * (len(parts) - 1)
        bottom += parts
    rows = (tuple(top), tuple(bottom)) if lower else (tuple(top),)
    return Columns(names=tuple(names), kinds=tuple(kinds), header_rows=rows, score=score)


def _settled(head: Kind | None, held: Kind | None) -> Kind | None:
    """The kind of a column by its header, corrected by what the rows hold."""
    if held is None:
        return head
    if held in NUMERIC:
        return head if head in NUMERIC else held
    if head is Kind.LABEL or held is Kind.LABEL:
        return held
    return None if head in NUMERIC else head


def profile_of(rows: Sequence[Sequence[str]], words: Vocabulary) -> Profile | None:
    """What the cells of the usual full row hold: label, text, number, percent."""
    shapes = Counter(tuple(_shape(cell, n, words) for n, cell in enumerate(row)) for row in rows)
    kinds = max(shapes, key=lambda shape: (shapes[shape], shape), default=None)
    return Profile(kinds=kinds) if kinds else None


def find_sums(rows: Sequence[Sequence[Decimal | None]]) -> frozenset[tuple[int, int]]:
    """The columns that in every row are the sum of the next two to four."""
    width = len(rows[0]) if rows else 0
    return frozenset(
        (column, size)
        for column in range(width)
        for size in range(3, 6)
        if column + size <= width
        and all(_adds_up(row[column], row[column + 1 : column + size]) for row in rows)
    )


def _adds_up(whole: Decimal | None, parts: Sequence[Decimal | None]) -> bool:
    known = [part for part in parts if part is not None]
    return whole is not None and len(known) == len(parts) and sum(known) == whole != 0


def _shape(cell: str, column: int, words: Vocabulary) -> Kind:
    if column == 0 and words.ordinal.match(cell):
        return Kind.LABEL
    kind = words.cell_kind(cell)
    return kind if kind in NUMERIC else Kind.TEXT
