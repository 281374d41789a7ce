"""Who issued a document, however a question names him: words in, how well they fit out.

A body is known by its name, its other names, its code and its head; a document of one that was
merged is found under the name of the one that took over, and the other way, but only as possible.

>>> from docparse.index.keys import split_key
>>> from docparse.patterns import load
>>> by = split_key("legal:12/2020/TT-BGTVT@2020")
>>> issued(["giao", "thong", "tai", "bo"], by, load()), issued(["bo", "xay", "dung"], by, load())
('exact', 'possible')
>>> issued(["bo", "y", "te"], by, load()) is None
True
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from docparse.index.fold import fold
from docparse.index.keys import KeyParts
from docparse.index.numbers import EXACT, POSSIBLE
from docparse.patterns import Patterns
from docparse.patterns.tables import Issuer, Place

_Names = tuple[frozenset[str], ...]  # the words of each name of one body or place


def issued(words: Collection[str], parts: KeyParts, patterns: Patterns) -> str | None:
    """Whether words name the body or the place of a document; None where they name others."""
    bodies, places = _bodies(patterns), _places(patterns)
    by_code, by_name, heads = _looked_up(patterns)
    own = sorted({number for code in parts.codes.split() for number in by_code.get(code, ())})
    here = fold(parts.location or "")
    at = by_name.get(here, ()) if here else ()
    if _covered(words, _of(own, bodies, 0), (*_of(at, places, 0), frozenset(here.split())), heads):
        return EXACT
    if _covered(words, _of(own, bodies, 1), _of(at, places, 1), heads):
        return POSSIBLE
    return None


def _covered(
    words: Collection[str],
    names: Iterable[frozenset[str]],
    places: Iterable[frozenset[str]],
    heads: frozenset[str],
) -> bool:
    """Whether words say a name, a place, or a name and a place."""
    empty = frozenset[str]()
    places = [empty, *places]
    return any(
        set(words) <= (name | place | (heads if place or name else empty))
        for name in (empty, *names)
        for place in places
    )


def _of(rows: Iterable[int], names: tuple[tuple[_Names, _Names], ...], which: int) -> _Names:
    """The names of these, or with ``which`` also of those that took over or were taken over."""
    return tuple(name for row in rows for name in names[row][which])


@lru_cache(maxsize=4)
def _looked_up(
    patterns: Patterns,
) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]], frozenset[str]]:
    """Bodies by their codes, places by their names, and the words for kinds of places."""
    by_code: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for number, body in enumerate(patterns.issuers):
        for code in body.codes:
            by_code.setdefault(fold(code).replace(" ", ""), []).append(number)
    for number, place in enumerate(patterns.places):
        by_name.setdefault(fold(place.name), []).append(number)
    heads = frozenset(word for row in patterns.places for word in fold(row.kind).split())
    return by_code, by_name, heads


@lru_cache(maxsize=4)
def _bodies(patterns: Patterns) -> tuple[tuple[_Names, _Names], ...]:
    names = {
        row.id: _words([row.name, *row.written, *row.codes, *filter(None, [row.head])])
        for row in patterns.issuers
    }
    return _with_relatives(patterns.issuers, names)


@lru_cache(maxsize=4)
def _places(patterns: Patterns) -> tuple[tuple[_Names, _Names], ...]:
    names = {row.id: _words([row.name, *row.written]) for row in patterns.places}
    return _with_relatives(patterns.places, names)


def _words(names: Iterable[str]) -> _Names:
    return tuple(frozenset(fold(name).split()) for name in names)


def _with_relatives(
    rows: Iterable[Issuer | Place], names: Mapping[str, _Names]
) -> tuple[tuple[_Names, _Names], ...]:
    rows = list(rows)
    after = {row.id: set(row.successor) for row in rows}
    before = {row.id: {one.id for one in rows if row.id in one.successor} for row in rows}
    made = []
    for row in rows:
        related = _reached(row.id, after) | _reached(row.id, before)
        both = [*names[row.id], *(name for one in sorted(related) for name in names.get(one, ()))]
        made.append((names[row.id], tuple(both)))
    return tuple(made)


def _reached(start: str, steps: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    fresh = {start}
    while fresh:
        fresh = {other for one in fresh for other in steps.get(one, ())} - found
        found |= fresh
    return found - {start}
