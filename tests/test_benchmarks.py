"""The table of benchmarks: what its page says exists, and what is printed lands in its cells."""

import re
from pathlib import Path

import pytest

from benchmarks import __main__ as table

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
README = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
ENTRIES = table.read_entries()
IDS = [entry["name"] for entry in ENTRIES]

LINE = {
    "what": "pages",
    "unit": "pages/s",
    "docparse": r"^docparse ([\d.]+)",
    "peer": "pdfplumber",
    "install": "pdfplumber",
    "peer_figure": r"^pdfplumber ([\d.]+)",
    "wanted": "ratio ≥ 10",
}


def _exists(command: list[str]) -> bool:
    if command[0] == "-m":
        below = ROOT / command[1].replace(".", "/")
        return below.with_suffix(".py").exists() or (below / "__init__.py").exists()
    return (ROOT / command[0]).exists()


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_a_benchmark_is_on_the_page_and_can_be_run(entry: table.Entry) -> None:
    assert f"\n| {entry['name']} | " in PAGE
    assert entry["line"]
    for full in (False, True):
        command = table.command_of(entry, full=full)
        assert not command or _exists(command)
    assert table.command_of(entry, full=True)


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_each_expression_of_a_benchmark_takes_one_figure(entry: table.Entry) -> None:
    for line in entry["line"]:
        for key in table.FIGURES:
            assert key not in line or re.compile(line[key]).groups == 1
        assert ("peer" in line) == ("peer_figure" in line) == ("install" in line)


@pytest.mark.parametrize("page", [PAGE, README], ids=["docs", "benchmarks"])
def test_the_commands_of_a_page_exist(page: str) -> None:
    found = re.findall(r"python (-m benchmarks\.\w+|benchmarks/\w+\.py)", page)
    assert found
    assert [one for one in found if not _exists(one.split())] == []


def test_every_benchmark_says_how_it_is_run() -> None:
    paths = sorted((ROOT / "benchmarks").glob("[!_]*.py"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    programs = {name for name, text in texts.items() if 'if __name__ == "__main__":' in text}
    parts = {  # of another one, which says so
        name
        for name in programs
        if any(re.search(rf"\b{name}\b", text) for one, text in texts.items() if one != name)
    }
    run = {Path(word).stem for entry in ENTRIES for word in table.command_of(entry, full=True)}
    run |= {word.removeprefix("benchmarks.") for word in run}
    told = {name for name in programs if f"{name}.py" in README}
    assert programs - parts - run - told == set()


def test_the_page_has_room_for_one_table() -> None:
    head, _, rest = PAGE.partition(table.BEGIN)
    assert head
    assert rest.count(table.BEGIN) == 0
    assert rest.count(table.END) == 1


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        (
            "docparse 306\npdfplumber 20.5\n",
            ("pages", "306 pages/s", "pdfplumber", "20.5 pages/s", "14.93", "ratio ≥ 10"),
        ),
        (
            "docparse 120\npdfplumber 20\n",
            ("pages", "120 pages/s", "pdfplumber", "20 pages/s", "6.00", "ratio ≥ 10, **missed**"),
        ),
        (
            "docparse 120\n  pdfplumber not measured\n",
            (
                "pages",
                "120 pages/s",
                "pdfplumber",
                "not installed: `pip install pdfplumber`",
                "",
                "ratio ≥ 10",
            ),
        ),
        (
            "pdfplumber 20\n",
            ("pages", "not told", "pdfplumber", "20 pages/s", "", "ratio ≥ 10"),
        ),
    ],
)
def test_what_is_printed_lands_in_the_cells(printed: str, cells: tuple[str, ...]) -> None:
    assert table.cells_of(LINE, printed) == cells


@pytest.mark.parametrize(
    ("wanted", "ours", "kept"),
    [
        ("≥ 0.99", "0.9900", True),
        ("≥ 0.99", "0.9899", False),
        ("≤ 1000", "832", True),
        ("≤ 1000", "1,001", False),
        ("≤ 0", "0", True),
    ],
)
def test_a_bound_is_kept_or_missed(wanted: str, ours: str, kept: bool) -> None:
    line = {"what": "x", "docparse": "(.+)", "wanted": wanted}
    assert table.cells_of(line, ours)[-1] == (wanted if kept else f"{wanted}, **missed**")


def test_a_benchmark_that_fails_is_one_row() -> None:
    entry = {
        "name": "broken",
        "quick": ["-c", "raise SystemExit('no | such thing')"],
        "line": [LINE],
    }
    printed, why = table.run(entry, full=False, peers="python")
    (row,) = table.rows_of(entry, printed, why, full=False)
    assert row.startswith("| broken | failed: no / such thing | ")


def test_the_table_is_put_between_its_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"above\n\n{table.BEGIN}\nold\n\n{table.END}\n\nbelow\n", encoding="utf-8")
    monkeypatch.setattr(table, "PAGE", page)
    for said in (["once"], ["day", "", "| new |"]):
        table.write(said)
    text = page.read_text(encoding="utf-8")
    assert text == f"above\n\n{table.BEGIN}\nday\n\n| new |\n\n{table.END}\n\nbelow\n"
