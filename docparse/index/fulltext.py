"""Where words stand: numbered pieces of text in, their numbers out; one way each for two databases.

Both get words that :mod:`docparse.index.fold` has made, so that neither's own ideas of a word
matter: SQLite's tokenizer does not know that đ is a d, PostgreSQL's takes 899/KH-SCT for the
path of a file. SQLite keeps no copy of the text (tables without content); to take a piece out it
must be told the same words again.

>>> match([Term(words=("nam",)), Term(words=("ke", "hoach"))])
'"nam" AND "ke hoach"'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from sqlalchemy import Connection, text

RANKED = 5_000  # more pieces than these are not put in order: the query says too little
Kind = Literal["passages", "titles"]
Column = Literal["exact", "folded"]
KINDS: tuple[Kind, ...] = ("passages", "titles")
COLUMNS: tuple[Column, ...] = ("exact", "folded")


class Piece(NamedTuple):
    """One piece of text under its number, in both forms of its words."""

    number: int
    exact: str
    folded: str


@dataclass(frozen=True, slots=True)
class Term:
    """What must stand in a piece: a word, a phrase, or one of several words."""

    words: tuple[str, ...]
    any_of: bool = False


class FullText(Protocol):
    """What the index asks of a database's full text."""

    def create(self, connection: Connection) -> None:
        """Make the tables."""

    def add(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        """Take in pieces."""

    def remove(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        """Take pieces out again; they must be those that were added."""

    def find(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], column: Column, limit: int
    ) -> list[int]:
        """Numbers of pieces that hold all terms; the best first, where they are not too many
        to be compared, else the newest."""


class SqliteText:
    """FTS5, a table for each form of the words: one table with two columns takes more room."""

    def create(self, connection: Connection) -> None:
        for kind in KINDS:
            for column in COLUMNS:
                connection.exec_driver_sql(
                    f"create virtual table {kind}_{column} using fts5(words, content='',"
                    ' tokenize="unicode61 remove_diacritics 0")'
                )

    def add(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        for column, rows in _columns(pieces):
            connection.exec_driver_sql(
                f"insert into {kind}_{column}(rowid, words) values (?, ?)", rows
            )

    def remove(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        for column, rows in _columns(pieces):
            table = f"{kind}_{column}"
            connection.exec_driver_sql(
                f"insert into {table}({table}, rowid, words) values ('delete', ?, ?)", rows
            )

    def find(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], column: Column, limit: int
    ) -> list[int]:
        table, asked = f"{kind}_{column}", match(terms)
        found = f"select rowid from {table} where {table} match ?"
        counted = f"select count(*) from ({found} limit {RANKED + 1})"
        many = connection.exec_driver_sql(counted, (asked,)).scalar() or 0
        order = "rowid desc" if many > RANKED else "rank"
        rows = connection.exec_driver_sql(f"{found} order by {order} limit ?", (asked, limit))
        return [int(row[0]) for row in rows]


class PostgresText:
    """Text search with the configuration "simple", which leaves words as they are."""

    def create(self, connection: Connection) -> None:
        for kind in KINDS:
            connection.exec_driver_sql(
                f"create table {kind}"
                " (number bigint primary key, exact tsvector not null, folded tsvector not null)"
            )
            for column in COLUMNS:
                connection.exec_driver_sql(
                    f"create index ix_{kind}_{column} on {kind} using gin ({column})"
                )

    def add(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        if pieces:
            added = text(
                f"insert into {kind} (number, exact, folded) values"
                " (:number, to_tsvector('simple', :exact), to_tsvector('simple', :folded))"
            )
            connection.execute(added, [piece._asdict() for piece in pieces])

    def remove(self, connection: Connection, kind: Kind, pieces: Sequence[Piece]) -> None:
        if pieces:
            removed = text(f"delete from {kind} where number = any(:numbers)")
            connection.execute(removed, {"numbers": [piece.number for piece in pieces]})

    def find(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], column: Column, limit: int
    ) -> list[int]:
        asked, values = _tsquery(terms)
        rows = connection.execute(
            text(
                f"with asked as (select {asked} as words), found as ("
                f" select number, {column} as words from {kind}"
                f" where {column} @@ (select words from asked) limit {RANKED + 1})"
                " select number from found order by"
                f" case when (select count(*) from found) > {RANKED} then 0"
                " else ts_rank(words, (select words from asked)) end desc,"
                " number desc limit :most"
            ),
            {**values, "most": limit},
        )
        return [int(row[0]) for row in rows]


def match(terms: Sequence[Term]) -> str:
    """The query as FTS5 wants it; words hold nothing but letters and digits, and are quoted."""
    parts = []
    for term in terms:
        if term.any_of:
            parts.append("(" + " OR ".join(f'"{word}"' for word in term.words) + ")")
        else:
            parts.append('"' + " ".join(term.words) + '"')
    return " AND ".join(parts)


def _tsquery(terms: Sequence[Term]) -> tuple[str, dict[str, str]]:
    """The query as PostgreSQL wants it, and its values, which never become SQL."""
    parts: list[str] = []
    values: dict[str, str] = {}
    for place, term in enumerate(terms):
        pieces = term.words if term.any_of else (" ".join(term.words),)
        names = [f"t{place}_{number}" for number in range(len(pieces))]
        values |= dict(zip(names, pieces, strict=True))
        asked = " || ".join(f"phraseto_tsquery('simple', :{name})" for name in names)
        parts.append(f"({asked})")
    return " && ".join(parts), values


def _columns(pieces: Iterable[Piece]) -> Iterator[tuple[Column, list[tuple[int, str]]]]:
    pieces = list(pieces)
    if pieces:
        yield "exact", [(piece.number, piece.exact) for piece in pieces]
        yield "folded", [(piece.number, piece.folded) for piece in pieces]
