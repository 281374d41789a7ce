"""Where a quotation that runs over several rows ends: rows in, for each row the one after it.

>>> from docparse.structure.rows import read_rows
>>> quotation_ends(read_rows("“1. Một “hai”\\na) ba\\nb) bốn”.\\nNăm"))
[3, 2, 3, 4]
"""

from __future__ import annotations

from collections.abc import Sequence

from docparse.structure.rows import Row

_LONGEST = 200  # a quotation mark that stays open for more rows was forgotten


def quotation_ends(rows: Sequence[Row]) -> list[int]:
    """The row after the quotation that a row opens, or the next row if it opens none."""
    ends = list(range(1, len(rows) + 1))
    opened: list[tuple[int, int]] = []  # rows that left marks open, with the depth before them
    depth = 0
    for index, row in enumerate(rows):
        before = depth
        depth += row.words.count("“") - row.words.count("”")
        while opened and depth <= opened[-1][1]:
            start = opened.pop()[0]
            if index - start < _LONGEST:
                ends[start] = index + 1
        if depth > before:
            opened.append((index, before))
    return ends
