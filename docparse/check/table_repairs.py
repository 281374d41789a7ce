"""The one change of one cell that restores every equation of a table (TAB209).

A table goes in, with the cells of an equation that does not hold; the reading comes out that
one other digit or one swap of two neighbouring digits gives, where only one such reading makes
that equation true and breaks no other.

>>> sorted(map(str, one_slip_apart(Decimal("12"))))[:4]
['10', '11', '13', '14']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from docparse.check.rounding import fits, measured, share, written
from docparse.check.tables import (
    column_shares,
    column_sums,
    counts,
    distinct_rows,
    percents,
    row_name,
    totals,
)
from docparse.models import Table

Cell = tuple[int, int]
_Values = dict[Cell, Decimal]
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True, eq=False)
class Equation:
    """The cells that it ties, and whether values for them keep it."""

    cells: tuple[Cell, ...]
    holds: Callable[[_Values], bool]


class TableRepairs:
    """The equations of one table, found when first asked for, and what would mend them."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def same(self) -> dict[int, int]:
        """The first row that prints the numbers of each row."""
        first: dict[tuple[Decimal | None, ...], int] = {}
        return {row: first.setdefault(values, row) for row, values in enumerate(self.table.values)}

    @cached_property
    def values(self) -> _Values:
        return {
            (row, column): value
            for row in set(self.same.values())
            for column, value in enumerate(self.table.values[row])
            if value is not None
        }

    @cached_property
    def by_cell(self) -> dict[Cell, list[Equation]]:
        """The equations that each cell stands in."""
        found: dict[Cell, list[Equation]] = {}
        for one in find_equations(self.table, self.same):
            if all(cell in self.values for cell in one.cells):
                for cell in one.cells:
                    found.setdefault(cell, []).append(one)
        return found

    def reading(self, cells: Iterable[Cell]) -> str | None:
        """ "Hóa chất, Tổng số hồ sơ: 131 → 132"; None where no or more than one change will do."""
        asked = {(self.same[row], column) for row, column in cells}
        near = {one for cell in asked for one in self.by_cell.get(cell, ())}
        if not any(asked == set(one.cells) for one in near):
            return None
        broken = [one for one in near if not one.holds(self.values)]
        # A change of one cell mends only what this cell stands in.
        shared = asked.intersection(*(one.cells for one in broken))
        found = [
            (cell, value)
            for cell in sorted(shared)
            for value in sorted(one_slip_apart(self.values[cell]))
            if self._restores(cell, value)
        ]
        if len(found) != 1:
            return None
        (row, column), value = found[0]
        place = f"{row_name(self.table, row)}, {self.table.columns[column]}"
        return f"{place}: {written(self.values[row, column])} → {written(value)}"

    def _restores(self, cell: Cell, value: Decimal) -> bool:
        printed = self.values[cell]
        self.values[cell] = value
        try:
            return all(one.holds(self.values) for one in self.by_cell[cell])
        finally:
            self.values[cell] = printed


def find_equations(table: Table, same: dict[int, int]) -> Iterator[Equation]:
    """The sums and shares of a table; ``same`` leads a row that is printed twice to the first."""
    for total in column_sums(table):
        for row in distinct_rows(table):
            yield _sum((same[row], total.whole), [(same[row], part) for part in total.parts])
    rates = set(percents(table))
    for down in totals(table):
        for column in counts(table):
            rows = [row for row in down.rows if table.values[row][column] is not None]
            parts = [(same[row], column) for row in rows]
            if column not in rates and parts and parts != [(same[down.row], column)]:
                yield _sum((same[down.row], column), parts)
    for rate in column_shares(table):
        for row in distinct_rows(table):
            columns = (rate.share, rate.part, rate.whole)
            yield _share(*((same[row], column) for column in columns))


def _sum(whole: Cell, parts: Sequence[Cell]) -> Equation:
    def holds(values: _Values) -> bool:
        return sum((values[part] for part in parts), Decimal(0)) == values[whole]

    return Equation((whole, *parts), holds)


def _share(rate: Cell, part: Cell, whole: Cell) -> Equation:
    def holds(values: _Values) -> bool:
        if not values[whole]:
            return True
        return (
            fits(share(measured(values[part]), measured(values[whole])), values[rate]) is not None
        )

    return Equation((rate, part, whole), holds)


def one_slip_apart(value: Decimal) -> set[Decimal]:
    """What one wrong digit, or two digits the wrong way round, may have made of a number."""
    printed = str(value)
    made = {
        printed[:place] + digit + printed[place + 1 :]
        for place, old in enumerate(printed)
        if old in _DIGITS
        for digit in _DIGITS
    }
    made |= {
        printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]
        for place in range(len(printed) - 1)
        if printed[place] in _DIGITS and printed[place + 1] in _DIGITS
    }
    return {number for text in made if (number := Decimal(text)) != value}
