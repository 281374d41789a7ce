"""Words of born-digital PDFs: two fonts, loose marks, old fonts, turned pages, columns, stamps."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("reportlab", reason="makes the test files")

from benchmarks import pdf_files
from docparse.read.pdf import read_pdf
from docparse.read.pdf.fonts import decode_letters, named_encoding
from tests.read.pdf.scores import character_errors, recall

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
WORDS = 0.995
TWIN = 0.99


def sample(name: str) -> bytes:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"the sample {name} is not here")
    return path.read_bytes()


@pytest.mark.parametrize(
    "kind",
    ["plain", "two-fonts", "nfd", "tcvn3", "vni", "vni-only", "viscii", "viscii-only", "letter",
     "rotated"],
)  # fmt: skip
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_words(kind: str, seed: int) -> None:
    made = pdf_files.MAKERS[kind](seed)
    assert recall(made.text, read_pdf(made.data, path="a.pdf")) >= WORDS


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_columns_are_read_one_after_the_other(turn: int) -> None:
    made = pdf_files.letter(4, rotate=turn)
    source = read_pdf(made.data, path="a.pdf")
    assert character_errors(made.text, source.text) == 0.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_lie_on_the_page_as_it_is_shown(turn: int) -> None:
    source = read_pdf(pdf_files.letter(4, rotate=turn).data, path="a.pdf")
    assert source.places is not None
    start = source.text.index("UBND")
    found = source.places.box(start, start + 4)
    assert found is not None
    page, (x0, top, x1, bottom) = found
    width, height = (842, 595) if turn % 180 else (595, 842)
    assert page == 1
    assert 0 <= x0 < x1 <= width
    assert 0 <= top < bottom <= height
    # The letterhead's left column is at the upper left, wherever the page's turn puts that.
    corner = {0: (0, 0), 90: (1, 0), 180: (1, 1), 270: (0, 1)}[turn]
    assert (x0 > width / 2, top > height / 2) == tuple(map(bool, corner))


def test_every_word_has_its_place() -> None:
    source = read_pdf(pdf_files.plain(1).data, path="a.pdf")
    places = source.places
    assert places is not None
    quoted = [source.text[a:b] for a, b in zip(places.starts, places.ends, strict=True)]
    assert quoted == source.text.split()
    assert list(places.starts) == sorted(places.starts)


def test_old_fonts_are_named() -> None:
    source = read_pdf(pdf_files.old_font(1).data, path="a.pdf")
    notice = source.notices[0]
    assert notice.code == "pdf-legacy-fonts"
    assert ("encoding", "tcvn3") in notice.values
    assert "BÁO CÁO KẾT QUẢ CÔNG TÁC" in source.text


@pytest.mark.parametrize("encoding", ["vni", "viscii"])
def test_old_letters_beside_unicode(encoding: str) -> None:
    source = read_pdf(pdf_files.old_letters(2, encoding).data, path="a.pdf")
    assert ("encoding", encoding) in source.notices[0].values
    lines = source.text.split("\n")
    assert lines[0] == "BÁO CÁO KẾT QUẢ CÔNG TÁC NĂM 2021"
    assert lines[-2].endswith("Sở Công Thương tỉnh Bình Lâm.")


def test_good_pages_need_no_notice() -> None:
    assert read_pdf(pdf_files.plain(1).data, path="a.pdf").notices == ()


def test_the_twin_of_a_real_file_in_old_fonts() -> None:
    """The page's title is set in a capital font, which the twin does not show."""
    source = read_pdf(sample("tcvn3_bc_congnghiep_2007_02.pdf"), path="a.pdf")
    twin = sample("tcvn3_bc_congnghiep_2007_02.unicode.txt").decode()
    assert recall(twin.lower(), replace(source, text=source.text.lower())) >= TWIN


def test_numbers_stamped_onto_a_page_stand_in_their_line() -> None:
    text = read_pdf(sample("qn_507ub_2025.pdf"), path="a.pdf").text
    assert "Số: 507 /UBND-KGVX" in text
    assert "Quảng Ngãi, ngày 24 tháng 01 năm 2025" in text
    # The signature, which lies over the letterhead, comes after the text.
    assert text.index("TRUNG TÂM CÔNG") > text.index("Phùng Tô Long")


def test_a_real_letterhead_and_closing() -> None:
    lines = read_pdf(sample("qn_11tb_2025.pdf"), path="a.pdf").text.split("\n")
    assert lines[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI", "Số: 11 /TB-UBND"]
    assert lines[3] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    closing = lines.index("- Lưu: VT, KTTHh5.")
    assert lines[closing + 1 : closing + 3] == ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"]


def test_pages_are_set_apart_by_form_feeds() -> None:
    source = read_pdf(sample("luat_congbao_2023_b.pdf"), path="a.pdf")
    assert source.pages == 30
    assert source.text.count("\f") == 29
    number = re.compile(r"CÔNG BÁO/Số 867 \+ 868")
    assert all(number.search(page[:60]) for page in source.text.split("\f"))


@pytest.mark.parametrize(
    ("font", "meant"),
    [
        (".VnTime", ("tcvn3", False)),
        ("ABCDEF+.VnTimeH,Bold", ("tcvn3", True)),
        (".VnArialH-Bold", ("tcvn3", True)),
        ("VNI-Times", ("vni", False)),
        ("TimesNewRomanPSMT", None),
        ("Arial-BoldH", None),
    ],
)
def test_what_a_font_is_called_tells_its_letters(font: str, meant: tuple[str, bool] | None) -> None:
    assert named_encoding(font) == meant


def test_two_characters_may_make_one_letter() -> None:
    raw = list("Coäng hoøa")
    letters = decode_letters(raw, "vni", upper=False)
    assert "".join(letters) == "Cộng hòa"
    assert len(letters) == len(raw)
