"""What the index knows of files: paths or contents in, the rows that stand for them out.

>>> KnownFile(path="a.txt", state="ok").failed
False
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlalchemy import Connection, select

from docparse.index import schema
from docparse.index.bulk import find_rows

GOOD = ("ok", "partial")
BAD = ("failed", "quarantined")
STATES = (*GOOD, *BAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFile:
    """A file as it was when it was last looked at."""

    path: str
    state: str
    sha256: str | None = None
    size: int | None = None
    changed: int | None = None
    reason: str | None = None
    details: str | None = None
    strikes: int = 0
    parser: str = ""
    settings: str = ""
    looked_at: str = ""

    @property
    def failed(self) -> bool:
        return self.state in BAD


_COLUMNS = [schema.files.c[field.name] for field in fields(KnownFile)]


def known_files(connection: Connection, paths: Collection[str]) -> dict[str, KnownFile]:
    """What is known of these paths."""
    asked = select(*_COLUMNS).where(schema.files.c.path.in_(paths))
    return {row.path: KnownFile(**row._mapping) for row in connection.execute(asked)}


def contents_held(connection: Connection, hashes: Collection[str]) -> set[str]:
    """Those of the contents that some file has."""
    return {sha256 for (sha256,) in find_rows(connection, schema.files, "sha256", "sha256", hashes)}


def find_copy(connection: Connection, sha256: str, *, but: str) -> KnownFile | None:
    """A file of the same content: one that was read, else one that was not."""
    files = schema.files
    asked = select(*_COLUMNS).where(files.c.sha256 == sha256, files.c.path != but)
    found = [KnownFile(**row._mapping) for row in connection.execute(asked.order_by(files.c.path))]
    return next((one for one in found if not one.failed), found[0] if found else None)


def failed_files(connection: Connection) -> list[KnownFile]:
    """Every file that could not be read, by path."""
    files = schema.files
    asked = select(*_COLUMNS).where(files.c.state.in_(BAD)).order_by(files.c.path)
    return [KnownFile(**row._mapping) for row in connection.execute(asked)]
