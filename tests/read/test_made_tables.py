"""Tables made with known truth, merged at random: every cell must come back, each in its place."""

import os
import random
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from docparse.models import Source
from docparse.read import read
from docparse.read.office import find_program
from tests.read.making import docx, p

_WORDS = ["Sở", "16.075", "98,94%", "Thực hiện", "12/40", "Tổng số", "đơn vị", "STT", "468/QĐ-TTg"]


class Made(NamedTuple):
    """A cell: its place, its spans, its words."""

    row: int
    column: int
    height: int
    width: int
    words: str


def _make(chance: random.Random) -> list[Made]:
    """A table in which a cell begins in every row and every column."""
    while True:
        rows, columns = chance.randint(2, 8), chance.randint(2, 7)
        taken: set[tuple[int, int]] = set()
        cells = []
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                height = chance.choice([1, 1, 1, 1, 2, 3])
                width = chance.choice([1, 1, 1, 1, 2, 3])
                height, width = min(height, rows - row), min(width, columns - column)
                covered = {(row + h, column + w) for h in range(height) for w in range(width)}
                if covered & taken:
                    height = width = 1
                    covered = {(row, column)}
                taken |= covered
                words = " ".join(chance.choices(_WORDS, k=chance.randint(0, 3)))
                cells.append(Made(row, column, height, width, f"{words} {len(cells)}".strip()))
        begun = {cell.row for cell in cells}, {cell.column for cell in cells}
        if tuple(map(len, begun)) == (rows, columns):
            return cells


def _docx_table(cells: list[Made]) -> str:
    rows = max(cell.row + cell.height for cell in cells)
    columns = max(cell.column + cell.width for cell in cells)
    xml = ""
    for row in range(rows):
        here = [cell for cell in cells if cell.row <= row < cell.row + cell.height]
        xml += f"<w:tr>{_docx_row(here, row)}</w:tr>"
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = '<w:gridCol w:w="1200"/>' * columns
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{xml}</w:tbl>"
    )


def _docx_row(cells: list[Made], row: int) -> str:
    made = ""
    for cell in sorted(cells, key=lambda cell: cell.column):
        props = f'<w:tcW w:w="{1200 * cell.width}" w:type="dxa"/>'
        if cell.width > 1:
            props += f'<w:gridSpan w:val="{cell.width}"/>'
        if cell.height > 1:
            props += f'<w:vMerge w:val="{"restart" if row == cell.row else "continue"}"/>'
        words = cell.words if row == cell.row else ""
        made += f"<w:tc><w:tcPr>{props}</w:tcPr>{p(words)}</w:tc>"
    return made


def _html_table(cells: list[Made]) -> str:
    rows: dict[int, str] = {}
    for cell in cells:
        td = f"<td rowspan={cell.height} colspan={cell.width}>{cell.words}</td>"
        rows[cell.row] = rows.get(cell.row, "") + td
    made = "".join(f"<tr>{rows.get(row, '')}</tr>" for row in range(max(rows) + 1))
    return f"<table border=1>{made}</table>"


def _grids(source: Source) -> list[list[Made]]:
    return [
        [
            Made(c.row, c.column, c.row_span, c.column_span, source.text[c.start : c.end])
            for c in grid.cells
        ]
        for grid in source.grids
    ]


@pytest.fixture(scope="module")
def tables() -> list[list[Made]]:
    chance = random.Random(2021)
    return [_make(chance) for _ in range(60)]


@pytest.fixture(scope="module")
def word_file(tables: list[list[Made]]) -> bytes:
    size = '<w:sectPr><w:pgSz w:w="16000" w:h="16000"/></w:sectPr>'
    return docx(
        "".join(p(f"Bảng {n}") + _docx_table(t) for n, t in enumerate(tables)) + p("Hết") + size
    )


def test_tables_of_word_files(tables: list[list[Made]], word_file: bytes) -> None:
    source = read(word_file, path="a.docx")
    assert _grids(source) == tables
    for table in tables:
        for cell in table:
            assert source.text.count(cell.words) >= 1


def test_tables_of_web_pages(tables: list[list[Made]]) -> None:
    page = "<html>" + "".join(f"<p>Bảng {n}</p>{_html_table(t)}" for n, t in enumerate(tables))
    assert _grids(read(page.encode(), path="a.html")) == tables


@pytest.mark.skipif(
    find_program() is None, reason="LibreOffice is not installed (libreoffice-writer-nogui)"
)
@pytest.mark.parametrize("kind", ["doc:MS Word 97", "rtf:Rich Text Format", "odt:writer8"])
def test_tables_by_way_of_libreoffice(
    tables: list[list[Made]], word_file: bytes, tmp_path: Path, kind: str
) -> None:
    made = tmp_path / "a.docx"
    made.write_bytes(word_file)
    subprocess.run(
        [str(find_program()), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
         "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(made)],
        check=True, capture_output=True, timeout=120,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    found = _grids(read(made.with_suffix("." + kind.partition(":")[0])))
    same = sum(mine == true for mine, true in zip(found, tables, strict=True))
    assert same == len(tables)
