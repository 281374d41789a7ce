from typing import Any

from docparse.evaluate.gold import Entry
from docparse.evaluate.kinds import score_citations, score_figures, score_header, score_sections
from docparse.evaluate.tables import row_pairs, score_tables
from docparse.evaluate.tally import Score, Tally


def _entry(start: int, end: int, *, line: int = 1, **values: Any) -> Entry:
    return Entry(
        values=values, line=line, start=start, end=end, quote=values.get("quote", ""),
        optional=values.get("optional", False),
    )  # fmt: skip


def _span(start: int, end: int, line: int = 1, line_end: int = 1) -> dict[str, Any]:
    return {
        "origin_start": start, "origin_end": end, "line": line, "line_end": line_end, "quote": "q",
    }  # fmt: skip


def _citation(start: int, end: int, **values: Any) -> dict[str, Any]:
    names = ("type", "number", "date", "issuer", "title", "pinpoint", "relation", "key")
    return {**dict.fromkeys(names), "own": False, **values, "span": _span(start, end)}


def _figure(start: int, end: int, value: str, **values: Any) -> dict[str, Any]:
    names = ("value_max", "denominator", "unit", "kind", "indicator", "qualifier", "mode", "period")
    return {**dict.fromkeys(names), "value": value, **values, "span": _span(start, end)}


def _counts(tally: Tally, kind: str) -> tuple[int, int, int]:
    score = next(
        (s for s in tally.scores() if s.kind == kind), Score(kind="", right=-1, gold=0, found=0)
    )
    return score.right, score.gold, score.found


def test_header_fields_absent_on_both_sides_are_right() -> None:
    tally = Tally(skip=("header.recipients",))
    gold = {"number": "12/KH-SCT", "date_partial": "2023", "signer": {"name": "Lê Văn An"}}
    found = {
        "number": "12/KH-SCT", "date": None, "date_partial": "2023",
        "signer": {"name": "Lê Văn Anh", "title": None, "authority": None},
        "recipients": ["Như trên"], "place": "Bình Lâm",
    }  # fmt: skip
    score_header(gold, {"header": found}, tally)
    assert _counts(tally, "header") == (10, 12, 12)
    assert _counts(tally, "header.date") == (1, 1, 1)
    assert _counts(tally, "header.recipients") == (-1, 0, 0)
    assert [miss.kind for miss in tally.misses] == ["header.place", "header.signer.name"]


def test_sections_match_by_line_and_label() -> None:
    tally = Tally()
    gold = [
        _entry(0, 1, line=1, label="1.", level=1, title="Mục đích", run_in=False),
        _entry(0, 1, line=2, label="a)", level=2, title="x"),
        _entry(0, 1, line=3, label="b)", level=2, title="x", optional=True),
        _entry(0, 1, line=4, label="c)", level=2, title="x", optional=True),
    ]
    found = [
        {"label": "1.", "level": 2, "title": "Mục đích:", "run_in": False, "span": _span(0, 1, 1)},
        {"label": "b)", "level": 2, "title": "x", "run_in": False, "span": _span(0, 1, 3)},
        {"label": "1.", "level": 2, "title": "x", "run_in": False, "span": _span(0, 1, 1)},
    ]
    score_sections(gold, found, tally)
    assert _counts(tally, "section") == (1, 2, 2)
    assert _counts(tally, "section.level") == (0, 1, 1)
    assert _counts(tally, "section.title") == (1, 1, 1)
    assert [(m.kind, m.what) for m in tally.misses] == [
        ("section", "missed"), ("section", "extra"), ("section.level", "wrong"),
    ]  # fmt: skip


def test_citations_strict_by_number_and_by_span() -> None:
    tally = Tally()
    gold = [
        _entry(0, 20, type="Kế hoạch", number="15/KH-UBND", date="2023-01-05", document="A",
               issuer="UBND tỉnh"),
        _entry(30, 50, type="Kế hoạch", number="15/KH-UBND", document="A"),
        _entry(60, 80, type="Luật", document="B"),
        _entry(90, 99, type="Đề án", optional=True),
        _entry(100, 110, type="Đề án", optional=True),
    ]  # fmt: skip
    found = [
        _citation(0, 20, type="Kế hoạch", number="15/KH-UBND", date="2023-01-05", key="k"),
        _citation(35, 50, type="Văn bản", number="15/KH-UBND", key="k", issuer="Sở"),
        _citation(91, 95, number="5"),
        _citation(96, 98, number="6"),
        _citation(120, 130, number="7"),
    ]
    score_citations(gold, found, tally)
    assert _counts(tally, "citation") == (1, 3, 3)
    assert _counts(tally, "citation.number") == (2, 3, 3)
    assert _counts(tally, "citation.span") == (1, 3, 3)
    assert _counts(tally, "citation.issuer") == (0, 1, 1)
    assert _counts(tally, "citation.document") == (1, 1, 1)


def test_the_right_one_of_two_that_overlap_is_taken() -> None:
    tally = Tally()
    gold = [_entry(0, 20, type="Kế hoạch", number="1/KH")]
    found = [_citation(0, 20, number="2/KH"), _citation(15, 20, type="Kế hoạch", number="1/KH")]
    score_citations(gold, found, tally)
    assert _counts(tally, "citation") == (1, 1, 2)


def test_figures_by_value_and_denominator() -> None:
    tally = Tally()
    period = {"start": "2023-01-01", "end": "2023-06-30"}
    gold = [
        _entry(0, 5, value="12", denominator="40", unit="hồ sơ", period=list(period.values())),
        _entry(10, 12, value="98.0", unit="%"),
        _entry(20, 22, value="5"),
    ]
    found = [
        _figure(0, 5, "12", denominator="40", unit="doanh nghiệp", period=period),
        _figure(10, 12, "98", unit="%"),
        _figure(20, 22, "5", denominator="6"),
    ]
    score_figures(gold, found, tally)
    assert _counts(tally, "figure") == (2, 3, 3)
    assert _counts(tally, "figure.unit") == (1, 2, 2)
    assert _counts(tally, "figure.period") == (1, 1, 1)


def _table(line: int, line_end: int, rows: list[list[str]], **values: Any) -> dict[str, Any]:
    empty = {"caption": None, "columns": [], "total_rows": []}
    return {**empty, **values, "rows": rows, "span": _span(0, 1, line, line_end)}


def test_tables_cell_by_cell() -> None:
    tally = Tally()
    rows = [["1", "a", "5"], ["2", "b", "6"], ["3", "c", "7"]]
    gold = [
        _entry(0, 1, line=10, line_end=15, rows=rows, columns=["STT", "Tên", "Số"],
               caption="Bảng 1", total_rows=[2]),
        _entry(0, 1, line=30, line_end=35, rows=[["x"]], caption="Bảng 2"),
    ]  # fmt: skip
    found = [
        _table(11, 15, [["2", "b", "6"], ["3", "c", "8"]], columns=["STT", "Tên"], total_rows=[1]),
        _table(50, 55, [["y", "z"]]),
    ]
    score_tables(gold, found, tally)
    assert _counts(tally, "table") == (5, 10, 8)
    assert _counts(tally, "table.columns") == (2, 3, 2)
    assert _counts(tally, "table.caption") == (0, 2, 0)
    assert _counts(tally, "table.total_rows") == (0, 1, 1)


def test_rows_side_by_side() -> None:
    assert row_pairs([["a"], ["b"], ["c"]], [["a"], ["c"]]) == [(0, 0), (2, 1)]
    assert row_pairs([], [["a"]]) == []


def test_a_kind_that_is_skipped_takes_its_parts_along() -> None:
    tally = Tally(skip=("citation",))
    score_citations([_entry(0, 5, number="1")], [_citation(0, 5, number="2")], tally)
    assert tally.scores() == ()
    assert tally.misses == []


def test_measures_of_nothing() -> None:
    nothing = Score(kind="x", right=0, gold=0, found=0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (1, 1, 1)
    extra = Score(kind="x", right=0, gold=0, found=3)
    assert (extra.precision, extra.recall, extra.f1) == (0, 0, 0)
