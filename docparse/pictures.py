"""Pages as pictures: a report and a page number go in, a PNG with records marked comes out.

picture = docparse.page_image(report, 2, highlight=[report.citations[0]])
Path("trang-2.png").write_bytes(picture)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from docparse.errors import NotFoundError, UsageError
from docparse.models import Box, Citation, Figure, Notice, Places, Reference, Section, Span, Table
from docparse.read import MAX_BYTES, Limits
from docparse.read.cage import shared_cage
from docparse.read.files import STDIN, load_bytes
from docparse.read.limits import default_limits
from docparse.read.pdf.shown import draw_page
from docparse.report import Report

Marked = Span | Citation | Figure | Table | Reference | Section | Notice | Box
_SAME_LINE = 0.5  # of a word's height: words that overlap so far stand on one line


def page_image(
    report: Report,
    page: int,
    *,
    highlight: Iterable[Marked] = (),
    dpi: int = 120,
    file: str | Path | bytes | BinaryIO | None = None,
    password: str | None = None,
    limits: Limits | None = None,
) -> bytes:
    """A PNG of one page, counted from 1, with a frame around records, spans or boxes.

    What stands on other pages is left out. ``file`` is the PDF where it is no longer at
    ``report.source.path``; its content must be the one that was parsed.
    """
    path = report.source.path
    if report.source.format != "pdf":
        raise UsageError("no-pages", path=path, format=report.source.format)
    if not 18 <= dpi <= 600:
        raise UsageError("odd-dpi", dpi=str(dpi))
    if file is None and path == STDIN:
        raise UsageError("no-file")
    data = load_bytes(path if file is None else file, path, MAX_BYTES)
    if hashlib.sha256(data).hexdigest() != report.source.sha256:
        raise NotFoundError("another-file", path=path)
    boxes = [box for one in highlight for box in _boxes(one, page, report.source.places)]
    call = (draw_page, data, path, page, boxes, dpi, password)
    return shared_cage(limits or default_limits()).run(*call, path=path, size=len(data))


def _boxes(one: Marked, page: int, places: Places | None) -> Iterator[Box]:
    """The frames of one record on one page: one for each line that its words stand on."""
    if isinstance(one, tuple):
        yield one
        return
    span = one if isinstance(one, Span) else one.span
    if span is None:
        return
    words = places.words(span.origin_start, span.origin_end) if places is not None else ()
    found = [box for number, box in words if number == page]
    if not found and span.page == page and span.bbox is not None:
        yield span.bbox
    yield from _by_line(found)


def _by_line(boxes: list[Box]) -> Iterator[Box]:
    line: Box | None = None
    for box in boxes:
        if line is not None and _overlap(line, box):
            line = (
                min(line[0], box[0]),
                min(line[1], box[1]),
                max(line[2], box[2]),
                max(line[3], box[3]),
            )
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _overlap(line: Box, box: Box) -> bool:
    shared = min(line[3], box[3]) - max(line[1], box[1])
    return shared > _SAME_LINE * min(line[3] - line[1], box[3] - box[1])
