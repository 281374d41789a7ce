"""Keys that say less: joined with a reason where one document can be meant, else left apart."""

from pathlib import Path

import pytest

from docparse.indexing.collection import Index

PLACED = (
    "UBND TỈNH BÌNH LÂM\nSỞ CÔNG THƯƠNG\n\nSố: {own}/BC-SCT\tBình Lâm, ngày 5 tháng 4 năm 2021\n\n"
)
OTHER = PLACED.replace("BÌNH LÂM", "VÂN HẢI").replace("Bình Lâm", "Vân Hải")
WHOLE = "state:899/KH-SCT@2021~Bình Lâm"
TITLE = "về cải cách hành chính của ngành năm 2021"


@pytest.mark.parametrize(
    ("here", "there", "evidence"),
    [
        ("ngày 25/02/2021", "ngày 25/02/2021", "same-day"),
        (f"ngày 25/02/2021 {TITLE}", f"ngày 26/02/2021 {TITLE}", "same-title"),
        ("ngày 25/02/2021 về an toàn điện", "ngày 26/02/2021 về kiểm tra chợ", None),
    ],
)
def test_a_number_without_its_place(
    index: Index, tmp_path: Path, here: str, there: str, evidence: str | None
) -> None:
    (tmp_path / "whole.txt").write_text(
        PLACED.format(own=1) + f"Thực hiện Kế hoạch số 899/KH-SCT {there}.\n", encoding="utf-8"
    )
    (tmp_path / "less.txt").write_text(
        f"Thực hiện Kế hoạch số 899/KH-SCT {here}.\n", encoding="utf-8"
    )
    index.add(tmp_path / "whole.txt", tmp_path / "less.txt")
    cited = {Path(one.report).name: one for one in index.find_cited_by("899 kh sct")}
    assert set(cited) == {"whole.txt", "less.txt"}
    assert cited["whole.txt"].evidence is None
    less = cited["less.txt"]
    assert less.evidence == evidence
    assert (less.key == WHOLE) == (evidence is not None)
    assert len(index.show("899 kh sct")) == (1 if evidence else 2)
    assert len(index.find_cites("less.txt", shared_with="whole.txt")) == (2 if evidence else 0)
    missing = [one.reports for one in index.find_missing() if one.number == "899/KH-SCT"]
    assert missing == ([2] if evidence else [])
    conflicts = [[side.value for side in one.sides] for one in index.find_conflicts("dates")]
    assert conflicts == ([["2021-02-25", "2021-02-26"]] if evidence == "same-title" else [])


def test_a_number_without_its_place_and_day(index: Index, tmp_path: Path) -> None:
    (tmp_path / "whole.txt").write_text(
        PLACED.format(own=1) + "Theo Quyết định số 36/2020/QĐ-UBND ngày 31/8/2020.\n", "utf-8"
    )
    (tmp_path / "less.txt").write_text("Theo Quyết định số 36/2020/QĐ-UBND.\n", "utf-8")
    index.add(tmp_path / "whole.txt", tmp_path / "less.txt")
    key = "legal:36/2020/QĐ-UBND@2020~Bình Lâm"
    found = [(one.key, one.evidence) for one in index.find_cited_by("QĐ 36/2020")]
    assert sorted(found, key=str) == [(key, "only-one"), (key, None)]


def test_a_number_that_may_be_of_two_places_stays_apart(index: Index, tmp_path: Path) -> None:
    said = "Thực hiện Kế hoạch số 899/KH-SCT ngày 25/02/2021.\n"
    for name, head in (("one", PLACED), ("two", OTHER)):
        (tmp_path / f"{name}.txt").write_text(head.format(own=1) + said, encoding="utf-8")
    (tmp_path / "less.txt").write_text(said, encoding="utf-8")
    index.add(tmp_path / "one.txt", tmp_path / "two.txt", tmp_path / "less.txt")
    assert {one.evidence for one in index.find_cited_by("899/KH-SCT")} == {None}
    assert len(index.show("899/KH-SCT")) == 3


@pytest.mark.parametrize(
    ("query", "proposed"),
    [
        ("899/KH-SCTT", ["899/KH-SCT"]),
        ("989/KH-SCT", ["899/KH-SCT"]),
        ("899/HK-SCT", ["899/KH-SCT"]),
        ("15/QĐ-SCTTT", ["15/QĐ-SCTT"]),
        ("899/KH-STC năm 2019", []),
        ("899/CT-SYT", []),
        ("hoà giải ở cơ sơr", ["899/QĐ-UBND"]),
        ("giao chỉ teiu kế hoạch", ["12/QĐ-UBND"]),
    ],
)
def test_a_slip_is_proposed_and_never_merged(asked: Index, query: str, proposed: list[str]) -> None:
    found = asked.find_cited_by(query)
    assert sorted({one.number or "" for one in found}) == proposed
    assert {one.fit for one in found} <= {"misspelt"}
    assert {one.fit for one in asked.show(query)} <= {"misspelt"}


def test_documents_that_differ_by_a_slip_are_two(asked: Index) -> None:
    [one] = asked.show("15/QĐ-SCT")
    assert [count.value for count in one.numbers] == ["15/QĐ-SCT"]


BODIES = """\
1. Căn cứ Thông tư số 12/2020/TT-BGTVT ngày 29/5/2020.
2. Theo Kế hoạch số 31/KH-SNNPTNT ngày 12/01/2024 và Quyết định số 77/QĐ-UBND ngày 10/01/2024.
"""


@pytest.mark.parametrize(
    ("query", "number", "fits"),
    [
        ("thông tư 12/2020 của Bộ Giao thông vận tải", "12/2020/TT-BGTVT", {"exact", "partial"}),
        ("TT 12/2020 Bộ GTVT", "12/2020/TT-BGTVT", {"exact", "partial"}),
        ("thông tư 12/2020 của Bộ trưởng", "12/2020/TT-BGTVT", {"exact", "partial"}),
        ("thông tư 12/2020 của Bộ Xây dựng", "12/2020/TT-BGTVT", {"possible"}),
        ("thông tư 12/2020 của Bộ Y tế", None, set()),
        ("31/KH Sở Nông nghiệp và Phát triển nông thôn", "31/KH-SNNPTNT", {"exact", "partial"}),
        ("kế hoạch 31 của Sở Nông nghiệp và Môi trường", "31/KH-SNNPTNT", {"possible"}),
        ("quyết định 77 của Ủy ban nhân dân tỉnh", "77/QĐ-UBND", {"exact", "partial"}),
        ("77/QĐ-UBND Bình Phước", "77/QĐ-UBND", {"exact", "partial"}),
        ("77/QĐ-UBND Đồng Nai", "77/QĐ-UBND", {"possible"}),
        ("77/QĐ-UBND Cà Mau", None, set()),
    ],
)
def test_bodies_by_their_names_and_by_those_that_took_over(
    index: Index, tmp_path: Path, query: str, number: str | None, fits: set[str]
) -> None:
    """The ministries and provinces of 2025 stand in patterns/, and a question knows them."""
    head = PLACED.replace("BÌNH LÂM", "BÌNH PHƯỚC").replace("Bình Lâm", "Bình Phước")
    text = head.format(own=1).replace("2021", "2024") + BODIES
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    index.add(tmp_path / "a.txt")
    found = index.find_cited_by(query)
    assert {one.number for one in found} == ({number} if number else set())
    assert {one.fit for one in found} <= fits
