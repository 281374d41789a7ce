"""Words that return in many reports, each kept once: phrases in, their numbers out.

Titles of documents are searched as well, so a new one goes into the full text.

>>> digest("title", "về cải cách hành chính") == digest("unit", "về cải cách hành chính")
False
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from sqlalchemy import Connection

from docparse.index import schema
from docparse.index.bulk import add_rows, find_rows
from docparse.index.fold import both_forms
from docparse.index.fulltext import FullText, Piece

Phrase = tuple[str, str]  # its kind and its words
_MOST = 30_000  # phrases that one process remembers: those of the last thousand reports


class Phrases:
    """The numbers of phrases; those of a transaction that is lost are forgotten."""

    def __init__(self, text: FullText) -> None:
        self._text = text
        self._known: dict[Phrase, int] = {}
        self._new: dict[Phrase, int] = {}

    def numbers(self, connection: Connection, phrases: Iterable[Phrase]) -> dict[Phrase, int]:
        """The number of each phrase; what is not there yet is written."""
        self._new = {}
        asked = dict.fromkeys(phrases)
        found = {phrase: self._known[phrase] for phrase in asked if phrase in self._known}
        unknown = [phrase for phrase in asked if phrase not in found]
        if unknown:
            self._new = _look_up(connection, unknown)
            missing = [phrase for phrase in unknown if phrase not in self._new]
            if missing:
                _write(connection, missing)
                self._new |= _look_up(connection, missing)
                self._add_titles(connection, missing)
        return found | self._new

    def keep(self) -> None:
        """The transaction has been written: what it found may be used again."""
        if len(self._known) > _MOST:
            self._known = {}
        self._known |= self._new
        self._new = {}

    def _add_titles(self, connection: Connection, phrases: Iterable[Phrase]) -> None:
        titles = [phrase for phrase in phrases if phrase[0] == "title"]
        pieces = [Piece(self._new[phrase], *both_forms(phrase[1])) for phrase in titles]
        self._text.add(connection, "titles", pieces)


def digest(kind: str, phrase: str) -> int:
    """What a phrase is looked up by: an index of whole phrases would hold each a second time."""
    made = blake2b(f"{kind}\0{phrase}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(made, "big", signed=True)


def _look_up(connection: Connection, phrases: Iterable[Phrase]) -> dict[Phrase, int]:
    wanted = [digest(*phrase) for phrase in phrases]
    rows = find_rows(connection, schema.phrases, "kind, phrase, id", "digest", wanted)
    return {(kind, phrase): number for kind, phrase, number in rows}


def _write(connection: Connection, phrases: Iterable[Phrase]) -> None:
    rows = [(kind, words, digest(kind, words)) for kind, words in phrases]
    add_rows(connection, schema.phrases, rows)
