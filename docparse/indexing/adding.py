"""Files into the index: paths in, an :class:`Outcome` for every file out.

A file that has not changed costs a look at its size and time; one that has moved costs a hash.
What is left is parsed in a cage, one file a call, and written by this process alone. Reports that
are done at nearly the same time share a transaction, and their outcomes come when it is safe on
disk: a process that is killed loses nothing that it has told. A file that kills its reader twice,
or once with all the time or memory that it may have, is put in quarantine, and not tried again
before somebody asks for it.

>>> Outcome(path="a.txt", state="skipped", reason="index-unchanged").failed
False
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from docparse.batch import in_cages
from docparse.errors import DocparseError, NotFoundError, ReadError
from docparse.index.known import GOOD, KnownFile, contents_held, find_copy, known_files
from docparse.index.rows import clean
from docparse.index.running import Waits, one_run
from docparse.index.writing import FileRow, Writer
from docparse.indexing.cluster import DEATHS, STRIKES, in_cluster, parse_caged
from docparse.indexing.parsing import ReadFile, Task, warm_up
from docparse.indexing.settings import Settings, settings_of
from docparse.patterns import load
from docparse.read import MAX_BYTES, find_files
from docparse.read.archive import archive_above
from docparse.read.cage import used_up
from docparse.read.files import load_bytes, printable
from docparse.read.limits import Limits, default_limits

if TYPE_CHECKING:
    from docparse.index.rows import Entry
    from docparse.index.store import Store
    from docparse.read.cage import Cage

_CHUNK = 400  # files that are looked up at a time
_HASHED = 16  # files that are hashed before the first of them is given out
_TOGETHER = 16  # reports that are written in one transaction
_LONGEST = 1.0  # seconds that a report may wait for others
_CHILD_FILES = 1000  # files a child: starting one takes as long as reading fifty small reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: ok, partial, failed, quarantined or skipped, and why.

    ``reason`` names a sentence of ``patterns/messages.toml`` and ``values`` fill it. A file that
    failed before and was not tried again says so once more, with ``again`` false.
    """

    path: str
    state: str
    reason: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    again: bool = True

    @property
    def failed(self) -> bool:
        return self.state in ("failed", "quarantined")

    def sentence(self, lang: str = "vi") -> str:
        """The reason in one language; empty for a report without any."""
        if self.reason is None:
            return ""
        return load().message(self.reason, lang, **{"path": self.path, **dict(self.values)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A file before it is parsed: how it looks, what is known of it, and the outcome if that
    is enough."""

    task: Task
    path: str
    size: int | None = None
    changed: int | None = None
    sha256: str | None = None
    known: KnownFile | None = None
    outcome: Outcome | None = None
    copied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What parsing made of a file."""

    look: _Look
    read: ReadFile | None = None
    error: ReadError | None = None


class Adding:
    """One call of ``index add``: iterate over it to do the work."""

    def __init__(
        self,
        store: Store,
        paths: list[Path],
        *,
        settings: Settings | None = None,
        jobs: int = 1,
        reparse: bool = False,
        retry: bool = False,
        waits: Waits | None = None,
        cluster: str | None = None,
    ) -> None:
        self.total = len(paths)
        self._store = store
        self._writer = Writer(store)
        self._paths = paths
        self._settings = settings or settings_of()
        self._jobs = jobs
        self._reparse = reparse
        self._retry = retry
        self._waits = waits
        self._cluster = cluster
        self._given: set[str] = set()  # contents that this call has given out already
        self._waiting: list[tuple[FileRow, Entry | None]] = []  # to be written
        self._said: list[Outcome] = []  # not told yet
        self._since = 0.0  # when the first of them came

    def __iter__(self) -> Iterator[Outcome]:
        with one_run(self._store, self._waits):
            yield from self._run()

    def _run(self) -> Iterator[Outcome]:
        limits = _child_limits(self._settings.limits)
        made: Iterator[_Made]
        if self._cluster is not None:
            found = in_cluster(self._looks(), self._cluster, task=_task, limits=limits)
            made = (_made(look, each) for look, each in found)
        else:
            made = in_cages(
                self._looks(),
                _parse,
                workers=self._jobs,
                limits=limits,
                here=lambda look: _task(look) is None,
                size=lambda look: look.size or 0,
                idle=self._write,
                first=warm_up,
            )
        for one in made:
            self._take(one)
            yield from self._say()
        self._write()
        yield from self._say()

    # Before parsing

    def _looks(self) -> Iterator[_Look]:
        folders: dict[str, str] = {}
        for start in range(0, self.total, _CHUNK):
            chunk = self._paths[start : start + _CHUNK]
            names = [stored_path(self._store, path, folders) for path in chunk]
            with self._store.reading() as connection:
                known = known_files(connection, names)
            looks = (
                self._look(path, name, known.get(name))
                for path, name in zip(chunk, names, strict=True)
            )
            while some := list(islice(looks, _HASHED)):
                yield from self._with_copies(some)

    def _look(self, path: Path, name: str, known: KnownFile | None) -> _Look:
        size, changed = _stat(path)
        look = _Look(
            task=self._settings.task(str(path)), path=name, size=size, changed=changed, known=known
        )
        if known is not None and size is not None and not self._asked(known):
            if (known.size, known.changed) == (size, changed):
                return replace(look, sha256=known.sha256, outcome=self._as_before(known))
            look = _hashed(look)
            if look.sha256 is not None and look.sha256 == known.sha256:
                self._writer.write(_file_row(look, self._settings, known), None)
                return replace(look, outcome=self._as_before(known))
        return look if look.sha256 else _hashed(look)

    def _with_copies(self, looks: list[_Look]) -> Iterator[_Look]:
        """The same, where other files have their contents saying so."""
        asked = {look.sha256 for look in looks if look.outcome is None and look.sha256}
        held: set[str] = set()
        if asked and not self._reparse:
            with self._store.reading() as connection:
                held = contents_held(connection, asked)
        for look in looks:
            if look.outcome is not None or not look.sha256:
                yield look
                continue
            copied = look.sha256 in self._given or (look.sha256 in held and self._has_copy(look))
            self._given.add(look.sha256)
            yield replace(look, copied=True) if copied else look

    def _asked(self, known: KnownFile) -> bool:
        """Whether the caller wants the file to be read although it is known."""
        return self._reparse or (self._retry and known.failed)

    def _as_before(self, known: KnownFile) -> Outcome:
        if known.failed:
            return outcome_of(known, again=False)
        if (known.parser, known.settings) != (self._settings.parser, self._settings.hash):
            values = (("parser", known.parser),)
            return Outcome(path=known.path, state="skipped", reason="index-older", values=values)
        return Outcome(path=known.path, state="skipped", reason="index-unchanged")

    def _has_copy(self, look: _Look) -> bool:
        with self._store.reading() as connection:
            copy = find_copy(connection, look.sha256 or "", but=look.path)
        return copy is not None and not (copy.failed and self._retry)

    # After parsing

    def _take(self, made: _Made) -> None:
        """Keep what was made of a file for the next transaction, or say what needs none."""
        look = made.look
        if look.outcome is not None:
            self._write()
            self._said.append(look.outcome)
            return
        if look.copied:
            self._write()  # its copy may be among those
            copied = self._copy(look)
            if copied is not None:
                self._said.append(copied)
                return
            # Its copy has gone meanwhile.
            made = _made(look, parse_caged(look.task, look.size or 0, self._settings.limits))
        row = self._row(look, made)
        entry = made.read.entry if made.read else None
        if entry is not None:
            row = replace(row, sha256=entry.report.sha256)
        if any(row.path == file.path or row.sha256 == file.sha256 for file, _ in self._waiting):
            self._write()
        self._since = self._since if self._waiting else monotonic()
        self._waiting.append((row, entry))
        if len(self._waiting) >= _TOGETHER or monotonic() - self._since > _LONGEST:
            self._write()

    def _write(self) -> None:
        """Write what waits in one transaction; what became of it may be said when it is safe."""
        waiting, self._waiting = self._waiting, []
        self._writer.write_all(waiting, anew=self._reparse)
        self._said += [outcome_of(row) for row, _ in waiting]

    def _say(self) -> Iterator[Outcome]:
        said, self._said = self._said, []
        yield from said

    def _row(self, look: _Look, made: _Made) -> FileRow:
        row = _file_row(look, self._settings)
        if made.error is not None:
            dead = made.error.code in DEATHS
            return replace(
                row,
                state="quarantined" if dead else "failed",
                reason=made.error.code,
                details=_details({key: str(one) for key, one in made.error.values.items()}),
                strikes=(1 if used_up(made.error) else STRIKES) if dead else 0,
            )
        lacks = made.read.lacks if made.read else None
        if lacks is None or made.read is None:
            return row
        details = _details(dict(made.read.lacks_values))
        return replace(row, state="partial", reason=lacks, details=details)

    def _copy(self, look: _Look) -> Outcome | None:
        """The outcome of a file whose content the index has from another file."""
        with self._store.reading() as connection:
            copy = find_copy(connection, look.sha256 or "", but=look.path)
        if copy is None:
            return None
        row = _file_row(look, self._settings, copy)
        self._writer.write(row, None)
        if copy.failed:
            return outcome_of(row)
        values = (("other", copy.path),)
        return Outcome(path=look.path, state="skipped", reason="index-copy", values=values)


def add_files(
    store: Store,
    *paths: str | Path,
    settings: Settings | None = None,
    jobs: int = 1,
    reparse: bool = False,
    retry: bool = False,
    waits: Waits | None = None,
    cluster: str | None = None,
) -> Adding:
    """Everything readable below the paths, ready to be added; no paths, no work."""
    files: dict[str, Path] = {}
    folders: dict[str, str] = {}
    for path in find_files(*paths):  # two of these names may lead to one file
        files.setdefault(stored_path(store, path, folders), path)
    found = list(files.values())
    if paths and not found:
        raise NotFoundError("nothing-found", paths=", ".join(map(str, paths)))
    return Adding(
        store,
        found,
        settings=settings,
        jobs=jobs,
        reparse=reparse,
        retry=retry,
        waits=waits,
        cluster=cluster,
    )


def stored_path(store: Store, path: Path, folders: dict[str, str] | None = None) -> str:
    """What a file is called in the index: from the folder of the database if it lies there.

    A folder with reports and their index can so be moved to another place as a whole. Links
    count as what they lead to, so that one file is one row however it was named. ``folders``
    remembers where folders really are: asking for a path takes as long as opening its file.
    """
    full = _real(path, {} if folders is None else folders)
    if store.folder is not None and full.is_relative_to(store.folder):
        full = full.relative_to(store.folder)
    return clean(printable(full.as_posix())) or ""


def _real(path: Path, folders: dict[str, str]) -> Path:
    folder, name = os.path.split(path)
    if name in ("", ".", ".."):
        return Path(os.path.realpath(path))
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    full = Path(folders[folder], name)
    # A link that leads nowhere is called by its own name.
    return Path(os.path.realpath(full)) if full.is_symlink() and full.exists() else full


def real_path(store: Store, stored: str) -> Path:
    """Where a file of the index lies."""
    return Path(stored) if store.folder is None else store.folder / stored


def seen_path(store: Store, stored: str) -> Path:
    """Where a file of the index lies, seen from the folder in which the program runs."""
    path = real_path(store, stored)
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _task(look: _Look) -> tuple[Task, int] | None:
    """What is to be parsed; nothing where the index knows enough."""
    if look.outcome is not None or look.copied:
        return None
    return look.task, look.size or 0


def _parse(look: _Look, cage: Cage | None) -> _Made:
    if cage is None:
        return _Made(look=look)
    return _made(look, parse_caged(look.task, look.size or 0, None, cage))


def _made(look: _Look, found: ReadFile | ReadError | None) -> _Made:
    if isinstance(found, ReadError):
        return _Made(look=look, error=found)
    return _Made(look=look, read=found)


def _child_limits(limits: Limits | None) -> Limits:
    if limits is not None:
        return limits
    usual = default_limits()
    return replace(usual, files=max(usual.files, _CHILD_FILES))


def _stat(path: Path) -> tuple[int | None, int | None]:
    """Size and time of a file; those of the archive for a report in one."""
    try:
        status = (archive_above(path) or path).stat()
    except (OSError, ValueError):
        return None, None
    return status.st_size, status.st_mtime_ns


def is_there(path: Path) -> bool:
    """Whether a file is there; of a report in an archive, whether the archive is."""
    return os.path.lexists(path) or os.path.lexists(archive_above(path) or path)


def _hashed(look: _Look) -> _Look:
    """With the hash of the content; without where it cannot be read, which parsing will say."""
    try:
        data = load_bytes(Path(look.task.path), look.path, MAX_BYTES)
    except DocparseError:
        return look
    return replace(look, sha256=hashlib.sha256(data).hexdigest())


def _file_row(look: _Look, settings: Settings, known: KnownFile | None = None) -> FileRow:
    """The row of a file; with ``known`` in the state of that one."""
    row = FileRow(
        path=look.path,
        name=look.path.rpartition("/")[2],
        state=GOOD[0],
        parser=settings.parser,
        settings=settings.hash,
        sha256=look.sha256,
        size=look.size,
        changed=look.changed,
    )
    if known is None:
        return row
    return replace(
        row,
        state=known.state,
        reason=known.reason,
        details=known.details,
        strikes=known.strikes,
        parser=known.parser,
        settings=known.settings,
    )


def outcome_of(row: FileRow | KnownFile, *, again: bool = True) -> Outcome:
    """What a row of the table of files says."""
    values = tuple(json.loads(row.details).items()) if row.details else ()
    return Outcome(path=row.path, state=row.state, reason=row.reason, values=values, again=again)


def _details(values: Mapping[str, str]) -> str:
    return clean(json.dumps(values, ensure_ascii=False)) or "{}"
