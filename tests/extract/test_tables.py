"""Tables in every print: cases as data, and tables of whole reports against their gold."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docparse.evaluate.compare import same
from docparse.evaluate.tables import row_pairs
from docparse.extract.tables import TablesFound, find_tables
from docparse.extract.tables.assemble import assemble
from docparse.extract.tables.flathead import Profile, arrange, header_cells
from docparse.extract.tables.grids import Cell, Grid
from docparse.extract.tables.vocabulary import Kind, vocabulary
from docparse.models import Header, Outline, Part, Source, Table, Text
from docparse.patterns import load
from docparse.repair import repair

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
LEAST = {"seed_000": 0.95, "seed_001": 1.0, "seed_003": 0.95}  # the share of right cells


def find(said: str) -> tuple[Text, TablesFound]:
    text = repair(Source(text=said, path="t.txt", sha256="", format="txt"), load())
    outline = Outline(parts=(Part(header=Header(), start=0, end=len(text.value)),))
    return text, find_tables(text, outline, load())


def cases() -> list[Any]:
    written = (HERE / "cases" / "tables.toml").read_text(encoding="utf-8")
    return [pytest.param(case, id=case["name"]) for case in tomllib.loads(written)["case"]]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    _, found = find(case["text"].replace("→", "\t"))
    if case.get("none"):
        assert [table.rows for table in found.tables] == []
        assert found.regions == ()
        return
    (table,) = found.tables
    assert table.columns == tuple(case["columns"])
    assert [list(row) for row in table.rows] == case["rows"]
    assert list(table.total_rows) == case.get("total_rows", [])
    assert list(table.title_rows) == case.get("title_rows", [])
    assert len(table.header_rows) == case.get("header", len(table.header_rows))
    assert [str(kind) for kind in table.kinds] == case.get("kinds", list(table.kinds))


def golds() -> list[Any]:
    """Every table that gold tells of: seeds, the corpus, and flattened tables of known truth."""
    seeds = {path.name[:3]: path for path in sorted(SEEDS.glob("*.txt"))}
    found = [
        (gold, seeds.get(gold.name[5:8])) for gold in (ROOT / "tests/gold").glob("seed_*.toml")
    ]
    for folder in (ROOT / "corpus", HERE / "cases" / "tables"):
        for gold in folder.glob("*.gold.toml"):
            stem = gold.name.removesuffix(".gold.toml")
            texts = [folder / f"{stem}{end}" for end in (".txt", ".md")]
            found.append((gold, next((text for text in texts if text.exists()), None)))
    return [
        pytest.param(gold, text, entry, id=f"{gold.name.split('.')[0]}:{entry['line']}")
        for gold, text in sorted(found)
        if text is not None
        for entry in tomllib.loads(gold.read_text(encoding="utf-8")).get("table", [])
    ]


@pytest.mark.parametrize(("gold", "path", "entry"), golds())
def test_gold(gold: Path, path: Path, entry: dict[str, Any]) -> None:
    _, found = find(path.read_text(encoding="utf-8"))
    table = table_at(found, entry)
    right = sum(
        same(cell, got)
        for left, there in row_pairs(entry["rows"], table.rows)
        for cell, got in zip(entry["rows"][left], table.rows[there], strict=True)
    )
    assert len(table.rows) == len(entry["rows"])
    assert right >= LEAST.get(gold.name.split(".")[0], 0.85) * sum(map(len, entry["rows"]))
    assert all(map(same, entry["columns"], table.columns))
    assert len(table.columns) == len(entry["columns"])
    assert list(table.total_rows) == entry.get("total_rows", [])
    assert same(entry.get("caption", ""), table.caption or "")
    if "period" in entry:
        assert table.period is not None
        ends = (table.period.start, table.period.end)
        assert [str(day or "") for day in ends] == entry["period"]


def table_at(found: TablesFound, entry: dict[str, Any]) -> Table:
    (table,) = (
        table
        for table in found.tables
        if table.span.line <= entry["line_end"] and entry["line"] <= table.span.line_end
    )
    return table


def test_no_table_is_made_up() -> None:
    for path in sorted(SEEDS.glob("00[24]*.txt")):
        _, found = find(path.read_text(encoding="utf-8"))
        assert found == TablesFound()


def test_cells_lead_back_to_their_words() -> None:
    text, found = find("Tên\tSố\tTỷ lệ\nSở  Y tế\t1.250\t98,94 %\nTổng\t1.250\t98,94 %")
    (table,) = found.tables
    quotes = [[span.quote if span else "" for span in row] for row in table.cells]
    assert quotes[0] == ["Sở  Y tế", "1.250", "98,94 %"]
    assert table.values[0] == (None, Decimal(1250), Decimal("98.94"))
    assert [text.value[start:end] for start, end in found.numeric_cells] == ["1.250", "98,94 %"] * 2


def test_one_reading_holds_for_a_column() -> None:
    _, found = find("Tên\tNăm 2001\tNăm 2002\nA\t7.125\t7.125\nB\t6.8\t1.250\nC\t100\t3")
    (table,) = found.tables
    assert [row[1] for row in table.values] == [Decimal("7.125"), Decimal("6.8"), Decimal(100)]
    assert [row[2] for row in table.values] == [Decimal(7125), Decimal(1250), Decimal(3)]


def test_a_frame() -> None:
    _, found = find("Tên\tSố\nA\t1.250\nB\t")
    (table,) = found.tables
    frame = table.to_frame()
    assert list(frame.columns) == ["Tên", "Số"]
    assert frame.iloc[0, 1] == "1.250"
    assert table.to_frame(numbers=True).iloc[0, 1] == Decimal(1250)


def test_the_lead_is_kept_with_its_period() -> None:
    _, found = find("a) Kết quả (số liệu tính từ 15/12/2020 đến ngày 24/10/2021):\nTên\tSố\nA\t5")
    (table,) = found.tables
    assert table.caption == "Kết quả"
    assert table.lead == "a) Kết quả (số liệu tính từ 15/12/2020 đến ngày 24/10/2021):"
    assert table.period is not None
    assert [str(table.period.start), str(table.period.end)] == ["2020-12-15", "2021-10-24"]


def test_what_could_not_be_read_is_said() -> None:
    names = "Nguyễn Văn An Giám đốc Sở Công Thương Trưởng ban"
    said = "STT Họ và tên Chức vụ Đơn vị công tác Ghi chú\n" + "".join(
        f"{number} {names}\n" for number in range(1, 6)
    )
    _, found = find(said)
    (notice,) = found.notices
    assert load().message(notice.code, **dict(notice.values))


def test_pipes_between_cells_only() -> None:
    lines = "TT | Đơn vị | Số cơ sở\n1 | Huyện A | 9\n2 | Huyện B | 7\n | Tổng cộng | 16"
    (table,) = find(f"Cụ thể:\n{lines}\nHết.")[1].tables
    assert table.columns == ("TT", "Đơn vị", "Số cơ sở")
    assert table.rows[-1] == ("", "Tổng cộng", "16")
    assert table.total_rows == (2,)


def test_blank_pieces_in_a_head() -> None:
    words = vocabulary(load())
    assert header_cells(["", "Nam"], words) == ["", "Nam"]
    profile = Profile(kinds=(Kind.NUMBER,) * 4)
    assert arrange(["Năm 2022", "Năm 2023"], ["", "Nam", "", ""], profile, words) is not None


def test_a_name_more_than_cells() -> None:
    said = "TT\nA\n1\nx"
    text, _ = find(said)
    row = tuple(Cell(words=word) for word in ("1", "x"))
    names, kinds = ("TT", "A", "Ghi chú"), (Kind.LABEL, Kind.TEXT, Kind.NOTE)
    grid = Grid(rows=(row,), start=0, end=len(said), head=0, names=names, kinds=kinds)
    table = assemble(text, grid, vocabulary(load()), load())
    assert (table.columns, table.rows) == (names, (("1", "x", ""),))


def test_a_title_above_a_table_of_blanks_is_no_part_of_it() -> None:
    said = """Kết quả công tác cải cách hành chính năm 2023
STT   Lĩnh vực             Tổng số hồ sơ   Trực tuyến   Trực tiếp
1     Khuyến công          95              65           30
2     Lưu thông hàng hóa   447             328          119
3     Vật liệu nổ          1.063           892          171
4     Điện lực             1.069           775          294
      Tổng cộng            2.674           2.060        614"""
    (table,) = find(said)[1].tables
    assert table.columns == ("STT", "Lĩnh vực", "Tổng số hồ sơ", "Trực tuyến", "Trực tiếp")
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4", ""]
