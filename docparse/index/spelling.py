"""Words that were misspelt: a word in, those of the index that are one slip away out.

Two words one slip apart (a letter left out, added, changed, or two swapped) share a form with one
letter left out. The index keeps these forms of its own words, so that a misspelt one is looked
up instead of being compared with all.

>>> sorted(deletions("nghi"))
['ghi', 'ngh', 'ngi', 'nhi']
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from docparse.index import schema

_SHORTEST, _LONGEST = 2, 24  # letters; nothing longer is a word that somebody mistypes
_GUESSED = 3  # letters of a word that is guessed at
_DIGITS = "0123456789"
_SIGNS = _DIGITS + "abcdefghijklmnopqrstuvwxyzđ"  # that a running number may end with
MOST = 6  # words that are tried in the place of one


def is_word(word: str) -> bool:
    """Whether a folded word belongs to the vocabulary: numbers are not guessed at."""
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha()


def deletions(word: str) -> set[str]:
    """The word with each one of its letters left out."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


class NewWords(NamedTuple):
    """Rows of words that the index does not have yet."""

    words: list[tuple[str]]
    deletions: list[tuple[str, str]]


class Vocabulary:
    """The words that the database is known to have."""

    def __init__(self) -> None:
        self._known: set[str] | None = None
        self._new: set[str] = set()

    def new(self, connection: Connection, words: Iterable[str]) -> NewWords:
        """The rows of those words that are new."""
        if self._known is None:
            self._known = {word for (word,) in connection.execute(select(schema.words.c.word))}
        self._new = {word for word in words if is_word(word)} - self._known
        return NewWords(
            [(word,) for word in sorted(self._new)],
            [(form, word) for word in sorted(self._new) for form in sorted(deletions(word))],
        )

    def keep(self) -> None:
        """The transaction has been written."""
        if self._known is not None:
            self._known |= self._new


def neighbours(connection: Connection, asked: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each word those of the index that are one slip away; numbers have none."""
    from rapidfuzz.distance import OSA

    forms, words = schema.deletions, schema.words
    shared = {word: {word, *deletions(word)} - {""} for word in asked if word.isalpha()}
    wanted = sorted({form for some in shared.values() for form in some if len(form) <= _LONGEST})
    by_form = select(forms.c.form, forms.c.word).where(forms.c.form.in_(wanted))
    whole = select(words.c.word, words.c.word).where(words.c.word.in_(wanted))
    found: dict[str, set[str]] = {}
    for form, word in (row for query in (by_form, whole) for row in connection.execute(query)):
        found.setdefault(form, set()).add(word)
    near: dict[str, tuple[str, ...]] = dict.fromkeys(asked, ())
    for word, some in shared.items():
        # The vocabulary has no words of one letter; a text may have them.
        letters = {form for form in some if len(form) == 1}
        both = letters.union(*(found.get(form, ()) for form in some)) - {word}
        near[word] = tuple(sorted(one for one in both if OSA.distance(word, one) == 1))
    return near


def near_serials(serial: str) -> set[str]:
    """Running numbers that are one slip away; a letter only stands behind the digits.

    >>> {"12", "1234", "132", "173", "123a"} <= near_serials("123")
    True
    """
    near = deletions(serial)
    for at in range(len(serial) + 1):
        before, behind = serial[:at], serial[at:]
        signs = _SIGNS if len(behind) <= 1 else _DIGITS
        near.update(before + sign + behind for sign in signs)
        near.update(before + sign + behind[1:] for sign in signs)
        near.add(before + behind[1:2] + behind[:1] + behind[2:])
    return near - {serial, ""}


def unknown_words(connection: Connection, asked: Iterable[str]) -> set[str]:
    """Words that stand nowhere in the index; of numbers and single letters it keeps no list."""
    wanted = sorted(filter(is_word, asked))
    here = select(schema.words.c.word).where(schema.words.c.word.in_(wanted))
    return set(wanted).difference(connection.scalars(here))


def near_words(connection: Connection, word: str, *, known: bool = True) -> tuple[str, ...]:
    """The words of the index nearest to one; to one that it has only if ``known``."""
    words = schema.words
    if not is_word(word) or len(word) < _GUESSED:
        return ()
    here = select(words.c.word).where(words.c.word == word)
    if not known and connection.execute(here).first() is not None:
        return ()
    return neighbours(connection, [word])[word][:MOST]
