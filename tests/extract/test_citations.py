"""Citations: cases as data, look-alikes, and what must hold for any text."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.models import Citation, read_key
from docparse.pipeline import parse

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases/citations.toml").read_text(encoding="utf-8"))["case"]
LOOKALIKES = tomllib.loads((HERE / "cases/lookalikes.toml").read_text(encoding="utf-8"))["case"]
# Issuers and titles are read right in nearly all cases; these floors only rise.
FLOORS = {"issuer": 0.96, "title": 0.97, "pinpoint": 0.96, "relation": 0.99}


def citations(text: str) -> tuple[Citation, ...]:
    return parse(text.encode(), path="case.txt").citations


def place(case: dict[str, Any], gold: dict[str, Any]) -> tuple[int, int]:
    words = r"[\s*]+".join(re.escape(word) for word in gold["quote"].split())
    found = list(re.finditer(words, case["text"]))
    return found[gold.get("nth", 1) - 1].span()


def folded(text: str | None) -> str | None:
    return " ".join(text.replace("*", " ").split()).strip(" .,:;") if text else None


def facts(case: dict[str, Any], gold: dict[str, Any]) -> tuple[object, ...]:
    return (*place(case, gold), gold.get("type"), gold.get("number"), gold.get("date"))


def read(one: Citation) -> tuple[object, ...]:
    date = one.date.iso if one.date else None
    return one.span.origin_start, one.span.origin_end, one.type, one.number, date


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_mention_is_found_and_read(case: dict[str, Any]) -> None:
    expected = [facts(case, gold) for gold in case.get("citation", [])]
    assert [read(one) for one in citations(case["text"])] == sorted(expected)


@pytest.mark.parametrize("case", LOOKALIKES, ids=[case["text"][:40] for case in LOOKALIKES])
def test_lookalikes_stay_silent(case: dict[str, str]) -> None:
    assert [one.span.quote for one in citations(case["text"])] == []


def test_issuers_titles_pinpoints_and_relations() -> None:
    right: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for case in CASES:
        found = {read(one)[:2]: one for one in citations(case["text"])}
        for gold in case.get("citation", []):
            one = found[place(case, gold)]
            for field in FLOORS:
                expected, got = folded(gold.get(field)), folded(getattr(one, field))
                if expected or got:
                    all_[field] += 2 if expected and got else 1
                    right[field] += 2 if expected == got else 0
    scores = {field: right[field] / all_[field] for field in FLOORS}
    assert all(scores[field] >= floor for field, floor in FLOORS.items()), scores


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_mentions_of_one_document_are_grouped(case: dict[str, Any]) -> None:
    report = parse(case["text"].encode(), path="case.txt")
    index = {read(one)[:2]: i for i, one in enumerate(report.citations)}
    by_letter: dict[str, set[int]] = {}
    for gold in case.get("citation", []):
        if "document" in gold:
            by_letter.setdefault(gold["document"], set()).add(index[place(case, gold)])
    groups = [set(document.mentions) for document in report.documents]
    for members in by_letter.values():
        if len(members) > 1:
            assert members in groups


PIECES = """
Quyết định|số|12/QĐ-UBND|177-KH/TU|ngày|25/02/2021|của|UBND tỉnh|về việc|và|,|;|.|(|)|Luật|12/|:
Đầu tư công|năm 2019|TCVN ISO 9001:2015|này|Điều 5|khoản 2|căn cứ|thực hiện|QĐ 20|“|”|- |a/b/c
"""
pieces = st.sampled_from([*re.split(r"[|\n]", PIECES), "\n"])


LETTERS = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t"))


@given(st.one_of(LETTERS, st.lists(pieces, max_size=60).map(" ".join)))
def test_any_text_gives_citations_that_point_at_their_words(text: str) -> None:
    report = parse(f"A {text}".encode(), path="any.txt")
    for one in report.citations:
        assert report.source.text[one.span.origin_start : one.span.origin_end] == one.span.quote
        assert one.key is None or str(read_key(one.key)) == one.key
    for document in report.documents:
        assert all(0 <= index < len(report.citations) for index in document.mentions)


SHAPES = """\
12/QĐ-UBND và |Quyết định số |Luật Đầu tư |(|1/1/|A-|số 1, |“|Điều 1 |TCVN |0|/|a:|Sở |các |căn cứ
của UBND tỉnh |ngày 1/1/2020 |- Số 5/QĐ-UBND;|Quyết định này |và |1.1.1.|12-34-"""


@pytest.mark.parametrize("shape", re.split(r"[|\n]", SHAPES))
def test_no_shape_makes_a_pattern_run_away(shape: str) -> None:
    """A quadratic pattern would take minutes here; the limit of the test run would end it."""
    citations("A " + shape * (100_000 // len(shape)))


def _keys(words: str) -> list[str | None]:
    return [one.key for one in citations(words)]


COMMUNE = "UBND XÃ TÂN THUẬN\nSố: 45/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n" + (
    "Độc lập - Tự do - Hạnh phúc\nTân Thuận, ngày 28 tháng 5 năm 2024\n\nBÁO CÁO\nKết quả\n\n"
)


def test_the_place_in_a_key_is_that_of_the_issuer() -> None:
    assert _keys(
        f"{COMMUNE}Thực hiện Kế hoạch số 03/KH-UBND ngày 05/01/2024 của UBND huyện Cái Nước; "
        "Kế hoạch số 03/KH-UBND ngày 15/01/2024 của UBND xã Tân Thuận; "
        "Nghị quyết số 29-NQ/TW ngày 04/11/2013 của Ban Chấp hành Trung ương."
    )[1:] == [
        "state:3/KH-UBND@2024~Cái Nước",
        "state:3/KH-UBND@2024~Tân Thuận",
        "party:29-NQ/TW@2013",
    ]


@pytest.mark.parametrize(
    ("parent", "issuer", "symbol", "signed", "place"),
    [
        ("", "ỦY BAN NHÂN DÂN TỈNH BÌNH PHƯỚC", "KH-UBND", "Đồng Xoài", "Bình Phước"),
        ("UBND TỈNH BÌNH PHƯỚC", "SỞ CÔNG THƯƠNG", "KH-SCT", "Đồng Xoài", "Bình Phước"),
        ("UBND TỈNH ĐĂK LĂK", "SỞ Y TẾ", "KH-SYT", "Buôn Ma Thuột", "Đắk Lắk"),
        ("UBND TỈNH BÀ RỊA-VŨNG TÀU", "SỞ Y TẾ", "KH-SYT", "Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("", "ỦY BAN NHÂN DÂN THÀNH PHỐ HUẾ", "KH-UBND", "Thành phố Huế", "Huế"),
        ("UBND TỈNH BÌNH LÂM", "SỞ NỘI VỤ", "KH-SNV", "Thủ Lâm", "Bình Lâm"),
        ("UBND TỈNH BÌNH LÂM", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "KH-SLĐTBXH", "Thủ Lâm",
         "Bình Lâm"),
        ("UBND TỈNH BÌNH LÂM", "THANH TRA TỈNH", "KH-TTr", "Thủ Lâm", "Bình Lâm"),
        ("UBND TỈNH BÌNH LÂM", "UBND HUYỆN TÂN KHÊ", "KH-UBND", "Tân Khê", "Tân Khê"),
        ("", "UBND THÀNH PHỐ ĐỒNG XOÀI", "KH-UBND", "Đồng Xoài", "Đồng Xoài"),
        ("", "SỞ CÔNG THƯƠNG", "KH-SCT", "Đồng Xoài", "Đồng Xoài"),
    ],
)  # fmt: skip
def test_the_place_of_a_key_is_where_the_issuer_is_and_not_where_it_signs(
    parent: str, issuer: str, symbol: str, signed: str, place: str
) -> None:
    text = (
        f"{parent}\n{issuer}\nSố: 12/{symbol}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{signed}, "
        f"ngày 25 tháng 2 năm 2021\nKẾ HOẠCH\nKiểm tra năm 2021\nCăn cứ các văn bản đã ban hành.\n"
    )
    report = parse(text.encode(), path="a.txt")
    assert report.outline.header.place == signed
    assert [one.key for one in report.citations if one.own] == [f"state:12/{symbol}@2021~{place}"]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("Quyết định số 650/QĐ-LĐTBXH ngày 21/7/2022 của Bộ trưởng Bộ Lao động - Thương binh và Xã"
         " hội", "state:650/QĐ-LĐTBXH@2022"),
        ("Quyết định số 65/QĐ-TNMT ngày 21/7/2022 của Bộ Tài nguyên và Môi trường",
         "state:65/QĐ-TNMT@2022"),
        ("Quyết định số 65/QĐ-UBND ngày 21/7/2022 của UBND thành phố Hồ Chí Minh",
         "state:65/QĐ-UBND@2022~Hồ Chí Minh"),
    ],
)  # fmt: skip
def test_a_ministry_has_no_place_though_a_division_shares_its_code(said: str, key: str) -> None:
    assert _keys(f"{COMMUNE}Thực hiện {said}.")[1:] == [key]


def test_another_body_may_have_the_number_of_the_report() -> None:
    words = f"{COMMUNE}Theo Báo cáo số 45/BC-UBND ngày 10/5/2024 của UBND huyện Cái Nước."
    own, other = citations(words)
    assert (own.own, other.own) == (True, False)
    assert own.key != other.key


def test_laws_of_two_years_are_two() -> None:
    assert _keys("Theo Luật Đất đai 2013 và Luật Đất đai năm 2024.") == [
        "law:luat dat dai@2013",
        "law:luat dat dai@2024",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ngày 29/11/2005",
        " năm 2005",
        " (2005)",
        ", báo cáo năm 2023",
        " trong năm 2023",
        ", có hiệu lực từ năm 2023",
        " và báo cáo năm 2023",
        " 2005-2023",
    ],
)
def test_a_law_named_without_another_year_joins_the_numbered_one(said: str) -> None:
    text = "Luật Giao dịch điện tử số 51/2005/QH11. Thực hiện Luật Giao dịch điện tử"
    assert _keys(f"{text}{said}, Sở báo cáo.") == ["legal:51/2005/QH11@2005"] * 2


@pytest.mark.parametrize(
    "said",
    [
        " 2023",
        " năm 2023",
        " (2023)",
        " (năm 2023)",
        "\nnăm 2023",
        " ngày 22/6/2023",
        " ngày 22/6 năm 2023",
        " (ngày 22/6/2023)",
        " tháng 6/2023",
        " tháng 6 năm 2023",
        " mới năm 2023",
        " sửa đổi năm 2023",
        " ban hành năm 2023",
        " được thông qua năm 2023",
        " được Quốc hội thông qua năm 2023",
        " của Quốc hội năm 2023",
        " số 20/2023/QH15",
        " (số 20/2023/QH15)",
        " (Luật số 20/2023/QH15)",
    ],
)
def test_a_law_of_another_year_joins_no_law_of_that_name(said: str) -> None:
    text = "Luật Giao dịch điện tử số 51/2005/QH11. Thực hiện Luật Giao dịch điện tử"
    keys = _keys(f"{text}{said}, Sở báo cáo.")
    assert keys[0] == "legal:51/2005/QH11@2005"
    assert set(keys[1:]) <= {"law:luat giao dich dien tu@2023", "legal:20/2023/QH15@2023"}
    assert keys[1:]


def test_a_short_name_means_its_paper() -> None:
    words = (
        "Thực hiện Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ phê duyệt Đề án "
        "phát triển dữ liệu về dân cư (sau đây gọi tắt là Đề án 06), Sở đã triển khai Đề án 06."
    )
    (reference,) = parse(words.encode(), path="case.txt").references
    assert reference.span.quote == "Đề án 06"
    assert (reference.key, reference.reason) == ("state:6/QĐ-TTg@2022", "short-name")
    assert reference.span.start == words.rindex("Đề án 06")


def test_the_old_heading_names_its_paper() -> None:
    words = (
        "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP NGÀY 17 THÁNG 11 NĂM 1998\n"
        "QUY ĐỊNH CHI TIẾT VỀ CÔNG TRÁI\n\nCHÍNH PHỦ\n\nCăn cứ Luật Tổ chức Chính phủ;\n"
    )
    own = citations(words)[0]
    assert (own.own, own.type, own.issuer) == (True, "Nghị định", "CHÍNH PHỦ")


def test_an_annex_says_what_it_came_with() -> None:
    words = f"{COMMUNE}Kết quả tốt.\n\nPHỤ LỤC\n(Kèm theo Báo cáo số 45/BC-UBND ngày 28/5/2024)\n"
    heading, annex = citations(words)
    assert (heading.own, heading.relation) == (True, None)
    assert (annex.own, annex.relation) == (True, "kèm theo")


def test_a_number_that_lost_its_hyphen_is_the_report_s_own() -> None:
    words = COMMUNE.replace("45/BC-UBND", "45/BCUBND")
    assert [(one.own, one.number) for one in citations(words)] == [(True, "45/BC-UBND")]


def test_a_year_that_was_mistyped_breaks_no_key() -> None:
    words = "Theo Kế hoạch số 30/KH-UBND ngày 05/3/0022 của UBND tỉnh."
    report = parse(words.encode(), path="a.txt")
    assert [one.key for one in report.citations] == ["state:30/KH-UBND@0022"]
