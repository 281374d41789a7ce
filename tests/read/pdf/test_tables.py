"""Cells of tables against the truth they were made from."""

import io
from collections import Counter

import pytest

pytest.importorskip("reportlab", reason="makes the test files")

from benchmarks import pdf_files, pdf_office
from benchmarks.pdf_content import Made
from docparse.models import Source
from docparse.read.pdf import read_pdf
from tests.read.pdf.scores import Key, cell_scores, cells_of, f1, folded, words
from tests.read.pdf.test_text import sample

SEEDS = [1, 2, 3, 4]
RULED, PAGES, UNRULED, HALF = 0.99, 0.98, 0.95, 0.88


def read(made: Made) -> Source:
    return read_pdf(made.data, path=made.name)


def spans(cells: tuple[Key, ...]) -> Counter[Key]:
    return Counter((*cell[:4], folded(cell[4])) for cell in cells if cell[4])


@pytest.mark.parametrize("seed", SEEDS)
def test_ruled_on_one_page_with_all_spans(seed: int) -> None:
    made = pdf_files.one_page(seed)
    source = read(made)
    assert f1(made.tables, source) >= RULED
    assert len(source.grids) == 1
    found = cells_of(source, source.grids[0])
    wanted = spans(made.tables[0])
    assert {c for c in wanted if c[2] > 1 or c[3] > 1} == {c for c in found if c[2] > 1 or c[3] > 1}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("header", [True, False])
def test_over_pages(seed: int, header: bool) -> None:
    made = pdf_files.over_pages(seed, header=header)
    source = read(made)
    assert source.pages is not None
    assert source.pages >= 5
    assert min(cell_scores(made.tables, source)) >= PAGES
    assert len(source.grids) == 1
    joins = source.grids[0].joins
    code = "table-header-repeated" if header else "table-continued"
    pages = sorted({cell.page or 0 for cell in source.grids[0].cells})
    assert pages == list(range(1, pages[-1] + 1))
    assert sum(join.startswith(code) for join in joins) == pages[-1] - 1


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("ruled", "least"), [("none", UNRULED), ("half", HALF), ("head", HALF)])
def test_by_gaps(seed: int, ruled: str, least: float) -> None:
    made = pdf_files.loose(seed, ruled)
    assert f1(made.tables, read(made)) >= least


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("unruled-2", UNRULED),
        ("half-ruled-2", HALF),
        ("down-ruled", HALF),
        ("narrow", PAGES),
        ("deep", PAGES),
        ("halves-header", PAGES),
        ("halves-plain", PAGES),
        ("two-tables", RULED),
    ],
)
def test_harder_tables(kind: str, seed: int, least: float) -> None:
    made = pdf_files.MAKERS[kind](seed)
    source = read(made)
    assert f1(made.tables, source) >= least
    assert len(source.grids) == len(made.tables)


@pytest.mark.parametrize("seed", SEEDS)
def test_shading_and_frames_are_no_tables(seed: int) -> None:
    assert read(pdf_files.ghost(seed)).grids == ()


@pytest.mark.parametrize("kind", ["plain", "two-fonts", "letter", "rotated"])
def test_prose_and_letterheads_are_no_tables(kind: str) -> None:
    assert read(pdf_files.MAKERS[kind](5)).grids == ()


@pytest.fixture(scope="module")
def office() -> list[Made]:
    if pdf_office.office() is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    return pdf_office.office_files([1, 2])


def test_tables_set_by_libreoffice(office: list[Made]) -> None:
    for made in office:
        if made.tables:
            source = read(made)
            least = {"unruled": UNRULED, "half": HALF}.get(made.name.split("-")[1], RULED)
            assert min(cell_scores(made.tables, source)) >= least, made.name
            assert len(source.grids) == 1, made.name


def test_prose_set_by_libreoffice(office: list[Made]) -> None:
    for made in office:
        if made.text:
            text = read(made).text.replace("-\n", "-").replace("\n", " ")
            assert not words(made.text) - words(text), made.name


def test_cells_stand_in_the_text_as_rows_between_tabs() -> None:
    source = read(pdf_files.one_page(1))
    grid = source.grids[0]
    rows = source.text[grid.start : grid.end].rstrip("\n").split("\n")
    for cell in grid.cells:
        words = source.text[cell.start : cell.end]
        assert rows[cell.row].split("\t")[cell.column] == words
    assert len({row.count("\t") for row in rows}) == 1


def test_each_cell_has_its_box() -> None:
    source = read(pdf_files.one_page(1))
    assert source.places is not None
    for cell in source.grids[0].cells:
        if cell.end > cell.start:
            assert cell.box is not None
            found = source.places.box(cell.start, cell.end)
            assert found is not None
            assert found[0] == cell.page
            x0, top, x1, bottom = found[1]
            assert cell.box[0] - 1 <= x0 < x1 <= cell.box[2] + 1
            assert cell.box[1] - 4 <= top < bottom <= cell.box[3] + 4


def test_a_real_fee_table() -> None:
    source = read_pdf(sample("tt02_2021_btc.pdf"), path="a.pdf")
    rows = source.text[source.grids[0].start : source.grids[0].end].split("\n")
    assert rows[0] == "Số tt\tDanh mục phương tiện kiểm định\tĐơn vị\tMức thu (đồng)"
    assert rows[2].endswith("xe thang chữa cháy\tXe\t130.000")
    assert len(source.grids) == 1
    assert source.grids[0].cells[-1].row == 19


@pytest.mark.parametrize("name", ["qn_11tb_2025.pdf", "qn_507ub_2025.pdf"])
def test_no_ghosts_in_real_files(name: str) -> None:
    assert read_pdf(sample(name), path=name).grids == ()


def test_cells_are_those_of_pdfplumber() -> None:
    """Our cells come from pdfium's lines; pdfplumber finds the same ones, far more slowly."""
    import pdfplumber

    made = pdf_files.one_page(3)
    with pdfplumber.open(io.BytesIO(made.data)) as pdf:
        table = pdf.pages[0].find_tables()[0]
        theirs = sorted(tuple(round(side) for side in cell) for cell in table.cells)
        pdf.pages[0].close()
    boxes = [cell.box for cell in read(made).grids[0].cells if cell.box is not None]
    ours = sorted(tuple(round(side) for side in box) for box in boxes)
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert max(abs(a - b) for a, b in zip(mine, other, strict=True)) <= 2


def test_joins_are_sentences() -> None:
    from docparse.patterns import load

    made = pdf_files.over_pages(2)
    for join in read(made).grids[0].joins:
        code, *values = join.split()
        load().message(code, "vi", **dict(value.split("=") for value in values))
