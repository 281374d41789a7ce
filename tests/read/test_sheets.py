import contextlib
import datetime as dt
import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from docparse.errors import EmptyError, FormatError
from docparse.models import Source
from docparse.read.numberformats import printed
from docparse.read.oldsheets import read_oldbook
from docparse.read.sheets import read_sheets
from tests.read.making import SAMPLES, pack

openpyxl = pytest.importorskip("openpyxl")


def _book(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _read(fill: Callable[[Any], None]) -> Source:
    return read_sheets(_book(fill), "XLSX", path="a.xlsx")


def _report(book: Any) -> None:
    sheet = book.active
    sheet.title = "Biểu 1"
    sheet["A1"] = "KẾT QUẢ GIẢI QUYẾT HỒ SƠ"
    sheet.merge_cells("A1:D1")
    for cell, value in {
        "A3": "STT", "B3": "Đơn vị", "C3": "Hồ sơ", "C4": "Số", "D4": "Tỷ lệ",
        "A5": 1, "B5": "Sở Công Thương", "C5": 16075, "D5": 0.9894,
    }.items():  # fmt: skip
        sheet[cell] = value
    for merged in ("A3:A4", "B3:B4", "C3:D3"):
        sheet.merge_cells(merged)
    sheet["C5"].number_format = "#,##0"
    sheet["D5"].number_format = "0.00%"


def test_a_sheet_is_a_title_and_a_table_with_spans() -> None:
    source = _read(_report)
    assert source.text == (
        "KẾT QUẢ GIẢI QUYẾT HỒ SƠ\n\nSTT\tĐơn vị\tHồ sơ\t\n\t\tSố\tTỷ lệ\n"
        "1\tSở Công Thương\t16.075\t98,94%\n\n"
    )
    (grid,) = source.grids
    assert [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells[:5]] == [
        (0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (1, 2, 1, 1), (1, 3, 1, 1),
    ]  # fmt: skip
    assert source.pages == 1


def test_sheets_are_pages_and_hidden_ones_are_said() -> None:
    def fill(book: Any) -> None:
        book.active["A1"] = "một"
        book.create_sheet("Quý II")["A1"] = "hai"
        hidden = book.create_sheet("Nháp")
        hidden["A1"] = "ba"
        hidden.sheet_state = "hidden"

    source = _read(fill)
    assert source.text == "một\n\fQuý II\nhai\n"
    (notice,) = source.notices
    assert (notice.code, dict(notice.values)) == ("hidden-sheet", {"name": "Nháp"})


def test_empty_rows_part_tables_and_merged_cells_do_not() -> None:
    def fill(book: Any) -> None:
        for row, words in enumerate(["ab", "cd", "", "ef", "gh", "", "ij"], 1):
            for column, word in enumerate(words, 1):
                book.active.cell(row, column, word)
        book.active.merge_cells("A5:A6")

    source = _read(fill)
    assert source.text == "a\tb\nc\td\n\ne\tf\ng\th\ni\tj\n\n"
    assert source.grids[1].cells[2].row_span == 1  # nothing begins in the covered row


def test_dates_times_and_truth() -> None:
    def fill(book: Any) -> None:
        values = [dt.date(2021, 3, 2), dt.datetime(2021, 3, 2, 15, 30), dt.time(8, 5), True, "x"]
        for column, value in enumerate(values, 1):
            book.active.cell(1, column, value)
            book.active.cell(2, column, "y")

    assert _read(fill).text.split("\n")[0] == "02/03/2021\t02/03/2021 15:30\t08:05\tTRUE\tx"


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (1234567.0, "#,##0", "1.234.567"), (1234.5, "#,##0.00", "1.234,50"), (0.5, "0%", "50%"),
        (0.5, "0 %", "50 %"), (2.5, "0", "3"), (5.0, "00", "5"), (-3.0, "#,##0;(#,##0)", "-3"),
        (1.5, "0.0#", "1,5"), (1.25, "0.0#", "1,25"), (12.0, '0" hồ sơ"', "12"),
        (1234567.0, "#,##0,", "1.235"), (6.8, None, "6.8"), (1e15, None, "1000000000000000"),
        (1e-7, None, "0.0000001"), (3.0, None, "3"), (3.0, "@@", "3"),
    ],
)  # fmt: skip
def test_numbers_as_their_format_prints_them(value: float, form: str | None, words: str) -> None:
    assert printed(value, form) == words


def test_a_column_has_one_decimal_sign() -> None:
    def fill(book: Any) -> None:
        for row, (a, b, c) in enumerate([(484.492, 1.5, 2.5), (12.345, 484.492, 3.25)], 1):
            for column, value in enumerate((a, b, c), 1):
                book.active.cell(row, column, value)
        book.active["C1"].number_format = "0.0"

    assert _read(fill).text == "484,492\t1.5\t2,5\n12,345\t484.492\t3,25\n\n"


def test_failed_formulas_are_shown() -> None:
    def fill(book: Any) -> None:
        book.active["A1"], book.active["B1"] = "Tỷ lệ", "#DIV/0!"
        book.active["B1"].data_type = "e"
        book.active["A2"], book.active["B2"] = "x", 5

    assert _read(fill).text == "Tỷ lệ\t#DIV/0!\nx\t5\n\n"


def test_a_sheet_that_begins_further_down_keeps_formats_and_spans() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        for cell, value in {"C3": "Tỷ lệ", "D3": "Số", "C4": 0.9894, "D4": 16075, "C5": "gộp",
                            "C6": "a", "D6": "b"}.items():  # fmt: skip
            sheet[cell] = value
        sheet["C4"].number_format, sheet["D4"].number_format = "0.00%", "#,##0"
        sheet.merge_cells("C5:D5")

    assert _read(fill).text.split() == ["Tỷ", "lệ", "Số", "98,94%", "16.075", "gộp", "a", "b"]


def test_old_letters_cell_by_cell() -> None:
    def fill(book: Any) -> None:
        rows = [
            ("Tªn chØ tiªu", "§¬n vÞ"),
            ("S¶n l\xad¬ng l\xad¬ng thùc", "tÊn"),
            ("GDP", "Việt Nam"),
        ]
        for row, words in enumerate(rows + rows[1:2] * 9, 1):
            for column, word in enumerate(words, 1):
                book.active.cell(row, column, word)

    source = _read(fill)
    assert (
        "\n".join(source.text.split("\n")[:3])
        == "Tên chỉ tiêu\tĐơn vị\nSản lương lương thực\ttấn\nGDP\tViệt Nam"
    )
    assert source.encoding == "tcvn3"


def test_what_cannot_be_read_says_so() -> None:
    with pytest.raises(EmptyError):
        _read(lambda book: None)
    with pytest.raises(FormatError) as error:
        read_sheets(pack({"xl/workbook.xml": "x"}), "XLSX", path="a.xlsx")
    assert error.value.code == "sheet-refused"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_shared_sample() -> None:
    data = (SAMPLES / "tcvn3_bieu_kh2003.xls").read_bytes()
    source = read_sheets(data, "XLS", path="a.xls")
    assert (source.pages, source.encoding) == (9, "tcvn3")
    assert "Số TT\tTên chỉ tiêu\tĐơn vị tính\tThực hiện năm 2001" in source.text
    book = read_oldbook(data)
    assert book.looks["TH"].fonts[0, 0].startswith(".Vn")
    assert set(book.looks["NN"].errors.values()) == {"#DIV/0!"}
    assert (book.far, book.lost) == ((), ())
    assert "#DIV/0!" in source.text


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_a_damaged_old_workbook_is_copied_or_refused() -> None:
    data = (SAMPLES / "tcvn3_bieu_kh2003.xls").read_bytes()
    chance = random.Random(1)
    for _ in range(300):
        hurt = bytearray(data)
        for _ in range(50):
            hurt[chance.randrange(len(hurt))] = chance.randrange(256)
        with contextlib.suppress(ValueError):
            read_oldbook(bytes(hurt[: chance.randrange(1, len(hurt))]))
