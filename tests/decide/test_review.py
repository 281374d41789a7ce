"""The workbook goes to a person and comes back: what was filled in becomes decisions that hold."""

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import docparse
from docparse.cli import main
from docparse.decide import read_suppressions, review
from docparse.errors import SettingsError
from docparse.patterns import load

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")
TODAY = date(2026, 3, 2)
REPORT = """\
BÁO CÁO
Kế hoạch số 12/KH-SCT ngày 31/11/2023. Kế hoạch số 13/KH-SCT ngày 30/02/2023.
Đã giải quyết 38/45 hồ sơ, đạt 86,4%.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _filled(book: bytes, rows: dict[int, dict[str, Any]]) -> bytes:
    """The workbook with cells of its first sheet filled in, by row and head."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    sheet = opened.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row, cells in rows.items():
        for head, value in cells.items():
            sheet.cell(row, heads[head]).value = value
    made = io.BytesIO()
    opened.save(made)
    return made.getvalue()


def _save(
    path: Path, lang: str, rows: dict[int, dict[str, Any]], decisions: Path | None = None
) -> Path:
    made = docparse.check("a.txt", decisions=decisions).xlsx(lang=lang)
    path.write_bytes(_filled(made, rows))
    return path


VI = {
    2: {"Xử lý": "Đã giải trình", "Ý kiến": "Đơn vị đã đính chính.", "Người xử lý": "An"},
    3: {"Xử lý": "Cần hỏi", "Ý kiến": "Hỏi Sở Công Thương.", "Người xử lý": "Bình"},
}
EN = {
    2: {"Status": "Settled", "Comment": "Đơn vị đã đính chính.", "Person": "An"},
    3: {"Status": "To ask", "Comment": "Hỏi Sở Công Thương.", "Person": "Bình"},
}


@pytest.mark.parametrize(("lang", "rows"), [("vi", VI), ("en", EN)])
def test_the_round_trip(folder: Path, lang: str, rows: dict[int, dict[str, Any]]) -> None:
    first, second, *_ = docparse.check("a.txt").findings
    decisions = folder / "docparse-decisions.toml"
    done = review(_save(folder / "b.xlsx", lang, rows), decisions, load(), today=TODAY)
    assert (done.added, done.changed, done.dropped, done.refused) == (2, 0, 0, ())
    settled, asked = read_suppressions(decisions)
    assert (settled.fingerprint, settled.who, settled.day) == (first.fingerprint, "An", TODAY)
    assert settled.code == first.code
    assert (asked.fingerprint, asked.settles) == (second.fingerprint, False)
    again = docparse.check("a.txt", decisions=decisions)
    statuses = {one.fingerprint: one.status for one in again.findings}
    assert statuses[first.fingerprint] == "suppressed"
    assert statuses[second.fingerprint] == "new"
    # What was written stands in the next workbook; that changes nothing when it comes back.
    book = folder / "c.xlsx"
    book.write_bytes(again.xlsx(lang=lang))
    before = decisions.read_bytes()
    assert review(book, decisions, load()).changed == 0
    assert decisions.read_bytes() == before


def test_a_decision_is_changed_and_taken_back(folder: Path) -> None:
    decisions = folder / "docparse-decisions.toml"
    review(_save(folder / "b.xlsx", "vi", VI), decisions, load(), today=TODAY)
    decisions.write_text("# của tổ 3\n\n" + decisions.read_text("utf-8"), encoding="utf-8")
    rows = {2: {"Xử lý": "Chưa xem", "Ý kiến": None}, 3: {**VI[3], "Xử lý": "Đã giải trình"}}
    book = _save(folder / "c.xlsx", "vi", rows, decisions)
    done = review(book, decisions, load(), today=TODAY)
    assert (done.added, done.changed, done.dropped) == (0, 1, 1)
    (left,) = read_suppressions(decisions)
    assert left.settles
    assert left.who == "Bình"
    assert decisions.read_text("utf-8").startswith("# của tổ 3\n")


def test_an_earlier_form_takes_nothing_back(folder: Path) -> None:
    decisions = folder / "docparse-decisions.toml"
    first = _save(folder / "b.xlsx", "vi", {2: VI[2]})
    second = _save(folder / "c.xlsx", "vi", {3: VI[3]})
    review(first, decisions, load(), today=TODAY)
    done = review(second, decisions, load(), today=TODAY)
    assert (done.added, done.changed, done.dropped) == (1, 0, 0)
    assert len(read_suppressions(decisions)) == 2


def test_a_decision_that_the_form_did_not_know_is_named_when_replaced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _save(folder / "an.xlsx", "vi", {2: VI[2]})
    _save(
        folder / "binh.xlsx", "vi", {2: {**VI[2], "Ý kiến": "Đã hỏi lại.", "Người xử lý": "Bình"}}
    )
    assert main(["review", "an.xlsx"]) == 0
    assert capsys.readouterr().err == ""
    assert main(["review", "binh.xlsx", "--lang=en"]) == 0
    assert "Row 2 takes the place of a decision" in (said := capsys.readouterr().err)
    assert "Đơn vị đã đính chính. (An)" in said


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="no LibreOffice: apt-get install libreoffice-calc-nogui"
)
def test_a_workbook_saved_by_libreoffice(folder: Path) -> None:
    _save(folder / "b.xlsx", "vi", VI)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "saved"]
    subprocess.run([*command, "b.xlsx"], cwd=folder, check=True, capture_output=True, timeout=120)
    done = review(folder / "saved" / "b.xlsx", folder / "d.toml", load(), today=TODAY)
    assert (done.added, done.refused) == (2, ())


def test_settled_without_a_reason_stays_open(folder: Path) -> None:
    rows = {2: {"Xử lý": "Đã giải trình"}, 3: {"Xử lý": "xong rồi", "Ý kiến": "x"}, 4: VI[2]}
    decisions = folder / "docparse-decisions.toml"
    done = review(_save(folder / "b.xlsx", "vi", rows), decisions, load())
    assert done.refused == (2, 3)
    assert done.added == 1


def test_a_comment_without_a_status_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = {2: {"Ý kiến": "Hỏi Sở Công Thương."}, 3: VI[3]}
    book = _save(folder / "b.xlsx", "vi", rows)
    assert main(["review", str(book), "--lang=vi"]) == 0
    said = capsys.readouterr()
    assert "thêm 2 quyết định" in said.out
    assert "Hàng 2:" in said.err
    assert "“Cần hỏi”" in said.err
    first, _ = read_suppressions(folder / "docparse-decisions.toml")
    assert not first.settles
    # A row that was put back to unread keeps its comment, and so stays; that is told, too.
    rows = {3: {**VI[3], "Xử lý": "Chưa xem"}}
    book = _save(folder / "c.xlsx", "vi", rows, folder / "docparse-decisions.toml")
    done = review(book, folder / "docparse-decisions.toml", load(), today=TODAY)
    assert (done.dropped, done.commented) == (0, (3,))


@pytest.mark.parametrize("name", ["", "2ddb434024f721e", "zzzzzzzzzzzzzzzz", 1234567890])
def test_a_row_without_its_fingerprint_is_named(folder: Path, name: object) -> None:
    path = _save(folder / "filled.xlsx", "vi", {2: {**VI[2], "Dấu nhận dạng": name}})
    assert review(path, folder / "d.toml", load(), today=TODAY).refused == (2,)
    assert not (folder / "d.toml").exists() or not read_suppressions(folder / "d.toml")


def test_a_fingerprint_in_capitals_is_the_same(folder: Path) -> None:
    name = docparse.check("a.txt").checked.findings[0].fingerprint
    rows = {2: {**VI[2], "Dấu nhận dạng": name.upper()}, 3: {**VI[2], "Dấu nhận dạng": name}}
    path = _save(folder / "filled.xlsx", "vi", rows)
    assert review(path, folder / "d.toml", load(), today=TODAY).refused == (3,)
    assert [one.fingerprint for one in read_suppressions(folder / "d.toml")] == [name]


def test_an_open_finding_may_have_a_comment(folder: Path) -> None:
    rows = {2: {"Ý kiến": 2023.0}}
    decisions = folder / "docparse-decisions.toml"
    review(_save(folder / "b.xlsx", "vi", rows), decisions, load())
    (one,) = read_suppressions(decisions)
    assert (one.reason, one.settles) == ("2023", False)


def test_a_changed_text_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "a.txt", "--format", "xlsx", "-o", "b.xlsx"]) == 1
    _save(folder / "b.xlsx", "vi", VI)
    assert main(["review", "b.xlsx"]) == 0
    assert "thêm 2 quyết định" in capsys.readouterr().out
    (folder / "a.txt").write_text(REPORT.replace("31/11", "30/11"), encoding="utf-8")
    main(["check", "a.txt", "--format", "xlsx", "-o", "c.xlsx"])
    sheet = openpyxl.load_workbook(folder / "c.xlsx")["Quyết định cũ"]
    changed = [row for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(changed) == 1
    assert changed[0][0].startswith("Văn bản đã đổi")
    assert "Ngày 31/11/2023 không có trong lịch." in changed[0]
    assert date.today() in [getattr(cell, "date", lambda: None)() for cell in changed[0]]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"so, 12"])
def test_what_is_no_workbook(folder: Path, content: bytes) -> None:
    (folder / "b.xlsx").write_bytes(content)
    with pytest.raises(SettingsError, match=r"b\.xlsx"):
        review(folder / "b.xlsx", folder / "d.toml", load())


def test_another_workbook(folder: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên", "Tuổi"])
    book.save(folder / "b.xlsx")
    with pytest.raises(SettingsError, match="columns"):
        review(folder / "b.xlsx", folder / "d.toml", load())
    assert main(["review", "b.xlsx"]) == 2
