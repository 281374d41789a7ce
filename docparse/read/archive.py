"""Archives (.zip): a path in, the paths of the reports inside it out, and the bytes of each.

A report inside is called by the archive's path and its own: "archive.zip/inner.docx", and
archives inside archives go on in this way. Nothing is ever written to disk, so that a name
like "../x" could do no harm; such an entry is listed under a name without it, and refused. The
archive that was read from last stays open, so that many files of it cost one directory.

>>> import tempfile, zipfile
>>> temporary = tempfile.TemporaryDirectory()
>>> folder = Path(temporary.name)
>>> with zipfile.ZipFile(folder / "a.zip", "w") as made:
...     made.writestr("thang 1/bao cao.txt", "So: 12")
>>> [member] = find_members(folder / "a.zip", endings={".txt"})
>>> member.relative_to(folder).as_posix(), load_member(member)
('a.zip/thang 1/bao cao.txt', b'So: 12')
>>> temporary.cleanup()
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from docparse.errors import FormatError, NotFoundError
from docparse.read.packages import open_package
from docparse.read.sniff import sniff_zip

MAX_DEPTH = 3  # archives in archives
MAX_INNER = 50_000_000  # bytes of an archive that lies in an archive
MAX_MEMBERS = 5_000
MAX_CLOSED = 100  # archives that lie too deep to be looked into: more of them are a bomb
MAX_MEMBER = 200_000_000
_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_IGNORED = ("__MACOSX", "Thumbs.db", "desktop.ini")


def is_archive(path: Path) -> bool:
    """Whether a file is a zip of other files, by its content; office files are zips, too."""
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(_MARKS):
                return False
            file.seek(0)
            return path.stat().st_size <= MAX_MEMBER and sniff_zip(file) == "ZIP"
    except OSError:
        return False


def find_members(path: Path, *, endings: Collection[str]) -> Iterator[Path]:
    """The reports in an archive, those of archives inside it in their place.

    An archive that is refused is yielded itself: reading it gives the reason.
    """
    try:
        members = _all_members(_Archive(path.read_bytes(), path), endings)
    except (FormatError, OSError):
        yield path
        return
    yield from members or [path]


def refuse_archive(data: bytes, *, path: str, on_disk: bool = True) -> FormatError:
    """Why an archive was not read: what is wrong with it, or that it is many reports."""
    try:
        archive = _Archive(data, Path(path))
        _all_members(archive, ())
    except FormatError as error:
        return error
    code = "is-an-archive" if on_disk else "archive-without-path"
    if archive.package.damaged:
        code = "archive-damaged"
    return FormatError(code, path=path, count=len(archive.wanted))


def archive_above(path: Path) -> Path | None:
    """The file in whose place a path expects a folder."""
    for above in path.parents:
        if above.is_dir():
            return None
        if above.is_file():
            return above
    return None


def load_member(path: Path) -> bytes:
    """The bytes of "archive.zip/inner.docx"; a NotFoundError where there is no such entry."""
    outer = archive_above(path)
    archive = _kept.outermost(outer) if outer is not None else None
    if outer is None or archive is None:
        raise NotFoundError("not-found", path=str(path))
    rest = path.relative_to(outer).parts
    for depth in range(1, MAX_DEPTH + 1):
        found = archive.longest(rest)
        if found is None:
            break
        entry, used = found
        if used == len(rest):
            return archive.load(entry, MAX_MEMBER)
        rest = rest[used:]
        inner = _kept.inner(archive, entry, depth)
        if inner is None:
            break
        archive = inner
    raise NotFoundError("not-found", path=str(path))


def forget() -> None:
    """Let go of the archive that was read from last."""
    _kept.levels = []


class _Entry(NamedTuple):
    """A file in an archive: its name in the directory, and the name that is shown."""

    name: str
    shown: str
    unsafe: str | None  # the name as it is written, where that leads out


class _Archive:
    """An open archive and the files in it, by the names that are shown."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        self.package = open_package(data, path=str(path), strict=False)

    @cached_property
    def entries(self) -> dict[tuple[str, ...], _Entry]:
        entries: dict[tuple[str, ...], _Entry] = {}
        unsafe = []
        for name in self.package.names:
            written = self.package.written_name(name)
            if _leads_out(written):
                unsafe.append((name, written))
            else:
                shown = _shown(name)
                entries[PurePosixPath(shown).parts] = _Entry(name, shown, None)
        for name, written in unsafe:
            shown = _led_back(_shown(written))
            while PurePosixPath(shown).parts in entries:
                shown = f"_{shown}"
            entries[PurePosixPath(shown).parts] = _Entry(name, shown, written)
        return entries

    @cached_property
    def wanted(self) -> list[_Entry]:
        """The entries that may be reports, in order; hidden ones and READMEs are not."""
        return sorted(
            (entry for entry in self.entries.values() if entry.unsafe or _is_wanted(entry.shown)),
            key=lambda entry: entry.shown,
        )

    def longest(self, parts: tuple[str, ...]) -> tuple[_Entry, int] | None:
        """The entry whose name the parts begin with, and how many of them it takes."""
        for used in range(len(parts), 0, -1):
            if parts[:used] in self.entries:
                return self.entries[parts[:used]], used
        return None

    def load(self, entry: _Entry, limit: int) -> bytes:
        """An entry unpacked; a FormatError where it is broken or not to be touched."""
        path = str(self.path / entry.shown)
        if entry.unsafe is not None:
            raise FormatError("archive-unsafe-name", path=path, name=entry.unsafe[:200])
        package = self.package
        before, package.damaged = package.damaged, False
        unpacked = package.read(entry.name, limit=limit)
        broken, package.damaged = package.damaged, package.damaged or before
        if unpacked is None or broken:
            raise FormatError("damaged-file", path=path)
        return unpacked


class _Kept(threading.local):
    """The archive that was read from last, and those inside it on the way to the last file."""

    def __init__(self) -> None:
        self.mark: object = None  # which file on disk it was, and in which state
        self.levels: list[_Archive] = []

    def outermost(self, path: Path) -> _Archive | None:
        """The archive of a file on disk; None where it is none."""
        try:
            status = path.stat()
        except OSError:
            return None
        mark = (path, status.st_mtime_ns, status.st_size, status.st_ino)
        if not self.levels or mark != self.mark:
            self.levels = []
            if not is_archive(path):
                return None
            self.levels = [_Archive(path.read_bytes(), path)]
            self.mark = mark
        return self.levels[0]

    def inner(self, archive: _Archive, entry: _Entry, depth: int) -> _Archive | None:
        """The archive that is an entry of another one; None where it is none."""
        path = archive.path / entry.shown
        if len(self.levels) <= depth or self.levels[depth].path != path:
            del self.levels[depth:]
            data = archive.load(entry, MAX_INNER)
            try:
                self.levels.append(_Archive(data, path))
            except FormatError:
                if data.startswith(_MARKS):
                    raise
                return None  # a file, in whose place the path expects a folder
        return self.levels[depth]


_kept = _Kept()


def _all_members(archive: _Archive, endings: Collection[str]) -> list[Path]:
    """The reports in an archive, at any depth; a FormatError where there are far too many."""
    found = []
    closed = 0
    for member in _members(archive, endings, 1):
        found.append(member)
        closed += member.suffix.lower() == ".zip"
        if closed > MAX_CLOSED:
            raise FormatError("archive-too-deep", path=str(archive.path), limit=MAX_DEPTH)
        if len(found) > MAX_MEMBERS:
            raise FormatError("archive-too-many", path=str(archive.path), limit=MAX_MEMBERS)
    return found


def _leads_out(name: str) -> bool:
    """Names that another program would unpack to a place outside."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or plain[1:2] == ":" or ".." in plain.split("/") or "\0" in plain


def _led_back(name: str) -> str:
    """A name that stays inside, in the place of one that leads out.

    >>> _led_back("../../etc/x.txt"), _led_back("C:/x.txt")
    ('__/__/etc/x.txt', 'C_/x.txt')
    """
    parts = name.replace("\0", "_").replace(":", "_").split("/")
    return "/".join("__" if part == ".." else part for part in parts if part) or "_"


def _members(archive: _Archive, endings: Collection[str], depth: int) -> Iterator[Path]:
    room = MAX_INNER * 2
    package = archive.package
    for entry in archive.wanted:
        place = archive.path / entry.shown
        ending = place.suffix.lower()
        if entry.unsafe is not None:
            yield place
        elif ending == ".zip" and depth < MAX_DEPTH and package.size(entry.name) <= MAX_INNER:
            room -= package.size(entry.name)
            inner = package.read(entry.name) if room >= 0 else None
            found = _inner(inner, place, endings, depth) if inner else None
            yield from found if found is not None else (place,)
        elif ending in endings or ending == ".zip":
            yield place
    if package.damaged:  # what may be missing is said by reading the archive itself
        yield archive.path


def _inner(data: bytes, place: Path, endings: Collection[str], depth: int) -> list[Path] | None:
    """The reports of an archive inside; None where reading it must say what is wrong."""
    try:
        return list(_members(_Archive(data, place), endings, depth + 1)) or None
    except FormatError:
        return None


def _is_wanted(shown: str) -> bool:
    path = PurePosixPath(shown)
    hidden = any(part.startswith(".") or part in _IGNORED for part in path.parts)
    return not hidden and path.stem.lower().partition(".")[0] != "readme"


def _shown(name: str) -> str:
    """The name as it was written: many programs write UTF-8 without saying so."""
    try:
        return name.encode("cp437").decode("utf-8").replace("\\", "/")
    except UnicodeError:
        return name.replace("\\", "/")
