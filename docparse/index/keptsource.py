"""What reading found beside the text: a source in, plain values out, and back.

The text and the record are kept anyway; here are the grids of tables that the file draws, the
places of words on pages, the notices of reading and the words that OCR doubts. With them the
source comes back as it was read, so that a report can be made again without its file.

>>> from docparse.index.dense import compress, pack
>>> source = Source(text="Số: 12", path="a.txt", sha256="", format="txt", doubtful=((4, 6),))
>>> record = {"source": {"sha256": "", "format": "txt", "encoding": None, "pages": None,
...           "ocr": False}}
>>> source_of(compress(pack(source.text, [], record, rest_of(source))), "a.txt") == source
True
"""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from docparse.index.dense import differences, unpack_rest
from docparse.models import Grid, GridCell, Notice, Places, Source, Span

_SAID = ("sha256", "format", "encoding", "pages", "ocr")  # what the record has of it


def rest_of(source: Source) -> list[Any] | None:
    """What of a source is neither in its text nor in its record; None for nothing."""
    places = source.places
    if not (source.notices or source.grids or places or source.doubtful):
        return None
    return [
        [astuple(one) for one in source.notices],
        [[[astuple(cell) for cell in one.cells], one.start, one.end, one.joins]
         for one in source.grids],
        None if places is None else [
            differences(places.starts),
            [end - start for start, end in zip(places.starts, places.ends, strict=True)],
            list(places.pages),
            list(map(list, places.boxes)),
        ],
        source.doubtful,
    ]  # fmt: skip


def source_of(body: bytes, path: str) -> Source | None:
    """The source as it was read, under a path; None where it was not kept whole."""
    kept = unpack_rest(body)
    if kept is None:
        return None
    text, said, rest = kept
    notices, grids, places, doubtful = rest or ((), (), None, ())
    return Source(
        text=text,
        path=path,
        **{name: said[name] for name in _SAID},
        notices=tuple(map(_notice, notices)),
        grids=tuple(map(_grid, grids)),
        places=None if places is None else _places(*places),
        doubtful=tuple((start, end) for start, end in doubtful),
    )


def _notice(kept: list[Any]) -> Notice:
    code, values, span = kept
    return Notice(
        code=code,
        values=tuple((name, value) for name, value in values),
        span=None if span is None else _span(*span),
    )


def _span(*kept: Any) -> Span:
    *numbers, quote, page, box = kept
    start, end, origin_start, origin_end, line, line_end = numbers
    return Span(
        start=start,
        end=end,
        origin_start=origin_start,
        origin_end=origin_end,
        line=line,
        line_end=line_end,
        quote=quote,
        page=page,
        bbox=None if box is None else tuple(box),
    )


def _grid(kept: list[Any]) -> Grid:
    cells, start, end, joins = kept
    return Grid(cells=tuple(map(_cell, cells)), start=start, end=end, joins=tuple(joins))


def _cell(kept: list[Any]) -> GridCell:
    row, column, start, end, row_span, column_span, page, box, doubtful = kept
    return GridCell(
        row=row,
        column=column,
        start=start,
        end=end,
        row_span=row_span,
        column_span=column_span,
        page=page,
        box=None if box is None else tuple(box),
        doubtful=doubtful,
    )


def _places(steps: list[int], lengths: list[int], pages: list[int], boxes: list[Any]) -> Places:
    starts = []
    at = 0
    for step in steps:
        at += step
        starts.append(at)
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    return Places(starts, ends, pages, [tuple(box) for box in boxes])
