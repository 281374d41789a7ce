"""Records come back: a JSON object of the contract in, the values of a report out.

The repaired text, the zones and the traces are not in the contract and do not come back;
what comes back writes the same JSON again.

>>> read_report({"schema": "docparse.report/0"})
Traceback (most recent call last):
docparse.errors.FormatError: ...
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from docparse.errors import FormatError
from docparse.models import (
    Citation,
    Date,
    Figure,
    Header,
    Notice,
    Outline,
    Part,
    Period,
    Records,
    Reference,
    Section,
    Signer,
    Source,
    Span,
    Table,
)
from docparse.render.contract import SCHEMA

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """What a stored report still knows: everything but the text."""

    source: Source
    outline: Outline
    records: Records
    notices: tuple[Notice, ...]


def read_report(stored: Json) -> StoredReport:
    """The values that were written; FormatError where the object is no report of this contract."""
    if stored.get("schema") != SCHEMA:
        raise FormatError("unknown-schema", schema=stored.get("schema"), known=SCHEMA)
    try:
        return StoredReport(
            source=_source(stored["source"]),
            outline=_outline(stored),
            records=Records(
                citations=tuple(map(_citation, stored["citations"])),
                references=tuple(map(_reference, stored["references"])),
                figures=tuple(map(_figure, stored["figures"])),
                tables=tuple(map(_table, stored["tables"])),
            ),
            notices=tuple(map(_notice, stored["notices"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise FormatError("not-a-report", reason=repr(error)) from error


def _source(stored: Json) -> Source:
    names = ("path", "sha256", "format", "pages", "encoding", "ocr")
    return Source(text="", **{name: stored[name] for name in names})


def _outline(stored: Json) -> Outline:
    documents = stored.get("documents") or [{"header": stored["header"], "start": 0, "end": 0}]
    parts = (
        Part(header=_header(part["header"]), start=part["start"], end=part["end"])
        for part in documents
    )
    return Outline(parts=tuple(parts), sections=tuple(map(_section, stored["sections"])))


def _header(stored: Json) -> Header:
    names = ("issuer_parent", "issuer", "number", "symbol", "place", "type", "title")
    return Header(
        **{name: stored[name] for name in names},
        date=_date(stored["date"] or stored["date_partial"]),
        addressees=tuple(stored["addressees"]),
        recipients=tuple(stored["recipients"]),
        signer=Signer(**stored["signer"]),
        spans=tuple((name, _span(span)) for name, span in stored["spans"].items()),
    )


def _section(stored: Json) -> Section:
    return Section(**(dict(stored) | {"span": _span(stored["span"])}))


def _citation(stored: Json) -> Citation:
    read = {
        "date": _date(stored["date"]),
        "repairs": tuple(stored["repairs"]),
        "span": _span(stored["span"]),
    }
    return Citation(**(dict(stored) | read))


def _reference(stored: Json) -> Reference:
    return Reference(**(dict(stored) | {"span": _span(stored["span"])}))


def _figure(stored: Json) -> Figure:
    normalized = stored["normalized"]
    read = {
        "value": Decimal(stored["value"]),
        "value_max": _decimal(stored["value_max"]),
        "denominator": _decimal(stored["denominator"]),
        "normalized": normalized and (Decimal(normalized["value"]), normalized["unit"]),
        "period": _period(stored["period"]),
        "span": _span(stored["span"]),
    }
    return Figure(**(dict(stored) | read))


def _table(stored: Json) -> Table:
    read = {
        "columns": tuple(stored["columns"]),
        "header_rows": tuple(map(tuple, stored["header_rows"])),
        "rows": tuple(map(tuple, stored["rows"])),
        "total_rows": tuple(stored["total_rows"]),
        "period": _period(stored["period"]),
        "span": _span(stored["span"]),
    }
    return Table(**(dict(stored) | read))


def _notice(stored: Json) -> Notice:
    span = stored["span"]
    values = tuple(stored["values"].items())
    return Notice(code=stored["code"], values=values, span=span and _span(span))


def _period(stored: Json | None) -> Period | None:
    if stored is None:
        return None
    start, end = stored["start"], stored["end"]
    return Period(
        start=start and date.fromisoformat(start),
        end=end and date.fromisoformat(end),
        how=stored["how"],
    )


def _span(stored: Json) -> Span:
    bbox = stored["bbox"]
    return Span(**(dict(stored) | {"bbox": None if bbox is None else tuple(bbox)}))


def _decimal(stored: str | None) -> Decimal | None:
    return None if stored is None else Decimal(stored)


def _date(stored: str | None) -> Date | None:
    """The parts of a date as :func:`docparse.render.records.written_date` writes them.

    >>> _date("--05-12")
    Date(year=None, month=5, day=12)
    """
    if stored is None:
        return None
    year, rest = ("-", stored[2:]) if stored.startswith("-") else (stored[:4], stored[5:])
    month, day = ("-", rest[2:]) if rest.startswith("-") else (rest[:2], rest[3:])
    return Date(year=_part(year), month=_part(month), day=_part(day))


def _part(stored: str) -> int | None:
    return int(stored) if stored.isdecimal() else None
