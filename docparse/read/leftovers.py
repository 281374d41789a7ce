"""The private folder of a child process, and its end: nothing that a child made stays behind.

The parent makes the folder, holds a lock in it and removes it with all that is in it. A parent
that was killed itself cannot: the next one finds the folder with a lock that nobody holds, and
removes it then.

>>> made = PrivateFolder()
>>> made.path.is_dir(), made.remove(), made.path.exists()
(True, None, False)
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
from functools import cache
from pathlib import Path

__all__ = ["PREFIX", "PROFILE", "PrivateFolder", "remove_tree", "sweep"]

PREFIX = "docparse-"
PROFILE = "profile"  # how the folder of a LibreOffice profile is called, below a private folder
_LOCK = "lock"
_FRESH = 60.0  # seconds in which a parent may still be about to take its lock
_TRIES = 20
_PIPES = Path("/tmp")  # LibreOffice knows no other place on POSIX


class PrivateFolder:
    """A folder for temporary files, for as long as this process lives."""

    def __init__(self) -> None:
        _sweep_once()
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._lock = _locked(self.path / _LOCK, create=True)

    def remove(self) -> None:
        """Remove the folder; what wrote into it has been killed before."""
        remove_tree(self.path)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def remove_tree(folder: Path) -> None:
    """Remove a folder and the pipes of the LibreOffices whose profiles are in it.

    A program that was killed a moment ago may still write: it is tried again for a while.
    """
    for place in (folder, *_below(folder)):
        with contextlib.suppress(OSError):
            pipe_of(place / PROFILE).unlink()
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)


def pipe_of(profile: Path) -> Path:
    """Where a LibreOffice with this profile listens; killed, it leaves its pipe there."""
    address = profile.absolute().as_uri().encode("utf-16-le")
    digest = hashlib.md5(address, usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)  # without leading zeros, as LibreOffice does
    owner = os.getuid() if hasattr(os, "getuid") else 0
    return _PIPES / f"OSL_PIPE_{owner}_SingleOfficeIPC_{name}"


def sweep(folder: Path) -> None:
    """Remove what parents that are gone have left in the folder for temporary files."""
    oldest = time.time() - _FRESH
    for place in folder.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if (place / _LOCK).lstat().st_mtime > oldest:
                continue
            lock = _locked(place / _LOCK, create=False)
            if lock is not None:
                remove_tree(place)
                os.close(lock)


@cache
def _sweep_once() -> None:
    sweep(Path(tempfile.gettempdir()))


def _locked(path: Path, *, create: bool) -> int | None:
    """An open file that no other process has locked; None where there is no such thing."""
    try:
        import fcntl
    except ImportError:  # Windows: there, nothing is swept
        return None
    flags = os.O_RDWR | os.O_NOFOLLOW | (os.O_CREAT | os.O_EXCL if create else 0)
    try:
        file = os.open(path, flags, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def _below(folder: Path) -> list[Path]:
    try:
        return [place for place in folder.iterdir() if place.is_dir() and not place.is_symlink()]
    except OSError:
        return []
