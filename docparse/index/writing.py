"""Reports into the database: :class:`~docparse.index.rows.Entry` values in, rows of every table.

Some reports share a transaction, which is the dearer half of writing one. A process that is killed
at any point leaves whole reports only, and the files that were not noted are taken again by the
next call.

>>> FileRow(path="a/b.txt", name="b.txt", state="ok", parser="1", settings="").strikes
0
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select, update

from docparse.index import schema
from docparse.index.bulk import Row, add_rows, find_rows, remove_rows
from docparse.index.fulltext import Piece
from docparse.index.keptext import cut_passages, text_of
from docparse.index.keys import split_key
from docparse.index.known import GOOD
from docparse.index.narrow import packed
from docparse.index.phrases import Phrase, Phrases
from docparse.index.rows import Entry
from docparse.index.spelling import Vocabulary
from docparse.index.store import Store


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


class _Given(NamedTuple):
    """An entry, the report that it is written as, and the file that it was read from."""

    report: int
    entry: Entry
    file: FileRow


class Writer:
    """Writes reports and files; there may be several, the database lets one at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._text = store.text
        self._vocabulary = Vocabulary()
        self._phrases = Phrases(store.text)

    def write(self, file: FileRow, entry: Entry | None, *, anew: bool = False) -> None:
        """Keep what became of a file: its report with all rows, or why there is none."""
        self.write_all([(file, entry)], anew=anew)

    def write_all(
        self, made: Sequence[tuple[FileRow, Entry | None]], *, anew: bool = False
    ) -> None:
        """Keep what became of files, no two of one path or content: all of them, or none.

        Without an entry the report of that content is taken as it is there; so is one that
        somebody else has written meanwhile, read in the same way, unless ``anew``.
        """
        if not made:
            return
        with self._store.writing() as connection:
            there = _reports(connection, [file for file, _ in made])
            wanted = [
                (file, entry)
                for file, entry in made
                if entry is not None and (anew or not _is_there(there, file))
            ]
            numbers = {sha256: number for sha256, (number, *_) in there.items()}
            numbers |= self._write_reports(connection, wanted, numbers)
            held = _held(connection, [file.path for file, _ in made])
            self._note(connection, [file for file, _ in made], held, numbers)
        self._vocabulary.keep()
        self._phrases.keep()

    def forget(self, paths: Iterable[str]) -> None:
        """Take files out of the index, and the reports that no other file holds."""
        with self._store.writing() as connection:
            old: set[int] = set()
            for path in paths:
                held = _held(connection, [path]).get(path)
                connection.execute(delete(schema.files).where(schema.files.c.path == path))
                old |= self._drop_unheld(connection, held)
            self._drop_documents(connection, old)

    # Reports

    def _write_reports(
        self,
        connection: Connection,
        made: Sequence[tuple[FileRow, Entry]],
        numbers: dict[str, int],
    ) -> dict[str, int]:
        """Write reports, over those that have their content; the numbers of all."""
        old: set[int] = set()
        new: list[Row] = []
        for file, entry in made:
            row = (*entry.report, file.parser, file.settings, _now())
            number = numbers.get(entry.report.sha256)
            if number is None:
                new.append(row)
                continue
            old |= self._clear(connection, number)
            names = [name for name in schema.reports.c.keys() if name != "id"]  # noqa: SIM118
            values = dict(zip(names, row, strict=True))
            reports = schema.reports
            connection.execute(update(reports).where(reports.c.id == number).values(values))
        add_rows(connection, schema.reports, new)
        hashes = [entry.report.sha256 for _, entry in made]
        written: dict[str, int] = dict(
            find_rows(connection, schema.reports, "sha256, id", "sha256", hashes)
        )
        given = [_Given(written[entry.report.sha256], entry, file) for file, entry in made]
        if given:
            self._write_texts(connection, given)
            self._write_rows(connection, given)
        self._drop_documents(connection, old)
        return written

    def _write_texts(self, connection: Connection, given: Sequence[_Given]) -> None:
        texts = schema.texts
        last = select(func.max(texts.c.first_passage + texts.c.passages))
        first = connection.execute(last).scalar() or 1
        rows: list[Row] = []
        pieces: list[Piece] = []
        for report, entry, _ in given:
            count = max(1, len(entry.exact))
            rows.append((report, first, count, entry.body))
            pieces += _pieces(first, entry.exact, entry.folded)
            first += count
        add_rows(connection, texts, rows)
        self._text.add(connection, "passages", pieces)
        words = set(chain.from_iterable(entry.words for _, entry, _ in given))
        new = self._vocabulary.new(connection, words)
        add_rows(connection, schema.words, new.words, new=True)
        add_rows(connection, schema.deletions, new.deletions, new=True)

    def _write_rows(self, connection: Connection, given: Sequence[_Given]) -> None:
        """The rows of all tables, with the numbers of phrases and documents in them."""
        keys = set(chain.from_iterable(entry.keys for _, entry, _ in given))
        documents = _documents(connection, sorted(keys))
        asked = chain.from_iterable(entry.phrases for _, entry, _ in given)
        phrases = self._phrases.numbers(connection, asked)
        found: dict[str, list[Row]] = {name: [] for name in _TABLES}
        for report, entry, _ in given:
            for name, row in _rows(report, entry, documents, phrases):
                found[name].append(row)
        for name in _TABLES:
            table = schema.schema.tables[name]
            add_rows(connection, table, found[name], new=name == "aliases")

    # What goes

    def _clear(self, connection: Connection, report: int) -> set[int]:
        """Take out all rows of a report but its own; the documents that it named come back."""
        mentions, texts = schema.mention_rows, schema.texts
        named = select(mentions.c.document_id).where(mentions.c.report_id == report).distinct()
        old = {number for (number,) in connection.execute(named) if number is not None}
        asked = select(texts.c.first_passage, texts.c.body).where(texts.c.report_id == report)
        kept = connection.execute(asked).one()
        passages = cut_passages(text_of(kept.body).value)
        pieces = [
            Piece(number, one.exact, one.folded)
            for number, one in enumerate(passages, kept.first_passage)
        ]
        self._text.remove(connection, "passages", pieces)
        for table in (texts, mentions, schema.details):
            connection.execute(delete(table).where(table.c.report_id == report))
        return old

    def _drop_documents(self, connection: Connection, numbers: Collection[int]) -> None:
        """Documents that nobody names any more go, and with them what they were called."""
        mentions = schema.mention_rows
        named = select(mentions.c.document_id).where(mentions.c.document_id == bindparam("one"))
        gone = [
            number
            for number in numbers
            if connection.execute(named.limit(1), {"one": number}).first() is None
        ]
        remove_rows(connection, schema.aliases, "document_id", gone)
        remove_rows(connection, schema.documents, "id", gone)

    def _drop_unheld(self, connection: Connection, report: int | None) -> set[int]:
        """A report whose last file now holds something else goes; what it named comes back."""
        if report is None:
            return set()
        files = schema.files
        asked = select(files.c.path).where(files.c.report_id == report).limit(1)
        if connection.execute(asked).first() is not None:
            return set()
        old = self._clear(connection, report)
        connection.execute(delete(schema.reports).where(schema.reports.c.id == report))
        return old

    # Files

    def _note(
        self,
        connection: Connection,
        made: Sequence[FileRow],
        held: dict[str, int | None],
        numbers: dict[str, int],
    ) -> None:
        """Keep what is known of files, and let go of reports that none of them holds any more."""
        files, now = schema.files, _now()
        new: list[Row] = []
        left: set[int | None] = set()
        for file in made:
            report = numbers.get(file.sha256 or "") if file.state in GOOD else None
            row = _file_columns(file, now, report)
            if file.path not in held:
                new.append(row)
                continue
            values = dict(zip(files.c.keys(), row, strict=True))
            connection.execute(update(files).where(files.c.path == file.path).values(values))
            if held[file.path] != report:
                left.add(held[file.path])
        add_rows(connection, files, new)
        old = [self._drop_unheld(connection, number) for number in left]
        self._drop_documents(connection, set[int]().union(*old))


def _file_columns(file: FileRow, now: str, report: int | None) -> Row:
    """A row of the table of files."""
    return (
        file.path, file.name, file.sha256, file.size, file.changed, file.state, file.reason,
        file.details, file.strikes, file.parser, file.settings, now, report,
    )  # fmt: skip


def _held(connection: Connection, paths: Sequence[str]) -> dict[str, int | None]:
    """The reports that files have held until now; a file that is not known is not in it."""
    return dict(find_rows(connection, schema.files, "path, report_id", "path", paths))


def _reports(connection: Connection, files: Sequence[FileRow]) -> dict[str, tuple[int, str, str]]:
    """The reports that the index has of these contents, and what each was read with."""
    hashes = [file.sha256 for file in files if file.sha256 and file.state in GOOD]
    rows = find_rows(connection, schema.reports, "sha256, id, parser, settings", "sha256", hashes)
    return {sha256: (number, parser, settings) for sha256, number, parser, settings in rows}


def _is_there(there: dict[str, tuple[int, str, str]], file: FileRow) -> bool:
    """Whether a report is there already, read as this file was."""
    found = there.get(file.sha256 or "")
    return found is not None and found[1:] == (file.parser, file.settings)


def _documents(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """The numbers of documents; new ones are made."""
    found: dict[str, int] = dict(find_rows(connection, schema.documents, "key, id", "key", keys))
    missing = [key for key in keys if key not in found]
    add_rows(connection, schema.documents, [_document(key) for key in missing])
    found |= dict(find_rows(connection, schema.documents, "key, id", "key", missing))
    return found


def _document(key: str) -> Row:
    parts = split_key(key)
    return parts.year, key, parts.family, parts.serial, parts.codes, parts.location


_TABLES = ("mention_rows", "details", "aliases")


def _rows(
    report: int, entry: Entry, documents: dict[str, int], phrases: dict[Phrase, int]
) -> Iterator[tuple[str, Row]]:
    """The rows of an entry as the tables have them."""
    named: list[int | None] = [documents[key] for key in entry.keys]
    said: list[int | None] = [phrases[phrase] for phrase in entry.phrases]
    named.append(None)  # where rows have NOTHING, the last one is taken
    said.append(None)
    for place, (key, kind, issuer, title, relation, *more) in enumerate(entry.mentions):
        words = (said[one] for one in (kind, issuer, title, relation))
        yield "mention_rows", (report, place, named[key], *words, *more)
    figures = (
        (value, *(said[one] for one in more[:5]), *more[5:]) for value, *more in entry.figures
    )
    others = (
        ((said[first], *more) for first, *more in rows) for rows in (entry.tables, entry.notices)
    )
    yield "details", (report, *map(packed, (figures, *others)))
    for alias, key, evidence in entry.aliases:
        yield "aliases", (said[alias], named[key], evidence)


def _pieces(first: int, exact: Iterable[str], folded: Iterable[str]) -> list[Piece]:
    both = zip(exact, folded, strict=True)
    return [Piece(number, one, other) for number, (one, other) in enumerate(both, first)]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
