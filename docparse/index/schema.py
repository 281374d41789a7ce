"""The tables of the index, the same in SQLite and PostgreSQL.

A report is kept once by its content (``sha256``), however many files hold it. ``texts.body``
holds its source and its whole record, packed; the rows of ``mentions``, ``figures``, ``tables``
and ``notices`` are what questions are asked of, and have the place (``place``) of their record in
it. Words that return in many reports stand once in ``phrases``; the views ``cited`` and
``measured`` put them back for whoever asks in SQL. Full text has tables of its own, see
:mod:`docparse.index.fulltext`.

>>> sorted(schema.tables)[:3]
['aliases', 'deletions', 'documents']
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

schema = MetaData()

# SQLite: the key is the row's own place, so that it costs no second tree.
_small: dict[str, Any] = {"sqlite_with_rowid": False}


def _report() -> Column[Any]:
    """Which report a row belongs to."""
    return Column("report_id", Integer, ForeignKey("reports.id"), primary_key=True)


def _place() -> Column[Any]:
    """The how-manieth of its kind in the report, from 0."""
    return Column("place", Integer, primary_key=True, autoincrement=False)


def _phrase(name: str) -> Column[Any]:
    return Column(f"{name}_id", Integer, ForeignKey("phrases.id"))


def _where() -> list[Column[Any]]:
    """Where a record stands in the source: from which character, how many, line and page."""
    return [Column(name, Integer) for name in ("start", "length", "line", "page")]


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
    Column("key", Text, nullable=False, unique=True),
    Column("family", Text, nullable=False),
    Column("serial", Text, index=True),
    Column("year", Integer),
    Column("codes", Text, nullable=False),  # folded words of the symbol
    Column("location", Text),
)

mentions = Table(
    "mentions",
    schema,
    _report(),
    _place(),
    Column("document_id", Integer, ForeignKey("documents.id"), index=True),
    Column("number", Text),
    Column("date", Text),
    _phrase("type"),
    _phrase("issuer"),
    _phrase("title"),
    _phrase("relation"),
    Column("own", Boolean, nullable=False),
    *_where(),
    **_small,
)

# What else a document was called: titles, and keys of mentions that say less, with the evidence.
aliases = Table(
    "aliases",
    schema,
    Column("phrase_id", Integer, ForeignKey("phrases.id"), primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id"), primary_key=True, index=True),
    Column("evidence", Text),
    **_small,
)

figures = Table(
    "figures",
    schema,
    _report(),
    _place(),
    Column("value", Text, nullable=False),
    Column("value_max", Text),
    Column("denominator", Text),
    _phrase("unit"),
    _phrase("kind"),
    _phrase("indicator"),
    _phrase("mode"),
    _phrase("period"),
    *_where(),
    **_small,
)

tables = Table(
    "tables",
    schema,
    _report(),
    _place(),
    _phrase("caption"),
    Column("rows", Integer, nullable=False),
    Column("columns", Integer, nullable=False),
    *_where(),
    **_small,
)

notices = Table(
    "notices",
    schema,
    _report(),
    _place(),
    _phrase("code"),
    *_where(),
    **_small,
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

VIEWS = {
    "cited": """
        select m.report_id, m.place, d.key, m.number, m.date, t.phrase as type,
            i.phrase as issuer, n.phrase as title, r.phrase as relation, m.own, m.start, m.length,
            m.line, m.page
        from mentions m
        left join documents d on d.id = m.document_id
        left join phrases t on t.id = m.type_id
        left join phrases i on i.id = m.issuer_id
        left join phrases n on n.id = m.title_id
        left join phrases r on r.id = m.relation_id""",
    "measured": """
        select f.report_id, f.place, f.value, f.value_max, f.denominator, u.phrase as unit,
            k.phrase as kind, i.phrase as indicator, m.phrase as mode, p.phrase as period,
            f.start, f.length, f.line, f.page
        from figures f
        left join phrases u on u.id = f.unit_id
        left join phrases k on k.id = f.kind_id
        left join phrases i on i.id = f.indicator_id
        left join phrases m on m.id = f.mode_id
        left join phrases p on p.id = f.period_id""",
}
