"""The characters of a page with their places: a pdfium page in, arrays out.

pdfium's ready-made text breaks words whose letters come from two fonts, so only its
characters are used, with the baseline on which each stands. One call a character and a
fact is what costs time; the calls run inside ``map``, without a line of Python each.

>>> _visible(np.array([0x53, 0xFFFE, 0x20, 0x0D], dtype=np.uint32)).tolist()
[True, True, False, False]
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

# pdfium writes U+FFFE for the hyphen that ends a line. In a font of old letters it may
# have been the letter ư, which TCVN3 has in the place of the soft hyphen.
LINE_HYPHEN = 0xFFFE
_HYPHEN_HEIGHT = 0.3  # of the line: a hyphen is flat, a letter is not
_SAMPLE = 64  # characters that show whether text is turned on this page


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """Characters in the order of the file: arrays side by side.

    ``turns`` are quarter turns (clockwise) that set the page's main text upright; boxes are
    in that frame. ``turned`` marks characters that do not stand upright in it, ``spaced``
    those with a space before them, ``places`` are pdfium's indexes.
    """

    codes: NDArray[np.uint32]
    x0: Numbers
    x1: Numbers
    top: Numbers
    bottom: Numbers
    base: Numbers
    spaced: Flags
    places: NDArray[np.intp]
    quarters: NDArray[np.int8]
    turns: int
    width: float
    height: float

    def __len__(self) -> int:
        return len(self.codes)


def pick(glyphs: Glyphs, chosen: Flags) -> Glyphs:
    """The chosen characters."""
    return replace(
        glyphs,
        codes=glyphs.codes[chosen],
        x0=glyphs.x0[chosen],
        x1=glyphs.x1[chosen],
        top=glyphs.top[chosen],
        bottom=glyphs.bottom[chosen],
        base=glyphs.base[chosen],
        spaced=glyphs.spaced[chosen],
        places=glyphs.places[chosen],
        quarters=glyphs.quarters[chosen],
    )


def read_glyphs(page: Any, textpage: Any) -> Glyphs:
    """The visible characters of a page."""
    count = textpage.count_chars()
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    codes = _codes(textpage, handle, count)
    seen = _visible(codes)
    places = np.flatnonzero(seen)
    origins, boxes = _origins(handle, places), _loose_boxes(handle, places)
    left, bottom, right, top = page.get_bbox()
    angles = _angles(handle, places)
    _tighten(textpage, places, boxes, angles)
    quarters = np.rint(angles / (np.pi / 2)).astype(np.int8) % 4
    turns = int(np.bincount(quarters, minlength=4).argmax()) if len(quarters) else 0
    if not len(quarters):
        turns = (page.get_rotation() // 90) % 4
    boxes -= (left, bottom, left, bottom)
    origins -= (left, bottom)
    width, height = right - left, top - bottom
    x0, upper, x1, lower = _turn(boxes, turns, width, height)
    points = np.column_stack((origins, origins))
    _, base, _, _ = _turn(points, turns, width, height)
    if turns % 2:
        width, height = height, width
    return Glyphs(
        codes=codes[places],
        x0=x0,
        x1=x1,
        top=upper,
        bottom=lower,
        base=base,
        spaced=np.concatenate(([True], np.diff(places) > 1))[: len(places)],
        places=places,
        quarters=((quarters - turns) % 4).astype(np.int8),
        turns=turns,
        width=width,
        height=height,
    )


def _visible(codes: NDArray[np.uint32]) -> Flags:
    blank = (codes <= 0x20) | ((codes >= 0x7F) & (codes <= 0x9F)) | (codes == 0xA0)
    blank |= ((codes >= 0x2000) & (codes <= 0x200F)) | (codes == 0x202F) | (codes == 0xFEFF)
    shown: Flags = ~blank | ((codes >= 0x80) & (codes <= 0x9F))
    return shown


def _codes(textpage: Any, handle: int | None, count: int) -> NDArray[np.uint32]:
    """The code of each character; one call where pdfium's text has one unit for each."""
    import pypdfium2.raw as raw

    buffer = np.zeros(count + 1, dtype="<u2")
    pointer = buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    written = raw.FPDFText_GetText(textpage, 0, count, pointer) if count else 0
    if written == count + 1 and not ((buffer >= 0xD800) & (buffer < 0xE000)).any():
        return buffer[:count].astype(np.uint32)
    unicode = function("FPDFText_GetUnicode", ctypes.c_uint)
    return np.fromiter(map(unicode, repeat(handle), range(count)), dtype=np.uint32, count=count)


def _origins(handle: int | None, places: NDArray[np.intp]) -> Numbers:
    """The point on the baseline where each character begins."""
    found = np.zeros((len(places), 2))
    at = found.ctypes.data
    ask = function("FPDFText_GetCharOrigin", ctypes.c_int, "pp")
    xs = range(at, at + found.nbytes, 16)
    ys = range(at + 8, at + 8 + found.nbytes, 16)
    sum(map(ask, repeat(handle), places.tolist(), xs, ys))
    return found


def _loose_boxes(handle: int | None, places: NDArray[np.intp]) -> Numbers:
    """Boxes ``x0, y0, x1, y1`` as tall as a line of the font, y upwards."""
    found = np.zeros((len(places), 4), dtype=np.float32)
    at = found.ctypes.data
    ask = function("FPDFText_GetLooseCharBox", ctypes.c_int, "p")
    sum(map(ask, repeat(handle), places.tolist(), range(at, at + found.nbytes, 16)))
    return found[:, [0, 3, 2, 1]].astype(np.float64)


def _angles(handle: int | None, places: NDArray[np.intp]) -> Numbers:
    """By how much each character is turned; asked of all only where a sample is turned."""
    ask = function("FPDFText_GetCharAngle", ctypes.c_float)
    sample = places[:: max(1, len(places) // _SAMPLE)].tolist()
    if not any(abs(angle) > 0.01 for angle in map(ask, repeat(handle), sample)):
        return np.zeros(len(places))
    angles = map(ask, repeat(handle), places.tolist())
    return np.fromiter(angles, dtype=np.float64, count=len(places))


def _tighten(textpage: Any, places: NDArray[np.intp], boxes: Numbers, angles: Numbers) -> None:
    """Replace the line-tall boxes where they mean nothing: turned text, fonts without metrics."""
    flat = (boxes[:, 2] - boxes[:, 0] <= 0) & (boxes[:, 3] - boxes[:, 1] <= 0)
    for index in np.flatnonzero(flat | (np.abs(angles) > 0.01)).tolist():
        boxes[index] = textpage.get_charbox(int(places[index]))


def _turn(
    boxes: Numbers, turns: int, width: float, height: float
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Boxes with y upwards, as x0, top, x1, bottom of the page turned clockwise."""
    x0, y0, x1, y1 = boxes.T
    if turns == 1:
        return y0, x0, y1, x1
    if turns == 2:
        return width - x1, y0, width - x0, y1
    if turns == 3:
        return height - y1, width - x1, height - y0, width - x0
    return x0, height - y1, x1, height - y0


def is_letter_u(textpage: Any, place: int) -> bool:
    """Whether a U+FFFE is tall: then it was no hyphen but the ư of an old font."""
    box, loose = textpage.get_charbox(place), textpage.get_charbox(place, loose=True)
    return bool((box[3] - box[1]) > _HYPHEN_HEIGHT * (loose[3] - loose[1]))


@cache
def function(name: str, returns: Any, more: str = "") -> Any:
    """pdfium's function of a handle and an index, taking addresses as plain numbers.

    ``map`` can feed those. ``more`` are its further arguments: "p" an address, "z" a length.
    """
    import pypdfium2.raw as raw

    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    kinds = {"p": ctypes.c_void_p, "z": ctypes.c_size_t}
    further = [kinds[kind] for kind in more]
    return ctypes.CFUNCTYPE(returns, ctypes.c_void_p, ctypes.c_int, *further)(address or 0)
