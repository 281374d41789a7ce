"""The arithmetic of a table: which column is the sum or the share of which others.

A table goes in, relations between its columns and the rows that its totals sum up come out.
Relations are learnt from the rows that keep them, or read from the header ("Tổng số" before
its parts, a rate beside its count); a table of one row has only its header to tell.

>>> is_total_name("Tổng số hồ sơ"), is_total_name("Nộp trực tuyến / Số hồ sơ")
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from docparse.check.rounding import fits, measured, share, unit_of
from docparse.check.table_levels import top_rows
from docparse.check.words import fold
from docparse.models import Span, Table

_MAJORITY = Decimal("0.6")
_LEARNT = 2  # rows that must keep a relation before it counts as learnt
_MOST_PARTS = 4
_MANY = 10  # columns beyond which only sums of two are tried
_RATE_WORDS = {"ty", "ti", "le", "so", "tong"}
_TOTAL_WORDS = ("tong", "cong", "toan bo")
_SURE = 0.9  # tables put together with more doubt than this are not recomputed
_FAR = Decimal(2)  # points: a share farther off belongs to other columns


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSum:
    """Column ``whole`` is the sum of ``parts``."""

    whole: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShare:
    """Column ``share`` is ``part`` of ``whole`` in percent."""

    share: int
    part: int
    whole: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total row and the rows that it sums up."""

    row: int
    rows: tuple[int, ...]


def is_total_name(words: str) -> bool:
    """ "Tổng số", "Cộng": a column or a row that sums up others."""
    return fold(words).startswith(_TOTAL_WORDS)


def readable(table: Table) -> bool:
    return bool(table.values) and table.confidence >= _SURE


def counts(table: Table) -> list[int]:
    """The columns of whole numbers."""
    return [
        column
        for column, kind in enumerate(table.kinds)
        if kind == "number" and _whole(value for value in column_of(table, column))
    ]


def amounts(table: Table) -> list[int]:
    """The columns of numbers with decimals."""
    return [
        column
        for column, kind in enumerate(table.kinds)
        if kind == "number" and not _whole(value for value in column_of(table, column))
    ]


def percents(table: Table) -> list[int]:
    """The columns of rates, by their kind or by the words over them."""
    found = []
    for column, kind in enumerate(table.kinds):
        name = table.columns[column].lower()
        said = "%" in name or "tỷ lệ" in name or "tỉ lệ" in name
        if kind == "percent" or (kind == "number" and said):
            found.append(column)
    return found


def column_of(table: Table, column: int) -> list[Decimal | None]:
    return [row[column] for row in table.values]


def _whole(values: Iterator[Decimal | None]) -> bool:
    found = [value for value in values if value is not None]
    return bool(found) and all(value == value.to_integral_value() for value in found)


def body_rows(table: Table) -> list[int]:
    """The rows that are neither totals nor titles nor the numbering of the columns."""
    out = {*table.total_rows, *table.title_rows}
    return [row for row in range(len(table.rows)) if row not in out]


def cell(table: Table, row: int, column: int) -> Span:
    """The place of a cell; the table's own where the cell has none."""
    found = table.cells[row][column] if table.cells else None
    return found or table.span


def column_sums(table: Table) -> list[ColumnSum]:
    """Columns that are sums of others, one relation a whole column."""
    rates = set(percents(table))
    columns = [column for column in counts(table) if column not in rates]
    found = []
    for whole in columns:
        best = _learnt_sum(table, whole, columns) or _headed_sum(table, whole, columns)
        if best is not None:
            found.append(best)
    return found


def _learnt_sum(table: Table, whole: int, columns: Sequence[int]) -> ColumnSum | None:
    """The parts whose sum most rows keep; both a fair share of rows and two of them."""
    others = [column for column in columns if column != whole]
    best: tuple[int, ColumnSum] | None = None
    most = _MOST_PARTS if len(others) <= _MANY else 2
    for size in range(2, min(most, len(others)) + 1):
        for parts in combinations(others, size):
            one = ColumnSum(whole=whole, parts=parts)
            kept, tried = _kept(table, one)
            enough = kept >= _LEARNT and kept >= tried * _MAJORITY
            if enough and (best is None or kept > best[0]):
                best = (kept, one)
    return best[1] if best else None


def _kept(table: Table, one: ColumnSum) -> tuple[int, int]:
    """Rows that keep a sum and say something by it, and rows that could."""
    kept = tried = 0
    for row in distinct_rows(table):
        values = [table.values[row][part] for part in one.parts]
        whole = table.values[row][one.whole]
        if whole is None or None in values or sum(value != 0 for value in values) < 2:
            continue
        tried += 1
        kept += sum(value for value in values if value is not None) == whole
    return kept, tried


def _headed_sum(table: Table, whole: int, columns: Sequence[int]) -> ColumnSum | None:
    """ "Số văn bản / Tổng", then "… / Gửi", "… / Nhận"; or a total and its two complements."""
    name = table.columns[whole]
    group, _, last = name.rpartition(" / ")
    if group and is_total_name(last):
        parts = [c for c in columns if c != whole and table.columns[c].startswith(f"{group} / ")]
        if len(parts) > 1:
            return ColumnSum(whole=whole, parts=tuple(parts))
    rates = percents(table)
    if group or not is_total_name(name) or len(rates) != 2:
        return None
    parts = [before for rate in rates if (before := rate - 1) in columns and before != whole]
    hundred = [
        sum(value or Decimal(0) for value in (row[rate] for rate in rates)) for row in table.values
    ]
    if len(parts) == 2 and all(total == 100 for total in hundred):
        return ColumnSum(whole=whole, parts=tuple(parts))
    return None


def column_shares(table: Table) -> list[ColumnShare]:
    """Each rate column with the two columns that it is made of."""
    rates = percents(table)
    columns = [each for each in sorted({*counts(table), *amounts(table)}) if each not in rates]
    found = []
    for rate in rates:
        pairs = [(part, whole) for part in columns for whole in columns if part != whole]
        scored = [(_share_score(table, rate, part, whole), part, whole) for part, whole in pairs]
        scored = [one for one in scored if one[0][0] > 0]
        if not scored:
            continue
        (kept, tried, _), part, whole = max(scored, key=lambda one: (one[0], -one[1], -one[2]))
        learnt = kept >= _LEARNT and kept >= tried * _MAJORITY
        if learnt or _headed_share(table, rate, part, whole):
            found.append(ColumnShare(share=rate, part=part, whole=whole))
    return found


def _share_score(table: Table, rate: int, part: int, whole: int) -> tuple[int, int, int]:
    """Rows in which a pair gives the rate, rows in which it could, nearness in the header."""
    kept = tried = near = 0
    for row in distinct_rows(table):
        cells = [table.values[row][column] for column in (rate, part, whole)]
        if None in cells or not cells[2]:
            continue
        value, up, down = (each for each in cells if each is not None)
        tried += 1
        kept += fits(share(measured(up), measured(down)), value) is not None
        near += abs(up / down * 100 - value) < _FAR
    distance = 2 * (part + 1 == rate) + is_total_name(table.columns[whole])
    return (kept, tried, distance) if kept else (int(bool(near)), tried, distance)


def _headed_share(table: Table, rate: int, part: int, whole: int) -> bool:
    """A rate right behind its count, of a total; a name that says "a/b" of two columns."""
    name = table.columns[whole].rpartition(" / ")[2]
    if part + 1 == rate and is_total_name(name) and part != whole:
        return True
    return _names_both(table, rate, part, whole)


def _names_both(table: Table, rate: int, part: int, whole: int) -> bool:
    """ "Tỷ lệ văn bản điện tử/tổng số văn bản" over the groups of both columns."""
    up, bar, down = table.columns[rate].rpartition("/")
    if not bar or not is_total_name(down):
        return False
    wanted = (set(fold(up).split()) - _RATE_WORDS, set(fold(down).split()) - _RATE_WORDS)
    named = [
        set(fold(table.columns[column].partition(" / ")[0]).split()) - _RATE_WORDS
        for column in (part, whole)
    ]
    return named == list(wanted)


def distinct_rows(table: Table) -> list[int]:
    """Rows with numbers; a total that repeats the only row is counted once."""
    seen: set[tuple[Decimal | None, ...]] = set()
    found = []
    for row in range(len(table.rows)):
        values = table.values[row]
        if row in table.title_rows and row not in table.total_rows:
            continue
        if any(value is not None for value in values) and values not in seen:
            seen.add(values)
            found.append(row)
    return found


def repeats(table: Table, row: int) -> list[int]:
    """The rows that print the same numbers as ``row``."""
    return [r for r in range(len(table.rows)) if table.values[r] == table.values[row]]


def row_heads(table: Table, row: int) -> list[Span]:
    """The words that name a row, where they stand on another line than its numbers."""
    spans = [span for span in table.cells[row] if span is not None] if table.cells else []
    texts = [
        span
        for span, kind in zip(table.cells[row] if table.cells else (), table.kinds, strict=False)
        if span is not None and kind == "text"
    ]
    return texts[:1] if texts and texts[0].line != spans[-1].line else []


def row_name(table: Table, row: int) -> str:
    """What a row is about: its first words."""
    words = (said for said in table.rows[row] if said)
    return next((said for said in words if any(map(str.isalpha, said))), str(row + 1))


def totals(table: Table) -> Iterator[Total]:
    """Each total row with its rows: those above it, those below a subtotal, or subtotals."""
    rows = list(table.total_rows)
    if not rows:
        return
    grand = rows[-1] if is_total_name(" ".join(table.rows[rows[-1]])) else None
    inner = [row for row in rows if row != grand]
    body = body_rows(table)
    if grand is None or not inner:
        if len(rows) == 1 and grand is not None:
            yield Total(row=grand, rows=_added(table, grand, [r for r in body if r != grand]))
        return
    leading = inner[0] < min(body, default=grand)
    bounds = [*inner, grand]
    for index, row in enumerate(inner):
        before = bounds[index - 1] if index else -1
        low, high = (row, bounds[index + 1]) if leading else (before, row)
        yield Total(row=row, rows=_added(table, row, [r for r in body if low < r < high]))
    yield Total(row=grand, rows=tuple(inner))


def _added(table: Table, total: int, rows: Sequence[int]) -> tuple[int, ...]:
    """The rows that a total adds up: all, or those of the top level where more columns say so."""
    top = top_rows(table, rows)
    columns = [
        column for column in (*counts(table), *amounts(table)) if column not in percents(table)
    ]
    kept = {
        those: sum(adds_up(table, total, those, column) for column in columns)
        for those in (tuple(rows), top)
    }
    return top if kept[top] >= kept[tuple(rows)] else tuple(rows)


def adds_up(table: Table, total: int, rows: Sequence[int], column: int) -> bool:
    """Whether the cells of a column make up its total, as far as their digits tell."""
    stated = table.values[total][column]
    parts = [value for row in rows if (value := table.values[row][column]) is not None]
    if stated is None or not parts:
        return False
    off = abs(sum(parts, Decimal(0)) - stated)
    return off <= _slack(column_of(table, column), len(parts))


def _slack(values: Sequence[Decimal | None], parts: int) -> Decimal:
    """Counts are exact; each number with decimals, and their total, may be off by half a digit."""
    finest = min((unit_of(value) for value in values if value is not None), default=Decimal(1))
    return finest * (parts + 1) / 2 if finest < 1 else Decimal(0)
