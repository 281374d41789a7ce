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
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, AnyStr
from unicodedata import normalize

from docparse.errors import UsageError
from docparse.patterns.data import data_path
from docparse.patterns.syllables import SHAPES, is_accented, is_frequent, is_syllable

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

# Detection reads so many stretches with non-ASCII characters, spread evenly; decoding reads all.
_STRETCHES = 8
_STRETCH = 4096
# Whatever stands between spaces and ASCII signs: in a wrong reading letters turn into signs
# (x·, hoµ), which must count as part of the word. Typographic signs around it do not.
_TOKEN = re.compile("[^\\s\x00-@[-`{-\x7f]+")
_SIGNS = "“”‘’–—…•«»°±×²³\ufeff"
# Letters that Latin-1 has not: old letters that were saved as UTF-8 are never among them.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
# With fewer valid syllables the text is a mixture, or something else altogether.
_CLEAN = 0.8
# Fewer words do not carry such a judgement.
_FEWEST = 2
_FEWEST_DOUBTFUL = 20


class Note(StrEnum):
    """What was out of the ordinary while decoding."""

    BYTE_ORDER_MARK = "byte-order-mark"
    NO_MARK = "utf-16-without-mark"
    MOJIBAKE = "mojibake"
    INVALID_BYTES = "invalid-bytes"
    MIXED = "mixed"
    FEW_SYLLABLES = "few-syllables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text and how it was read; ``replaced`` counts the U+FFFD put in for unreadable bytes.

    The mark U+FEFF of a UTF-8 file stays in the text, newlines stay as they are. With the note
    ``mojibake`` the file was UTF-8, but its letters were those of ``encoding``; with ``mixed``
    only the letters of some lines were.
    """

    text: str
    encoding: str
    confidence: float = 1.0
    replaced: int = 0
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How a sample reads in one encoding: words with a mark that are syllables, or are not.

    ``frequent`` counts the syllables that reports use most; it decides between equals.
    """

    encoding: str
    valid: int
    invalid: int
    frequent: int

    @property
    def score(self) -> int:
        return self.valid - self.invalid

    @property
    def rank(self) -> tuple[int, int]:
        return self.score, self.frequent

    def beats(self, other: _Reading) -> bool:
        return self.rank > other.rank

    @property
    def share(self) -> float:
        return self.valid / max(1, self.valid + self.invalid)


def decode(data: bytes, *, encoding: str | None = None, allow: Collection[str] = LEGACY) -> Decoded:
    """Decode by the encoding named, or find it; ``allow`` lists the old encodings to think of."""
    if encoding is not None:
        return _decode_named(data, _canonical(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, mark, name, allow)
    if found := _utf16_by_zeros(data):
        return _decode_unicode(data, found, Note.NO_MARK)
    try:
        return _decode_text(data.decode("utf-8"), allow)
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


def weigh(text: str) -> tuple[int, int]:
    """How well a text reads: words with a mark that are syllables less those that are not.

    The second number counts the syllables that reports use most; it decides between equals.

    >>> weigh("Céng hoµ x·") < weigh("Cộng hoà xã")
    True
    """
    return _read_sample(text, "").rank


def has_unicode_letters(text: str) -> bool:
    """Whether letters stand in a text that no old encoding has.

    >>> has_unicode_letters("Việt"), has_unicode_letters("ViÖt")
    (True, False)
    """
    return _UNICODE_ONLY.search(text) is not None


def _canonical(encoding: str) -> str:
    name = encoding.lower().replace("_", "-")
    return _ALIASES.get(name, name)


def _unknown(name: str) -> UsageError:
    known = ", ".join(("utf-8", "utf-16", *LEGACY, *ON_REQUEST))
    return UsageError("unknown-encoding", encoding=name, known=known)


def _decode_named(data: bytes, name: str) -> Decoded:
    if name not in (*LEGACY, *ON_REQUEST):
        return _decode_unicode(data, name)
    try:
        # Old letters that were saved as UTF-8; as bytes they are never valid UTF-8.
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return Decoded(text=decode_run(text, name), encoding=name)


def _decode_unicode(data: bytes, name: str, *notes: Note) -> Decoded:
    """By one codec, the unreadable replaced and counted."""
    try:
        return Decoded(text=data.decode(name), encoding=name, notes=notes)
    except LookupError as error:
        raise _unknown(name) from error
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
    # U+FFFD that already stood in the file is a character like any other.
    replaced = text.count("\ufffd") - data.decode(name, "ignore").count("\ufffd")
    intact = len(text) - len(text.encode("ascii", "ignore")) - replaced
    return Decoded(
        text=text,
        encoding=name,
        confidence=round(max(0.0, 1 - replaced / max(1, intact)), 3),
        replaced=replaced,
        notes=(*notes, Note.INVALID_BYTES),
    )


def _decode_marked(data: bytes, mark: bytes, name: str, allow: Collection[str]) -> Decoded:
    """A file that says what it is; the letters of a UTF-8 file may still be old ones."""
    if name != "utf-8":
        return _decode_unicode(data[len(mark) :], name, Note.BYTE_ORDER_MARK)
    plain = _decode_unicode(data, name, Note.BYTE_ORDER_MARK)
    if plain.replaced:
        return plain
    found = _decode_text(plain.text, allow)
    return replace(found, notes=(Note.BYTE_ORDER_MARK, *found.notes))


def _decode_text(text: str, allow: Collection[str]) -> Decoded:
    """Valid UTF-8: as it is, unless an old encoding makes much more of its letters."""
    sample = _sample(text)
    as_is = _read_sample(sample, "ascii" if text.isascii() else "utf-8")
    plain = Decoded(text=text, encoding=as_is.encoding, notes=_doubts(as_is))
    mixed = _UNICODE_ONLY.search(sample) is not None
    if mixed and as_is.share >= _CLEAN:
        return plain
    suspect = "\n".join(line for line in sample.split("\n") if not _UNICODE_ONLY.search(line))
    readings = _rank(suspect, allow, ascii_only=text.isascii())
    best = readings[0] if readings else as_is
    fewest = _FEWEST_DOUBTFUL if mixed else _FEWEST
    if best.valid < fewest or best.share < _CLEAN or not best.beats(_read_sample(suspect, "")):
        return plain
    confidence = _confidence(readings)
    notes: tuple[Note, ...] = () if text.isascii() else (Note.MOJIBAKE,)
    decode_all: Callable[[str, str], str] = decode_run
    if _UNICODE_ONLY.search(text):
        decode_all, notes = _decode_lines, (Note.MOJIBAKE, Note.MIXED)
    decoded = decode_all(text, best.encoding)
    return Decoded(text=decoded, encoding=best.encoding, confidence=confidence, notes=notes)


def _decode_lines(text: str, name: str) -> str:
    """Line by line what reads better so: old letters pasted between lines that are Unicode."""
    return "\n".join(_decode_line(line, name) for line in text.split("\n"))


def _decode_line(line: str, name: str) -> str:
    if line.isascii() or _UNICODE_ONLY.search(line):
        return line
    decoded = decode_run(line, name)
    return decoded if _read_sample(decoded, name).beats(_read_sample(line, "")) else line


def _decode_bytes(data: bytes, allow: Collection[str]) -> Decoded:
    """Not UTF-8: an old encoding if it makes more syllables, else UTF-8 with holes."""
    sample = _sample(data)
    holed = _read_sample(sample.decode("utf-8", "replace"), "utf-8")
    readings = _rank(sample.decode("latin-1"), allow, ascii_only=False)
    if not readings or readings[0].score <= max(0, holed.score):
        return _decode_unicode(data, "utf-8", *_doubts(holed))
    best = readings[0]
    return Decoded(
        text=decode_run(data.decode("latin-1"), best.encoding),
        encoding=best.encoding,
        confidence=_confidence(readings),
        notes=_doubts(best),
    )


def _utf16_by_zeros(data: bytes) -> str | None:
    """Half of UTF-16 text is the zeros above ASCII; which half tells the byte order."""
    first, second = data[:_STRETCH:2], data[1:_STRETCH:2]
    for high, low, name in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        zeros = high.count(0)
        if zeros * 5 > len(high) and low.count(0) * 10 < zeros:
            return name
    return None


def _sample(whole: AnyStr) -> AnyStr:
    """Stretches that are not ASCII, from everywhere in the text; short texts as a whole."""
    if len(whole) <= _STRETCHES * _STRETCH:
        return whole
    starts = range(0, len(whole), _STRETCH)
    telling = [at for at in starts if not whole[at : at + _STRETCH].isascii()]
    chosen = telling[:: -(-len(telling) // _STRETCHES) or 1]
    return whole[:0].join(whole[at : at + _STRETCH] for at in chosen)


def _rank(sample: str, allow: Collection[str], *, ascii_only: bool) -> list[_Reading]:
    """The sample read in every allowed encoding, the best first; a tie goes to the commoner."""
    readings = [
        _read_sample(decode_run(sample, name), name)
        for name in (*LEGACY, *ON_REQUEST)
        if name in allow and (name == "viqr") == ascii_only
    ]
    return sorted(readings, key=lambda reading: reading.rank, reverse=True)


def _read_sample(sample: str, encoding: str) -> _Reading:
    valid = invalid = frequent = 0
    for token, times in Counter(_TOKEN.findall(sample)).items():
        word = token.strip(_SIGNS)
        if not is_accented(word) or not any(map(str.isalpha, word)):
            continue
        if is_syllable(word):
            valid += times
            frequent += times * is_frequent(word)
        else:
            invalid += times
    return _Reading(encoding=encoding, valid=valid, invalid=invalid, frequent=frequent)


def _confidence(readings: list[_Reading]) -> float:
    """How clean the best reading is, and how far ahead of the next."""
    best, *others = readings
    next_score = max((reading.score for reading in others), default=0)
    return round(best.share * (1 - max(0, next_score) / best.score), 3)


def _doubts(reading: _Reading) -> tuple[Note, ...]:
    few = reading.share < _CLEAN and reading.valid + reading.invalid >= _FEWEST_DOUBTFUL
    return (Note.FEW_SYLLABLES,) if few else ()


@cache
def _decoder(name: str) -> Callable[[str], str]:
    if name == "windows-1258":
        return _windows_1258
    if name not in (*LEGACY, *ON_REQUEST):
        raise _unknown(name)
    with data_path("encodings", f"{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    return _viqr_decoder(data) if name == "viqr" else _letter_decoder(data["letters"])


def _letter_decoder(letters: Mapping[str, str]) -> Callable[[str], str]:
    """A decoder from the table letter = its place in Latin-1, of one or two characters."""
    singles = _with_windows({seen: letter for letter, seen in letters.items() if len(seen) == 1})
    pairs = {seen: letter for letter, seen in letters.items() if len(seen) == 2}
    if not pairs:
        return lambda text: text.translate(singles)
    # VNI: a mark is found in capitals after a small letter, and the other way round.
    pairs |= {seen[0] + seen[1].swapcase(): letter for seen, letter in pairs.items()}
    bases, marks = ("".join(sorted(set(part))) for part in zip(*pairs, strict=True))
    seen = re.compile(f"[{bases}][{marks}]|[{''.join(map(chr, singles))}]")

    def letter_of(match: re.Match[str]) -> str:
        return pairs.get(match.group()) or match.group().translate(singles)

    return lambda text: seen.sub(letter_of, text)


def _with_windows(letters: Mapping[str, str]) -> dict[int, str]:
    """The table by code, with 80 to 9F as windows-1252 has them: quotes, dashes, or a letter."""
    table = {ord(seen): letter for seen, letter in letters.items()}
    for code in range(0x80, 0xA0):
        sign = bytes([code]).decode("cp1252", "ignore")
        if code in table:
            table.update({ord(char): table[code] for char in sign})
        elif sign:
            table[code] = sign
    return table


def _windows_1258(text: str) -> str:
    return normalize("NFC", text.translate(_windows_1258_table()))


@cache
def _windows_1258_table() -> dict[int, str]:
    codes = range(0x80, 0x100)
    return _with_windows(
        {chr(code): char for code in codes if (char := bytes([code]).decode("cp1258", "ignore"))}
    )


def _viqr_decoder(data: Mapping[str, Any]) -> Callable[[str], str]:
    """A decoder for marks typed after the letter, by the signs of the table."""
    shapes, tones = data["shapes"], data["tones"]
    signs = re.compile(
        f"{re.escape(data['escape'])}(?P<plain>.)"
        f"|(?P<stroke>[dD]){data['stroke']}"
        f"|(?P<letter>[aeiouyAEIOUY])(?P<shape>[{re.escape(''.join(shapes))}]?)"
        f"(?P<tone>[{re.escape(''.join(tones))}]?)",
        re.IGNORECASE,
    )

    def spell(match: re.Match[str]) -> str:
        plain, stroke, letter, shape, tone = match.groups()
        if plain:
            return str(plain)
        if stroke:
            return "Đ" if stroke == "D" else "đ"
        if shape and letter.lower() not in SHAPES[shapes[shape]]:
            return str(match.group())  # a sign that this letter does not take is a sign: i(
        return normalize("NFC", letter + shapes.get(shape, "") + tones.get(tone, ""))

    return lambda text: signs.sub(spell, text)
