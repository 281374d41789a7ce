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
from docparse.index.fold import both_forms
from docparse.index.fulltext import FullText, Piece
from docparse.index.keptext import cut_passages, text_of
from docparse.index.schema import VIEWS, meta, schema

Step = Callable[[Connection, FullText], None]


def _first(connection: Connection, text: FullText) -> None:
    """The tables of the first version."""
    schema.create_all(connection)
    text.create(connection)
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"create view {name} as {query}")


def _second(connection: Connection, text: FullText) -> None:
    """Bands are cut from the sketches when they are asked for. Full text is made anew: a passage
    goes on for some words, and PostgreSQL has what :mod:`docparse.index.codedtext` describes, and
    four bytes for the number of a row."""
    connection.exec_driver_sql("drop table bands")
    if connection.dialect.name == "postgresql":
        for name in VIEWS:
            connection.exec_driver_sql(f"drop view {name}")
        for table, columns in _NARROWED.items():
            asked = ", ".join(f"alter column {name} type integer" for name in columns.split())
            connection.exec_driver_sql(f"alter table {table} {asked}")
        old = ["passages", "titles"]
        made = VIEWS
    else:
        old = ["passages_exact", "passages_folded", "titles_exact", "titles_folded"]
        made = {}
    for name in old:
        connection.exec_driver_sql(f"drop table {name}")
    text.create(connection)
    _fill(connection, text)
    for name, query in made.items():
        connection.exec_driver_sql(f"create view {name} as {query}")


def _fill(connection: Connection, text: FullText) -> None:
    """Full text out of what the index keeps."""
    asked = "select first_passage from texts order by first_passage"
    for first in connection.exec_driver_sql(asked).scalars().all():
        asked = f"select body from texts where first_passage = {first}"
        body = connection.exec_driver_sql(asked).scalar_one()
        passages = enumerate(cut_passages(text_of(body).value), first)
        text.add(connection, "passages", [Piece(at, one.exact, one.folded) for at, one in passages])
    asked = "select id, phrase from phrases where kind = 'title'"
    titles = connection.exec_driver_sql(asked).all()
    text.add(connection, "titles", [Piece(at, *both_forms(title)) for at, title in titles])


_NARROWED = {
    "reports": "id",
    "texts": "report_id",
    "files": "report_id",
    "phrases": "id",
    "documents": "id",
    "mentions": "report_id document_id type_id issuer_id title_id relation_id",
    "aliases": "phrase_id document_id",
    "figures": "report_id unit_id kind_id indicator_id mode_id period_id",
    "tables": "report_id caption_id",
    "notices": "report_id code_id",
}

STEPS: tuple[Step, ...] = (_first, _second)
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
