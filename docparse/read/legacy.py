"""Pieces of text in old fonts: pieces as a file has them in, the same pieces in Unicode out.

The font of a piece tells its encoding (.VnTime: TCVN3, VNI-Times: VNI), and the syllables
that come out confirm it: one file may mix old letters and Unicode, also under one font. Pieces
without such a font, and files that know no fonts, are judged by the syllables of all together.

>>> piece = Piece("Céng hoµ x· héi", ".VnTimeH")
>>> decode_pieces([piece]).encodings, piece.text
(('tcvn3',), 'CỘNG HOÀ XÃ HỘI')
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from docparse.read.encodings import (
    LEGACY,
    ON_REQUEST,
    Note,
    decode,
    decode_run,
    has_unicode_letters,
    weigh,
)

_TCVN3 = re.compile(r"^\.?Vn(?=[A-Z3])|^ABC(?=[A-Z-])|TCVN", re.ASCII)
_VNI = re.compile(r"^VNI(?=[-_ A-Z])", re.ASCII)
# The fonts of the TriChlor group: "VI Times", "MinhQuan 1.1" …
_VISCII = re.compile(
    r"^VI (?=[A-Z])|VISCII|^(?:HoangYen|MinhQuan|PhuongThao|ThaHuong|UHoai) ?1\.1", re.ASCII
)
_VPS = re.compile(r"^VPS(?=[-_ A-Z])", re.ASCII)
_NAMES = ((_TCVN3, "tcvn3"), (_VNI, "vni"), (_VISCII, "viscii"), (_VPS, "vps"))
_STYLE = re.compile(r"[,-].*$")


class Piece:
    """A run of text in one font; ``capitals`` where the file shows it in capital letters."""

    __slots__ = ("capitals", "font", "text")

    def __init__(self, text: str, font: str | None = None, *, capitals: bool = False) -> None:
        self.text = text
        self.font = font
        self.capitals = capitals


class Found(NamedTuple):
    """The old encodings that were decoded; ``named`` if fonts told all of them."""

    encodings: tuple[str, ...]
    named: bool


def named_encoding(font: str | None) -> tuple[str, bool] | None:
    """The old encoding that a font's name stands for, and whether it shows capitals only.

    >>> named_encoding(".VnTimeH"), named_encoding("VNI-Times"), named_encoding("Arial")
    (('tcvn3', True), ('vni', False), None)
    """
    for form, encoding in _NAMES if font else ():
        if form.search(font or ""):
            capitals = _STYLE.sub("", font or "").strip().endswith(("H", "h"))
            return encoding, encoding == "tcvn3" and capitals
    return None


def decode_pieces(pieces: Sequence[Piece], *, encoding: str | None = None) -> Found:
    """Put Unicode into the pieces; ``encoding`` is taken for those whose font tells nothing."""
    groups: dict[str, list[Piece]] = defaultdict(list)
    plain = []
    for piece in pieces:
        named = named_encoding(piece.font)
        if named is None:
            plain.append(piece)
        else:
            groups[named[0]].append(piece)
    found = [name for name, group in groups.items() if _decode_group(group, name, named=True)]
    guess = encoding if encoding in (*LEGACY, *ON_REQUEST) else _guess(plain)
    if guess is not None and _decode_group(plain, guess, named=False):
        found.append(guess)
    for piece in pieces:
        if piece.capitals:
            piece.text = piece.text.upper()
    return Found(tuple(dict.fromkeys(found)), guess is None)


def _decode_group(group: Iterable[Piece], name: str, *, named: bool) -> bool:
    """Decode what reads better so; where it makes no difference, as most of the others do."""
    better: list[tuple[Piece, str]] = []
    equal: list[tuple[Piece, str]] = []
    worse = 0
    for piece in group:
        if not any(map(str.isalpha, piece.text)):
            continue
        decoded = decode_run(piece.text, name)
        if piece.text.isascii() or has_unicode_letters(piece.text):
            verdict = 0 if piece.text.isascii() else -1
        else:
            after, before = weigh(decoded)[0], weigh(piece.text)[0]
            verdict = (after > before) - (after < before)
        worse += verdict < 0
        if verdict >= 0:
            (better if verdict else equal).append((piece, decoded))
    if not better and (not named or worse):
        return False
    for piece, decoded in better if worse > len(better) else better + equal:
        upper = named and (named_encoding(piece.font) or ("", False))[1]
        piece.text = decoded.upper() if upper else decoded
    return bool(better)


def _guess(pieces: Sequence[Piece]) -> str | None:
    """The old encoding of pieces without a telling font, if they are in one."""
    marked = [piece.text for piece in pieces if not piece.text.isascii()]
    # Signs alone (‰, –) are letters in some encoding, and prove nothing.
    if not any(letter.isalpha() and not letter.isascii() for text in marked for letter in text):
        return None
    text = "\n".join(line.replace("\n", " ") for line in marked)
    found = decode(text.encode("utf-8", "replace"))
    return found.encoding if Note.MOJIBAKE in found.notes else None
