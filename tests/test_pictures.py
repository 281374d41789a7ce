from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from PIL import Image
from PIL.Image import Image as Picture

import docparse
from docparse.errors import NotFoundError, ReadError, UsageError

canvas = pytest.importorskip("reportlab.pdfgen.canvas")
LINE = "Thuc hien Ke hoach so 12/KH-SCT ngay 05/01/2023"
DPI = 144  # two pixels a point
UP = 700  # points from the lower edge
WIDTH, HEIGHT = 595, 842


def _pdf(path: Path, *, pages: int = 1) -> Path:
    page = canvas.Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    for _ in range(pages):
        page.setFont("Helvetica", 12)
        page.drawString(72, UP, LINE)
        page.drawString(72, 100, "Trang cuoi.")
        page.showPage()
    page.save()
    return path


def _marked(picture: Picture) -> tuple[int, int, int, int]:
    """The box around everything that is neither white nor black nor grey, in points."""
    saturation = picture.convert("HSV").getchannel("S")
    box = saturation.point(lambda value: 255 * (value > 60)).getbbox()
    assert box is not None
    left, upper, right, lower = (round(edge * 72 / DPI) for edge in box)
    return left, upper, right, lower


def _drawn(picture: bytes) -> Picture:
    return Image.open(BytesIO(picture))


def test_the_words_of_a_record_are_marked(tmp_path: Path) -> None:
    report = docparse.parse(_pdf(tmp_path / "a.pdf"))
    (citation,) = report.citations
    plain = _drawn(docparse.page_image(report, 1, dpi=DPI))
    assert plain.size == pytest.approx((WIDTH * 2, HEIGHT * 2), abs=2)
    assert plain.convert("L").getextrema()[0] < 80
    for marked in (citation, citation.span, citation.span.bbox):
        assert marked is not None
        picture = _drawn(docparse.page_image(report, 1, highlight=[marked], dpi=DPI))
        left, upper, right, lower = _marked(picture)
        assert 185 < left < 205
        assert 250 < right < 270
        assert upper < HEIGHT - UP < lower < HEIGHT - UP + 12


def test_a_turned_page_is_marked_where_it_shows_the_words(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(_pdf(tmp_path / "upright.pdf"))
    document[0].set_rotation(90)
    document.save(tmp_path / "a.pdf")
    document.close()
    report = docparse.parse(tmp_path / "a.pdf")
    (citation,) = report.citations
    picture = _drawn(docparse.page_image(report, 1, highlight=[citation], dpi=DPI))
    assert picture.width > picture.height
    left, upper, right, lower = _marked(picture)
    assert UP - 12 < left < right < UP + 20
    assert 185 < upper < lower < 350


def test_what_stands_on_another_page_is_left_out(tmp_path: Path) -> None:
    report = docparse.parse(_pdf(tmp_path / "a.pdf", pages=2))
    first, second = report.citations
    assert (first.span.page, second.span.page) == (1, 2)
    plain = docparse.page_image(report, 1)
    assert docparse.page_image(report, 1, highlight=[second]) == plain
    assert docparse.page_image(report, 1, highlight=[first]) != plain


def test_the_file_may_have_moved(tmp_path: Path) -> None:
    path = _pdf(tmp_path / "a.pdf")
    report = docparse.parse(path)
    picture = docparse.page_image(report, 1)
    moved = path.rename(tmp_path / "b.pdf")
    with pytest.raises(ReadError, match=r"a\.pdf"):
        docparse.page_image(report, 1)
    assert docparse.page_image(report, 1, file=moved) == picture
    assert docparse.page_image(report, 1, file=moved.read_bytes()) == picture
    _pdf(path, pages=2)
    with pytest.raises(NotFoundError, match="has changed"):
        docparse.page_image(report, 1)


def test_a_report_in_an_archive(tmp_path: Path) -> None:
    path = _pdf(tmp_path / "a.pdf")
    with ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(path, "bao-cao.pdf")
    (report,) = docparse.parse_folder(tmp_path / "b.zip")
    assert isinstance(report, docparse.Report)
    assert docparse.page_image(report, 1) == docparse.page_image(docparse.parse(path), 1)


def test_what_cannot_be_drawn_says_why(tmp_path: Path) -> None:
    report = docparse.parse(_pdf(tmp_path / "a.pdf"))
    for page in (0, 2, -1):
        with pytest.raises(UsageError, match="the file has 1"):
            docparse.page_image(report, page)
    for dpi in (0, 17, 100_000):
        with pytest.raises(UsageError, match="600"):
            docparse.page_image(report, 1, dpi=dpi)
    text = docparse.parse(LINE.encode(), path="a.txt")
    with pytest.raises(UsageError, match="PDF"):
        docparse.page_image(text, 1)


def test_a_locked_pdf_wants_its_password(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = canvas.Canvas(str(path), encrypt="mo-ra")
    page.drawString(72, UP, LINE)
    page.save()
    report = docparse.parse(path, password="mo-ra")
    with pytest.raises(ReadError, match="--password"):
        docparse.page_image(report, 1)
    assert docparse.page_image(report, 1, password="mo-ra").startswith(b"\x89PNG")
