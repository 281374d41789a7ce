"""The Excel workbook, read back by two other programs: types stay, nothing becomes a formula."""

import io
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pytest

import docparse
from docparse.checking import CheckResult
from docparse.models import REVIEW_STATUSES
from docparse.patterns import load
from docparse.patterns.tables import UnitKind

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")
ROOT = Path(__file__).parents[2]
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MODES = ("result", "target", "plan", "limit")
INERT = (
    "=1+1",
    "+84 903 111",
    "-15 hồ sơ",
    "@sum",
    "- Tổ chức",
    "1E5",
    "01/02/2023",
    "http://a.vn",
)


@pytest.fixture(scope="module")
def result() -> CheckResult:
    return docparse.check(ROOT / "corpus", notes=True)


@pytest.fixture(scope="module")
def book(result: CheckResult) -> Any:
    return openpyxl.load_workbook(io.BytesIO(result.xlsx()))


def _rows(sheet: Any) -> list[dict[str, Any]]:
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _links(sheet: Any) -> dict[str, str]:
    """Where cells lead, by their own place."""
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink)
    return {cell.coordinate: cell.hyperlink.location for cell in cells}


def test_sheets_and_heads(book: Any) -> None:
    assert book.sheetnames == ["Phát hiện", "Viện dẫn", "Văn bản", "Số liệu", "Bảng", "Độ phủ"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref


def test_every_finding_is_a_row(book: Any, result: CheckResult) -> None:
    rows = _rows(book["Phát hiện"])
    assert [row["Dấu nhận dạng"] for row in rows] == [one.fingerprint for one in result.findings]
    for row, one in zip(rows, result.findings, strict=True):
        assert row["Mã"] == one.code
        assert row["Nguyên văn"] == " ".join(one.evidence[0].span.quote.split())
        assert row["Xử lý"] == "Chưa xem"
    (choices,) = book["Phát hiện"].data_validations.dataValidation
    assert choices.formula1.count(",") == len(REVIEW_STATUSES) - 1


def test_numbers_are_numbers_and_dates_dates(book: Any, result: CheckResult) -> None:
    figures = [one for report in result.reports for one in report.figures]
    rows = _rows(book["Số liệu"])
    assert [row["Giá trị"] for row in rows] == [float(one.value) for one in figures]
    ends = [one.period.end if one.period else None for one in figures]
    assert [row["Đến ngày"] and row["Đến ngày"].date() for row in rows] == ends
    cited = [one for report in result.reports for one in report.citations]
    for row, one in zip(_rows(book["Viện dẫn"]), cited, strict=True):
        if one.date is not None and one.date.calendar:
            assert isinstance(row["Ngày"], datetime)
            assert row["Ngày"].date() == one.date.calendar
        elif one.date is not None:
            assert isinstance(row["Ngày"], str)


@pytest.mark.parametrize(
    ("lang", "sheet", "heads", "words"),
    [
        ("vi", "Số liệu", ("Dạng", "Tính chất"), ("phần trăm", "mục tiêu")),
        ("en", "Figures", ("Kind", "Mode"), ("percentage", "target")),
    ],
)
def test_kind_and_mode_are_said_in_the_language(
    result: CheckResult, lang: str, sheet: str, heads: tuple[str, str], words: tuple[str, str]
) -> None:
    made = openpyxl.load_workbook(io.BytesIO(result.xlsx(lang=lang)))
    rows = [tuple(row[head] for head in heads) for row in _rows(made[sheet])]
    figures = [one for report in result.reports for one in report.figures]
    found = {(one.kind, one.mode): row for one, row in zip(figures, rows, strict=True)}
    assert found["percent", "target"] == words


def test_every_kind_of_figure_has_its_words() -> None:
    kinds = [*get_args(UnitKind), "ratio", "rank"]
    for code in (*(f"figure-kind-{one}" for one in kinds), *map("figure-mode-{}".format, MODES)):
        assert code in load().messages


def test_a_citation_leads_to_its_document_and_back(book: Any) -> None:
    links = _links(book["Viện dẫn"])
    assert links
    papers = book["Văn bản"]
    for ref, location in list(links.items())[:50]:
        row = int(location.rpartition("!A")[2])
        assert papers.cell(row, 1).value == book["Viện dẫn"][ref].value


def test_a_finding_leads_to_its_records(book: Any, result: CheckResult) -> None:
    links = _links(book["Phát hiện"])
    assert links
    sheets = {book.sheetnames[at]: book.worksheets[at] for at in range(len(book.sheetnames))}
    heads = [cell.value for cell in book["Phát hiện"][1]]
    column = heads.index("Chỗ thứ nhất") + 1
    for row, one in enumerate(result.findings, 2):
        cell = book["Phát hiện"].cell(row, column)
        if cell.coordinate not in links:
            continue
        sheet, _, target = links[cell.coordinate].partition("!A")
        told = [each.value for each in sheets[sheet.strip("'")][int(target)]]
        assert one.evidence[0].span.line in told


def test_words_stay_words(tmp_path: Path) -> None:
    lines = "\n".join(
        f"Theo Kế hoạch số {at}/KH-SCT về {words}" for at, words in enumerate(INERT, 1)
    )
    path = tmp_path / "=1+1.txt"
    path.write_text(f"BÁO CÁO\n{lines}\n", encoding="utf-8")
    made = docparse.check(path, notes=True).xlsx()
    for sheet in openpyxl.load_workbook(io.BytesIO(made)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
    rows = _rows(openpyxl.load_workbook(io.BytesIO(made))["Viện dẫn"])
    assert {row["Báo cáo"] for row in rows} == {path.name}


def test_the_same_findings_give_the_same_bytes(result: CheckResult) -> None:
    assert result.xlsx() == result.xlsx()
    assert result.xlsx(lang="en") != result.xlsx()


def test_what_a_cell_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    words = "x" * 40_000
    path.write_text(f"Kế hoạch số 12/KH-SCT về \x01 việc {words}\n", encoding="utf-8")
    book = openpyxl.load_workbook(io.BytesIO(docparse.check(path, notes=True).xlsx()))
    assert book.sheetnames


@pytest.mark.skipif(
    SOFFICE is None, reason="no LibreOffice: apt-get install libreoffice-calc-nogui"
)
def test_libreoffice_reads_the_same(tmp_path: Path, result: CheckResult) -> None:
    (tmp_path / "a.xlsx").write_bytes(result.xlsx())
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "ods", "a.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    from python_calamine import CalamineWorkbook

    again = CalamineWorkbook.from_path(str(tmp_path / "a.ods"))
    before = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert again.sheet_names == before.sheet_names
    for name in ("Phát hiện", "Viện dẫn", "Số liệu"):
        ours, theirs = (
            one.get_sheet_by_name(name).to_python(skip_empty_area=True) for one in (before, again)
        )
        assert len(ours) == len(theirs)
        for own, other in zip(ours, theirs, strict=True):
            assert [_plain(cell) for cell in own] == [_plain(cell) for cell in other]


def _plain(cell: Any) -> Any:
    """A number is a number whatever its class; a day at midnight is a day."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return float(cell) if isinstance(cell, int | float) else cell
