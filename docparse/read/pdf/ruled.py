"""Ruled tables: the lines of a page in, tables of cells out, each with its spans.

Lines that touch make one table. Between two neighbouring lines down and two across lies a
square; squares with no line between them are one cell, so that merged cells come out with
the rows and columns they span. This gives pdfplumber's cells (tests/read/pdf compares them)
in a tenth of its time, and spans, which pdfplumber has not.

>>> across = [Rule(0, 0, 90), Rule(20, 0, 60), Rule(40, 0, 90)]
>>> down = [Rule(0, 0, 40), Rule(30, 20, 40), Rule(60, 0, 40), Rule(90, 0, 40)]
>>> table, = find_ruled(Rules(across=across, down=down, pictures=0.0))
>>> [(c.row, c.column, c.row_span, c.column_span) for c in table.cells]
[(0, 0, 1, 2), (0, 2, 2, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from docparse.read.pdf.rules import Rule, Rules
from docparse.read.pdf.values import Cell, PageTable

_SNAP = 2.6  # points: lines this near are one
_REACH = 3.2  # points: lines that miss each other by no more touch
_COVER = 0.6  # of a side: so much of it must be drawn
_OPEN = 9.0  # points: so far lines across reach beyond the last line down of an open table
_LARGEST = 60_000  # squares


def find_ruled(rules: Rules) -> list[PageTable]:
    """The tables that are drawn by lines across and down, from top to bottom."""
    if rules.truncated:
        return []
    across, down = join_rules(rules.across), join_rules(rules.down)
    tables = [_table(*group) for group in _touching(across, down)]
    found = [table for table in tables if table is not None]
    return sorted(found, key=lambda table: (table.box[1], table.box[0]))


def join_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Lines side by side snapped to one place, and pieces of one line joined."""
    joined: list[Rule] = []
    for group in _near(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        pieces: list[Rule] = []
        for _, start, end in sorted(group, key=lambda rule: rule.start):
            if pieces and start <= pieces[-1].end + _REACH:
                pieces[-1] = Rule(at, pieces[-1].start, max(end, pieces[-1].end))
            else:
                pieces.append(Rule(at, start, end))
        joined += pieces
    return joined


def _near(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= _SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _touching(
    across: Sequence[Rule], down: Sequence[Rule]
) -> Iterable[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that touch one another, directly or through others."""
    owner = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    places = [rule.at for rule in across]
    for number, line in enumerate(down, len(across)):
        first = bisect_left(places, line.start - _REACH)
        for index in range(first, len(across)):
            rule = across[index]
            if rule.at > line.end + _REACH:
                break
            if rule.start - _REACH <= line.at <= rule.end + _REACH:
                owner[root(number)] = root(index)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(owner)):
        group = groups.setdefault(root(index), ([], []))
        if index < len(across):
            group[0].append(across[index])
        else:
            group[1].append(down[index - len(across)])
    return (group for group in groups.values() if len(group[0]) > 1 and group[1])


def _table(across: list[Rule], down: list[Rule]) -> PageTable | None:
    ys = _places(across)
    xs = _places(down)
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    if xs[0] - left > _OPEN:
        xs.insert(0, left)
        down.append(Rule(left, ys[0], ys[-1]))
    if right - xs[-1] > _OPEN:
        xs.append(right)
        down.append(Rule(right, ys[0], ys[-1]))
    for y in _open_ends(down, ys):
        ys.append(y)
        across.append(Rule(y, xs[0], xs[-1]))
    ys.sort()
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _LARGEST:
        return None
    walls = _walls(down, xs, ys)
    floors = _walls(across, ys, xs)
    cells = _cells(xs, ys, walls, floors)
    if len(cells) < 2:
        return None
    box = (xs[0], ys[0], xs[-1], ys[-1])
    return PageTable(box=box, columns=tuple(xs), cells=tuple(cells))


def _open_ends(down: Sequence[Rule], ys: Sequence[float]) -> list[float]:
    """Where the lines down end together beyond the last line across: a row cut by the page."""
    below = [rule.end for rule in down if rule.end > ys[-1] + _OPEN]
    above = [rule.start for rule in down if rule.start < ys[0] - _OPEN]
    return [
        beyond[0]
        for beyond in (below, above)
        if len(beyond) > 2 and max(beyond) - min(beyond) <= _REACH
    ]


def _places(rules: Sequence[Rule]) -> list[float]:
    places: list[float] = []
    for rule in sorted(rules):
        if not places or rule.at - places[-1] > _SNAP:
            places.append(rule.at)
    return places


def _walls(
    rules: Sequence[Rule], places: Sequence[float], along: Sequence[float]
) -> list[list[bool]]:
    """``walls[i][j]``: whether a line at place i covers the stretch j between two ``along``."""
    walls = [[False] * (len(along) - 1) for _ in places]
    for rule in rules:
        index = bisect_left(places, rule.at - _SNAP)
        if index >= len(places) or abs(places[index] - rule.at) > _SNAP:
            continue
        first = max(0, bisect_left(along, rule.start) - 1)
        for stretch in range(first, len(along) - 1):
            begin, end = along[stretch], along[stretch + 1]
            if begin > rule.end:
                break
            covered = min(end, rule.end) - max(begin, rule.start)
            if covered >= _COVER * (end - begin):
                walls[index][stretch] = True
    return walls


def _cells(
    xs: Sequence[float],
    ys: Sequence[float],
    walls: Sequence[Sequence[bool]],
    floors: Sequence[Sequence[bool]],
) -> list[Cell]:
    """Squares grown right and down over missing lines; what is open to the outside is no cell."""
    rows, columns = len(ys) - 1, len(xs) - 1
    outside = _outside(rows, columns, walls, floors)
    taken = [[False] * columns for _ in range(rows)]
    cells = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column] or outside[row][column]:
                continue
            last_column = column
            while last_column + 1 < columns and not (
                walls[last_column + 1][row] or taken[row][last_column + 1]
            ):
                last_column += 1
            last_row = row
            while last_row + 1 < rows and not any(
                floors[last_row + 1][at] for at in range(column, last_column + 1)
            ):
                last_row += 1
            for taken_row in range(row, last_row + 1):
                for at in range(column, last_column + 1):
                    taken[taken_row][at] = True
            box = (xs[column], ys[row], xs[last_column + 1], ys[last_row + 1])
            spans = (last_row - row + 1, last_column - column + 1)
            cells.append(Cell(row, column, *spans, box))
    return cells


def _outside(
    rows: int, columns: int, walls: Sequence[Sequence[bool]], floors: Sequence[Sequence[bool]]
) -> list[list[bool]]:
    """Squares that can be reached from outside without crossing a line."""
    outside = [[False] * columns for _ in range(rows)]
    waiting = [(row, 0) for row in range(rows) if not walls[0][row]]
    waiting += [(row, columns - 1) for row in range(rows) if not walls[columns][row]]
    waiting += [(0, column) for column in range(columns) if not floors[0][column]]
    waiting += [(rows - 1, column) for column in range(columns) if not floors[rows][column]]
    while waiting:
        row, column = waiting.pop()
        if not (0 <= row < rows and 0 <= column < columns) or outside[row][column]:
            continue
        outside[row][column] = True
        beside = (
            ((row, column - 1), walls[column][row]),
            ((row, column + 1), walls[column + 1][row]),
            ((row - 1, column), floors[row][column]),
            ((row + 1, column), floors[row + 1][column]),
        )
        waiting += [square for square, wall in beside if not wall]
    return outside
