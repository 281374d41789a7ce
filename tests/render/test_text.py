from docparse.models import (
    Date,
    Header,
    Notice,
    OffsetMap,
    Outline,
    Part,
    Pass,
    Signer,
    Source,
    Span,
    Text,
)
from docparse.render.repairs import repairs_text, visible
from docparse.render.text import report_text


def _text(value: str) -> Text:
    source = Source(text=value, path="a.txt", sha256="", format="txt")
    return Text(value=value, source=source, offsets=OffsetMap())


HEADER = Header(
    issuer_parent="UBND TỈNH BÌNH LÂM",
    issuer="SỞ CÔNG THƯƠNG",
    number="12/KH-SCT",
    date=Date(year=2023, month=6, day=5),
    type="Kế hoạch",
    title="cải cách hành chính",
    addressees=("UBND tỉnh", "Sở Nội vụ"),
    signer=Signer(authority="KT. GIÁM ĐỐC", name="Lê Văn An"),
)
SPAN = Span(start=0, end=3, origin_start=0, origin_end=3, line=7, line_end=7, quote="tạị")


def test_a_report_to_read() -> None:
    text = _text("KẾ HOẠCH\n1. Mục đích\n\n")
    outline = Outline(parts=(Part(header=HEADER, start=0, end=len(text.value)),))
    notices = [
        Notice(code="legacy-encoding", values=(("encoding", "vni"),)),
        Notice(code="few-syllables", values=(("encoding", "vni"),), span=SPAN),
    ]
    shown = report_text(text, outline, notices).splitlines()
    assert shown[:11] == [
        "== a.txt ==",
        "Cơ quan chủ quản: UBND TỈNH BÌNH LÂM",
        "Cơ quan ban hành: SỞ CÔNG THƯƠNG",
        "Loại văn bản:     Kế hoạch",
        "Số, ký hiệu:      12/KH-SCT",
        "Ngày ban hành:    5/6/2023",
        "Trích yếu:        cải cách hành chính",
        "Kính gửi:         UBND tỉnh; Sở Nội vụ",
        "Người ký:         KT. GIÁM ĐỐC, Lê Văn An",
        "",
        "KẾ HOẠCH",
    ]
    assert shown[-3] == "Những chỗ đọc chưa chắc chắn:"
    assert shown[-2].startswith("- Văn bản dùng bảng mã cũ vni")
    assert shown[-1].startswith("- dòng 7: ")


def test_a_blank_number_and_a_partial_date() -> None:
    header = Header(symbol="SCT-VP", date=Date(year=2023, month=5))
    outline = Outline(parts=(Part(header=header, start=0, end=0),))
    assert "Ký hiệu (số để trống): SCT-VP" in report_text(_text("x"), outline)
    assert "5/2023" in report_text(_text("x"), outline)
    assert "2023-05" in report_text(_text("x"), outline, lang="en")


def test_no_word_is_lost_between_documents() -> None:
    text = _text("trước một giữa hai sau")
    parts = (
        Part(header=Header(number="1/KH"), start=6, end=9),
        Part(header=Header(number="2/KH"), start=15, end=18),
    )
    shown = report_text(text, Outline(parts=parts))
    body = [line for line in shown.splitlines() if line and "/KH" not in line and "==" not in line]
    assert "".join(body) == text.value


def test_repairs_are_grouped_and_shown_in_place() -> None:
    source = Source(text="một\r\nhai\u00a0ba\r\n", path="a.txt", sha256="", format="txt")
    made = Pass(
        edits=((3, 5, "\n", "newline"), (8, 9, " ", "space"), (11, 13, "\n", "newline")),
        offsets=OffsetMap(),
    )
    later = Pass(edits=((3, 4, " ", "unheard-of"),), offsets=OffsetMap([3], [4], [3], [5]))
    text = Text(
        value="", source=source, offsets=OffsetMap(), passes=(made, later), line_starts=(0, 5, 13)
    )
    assert repairs_text(text, lang="en").splitlines() == [
        "a.txt: 4 repairs. What stands in [ ] was changed; ⏎ is a line break.",
        "",
        "newline: line and page breaks written in one form (2)",
        r"  line 1: một[\r⏎]hai\xa0ba\r⏎ → [⏎]",
        r"  line 2: một\r⏎hai\xa0ba[\r⏎] → [⏎]",
        "",
        "space: special spaces became plain spaces (1)",
        r"  line 2: một\r⏎hai[\xa0]ba\r⏎ → [ ]",
        "",
        "unheard-of: other repair (1)",
        r"  line 1: một[\r⏎]hai\xa0ba\r⏎ → [ ]",
    ]


def test_what_cannot_be_seen_is_spelt_out() -> None:
    assert visible("a b\t\u200b\x00\ud800") == r"a b\t\u200b\x00\ud800"
