"""What was meant by words with a slip: words in, the phrases of the index that are nearest out.

Every reading changes one word, joins two or parts one, and keeps the others: only readings whose
words the index has side by side are guesses. So "hanh chin" becomes "hanh chinh" although "chin"
is a word too, and nothing is guessed from a word that stands alone in no such company.

>>> [word in untyped(typed) for word, typed in {"duong": "dduwowngf", "viec": "viejec"}.items()]
[True, True]
>>> untyped("ca1ch")
{'cach'}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

from sqlalchemy import Connection

from docparse.index.fulltext import FullText, Kind, Term
from docparse.index.spelling import neighbours, unknown_words

MOST = 8  # guesses that are worth a look
_WORDS = 60  # of a query that are looked at; nobody remembers more of a title
_LETTERS = 4  # of a query that is guessed at; fewer are near to everything
_COUNTED = 200  # how often a phrase stands matters up to here
_TRIED = 1_000  # readings that are looked up
_KEYS = re.compile("[sfrxjz]")  # what Telex types for tones
_DOUBLED = re.compile(r"([aeo])\1")  # and for â, ê, ô
# How much likelier a slip is than another letter at random, as a power of e.
_KEYS_LEFT, _BLANK, _SWAPPED, _TWICE, _BESIDE = 4.0, 3.0, 2.5, 2.5, 1.5
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEXT = {pair for row in _ROWS for pair in pairwise(row)}


class _Reading(NamedTuple):
    """Other words in the place of those from ``start`` to ``end``."""

    start: int
    end: int
    words: tuple[str, ...]
    likely: float


def guesses(
    connection: Connection, text: FullText, kind: Kind, words: Sequence[str]
) -> list[tuple[str, ...]]:
    """Phrases of the index that are one slip away, the likeliest first."""
    words = tuple(words[:_WORDS])
    if sum(map(len, words)) < _LETTERS:
        return []

    def stand(terms: tuple[Term, ...]) -> bool:
        return not terms or bool(text.counts(connection, kind, [terms], "folded", 1)[0])

    # A place is open where all words before it stand somewhere, and all behind it.
    size = len(words)
    before = _longest(lambda count: stand(_side(words[:count])), size)
    behind = _longest(lambda count: stand(_side(words[size - count :])), size)
    readings = [
        one
        for one in _readings(connection, words)
        if one.start <= before and size - one.end <= behind
    ]
    unknown = unknown_words(connection, {word for one in readings for word in one.words})
    readings = [one for one in readings if unknown.isdisjoint(one.words)]
    places = dict.fromkeys((one.start, one.end) for one in readings)
    open_places = {place for place in places if stand(_around(words, *place))}
    tried = [one for one in readings if (one.start, one.end) in open_places][:_TRIED]
    phrases = [(*words[: one.start], *one.words, *words[one.end :]) for one in tried]
    counts = text.counts(
        connection, kind, [(Term(words=phrase),) for phrase in phrases], "folded", _COUNTED
    )
    weighed: dict[tuple[str, ...], float] = {}
    for phrase, one, count in zip(phrases, tried, counts, strict=True):
        if count:
            weight = log(count) + one.likely
            weighed[phrase] = max(weight, weighed.get(phrase, weight))
    return sorted(weighed, key=lambda phrase: (-weighed[phrase], phrase))[:MOST]


def untyped(word: str) -> set[str]:
    """The words that somebody may have meant whose keys were not made into letters.

    >>> sorted(untyped("coong")), sorted(untyped("nam"))
    (['cong'], [])
    """
    plain = re.sub("[0-9]", "", word) if not word.isdigit() else word
    forms = {plain, *(plain[: at.start()] + plain[at.end() :] for at in _KEYS.finditer(plain, 1))}
    forms |= {_DOUBLED.sub(r"\1", form).replace("w", "").replace("dd", "d") for form in forms}
    return {form for form in forms if form and form.isalpha()} - {word}


def _longest(stand: Callable[[int], bool], most: int) -> int:
    """How many words stand side by side, counted from one end.

    >>> _longest(lambda count: count < 4, 9), _longest(lambda count: True, 2)
    (3, 2)
    """
    return next((count - 1 for count in range(1, most + 1) if not stand(count)), most)


def _side(words: tuple[str, ...]) -> tuple[Term, ...]:
    return (Term(words=words),)


def _around(words: tuple[str, ...], start: int, end: int) -> tuple[Term, ...]:
    """What stays as it is, before and behind the place that is read otherwise."""
    before, behind = words[:start], words[end:]
    if before and behind:
        return (Term(words=before, then=behind),)
    return tuple(Term(words=piece) for piece in (before, behind) if piece)


def _readings(connection: Connection, words: tuple[str, ...]) -> Iterator[_Reading]:
    near = neighbours(connection, words)
    for at, word in enumerate(words):
        for other in untyped(word):
            yield _Reading(at, at + 1, (other,), _KEYS_LEFT)
        for other in near[word]:
            yield _Reading(at, at + 1, (other,), _likely(word, other))
        for cut in range(1, len(word)):
            yield _Reading(at, at + 1, (word[:cut], word[cut:]), _BLANK)
    for at, (one, other) in enumerate(pairwise(words)):
        if not (one + other).isdigit():
            yield _Reading(at, at + 2, (one + other,), _BLANK)


def _likely(typed: str, meant: str) -> float:
    """How much likelier this slip is than another letter at random.

    >>> _likely("hcinh", "chinh") > _likely("chibh", "chinh") > _likely("chirh", "chinh")
    True
    """
    if len(typed) == len(meant):
        apart = [(one, other) for one, other in zip(typed, meant, strict=True) if one != other]
        if len(apart) > 1:
            return _SWAPPED
        return _BESIDE if _beside(*apart[0]) else 0.0
    if len(typed) > len(meant):
        return _TWICE if re.sub(r"(.)\1", r"\1", typed) == re.sub(r"(.)\1", r"\1", meant) else 0.5
    return 1.0


def _beside(one: str, other: str) -> bool:
    return (one, other) in _NEXT or (other, one) in _NEXT
