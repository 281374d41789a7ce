"""What the cells of a column mean: its kind, the numbers in it, the rows that are totals.

One reading holds for a whole column: where one cell can only be read with "." as the decimal
sign ("33.74668725", "6.8"), its neighbour "7.125" is no 7125.

>>> read_column(["16.075", "169"]), read_column(["6.8", "7.125"])
((Decimal('16075'), Decimal('169')), (Decimal('6.8'), Decimal('7.125')))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from docparse.extract.tables.vocabulary import NUMERIC, Kind, Vocabulary
from docparse.models import Table

_MOST = 0.6  # a column is of a kind when this share of its filled cells is
_CLOSE = Decimal("0.005")

_NUMERAL = re.compile(r"[-+−–]?\s?(?P<digits>\d[\d.,]*)\s?[%‰]?")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_MINUS = "-−–"


def column_kind(cells: Sequence[str], head: Kind | None, words: Vocabulary) -> Kind:
    """The kind of a column: what most cells are, and what the header says of the rest."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return head or Kind.TEXT
    if head is Kind.LABEL or (head is None and _all_ordinal(filled, words)):
        return Kind.LABEL
    kinds = [words.cell_kind(cell) for cell in filled]
    percents = kinds.count(Kind.PERCENT)
    numbers = percents + kinds.count(Kind.NUMBER)
    if numbers < _MOST * len(filled):
        return head if head and head not in NUMERIC else Kind.TEXT
    if percents * 2 > numbers or head is Kind.PERCENT:
        return Kind.PERCENT
    return head if head in (Kind.UNIT, Kind.DEADLINE) else Kind.NUMBER


def _all_ordinal(cells: Sequence[str], words: Vocabulary) -> bool:
    labels = [cell for cell in cells if words.ordinal.match(cell)]
    return len(labels) == len(cells) > 1 and labels[0].strip("().") in ("1", "01", "I", "A", "a")


def read_column(cells: Sequence[str]) -> tuple[Decimal | None, ...]:
    """The numbers of a column, all under one reading; None where a cell is no number."""
    matches = [_NUMERAL.fullmatch(cell.strip()) for cell in cells]
    numerals = [match["digits"] for match in matches if match]
    decimal_point = _has_decimal_point(numerals)
    return tuple(_read(match, decimal_point=decimal_point) if match else None for match in matches)


def _has_decimal_point(numerals: Sequence[str]) -> bool:
    """Whether "." is the decimal sign: some cell allows nothing else, and none uses ","."""
    pointed = [numeral for numeral in numerals if "." in numeral]
    foreign = [numeral for numeral in pointed if not _GROUPED.fullmatch(numeral.split(",")[0])]
    commas = [numeral for numeral in numerals if "," in numeral]
    return bool(foreign) and not commas


def _read(match: re.Match[str], *, decimal_point: bool) -> Decimal | None:
    digits = match["digits"]
    if decimal_point:
        digits = digits.replace(",", "")
    elif _GROUPED.fullmatch(digits.split(",")[0]) or "." not in digits:
        digits = digits.replace(".", "").replace(",", ".")
    try:
        value = Decimal(digits)
    except ArithmeticError:
        return None
    return -value if match.group()[0] in _MINUS else value


def total_rows(
    rows: Sequence[Sequence[str]],
    values: Sequence[Sequence[Decimal | None]],
    kinds: Sequence[Kind],
    words: Vocabulary,
) -> tuple[int, ...]:
    """The rows that sum up others: by their words, or title rows whose parts add up to them."""
    named = {index for index, row in enumerate(rows) if _is_total(row, words)}
    return tuple(sorted(named | _group_totals(rows, values, kinds, named)))


def _is_total(row: Sequence[str], words: Vocabulary) -> bool:
    lead = [cell for cell in row[:3] if cell and not words.ordinal.match(cell)]
    return bool(lead) and bool(words.total.match(lead[0]))


_ROMAN = re.compile(r"[IVX]+[.)]?")


def _group_totals(
    rows: Sequence[Sequence[str]],
    values: Sequence[Sequence[Decimal | None]],
    kinds: Sequence[Kind],
    named: set[int],
) -> set[int]:
    """Rows labelled I, II, … above rows labelled 1, 2, …: sums, if they mostly add up."""
    if not kinds or kinds[0] is not Kind.LABEL:
        return set()
    heads = [index for index, row in enumerate(rows) if _ROMAN.fullmatch(row[0])]
    if not heads:
        return set()
    columns = [index for index, kind in enumerate(kinds) if kind is Kind.NUMBER]
    held = asked = 0
    for head, following in zip(heads, [*heads[1:], len(rows)], strict=True):
        parts = [index for index in range(head + 1, following) if index not in named]
        for column in columns:
            whole = values[head][column]
            known = [number for i in parts if (number := values[i][column]) is not None]
            if whole is not None and known:
                asked += 1
                held += abs(sum(known) - whole) <= abs(whole) * _CLOSE
    if not asked or held * 2 <= asked:
        return set()
    return {head for head in heads if any(values[head][column] is not None for column in columns)}


_ONLY_A_NUMBER = re.compile(r"[-+−–]?\s?\d[\d.,]*(?:\s?/\s?\d[\d.,]*)?\s?[%‰]?")


def numeric_ranges(table: Table) -> Iterator[tuple[int, int]]:
    """The ranges in the repaired text of cells that hold a number and nothing else."""
    for row, spans in zip(table.rows, table.cells, strict=True):
        for words, span in zip(row, spans, strict=True):
            if span and _ONLY_A_NUMBER.fullmatch(words):
                yield span.start, span.end
