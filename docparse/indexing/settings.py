"""How the files of one call are read, and what names that: a changed setting makes other records.

>>> settings_of().hash == settings_of().hash, settings_of(encoding="tcvn3") == settings_of()
(True, False)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import docparse
from docparse.indexing.parsing import Task
from docparse.patterns import data_path, load
from docparse.read.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What every file of one call is read with. The password is in no hash and in no database."""

    parser: str
    hash: str
    encoding: str | None = None
    password: str | None = None
    limits: Limits | None = None
    patterns: Path | None = None

    def task(self, path: str) -> Task:
        """The task for one file."""
        return Task(
            path=path,
            encoding=self.encoding,
            password=self.password,
            limits=self.limits,
            patterns=self.patterns,
        )


def settings_of(
    *,
    encoding: str | None = None,
    password: str | None = None,
    limits: Limits | None = None,
    patterns: str | Path | None = None,
) -> Settings:
    """The settings of one call; a faulty pattern folder is said before any file is read."""
    folder = Path(patterns) if patterns is not None else None
    load(folder)
    digest = hashlib.sha256(_shipped())
    digest.update((encoding or "").encode())
    for piece in _contents(folder) if folder else ():
        digest.update(piece)
    return Settings(
        parser=docparse.__version__,
        hash=digest.hexdigest()[:16],
        encoding=encoding,
        password=password,
        limits=limits,
        patterns=folder,
    )


@cache
def _shipped() -> bytes:
    """The patterns that docparse brings along are part of how it reads."""
    digest = hashlib.sha256()
    for piece in _contents(data_path()):
        digest.update(piece)
    return digest.digest()


def _contents(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.rglob("*.t*")):
        if path.suffix in (".toml", ".txt") and path.is_file():
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()
