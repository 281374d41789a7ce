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
from docparse.index.bulk import add_rows
from docparse.index.fold import both_forms
from docparse.index.fulltext import FullText, Piece
from docparse.index.keptext import cut_passages, text_of
from docparse.index.narrow import kept_number, packed, written_number
from docparse.index.schema import meta, schema
from docparse.index.views import create_views

Step = Callable[[Connection, FullText], None]


def _first(connection: Connection, text: FullText) -> None:
    """The tables of the first version."""
    schema.create_all(connection)
    text.create(connection)
    create_views(connection)


def _second(connection: Connection, text: FullText) -> None:
    """Bands are cut from the sketches when they are asked for. Full text is made anew: a passage
    goes on for some words, and PostgreSQL has what :mod:`docparse.index.codedtext` describes, and
    four bytes for the number of a row."""
    connection.exec_driver_sql("drop table bands")
    if connection.dialect.name == "postgresql":
        for name in _PEOPLES:
            connection.exec_driver_sql(f"drop view {name}")
        for table, columns in _NARROWED.items():
            asked = ", ".join(f"alter column {name} type integer" for name in columns.split())
            connection.exec_driver_sql(f"alter table {table} {asked}")
        old = ["passages", "titles"]
    else:
        old = ["passages_exact", "passages_folded", "titles_exact", "titles_folded"]
    for name in old:
        connection.exec_driver_sql(f"drop table {name}")
    text.create(connection)
    _fill(connection, text)


def _third(connection: Connection, text: FullText) -> None:
    """Mentions become narrow rows, figures, tables and notices one row a report, under views;
    PostgreSQL has a shorter index of keys, and common words in fewer bytes."""
    for name in _PEOPLES:
        connection.exec_driver_sql(f"drop view if exists {name}")
    for name in _PACKED:
        connection.exec_driver_sql(f"alter table {name} rename to old_{name}")
    is_sqlite = connection.dialect.name == "sqlite"
    for statement in (_NARROW_SQLITE if is_sqlite else _NARROW_POSTGRES).split(";"):
        connection.exec_driver_sql(statement)
    reports = connection.exec_driver_sql("select id from reports order by id").scalars().all()
    for report in reports:
        _narrow(connection, report)
    for name in _PACKED:
        connection.exec_driver_sql(f"drop table old_{name}")
    if not is_sqlite:
        for name in ("lexemes", "passages", "titles"):
            connection.exec_driver_sql(f"drop table {name}")
        text.create(connection)
        _fill(connection, text)
    create_views(connection)


def _narrow(connection: Connection, report: int) -> None:
    """The rows of one report, as the third version has them."""
    asked = (
        "select m.report_id, m.place, m.document_id, m.type_id, m.issuer_id, m.title_id,"
        " m.relation_id, m.start, m.length, m.line, m.page, m.own, m.date, m.number, d.key"
        f" from old_mentions m left join documents d on d.id = m.document_id where report_id = "
        f"{report} order by m.place"
    )
    rows = [
        (*head, written_number(date), *more, kept_number(number, key))
        for *both, date, number, key in connection.exec_driver_sql(asked)
        for head, more in ((both[:7], both[7:]),)
    ]
    add_rows(connection, schema.tables["mention_rows"], rows)
    lists = []
    for name, columns in _PACKED.items():
        if columns:
            asked = f"select {columns} from old_{name} where report_id = {report} order by place"
            lists.append(packed(tuple(row) for row in connection.exec_driver_sql(asked)))
    add_rows(connection, schema.tables["details"], [(report, *lists)])


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

_PEOPLES = ("cited", "measured")
_WHERE = "start, length, line, page"
_PACKED = {
    "mentions": "",
    "figures": f"value, unit_id, kind_id, indicator_id, mode_id, period_id, {_WHERE}, denominator,"
    " value_max",
    "tables": f"caption_id, rows, columns, {_WHERE}",
    "notices": f"code_id, {_WHERE}",
}
_NARROW_SQLITE = """
create table mention_rows (
    report_id integer not null references reports (id), place integer not null,
    document_id integer references documents (id), type_id integer references phrases (id),
    issuer_id integer references phrases (id), title_id integer references phrases (id),
    relation_id integer references phrases (id), date integer, start integer, length integer,
    line integer, page integer, own boolean not null, number text,
    primary key (report_id, place)
) without rowid;
create index ix_mention_rows_document_id on mention_rows (document_id);
create table details (
    report_id integer not null primary key references reports (id),
    figures text not null, tables text not null, notices text not null
);
drop index ix_aliases_document_id;
create index ix_aliases_evidence on aliases (document_id) where evidence is not null
"""
_NARROW_POSTGRES = (
    _NARROW_SQLITE.replace(",\n    primary key (report_id, place)\n) without rowid", ")")
    + """;
create index ix_mention_rows_report_id on mention_rows (report_id);
alter table documents drop constraint documents_key_key;
alter table documents add constraint documents_key exclude using hash (key with =)
"""
)

STEPS: tuple[Step, ...] = (_first, _second, _third)
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
