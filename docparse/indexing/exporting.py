"""The index for other programs: tables, records, the network of citations, linked data.

Nothing is left out and nothing is executed: a cell that begins with "=" stays words in a
spreadsheet, control characters are shown by a mark. Text formats come out piece by piece.

>>> TABLES["documents"][1][:3]
('key', 'family', 'serial')
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from sqlalchemy import Connection, Integer, cast, func, select

from docparse.errors import UsageError
from docparse.index import schema
from docparse.index.citing import path_of, quoted_mentions
from docparse.index.papers import papers_table
from docparse.index.unifying import whole_keys
from docparse.indexing.printing import csv_lines
from docparse.render.jsontext import json_array, json_line
from docparse.render.workbook import cell_text

if TYPE_CHECKING:
    import pandas as pd

_REPORTS = ("number", "date", "type", "title", "issuer", "location", "signer")
_FIGURES = ("value", "value_max", "denominator")
_WORDS = ("unit", "kind", "indicator", "mode", "period")
_CITED = (
    "report", "report_number", "report_date", "key", "type", "number", "date", "issuer", "title",
    "relation", "line", "page", "quote", "evidence",
)  # fmt: skip
FORMATS = ("csv", "jsonl", "parquet", "xlsx", "graphml", "turtle", "jsonld")
_ROWS = 1_048_000  # rows that a sheet can hold
Rows = Iterator[Sequence[Any]]


def _reports(connection: Connection) -> Rows:
    table = schema.reports
    columns = [table.c[name] for name in ("own_key", *_REPORTS, "format", "sha256", "added")]
    for row in connection.execute(select(path_of(), *columns).order_by(table.c.id)):
        yield tuple(row)


def _citations(connection: Connection) -> Rows:
    for one in quoted_mentions(connection):
        yield tuple(getattr(one, name) for name in _CITED)


def _documents(connection: Connection) -> Rows:
    """Every document that is cited, by how many papers and how often."""
    table, mentions, paper = schema.documents, schema.mentions, papers_table()
    written = (
        select(mentions.c.document_id, paper.c.paper, func.count().label("times"))
        .join(paper, paper.c.report_id == mentions.c.report_id)
        .where(mentions.c.own.is_(False))
        .group_by(mentions.c.document_id, paper.c.paper, mentions.c.report_id)
        .subquery()
    )
    said = (
        select(written.c.document_id, func.max(written.c.times).label("times"))
        .group_by(written.c.document_id, written.c.paper)
        .subquery()
    )
    counts = (
        select(
            table.c.key,
            table.c.family,
            table.c.serial,
            table.c.year,
            table.c.location,
            func.count(),
            cast(func.sum(said.c.times), Integer),
        )
        .join(said, said.c.document_id == table.c.id)
        .group_by(table.c.id)
        .order_by(table.c.key)
    )
    for row in connection.execute(counts):
        yield tuple(row)


def _figures(connection: Connection) -> Rows:
    table = schema.figures
    named = {name: schema.phrases.alias(name) for name in _WORDS}
    asked = select(
        path_of(),
        *(table.c[name] for name in _FIGURES),
        *(words.c.phrase for words in named.values()),
        table.c.line,
        table.c.page,
    ).join_from(table, schema.reports, schema.reports.c.id == table.c.report_id)
    for name, words in named.items():
        asked = asked.outerjoin(words, words.c.id == table.c[f"{name}_id"])
    for row in connection.execute(asked.order_by(table.c.report_id, table.c.place)):
        yield tuple(row)


def _files(connection: Connection) -> Rows:
    table = schema.files
    columns = [table.c[name] for name in TABLES["files"][1]]
    for row in connection.execute(select(*columns).order_by(table.c.path)):
        yield tuple(row)


TABLES = {
    "reports": (_reports, ("report", "key", *_REPORTS, "format", "sha256", "added")),
    "citations": (_citations, _CITED),
    "documents": (
        _documents,
        ("key", "family", "serial", "year", "place", "reports", "mentions"),
    ),
    "figures": (_figures, ("report", *_FIGURES, *_WORDS, "line", "page")),
    "files": (_files, ("path", "state", "reason", "details", "sha256", "size", "looked_at")),
}


def export(connection: Connection, form: str, *, table: str) -> Iterable[str] | bytes:
    """One table, or the whole, in a format; text in pieces, or the bytes of a file."""
    if table not in TABLES:
        raise UsageError("index-unknown-kind", kind=table, known=", ".join(TABLES))
    match form:
        case "csv":
            rows, names = TABLES[table]
            return csv_lines(names, rows(connection))
        case "parquet":
            return _parquet(connection, table)
        case "xlsx":
            return _xlsx(connection)
        case "graphml":
            return _graphml(connection)
        case "turtle":
            return _turtle(connection)
        case "jsonld":
            return _jsonld(connection)
    raise UsageError("index-unknown-kind", kind=form, known=", ".join(FORMATS))


def table_frame(connection: Connection, table: str) -> pd.DataFrame:
    """One table as a pandas frame."""
    import pandas as pd

    rows, names = TABLES[table]
    return pd.DataFrame(rows(connection), columns=list(names))


def _parquet(connection: Connection, table: str) -> bytes:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise UsageError("index-needs", format="parquet", library="pyarrow") from error
    buffer = io.BytesIO()
    table_frame(connection, table).to_parquet(buffer, index=False, engine="pyarrow")
    return buffer.getvalue()


def _xlsx(connection: Connection) -> bytes:
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise UsageError("index-needs", format="xlsx", library="xlsxwriter") from error
    buffer = io.BytesIO()
    book = Workbook(buffer, {"constant_memory": True, "in_memory": False})
    # By this title it is known again, and not read as a report.
    book.set_properties({"title": "docparse", "created": datetime(2000, 1, 1)})
    for name, (rows, names) in TABLES.items():
        sheets = 0
        for place, row in enumerate(rows(connection)):
            if place % _ROWS == 0:
                sheets += 1
                sheet = book.add_worksheet(name if sheets == 1 else f"{name} {sheets}")
                sheet.freeze_panes(1, 0)
                _write_row(sheet, 0, names)
            _write_row(sheet, place % _ROWS + 1, row)
    if not book.worksheets():
        book.add_worksheet("reports")
    book.close()
    return buffer.getvalue()


def _write_row(sheet: Any, place: int, row: Sequence[Any]) -> None:
    """Words stay words: nothing is taken for a formula, a link or a number."""
    for column, value in enumerate(row):
        if isinstance(value, int | float):
            sheet.write_number(place, column, value)
        elif value is not None:
            sheet.write_string(place, column, cell_text(str(value)))


# The network of citations

_NODE_KEYS = ("kind", "number", "date", "title")
_EDGE_KEYS = ("relation", "line", "quote")


def _graphml(connection: Connection) -> Iterator[str]:
    """Reports and documents as nodes, each mention an edge; a report that others cite is one node.

    >>> _xml("a < b\\x00")
    'a &lt; b\\ufffd'
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for kind, names in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name in names:
            typed = "int" if name == "line" else "string"
            yield f'<key id="{name}" for="{kind}" attr.name="{name}" attr.type="{typed}"/>\n'
    yield '<graph edgedefault="directed">\n'
    nodes: dict[str, str] = {}
    whole = whole_keys(connection)
    for row in _reports(connection):
        path, key, number, date, _, title = row[:6]
        key = whole.get(key, key)
        # Two files may claim one number; then only the first stands for the document.
        name = key if key and key not in nodes.values() else path
        nodes[path] = name
        yield _node(name, "report", number, date, title)
    seen = set(nodes.values())
    for one in quoted_mentions(connection):
        if one.key is None:
            continue
        if one.key not in seen:
            seen.add(one.key)
            yield _node(one.key, "document", one.number, one.date, one.title)
        yield f"<edge source={_attribute(nodes[one.report])} target={_attribute(one.key)}>"
        yield _data(zip(_EDGE_KEYS, (one.relation, one.line, one.quote), strict=True))
        yield "</edge>\n"
    yield "</graph>\n</graphml>\n"


def _node(name: str, *values: Any) -> str:
    data = _data(zip(_NODE_KEYS, values, strict=True))
    return f"<node id={_attribute(name)}>{data}</node>\n"


def _data(values: Iterable[tuple[str, Any]]) -> str:
    return "".join(
        f'<data key="{name}">{_xml(str(value))}</data>'
        for name, value in values
        if value is not None
    )


def _xml(words: str) -> str:
    return escape(cell_text(words))


def _attribute(words: str) -> str:
    return quoteattr(cell_text(words))


# Linked data

_PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_URN = "urn:docparse:"


def _things(connection: Connection) -> Iterator[dict[str, Any]]:
    """Reports, then documents that are none, with the terms of Dublin Core that fit them."""
    cited: dict[str, dict[str, None]] = {}
    documents: dict[str, dict[str, Any]] = {}
    for one in quoted_mentions(connection, quotes=False):
        if one.key is not None:
            cited.setdefault(one.report, {})[_urn("document", one.key)] = None
            about = documents.setdefault(one.key, {})
            for name in ("type", "number", "date", "issuer", "title"):
                about.setdefault(name, getattr(one, name))
    whole = whole_keys(connection)
    for path, own, number, date, kind, title, issuer, *_ in _reports(connection):
        key = whole.get(own, own)
        if key is not None:
            documents.pop(key, None)
        yield {
            "id": _urn("document", key) if key else _urn("report", path),
            "source": path,
            "identifier": number,
            "issued": date,
            "type": kind,
            "title": title,
            "publisher": issuer,
            "references": list(cited.get(path, ())),
        }
    for key, about in documents.items():
        yield {
            "id": _urn("document", key),
            "identifier": about["number"],
            "issued": about["date"],
            "type": about["type"],
            "title": about["title"],
            "publisher": about["issuer"],
        }


def _urn(kind: str, name: str) -> str:
    return f"{_URN}{kind}:{quote(name, safe='')}"


def _turtle(connection: Connection) -> Iterator[str]:
    for prefix, address in _PREFIXES.items():
        yield f"@prefix {prefix}: <{address}> .\n"
    for thing in _things(connection):
        terms = [
            f"dcterms:{name} {_object(name, value)}"
            for name, value in thing.items()
            if value and name != "id"
        ]
        if terms:
            yield f"\n<{thing['id']}>\n    " + " ;\n    ".join(terms) + " .\n"


def _object(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(f"<{one}>" for one in value)
    literal = json.dumps(cell_text(value), ensure_ascii=False)
    if name == "issued" and (typed := _date_type(value)):
        return f"{literal}^^xsd:{typed}"
    return literal


def _date_type(written: str) -> str | None:
    """The type of a date; one that is not in the calendar, or lacks its year, is only words.

    >>> _date_type("2023-11-31"), _date_type("2023-11"), _date_type("--05-12")
    (None, 'gYearMonth', None)
    """
    from datetime import date

    if written.startswith("-"):
        return None
    try:
        parts = [int(part) for part in written.split("-")]
        date(*[*parts, 1, 1][:3])
    except (ValueError, TypeError):
        return None
    return ("gYear", "gYearMonth", "date")[len(parts) - 1]


def _jsonld(connection: Connection) -> Iterator[str]:
    """One object: a context that says what the names mean, and a graph."""
    names = ("source", "identifier", "issued", "type", "title", "publisher")
    context: dict[str, Any] = {name: f"{_PREFIXES['dcterms']}{name}" for name in names}
    context["id"] = "@id"
    context["references"] = {"@id": f"{_PREFIXES['dcterms']}references", "@type": "@id"}
    yield f'{{"@context": {json_line(context)}, "@graph": '
    yield from json_array(json_line(_jsonld_thing(thing)) for thing in _things(connection))
    yield "}\n"


def _jsonld_thing(thing: dict[str, Any]) -> dict[str, Any]:
    """What is said of one thing; a day has its type, as in Turtle."""
    said = {
        name: cell_text(one) if isinstance(one, str) else one for name, one in thing.items() if one
    }
    if "issued" in said and (typed := _date_type(said["issued"])):
        said["issued"] = {"@value": said["issued"], "@type": f"{_PREFIXES['xsd']}{typed}"}
    return said
