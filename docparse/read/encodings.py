"""From bytes to characters: which encoding is it, and what does it say?

Bytes of a file go in, a :class:`Decoded` comes out: the text, the encoding, how sure it is,
and how many characters could not be read. Unicode is known by its form; among the old
Vietnamese encodings the one wins that makes the most valid syllables. The tables are data:
``patterns/encodings/``.

>>> decode(b"C\\xe9ng ho\\xb5 x\\xb7 h\\xe9i").text
'Cộng hoà xã hội'
>>> decode("Coäng hoøa xaõ hoäi".encode()).encoding
'vni'
>>> decode_run("céng hoµ", "tcvn3", upper=True)
'CỘNG HOÀ'
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from unicodedata import normalize

from docparse.errors import UsageError
from docparse.patterns.data import data_path
from docparse.patterns.syllables import is_accented, is_syllable

LEGACY = ("tcvn3", "vni", "viscii", "windows-1258")
# Rare, and VIQR is plain ASCII: taken only by name or where the caller allows them.
ON_REQUEST = ("vps", "viqr")
_ALIASES = {
    "abc": "tcvn3",
    "tcvn": "tcvn3",
    "vni-windows": "vni",
    "cp1258": "windows-1258",
    "utf8": "utf-8",
}
# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Detection looks at this many stretches, spread evenly over whatever is longer than all of them.
_STRETCHES = 8
_STRETCH = 4096
_NON_ASCII = re.compile("[^\x00-\x7f]")
# Whatever stands between spaces and ASCII signs: in a wrong reading letters turn into signs
# (x·, hoµ), which must count as part of the word.
_TOKEN = re.compile("[^\\s\x00-@[-`{-\x7f]+")
_PUNCTUATION = "“”‘’‚„–—…•·●«»§°±×÷²³´¨¸©®™€\ufeff\xad"
# Under this share of valid syllables the text is a mixture, or something else altogether.
_CLEAN = 0.8
_ENOUGH = 2


class Note(StrEnum):
    """What was out of the ordinary while decoding."""

    BYTE_ORDER_MARK = "byte-order-mark"
    NO_MARK = "utf-16-without-mark"
    MOJIBAKE = "mojibake"
    INVALID_BYTES = "invalid-bytes"
    NO_EVIDENCE = "no-evidence"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and how it was read; ``replaced`` counts the U+FFFD put in for unreadable bytes.

    The mark U+FEFF of a UTF-8 file stays in the text, newlines stay as they are. With the note
    ``mojibake`` the file was UTF-8, but its letters were those of ``encoding``.
    """

    text: str
    encoding: str
    confidence: float = 1.0
    replaced: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How a sample reads in one encoding: words with a mark that are syllables, or are not."""

    encoding: str
    valid: int
    invalid: int

    @property
    def score(self) -> int:
        return self.valid - self.invalid

    @property
    def share(self) -> float:
        return self.valid / max(1, self.valid + self.invalid)


def decode(
    data: bytes, *, encoding: str | None = None, allow: Collection[str] = LEGACY
) -> Decoded:
    """Decode by the encoding named, or find it; ``allow`` lists the old encodings to think of."""
    if encoding is not None:
        return _decode_named(data, _canonical(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, mark, name, allow)
    if found := _utf16_by_zeros(data):
        text, replaced = _decode_counting(data, found)
        return Decoded(text=text, encoding=found, replaced=replaced, notes=(Note.NO_MARK,))
    try:
        return _decode_mojibake(data.decode("utf-8"), allow)
    except UnicodeDecodeError:
        return _decode_bytes(data, allow)


def decode_run(text: str, encoding: str, *, upper: bool = False) -> str:
    """Characters read as Latin-1 or windows-1252, as they are meant in an old encoding.

    For a run of text whose font tells the encoding; ``upper`` for fonts that show small letters
    as capitals (.VnTimeH). What the encoding does not use stays as it is.

    >>> decode_run("Vieät Nam 100 m²", "vni")
    'Việt Nam 100 m²'
    """
    decoded = _decoder(_canonical(encoding))(text)
    return decoded.upper() if upper else decoded


def _canonical(encoding: str) -> str:
    name = encoding.lower().replace("_", "-")
    return _ALIASES.get(name, name)


def _decode_named(data: bytes, name: str) -> Decoded:
    if name in LEGACY or name in ON_REQUEST:
        try:
            # Letters of an old encoding saved as UTF-8: its own bytes are never valid UTF-8.
            return Decoded(text=decode_run(data.decode("utf-8"), name), encoding=name)
        except UnicodeDecodeError:
            return Decoded(text=decode_run(data.decode("latin-1"), name), encoding=name)
    try:
        codecs.lookup(name)
        text, replaced = _decode_counting(data, name)
    except LookupError as error:
        known = ", ".join(("utf-8", "utf-16", *LEGACY, *ON_REQUEST))
        raise UsageError("unknown-encoding", encoding=name, known=known) from error
    notes = (Note.INVALID_BYTES,) if replaced else ()
    return Decoded(text=text, encoding=name, replaced=replaced, notes=notes)


def _decode_marked(data: bytes, mark: bytes, name: str, allow: Collection[str]) -> Decoded:
    if name != "utf-8":
        text, replaced = _decode_counting(data[len(mark) :], name)
        notes = (Note.BYTE_ORDER_MARK,) + ((Note.INVALID_BYTES,) if replaced else ())
        return Decoded(text=text, encoding=name, replaced=replaced, notes=notes)
    text, replaced = _decode_counting(data, name)
    if replaced:
        notes = (Note.BYTE_ORDER_MARK, Note.INVALID_BYTES)
        return Decoded(text=text, encoding=name, replaced=replaced, notes=notes)
    found = _decode_mojibake(text, allow)
    return Decoded(
        text=found.text,
        encoding="utf-8" if found.encoding == "ascii" else found.encoding,
        confidence=found.confidence,
        notes=(Note.BYTE_ORDER_MARK, *found.notes),
    )


def _decode_mojibake(text: str, allow: Collection[str]) -> Decoded:
    """Valid UTF-8: take it as it is unless an old encoding makes much more of its letters."""
    plain = Decoded(text=text, encoding="ascii" if text.isascii() else "utf-8")
    sample = "\n".join(_sample_text(text))
    as_is = _read_sample(sample, "utf-8")
    if as_is.valid >= as_is.invalid and "viqr" not in allow:
        return plain
    readings = _rank(sample, allow)
    best = readings[0] if readings else as_is
    wins = best.valid >= _ENOUGH and best.share > _CLEAN and best.score > 2 * as_is.score
    if best is as_is or not wins or best.score <= as_is.score:
        return plain
    notes = (Note.MOJIBAKE,) if not text.isascii() else ()
    return Decoded(
        text=decode_run(text, best.encoding),
        encoding=best.encoding,
        confidence=_confidence(readings),
        notes=notes,
    )


def _decode_bytes(data: bytes, allow: Collection[str]) -> Decoded:
    """Not UTF-8: an old encoding if it makes more syllables, else UTF-8 with holes."""
    sample = b"\n".join(_sample_bytes(data))
    holed = _read_sample(sample.decode("utf-8", "replace"), "utf-8")
    readings = _rank(sample.decode("latin-1"), allow)
    if readings and readings[0].score > max(0, holed.score):
        best = readings[0]
        return Decoded(
            text=decode_run(data.decode("latin-1"), best.encoding),
            encoding=best.encoding,
            confidence=_confidence(readings),
            notes=() if best.share >= _CLEAN else (Note.MIXED,),
        )
    text, replaced = _decode_counting(data, "utf-8")
    notes = (Note.INVALID_BYTES,) if holed.valid else (Note.INVALID_BYTES, Note.NO_EVIDENCE)
    intact = sum(map(text.count, "\ufffd")) if text.isascii() else len(_NON_ASCII.findall(text))
    confidence = round(max(0.0, 1 - replaced / max(1, intact)), 3)
    return Decoded(
        text=text, encoding="utf-8", confidence=confidence, replaced=replaced, notes=notes
    )
