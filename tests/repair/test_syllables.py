"""What is mended in a text, what is listed, and that the rest is left alone."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.patterns.syllables import strip_marks
from docparse.repair.syllables import repair_syllables

CASES = [
    ("phát triển thương maị điêṇ tử", "phát triển thương mại điện tử", []),
    ("thiết lâp̣ Mục tiêu, tạị Sở; Qúy II", "thiết lập Mục tiêu, tại Sở; Quý II", []),
    # A mark behind a space: of the word before, of the word after, or of either.
    ("Nghi ̣điṇh 30/2020/NĐ-CP", "Nghị định 30/2020/NĐ-CP", []),
    ("Nghi ̣ định", "Nghị định", []),
    ("thu\t̉ tục", "thủ tục", []),
    ("30 ̣đinh kỳ", "30 định kỳ", []),
    ("Nghi ̣\nđịnh", "Nghị\nđịnh", []),
    ("Nghi ̣", "Nghị ", []),
    ("x ̣tuc ̣ y", "x tục ỵ", []),
    ("xư ̉ ly", "xư ̉ ly", ["xư ̉ ly"]),
    ("tha ̣nh", "tha ̣nh", ["tha ̣nh"]),
    ("nghiê ̣p", "nghiê ̣p", ["nghiê ̣p"]),
    ("năm 2021 ̣ quý", "năm 2021 ̣ quý", ["̣ quý"]),
    ("̣", "̣", ["̣"]),
    # Lost marks are listed, never invented.
    ("đươc trưc tiếp, ngưòi", "đươc trưc tiếp, ngưòi", ["đươc", "trưc", "ngưòi"]),
    ("hòà tạí", "hòà tạí", ["hòà", "tạí"]),
    # Right already, or no Vietnamese word.
    ("Hòa Bình, hoà giải, thuỷ sản, thủy lợi, quý, Đắk Lắk", None, []),
    ("QĐ số 899/QĐ-UBND, NĐ-CP, TMĐT, VPTƯ, ôtô, café, El Niño", None, []),
    ("a̲ ̲b", None, []),
    ("", None, []),
]


def _apply(text: str) -> str:
    for start, end, new, _ in reversed(repair_syllables(text).edits):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(("text", "mended", "unrepaired"), CASES)
def test_repair(text: str, mended: str | None, unrepaired: list[str]) -> None:
    text = normalize("NFC", text)
    assert _apply(text) == (text if mended is None else normalize("NFC", mended))
    found = [text[start:end] for start, end in repair_syllables(text).unrepaired]
    assert found == [normalize("NFC", word) for word in unrepaired]


@pytest.mark.parametrize("text", [text for text, _, _ in CASES])
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = _apply(normalize("NFC", text))
    assert repair_syllables(once).edits == ()


def test_the_kind_of_damage_is_named() -> None:
    rules = [rule for *_, rule in repair_syllables("Nghi ̣điṇh").edits]
    assert rules == ["detached-mark", "misplaced-mark"]


LETTERS = "aâơiuđnhgt ,1\n\u0301\u0323\u0302\u0332"


@given(st.text(alphabet=LETTERS, max_size=60))
def test_edits_move_marks_and_nothing_else(text: str) -> None:
    text = normalize("NFC", text)
    repairs = repair_syllables(text)
    ends = [0, *(end for _, end, _, _ in repairs.edits)]
    assert all(start >= end for (start, *_), end in zip(repairs.edits, ends, strict=False))
    mended = _apply(text)
    assert "".join(strip_marks(mended).split()) == "".join(strip_marks(text).split())
