"""From an older index to this one: numbered steps, each in a transaction of its own.

A new database gets the tables of :mod:`docparse.index.schema` at once and the number of the last
step. An older one takes the steps that it has not had; a step is SQL that never changes again,
and names tables by their names of that time. (Alembic would bring a folder of scripts, a file of
settings and a template engine for what is a list of functions here; what it is good at, writing
a step by comparing tables, it cannot do for full text.)

>>> VERSION == len(STEPS)
True
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, inspect, select

from docparse.errors import UsageError
from docparse.index.fulltext import FullText
from docparse.index.schema import VIEWS, meta, schema

Step = Callable[[Connection, FullText], None]


def _first(connection: Connection, text: FullText) -> None:
    """The tables of the first version."""
    schema.create_all(connection)
    text.create(connection)
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"create view {name} as {query}")


STEPS: tuple[Step, ...] = (_first,)
VERSION = len(STEPS)


def bring_up_to_date(
    connection: Connection,
    text: FullText,
    *,
    name: str,
    create: bool,
    lock: Callable[[Connection], None],
) -> None:
    """Make the tables, or take the steps that are missing; a newer index is refused."""
    with connection.begin():
        found = version_of(connection)
    if found == VERSION:
        return
    if found > VERSION:
        raise UsageError("index-newer", path=name, found=found, known=VERSION)
    if found == 0 and not create:
        raise UsageError("index-empty", path=name)
    writer = connection.execution_options(docparse_writes=True)
    with writer.begin():
        lock(writer)
        # Somebody else may have done it while this one waited.
        found = version_of(writer)
        if found == 0:
            _first(writer, text)
        for step in STEPS[found:] if found else ():
            step(writer, text)
        _note(writer, VERSION)


def version_of(connection: Connection) -> int:
    """The last step that a database has had; 0 for an empty one."""
    if not inspect(connection).has_table(meta.name):
        return 0
    asked = select(meta.c.value).where(meta.c.name == "version")
    return int(connection.execute(asked).scalar() or 0)


def _note(connection: Connection, version: int) -> None:
    connection.execute(meta.delete().where(meta.c.name == "version"))
    connection.execute(meta.insert().values(name="version", value=str(version)))
