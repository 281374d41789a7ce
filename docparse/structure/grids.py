"""Which rows belong to a table: rows in, one kind a row out.

Three ways of writing a table show by themselves: cells between bars on one line, cells
between lines that hold a bar alone (text saved from the web), cells between tabs. A table
that extraction took apart line by line shows only by its first word ("STT") and is found
together with the headings, by the numbers that do not go on outside it.

>>> from docparse.models import Source, Text, OffsetMap
>>> from docparse.structure.rows import read_rows
>>> value = "STT\\tTên\\tSố\\n1\\tĐiện\\t5\\nHết"
>>> source = Source(text=value, path="a.txt", sha256="", format="txt")
>>> list(mark_grids(Text(value=value, source=source, offsets=OffsetMap()), read_rows(value)))
[2, 2, 0]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docparse.models import Text
from docparse.structure.rows import Row

PLAIN, BAR, TAB, CELL, FLAT = range(5)

_BAR = "|"
_CELL_ROWS = 60  # between two bars that are further apart stands no cell
# Web text leaves a blank line between a table and what follows it, and none inside.
_BLANK = re.compile(r"[ \t\r]*\n[ \t\r]*\n")
# "1.<tab>Mục đích" is a numbered heading, not a table of two columns.
_NUMBERED = re.compile(r"\S{1,8}[.)/:-]\t[^\t]*")


def mark_grids(text: Text, rows: Sequence[Row]) -> bytearray:
    """PLAIN, BAR, TAB or CELL for each row (FLAT is found with the headings)."""
    kinds = bytearray(len(rows))
    bars = []
    for index, row in enumerate(rows):
        words = row.words
        if words[0] == _BAR:
            kinds[index] = BAR if len(words) > 1 else CELL
            if len(words) == 1:
                bars.append(index)
        elif "\t" in words and _is_tabbed(rows, index):
            kinds[index] = TAB
    for bar, after in pairwise(bars):
        if 1 < after - bar <= _CELL_ROWS and not _blank_after(text, rows[bar]):
            kinds[bar + 1 : after] = bytes([CELL]) * (after - bar - 1)
    return kinds


def _is_tabbed(rows: Sequence[Row], index: int) -> bool:
    words = rows[index].words
    if words.count("\t") > 1:
        return True
    if _NUMBERED.fullmatch(words):
        return False
    beside = (*rows[max(0, index - 1) : index], *rows[index + 1 : index + 2])
    return any("\t" in row.words for row in beside)


def _blank_after(text: Text, bar: Row) -> bool:
    return _BLANK.match(text.source.text, text.offsets.end_origin(bar.end)) is not None
