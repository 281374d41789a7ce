"""One report in one transaction: an :class:`~docparse.index.rows.Entry` in, rows of every table.

A process that is killed at any point leaves whole reports only, and the files that were not
noted are taken again by the next call.

>>> FileRow(path="a/b.txt", name="b.txt", state="ok", parser="1", settings="").strikes
0
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from docparse.index import schema
from docparse.index.fulltext import Piece
from docparse.index.keptext import Passage, cut_passages, text_of
from docparse.index.keys import split_key
from docparse.index.known import GOOD
from docparse.index.phrases import Phrases
from docparse.index.rows import AliasRow, Entry, Place
from docparse.index.sketches import bands
from docparse.index.spelling import Vocabulary
from docparse.index.store import Store

# Columns that hold words which return in many reports, and the kind of phrase they are.
_PHRASES = {
    "mentions": {name: name for name in ("type", "issuer", "title", "relation")},
    "figures": {name: name for name in ("unit", "kind", "indicator", "mode", "period")},
    "tables": {"caption": "caption"},
    "notices": {"code": "code"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """What became of a file, and how it looked at that time."""

    path: str
    name: str
    state: str
    parser: str
    settings: str
    sha256: str | None = None
    size: int | None = None
    changed: int | None = None
    reason: str | None = None
    details: str | None = None
    strikes: int = 0


class Writer:
    """Writes reports and files; there may be several, the database lets one at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._text = store.text
        self._vocabulary = Vocabulary()
        self._phrases = Phrases(store.text)

    def write(self, file: FileRow, entry: Entry | None, *, anew: bool = False) -> None:
        """Keep what became of a file: its report with all rows, or why there is none.

        Without an entry the report of that content is taken as it is there; so is one that
        somebody else has written meanwhile, read in the same way, unless ``anew``.
        """
        with self._store.writing() as connection:
            report = find_content(connection, file.sha256) if file.state in GOOD else None
            if entry is not None and (anew or not self._has(connection, report, file)):
                report = self._write_report(connection, file, entry, report)
            self._note(connection, file, report)
        self._vocabulary.keep()
        self._phrases.keep()

    def forget(self, paths: Iterable[str]) -> None:
        """Take files out of the index, and the reports that no other file holds."""
        with self._store.writing() as connection:
            for path in paths:
                held = self._held(connection, path)
                connection.execute(delete(schema.files).where(schema.files.c.path == path))
                self._drop_unheld(connection, held)

    # One report

    def _has(self, connection: Connection, report: int | None, file: FileRow) -> bool:
        """Whether a report is there already, read as this file was."""
        reports = schema.reports
        asked = select(reports.c.parser, reports.c.settings).where(reports.c.id == report)
        found = None if report is None else connection.execute(asked).one()
        return found is not None and tuple(found) == (file.parser, file.settings)

    def _write_report(
        self, connection: Connection, file: FileRow, entry: Entry, report: int | None
    ) -> int:
        read = {"parser": file.parser, "settings": file.settings, "added": _now()}
        row = _columns(entry.report) | read
        if report is None:
            made = connection.execute(insert(schema.reports).values(row)).inserted_primary_key
            number = int(made[0]) if made else 0
            self._write_rows(connection, number, entry)
            return number
        old = self._clear(connection, report)
        connection.execute(update(schema.reports).where(schema.reports.c.id == report).values(row))
        self._write_rows(connection, report, entry)
        self._drop_documents(connection, old)
        return report

    def _write_rows(self, connection: Connection, report: int, entry: Entry) -> None:
        self._write_text(connection, report, entry)
        documents = self._documents(connection, entry)
        rows = {
            name: [_columns(one) for one in getattr(entry, name)]
            for name in ("mentions", "figures", "tables", "notices")
        }
        numbers = self._phrases.numbers(connection, _asked_phrases(rows, entry.aliases))
        for row in rows["mentions"]:
            row["document_id"] = documents.get(row.pop("key"))
        for name, table_rows in rows.items():
            for place, row in enumerate(table_rows):
                for column, kind in _PHRASES[name].items():
                    row[f"{column}_id"] = numbers.get((kind, row.pop(column)))
                row |= {"report_id": report, "place": place}
            _insert(connection, schema.schema.tables[name], table_rows)
        marks = [{"band": band, "report_id": report} for band in bands(entry.report.sketch)]
        _insert(connection, schema.bands, marks)
        _insert_new(
            connection,
            schema.aliases,
            [
                {
                    "phrase_id": numbers[one.kind, one.alias],
                    "document_id": documents[one.key],
                    "evidence": one.evidence,
                }
                for one in entry.aliases
                if one.key in documents
            ],
        )

    def _write_text(self, connection: Connection, report: int, entry: Entry) -> None:
        texts = schema.texts
        last = select(func.max(texts.c.first_passage + texts.c.passages))
        first = connection.execute(last).scalar() or 1
        row = {
            "report_id": report,
            "first_passage": first,
            "passages": max(1, len(entry.passages)),
            "body": entry.body,
        }
        connection.execute(insert(texts).values(row))
        self._text.add(connection, "passages", list(_pieces(first, entry.passages)))
        new = self._vocabulary.new(connection, entry.words)
        _insert_new(connection, schema.words, new.words)
        _insert_new(connection, schema.deletions, new.deletions)

    def _documents(self, connection: Connection, entry: Entry) -> dict[str, int]:
        """The numbers of the documents that a report names; new ones are made."""
        keys = sorted({one.key for one in entry.mentions if one.key})
        if not keys:
            return {}
        table = schema.documents
        asked = select(table.c.key, table.c.id).where(table.c.key.in_(keys))
        found = {key: number for key, number in connection.execute(asked)}
        missing = [_document(key) for key in keys if key not in found]
        if missing:
            connection.execute(insert(table), missing)
            found = {key: number for key, number in connection.execute(asked)}
        return found

    # What goes

    def _clear(self, connection: Connection, report: int) -> set[int]:
        """Take out all rows of a report but its own; the documents that it named come back."""
        mentions, texts = schema.mentions, schema.texts
        named = select(mentions.c.document_id).where(mentions.c.report_id == report).distinct()
        old = {number for (number,) in connection.execute(named) if number is not None}
        asked = select(texts.c.first_passage, texts.c.body).where(texts.c.report_id == report)
        kept = connection.execute(asked).one()
        passages = cut_passages(text_of(kept.body).value)
        self._text.remove(connection, "passages", list(_pieces(kept.first_passage, passages)))
        for table in (texts, mentions, schema.figures, schema.tables, schema.notices):
            connection.execute(delete(table).where(table.c.report_id == report))
        asked = select(schema.reports.c.sketch).where(schema.reports.c.id == report)
        marks = bands(connection.execute(asked).scalar_one())
        held = (schema.bands.c.band.in_(marks), schema.bands.c.report_id == report)
        connection.execute(delete(schema.bands).where(*held))
        return old

    def _drop_documents(self, connection: Connection, numbers: Iterable[int]) -> None:
        """Documents that nobody names any more go, and with them what they were called."""
        mentions, aliases, documents = schema.mentions, schema.aliases, schema.documents
        for number in numbers:
            asked = select(mentions.c.document_id).where(mentions.c.document_id == number).limit(1)
            if connection.execute(asked).first() is None:
                connection.execute(delete(aliases).where(aliases.c.document_id == number))
                connection.execute(delete(documents).where(documents.c.id == number))

    def _drop_unheld(self, connection: Connection, report: int | None) -> None:
        """A report whose last file now holds something else goes."""
        if report is None:
            return
        files = schema.files
        asked = select(files.c.path).where(files.c.report_id == report).limit(1)
        if connection.execute(asked).first() is not None:
            return
        old = self._clear(connection, report)
        connection.execute(delete(schema.reports).where(schema.reports.c.id == report))
        self._drop_documents(connection, old)

    # Files

    def _note(self, connection: Connection, file: FileRow, report: int | None) -> None:
        held = self._held(connection, file.path)
        row = asdict(file) | {"report_id": report, "looked_at": _now()}
        files = schema.files
        changed = connection.execute(update(files).where(files.c.path == file.path).values(row))
        if changed.rowcount == 0:
            connection.execute(insert(files).values(row))
        if held != report:
            self._drop_unheld(connection, held)

    def _held(self, connection: Connection, path: str) -> int | None:
        """The report that a file has held until now."""
        files = schema.files
        asked = select(files.c.report_id).where(files.c.path == path)
        return connection.execute(asked).scalar()


def find_content(connection: Connection, sha256: str | None) -> int | None:
    """The report of a content, if the index has it."""
    reports = schema.reports
    return connection.execute(select(reports.c.id).where(reports.c.sha256 == sha256)).scalar()


def _pieces(first: int, passages: Iterable[Passage]) -> Iterator[Piece]:
    for number, passage in enumerate(passages, first):
        yield Piece(number, passage.exact, passage.folded)


def _document(key: str) -> dict[str, Any]:
    parts = split_key(key)
    return {
        "key": key,
        "family": parts.family,
        "serial": parts.serial,
        "year": parts.year,
        "codes": parts.codes,
        "location": parts.location,
    }


def _asked_phrases(
    rows: Mapping[str, Sequence[Mapping[str, Any]]], aliases: Iterable[AliasRow]
) -> Iterator[tuple[str, str]]:
    for one in aliases:
        yield one.kind, one.alias
    for name, columns in _PHRASES.items():
        for row in rows[name]:
            for column, kind in columns.items():
                if row[column] is not None:
                    yield kind, row[column]


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """An insert that leaves alone what is there already."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _columns(row: NamedTuple) -> dict[str, Any]:
    """A row as the columns of its table; where it stands is four of them."""
    columns = row._asdict()
    where = columns.pop("where", None)
    return columns | where._asdict() if isinstance(where, Place) else columns


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
