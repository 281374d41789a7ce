from pathlib import Path
from typing import Any

import pytest

from docparse.errors import UsageError
from docparse.index.fold import fold
from docparse.indexing.collection import Index

Q1, Q2, YEAR = "q1.txt", "q2.txt", "nam.txt"


def _names(found: list[Any]) -> list[str]:
    return [Path(one.report).name for one in found]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("899/KH-SCT", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("899 kh sct", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("0899-KH/SCT", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("899khsct", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("kế hoạch 899", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("Kế hoạch số 899/KH-SCT ngày 25/02/2021", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("quyết định 899", ["state:899/QĐ-UBND@2021~Bình Lâm"]),
        ("QĐ 899 ngày 01 tháng 10 năm 2021", ["state:899/QĐ-UBND@2021~Bình Lâm"]),
        ("899", ["state:899/KH-SCT@2021~Bình Lâm", "state:899/QĐ-UBND@2021~Bình Lâm"]),
        ("nd 30 2020", ["legal:30/2020/NĐ-CP@2020"]),
        ("NĐ30/2020", ["legal:30/2020/NĐ-CP@2020"]),
        ("nd30/2020", ["legal:30/2020/NĐ-CP@2020"]),
        ("nd30/2020/nd-cp", ["legal:30/2020/NĐ-CP@2020"]),
        ("NĐ số30/2020", ["legal:30/2020/NĐ-CP@2020"]),
        ("nghị định30", ["legal:30/2020/NĐ-CP@2020"]),
        ("NghịĐịnh30/2020", ["legal:30/2020/NĐ-CP@2020"]),
        ("30/2020NĐ-CP", ["legal:30/2020/NĐ-CP@2020"]),
        ("30/2020NĐCP", ["legal:30/2020/NĐ-CP@2020"]),
        ("302020/NĐ-CP", []),
        ("QĐ12", ["state:12/QĐ-UBND@2021~Bình Lâm"]),
        ("qd12 ngày 4/1/2021", ["state:12/QĐ-UBND@2021~Bình Lâm"]),
        ("luật UBTVQH13", []),
        ("số899/KH-SCT", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("kh899", ["state:899/KH-SCT@2021~Bình Lâm"]),
        ("CT899", []),
        ("Nghị định 30/2020/NĐ-CP của Chính phủ", ["legal:30/2020/NĐ-CP@2020"]),
        ("30/2019/NĐ-CP", []),
        ("899/CT-SCT", []),
        ("nghị định 899", []),
        ("luat phong chong tham nhung", ["law:luat phong chong tham nhung@2018"]),
        ("luatphong chongthamnhung", ["law:luat phong chong tham nhung@2018"]),
        ("số luật phòng chống tham nhũng", ["law:luat phong chong tham nhung@2018"]),
        ("12/QĐ-UBND Bình Lâm", ["state:12/QĐ-UBND@2021~Bình Lâm"]),
        ("12/QĐ-UBND Cà Mau", []),
        ("hòa giải ở cơ sở", ["state:899/QĐ-UBND@2021~Bình Lâm"]),
        ("'; drop table reports; --", []),
        ("%", []),
        ("", []),
    ],
)
def test_a_loosely_typed_number_finds_its_documents(
    asked: Index, query: str, keys: list[str]
) -> None:
    assert sorted({one.key or "" for one in asked.find_cited_by(query)}) == keys


def test_what_fits_best_comes_first(asked: Index) -> None:
    found = asked.find_cited_by("Kế hoạch số 899/KH-SCT ngày 25/02/2021")
    assert _names(found) == [Q1, Q2]
    first = found[0]
    assert first.fit == "exact"
    assert (first.line, first.quote) == (9, "Kế hoạch số 899/KH-SCT ngày 25/02/2021")
    assert (first.report_number, first.report_date) == ("45/BC-SCT", "2021-04-05")
    assert asked.find_cited_by("899", limit=1)[0].fit == "partial"
    assert len(asked.find_cited_by("899", limit=2)) == 2


def test_a_report_does_not_cite_itself(asked: Index) -> None:
    assert _names(asked.find_cited_by("45/BC-SCT")) == [Q2]


@pytest.mark.parametrize("name", ["2021/q1.txt", "q1.txt", "45/BC-SCT", "45 bc sct"])
def test_what_a_report_cites(asked: Index, name: str) -> None:
    assert [one.number for one in asked.find_cites(name)] == [
        "899/KH-SCT", "30/2020/NĐ-CP", "12/QĐ-UBND"
    ]  # fmt: skip


def test_a_report_shares_with_itself_all_that_it_cites(asked: Index) -> None:
    keys = [one.key for one in asked.find_cites("q1.txt", shared_with="45/BC-SCT")]
    assert keys == [one.key for one in asked.find_cites("q1.txt")]
    assert len(keys) == 3


def test_a_report_that_is_not_there_or_not_one(index: Index, folder: Path) -> None:
    index.add(folder)
    for name in ("q9.txt", "%", "", "%.txt", "_1.txt"):
        with pytest.raises(UsageError) as error:
            index.find_cites(name)
        assert error.value.code == "index-no-report"
    (folder / "2022/q1.txt").write_text("Số: 99/BC-SCT\n", encoding="utf-8")
    index.add(folder)
    with pytest.raises(UsageError) as error:
        index.find_cites("q1.txt")
    assert error.value.code == "index-which-report"
    assert "2021/q1.txt" in error.value.sentence("en")


@pytest.mark.parametrize(
    ("query", "names", "how"),
    [
        ("Đồng Nai", {Q2}, "exact"),
        ("dong nai", {Q2}, "exact"),
        ("ĐẮK LẮK", {Q2}, "exact"),
        ("dak lak", {Q2}, "exact"),
        ("Đồng Nái", {Q2}, "folded"),
        ("hòa giải", {YEAR}, "exact"),
        ("hoà giải", {YEAR}, "exact"),
        ("hoa giai", {YEAR}, "exact"),
        ("tham nhũgn", {YEAR}, "misspelt"),
        ("thm nhung", {YEAR}, "misspelt"),
        ("240 hồ sơ", {Q2}, "exact"),
        ("98,5%", {Q1}, "exact"),
        ("12/QĐ-UBND", {Q1, Q2}, "exact"),
        ('"nam bộ và nữ bộ"', {YEAR}, "exact"),
        ('"bo nam va nu"', set(), "exact"),
        ("không đâu có chữ này cả", set(), "exact"),
    ],
)
def test_words_are_found_however_they_are_typed(
    asked: Index, query: str, names: set[str], how: str
) -> None:
    found = [one for one in asked.find(query) if one.kind == "passage"]
    assert set(_names(found)) == names
    assert {one.how for one in found} <= {how}


def test_words_with_marks_come_before_words_without(asked: Index) -> None:
    found = [one for one in asked.find("nam") if one.kind == "passage"]
    assert {one.how for one in found} == {"exact"}
    marked = [one for one in asked.find("nữ") if one.kind == "passage"]
    assert _names(marked)[0] == YEAR
    assert marked[0].how == "exact"


def test_what_is_marked_is_what_was_found(asked: Index) -> None:
    for query in ("dong nai", "Đồng Nai", "hồ sơ", "cai cach hanh chinh"):
        found = [one for one in asked.find(query) if one.kind == "passage"]
        assert found
        for one in found:
            assert one.marks, one
            for start, end in one.marks:
                assert set(fold(one.quote[start:end]).split()) <= set(fold(query).split())


def test_the_quote_stands_in_the_file_at_its_line(asked: Index, asked_folder: Path) -> None:
    [found] = [one for one in asked.find("dak lak") if one.kind == "passage"]
    lines = (asked_folder / "2021/q2.txt").read_text("utf-8").splitlines()
    assert found.line is not None
    assert " ".join(found.quote.split()).startswith(" ".join(lines[found.line - 1].split()))


@pytest.mark.parametrize(
    "query",
    [
        '"', '"""', "(", "*", "a*", "^a", "-x", "NEAR(a b)", "a AND", "NOT", "folded:nam",
        "nam' or '1'='1", "a\0b", "\udcff", "😀", "{a b}: c", "a + b", "%_", ":t0_0", "\\",
        "word " * 300, "x" * 1999,
    ],
)  # fmt: skip
def test_no_query_is_an_error(asked: Index, query: str) -> None:
    for ask in (asked.find, asked.find_cited_by, asked.show):
        ask(query)


def test_a_pasted_book_is_refused(asked: Index) -> None:
    for ask in (asked.find, asked.find_cited_by, asked.show):
        with pytest.raises(UsageError) as error:
            ask("kế hoạch " * 1_000_000)
        assert error.value.code == "index-query-too-long"


def test_all_that_is_known_of_a_document(asked: Index) -> None:
    [shown] = asked.show("899/KH-SCT")
    assert (shown.reports, shown.mentions, shown.fit) == (2, 2, "exact")
    assert [(one.value, one.reports) for one in shown.dates] == [
        ("2021-02-25", 1), ("2021-02-26", 1)
    ]  # fmt: skip
    assert shown.first is not None
    assert shown.last is not None
    assert _names([shown.first, shown.last]) == [Q1, Q2]
    [report] = asked.show("45/BC-SCT")
    assert [Path(path).name for path in report.held] == [Q1]
    assert "legal:30/2020/NĐ-CP@2020" in [one.value for one in report.relations_out]
    assert report.reports == 1


def test_contradictions_have_all_sides_with_their_places(asked: Index) -> None:
    found = {(one.kind, one.key): one for one in asked.find_conflicts()}
    assert set(found) == {
        ("dates", "state:899/KH-SCT@2021~Bình Lâm"),
        ("titles", "state:12/QĐ-UBND@2021~Bình Lâm"),
        ("symbols", "state:15/QĐ-SCT@2021~Bình Lâm"),
    }
    sides = found["dates", "state:899/KH-SCT@2021~Bình Lâm"].sides
    assert [(one.value, Path(one.report).name) for one in sides] == [
        ("2021-02-25", Q1), ("2021-02-26", Q2)
    ]  # fmt: skip
    assert sides[1].quote == "Kế hoạch số 899/KH-SCT ngày 26/02/2021"
    symbols = found["symbols", "state:15/QĐ-SCT@2021~Bình Lâm"].sides
    assert [one.value for one in symbols] == ["15/QĐ-SCT", "15/QĐ-SCTT"]
    assert {one.kind for one in asked.find_conflicts("dates")} == {"dates"}
    with pytest.raises(UsageError):
        asked.find_conflicts("colours")


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("cải chính hành cách", "15/QĐ-SCT"),
        ('"cải chính hành cách"', None),
        ('"cải cách hành chính"', "15/QĐ-SCT"),
        ('"cai cach hanh chinh"', "15/QĐ-SCT"),
        ("“cải cách hành chính” kiện toàn", "15/QĐ-SCT"),
        ('"hành chính cải cách" kiện toàn', None),
        ('"cải cách hành chánh" kiện toàn', None),
        ('kiện toàn "chính cải"', None),
        ('"phong chong tham nhung"', "law:luat phong chong tham nhung@2018"),
        ('"chong phong tham nhung"', None),
        ('"15/QĐ-SCT"', "15/QĐ-SCT"),
    ],
)
def test_titles_have_a_phrase_in_quotation_marks_as_it_stands(
    asked: Index, query: str, number: str | None
) -> None:
    found = [one for one in asked.find(query) if one.kind == "document"]
    assert bool(found) == (number is not None)
    assert number is None or number in {one.number or one.key for one in found}
    assert {one.how for one in found} <= {"exact"}
    keys = {one.key for one in found}
    assert keys <= {one.key for one in asked.show(query)}
    assert bool(asked.find_cited_by(query)) == (number is not None)


def test_what_is_cited_and_not_there(asked: Index) -> None:
    assert {(one.number, one.reports) for one in asked.find_missing()} == {
        ("899/KH-SCT", 2), ("30/2020/NĐ-CP", 2), ("12/QĐ-UBND", 2)
    }  # fmt: skip
    all_of_them = {one.number for one in asked.find_missing(reports=1)}
    assert "45/BC-SCT" not in all_of_them
    assert "899/QĐ-UBND" in all_of_them
    assert len(asked.find_missing(reports=1, limit=1)) == 1


def test_near_duplicates_are_shown(index: Index, tmp_path: Path) -> None:
    body = "\n".join(f"{n}. Nội dung thứ {n * n} của báo cáo về việc {n * 7}." for n in range(60))
    for name, text in {
        "a": body, "b": body.replace("thứ 25 ", "thứ 26 "), "c": body[::-1]
    }.items():  # fmt: skip
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    index.add(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt")
    [found] = index.find_duplicates()
    assert (Path(found.path).name, Path(found.other).name) == ("b.txt", "a.txt")
    assert 0.8 <= found.likeness <= 1


def test_answers_are_frames_with_all_their_columns(asked: Index) -> None:
    frames = {
        "search": asked.search("dong nai"),
        "cites": asked.cites("q1.txt"),
        "cited_by": asked.cited_by("no number"),
        "conflicts": asked.conflicts(),
        "missing": asked.missing(),
        "failures": asked.failures(),
        "duplicates": asked.duplicates(),
        "stats": asked.stats(),
    }
    assert all(len(frame.columns) > 1 for frame in frames.values())
    assert len(frames["cites"]) == 3
    assert frames["cited_by"].empty
    assert list(frames["cited_by"].columns) == list(frames["cites"].columns)


def test_a_document_is_shown_under_the_title_that_has_the_phrase(asked: Index) -> None:
    for phrase in ("giao chỉ tiêu", "phê duyệt danh mục"):
        [found] = [one for one in asked.find(f'"{phrase}"') if one.kind == "document"]
        assert found.number == "12/QĐ-UBND"
        assert phrase in (found.title or "")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("Luật Giao dịch điện tử", {"51/2005/QH11", None}),
        ("Luật Giao dịch điện tử 2023", {None}),
        ("luat giao dich dien tu nam 2023", {None}),
        ("Luật Giao dịch điện tử ngày 22/6/2023", {None}),
        ("Luật Giao dịch điện tử (2023)", {None}),
        ("Luật Giao dịch điện tử 2005", {"51/2005/QH11"}),
        ("Luật Giao dịch điện tử ngày 29/11/2005", {"51/2005/QH11"}),
        ("Luật Giao dịch điện tử 2014", set()),
        ("kế hoạch chuyển đổi số 2023", {"12/KH-SCT"}),
    ],
)
def test_a_law_of_another_year_is_not_meant(
    index: Index, tmp_path: Path, query: str, numbers: set[str | None]
) -> None:
    text = (
        "Căn cứ Luật Giao dịch điện tử số 51/2005/QH11 ngày 29/11/2005.\n"
        "Kế hoạch số 12/KH-SCT ngày 20/12/2022 về chuyển đổi số được thực hiện.\n"
    )
    (tmp_path / "old.txt").write_text(text, encoding="utf-8")
    text = "Thực hiện Luật Giao dịch điện tử năm 2023, Sở đã dùng chữ ký số.\n"
    (tmp_path / "new.txt").write_text(text, encoding="utf-8")
    index.add(tmp_path / "old.txt", tmp_path / "new.txt")
    assert {one.number for one in index.find_cited_by(query)} == numbers
    assert len(index.show(query)) == len(numbers)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("kiện toàn ban chỉ đạo cải cahc hành chính", "15/QĐ-SCT"),
        ("cai cach hanh hcinh", "15/QĐ-SCT"),
        ("của cai cach hnah chinh", "15/QĐ-SCT"),
        ("kế hoạch cải cahc hành chính", "899/KH-SCT"),
        ("cách của hcinh", None),
    ],
)
def test_a_misspelt_title_is_found_though_words_of_it_often_join_others(
    asked: Index, query: str, number: str | None
) -> None:
    shown = asked.show(query)
    assert {one.fit for one in shown} <= {"misspelt"}
    numbers = {one.value for document in shown for one in document.numbers}
    assert number in numbers if number else not numbers


def test_a_law_comes_before_those_that_amend_it(index: Index, tmp_path: Path) -> None:
    text = (
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức "
        "chính quyền địa phương ngày 22/11/2019;\n"
        "Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015;\n"
    )
    (tmp_path / "law.txt").write_text(text, encoding="utf-8")
    index.add(tmp_path / "law.txt")
    for query in ("Luật Tổ chức Chính phủ", "luat to chuc chinh phu"):
        keys = [one.key for one in index.show(query)]
        assert len(keys) == 2
        assert keys[0] == "law:luat to chuc chinh phu@2015"
        assert [one.key for one in index.find(query) if one.kind == "document"] == keys
        assert list(dict.fromkeys(one.key for one in index.find_cited_by(query))) == keys
