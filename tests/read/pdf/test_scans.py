"""Scans, made and real: what tesseract reads, what is marked doubtful, what is said without it."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest

pytest.importorskip("reportlab", reason="makes the test files")

from benchmarks import pdf_files
from docparse.errors import ReadError
from docparse.read.pdf import read_pdf, tesseract
from tests.read.pdf.scores import cell_scores, cells_of, character_errors, f1, folded
from tests.read.pdf.test_text import sample

BODY, MEAN, TABLE, NUMBERS = 0.005, 0.003, 0.02, 0.99
CELLS, CITED = 0.95, 0.9
GOLD = Path(__file__).parents[2] / "gold" / "scans.toml"

needs_ocr = pytest.mark.skipif(
    tesseract.missing() is not None,
    reason="tesseract or its language vie is not installed: "
    "apt-get install tesseract-ocr tesseract-ocr-vie",
)


@needs_ocr
@pytest.mark.parametrize(("turn", "noise"), [(0.0, 0.0), (1.3, 0.02), (-2.1, 0.05)])
def test_a_letter(turn: float, noise: float) -> None:
    made = pdf_files.scan(pdf_files.letter(1), turn=turn, noise=noise)
    source = read_pdf(made.data, path="a.pdf")
    assert source.ocr
    assert character_errors(made.text, source.text) <= BODY
    assert source.notices[0].code == "pdf-read-by-ocr"


@needs_ocr
@pytest.mark.parametrize(("turn", "noise"), [(0.0, 0.0), (1.3, 0.02)])
def test_a_ruled_table(turn: float, noise: float) -> None:
    made = pdf_files.scan(pdf_files.one_page(1), turn=turn, noise=noise)
    source = read_pdf(made.data, path="a.pdf")
    assert len(source.grids) == 1
    found = cells_of(source, source.grids[0])
    words = " ".join(source.text[c.start : c.end] for c in source.grids[0].cells)
    truth = " ".join(cell[4] for cell in made.tables[0])
    assert character_errors(truth, words) <= TABLE
    numbers = Counter(c[4] for c in made.tables[0] if re.fullmatch(r"[\d.,]+", c[4]))
    read = Counter(cell[4] for cell in found.elements())
    assert (numbers & read).total() / numbers.total() >= NUMBERS
    # A number that was read wrongly is marked.
    wrong = [c for c in source.grids[0].cells if not c.doubtful]
    right = Counter(folded(cell[4]) for cell in made.tables[0])
    for cell in wrong:
        text = folded(source.text[cell.start : cell.end])
        if re.fullmatch(r"[\d.,]+", text):
            assert right[text] > 0


@needs_ocr
def test_errors_of_letters_on_average() -> None:
    made = [pdf_files.scan(pdf_files.letter(seed), turn=0.7 * seed) for seed in (1, 3, 5)]
    errors = [character_errors(one.text, read_pdf(one.data, path="a.pdf").text) for one in made]
    assert sum(errors) / len(errors) <= MEAN


@needs_ocr
def test_letters_that_mean_nothing_are_looked_at() -> None:
    made = pdf_files.scrambled(1)
    source = read_pdf(made.data, path="a.pdf")
    assert source.ocr
    assert character_errors(made.text, source.text) <= 0.01


def test_without_ocr_they_are_kept_and_called_doubtful() -> None:
    source = read_pdf(pdf_files.scrambled(1).data, path="a.pdf", ocr=False)
    assert {"ocr-off", "pdf-page-doubtful"} <= {notice.code for notice in source.notices}


@needs_ocr
def test_a_real_scan() -> None:
    source = read_pdf(sample("qn_574ub_2025_scan.pdf"), path="a.pdf")
    assert "Công văn số 287/STC-" in source.text
    assert "Nguyễn Hoàng Giang" in source.text
    assert source.ocr
    assert source.pages == 2
    assert {"pdf-read-by-ocr", "ocr-doubtful-words"} <= {note.code for note in source.notices}


def _cited(page: object, one: dict[str, object]) -> tuple[object, ...]:
    """What tells one citation from another: a law without a number is told by its name."""
    name = normalize("NFC", " ".join(str(one.get("title") or "").lower().split()))
    return page, one["type"], one.get("number") or name, one.get("date")


@needs_ocr
def test_what_real_scans_cite() -> None:
    import docparse

    wanted: Counter[tuple[object, ...]] = Counter()
    found: Counter[tuple[object, ...]] = Counter()
    for scan in tomllib.loads(GOLD.read_text(encoding="utf-8"))["scan"]:
        report = docparse.parse(sample(scan["file"]), path=scan["file"])
        name = scan["file"]
        wanted.update((name, *_cited(one["page"], one)) for one in scan["citations"])
        cited = report.to_dict()["citations"]
        found.update((name, *_cited(one["span"]["page"], one)) for one in cited if not one["own"])
    right = (wanted & found).total()
    assert 2 * right / (wanted.total() + found.total()) >= CITED


@needs_ocr
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_put_in_sideways_or_upside_down(quarter: int) -> None:
    made = pdf_files.scan(pdf_files.letter(1), turn=0.8, quarter=quarter)
    source = read_pdf(made.data, path="a.pdf")
    assert character_errors(made.text, source.text) <= BODY
    assert source.places is not None
    start = source.text.index("UBND")
    placed = source.places.box(start, start + 4)
    assert placed is not None
    # The letterhead's left column lies where the page as it is shown has it.
    x0, top, x1, bottom = placed[1]
    width, height = (842, 595) if quarter % 2 else (595, 842)
    corner = {1: (1, 0), 2: (1, 1), 3: (0, 1)}[quarter]
    assert ((x0 + x1) > width, (top + bottom) > height) == tuple(map(bool, corner))


@needs_ocr
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_wide_table_put_in_sideways(quarter: int) -> None:
    made = pdf_files.scan(pdf_files.landscape(2), turn=-0.6, quarter=quarter)
    source = read_pdf(made.data, path="a.pdf")
    assert min(cell_scores(made.tables, source)) >= CELLS


@needs_ocr
@pytest.mark.parametrize(
    ("ruled", "levels", "seed"),
    [("none", 1, 20), ("none", 2, 20), ("half", 1, 20), ("half", 2, 23), ("head", 1, 20)],
)
def test_a_table_that_only_gaps_show(ruled: str, levels: int, seed: int) -> None:
    made = pdf_files.scan(pdf_files.loose(seed, ruled, levels=levels))
    source = read_pdf(made.data, path="a.pdf")
    assert len(source.grids) == 1
    assert f1(made.tables, source) >= CELLS


@needs_ocr
def test_what_rests_on_doubtful_words_can_be_told() -> None:
    import docparse

    report = docparse.parse(sample("qn_574ub_2025_scan.pdf"), path="a.pdf")
    by_hand = report.text.origin_span(*report.source.doubtful[0])
    assert report.is_doubtful(by_hand)
    certain = next(one for one in report.citations if one.number == "287/STC-HCSN")
    assert not report.is_doubtful(certain.span)
    marked = {report.source.text[start:end] for start, end in report.source.doubtful}
    # The number of the letter is written by hand, and no machine reads it.
    assert any(word.endswith("/UBND-KTTH") for word in marked)


@needs_ocr
def test_a_mixed_document_page_by_page() -> None:
    import io

    import pypdfium2

    text, scan = pdf_files.letter(1), pdf_files.scan(pdf_files.letter(2))
    both = pypdfium2.PdfDocument(text.data)
    both.import_pages(pypdfium2.PdfDocument(scan.data))
    buffer = io.BytesIO()
    both.save(buffer)
    source = read_pdf(buffer.getvalue(), path="a.pdf")
    assert ("pages", "2") in source.notices[0].values
    first, second = source.text.split("\f")
    assert character_errors(text.text, first) == 0.0
    assert character_errors(scan.text, second) <= BODY


@pytest.mark.parametrize("code", ["ocr-no-tesseract", "ocr-no-language"])
def test_what_is_missing_is_said(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docparse.read.pdf.pages.missing", lambda: code)
    with pytest.raises(ReadError) as error:
        read_pdf(pdf_files.scan(pdf_files.letter(1)).data, path="a.pdf")
    assert error.value.code == "pdf-scan-unread"
    assert "tesseract-ocr-vie" in str(error.value)


def test_ocr_can_be_left_out() -> None:
    with pytest.raises(ReadError) as error:
        read_pdf(pdf_files.scan(pdf_files.letter(1)).data, path="a.pdf", ocr=False)
    assert error.value.code == "pdf-scan-unread"
