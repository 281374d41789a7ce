"""Mentions of one paper brought together.

In go the citations of a text, out come its documents. Mentions that say less (a
number without its year, "QĐ 20", a law without its year) join the one document
that they can mean; where two or none would do, they stay apart.

>>> group(())
()
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from docparse.extract.citations.words import fold_name
from docparse.models import Citation, Document, Key, read_key

Value = TypeVar("Value")
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")


def unify(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """The citations with the key of the paper that they mean; the trace says on what evidence."""
    keys = {one.key: read_key(one.key) for one in citations if one.key}
    joined = _joined(keys, citations)
    return tuple(_with_key(one, joined) for one in citations)


def _with_key(one: Citation, joined: dict[str, tuple[str, str]]) -> Citation:
    if one.key is None or one.key not in joined:
        return one
    key, why = joined[one.key]
    return replace(one, key=key, trace=(*one.trace, ("key", why), ("key-as-written", one.key)))


def group(citations: Sequence[Citation]) -> tuple[Document, ...]:
    """The documents that unified citations name, in the order of their first mention."""
    members: dict[str, list[int]] = {}
    for index, one in enumerate(citations):
        if one.key:
            members.setdefault(one.key, []).append(index)
    return tuple(_document(key, indexes, citations) for key, indexes in members.items())


def _document(key: str, indexes: Sequence[int], citations: Sequence[Citation]) -> Document:
    own = [citations[index] for index in indexes]
    if len(own) == 1:  # most of them
        return _named_once(key, indexes[0], own[0])
    return Document(
        key=key,
        mentions=tuple(indexes),
        types=_distinct(one.type for one in own),
        numbers=_distinct(one.number for one in own),
        dates=_distinct(one.date for one in own),
        issuers=_distinct(one.issuer for one in own),
        titles=_distinct(one.title for one in own),
        merged=_distinct(_evidence(one) for one in own),
    )


def _named_once(key: str, index: int, one: Citation) -> Document:
    evidence = _evidence(one)
    return Document(
        key=key,
        mentions=(index,),
        types=(one.type,) if one.type else (),
        numbers=(one.number,) if one.number else (),
        dates=(one.date,) if one.date else (),
        issuers=(one.issuer,) if one.issuer else (),
        titles=(one.title,) if one.title else (),
        merged=(evidence,) if evidence else (),
    )


def _evidence(one: Citation) -> tuple[str, str] | None:
    if not one.trace or one.trace[-1][0] != "key-as-written":
        return None
    return one.trace[-1][1], one.trace[-2][1]


def _distinct(values: Iterable[Value | None]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _joined(keys: dict[str, Key], citations: Sequence[Citation]) -> dict[str, tuple[str, str]]:
    """Which key joins which, and on what evidence."""
    joined: dict[str, tuple[str, str]] = {}
    whole = [(text, key) for text, key in keys.items() if key.family != "bare"]
    by_number: dict[tuple[str, str], list[tuple[str, Key]]] = {}
    for text, key in whole:
        by_number.setdefault((key.family, key.number), []).append((text, key))
    for text, key in whole:
        others = [other for other in by_number[key.family, key.number] if _says_more(other[1], key)]
        if len({other.year for _, other in others}) == 1 and len(others) == 1:
            joined[text] = (others[0][0], "year")
    joined |= _laws_by_name(citations)
    by_serial = _by_serial(citations)
    for text, key in keys.items():
        if key.family == "bare":
            found = {joined.get(other, (other, ""))[0] for other in by_serial.get(key.number, ())}
            if len(found) == 1:
                joined[text] = (found.pop(), "serial")
    return joined


def _laws_by_name(citations: Sequence[Citation]) -> dict[str, tuple[str, str]]:
    """A law named without its number joins the one of that name whose number is said."""
    numbered: dict[str, set[str]] = {}
    for one in citations:
        if one.key and one.title and one.number and one.type in _LAWS:
            numbered.setdefault(fold_name(f"{one.type} {one.title}"), set()).add(one.key)
    joined = {}
    for one in citations:
        if one.key is None or not one.key.startswith("law:"):
            continue
        key = read_key(one.key)
        keys = numbered.get(key.number, set())
        fitting = [text for text in keys if key.year in (None, read_key(text).year)]
        if len(fitting) == 1:
            joined[one.key] = (fitting[0], "name")
    return joined


def _says_more(other: Key, key: Key) -> bool:
    """Whether ``other`` has the year (or the place) that ``key`` lacks, and nothing against it."""
    if key.year is None and other.year is not None:
        return key.place in (None, other.place)
    return key.year == other.year and key.place is None and other.place is not None


def _by_serial(citations: Sequence[Citation]) -> dict[str, set[str]]:
    """The whole keys that a bare "Quyết định 20" may mean."""
    found: dict[str, set[str]] = {}
    for one in citations:
        if one.key and one.serial and one.type and not one.key.startswith("bare:"):
            serial = one.serial.lstrip("0") or "0"
            found.setdefault(f"{one.type} {serial}", set()).add(one.key)
    return found
