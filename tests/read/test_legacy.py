import pytest

from docparse.read.legacy import Piece, decode_pieces, named_encoding


@pytest.mark.parametrize(
    ("font", "found"),
    [
        (".VnTime", ("tcvn3", False)), (".VnTimeH", ("tcvn3", True)), (".VnTimeh", ("tcvn3", True)),
        (".VnArial NarrowH", ("tcvn3", True)), (".VnTime ", ("tcvn3", False)),
        ("VNI-Times", ("vni", False)), ("VNI-Helve-Condense", ("vni", False)),
        ("VI Times", ("viscii", False)), ("VPS Times", ("vps", False)),
        ("Times New Roman", None), ("Vni", None), ("Verdana", None), ("Vnorth", None), (None, None),
    ],
)  # fmt: skip
def test_what_the_names_of_fonts_say(font: str | None, found: tuple[str, bool] | None) -> None:
    assert named_encoding(font) == found


def _decoded(*pieces: tuple[str, str | None]) -> list[str]:
    made = [Piece(text, font) for text, font in pieces]
    decode_pieces(made)
    return [piece.text for piece in made]


def test_signs_are_no_letters() -> None:
    assert _decoded(("‰", None), ("‰", None), ("–", "Arial")) == ["‰", "‰", "–"]
    assert _decoded(("Møc gi¶m sinh", ".VnTime"), ("‰", ".VnTime"))[1] == "‰"


def test_clean_text_stays() -> None:
    words = "Thực hiện Kế hoạch số 12/KH-SCT; café, naïve, 5 m², 30°C, “đạt”"
    for font in (None, "Arial", ".VnTime", ".VnTimeH", "VNI-Times", "VI Times"):
        assert _decoded((words, font)) == [words]


def test_what_can_be_read_both_ways_goes_with_the_others() -> None:
    old = ("Thùc hiÖn KÕ ho¹ch cña Së C«ng Th\xad¬ng", ".VnTime")
    assert _decoded(old, ("tÊn", ".VnTime"))[1] == "tấn"
    new = ("Quyết định của Ủy ban nhân dân", ".VnTime")
    assert _decoded(new, new, ("Hà", ".VnTime"))[2] == "Hà"
