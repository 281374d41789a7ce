"""The database: a URL in, connections out; one who writes, many who read.

``sqlite:///reports.db`` (or the path of a file) is SQLite in WAL mode with every transaction
safe on disk; ``postgresql://…`` needs the extra ``postgres``. Whoever writes says so at the
beginning of the transaction: a second one waits instead of failing in the middle.

>>> import tempfile
>>> store = Store(f"sqlite:///{tempfile.mkdtemp()}/a.db", create=True)
>>> with store.reading() as connection:
...     connection.exec_driver_sql("select count(*) from reports").scalar()
0
>>> store.close()
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from docparse.errors import UsageError
from docparse.index.codedtext import PostgresText
from docparse.index.fulltext import FullText, SqliteText
from docparse.index.steps import bring_up_to_date

DEFAULT_URL = "sqlite:///docparse.db"
_TRIES, _PAUSE = 600, 0.05  # half a minute
_WAIT = 600.0  # seconds that a writer waits for another one's transaction
_LOCK = 0x646F6370  # what PostgreSQL calls the lock of the one who writes
_MAPPED = 1 << 30  # bytes of the database that who reads has as memory
# FULL: a transaction that was acknowledged outlives a power cut. It costs a twelfth of the speed.
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -65536",
    "wal_autocheckpoint = 4000",  # pages: those that every report touches are copied less often
    f"mmap_size = {_MAPPED}",
    "temp_store = MEMORY",
)
# What may not be written to is asked as it is.
_PRAGMAS_READING = ("query_only = ON", *_PRAGMAS[3:])
# The beginnings of what a database calls its errors (SQLite by name, PostgreSQL by number), and
# the sentence for each.
_REASONS = (
    ("SQLITE_FULL", "index-full"),
    ("53100", "index-full"),
    ("SQLITE_READONLY", "index-read-only"),
    ("SQLITE_CANTOPEN", "index-read-only"),
    ("SQLITE_PERM", "index-read-only"),
    ("25006", "index-read-only"),
    ("42501", "index-read-only"),
    ("SQLITE_NOTADB", "index-not-a-database"),
    ("SQLITE_CORRUPT", "index-not-a-database"),
    ("SQLITE_BUSY", "index-locked"),
    ("SQLITE_LOCKED", "index-locked"),
)
# What PostgreSQL says to somebody who comes when its disk is full, without a number.
_NO_ROOM = "could not write init file"


class Store:
    """One open database."""

    def __init__(self, url: str = DEFAULT_URL, *, create: bool = False) -> None:
        self._url = read_url(url)
        self.name = self._url.render_as_string(hide_password=True)
        self._path = _path(self._url)
        self._folder = None if self._path is None else Path(os.path.realpath(self._path)).parent
        if self._path is not None and not self._path.exists() and not create:
            raise UsageError("index-missing", path=self._path)
        self.engine = _engine(self._url, create=create)
        self.text: FullText = SqliteText() if self.is_sqlite else PostgresText()
        try:
            with self._explained(), self.engine.connect() as connection:
                bring_up_to_date(
                    connection, self.text, name=self.name, create=create, lock=self._lock
                )
        except BaseException:
            self.close()
            raise

    @property
    def is_sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path | None:
        """The SQLite file."""
        return self._path

    @property
    def folder(self) -> Path | None:
        """Where an SQLite file really lies; files below it are called by their way from there."""
        return self._folder

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with self._explained(), self.engine.connect() as connection, connection.begin():
            if not self.is_sqlite:
                connection.exec_driver_sql("set transaction isolation level repeatable read")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction of the one who writes; an exception undoes all of it."""
        with self._explained(), self.engine.connect() as connection:
            held = connection.execution_options(docparse_writes=True)
            with held.begin():
                self._lock(held)
                yield held

    @contextmanager
    def session(self) -> Iterator[Connection]:
        """A connection whose statements stand alone, for locks that last longer than one."""
        with self._explained(), self.engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield alone
            finally:
                alone.invalidate()  # not given to others: what it was set to ends with it

    def size(self) -> int | None:
        """Bytes on disk."""
        with self.reading() as connection:
            if self.is_sqlite:
                found = connection.exec_driver_sql(
                    "select page_count * page_size from pragma_page_count, pragma_page_size"
                )
            else:
                found = connection.exec_driver_sql("select pg_database_size(current_database())")
            return found.scalar()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def _lock(self, connection: Connection) -> None:
        """SQLite has one lock for who writes, taken by BEGIN IMMEDIATE; here is the other's."""
        if not self.is_sqlite:
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _reason(error, self.name) from error


def read_url(url: str) -> URL:
    """The URL of a database, or the path of an SQLite file.

    >>> str(read_url("a.db")), read_url("postgres://x/y").drivername
    ('sqlite:///a.db', 'postgresql+psycopg')
    """
    if "://" not in url:
        return URL.create("sqlite", database=url)
    try:
        read = make_url(url.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError) as error:
        raise UsageError("index-bad-url", url=url.partition("://")[0]) from error
    backend = read.get_backend_name()
    if backend not in ("sqlite", "postgresql") or not read.database:
        raise UsageError("index-bad-url", url=read.render_as_string(hide_password=True))
    return read.set(drivername="postgresql+psycopg" if backend == "postgresql" else "sqlite")


def _path(url: URL) -> Path | None:
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _engine(url: URL, *, create: bool) -> Engine:
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url)
        except (ImportError, NoSuchModuleError) as error:
            raise UsageError("index-needs-postgres") from error
    path = Path(url.database or "")
    if not path.parent.is_dir():
        raise UsageError("index-no-folder", path=path.parent)
    if path.is_dir():
        raise UsageError("index-not-a-database", path=path)
    pragmas: tuple[str, ...] = _PRAGMAS
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        if create:  # SQLite would leave a log beside it, for ever as closed as the file
            raise UsageError("index-read-only", path=path)
        pragmas, url = _PRAGMAS_READING, _as_it_is(path)

    def prepare(connection: Any, _: object) -> None:
        """The driver begins no transaction of its own; :func:`_begin` does."""
        connection.isolation_level = None
        for pragma in pragmas:
            _patiently(connection, f"pragma {pragma}")

    engine = create_engine(url, connect_args={"timeout": _WAIT, "check_same_thread": False})
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    """One at a time puts a database under its log, and SQLite does not wait for this itself."""
    for _ in range(_TRIES):
        try:
            connection.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(_PAUSE)
    connection.execute(statement)


def _as_it_is(path: Path) -> URL:
    """The URL of a file beside which nothing can be written, as readers in WAL mode would do.

    Where somebody else writes to it there is a log beside it, which they must share.
    """
    log = Path(f"{path}-wal")
    shared = log.exists() and log.stat().st_size > 0
    query = {"mode": "ro", "uri": "true"} | ({} if shared else {"immutable": "1"})
    return URL.create("sqlite", database=path.absolute().as_uri(), query=query)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("docparse_writes")
    # Who writes goes everywhere, and what is mapped would count as memory of this process.
    connection.exec_driver_sql(f"pragma mmap_size = {0 if writes else _MAPPED}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(error: DBAPIError, name: str) -> UsageError:
    """What the database said, without the statement and its values."""
    said = " ".join(str(error.orig).split())[:300]
    named = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    for begins, code in _REASONS:
        if str(named).startswith(begins):
            return UsageError(code, path=name)
    if _NO_ROOM in said:
        return UsageError("index-full", path=name)
    if error.connection_invalidated or named is None:
        return UsageError("index-unreachable", path=name, reason=said)
    return UsageError("index-failed", path=name, reason=said)
