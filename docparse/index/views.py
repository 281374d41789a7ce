"""What is asked for in SQL beside the tables: views of rows that are kept narrow or packed.

A mention has its number only where that is not the number in its document's key, and its date as
one integer (:mod:`docparse.index.narrow`). Figures, tables and notices are lists in
JSON, one of each a report. ``cited`` and ``measured`` are mentions and figures with the words in
the place of their numbers, for people.

>>> list(queries("sqlite"))
['mentions', 'figures', 'tables', 'notices', 'cited', 'measured']
"""

from __future__ import annotations

from sqlalchemy import Connection, Table, text
from sqlalchemy.types import Integer

from docparse.index import schema
from docparse.index.narrow import DAYS, YEARS

_PEOPLES = {
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


def queries(dialect: str) -> dict[str, str]:
    """The query of each view; later ones use earlier ones."""
    details = (schema.figures, schema.tables, schema.notices)
    return {
        "mentions": _mentions(dialect),
        **{table.name: _unpacked(table, dialect) for table in details},
        **_PEOPLES,
    }


def create_views(connection: Connection) -> None:
    """Make all views."""
    for name, query in queries(connection.dialect.name).items():
        connection.execute(text(f"create view {name} as {query}"))


def _mentions(dialect: str) -> str:
    """Keys of another form have no number of theirs in them, and their mentions have it."""
    if dialect == "sqlite":
        behind = "substr(d.key, instr(d.key, ':') + 1)"
        number = f"substr({behind}, 1, instr({behind}, '@') - 1)"
    else:
        number = "split_part(split_part(d.key, '@', 1), ':', 2)"
    given = {
        "number": f"nullif(coalesce(m.number, {number}), '')",
        "date": _date("m.date"),
    }
    columns = [
        f"{given[name]} as {name}" if name in given else f"m.{name}"
        for name in schema.mentions.c.keys()  # noqa: SIM118
    ]
    rows = "mention_rows m left join documents d on d.id = m.document_id"
    return f"select {', '.join(columns)} from {rows}"


def _date(number: str) -> str:
    """The date of such a number, as :func:`docparse.index.rows.written` has it."""
    year, month, day = (
        f"{number} / {YEARS}", f"{number} / {DAYS} % {DAYS}", f"{number} % {DAYS}"
    )  # fmt: skip
    parts = [
        f"case when {year} > 0 then {_digits(year, 9999)} else '-' end",
        *(
            f"case when {part} > 0 then '-' || {_digits(part, 99)} else '' end"
            for part in (month, day)
        ),
    ]
    return f"case when {number} is not null then {' || '.join(parts)} end"


def _digits(part: str, most: int) -> str:
    """One less than a part, with zeros before it."""
    return f"substr(cast({part} + {most} as text), 2)"


def _unpacked(table: Table, dialect: str) -> str:
    """The rows of one list."""
    if dialect == "sqlite":
        place, value = "cast(r.key as integer)", "json_extract(r.value, '$[{}]')"
        rows = f"json_each(d.{table.name}) r"
    else:
        place, value = "cast(r.at - 1 as integer)", "r.value ->> {}"
        rows = f"json_array_elements(d.{table.name}::json) with ordinality r(value, at)"
    columns = ["d.report_id", f"{place} as place"]
    for at, column in enumerate(list(table.c)[2:]):
        kept = value.format(at)
        whole = isinstance(column.type, Integer)
        columns.append(f"{f'cast({kept} as integer)' if whole else kept} as {column.name}")
    return f"select {', '.join(columns)} from details d, {rows}"
