"""Which rows of a table are its header, and what its columns are called.

Rows of cells go in; out come the number of header rows and one name a column, the levels of
a merged header joined with " / ".

>>> from docparse.patterns import load
>>> from docparse.extract.tables.vocabulary import vocabulary
>>> rows = [["STT", "Hồ sơ", ""], ["", "Số", "Tỷ lệ"], ["(1)", "(2)", "(3)"], ["1", "5", "6%"]]
>>> count_header_rows(rows, vocabulary(load())), column_names(rows[:3], vocabulary(load()))
(3, ('STT', 'Hồ sơ / Số', 'Hồ sơ / Tỷ lệ'))
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docparse.extract.tables.vocabulary import NUMERIC, Vocabulary

_DEEPEST = 4  # header levels; no report has more
_LEAST_NUMBERED = 3  # column numbers; two may be cells
_LONG = 160  # characters: a longer cell is content


def count_header_rows(rows: Sequence[Sequence[str]], words: Vocabulary) -> int:
    """How many rows at the top are header, column numbers included."""
    count = 1
    while count < min(len(rows) - 1, _DEEPEST) and _goes_on(rows[:count], rows[count], words):
        count += 1
    if count < len(rows) and is_index_row(rows[count], words):
        count += 1
    return count


def is_index_row(row: Sequence[str], words: Vocabulary) -> bool:
    """A row that only numbers the columns: 1 2 3, (1) (2) (5) = (4)/(3)."""
    filled = [cell for cell in row if cell]
    if len(filled) < max(3, len(row) - 2) or not all(map(words.column_index.match, filled)):
        return False
    counted = [int(digits) for cell in filled if (digits := _leading_number(cell))]
    steps = [after - before for before, after in pairwise(counted)]
    return len(counted) >= 2 and counted[0] <= 3 and all(step == 1 for step in steps)


def _leading_number(cell: str) -> str:
    head = cell.split("=")[0].strip(" ()[]")
    return head if head.isdigit() else ""


_INDEX_CELL = r"\(?\d{1,2}[a-z]?\)?(?:\s*=\s*[-+\d()/:*x×%]+)?|[A-E](?!\w)"
_INDEX_LINE = re.compile(rf"(?:(?:{_INDEX_CELL})\s*)+")
_INDEX = re.compile(_INDEX_CELL)


def read_index(lines: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Column numbers printed below a flattened header: how many lines they take, and the cells.

    >>> read_index(["(1) (2)", "(3)=(2)/(1)", "1 Sở Y tế"])
    (2, ('(1)', '(2)', '(3)=(2)/(1)'))
    """
    cells: list[str] = []
    taken = count = 0
    for line in lines:
        if not _INDEX_LINE.fullmatch(line):
            break
        for cell in _INDEX.findall(line):
            number = _leading_number(cell)
            if int(number or 0) != (count + 1 if number else 0) or (count and not number):
                return (taken, tuple(cells)) if count >= _LEAST_NUMBERED else (0, ())
            count += bool(number)
            cells.append(cell)
        taken += 1
    return (taken, tuple(cells)) if count >= _LEAST_NUMBERED else (0, ())


def _goes_on(above: Sequence[Sequence[str]], row: Sequence[str], words: Vocabulary) -> bool:
    """Whether a row is one more header level: words under the gaps of the row before."""
    filled = [index for index, cell in enumerate(row) if cell]
    if not filled or row[0] or is_index_row(row, words):
        return False
    if any(words.cell_kind(row[i]) in NUMERIC or len(row[i]) > _LONG for i in filled):
        return False
    last = above[-1]
    gaps = [index for index, cell in enumerate(last) if not cell]
    return any(i in gaps for i in filled) and all(
        i in gaps or _under_merged(last, i) or not row[i][0].isupper() for i in filled
    )


def _under_merged(row: Sequence[str], index: int) -> bool:
    """Whether the cell at ``index`` spans to the right, so that it may have parts below."""
    return bool(row[index]) and index + 1 < len(row) and not row[index + 1]


def column_names(header: Sequence[Sequence[str]], words: Vocabulary) -> tuple[str, ...]:
    """One name a column; a cell above a gap covers it where the next row has parts there."""
    levels = [row for row in header if not is_index_row(row, words)]
    if not levels:
        return tuple("" for _ in (header[0] if header else ()))
    names = []
    spread = [_spread(row, levels[depth + 1 :]) for depth, row in enumerate(levels)]
    for column in range(len(levels[0])):
        parts = dict.fromkeys(row[column] for row in spread if row[column])
        names.append(" / ".join(parts).replace(" / (", " ("))
    return tuple(names)


def _spread(row: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """A row with its merged cells repeated over the gaps that have words below them."""
    full = list(row)
    for column in range(1, len(full)):
        if full[column] or not full[column - 1]:
            continue
        if any(level[column] for level in below) and any(level[column - 1] for level in below):
            full[column] = full[column - 1]
    return full
