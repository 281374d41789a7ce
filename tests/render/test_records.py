import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Section,
    Signer,
    Source,
    Span,
    Table,
)
from docparse.render.records import read_report, report_dict, written_date
from docparse.render.schema import report_schema

texts = st.text(st.characters(codec="utf-8"), max_size=12)
maybe = st.none() | texts
offsets = st.integers(0, 10**6)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.decimals(
    allow_nan=False, allow_infinity=False
)
dates = st.builds(
    Date,
    year=st.none() | st.integers(1, 9999),
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 31),
)
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
periods = st.none() | st.builds(Period, start=days, end=days)
boxes = st.none() | st.tuples(*[st.floats(0, 999)] * 4)
spans = st.builds(
    Span,
    start=offsets, end=offsets, origin_start=offsets, origin_end=offsets,
    line=st.integers(1, 999), line_end=st.integers(1, 999), quote=texts,
    page=st.none() | st.integers(1, 99), bbox=boxes,
)  # fmt: skip
headers = st.builds(
    Header,
    issuer_parent=maybe, issuer=maybe, number=maybe, symbol=maybe, place=maybe, type=maybe,
    title=maybe, date=st.none() | dates, addressees=st.tuples(texts), recipients=st.tuples(),
    signer=st.builds(Signer, authority=maybe, title=maybe, name=maybe),
    spans=st.lists(st.tuples(texts, spans), max_size=2, unique_by=lambda s: s[0]).map(tuple),
)  # fmt: skip
parts = st.builds(Part, header=headers, start=offsets, end=offsets)
sections = st.builds(
    Section, label=texts, level=st.integers(1, 9), title=texts, span=spans, run_in=st.booleans()
)
citations = st.builds(
    Citation,
    type=maybe, number=maybe, span=spans, serial=maybe, year=st.none() | st.integers(1900, 2100),
    symbol=maybe, date=st.none() | dates, issuer=maybe, title=maybe, pinpoint=maybe,
    relation=maybe, key=maybe, own=st.booleans(), confidence=st.floats(0, 1),
    repairs=st.tuples(texts), trace=st.just(()),
)  # fmt: skip
figures = st.builds(
    Figure,
    value=decimals, span=spans, kind=texts, value_max=st.none() | decimals,
    denominator=st.none() | decimals, unit=maybe,
    normalized=st.none() | st.tuples(decimals, texts), indicator=maybe, qualifier=maybe,
    mode=maybe, status=st.none(), period=periods, trace=st.just(()),
)  # fmt: skip
tables = st.builds(
    Table,
    columns=st.tuples(texts, texts), rows=st.tuples(st.tuples(texts, texts)), span=spans,
    caption=maybe, header_rows=st.tuples(st.tuples(texts)), total_rows=st.just((0,)),
    period=periods,
)  # fmt: skip
outlines = st.builds(
    Outline,
    parts=st.lists(parts, min_size=1, max_size=2).map(tuple),
    sections=st.tuples(sections), zones=st.just(()), notices=st.just(()),
)  # fmt: skip
records = st.builds(
    Records,
    citations=st.tuples(citations), figures=st.tuples(figures), tables=st.tuples(tables),
    notices=st.just(()),
)  # fmt: skip
said = st.builds(
    Notice,
    code=st.just("invalid-bytes"),
    values=st.just((("count", "3"), ("encoding", "utf-8"))),
    span=st.none() | spans,
)

SOURCE = Source(text="", path="a.txt", sha256="0" * 64, format="txt", encoding="utf-8")
VALIDATOR = jsonschema.Draft202012Validator(report_schema())


NOTHING = Records()


def _dict(outline: Outline, found: Records = NOTHING, *notices: Notice) -> dict[str, Any]:
    return report_dict(SOURCE, outline, found, notices=notices)


@given(outlines, records, said)
def test_records_survive_json(outline: Outline, found: Records, notice: Notice) -> None:
    written = _dict(outline, found, notice)
    VALIDATOR.validate(written)
    stored = read_report(json.loads(json.dumps(written, ensure_ascii=False)))
    again = report_dict(stored.source, stored.outline, stored.records, notices=stored.notices)
    assert again == written
    assert stored.notices == (notice,)
    assert stored.source == SOURCE
    assert stored.records.citations == tuple(
        replace(citation, date=_as_written(citation.date)) for citation in found.citations
    )
    assert [figure.value for figure in stored.records.figures] == [f.value for f in found.figures]


def _as_written(date: Date | None) -> Date | None:
    """A date of which nothing is written is no date."""
    return None if date is None or date == Date() else date


@given(dates)
def test_a_partial_date_stays_partial(date: Date) -> None:
    header = Header(date=date)
    written = _dict(Outline(parts=(Part(header=header, start=0, end=0),)))
    assert (written["header"]["date"] is not None) == date.full
    assert read_report(written).outline.header.date == _as_written(date)


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (Date(year=2021, month=2, day=31), "2021-02-31"),
        (Date(year=2021, month=2), "2021-02"),
        (Date(year=2021), "2021"),
        (Date(month=5, day=12), "--05-12"),
        (Date(), None),
    ],
)
def test_dates_as_written(date: Date, written: str | None) -> None:
    assert written_date(date) == written


def test_keys_are_those_of_the_contract_in_its_order() -> None:
    written = _dict(Outline(parts=(Part(header=Header(), start=0, end=0),)))
    assert list(written) == [
        "schema", "source", "header", "sections", "citations", "references", "figures",
            "tables", "notices",
    ]  # fmt: skip
    assert list(written["source"]) == ["path", "sha256", "format", "pages", "encoding", "ocr"]


def test_several_documents_are_listed() -> None:
    two = tuple(Part(header=Header(number=n), start=0, end=9) for n in ("1/KH-SCT", "2/KH-SCT"))
    written = _dict(Outline(parts=two))
    assert [d["header"]["number"] for d in written["documents"]] == ["1/KH-SCT", "2/KH-SCT"]
    assert written["header"]["number"] == "1/KH-SCT"


def test_decimals_have_no_exponent() -> None:
    span = Span(start=0, end=1, origin_start=0, origin_end=1, line=1, line_end=1, quote="1")
    figure = Figure(value=Decimal("1E+9"), span=span, kind="money")
    outline = Outline(parts=(Part(header=Header(), start=0, end=0),))
    written = _dict(outline, Records(figures=(figure,)))
    assert written["figures"][0]["value"] == "1000000000"


def test_messages_come_in_the_language_asked_for() -> None:
    outline = Outline(parts=(Part(header=Header(), start=0, end=0),))
    notice = Notice(code="legacy-encoding", values=(("encoding", "tcvn3"),))
    in_english = report_dict(SOURCE, outline, Records(), notices=[notice], lang="en")
    assert "old encoding tcvn3" in in_english["notices"][0]["message"]
    assert "bảng mã cũ tcvn3" in _dict(outline, Records(), notice)["notices"][0]["message"]


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"schema": "docparse.report/2"},
        {"schema": "docparse.report/1"},
        {"schema": "docparse.report/1", "source": 5},
    ],
)
def test_other_json_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(FormatError) as error:
        read_report(stored)
    assert "docparse parse" in error.value.sentence("en")
