"""Where words stand: numbered pieces of text in, their numbers out; here in SQLite.

Both databases get words that :mod:`docparse.index.fold` has made, so that neither's own ideas of a
word matter: SQLite's tokenizer does not know that đ is a d, PostgreSQL's takes 899/KH-SCT for the
path of a file (:mod:`docparse.index.codedtext` is its part). SQLite keeps no copy of the text
(tables without content); to take a piece out it must be told the same words again.

>>> match([Term(words=("nam",)), Term(words=("ke", "hoach"))])
'"nam" AND "ke hoach"'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from sqlalchemy import Connection

RANKED = 2_000  # more pieces than these are not put in order: the query says too little
RECENT = 50_000  # pieces that are looked at to guess what was meant
_BETWEEN = 2  # words that may stand between two phrases
_MERGED = 8  # pieces of SQLite's full text that become one
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
    """What must stand in a piece: a word, a phrase, or one of several words.

    Behind a phrase ``then`` is another, no more than two words away; a database that does not
    know how far away it is may look for both.
    """

    words: tuple[str, ...]
    any_of: bool = False
    then: tuple[str, ...] = ()


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

    def stands(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], column: Column
    ) -> bool:
        """Whether any piece holds all terms."""

    def counts(
        self,
        connection: Connection,
        kind: Kind,
        asked: Sequence[Sequence[Term]],
        column: Column,
        most: int,
    ) -> list[int]:
        """For each question in how many of the newest pieces its terms stand, counted up to
        ``most``: :data:`RECENT` of them say what words stand together, and more only take time."""


class SqliteText:
    """FTS5, a table for each form of the words: one table with two columns takes more room."""

    def create(self, connection: Connection) -> None:
        for kind in KINDS:
            for column in COLUMNS:
                connection.exec_driver_sql(
                    f"create virtual table {kind}_{column} using fts5(words, content='',"
                    ' tokenize="unicode61 remove_diacritics 0")'
                )
                # What many transactions add is put together less often than it is by default.
                merged = f"insert into {kind}_{column}({kind}_{column}, rank) values (?, ?)"
                connection.exec_driver_sql(merged, ("automerge", _MERGED))

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
        many = connection.exec_driver_sql(counted, (asked,)).scalar_one()
        if not many:
            return []
        order = "rowid desc" if many > RANKED else "rank"
        rows = connection.exec_driver_sql(f"{found} order by {order} limit ?", (asked, limit))
        return [int(row[0]) for row in rows]

    def stands(
        self, connection: Connection, kind: Kind, terms: Sequence[Term], column: Column
    ) -> bool:
        table = f"{kind}_{column}"
        found = f"select 1 from {table} where {table} match ? limit 1"
        return connection.exec_driver_sql(found, (match(terms),)).first() is not None

    def counts(
        self,
        connection: Connection,
        kind: Kind,
        asked: Sequence[Sequence[Term]],
        column: Column,
        most: int,
    ) -> list[int]:
        table = f"{kind}_{column}"
        newest = connection.exec_driver_sql(f"select max(id) from {table}_docsize").scalar() or 0
        found = f"select 1 from {table} where {table} match ? and rowid > ? limit ?"
        query = f"select count(*) from ({found})"
        counted = []
        for terms in asked:
            values = (match(terms), newest - RECENT, most)
            counted.append(connection.exec_driver_sql(query, values).scalar_one())
        return counted


def match(terms: Sequence[Term]) -> str:
    """The query as FTS5 wants it; words hold nothing but letters and digits, and are quoted.

    >>> match([Term(words=("cai", "cach"), then=("chinh",))])
    'NEAR("cai cach" "chinh", 2)'
    """
    parts = []
    for term in terms:
        if term.any_of:
            parts.append("(" + " OR ".join(f'"{word}"' for word in term.words) + ")")
        elif term.then:
            parts.append(f'NEAR("{" ".join(term.words)}" "{" ".join(term.then)}", {_BETWEEN})')
        else:
            parts.append('"' + " ".join(term.words) + '"')
    return " AND ".join(parts)


def _columns(pieces: Iterable[Piece]) -> Iterator[tuple[Column, list[tuple[int, str]]]]:
    pieces = list(pieces)
    if pieces:
        yield "exact", [(piece.number, piece.exact) for piece in pieces]
        yield "folded", [(piece.number, piece.folded) for piece in pieces]
