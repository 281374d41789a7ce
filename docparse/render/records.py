"""The record contract: the values of one report in, plain JSON objects out, and back.

>>> source = Source(text="", path="a.txt", sha256="0" * 64, format="txt")
>>> outline = Outline(parts=(Part(header=Header(number="12/KH-SCT"), start=0, end=0),))
>>> found = report_dict(source, outline, Records())
>>> found["header"]["number"], read_report(found).outline.header.number
('12/KH-SCT', '12/KH-SCT')
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

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
    Source,
    Span,
    Table,
)
from docparse.patterns import load
from docparse.render.contract import (
    SCHEMA,
    CitationJson,
    DocumentJson,
    FigureJson,
    HeaderJson,
    NoticeJson,
    PeriodJson,
    ReferenceJson,
    ReportJson,
    SectionJson,
    SourceJson,
    SpanJson,
    TableJson,
)
from docparse.render.stored import StoredReport, read_report

__all__ = ["StoredReport", "read_report", "report_dict", "span_json"]


def report_dict(
    source: Source,
    outline: Outline,
    records: Records,
    *,
    notices: Sequence[Notice] = (),
    lang: str = "vi",
) -> dict[str, Any]:
    """One report as the contract has it; messages of the notices in ``lang``."""
    header = _header(outline.header)
    report: ReportJson = {
        "schema": SCHEMA,
        "source": _source(source),
        "header": header,
        "sections": [_section(section) for section in outline.sections],
        "citations": [_citation(citation) for citation in records.citations],
        "references": [_reference(one) for one in records.references],
        "figures": [_figure(figure) for figure in records.figures],
        "tables": [_table(table) for table in records.tables],
        "notices": [_notice(notice, lang) for notice in notices],
    }
    if len(outline.parts) > 1:
        report["documents"] = [_document(part) for part in outline.parts]
    return {key: report[key] for key in ReportJson.__annotations__ if key in report}  # type: ignore[literal-required]


def _source(source: Source) -> SourceJson:
    return {
        "path": source.path,
        "sha256": source.sha256,
        "format": source.format,
        "pages": source.pages,
        "encoding": source.encoding,
        "ocr": source.ocr,
    }


def _header(header: Header) -> HeaderJson:
    date = header.date
    signer = header.signer
    return {
        "issuer_parent": header.issuer_parent,
        "issuer": header.issuer,
        "number": header.number,
        "symbol": header.symbol,
        "place": header.place,
        "date": written_date(date) if date and date.full else None,
        "date_partial": written_date(date) if date and not date.full else None,
        "type": header.type,
        "title": header.title,
        "addressees": list(header.addressees),
        "recipients": list(header.recipients),
        "signer": {"authority": signer.authority, "title": signer.title, "name": signer.name},
        "spans": {name: span_json(span) for name, span in header.spans},
    }


def _document(part: Part) -> DocumentJson:
    return {"header": _header(part.header), "start": part.start, "end": part.end}


def _section(section: Section) -> SectionJson:
    return {
        "label": section.label,
        "level": section.level,
        "title": section.title,
        "run_in": section.run_in,
        "span": span_json(section.span),
    }


def _citation(citation: Citation) -> CitationJson:
    return {
        "type": citation.type,
        "number": citation.number,
        "serial": citation.serial,
        "year": citation.year,
        "symbol": citation.symbol,
        "date": written_date(citation.date) if citation.date else None,
        "issuer": citation.issuer,
        "title": citation.title,
        "pinpoint": citation.pinpoint,
        "relation": citation.relation,
        "key": citation.key,
        "own": citation.own,
        "confidence": citation.confidence,
        "repairs": list(citation.repairs),
        "span": span_json(citation.span),
    }


def _reference(one: Reference) -> ReferenceJson:
    return {"key": one.key, "reason": one.reason, "span": span_json(one.span)}


def _figure(figure: Figure) -> FigureJson:
    normalized = figure.normalized
    return {
        "value": _decimal(figure.value),
        "value_max": None if figure.value_max is None else _decimal(figure.value_max),
        "denominator": None if figure.denominator is None else _decimal(figure.denominator),
        "unit": figure.unit,
        "normalized": normalized and {"value": _decimal(normalized[0]), "unit": normalized[1]},
        "kind": figure.kind,
        "indicator": figure.indicator,
        "qualifier": figure.qualifier,
        "mode": figure.mode,
        "period": _period(figure.period),
        "span": span_json(figure.span),
    }


def _table(table: Table) -> TableJson:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "header_rows": [list(row) for row in table.header_rows],
        "rows": [list(row) for row in table.rows],
        "total_rows": list(table.total_rows),
        "period": _period(table.period),
        "span": span_json(table.span),
    }


def _notice(notice: Notice, lang: str) -> NoticeJson:
    values = dict(notice.values)
    return {
        "code": notice.code,
        "message": load().message(notice.code, lang, **values),
        "values": values,
        "span": None if notice.span is None else span_json(notice.span),
    }


def _period(period: Period | None) -> PeriodJson | None:
    if period is None:
        return None
    return {
        "start": None if period.start is None else period.start.isoformat(),
        "end": None if period.end is None else period.end.isoformat(),
        "how": period.how,
    }


def span_json(span: Span) -> SpanJson:
    """A place, as every record and every finding has it."""
    return {
        "start": span.start,
        "end": span.end,
        "origin_start": span.origin_start,
        "origin_end": span.origin_end,
        "page": span.page,
        "line": span.line,
        "line_end": span.line_end,
        "bbox": None if span.bbox is None else list(span.bbox),
        "quote": span.quote,
    }


def _decimal(value: Decimal) -> str:
    """Never with an exponent: spreadsheets and other programs read ``1E+9`` each in their way."""
    return f"{value:f}"


def written_date(date: Date) -> str | None:
    """What is written of a date; a missing part before a written one is a dash.

    >>> written_date(Date(year=2023)), written_date(Date(month=5, day=12))
    ('2023', '--05-12')
    """
    year = "-" if date.year is None else f"{date.year:04d}"
    month = "-" if date.month is None else f"{date.month:02d}"
    if date.day is not None:
        return f"{year}-{month}-{date.day:02d}"
    if date.month is not None:
        return f"{year}-{month}"
    return None if date.year is None else year
