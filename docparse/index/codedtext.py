"""Full text in PostgreSQL: a passage is kept as one character a word, which a GIN index finds.

PostgreSQL's own text search keeps each word of a passage, with its places, a second time beside the
index: nine times the text in all. Here every word gets a number when it is first met, and a passage
is the string of characters that have these numbers: a third of the text, out of which both the
index and the order of words come. Words are looked up by either form, so one string serves both.

>>> chr_of(0), chr_of(5000), len({chr_of(number) for number in range(100_000)})
('\\x01', 'ᎎ', 100000)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text

from docparse.index.fulltext import KINDS, RECENT, Column, Kind, Piece, Term

RANKED = 1_000  # more pieces than these are not put in order: comparing each takes its time
# One byte each, for the words that are met first. Those that are left out have a meaning in a class
# of an expression.
_BYTES = "".join(chr(one) for one in range(1, 0x80) if chr(one) not in "[\\]^-")
_SHIFT = 0x80 - len(_BYTES)
_SURROGATES = range(0xD800, 0xE000)
CODES = 0x110000 - _SHIFT - len(_SURROGATES)
# What the index holds: the characters of a passage, each once.
_HELD = "string_to_array(words, null)"


def chr_of(number: int) -> str:
    """The character of a word. After a million words two may share one: a query for one of
    them finds the other as well, and nothing is missed."""
    place = number % CODES
    if place < len(_BYTES):
        return _BYTES[place]
    place += _SHIFT
    return chr(place if place < _SURROGATES.start else place + len(_SURROGATES))


class PostgresText:
    """Passages as strings of characters that stand for words."""

    def create(self, connection: Connection) -> None:
        connection.exec_driver_sql(
            "create table lexemes (exact text primary key, folded text not null,"
            " number integer not null generated always as identity (start with 0 minvalue 0))"
        )
        connection.exec_driver_sql("create index ix_lexemes_folded on lexemes (folded)")
        for kind in KINDS:
            connection.exec_driver_sql(
                f'create table {kind} (number bigint primary key, words text collate "C" not null)'
            )
            # A list of what is still to be sorted in would take up to 4 MB, and questions its time.
            connection.exec_driver_sql(
                f"create index ix_{kind}_words on {kind} using gin (({_HELD}))"
                " with (gin_pending_list_limit = 256)"
            )

    def add(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        if not pieces:
            return
        split = [(piece.number, piece.exact.split()) for piece in pieces]
        folded = " ".join(piece.folded for piece in pieces).split()
        exact = [word for _, words in split for word in words]
        forms = dict(zip(exact, folded, strict=True))
        # The commonest first: their characters have the fewest bytes.
        codes = _codes(connection, {word: forms[word] for word, _ in Counter(exact).most_common()})
        rows = [
            {"number": number, "words": "".join(codes[word] for word in words)}
            for number, words in split
        ]
        added = f"insert into {kind} (number, words) values (:number, :words)"
        connection.execute(text(added), rows)

    def remove(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        if pieces:
            removed = text(f"delete from {kind} where number = any(:numbers)")
            connection.execute(removed, {"numbers": [piece.number for piece in pieces]})

    def find(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], column: Column, limit: int
    ) -> list[int]:
        terms = _apart(terms)
        known = _known(connection, column, [terms])
        asked = [_alternatives(term, known) for term in terms]
        many = _count(connection, kind, asked, RANKED + 1)
        if not many:
            return []
        conditions, values = _conditions(asked)
        found = f"select number, words from {kind} where {conditions}"
        order = "number desc" if many > RANKED else f"{_SHARE} desc, number desc"
        every = "".join(sorted({code for each in asked for codes in each for code in codes}))
        rows = connection.execute(
            text(f"select number from ({found}) found order by {order} limit :most"),
            values | {"every": every, "most": limit},
        )
        return [int(row[0]) for row in rows]

    def stands(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], column: Column
    ) -> bool:
        terms = _apart(terms)
        known = _known(connection, column, [terms])
        return _count(connection, kind, [_alternatives(term, known) for term in terms], 1) > 0

    def counts(
        self,
        connection: Connection,
        kind: Kind,
        asked: Sequence[Sequence[Term]],
        column: Column,
        most: int,
    ) -> list[int]:
        asked = [_apart(terms) for terms in asked]
        known = _known(connection, column, asked)
        newest = connection.execute(text(f"select max(number) from {kind}")).scalar() or 0
        # One question after another: the words of each decide how it is looked up.
        return [
            _count(
                connection,
                kind,
                [_alternatives(term, known) for term in terms],
                most,
                behind=newest - RECENT,
            )
            for terms in asked
        ]


# How much of a passage is words that were asked for.
_SHARE = "1 - length(translate(words, :every, '')) / (length(words) + 50.0)"


def _codes(connection: Connection, forms: dict[str, str]) -> dict[str, str]:
    """The characters of exact words, new ones included; ``forms`` has their folded form."""
    asked = text("select exact, number from lexemes where exact = any(:words)")
    found = {word: number for word, number in connection.execute(asked, {"words": [*forms]})}
    new = [word for word in forms if word not in found]
    if new:
        added = text(
            "insert into lexemes (exact, folded)"
            " select * from unnest(cast(:exact as text[]), cast(:folded as text[]))"
            " returning exact, number"
        )
        values = {"exact": new, "folded": [forms[word] for word in new]}
        found |= {word: number for word, number in connection.execute(added, values)}
    return {word: chr_of(number) for word, number in found.items()}


def _known(
    connection: Connection, column: Column, asked: Iterable[Iterable[Term]]
) -> dict[str, str]:
    """For each word, in one of its forms, the characters of all words that have this form."""
    words = {word for terms in asked for term in terms for word in term.words}
    query = text(f"select {column}, number from lexemes where {column} = any(:words)")
    found: dict[str, str] = {}
    for word, number in connection.execute(query, {"words": [*words]}):
        found[word] = found.get(word, "") + chr_of(number)
    return found


def _apart(terms: Iterable[Term]) -> list[Term]:
    """A phrase and the one behind it as two."""
    made: list[Term] = []
    for term in terms:
        made += [Term(words=term.words), Term(words=term.then)] if term.then else [term]
    return made


def _alternatives(term: Term, known: dict[str, str]) -> list[str]:
    """For each place of a term the characters that may stand there."""
    codes = [known.get(word, "") for word in term.words]
    return ["".join(codes)] if term.any_of else codes


def _may_stand(asked: Sequence[Sequence[str]]) -> bool:
    """Whether every place has words that the index knows."""
    return bool(asked) and all(all(each) for each in asked)


def _count(
    connection: Connection,
    kind: Kind,
    asked: Sequence[Sequence[str]],
    most: int,
    *,
    behind: int = 0,
) -> int:
    """In how many pieces behind a number the terms stand, counted up to ``most``."""
    if not _may_stand(asked):
        return 0
    conditions, values = _conditions(asked)
    newer = " and number > :behind" if behind > 0 else ""
    found = f"select 1 from {kind} where {conditions}{newer} limit :most"
    query = text(f"select count(*) from ({found}) as found")
    given = values | {"most": most} | ({"behind": behind} if newer else {})
    return int(connection.execute(query, given).scalar_one())


def _conditions(asked: Sequence[Sequence[str]]) -> tuple[str, dict[str, object]]:
    """What must hold of a passage, and the values, which never become SQL."""
    conditions: list[str] = []
    values: dict[str, object] = {}
    for codes in dict.fromkeys(codes for each in asked for codes in each):
        name = f"any{len(values)}"
        conditions.append(f"{_HELD} && cast(:{name} as text[])")
        values[name] = list(codes)
    for each in asked:
        if len(each) > 1:
            name = f"run{len(values)}"
            conditions.append(f"words ~ :{name}")
            values[name] = "".join(f"[{codes}]" for codes in each)
    return " and ".join(conditions), values
