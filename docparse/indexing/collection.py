"""The index as Python sees it: open it by URL, add reports, ask; answers are pandas frames.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "a.txt").write_text("Theo Kế hoạch số 899/KH-SCT ngày 25/02/2021.", "utf-8")
>>> index = open_index(folder / "index.db")
>>> index.add(folder)[["path", "state"]].values.tolist()
[['a.txt', 'ok']]
>>> index.cited_by("899 kh sct")[["report", "line", "date"]].values.tolist()
[['a.txt', 1, '2021-02-25']]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from docparse.errors import NotFoundError, UsageError
from docparse.index import schema
from docparse.index.answers import (
    Cited,
    Conflict,
    Duplicate,
    Failure,
    Found,
    Missing,
    Shown,
    Stat,
)
from docparse.index.citing import cited_by, cites, shared, the_report
from docparse.index.contradicting import KINDS, conflicts
from docparse.index.dense import unpack_record
from docparse.index.known import failed_files
from docparse.index.searching import search
from docparse.index.showing import show
from docparse.index.store import DEFAULT_URL, Store
from docparse.index.surveying import duplicates, missing, stats
from docparse.index.writing import Writer
from docparse.indexing.adding import (
    Adding,
    add_files,
    is_there,
    outcome_of,
    real_path,
    seen_path,
    stored_path,
)
from docparse.indexing.exporting import export, table_frame
from docparse.indexing.settings import settings_of
from docparse.indexing.shelf import ReportShelf
from docparse.patterns import Patterns, load
from docparse.read.limits import Limits
from docparse.render.jsontext import json_line
from docparse.report import Report

if TYPE_CHECKING:
    import pandas as pd


class Index:
    """A collection of reports in a database, and the questions that it answers.

    Each question comes twice: as a frame (``cited_by``) and, for the command line and whoever
    wants values, as dataclasses (``find_cited_by``).
    """

    def __init__(
        self,
        url: str | Path = DEFAULT_URL,
        *,
        create: bool = True,
        patterns: Patterns | None = None,
    ) -> None:
        self.store = Store(str(url), create=create)
        self._patterns = patterns or load()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    # Adding

    def adding(
        self,
        *paths: str | Path,
        jobs: int = 1,
        reparse: bool = False,
        retry: bool = False,
        encoding: str | None = None,
        password: str | None = None,
        limits: Limits | None = None,
        patterns: str | Path | None = None,
        waits: Callable[[str], None] | None = None,
        cluster: str | None = None,
    ) -> Adding:
        """Add every readable file below the paths, one outcome after another.

        ``reparse`` reads again what has not changed, ``retry`` what failed. Without paths and
        with ``retry``, all files that failed are tried. While another run adds files this one
        waits, and tells ``waits`` who that is. ``cluster`` is the address of a Dask scheduler
        whose workers read the files instead of ``jobs`` children of this process.
        """
        settings = settings_of(
            encoding=encoding, password=password, limits=limits, patterns=patterns
        )
        asked = paths or tuple(self._failed_paths() if retry else ())
        return add_files(
            self.store,
            *asked,
            settings=settings,
            jobs=jobs,
            reparse=reparse,
            retry=retry,
            waits=waits,
            cluster=cluster,
        )

    def add(self, *paths: str | Path, lang: str = "vi", **settings: Any) -> pd.DataFrame:
        """Add files and folders; a row for every file says what became of it and why."""
        names = ("path", "state", "reason", "message")
        rows = [
            dict(zip(names, (one.path, one.state, one.reason, one.sentence(lang)), strict=True))
            for one in self.adding(*paths, **settings)
        ]
        return _frame(rows, names)

    def forget(self, *paths: str | Path) -> None:
        """Take files out of the index; of a folder, all that are in it."""
        Writer(self.store).forget(self._held(paths))

    def held(self, *paths: str | Path) -> list[Path]:
        """The files of the index that these names mean, as seen from here."""
        return [seen_path(self.store, path) for path in self._held(paths)]

    def _held(self, paths: Iterable[str | Path]) -> list[str]:
        """As they are stored; an error where nothing of the index is named."""
        with self.store.reading() as connection:
            known = connection.execute(select(schema.files.c.path).order_by(schema.files.c.path))
            there = known.scalars().all()
        found: dict[str, None] = {}
        for path in paths:
            name = stored_path(self.store, Path(path))
            inside = "" if name == "." else f"{name}/"
            meant = [one for one in there if one in (name, str(path)) or one.startswith(inside)]
            if not meant:
                raise NotFoundError("index-not-held", path=str(path))
            found |= dict.fromkeys(meant)
        return list(found)

    def gone(self, among: Iterable[str] | None = None, *, with_report: bool = False) -> list[Path]:
        """Files of the index that are no longer where they were, as seen from here: all, only
        those that were read (``with_report``), or those ``among`` the paths of some answers."""
        if among is None:
            known = select(schema.files.c.path).order_by(schema.files.c.path)
            if with_report:
                known = known.where(schema.files.c.report_id.is_not(None))
            with self.store.reading() as connection:
                among = connection.execute(known).scalars().all()
        lost = (path for path in among if not is_there(real_path(self.store, path)))
        return [seen_path(self.store, path) for path in lost]

    # Questions

    def search(self, query: str, *, limit: int = 20) -> pd.DataFrame:
        """Documents by number or title, then passages."""
        return _answers(self.find(query, limit=limit), Found)

    def cites(self, report: str, *, shared_with: str | None = None) -> pd.DataFrame:
        """What a report cites; with ``shared_with`` only what that report cites too, and where."""
        return _answers(self.find_cites(report, shared_with=shared_with), Cited)

    def cited_by(self, number: str, *, limit: int | None = None) -> pd.DataFrame:
        """Where a document is cited; the number may be partial and loosely typed."""
        return _answers(self.find_cited_by(number, limit=limit), Cited)

    def show(self, number: str) -> list[Shown]:
        """All that is known of a document, for each that may be meant."""
        with self.store.reading() as connection:
            return show(connection, self.store.text, number, self._patterns)

    def conflicts(self, *kinds: str) -> pd.DataFrame:
        """Documents under two dates, symbols or titles; a row a side."""
        rows = [
            {"kind": one.kind, "key": one.key} | asdict(side)
            for one in self.find_conflicts(*kinds)
            for side in one.sides
        ]
        names = ("kind", "key", "value", "mentions", "report", "line", "page", "quote")
        return _frame(rows, names)

    def missing(self, *, reports: int = 2, limit: int | None = None) -> pd.DataFrame:
        """Documents that are cited and not in the collection."""
        return _answers(self.find_missing(reports=reports, limit=limit), Missing)

    def duplicates(self) -> pd.DataFrame:
        """Files that say the same, or nearly."""
        return _answers(self.find_duplicates(), Duplicate)

    def failures(self, *, lang: str = "vi") -> pd.DataFrame:
        """Files that could not be read, and why."""
        return _answers(self.find_failures(lang=lang), Failure)

    def stats(self) -> pd.DataFrame:
        """How much there is of everything."""
        return _answers(self.find_stats(), Stat)

    def find(self, query: str, *, limit: int = 20) -> list[Found]:
        """What :meth:`search` shows, as values."""
        with self.store.reading() as connection:
            return search(connection, self.store.text, query, self._patterns, limit=limit)

    def find_cites(self, report: str, *, shared_with: str | None = None) -> list[Cited]:
        """What :meth:`cites` shows, as values."""
        with self.store.reading() as connection:
            if shared_with is not None:
                return shared(connection, self._named(report), self._named(shared_with))
            return cites(connection, self._named(report))

    def find_cited_by(self, number: str, *, limit: int | None = None) -> list[Cited]:
        """What :meth:`cited_by` shows, as values."""
        with self.store.reading() as connection:
            return cited_by(connection, self.store.text, number, self._patterns, limit=limit)

    def find_conflicts(self, *kinds: str) -> list[Conflict]:
        """What :meth:`conflicts` shows, as values."""
        for kind in kinds:
            if kind not in KINDS:
                raise UsageError("index-unknown-kind", kind=kind, known=", ".join(KINDS))
        with self.store.reading() as connection:
            return list(conflicts(connection, kinds or KINDS))

    def find_missing(self, *, reports: int = 2, limit: int | None = None) -> list[Missing]:
        """What :meth:`missing` shows, as values."""
        with self.store.reading() as connection:
            return missing(connection, reports=reports, limit=limit)

    def find_duplicates(self) -> list[Duplicate]:
        """What :meth:`duplicates` shows, as values."""
        with self.store.reading() as connection:
            return list(duplicates(connection))

    def find_failures(self, *, lang: str = "vi") -> list[Failure]:
        """What :meth:`failures` shows, as values."""
        with self.store.reading() as connection:
            found = failed_files(connection)
        return [
            Failure(
                path=one.path,
                state=one.state,
                reason=one.reason,
                message=outcome_of(one).sentence(lang),
                strikes=one.strikes,
                looked_at=one.looked_at,
            )
            for one in found
        ]

    def find_stats(self) -> list[Stat]:
        """What :meth:`stats` shows, as values."""
        size, gone = self.store.size(), len(self.gone())
        with self.store.reading() as connection:
            return stats(connection, size=size, gone=gone)

    # Records

    def record(self, report: str) -> dict[str, Any]:
        """A report's whole record, as ``docparse parse`` writes it; no file is needed."""
        with self.store.reading() as connection:
            return _record(connection, the_report(connection, self._named(report)))

    def records(self) -> Iterator[dict[str, Any]]:
        """The record of every report, one after another."""
        with self.store.reading() as connection:
            numbers = connection.execute(select(schema.reports.c.id)).scalars().all()
            for number in numbers:
                yield _record(connection, number)

    def reports(self, *, patterns: Patterns | None = None) -> Iterator[Report]:
        """Every file that was read as ``parse`` makes it, by path; no file is needed.

        Only reading is not done again: what is extracted is what this version finds.
        """
        with self.shelf(patterns=patterns) as shelf:
            yield from map(shelf.report, shelf.paths)

    @contextmanager
    def shelf(self, *, patterns: Patterns | None = None) -> Iterator[ReportShelf]:
        """The same for :func:`docparse.check`, which needs one report at a time.

        >>> with open_index(":memory:") as index, index.shelf() as shelf:
        ...     shelf.paths
        ()
        """
        with self.store.reading() as connection:
            yield ReportShelf(self.store, connection, patterns or self._patterns)

    def export(self, form: str, *, table: str = "citations") -> Iterable[str] | bytes:
        """The index for other programs: "csv", "jsonl", "parquet", "xlsx", "graphml", "turtle",
        "jsonld"; text in pieces, or the bytes of a file. ``table`` is for those with one table."""
        if form == "jsonl":
            return (json_line(record) + "\n" for record in self.records())
        if form in ("parquet", "xlsx"):
            with self.store.reading() as connection:
                return export(connection, form, table=table)
        return self._pieces(form, table)

    def frame(self, table: str = "citations") -> pd.DataFrame:
        """A whole table: "reports", "citations", "documents", "figures" or "files"."""
        with self.store.reading() as connection:
            return table_frame(connection, table)

    def _pieces(self, form: str, table: str) -> Iterator[str]:
        with self.store.reading() as connection:
            for piece in export(connection, form, table=table):
                yield str(piece)

    def _named(self, report: str) -> str:
        """The name of a report; the path of a file that is there, as the index has it."""
        try:
            return stored_path(self.store, Path(report)) if is_there(Path(report)) else report
        except (OSError, ValueError):
            return report  # too long for a path, or with a NUL

    def _failed_paths(self) -> Iterable[Path]:
        with self.store.reading() as connection:
            return [seen_path(self.store, one.path) for one in failed_files(connection)]


def open_index(url: str | Path = DEFAULT_URL, *, create: bool = True) -> Index:
    """The index at a URL ("sqlite:///reports.db", "postgresql://…") or in a file."""
    return Index(url, create=create)


def _record(connection: Connection, report: int) -> dict[str, Any]:
    texts, files = schema.texts, schema.files
    body = connection.execute(select(texts.c.body).where(texts.c.report_id == report)).scalar_one()
    record: dict[str, Any] = unpack_record(body)
    path = select(func.min(files.c.path)).where(files.c.report_id == report)
    record["source"]["path"] = connection.execute(path).scalar_one()
    return record


def _answers(answers: Iterable[Any], kind: type) -> pd.DataFrame:
    names = tuple(field.name for field in fields(kind))
    return _frame([{name: getattr(one, name) for name in names} for one in answers], names)


def _frame(rows: list[dict[str, Any]], names: Iterable[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(names), dtype=object)
