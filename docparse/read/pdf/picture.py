"""What a scanned page needs before it is read: a page in, an upright picture and its lines out.

Coloured ink (stamps, signatures) goes, the page is turned until its lines of text lie flat, and
long straight strokes are found: they are the lines of tables.

>>> import numpy as np
>>> grey = np.full((400, 400), 255, dtype=np.uint8); grey[100:103, 20:380] = 0
>>> across, down = find_strokes(grey < 128, 60)
>>> [(round(rule.at), round(rule.start), round(rule.end)) for rule in across], down
([(101, 20, 380)], [])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from docparse.read.pdf.rules import Rule

if TYPE_CHECKING:
    from PIL.Image import Image

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]

_COLOURED = 50  # red or blue this much over the other is a stamp or a pen
_MOST_TURN = 4.0  # degrees: a page lies hardly more askew in a scanner
_POINTS = 60_000
_GAP = 3  # pixels: a faint line is broken
SMOOTH = 0.005  # inches, a pixel of 200 dpi: so much blurred the hard edges of a scan are read best


def render(page: Any, dpi: int, pixels: int) -> tuple[Grey, float]:
    """The page in grey without coloured ink, and how many pixels a point has."""
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > pixels:
        scale = (pixels / (width * height)) ** 0.5
    bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
    colours = bitmap.to_numpy()[:, :, :3].astype(np.int16)
    bitmap.close()
    red, green, blue = colours[:, :, 0], colours[:, :, 1], colours[:, :, 2]
    grey = ((red * 3 + green * 6 + blue) // 10).astype(np.uint8)
    coloured = (np.maximum(red, blue) - green > _COLOURED) | (np.abs(red - blue) > _COLOURED)
    grey[coloured] = 255
    return grey, scale


def ink_of(grey: Grey) -> Ink:
    """Which pixels are ink, by the threshold that parts dark from light best (Otsu)."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    weighted = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (weighted[-1] * below / below[-1] - weighted) ** 2 / (below * above)
    between = np.nan_to_num(between, posinf=0.0)
    return grey <= min(int(between.argmax()), 200)


def skew(ink: Ink) -> float:
    """By how many degrees the lines of text fall to the right."""
    return _steepest(ink)[0]


def stripes(ink: Ink) -> float:
    """How much ink and white take turns from row to row; 1.0 where the ink is spread evenly."""
    return _steepest(ink)[1]


def _steepest(ink: Ink) -> tuple[float, float]:
    """The angle at which rows of ink and of white part best, and how well they do."""
    ys, xs = np.nonzero(ink)
    if len(ys) < 200:
        return 0.0, 1.0
    step = max(1, len(ys) // _POINTS)
    ys, xs = ys[::step].astype(np.float64), xs[::step].astype(np.float64)

    def sharpness(angle: float) -> float:
        rows = (ys - xs * np.tan(np.radians(angle))).astype(np.int64)
        counts = np.bincount(rows - rows.min())
        return float((counts.astype(np.float64) ** 2).sum())

    best = 0.0
    for width, spacing in ((_MOST_TURN, 0.4), (0.4, 0.1), (0.1, 0.03)):
        tried = np.arange(best - width, best + width + spacing / 2, spacing)
        best = float(max(tried, key=sharpness))
    return best, sharpness(best) * (ys.max() - ys.min() + 1) / len(ys) ** 2


def deskew(grey: Grey) -> Grey:
    """The picture turned so that its lines of text lie flat."""
    from PIL import Image

    angle = skew(ink_of(grey))
    if abs(angle) < 0.08:
        return grey
    turned = Image.fromarray(grey).rotate(
        angle, resample=Image.Resampling.BICUBIC, expand=False, fillcolor=255
    )
    return np.asarray(turned)


def find_strokes(ink: Ink, length: int) -> tuple[list[Rule], list[Rule]]:
    """Straight strokes across and down that are at least so many pixels long."""
    return _strokes(ink, length), _strokes(ink.T, length)


def without_strokes(ink: Ink, length: int) -> Ink:
    """The ink that is of no straight stroke across or down so many pixels long."""
    return ink & ~_long_runs(ink, length) & ~_long_runs(ink.T, length).T


def _strokes(ink: Ink, length: int) -> list[Rule]:
    runs = _long_runs(ink, length)
    rules: list[Rule] = []
    for row in np.flatnonzero(runs.any(axis=1)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate(([False], runs[row], [False]))))
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            rules.append(Rule(float(row), float(start), float(end)))
    return _thicken(rules)


def _long_runs(ink: Ink, length: int) -> Ink:
    """The pixels of runs along the rows, small gaps closed, that are long enough."""
    filled = ink.copy()
    for shift in range(1, _GAP + 1):
        filled[:, shift:-shift] |= ink[:, 2 * shift :] & ink[:, : -2 * shift]
    counts = np.cumsum(filled, axis=1, dtype=np.int32)
    padded = np.pad(counts, ((0, 0), (1, 0)))
    whole = padded[:, length:] - padded[:, :-length] == length
    runs = np.zeros_like(ink)
    starts = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    rows, columns = np.nonzero(whole)
    np.add.at(starts, (rows, columns), 1)
    np.add.at(starts, (rows, columns + length), -1)
    runs[:] = np.cumsum(starts, axis=1)[:, :-1] > 0
    return runs


def _thicken(rules: list[Rule]) -> list[Rule]:
    """One stroke for the rows of pixels that it is thick; letters' bars are too thick or short."""
    strokes: list[list[Rule]] = []
    open_strokes: list[list[Rule]] = []
    for rule in rules:
        open_strokes = [group for group in open_strokes if rule.at - group[-1].at <= 2]
        for group in open_strokes:
            last = group[-1]
            if rule.start <= last.end + 2 and rule.end >= last.start - 2:
                group.append(rule)
                break
        else:
            group = [rule]
            open_strokes.append(group)
            strokes.append(group)
    return [
        Rule(
            sum(rule.at for rule in group) / len(group),
            min(rule.start for rule in group),
            max(rule.end for rule in group),
        )
        for group in strokes
        if group[-1].at - group[0].at <= 14
    ]


def to_picture(grey: Grey) -> Image:
    """The array as a Pillow picture."""
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(grey))


def scaled(grey: Grey, factor: float, *, blur: float = 0.0) -> Image:
    """The picture blurred by so many pixels, then made smaller or larger."""
    from PIL import Image, ImageFilter

    picture = to_picture(grey)
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    size = (max(8, round(picture.width * factor)), max(8, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)
