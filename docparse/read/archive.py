"""Archives (.zip): a path in, the paths of the reports inside it out, and the bytes of each.

A report inside is called by the archive's path and its own: "archive.zip/inner.docx", and
archives inside archives go on in this way. Nothing is ever written to disk, so that a name
like "../x" could do no harm; an archive that holds one is refused all the same.

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

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from docparse.errors import FormatError, NotFoundError
from docparse.read.packages import Package, open_package
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
        members = _all_members(_opened(path.read_bytes(), str(path)), path, endings)
    except (FormatError, OSError):
        yield path
        return
    yield from members or [path]


def refuse_archive(data: bytes, *, path: str) -> FormatError:
    """Why an archive was not read: what is wrong with it, or that it is many reports."""
    try:
        package = _opened(data, path)
        _all_members(package, Path(path), ())
    except FormatError as error:
        return error
    code = "archive-damaged" if package.damaged else "is-an-archive"
    return FormatError(code, path=path, count=len(_wanted(package)))


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
    if outer is None or not is_archive(outer):
        raise NotFoundError("not-found", path=str(path))
    data = outer.read_bytes()
    rest = path.relative_to(outer).parts
    where = outer
    for _ in range(MAX_DEPTH):
        if not data.startswith(_MARKS):
            break
        package = _opened(data, str(where))
        found = _longest(package, rest)
        if found is None:
            break
        name, used = found
        last, before = used == len(rest), package.damaged
        unpacked = package.read(name, limit=MAX_MEMBER if last else MAX_INNER)
        if unpacked is None or package.damaged != before:
            raise FormatError("damaged-file", path=str(path))
        if last:
            return unpacked
        data, rest, where = unpacked, rest[used:], where.joinpath(*rest[:used])
    raise NotFoundError("not-found", path=str(path))


def _all_members(package: Package, path: Path, endings: Collection[str]) -> list[Path]:
    """The reports in an archive, at any depth; a FormatError where there are far too many."""
    found = []
    closed = 0
    for member in _members(package, path, endings, 1):
        found.append(member)
        closed += member.suffix.lower() == ".zip"
        if closed > MAX_CLOSED:
            raise FormatError("archive-too-deep", path=str(path), limit=MAX_DEPTH)
        if len(found) > MAX_MEMBERS:
            raise FormatError("archive-too-many", path=str(path), limit=MAX_MEMBERS)
    return found


def _opened(data: bytes, path: str) -> Package:
    package = open_package(data, path=path, strict=False)
    for name in package.written_names:
        if _leads_out(name):
            raise FormatError("archive-unsafe-name", path=path, name=name[:200])
    return package


def _leads_out(name: str) -> bool:
    """Names that another program would unpack to a place outside."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or plain[1:2] == ":" or ".." in plain.split("/") or "\0" in plain


def _members(package: Package, path: Path, endings: Collection[str], depth: int) -> Iterator[Path]:
    room = MAX_INNER * 2
    for shown, name in sorted(_wanted(package).items()):
        place = path / shown
        ending = place.suffix.lower()
        if ending == ".zip" and depth < MAX_DEPTH and package.size(name) <= MAX_INNER:
            room -= package.size(name)
            inner = package.read(name) if room >= 0 else None
            found = _inner(inner, place, endings, depth) if inner else None
            yield from found if found is not None else (place,)
        elif ending in endings or ending == ".zip":
            yield place
    if package.damaged:  # what may be missing is said by reading the archive itself
        yield path


def _inner(data: bytes, place: Path, endings: Collection[str], depth: int) -> list[Path] | None:
    """The reports of an archive inside; None where reading it must say what is wrong."""
    try:
        return list(_members(_opened(data, str(place)), place, endings, depth + 1)) or None
    except FormatError:
        return None


def _wanted(package: Package) -> dict[str, str]:
    """The entries that may be reports, by the name shown; hidden ones and READMEs are not."""
    wanted = {}
    for name in package.names:
        shown = _shown(name)
        path = PurePosixPath(shown)
        hidden = any(part.startswith(".") or part in _IGNORED for part in path.parts)
        if not hidden and path.stem.lower().partition(".")[0] != "readme":
            wanted[shown] = name
    return wanted


def _shown(name: str) -> str:
    """The name as it was written: many programs write UTF-8 without saying so."""
    try:
        return name.encode("cp437").decode("utf-8").replace("\\", "/")
    except UnicodeError:
        return name.replace("\\", "/")


def _longest(package: Package, parts: tuple[str, ...]) -> tuple[str, int] | None:
    """The entry whose name the parts begin with, and how many of them it takes."""
    names = {PurePosixPath(_shown(name)).parts: name for name in package.names}
    for used in range(len(parts), 0, -1):
        if parts[:used] in names:
            return names[parts[:used]], used
    return None
