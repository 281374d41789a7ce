"""Many rows in one statement, for tables that get hundreds of rows a report: plain tuples in.

What the database's driver is given directly costs a fifth of what statements with named values
do. Column order is that of the table; ``id`` is left to the database.

>>> _statement("words", ("word",), "sqlite", new=True)
'insert into words (word) values (?) on conflict do nothing'
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

Row = tuple[Any, ...]


def add_rows(
    connection: Connection, table: Table, rows: Sequence[Row], *, new: bool = False
) -> None:
    """Write rows; with ``new``, those that are there already are left alone."""
    if rows:
        columns = tuple(column.name for column in table.columns if column.name != "id")
        asked = _statement(table.name, columns, connection.dialect.name, new=new)
        connection.exec_driver_sql(asked, list(rows))


def find_rows(
    connection: Connection, table: Table, columns: str, by: str, values: Collection[Any]
) -> list[Row]:
    """Some columns of the rows whose column ``by`` has one of the values."""
    if not values:
        return []
    one_of, given = _one_of(connection, values)
    asked = f"select {columns} from {table.name} where {by} {one_of}"
    return [tuple(row) for row in connection.exec_driver_sql(asked, (given,)).all()]


def remove_rows(connection: Connection, table: Table, by: str, values: Collection[Any]) -> None:
    """Take out the rows whose column ``by`` has one of the values."""
    if values:
        one_of, given = _one_of(connection, values)
        connection.exec_driver_sql(f"delete from {table.name} where {by} {one_of}", (given,))


def _one_of(connection: Connection, values: Collection[Any]) -> tuple[str, Any]:
    """The condition, and what it is given: a statement has one place for any number of values."""
    if connection.dialect.name == "sqlite":
        return "in (select value from json_each(?))", json.dumps(list(values))
    return "= any(%s)", list(values)


@cache
def _statement(table: str, columns: tuple[str, ...], dialect: str, *, new: bool) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    names, marks = ", ".join(columns), ", ".join(mark for _ in columns)
    end = " on conflict do nothing" if new else ""
    return f"insert into {table} ({names}) values ({marks}){end}"
