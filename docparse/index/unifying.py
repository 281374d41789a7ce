"""Documents that were cited by less than their whole key: an index in, what they mean out.

A key without its place or year joins the one that says more only where exactly one can be meant,
and the reason is kept: the same day, the same title, or that there is no other. Where days and
titles say nothing or several could be meant, keys stay apart; a slip in a number never joins.

>>> one, other = (Named(key, "12", 2021, "kh sct", place) for key, place in
...               (("a", None), ("b", "Bình Lâm")))
>>> says_less(one, other), says_less(other, one)
(True, False)
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from docparse.index import schema
from docparse.index.fold import fold

DAY, TITLE, ONLY = "same-day", "same-title", "only-one"
_SAME_TITLE = 85.0  # likeness from which two titles are one
_AT_ONCE = 5_000  # documents that are asked for at once
_documents = schema.documents.c
_NAMED = (
    select(
        _documents.id, _documents.family, _documents.key, _documents.serial, _documents.year,
        _documents.codes, _documents.location,
    )
    .where(_documents.serial.is_not(None), _documents.family != "bare")
    .order_by(_documents.id)
)  # fmt: skip


class Named(NamedTuple):
    """What a key says of its document."""

    key: str
    serial: str | None
    year: int | None
    codes: str
    location: str | None


class Meant(NamedTuple):
    """The document that a partial key means, and why."""

    document: int
    key: str
    evidence: str


class _Said(NamedTuple):
    """The days and titles under which a document is cited."""

    dates: set[str]
    titles: set[str]


def unified(connection: Connection, documents: Collection[int] | None = None) -> dict[int, Meant]:
    """Documents with partial keys that can mean one other only: all, or those that some documents
    may have to do with."""
    asked: list[tuple[int, Named, dict[int, Named]]] = []
    for group in _groups(connection, documents):
        for number, named in group.items():
            if None in (named.year, named.location):
                fuller = {one: other for one, other in group.items() if says_less(named, other)}
                if fuller:
                    asked.append((number, named, fuller))
    said = _said(connection, {one for number, _, fuller in asked for one in (number, *fuller)})
    found: dict[int, Meant] = {}
    for number, named, fuller in asked:
        if meant := _meant(number, named, fuller, said):
            found[number] = meant
    # One that is joined itself passes on what joins it.
    return {number: found.get(meant.document, meant) for number, meant in found.items()}


def whole_keys(connection: Connection) -> dict[str, str]:
    """For each partial key the one that it means."""
    meant, documents = unified(connection), schema.documents
    rows = connection.execute(select(documents.c.id, documents.c.key))
    return {row.key: meant[row.id].key for row in rows if row.id in meant}


def says_less(one: Named, other: Named) -> bool:
    """Whether all that one key says the other says too, and more."""
    pairs = ((one.year, other.year), (one.location, other.location))
    return one[2:] != other[2:] and all(mine in (None, its) for mine, its in pairs)


def also(meant: Mapping[int, Meant], documents: Iterable[int]) -> list[int]:
    """The documents, and those whose partial keys mean them."""
    wanted = dict.fromkeys(documents)
    return [
        *wanted,
        *(one for one, it in meant.items() if it.document in wanted and one not in wanted),
    ]


def _groups(
    connection: Connection, documents: Collection[int] | None
) -> Iterator[dict[int, Named]]:
    """Documents with the same number and symbol, where one of them says less."""
    table = schema.documents
    asked, wanted = _NAMED, None
    if documents is not None:
        own = select(table.c.family, table.c.serial, table.c.codes).where(
            table.c.id.in_(documents), table.c.serial.is_not(None), table.c.family != "bare"
        )
        wanted = {tuple(row) for row in connection.execute(own.distinct())}
        if not wanted:
            return
        asked = asked.where(
            table.c.serial.in_({serial for _, serial, _ in wanted}),
            table.c.codes.in_({codes for _, _, codes in wanted}),
        )
    groups: dict[tuple[str, ...], dict[int, Named]] = {}
    for number, family, key, serial, year, codes, location in connection.execute(asked):
        same = (family, serial, codes)
        if wanted is None or same in wanted:
            groups.setdefault(same, {})[number] = Named(key, serial, year, codes, location)
    for group in groups.values():
        if len(group) > 1 and any(None in (one.year, one.location) for one in group.values()):
            yield group


def _said(connection: Connection, documents: Collection[int]) -> dict[int, _Said]:
    mentions, phrases = schema.mentions, schema.phrases
    said = {number: _Said(set(), set()) for number in documents}
    numbers = sorted(documents)
    for begin in range(0, len(numbers), _AT_ONCE):
        # Many mentions say the same: titles are looked up for what is left of them.
        once = (
            select(mentions.c.document_id, mentions.c.date, mentions.c.title_id)
            .where(mentions.c.document_id.in_(numbers[begin : begin + _AT_ONCE]))
            .distinct()
            .subquery()
        )
        asked = select(once.c.document_id, once.c.date, phrases.c.phrase).outerjoin(
            phrases, phrases.c.id == once.c.title_id
        )
        for number, date, title in connection.execute(asked):
            if date is not None and len(date) == 10:
                said[number].dates.add(date)
            if title is not None:
                said[number].titles.add(fold(title))
    return said


def _meant(
    number: int, named: Named, fuller: Mapping[int, Named], said: Mapping[int, _Said]
) -> Meant | None:
    own = said[number]
    by_day = [one for one in fuller if own.dates & said[one].dates]
    by_title = [one for one in fuller if _alike(own.titles, said[one].titles)]
    if by_day:
        found, evidence = by_day, DAY
    elif by_title:
        found, evidence = by_title, TITLE
    else:
        # Numbers begin anew every year: without one, being the only one says nothing.
        undated = [one for one in fuller if not own.dates or not said[one].dates]
        found = undated if named.year is not None and len(fuller) == 1 else []
        evidence = ONLY
    if len(found) != 1:
        return None
    return Meant(document=found[0], key=fuller[found[0]].key, evidence=evidence)


def _alike(titles: Iterable[str], others: Iterable[str]) -> bool:
    from rapidfuzz.fuzz import token_set_ratio

    others = list(others)
    return any(token_set_ratio(one, it) >= _SAME_TITLE for one in titles for it in others)
