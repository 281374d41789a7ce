import pytest

from docparse.errors import UsageError
from docparse.models import Header, Notice, Outline, Part, Records, Section, Source, Span
from docparse.render.frames import frame
from docparse.render.records import report_dict

SPAN = Span(start=0, end=3, origin_start=0, origin_end=3, line=2, line_end=2, quote="1. Một")
REPORT = report_dict(
    Source(text="", path="a.txt", sha256="0" * 64, format="txt"),
    Outline(
        parts=(Part(header=Header(), start=0, end=0),),
        sections=(Section(label="1.", level=1, title="Một", span=SPAN),),
    ),
    Records(),
    notices=[Notice(code="mojibake", values=(("encoding", "vni"),))],
)


def test_a_row_for_each_record() -> None:
    made = frame(REPORT, "sections")
    assert made[["label", "title", "line", "quote"]].values.tolist() == [["1.", "Một", 2, "1. Một"]]
    notices = frame(REPORT, "notices")
    assert notices["code"].tolist() == ["mojibake"]
    assert notices["line"].isna().all()


@pytest.mark.parametrize("kind", ["sections", "citations", "figures", "tables", "notices"])
def test_columns_are_there_without_rows(kind: str) -> None:
    empty = frame({**REPORT, kind: []}, kind)
    assert len(empty) == 0
    assert {"line", "quote", "origin_start"} <= set(empty.columns)


def test_what_is_inside_a_record_becomes_columns() -> None:
    figure = dict.fromkeys(("value_max", "denominator", "indicator", "qualifier", "mode"))
    figure |= {"value": "1.2", "unit": "tỷ đồng", "kind": "money", "span": None}
    figure |= {"normalized": {"value": "1200000000", "unit": "đồng"}, "period": None}
    row = frame({**REPORT, "figures": [figure]}, "figures").iloc[0]
    assert (row["value"], row["normalized_value"]) == ("1.2", "1200000000")
    assert row["period_start"] is None


def test_an_unknown_kind() -> None:
    with pytest.raises(UsageError, match="citations"):
        frame(REPORT, "paragraphs")
