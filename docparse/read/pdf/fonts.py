"""Letters of old fonts: a page's characters in, the same characters in Unicode out.

A font's name tells what its letters mean (.VnTime: TCVN3, VNI-Times: VNI), and the syllables
that come out confirm it; a font without such a name is tried where its letters make no sense.
One page may mix old fonts and Unicode.

>>> named_encoding("ABCDEF+.VnTimeH,Bold"), named_encoding("VNI-Times"), named_encoding("Arial")
(('tcvn3', True), ('vni', False), None)
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from docparse.read.encodings import LEGACY, decode, decode_run
from docparse.read.pdf.gate import judge
from docparse.read.pdf.glyphs import LINE_HYPHEN, Glyphs, function, is_letter_u

_TCVN3 = re.compile(r"^\.?Vn(?=[A-Z3])|^ABC(?=[A-Z-])|TCVN", re.ASCII)
_VNI = re.compile(r"^VNI(?=[-_ A-Z])", re.ASCII)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"[,-].*$")
_NAME_BYTES = 64
# Where a font's table has a letter twice, pdfium may name the other one.
_TWINS = {0x2212: 0xAD, 0x2010: 0xAD, 0x2219: 0xB7, 0x22C5: 0xB7, 0x3BC: 0xB5, 0x2C9: 0xAF}
_LONGEST_SAMPLE = 4000


class Decoded(NamedTuple):
    """Each character as it is meant, and the encodings that were found."""

    texts: list[str]
    encodings: tuple[str, ...]


def named_encoding(font: str) -> tuple[str, bool] | None:
    """The old encoding that a font's name stands for, and whether it shows capitals only."""
    name = _SUBSET.sub("", font)
    if _TCVN3.search(name):
        return "tcvn3", _STYLE.sub("", name).endswith("H")
    if _VNI.search(name):
        return "vni", False
    return None


def decode_glyphs(textpage: Any, glyphs: Glyphs) -> Decoded | None:
    """The characters with those of old fonts decoded, or None if there are none."""
    names = _font_names(textpage, glyphs.places)
    texts: list[str] | None = None
    found: set[str] = set()
    for name in np.unique(names).tolist():
        picked = np.flatnonzero(names == name)
        raw = _raw(textpage, glyphs, picked)
        meant = _encoding(name.decode("utf-8", "replace"), raw, glyphs.spaced[picked].tolist())
        if meant is None:
            continue
        texts = texts if texts is not None else [_plain(code) for code in glyphs.codes.tolist()]
        found.add(meant[0])
        for place, letter in zip(
            picked.tolist(), decode_letters(raw, meant[0], upper=meant[1]), strict=True
        ):
            texts[place] = letter
    return Decoded(texts, tuple(sorted(found))) if texts is not None else None


def _plain(code: int) -> str:
    return "-" if code == LINE_HYPHEN else chr(code)


def _raw(textpage: Any, glyphs: Glyphs, picked: NDArray[np.intp]) -> list[str]:
    """The characters as the old encoding's table names them."""
    raw = []
    for index in picked.tolist():
        code = int(glyphs.codes[index])
        if code == LINE_HYPHEN:
            code = 0xAD if is_letter_u(textpage, int(glyphs.places[index])) else 0x2D
        raw.append(chr(_TWINS.get(code, code)))
    return raw


def _encoding(name: str, raw: list[str], spaced: list[bool]) -> tuple[str, bool] | None:
    """The encoding of a font: by its name if the syllables do not speak against it, or by them."""
    pieces = (f" {letter}" if space else letter for letter, space in zip(raw, spaced, strict=True))
    text = "".join(pieces)[:_LONGEST_SAMPLE]
    named = named_encoding(name)
    if named is not None:
        better = judge(decode_run(text, named[0])).sure >= judge(text).sure
        return named if better else None
    if text.isascii() or judge(text).clean:
        return None
    guess = decode(text.encode("utf-8", "replace")).encoding
    if guess not in LEGACY or judge(decode_run(text, guess)).sure <= judge(text).sure:
        return None
    return guess, False


def decode_letters(raw: Sequence[str], encoding: str, *, upper: bool) -> list[str]:
    """Each character decoded; where two make one letter, the second is left empty."""
    letters = []
    known: dict[str, tuple[str, bool]] = {}
    skip = False
    for char, after in zip(raw, [*raw[1:], ""], strict=True):
        if skip:
            letters.append("")
            skip = False
            continue
        pair = char + after
        if pair not in known:
            known[pair] = _letter(pair, encoding, upper)
        letter, skip = known[pair]
        letters.append(letter)
    return letters


def _letter(pair: str, encoding: str, upper: bool) -> tuple[str, bool]:
    """The first letter of a pair, and whether it takes both."""
    decoded = decode_run(pair, encoding, upper=upper)
    if len(pair) == 2 and len(decoded) == 1:
        return decoded, True
    return decode_run(pair[0], encoding, upper=upper), False


def _font_names(textpage: Any, places: NDArray[np.intp]) -> NDArray[np.bytes_]:
    """The name of the font of each character."""
    names = np.zeros(len(places), dtype=f"S{_NAME_BYTES}")
    flags = ctypes.c_int()
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value
    ask = function("FPDFText_GetFontInfo", ctypes.c_ulong, "pzp")
    at = names.ctypes.data
    rows = range(at, at + names.nbytes, _NAME_BYTES)
    flags_at = ctypes.addressof(flags)
    sum(map(ask, repeat(handle), places.tolist(), rows, repeat(_NAME_BYTES - 1), repeat(flags_at)))
    return names
