"""The tables of the index, the same in SQLite and PostgreSQL.

A report is kept once by its content (``sha256``), however many files hold it. ``texts.body``
holds its source and its whole record, packed; ``mentions``, ``figures``, ``tables`` and
``notices`` are what questions are asked of, and have the place (``place``) of their record in it.
These four are views, as PostgreSQL adds 28 bytes to each row and as many to each key: mentions are
kept in narrow rows (``mention_rows``), and what is only asked for report by report in one row a
report (``details``); see :mod:`docparse.index.views`. Words that return in many reports stand once
in ``phrases``. Full text has tables of its own, see :mod:`docparse.index.fulltext`.

>>> sorted(schema.tables)[:3]
['aliases', 'deletions', 'details']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

schema = MetaData()
views = MetaData()

# SQLite: the key is the row's own place, so that it costs no second tree.
_small: dict[str, Any] = {"sqlite_with_rowid": False}


def _report() -> Column[Any]:
    """Which report a row belongs to."""
    return Column("report_id", Integer, ForeignKey("reports.id"), primary_key=True)


def _phrase(name: str) -> Column[Any]:
    return Column(f"{name}_id", Integer, ForeignKey("phrases.id"))


meta = Table(
    "meta",
    schema,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    schema,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("format", Text, nullable=False),
    Column("own_key", Text, index=True),
    Column("number", Text),
    Column("number_folded", Text, index=True),
    Column("type", Text),
    Column("title", Text),
    Column("issuer", Text),
    Column("location", Text),
    Column("date", Text),
    Column("signer", Text),
    Column("characters", Integer, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("parser", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("added", Text, nullable=False),
)

texts = Table(
    "texts",
    schema,
    _report(),
    # Its passages are numbered on from this one, without gaps.
    Column("first_passage", BigInteger, nullable=False, unique=True),
    Column("passages", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

files = Table(
    "files",
    schema,
    Column("path", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("sha256", Text, index=True),
    Column("size", BigInteger),
    Column("changed", BigInteger),  # nanoseconds, as the file system has it
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("details", Text),
    Column("strikes", SmallInteger, nullable=False),
    Column("parser", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("looked_at", Text, nullable=False),
    Column("report_id", Integer, ForeignKey("reports.id"), index=True),
)

phrases = Table(
    "phrases",
    schema,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("phrase", Text, nullable=False),
    Column("digest", BigInteger, nullable=False, index=True),
)

documents = Table(
    "documents",
    schema,
    Column("id", Integer, primary_key=True),
    Column("year", Integer),
    Column("key", Text, nullable=False),
    Column("family", Text, nullable=False),
    Column("serial", Text, index=True),
    Column("codes", Text, nullable=False),  # folded words of the symbol
    Column("location", Text),
    UniqueConstraint("key").ddl_if(dialect="sqlite"),
    # A hash of each key, where a tree would have every key a second time.
    ExcludeConstraint(("key", "="), using="hash", name="documents_key").ddl_if(
        dialect="postgresql"
    ),
)

mention_rows = Table(
    "mention_rows",
    schema,
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id"), index=True),
    _phrase("type"),
    _phrase("issuer"),
    _phrase("title"),
    _phrase("relation"),
    Column("date", Integer),  # as narrow.date_number makes it
    *(Column(name, Integer) for name in ("start", "length", "line", "page")),
    Column("own", Boolean, nullable=False),
    Column("number", Text),  # null: that of the key; empty: none, though the key has one
    # Rows of one report lie side by side; SQLite keeps them in the tree of this key.
    PrimaryKeyConstraint("report_id", "place").ddl_if(dialect="sqlite"),
    Index("ix_mention_rows_report_id", "report_id").ddl_if(dialect="postgresql"),
    **_small,
)

# What else a document was called: titles, and keys of mentions that say less, with the evidence.
aliases = Table(
    "aliases",
    schema,
    Column("phrase_id", Integer, ForeignKey("phrases.id"), primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("evidence", Text),
    **_small,
)
# A document is asked for its other keys, not for its titles.
_said_less = aliases.c.evidence.is_not(None)
Index(
    "ix_aliases_evidence",
    aliases.c.document_id,
    sqlite_where=_said_less,
    postgresql_where=_said_less,
)

# The rows of each view, packed (narrow.packed) in the order of its columns behind ``place``.
details = Table(
    "details",
    schema,
    _report(),
    Column("figures", Text, nullable=False),
    Column("tables", Text, nullable=False),
    Column("notices", Text, nullable=False),
)

# The index's vocabulary, and each word with one letter left out.
words = Table("words", schema, Column("word", Text, primary_key=True), **_small)
deletions = Table(
    "deletions",
    schema,
    Column("form", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    **_small,
)


# What is read. Where a record stands in the source: from which character, how many, line and page.


def _view(name: str, *columns: Column[Any], seldom: Sequence[Column[Any]] = ()) -> Table:
    where = [Column(name, Integer) for name in ("start", "length", "line", "page")]
    report = Column("report_id", Integer, ForeignKey(reports.c.id))
    # The place is the how-manieth of its kind in the report, from 0.
    return Table(name, views, report, Column("place", Integer), *columns, *where, *seldom)


def _words(*names: str) -> list[Column[Any]]:
    return [Column(f"{name}_id", Integer, ForeignKey(phrases.c.id)) for name in names]


mentions = _view(
    "mentions",
    Column("document_id", Integer, ForeignKey(documents.c.id)),
    Column("number", Text),
    Column("date", Text),
    *_words("type", "issuer", "title", "relation"),
    Column("own", Boolean),
)
figures = _view(
    "figures",
    Column("value", Text),
    *_words("unit", "kind", "indicator", "mode", "period"),
    seldom=(Column("denominator", Text), Column("value_max", Text)),
)
tables = _view("tables", *_words("caption"), Column("rows", Integer), Column("columns", Integer))
notices = _view("notices", *_words("code"))
