"""Tables of a Word document: ``w:tbl`` in, cells with their spans out.

Every ``w:tc`` is one cell: ``gridSpan`` makes it wide, ``vMerge`` carries the cell above it
on downwards, so that no word is ever copied.

>>> snapped([1000, 20, 1000], {(0, 1), (1, 3), (0, 2), (2, 3)})
[0, 1, 1, 2]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from docparse.errors import FormatError
from docparse.read.blocks import Block, Table, TableCell
from docparse.read.docx.parts import W
from docparse.read.docx.styles import Styles, has_borders
from docparse.read.xmltrees import Element

_NARROW = 90  # twips (1.6 mm): edges that are drawn by hand miss each other by as much
_WIDEST = 1000  # columns; Word itself allows 63
_THROUGH = {"sdt", "sdtContent", "customXml", "ins", "moveTo"}


class _Placed(NamedTuple):
    """A ``w:tc`` in the grid of the file."""

    row: int
    start: int
    end: int
    element: Element


def read_table(
    element: Element, styles: Styles, blocks: Callable[[Element], list[Block]], *, path: str
) -> Table:
    """One ``w:tbl``; ``blocks`` reads what stands in a cell."""
    placed = list(_places(element, path))
    edges = snapped(_widths(element), {(cell.start, cell.end) for cell in placed})
    cells: list[TableCell] = []
    above: dict[int, TableCell] = {}  # by column: the cell that may go on below
    for place in placed:
        start, end = _edge(edges, place.start), _edge(edges, place.end)
        merge = place.element.find(f"{W}tcPr/{W}vMerge")
        upper = above.get(start)
        if merge is not None and merge.get(f"{W}val", "continue") == "continue" and upper:
            upper.row_span = place.row - upper.row + 1
            continue
        sideways = place.element.find(f"{W}tcPr/{W}hMerge")
        if sideways is not None and sideways.get(f"{W}val", "continue") == "continue" and cells:
            cells[-1].column_span = end - cells[-1].column
            continue
        made = TableCell(row=place.row, column=start, column_span=max(1, end - start))
        made.blocks = blocks(place.element)
        cells.append(made)
        for column in [column for column in above if start <= column < end]:
            del above[column]
        if merge is not None:
            above[start] = made
    return Table(cells=cells, ruled=_is_ruled(element, styles, placed))


def snapped(widths: list[int], spans: set[tuple[int, int]]) -> list[int]:
    """For each edge of the file's grid the column that begins there.

    Edges that nearly meet are one edge, unless a cell stands between them.
    """
    edges = [0]
    for index, width in enumerate(widths):
        narrow = width < _NARROW and (index, index + 1) not in spans
        edges.append(edges[-1] + (not narrow))
    return edges


def _edge(edges: list[int], index: int) -> int:
    return edges[index] if index < len(edges) else edges[-1] + index - len(edges) + 1


def _widths(element: Element) -> list[int]:
    widths = []
    for column in element.iterfind(f"{W}tblGrid/{W}gridCol"):
        width = column.get(f"{W}w", "")
        widths.append(int(width) if width.isdecimal() and int(width) > 0 else _NARROW)
    return widths[:_WIDEST]


def _places(element: Element, path: str) -> Iterator[_Placed]:
    number = 0
    for row in _children(element, "tr"):
        setting = row.find(f"{W}trPr")
        if setting is not None and setting.find(f"{W}del") is not None:
            continue
        start = _count(setting, "gridBefore", 0)
        for cell in _children(row, "tc"):
            end = start + max(1, _count(cell.find(f"{W}tcPr"), "gridSpan", 1))
            if end > _WIDEST:
                raise FormatError("table-too-wide", path=path, limit=_WIDEST)
            yield _Placed(number, start, end, cell)
            start = end
        number += 1


def _children(parent: Element, name: str) -> Iterator[Element]:
    """The rows or cells below an element, also those that a mark of Word's wraps."""
    for child in parent:
        local = child.tag.rpartition("}")[2]
        if local == name:
            yield child
        elif local in _THROUGH:
            yield from _children(child, name)


def _count(setting: Element | None, name: str, otherwise: int) -> int:
    found = setting.find(f"{W}{name}") if setting is not None else None
    value = found.get(f"{W}val", "") if found is not None else ""
    return int(value[:9]) if value.isdecimal() else otherwise


def _is_ruled(element: Element, styles: Styles, placed: list[_Placed]) -> bool:
    setting = element.find(f"{W}tblPr")
    style = setting.find(f"{W}tblStyle") if setting is not None else None
    borders = setting.find(f"{W}tblBorders") if setting is not None else None
    if borders is not None and len(borders):
        ruled = has_borders(borders)
    else:
        ruled = styles.ruled(style.get(f"{W}val") if style is not None else None)
    return ruled or any(has_borders(cell.element.find(f"{W}tcPr/{W}tcBorders")) for cell in placed)
