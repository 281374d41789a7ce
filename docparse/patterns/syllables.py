"""The Vietnamese syllable: is a word one, and where should a stray mark stand?

In comes one word (or, for ``valid_share``, a text); out comes yes or no, the mended word, or a
number. The letters, rhymes and tones are data: ``patterns/syllables.toml``.

A word is mended only by moving the marks that it already carries, and only when exactly one
place makes a syllable; no tone and no letter is ever invented or lost.

>>> is_syllable("hòa"), is_syllable("hoà"), is_syllable("đươc")
(True, True, False)
>>> fix_syllable("điêṇ"), fix_syllable("Qúy"), fix_syllable("đươc")
('điện', 'Quý', None)
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any
from unicodedata import normalize

from docparse.patterns.data import data_path

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# What each mark of shape may stand on; a tone may stand on any vowel.
SHAPES = {"\u0302": "aeo", "\u0306": "a", "\u031b": "ou"}

# \w leaves combining marks out, so the ranges are spelt.
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
WORD = re.compile(f"[{_LETTER}][{_LETTER}\u0300-\u036f]*")

_VOWELS = "aeiouy"
_MARKS = re.compile("[\u0300-\u036f]")
_WITHOUT_STROKE = str.maketrans("đĐ", "dD")
# nghiêng has seven letters, the worst damage some marks on each; longer is no syllable.
_LONGEST = 24
_NOWHERE = -1

_NEW_PLACEMENT = re.compile(
    f"(?<![qQ])(?:([oO])([àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ])|([uU])([ỳýỷỹỵỲÝỶỸỴ]))(?![{_LETTER}\u0300-\u036f])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyllableCount:
    """How many words carry an accented letter, and how many of those are syllables."""

    accented: int
    valid: int


def is_syllable(word: str) -> bool:
    """Whether the word, in any case and normal form, is one Vietnamese syllable."""
    return normalize("NFC", word).lower() in syllables()


def fix_syllable(word: str) -> str | None:
    """The word with its marks where they belong, or None if it is right or cannot be decided."""
    if word.isascii() or is_syllable(word):
        return None
    return place_marks(word)


def place_marks(word: str) -> str | None:
    """The one syllable that the letters and marks of the word can spell, in its own case.

    Also for a word that is a syllable already, which ``fix_syllable`` leaves alone.

    >>> place_marks("Nghi" + chr(0x323))
    'Nghị'
    """
    return _place_marks(word) if len(word) <= _LONGEST else None


@lru_cache(maxsize=65_536)
def _place_marks(word: str) -> str | None:
    letters = _split_letters(normalize("NFD", word))
    tones = {mark for _, marks in letters for mark in marks if mark in TONES}
    if len(tones) > 1:
        return None
    found = {
        spelled: at_home
        for spelled, at_home in _placements(letters, next(iter(tones), ""))
        if spelled.lower() in syllables()
    }
    if len(found) > 1:
        # hòa and hoà are one syllable; a mark that stands on one of the two vowels decides.
        found = {spelled: True for spelled, at_home in found.items() if at_home}
    return next(iter(found)) if len(found) == 1 else None


def looks_damaged(word: str) -> bool:
    """Whether the word is built like one syllable but is none, whatever it has lost.

    Codes (QĐ, TMĐT) and joined or foreign words (ôtô, café) are not built like one.

    >>> [word for word in ("đươc", "ngưòi", "được", "QĐ", "ôtô", "café") if looks_damaged(word)]
    ['đươc', 'ngưòi']
    """
    if len(word) > _LONGEST or not is_accented(word) or is_syllable(word):
        return False
    letters = "".join(letter for letter, _ in _split_letters(normalize("NFD", word)))
    return _skeleton().fullmatch(letters.lower()) is not None


def is_accented(word: str) -> bool:
    """Whether a letter carries a mark; the stroke of đ is none, for codes have it too (NĐ-CP)."""
    return not word.translate(_WITHOUT_STROKE).isascii()


def is_frequent(word: str) -> bool:
    """Whether reports use this accented syllable all the time, which many a valid one is not.

    >>> is_frequent("Hoà"), is_frequent("húa")
    (True, False)
    """
    return fold(word).lower() in _frequent()


def count_syllables(text: str) -> SyllableCount:
    """Count the words with an accented letter and the syllables among them.

    >>> count_syllables("Thực hiêṇ TTHC theo QĐ")
    SyllableCount(accented=2, valid=1)
    """
    accented = [word for word in WORD.findall(text) if is_accented(word)]
    return SyllableCount(accented=len(accented), valid=sum(map(is_syllable, accented)))


def valid_share(text: str) -> float:
    """The share of words with an accented letter that are syllables; 1.0 if there is no such word.

    >>> valid_share("Thực hiêṇ TTHC theo QĐ")
    0.5
    """
    count = count_syllables(text)
    return count.valid / count.accented if count.accented else 1.0


def fold(text: str) -> str:
    """The text in NFC with the old placement of tones, so that hoà and hòa compare equal.

    >>> fold("Hoà Bình, thuỷ sản, quý, hoàn")
    'Hòa Bình, thủy sản, quý, hoàn'
    """
    composed = normalize("NFC", text)
    return composed if composed.isascii() else _NEW_PLACEMENT.sub(_to_old_placement, composed)


def strip_marks(text: str) -> str:
    """The text without tones, hats, horns and strokes.

    >>> strip_marks("Đề nghị Ủy ban")
    'De nghi Uy ban'
    """
    if text.isascii():
        return text
    bare = _MARKS.sub("", normalize("NFD", text))
    return normalize("NFC", bare).translate(_WITHOUT_STROKE)


def _to_old_placement(match: re.Match[str]) -> str:
    first, second = (part for part in match.groups() if part)
    decomposed = normalize("NFD", second)
    return normalize("NFC", first + decomposed[1:]) + decomposed[0]


def _split_letters(decomposed: str) -> list[tuple[str, str]]:
    """Each letter with its marks; nothing where something is no Vietnamese letter or mark."""
    letters: list[tuple[str, str]] = []
    for char in decomposed:
        if (char in TONES or char in SHAPES) and letters:
            letters[-1] = (letters[-1][0], letters[-1][1] + char)
        elif char.isalpha() and (char.isascii() or char in "đĐ"):
            letters.append((char, ""))
        else:
            return []
    return letters


def _placements(letters: list[tuple[str, str]], tone: str) -> Iterator[tuple[str, bool]]:
    """Every spelling with the loose marks placed, and whether the tone stood there before."""
    shaped, loose = _keep_shapes(letters)
    if len(loose) > 1 or not (loose or tone):
        return
    vowels = [at for at, (letter, _) in enumerate(letters) if letter.lower() in _VOWELS]
    homes = [at for at in vowels if _takes(shaped[at], loose)] if loose else [_NOWHERE]
    for home, toned in product(homes, vowels if tone else [_NOWHERE]):
        parts = (
            part + (loose if at == home else "") + (tone if at == toned else "")
            for at, part in enumerate(shaped)
        )
        yield normalize("NFC", "".join(parts)), tone in letters[toned][1]


def _keep_shapes(letters: list[tuple[str, str]]) -> tuple[list[str], str]:
    """The letters with the shapes that stand right, and the shapes that stand on a wrong letter."""
    shaped, loose = [], ""
    for letter, marks in letters:
        part = letter
        for mark in marks:
            if mark in TONES:
                continue
            if _takes(part, mark):
                part += mark
            else:
                loose += mark
        shaped.append(part)
    return shaped, loose


def _takes(letter: str, shape: str) -> bool:
    """Whether this letter, which carries no shape yet, may carry this one."""
    return len(letter) == 1 and letter.lower() in SHAPES[shape]


@cache
def _data() -> dict[str, Any]:
    with data_path("syllables.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def syllables() -> frozenset[str]:
    """Every syllable in lower case and NFC: some 16 000, built on first use in 10 ms."""
    data = _data()
    spelled = {word for words in data["exceptions"].values() for word in words}
    toned = {
        rhyme: list(_tone_rhyme(rhyme)) for rhymes in data["rhymes"].values() for rhyme in rhymes
    }
    for group in data["onset"]:
        rhymes = [rhyme for name in group["rhymes"] for rhyme in data["rhymes"][name]]
        for onset, rhyme in product(group["onsets"], rhymes):
            spelled.update(onset + form for form in toned[rhyme])
    return frozenset(spelled)


@cache
def _frequent() -> frozenset[str]:
    return frozenset(_data()["frequent"]["syllables"])


@cache
def _skeleton() -> re.Pattern[str]:
    """Onset, vowels and coda without any mark, in whatever combination."""
    data = _data()
    onsets = {onset for group in data["onset"] for onset in group["onsets"]}
    codas = data["rules"]["codas"]
    return re.compile(f"(?:{'|'.join(onsets)})[{_VOWELS}]{{1,4}}(?:{'|'.join(codas)})?")


def _tone_rhyme(rhyme: str) -> Iterator[str]:
    """The rhyme with each tone it takes, twice where both placements are in use."""
    rules, tones = _data()["rules"], _data()["tones"]
    stopped = rhyme.endswith(tuple(rules["stops"]))
    places = {_tone_vowel(rhyme), 0} if rhyme in rules["two_placements"] else {_tone_vowel(rhyme)}
    for name, at in product(rules["stop_tones"] if stopped else tones, places):
        yield normalize("NFC", rhyme[: at + 1] + tones[name] + rhyme[at + 1 :])


def _tone_vowel(rhyme: str) -> int:
    """Where the tone stands: tiếng, muốn, được (marked vowel, the last), toán, ngoài, múa."""
    marked = [at for at, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    vowels = len(rhyme) - len(rhyme.lstrip(_VOWELS))
    if vowels < len(rhyme):
        return vowels - 1
    return 1 if vowels == 3 or rhyme in ("oa", "oe", "uy") else 0
