from datetime import date
from decimal import Decimal

import pytest

import docparse
from docparse.models import Citation, Date, Figure, Period, Reference, Span
from docparse.patterns import load


def _explained(text: str, lang: str = "vi") -> list[str]:
    """The explanation of the last citation of a text."""
    citations = docparse.parse(text.encode(), path="a.txt", encoding="utf-8").citations
    return docparse.explain(citations[-1], lang=lang).splitlines()


def _citation(**fields: object) -> Citation:
    words = str(fields.pop("words", "Nghị định 30"))
    span = Span(start=0, end=1, origin_start=0, origin_end=1, line=3, line_end=3, quote=words)
    return Citation(**{"type": "Nghị định", "number": "30", "span": span, **fields})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "theo Kế hoạch số 899/KH-SCT ngày 25/02/2021",
            "Ngày 25/02/2021 viết ngay sau số, hoặc sau tên cơ quan ban hành.",
        ),
        (
            "theo Kế hoạch số 899/KH-SCT",
            "Không có ngày nào ở gần thuộc về văn bản này, nên ngày để trống; ngày của văn bản"
            " bên cạnh không được mượn.",
        ),
        (
            "theo Kế hoạch số 899/KH-SCT ngày 31/02/2021",
            "Ngày 31/02/2021 không có trong lịch; vẫn giữ nguyên như đã viết.",
        ),
        (
            "Ngày 24/02/2020, Sở Công Thương ban hành Quyết định số 22/QĐ-SCT",
            "Ngày 24/02/2020 đứng ở đầu câu, trước việc ban hành hoặc gửi văn bản này, nên là"
            " ngày của văn bản.",
        ),
        (
            "theo Kế hoạch số 899/KH-SCT ngày 25/02/2021 của Sở Công Thương",
            "Cơ quan ban hành “Sở Công Thương” đứng sau số hoặc ngày, sau chữ “của” hoặc “do”.",
        ),
        (
            "theo Kế hoạch số 851/KH-\n\nSCT ngày 23/02/2021",
            "Trong bản gốc số bị ngắt bởi dấu cách hoặc dấu xuống dòng; đã nối lại thành"
            " 851/KH-SCT.",
        ),
        (
            "theo Chỉ thị số 16 của Thủ tướng Chính phủ",
            "Chỉ có tên loại “Chỉ thị” và số 16, không có ký hiệu; để nguyên như đã viết, không"
            " đoán thêm.",
        ),
    ],
)
def test_reasons_in_vietnamese(text: str, reason: str) -> None:
    assert f"- {reason}" in _explained(text)


def test_a_shared_date_in_english() -> None:
    text = "Công văn số 1294-CV/TU và Công văn số 1295-CV/TU ngày 28/5/2021 của Tỉnh ủy"
    first = docparse.parse(text.encode(), path="a.txt", encoding="utf-8").citations[0]
    heading, *reasons = docparse.explain(first, lang="en").splitlines()
    assert heading == "Line 1: “Công văn số 1294-CV/TU”"
    assert (
        "- The date 2021-05-28 is written once, behind the last of several numbers joined by “và”"
        " or commas, so it serves them all."
    ) in reasons


def test_what_a_citation_lacks_is_said() -> None:
    said = docparse.explain(_citation(type=None, key="bare:? 30@?", confidence=0.5), lang="en")
    assert "- No type word stands before the number, so the type is left empty." in said
    assert "The year is unknown" in said
    assert "Confidence: 50%" in said
    assert "Too little is known" in docparse.explain(_citation(), lang="en")


def test_repairs_show_what_stood_there() -> None:
    cited = _citation(
        repairs=("slash-for-hyphen",), trace=(("slash-for-hyphen", "57/NQ/TW → 57-NQ/TW"),)
    )
    said = docparse.explain(cited)
    assert said.count("57/NQ/TW → 57-NQ/TW") == 1
    assert "Gạch chéo viết nhầm ở chỗ gạch nối: 57/NQ/TW → 57-NQ/TW." in said


def test_a_step_that_has_no_sentence_is_shown_all_the_same() -> None:
    cited = _citation(repairs=("novel",), trace=(("form", "novel"), ("thing", "how")))
    said = docparse.explain(cited)
    assert "- Nhận ra nhờ mẫu “novel” trong citations.toml." in said
    assert "- repair-novel: novel." in said
    assert "- thing: how." in said


def test_relations() -> None:
    assert "vì phía trước có chữ “Căn cứ”" in docparse.explain(
        _citation(relation="căn cứ", trace=(("relation", "Căn cứ"),))
    )
    assert "Quan hệ với báo cáo: căn cứ." in docparse.explain(_citation(relation="căn cứ"))
    nested = docparse.explain(_citation(relation="nêu trong tiêu đề"))
    assert "nằm trong tên gọi của một văn bản khác" in nested


def test_line_breaks_and_unseen_signs_are_shown() -> None:
    assert "“a⏎\\u202e”" in docparse.explain(_citation(words="a\n\u202e"))


def test_a_figure() -> None:
    span = _citation(words="98.94").span
    figure = Figure(
        value=Decimal("98.94"),
        unit="%",
        kind="percent",
        span=span,
        period=Period(start=None, end=date(2021, 9, 30), how="lead"),
        trace=(
            ("numeral", "98.94"),
            ("flag", "foreign-decimal"),
            ("mode", "target"),
            ("period", "lead"),
        ),
    )
    assert docparse.explain(figure).splitlines() == [
        "Dòng 3: “98.94”",
        "- Hiểu là: 98.94 %.",
        "- Dấu chấm được hiểu là dấu thập phân; lối viết Việt Nam dùng dấu phẩy.",
        "- Là mục tiêu đề ra.",
        "- Kỳ số liệu … – 30/09/2021, lấy từ câu dẫn phía trước.",
    ]


def test_a_date_without_a_day() -> None:
    cited = _citation(date=Date(year=2021, month=5), trace=(("date", "behind"),))
    assert "Ngày 2021-05 viết" in docparse.explain(cited)


def test_every_sentence_is_whole_in_both_languages() -> None:
    for code in load().messages:
        if code.startswith("explain-"):
            vi, en = load().message(code, "vi"), load().message(code, "en")
            assert vi != en or code == "explain-other", code


@pytest.mark.parametrize(
    ("key", "reason", "said"),
    [
        ("state:22/QĐ-SCT@2020", "last-of-this-type", "It stands for state:22/QĐ-SCT@2020, the"),
        (None, "unread-number-between", "Not linked: a number that could not be read"),
        (None, "novel", "It stands for — (novel)."),
    ],
)
def test_a_reference(key: str | None, reason: str, said: str) -> None:
    reference = Reference(span=_citation().span, key=key, reason=reason)
    assert f"- {said}" in docparse.explain(reference, lang="en")
