"""The lines that a page draws: pdfium's path objects in, straight rules and picture sizes out.

Only ink counts: white lines and shaded areas, which make ghost tables, are left out; a thin
filled box is a line. Nothing of pdfminer is needed, so that a page of rules costs a
millisecond.

>>> Rule(at=20.0, start=0.0, end=90.0) in Rules(across=[], down=[], pictures=0.0).across
False
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any, NamedTuple

from docparse.models import Box
from docparse.read.pdf.glyphs import function
from docparse.read.pdf.values import turn_box

_THIN = 2.6  # points: a box as thin as this is a line
_SHORT = 4.0  # points: shorter lines rule nothing
_WHITE = 245
_DEPTH = 4  # forms inside forms
_SEGMENTS = 40_000  # a page: beyond this it is a drawing, not a table
_OBJECTS = 200_000  # likewise, text among them
_MOST_LINES = 3_000  # likewise
_PATH, _IMAGE, _FORM = 2, 3, 5
_LINE_TO, _BEZIER, _MOVE_TO = 0, 1, 2


class Rule(NamedTuple):
    """A straight line: ``at`` is its y (across) or x (down), from ``start`` to ``end``."""

    at: float
    start: float
    end: float


Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Lines across and down in the upright frame; ``pictures`` is the largest one's share.

    ``truncated`` tells that the page draws too much for tables to be sought.
    """

    across: list[Rule]
    down: list[Rule]
    pictures: float
    truncated: bool = False


def read_rules(page: Any, turns: int) -> Rules:
    """The rules of a page, turned like its text."""
    left, bottom, right, top = page.get_bbox()
    reader = _Reader()
    reader.read(page.raw, "FPDFPage_CountObjects", "FPDFPage_GetObject", _IDENTITY, 0)
    width, height = right - left, top - bottom
    across: list[Rule] = []
    down: list[Rule] = []
    for x0, y0, x1, y1 in reader.lines:
        box = (x0 - left, top - y1, x1 - left, top - y0)
        x0, upper, x1, lower = turn_box(box, turns, width, height)
        if x1 - x0 >= lower - upper:
            across.append(Rule((upper + lower) / 2, x0, x1))
        else:
            down.append(Rule((x0 + x1) / 2, upper, lower))
    area = max(1.0, width * height)
    return Rules(
        across=across,
        down=down,
        pictures=min(1.0, reader.picture / area),
        truncated=reader.left <= 0 or max(len(across), len(down)) > _MOST_LINES,
    )


class _Reader:
    """Walks the objects of a page and of the forms in it."""

    def __init__(self) -> None:
        self.lines: list[Box] = []
        self.picture = 0.0
        self.left = _SEGMENTS

    def read(self, holder: Any, count: str, get: str, matrix: Matrix, depth: int) -> None:
        import pypdfium2.raw as raw

        address = ctypes.cast(holder, ctypes.c_void_p).value
        number = min(_OBJECTS, max(0, getattr(raw, count)(holder)))
        if count == "FPDFFormObj_CountObjects":
            objects = [raw.FPDFFormObj_GetObject(holder, index) for index in range(number)]
            objects = [ctypes.cast(item, ctypes.c_void_p).value for item in objects]
        else:
            ask = function(get, ctypes.c_void_p)
            objects = list(map(ask, repeat(address), range(number)))
        kind = function("FPDFPageObj_GetType", ctypes.c_int)
        for item, form in zip(objects, map(kind, objects, repeat(0)), strict=True):
            if self.left <= 0:
                return
            if form == _FORM:
                self.left -= 1
            if form == _PATH:
                self._read_path(_path(item), matrix)
            elif form == _IMAGE:
                box = _moved(_bounds(_path(item)), matrix)
                self.picture = max(self.picture, (box[2] - box[0]) * (box[3] - box[1]))
            elif form == _FORM and depth < _DEPTH:
                inner = _multiply(_matrix(_path(item)), matrix)
                names = ("FPDFFormObj_CountObjects", "FPDFFormObj_GetObject")
                self.read(_path(item), *names, inner, depth + 1)

    def _read_path(self, path: Any, matrix: Matrix) -> None:
        self.left -= 1
        filled, stroked = _draws(path)
        if not filled and not stroked:
            return
        box = _moved(_bounds(path), matrix)
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= _THIN:
            if max(width, height) >= _SHORT:
                self.lines.append(box)
            return
        matrix = _multiply(_matrix(path), matrix)
        for points in self._outlines(path):
            corners = [_point(matrix, *point) for point in points]
            self.lines += _thin_box(corners) if filled and not stroked else _straight(corners)

    def _outlines(self, path: Any) -> Iterator[list[tuple[float, float]]]:
        """The corners of each outline; an outline with curves rules nothing."""
        import pypdfium2.raw as raw

        points: list[tuple[float, float]] = []
        curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(max(0, raw.FPDFPath_CountSegments(path))):
            self.left -= 1
            if self.left <= 0:
                return
            segment = raw.FPDFPath_GetPathSegment(path, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == _MOVE_TO:
                if points and not curved:
                    yield points
                points, curved = [], False
            curved = curved or kind == _BEZIER
            points.append((x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points and not curved:
            yield points


def _path(address: int | None) -> Any:
    import pypdfium2.raw as raw

    return ctypes.cast(address or 0, raw.FPDF_PAGEOBJECT)


def _bounds(item: Any) -> Box:
    import pypdfium2.raw as raw

    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    x0, y0, x1, y1 = (side.value for side in sides)
    return x0, y0, x1, y1


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _draws(path: Any) -> tuple[bool, bool]:
    """Whether a path is filled and whether its outline is drawn, in a colour that shows."""
    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    filled = bool(fill.value) and _shows(path, raw.FPDFPageObj_GetFillColor)
    return filled, bool(stroke.value) and _shows(path, raw.FPDFPageObj_GetStrokeColor)


def _shows(path: Any, ask: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(path, red, green, blue, alpha):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE


def _multiply(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix == _IDENTITY:
        return box
    corners = [_point(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return _around(corners)


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _straight(corners: list[tuple[float, float]]) -> Iterator[Box]:
    """The sides of an outline that run along the page."""
    for before, after in pairwise(corners):
        box = _around([before, after])
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= 1.0 and max(width, height) >= _SHORT:
            yield box


def _thin_box(corners: list[tuple[float, float]]) -> Iterator[Box]:
    box = _around(corners)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= _THIN and max(width, height) >= _SHORT:
        yield box
