"""One run of adding at a time: a store goes in; whoever comes second waits until the first is done.

The system holds the lock for the process, so that one that was killed holds it no longer and
nobody has to judge whether a lock is stale. Beside an SQLite file it is a file of its own, which
says who holds it; PostgreSQL has locks of sessions, and knows who that is.

>>> import tempfile
>>> from docparse.index.store import Store
>>> store = Store(f"sqlite:///{tempfile.mkdtemp()}/a.db", create=True)
>>> with one_run(store):
...     store.folder.joinpath("a.db-adding").exists()
True
>>> store.folder.joinpath("a.db-adding").exists()
False
"""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from docparse.errors import UsageError

if TYPE_CHECKING:
    from docparse.index.store import Store

Waits = Callable[[str], None]
_LOCK = 0x646F6371  # what PostgreSQL calls the lock of a run; the next one is that of a writer
_OFTEN = 0.2  # seconds between two tries
_SUFFIX = "-adding"
_LONGEST = 200  # characters that say who holds a lock
_here: dict[str, int] = {}  # what this process is adding to, and in which thread


@contextmanager
def one_run(store: Store, waits: Waits | None = None) -> Iterator[None]:
    """Held while files are added; ``waits`` is told once who else does that."""
    # A thread that waited for itself would wait for ever.
    if _here.get(store.name) == threading.get_ident():
        raise UsageError("index-adding-here", path=store.name)
    with _lock_beside(store, waits) if store.is_sqlite else _lock_in(store, waits):
        _here[store.name] = threading.get_ident()
        try:
            yield
        finally:
            del _here[store.name]


def _wait(take: Callable[[], bool], who: Callable[[], str], waits: Waits | None) -> None:
    told = False
    while not take():
        if not told and waits is not None:
            waits(who())
        told = True
        time.sleep(_OFTEN)


# SQLite


@contextmanager
def _lock_beside(store: Store, waits: Waits | None) -> Iterator[None]:
    path = Path(f"{store.path}{_SUFFIX}")
    opened: list[int] = []

    def take() -> bool:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            full = error.errno == errno.ENOSPC
            raise UsageError(
                "index-full" if full else "index-read-only", path=store.name
            ) from error
        if _take(file) and _is_still(file, path):
            opened.append(file)
            return True
        os.close(file)
        return False

    def who() -> str:
        with contextlib.suppress(OSError):
            return path.read_text("utf-8", "replace")[1 : _LONGEST + 1].strip()
        return ""

    _wait(take, who, waits)
    try:
        with contextlib.suppress(OSError):  # a full disk: nobody will be told who this is
            os.ftruncate(opened[0], 0)
            # The first byte is the one that Windows locks, and lets nobody read.
            os.write(opened[0], f" {_name()}\n".encode())
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows removes no open file; it does no harm
            path.unlink()
        os.close(opened[0])


def _take(file: int) -> bool:
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def _is_still(file: int, path: Path) -> bool:
    """Whether the file was not removed, by who held it, between its opening and its lock."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except OSError:
        return False


def _name() -> str:
    """Who this is, for people."""
    return f"{os.getpid()} ({platform.node()})"


# PostgreSQL


@contextmanager
def _lock_in(store: Store, waits: Waits | None) -> Iterator[None]:
    with store.session() as connection:

        def take() -> bool:
            asked = f"select pg_try_advisory_lock({_LOCK})"
            return bool(connection.exec_driver_sql(asked).scalar())

        def who() -> str:
            asked = (
                "select a.application_name from pg_locks l "
                "join pg_stat_activity a on a.pid = l.pid "
                f"where l.locktype = 'advisory' and l.objid = {_LOCK} and l.granted and "
                "l.database = (select oid from pg_database where datname = current_database())"
            )
            found = connection.exec_driver_sql(asked).first()
            return "" if found is None else str(found[0])[:_LONGEST]

        asked = "select set_config('application_name', %(name)s, false)"
        connection.exec_driver_sql(asked, {"name": f"docparse {_name()}"[:63]})
        _wait(take, who, waits)
        try:
            yield
        finally:
            connection.exec_driver_sql(f"select pg_advisory_unlock({_LOCK})")
