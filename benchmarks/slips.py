"""Ways to type a passage or a number otherwise than it is printed: words in, words out.

A way that does not apply to the words (no đ to fold, no tone that has two places) gives None.

>>> bare("Đường"), keys("đường")
('Duong', 'dduwowfng')
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_SHAPES = {"\u0302": None, "\u0306": "w", "\u031b": "w"}
_FIGURES = dict(zip("\u0301\u0300\u0309\u0303\u0323\u0302\u031b\u0306", "12345678", strict=True))
_WORD = re.compile(r"[^\W\d_]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    one: set(row[max(0, at - 1) : at + 2]) - {one} for row in _ROWS for at, one in enumerate(row)
}


def bare(words: str) -> str:
    """Without any mark, and d for đ."""
    plain = "".join(one for one in unicodedata.normalize("NFD", words) if not _mark(one))
    return plain.replace("đ", "d").replace("Đ", "D")


def _mark(one: str) -> bool:
    return bool(unicodedata.combining(one))


def _decomposed(words: str) -> str | None:
    made = unicodedata.normalize("NFD", words)
    return made if made != words else None


def _other_place(words: str) -> str | None:
    """Each tone on another vowel beside its own: "hòa" and "hoà", "của" and "cuả"."""
    composed = unicodedata.normalize("NFC", words)
    made = _WORD.sub(lambda one: _moved(one[0]), composed)
    return made if made != composed else None


def _moved(word: str) -> str:
    letters = [unicodedata.normalize("NFD", one) for one in word]
    vowels = [at for at, one in enumerate(letters) if one[0].lower() in "aeiouy"]
    toned = [at for at in vowels if set(letters[at]) & set(_TONES)]
    others = [at for at in vowels if toned and abs(at - toned[0]) == 1]
    if not others or word[:2].lower() in ("qu", "gi"):
        return word
    tone = next(one for one in letters[toned[0]] if one in _TONES)
    letters[toned[0]] = letters[toned[0]].replace(tone, "")
    letters[others[-1]] += tone
    return unicodedata.normalize("NFC", "".join(letters))


def _only_d(words: str) -> str | None:
    made = words.replace("đ", "d").replace("Đ", "D")
    return made if made != words else None


MARKS: dict[str, Callable[[str], str | None]] = {
    "as printed": lambda words: words,
    "without marks": bare,
    "decomposed": _decomposed,
    "tone on the other vowel": _other_place,
    "d for đ": _only_d,
    "capitals": lambda words: words.upper(),
}


def keys(word: str) -> str:
    """What is typed for a word in Telex, the tone right behind its vowel."""
    typed = []
    for one in word.lower():
        letter, *marks = unicodedata.normalize("NFD", one)
        typed.append("dd" if letter == "đ" else letter)
        for mark in marks:
            shape = _SHAPES.get(mark, "")
            typed.append(letter if shape is None else shape or _TONES.get(mark, ""))
    return "".join(typed)


def _word(slip: Callable[[str, Random], str]) -> Callable[[str, Random], str | None]:
    """One word of the passage, of two letters or more, with the slip; half without marks."""

    def slipped(words: str, random: Random) -> str | None:
        typed = unicodedata.normalize("NFC", words if random.random() < 0.5 else bare(words))
        found = [one for one in re.finditer(r"[^\W\d_]{2,}", typed)]
        if not found:
            return None
        one = random.choice(found)
        return typed[: one.start()] + slip(one[0], random) + typed[one.end() :]

    return slipped


def _vni(words: str, random: Random) -> str | None:
    """One word with the figures that VNI types for its marks."""
    typed = unicodedata.normalize("NFC", words)
    found = [one for one in re.finditer(r"[^\W\d_]{2,}", typed) if bare(one[0]) != one[0]]
    if not found:
        return None
    one = random.choice(found)
    decomposed = unicodedata.normalize("NFD", one[0].lower()).replace("đ", "d9")
    raw = "".join(_FIGURES.get(letter, letter) for letter in decomposed)
    return typed[: one.start()] + raw + typed[one.end() :]


def _missing(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def _swapped(word: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _wrong(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    other = random.choice(sorted(_BESIDE.get(bare(word[at]).lower(), {"e"})))
    return word[:at] + other + word[at + 1 :]


def _telex(words: str, random: Random) -> str | None:
    """One word stays as its keys were typed."""
    typed = unicodedata.normalize("NFC", words)
    found = [one for one in re.finditer(r"[^\W\d_]{2,}", typed) if keys(one[0]) != one[0].lower()]
    if not found:
        return None
    one = random.choice(found)
    raw = keys(one[0])
    tone = re.search("[sfrxj](?=.)", raw[1:]) if random.random() < 0.5 else None
    if tone and any(mark in _TONES for mark in unicodedata.normalize("NFD", one[0])):
        at = tone.start() + 1  # the tone typed at the end of the word
        raw = raw[:at] + raw[at + 1 :] + raw[at]
    return typed[: one.start()] + raw + typed[one.end() :]


def _no_blank(words: str, random: Random) -> str | None:
    typed = words if random.random() < 0.5 else bare(words)
    blanks = [one.start() for one in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", typed)]
    if not blanks:
        return None
    at = random.choice(blanks)
    return typed[:at] + typed[at + 1 :]


def _one_blank_more(words: str, random: Random) -> str | None:
    typed = words if random.random() < 0.5 else bare(words)
    places = [one.start() + 1 for one in re.finditer(r"[^\W\d_](?=[^\W\d_])", typed)]
    at = random.choice(places)
    return f"{typed[:at]} {typed[at:]}"


SLIPS: dict[str, Callable[[str, Random], str | None]] = {
    "missing letter": _word(_missing),
    "doubled letter": _word(_doubled),
    "swapped letters": _word(_swapped),
    "wrong letter": _word(_wrong),
    "raw telex": _telex,
    "raw VNI": _vni,
    "missing blank": _no_blank,
    "one blank more": _one_blank_more,
}


def _first_part(number: str) -> str | None:
    """The serial and the first letters: "899/KH" of "899/KH-SCT"."""
    made = re.match(r"\d+(?:/\d{4})?[/-][^\W\d_]+(?=-)", number)
    return made[0] if made else None


NUMBERS: dict[str, Callable[[str], str | None]] = {
    "as printed": lambda number: number,
    "small letters, blanks": lambda number: re.sub(r"\W+", " ", bare(number)).lower(),
    "small letters": lambda number: number.lower(),
    "no blank at all": lambda number: re.sub(r"(?<=\D)\W+(?=\D)", "", bare(number)).lower(),
    "other strokes": lambda number: number.replace("-", "/"),
    "with dots": lambda number: re.sub(r"\W+", ".", number),
    "blanks around strokes": lambda number: re.sub(r"([/-])", r" \1 ", number),
    "a zero before": lambda number: f"0{number}" if re.match(r"\d+/\D", number) else None,
    "“số” before": lambda number: f"số {number}",
    "only the first part": _first_part,
}
