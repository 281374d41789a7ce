"""Records for analysts: a report object of the contract in, a pandas frame out.

One row a record. The span comes as columns of its own (page, line, quote and offsets);
decimal numbers stay strings with the precision that is printed. A frame without rows has
all its columns.

>>> from docparse.render.contract import SCHEMA
>>> frame({"schema": SCHEMA, "sections": []}, "sections").columns[0]
'label'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docparse.errors import UsageError
from docparse.render.contract import (
    CitationJson,
    FigureJson,
    NoticeJson,
    ReferenceJson,
    SectionJson,
    SpanJson,
    TableJson,
)

if TYPE_CHECKING:
    import pandas as pd

_KINDS: dict[str, Any] = {
    "sections": SectionJson,
    "citations": CitationJson,
    "references": ReferenceJson,
    "figures": FigureJson,
    "tables": TableJson,
    "notices": NoticeJson,
}
_INNER = {"normalized": ("value", "unit"), "period": ("start", "end")}


def frame(report: Mapping[str, Any], kind: str) -> pd.DataFrame:
    """One kind of record ("sections", "citations", "references", "figures", …)."""
    if kind not in _KINDS:
        raise UsageError("unknown-record-kind", kind=kind, known=", ".join(_KINDS))
    import pandas as pd

    names = [name for name in _KINDS[kind].__annotations__ if name != "span"]
    columns = [column for name in names for column in _columns(name)]
    rows = [_row(record, names) for record in report[kind]]
    return pd.DataFrame(rows, columns=[*columns, *SpanJson.__annotations__], dtype=object)


def _columns(name: str) -> list[str]:
    return [f"{name}_{part}" for part in _INNER[name]] if name in _INNER else [name]


def _row(record: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in names:
        if name in _INNER:
            row |= {f"{name}_{part}": (record[name] or {}).get(part) for part in _INNER[name]}
        else:
            row[name] = record[name]
    return row | (record["span"] or {})
