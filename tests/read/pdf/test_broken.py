"""Encrypted, damaged, empty and huge files: a clear error, or what could be kept."""

import io
from contextlib import suppress
from typing import Any

import pytest

pytest.importorskip("reportlab", reason="makes the test files")

from benchmarks import pdf_files
from docparse.errors import EmptyError, FormatError, NotReadableError, ReadError
from docparse.patterns import load
from docparse.read.pdf import PdfLimits, read_pdf
from docparse.read.pdf.gapcells import find_columns
from docparse.read.pdf.values import Line, Word


def draw(*pages: str, size: tuple[float, float] = (595, 842), **options: Any) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    pdf_files._fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, **options)
    for words in pages:
        canvas.setFont("Serif", 12)
        canvas.drawString(50, size[1] - 50, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_an_encrypted_file_wants_its_password() -> None:
    data = draw("Sở Công Thương", encrypt="bí mật".encode().hex())
    with pytest.raises(NotReadableError) as error:
        read_pdf(data, path="a.pdf")
    assert error.value.code == "pdf-encrypted"
    with pytest.raises(NotReadableError) as error:
        read_pdf(data, path="a.pdf", password="sai")
    assert error.value.code == "pdf-wrong-password"
    assert read_pdf(data, path="a.pdf", password="bí mật".encode().hex()).text == "Sở Công Thương\n"


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n" + b"\0" * 500, b"%PDF-1.4 trailer"])
def test_a_damaged_file(data: bytes) -> None:
    with pytest.raises(FormatError) as error:
        read_pdf(data, path="a.pdf")
    assert error.value.code == "pdf-damaged"
    assert "a.pdf" in str(error.value)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_short_ends_in_words_or_in_an_error(share: float) -> None:
    data = pdf_files.over_pages(1).data
    with suppress(ReadError):
        assert read_pdf(data[: int(share * len(data))], path="a.pdf").text


def test_blank_pages() -> None:
    with pytest.raises(EmptyError) as error:
        read_pdf(draw("", ""), path="a.pdf")
    assert error.value.code == "pdf-no-text"


def test_a_blank_page_keeps_its_number() -> None:
    source = read_pdf(draw("một", "", "ba"), path="a.pdf")
    assert source.text == "một\n\f\fba\n"


def test_a_page_of_the_size_of_a_city() -> None:
    source = read_pdf(draw("Sở Công Thương", size=(200_000, 200_000)), path="a.pdf")
    assert source.text == "Sở Công Thương\n"


def test_pages_beyond_the_limit_are_named() -> None:
    source = read_pdf(draw("một", "hai", "ba"), path="a.pdf", limits=PdfLimits(pages=2))
    assert source.text == "một\n\fhai\n"
    assert source.notices[0].code == "pdf-too-many-pages"
    assert source.notices[0].values == (("pages", "3"),)


def test_time_is_limited() -> None:
    with pytest.raises(ReadError) as error:
        read_pdf(draw("một", "hai"), path="a.pdf", limits=PdfLimits(seconds=-1.0))
    assert error.value.code == "pdf-no-page-read"


def test_a_page_that_is_too_full_is_lost_alone() -> None:
    source = read_pdf(draw("m" * 400, "hai"), path="a.pdf", limits=PdfLimits(characters=300))
    assert source.text == "\fhai\n"
    assert source.notices[0].code == "pdf-page-too-full"


def test_a_page_that_fails_is_lost_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from docparse.read.pdf import pages

    real = pages.read_text

    def failing(document: Any, index: int, *rest: Any) -> Any:
        if index == 1:
            raise ValueError("broken")
        return real(document, index, *rest)

    monkeypatch.setattr(pages, "read_text", failing)
    source = read_pdf(draw("một", "hai", "ba"), path="a.pdf")
    assert source.text == "một\n\f\fba\n"
    assert source.notices[0].code == "pdf-page-damaged"


def test_a_drawing_costs_no_time_and_is_named() -> None:
    from reportlab.pdfgen.canvas import Canvas

    pdf_files._fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setFont("Serif", 12)
    canvas.drawString(50, 700, "Sở Công Thương")
    for at in range(3500):
        canvas.line(at % 500, 0, at % 500, 800)
        canvas.line(0, at % 800, 500, at % 800)
    canvas.save()
    source = read_pdf(buffer.getvalue(), path="a.pdf")
    assert source.text == "Sở Công Thương\n"
    assert [notice.code for notice in source.notices] == ["pdf-tables-unsought"]


def test_memory_is_flat() -> None:
    import resource

    data = pdf_files.over_pages(1).data
    read_pdf(data, path="a.pdf")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(30):
        read_pdf(data, path="a.pdf")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_every_notice_has_its_sentence() -> None:
    from docparse.read.pdf import notices

    codes = [*notices._CODES.values(), "pdf-page-doubtful", "ocr-doubtful-words"]
    for code in codes:
        given = {"pages": "1", "page": "1", "sure": "9 %", "encoding": "vni"}
        given |= {"count": "1", "words": "12"}
        for lang in ("vi", "en"):
            assert load().message(code, lang, **given)


def test_words_that_lie_over_each_other_are_no_columns() -> None:
    """The last word of a line ended before another one, which then stood outside the page."""

    def line(*ends: tuple[float, float]) -> Line:
        return Line(tuple(Word("a", x0, 0, x1, 9, 9, 9) for x0, x1 in ends))

    lines = [line((0, 10), (50, 60)), line((0, 900), (50, 55)), line((0, 10), (50, 60))]
    assert all(begin <= end for begin, end in find_columns(lines))
