"""The user's list of documents: what spreadsheets save is read, a fault is named by its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from docparse.patterns import PatternError, check_patterns, load
from docparse.patterns.registry import RegistryFaultError, read_rows, registry_number

HEAD = "number,title,issued,expires"
ROW = "30/2020/NĐ-CP,Về công tác văn thư,2020-03-05,"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{ROW}\n",
        f"\ufeff{HEAD}\r\n{ROW}\r\n",
        "number;title;issued;expires\n30/2020/NĐ-CP;Về công tác văn thư;5/3/2020;\n",
        "title,expires,number,issued,note\nVề công tác văn thư,,30/2020/NĐ-CP,05/03/2020,x\n",
        f'{HEAD}\n30/2020/NĐ-CP,"Về công tác văn thư",05-03-2020,\n',
    ],
    ids=["plain", "with a mark and CRLF", "semicolons", "other order", "quotation marks"],
)
def test_what_spreadsheets_save(text: str) -> None:
    (row,) = read_rows(text)
    assert (row.number, row.title) == ("30/2020/NĐ-CP", "Về công tác văn thư")
    assert (row.issued, row.expires) == (date(2020, 3, 5), None)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("number,title\n", 1, "issued, expires"),
        ("", 1, "number, title, issued, expires"),
        (f"{HEAD}\n{ROW}\n,Về thi đua,2020-03-05,\n", 3, "number"),
        (f"{HEAD}\n{ROW}\n1/2020/NĐ-CP,Về thi đua,31/02/2020,\n", 3, "31/02/2020"),
        (f"{HEAD}\n1/2020/NĐ-CP,Về thi đua,năm 2020,\n", 2, "năm 2020"),
    ],
)
def test_a_fault_names_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(RegistryFaultError) as caught:
        read_rows(text)
    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_a_line_with_too_few_cells_is_read() -> None:
    (row,) = read_rows(f"{HEAD}\n30/2020/NĐ-CP,Về công tác văn thư\n")
    assert row.issued is None


def test_patterns_check_tells_the_line(tmp_path: Path) -> None:
    (tmp_path / "registry.csv").write_text(f"{HEAD}\n{ROW}\nx,y,31/02/2020,\n", encoding="utf-8")
    (problem,) = check_patterns(tmp_path)
    assert (problem.code, problem.line) == ("pattern-registry-line", 3)
    with pytest.raises(PatternError) as caught:
        _ = load(tmp_path).registry
    assert caught.value.values["fault"] == "pattern-registry-line"


def test_another_csv_is_read_by_nobody(tmp_path: Path) -> None:
    (tmp_path / "danh-muc.csv").write_text(HEAD, encoding="utf-8")
    (problem,) = check_patterns(tmp_path)
    assert problem.code == "pattern-unknown-file"


def test_a_number_may_serve_several_years(tmp_path: Path) -> None:
    rows = "766/QĐ-TTg,Một,2018-05-24,\n766 / QĐ-TTg,Hai,2022-06-23,"
    (tmp_path / "registry.csv").write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
    found = load(tmp_path).registry[registry_number("766/QĐ-TTg")]
    assert [row.title for row in found] == ["Một", "Hai"]
