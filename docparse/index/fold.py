"""Words as the index compares them: text in, words with their places out.

The index, the query and the highlighter all use this and nothing else, so that what is found
is also what is marked. A word has an exact form (case and the placement of its tone do not
count) and a folded one (no marks at all, đ is d).

>>> [(word.exact, word.folded) for word in find_words("Toà án, 899/KH-SCT")]
[('toà', 'toa'), ('án', 'an'), ('899', '899'), ('kh', 'kh'), ('sct', 'sct')]
>>> fold("Hoà Bình, thuỷ sản") == fold("HÒA BÌNH (thủy sản)")
True
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

# A letter or digit with the marks that may follow it where the text is not composed.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_QUOTED = re.compile(r'["“”]([^"“”]*)["“”]')
_MARK, _PLAIN = re.compile("[\u0300-\u036f]"), re.compile(r"[^\W_]+")  # the same where none is
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")
_LONGEST = 64  # characters of a word that count; longer ones are no words of any language


class Word(NamedTuple):
    """One word of a text, and where it stands."""

    exact: str
    folded: str
    start: int
    end: int


def find_words(text: str) -> Iterator[Word]:
    """The words of a text, in order."""
    for found in _WORD.finditer(text):
        exact, folded = forms(found[0])
        yield Word(exact, folded, found.start(), found.end())


def find_phrase(text: str, phrase: Sequence[str], *, exact: bool = False) -> tuple[int, int] | None:
    """Where words first stand side by side.

    >>> find_phrase("Sở Công Thương tỉnh", ["cong", "thuong"])
    (3, 14)
    """
    said = both_forms(text)[0 if exact else 1]
    found = f" {said} ".find(f" {' '.join(phrase)} ")
    if found < 0:
        return None
    first = said.count(" ", 0, found)
    words = list(islice(_WORD.finditer(text), first, first + len(phrase)))
    return words[0].start(), words[-1].end()


def has_words(text: str, start: int = 0, end: int = sys.maxsize) -> bool:
    """Whether a word stands in a part of a text."""
    return _WORD.search(text, start, end) is not None


def fold(text: str) -> str:
    """The folded words of a text with one space between them.

    >>> fold("Nghị định số 30/2020/NĐ-CP")
    'nghi dinh so 30 2020 nd cp'
    """
    return " ".join(forms(word)[1] for word in _WORD.findall(text))


def both_forms(text: str) -> tuple[str, str]:
    """The exact words and the folded words of a text, each with one space between them."""
    pairs = list(map(forms, (_WORD if _MARK.search(text) else _PLAIN).findall(text)))
    return " ".join([exact for exact, _ in pairs]), " ".join([folded for _, folded in pairs])


@lru_cache(maxsize=65536)
def forms(word: str) -> tuple[str, str]:
    """The exact and the folded form of one word.

    In the exact form the tone stands on the last vowel, wherever it was written: "hòa" and
    "hoà" are one word, "hoá" is another.

    >>> forms("hòa") == forms("HOÀ"), forms("hòa") == forms("hóa")
    (True, False)
    """
    letters = unicodedata.normalize("NFKD", word.casefold()[:_LONGEST]).replace("ð", "đ")
    shaped = unicodedata.normalize("NFC", "".join(one for one in letters if one not in _TONES))
    tone = next((one for one in letters if one in _TONES), "")
    exact = unicodedata.normalize("NFC", _toned(shaped, tone))
    folded = "".join(one for one in letters if not unicodedata.combining(one))
    return _solid(exact) or word, _solid(folded.replace("đ", "d")) or word


def _toned(word: str, tone: str) -> str:
    """The word with its tone on the last vowel; a word without vowels has none."""
    for place in range(len(word) if tone else 0, 0, -1):
        if word[place - 1] in _VOWELS:
            return word[:place] + tone + word[place:]
    return word


def _solid(word: str) -> str:
    """Only letters and digits: what is left must be one word for every database."""
    return word if word.isalnum() else "".join(one for one in word if one.isalnum())


def marked(query: str) -> bool:
    """Whether somebody typed marks, so that words with other marks are not meant.

    >>> marked("năm 2023"), marked("nam 2023")
    (True, False)
    """
    return any(word.exact != word.folded for word in find_words(query))


def split_quoted(query: str) -> list[str]:
    """A query cut at its quotation marks: every second piece stood in them.

    >>> split_quoted('kế hoạch “cải cách” 2023')
    ['kế hoạch ', 'cải cách', ' 2023']
    """
    return _QUOTED.split(query)


def find_runs(
    text: str, wanted: Iterable[str], *, exact: bool = False
) -> Iterator[tuple[int, int]]:
    """The places of wanted words, neighbours joined to one run: what a highlighter marks.

    >>> [*find_runs("Sở Công Thương tỉnh", ["cong", "thuong"])]
    [(3, 14)]
    """
    words = frozenset(wanted)
    run: tuple[int, int] | None = None
    for word in find_words(text):
        if (word.exact if exact else word.folded) in words:
            run = (run[0] if run else word.start, word.end)
        elif run:
            yield run
            run = None
    if run:
        yield run
