"""The reports of an index, one by one: a connection goes in, paths and their reports come out.

Only reading is not done again: what is extracted is what this version finds. The source alone is
had in a hundredth of the time.

>>> ReportShelf.__name__
'ReportShelf'
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from docparse.errors import UsageError
from docparse.index import schema
from docparse.index.keptsource import source_of
from docparse.index.store import Store
from docparse.indexing.adding import seen_path
from docparse.models import Source
from docparse.patterns import Patterns
from docparse.pipeline import parse_source
from docparse.report import Report


class ReportShelf:
    """Every file that was read, under the path that leads to it from here."""

    def __init__(self, store: Store, connection: Connection, patterns: Patterns) -> None:
        self._connection = connection
        self._patterns = patterns
        files = schema.files
        asked = select(files.c.path, files.c.report_id).where(files.c.report_id.is_not(None))
        found = (
            (str(seen_path(store, path)), number) for path, number in connection.execute(asked)
        )
        # Sorted here: every database has an order of its own.
        self._numbers: dict[str, int] = dict(sorted(found))

    @property
    def paths(self) -> Sequence[str]:
        """In the order in which reports are compared."""
        return tuple(self._numbers)

    def source(self, path: str) -> Source:
        """A source as it was read; no file is needed."""
        texts = schema.texts
        body = select(texts.c.body).where(texts.c.report_id == self._numbers[path])
        source = source_of(self._connection.execute(body).scalar_one(), path)
        if source is None:
            raise UsageError("index-not-whole", path=path)
        return source

    def report(self, path: str) -> Report:
        """A report as ``parse`` makes it."""
        return parse_source(self.source(path), self._patterns)
