"""Tables against their gold, cell by cell: located gold and found tables in, counts out.

Rows are set side by side so that most cells agree; a row that is missed costs its own
cells and not those of every row below it.

>>> row_pairs([["1", "a"], ["2", "b"]], [["2", "b"]])
[(1, 0)]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docparse.evaluate.compare import same
from docparse.evaluate.gold import Entry
from docparse.evaluate.tally import Tally

Json = Mapping[str, Any]
Row = Sequence[str]


def score_tables(gold: Sequence[Entry], found: Sequence[Json], tally: Tally) -> None:
    """Cells, names of columns, captions and marked total rows of tables on the same lines."""
    waiting = list(found)
    for entry in gold:
        table = next((t for t in waiting if _overlap(entry, t)), None)
        if table is not None:
            waiting.remove(table)
        if not entry.optional:
            _score_table(entry, table, tally)
    for table in waiting:
        tally.count("table", right=0, gold=0, found=_cells(table["rows"]))
        tally.count("table.columns", right=0, gold=0, found=len(table["columns"]))
        tally.miss("table", "extra", table["span"]["line"], table["caption"] or "")


def _overlap(entry: Entry, table: Json) -> bool:
    span = table["span"]
    return bool(span["line"] <= entry.values["line_end"] and entry.line <= span["line_end"])


def _score_table(entry: Entry, table: Json | None, tally: Tally) -> None:
    values = entry.values
    if table is None:
        table = {"rows": [], "columns": [], "caption": None, "total_rows": []}
        tally.miss("table", "missed", entry.line, entry.quote)
    rows = values["rows"]
    pairs = row_pairs(rows, table["rows"])
    right = sum(_equal_cells(rows[g], table["rows"][f]) for g, f in pairs)
    tally.count("table", right=right, gold=_cells(rows), found=_cells(table["rows"]))
    for g, f in pairs:
        if _equal_cells(rows[g], table["rows"][f]) < max(len(rows[g]), len(table["rows"][f])):
            quote = f"{entry.quote} [{g}]"
            got = table["rows"][f]
            tally.miss("table", "wrong", entry.line, quote, expected=rows[g], got=got)
    columns = values.get("columns", [])
    right = _equal_cells(columns, table["columns"])
    tally.count("table.columns", right=right, gold=len(columns), found=len(table["columns"]))
    captions = (values.get("caption"), table["caption"])
    right = captions[0] is not None and same(*captions)
    given = [int(bool(caption)) for caption in captions]
    tally.count("table.caption", right=right, gold=given[0], found=given[1])
    totals = (set(values.get("total_rows", ())), set(table["total_rows"]))
    right = len(totals[0] & totals[1])
    tally.count("table.total_rows", right=right, gold=len(totals[0]), found=len(totals[1]))


def _cells(rows: Sequence[Row]) -> int:
    return sum(map(len, rows))


def _equal_cells(gold: Row, found: Row) -> int:
    return sum(same(one, other) for one, other in zip(gold, found, strict=False))


def row_pairs(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[int, int]]:
    """Rows that belong together, in order, so that the most cells are equal."""
    best = [[0] * (len(found) + 1) for _ in range(len(gold) + 1)]
    for g in reversed(range(len(gold))):
        for f in reversed(range(len(found))):
            together = best[g + 1][f + 1] + _equal_cells(gold[g], found[f])
            best[g][f] = max(together, best[g + 1][f], best[g][f + 1])
    pairs, g, f = [], 0, 0
    while g < len(gold) and f < len(found):
        if best[g][f] == best[g + 1][f]:
            g += 1
        elif best[g][f] == best[g][f + 1]:
            f += 1
        else:
            pairs.append((g, f))
            g, f = g + 1, f + 1
    return pairs
