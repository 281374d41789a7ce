"""Quoted lines and the marks under them, as they stand on a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.render.marked import WIDTH, columns, marked, plain


def _under(line: str, marks: str) -> list[str]:
    """The letters above each run of marks, found by walking over columns as a terminal does."""
    found, column, before = [], 0, " "
    for letter in line:
        mark = marks[column] if column < len(marks) else " "
        wide = columns(letter)
        if mark == "^" and wide:
            if before != "^":
                found.append("")
            found[-1] += letter
        elif not wide and found and before == "^":
            found[-1] += letter
        before = mark if wide else before
        column += wide
    return found


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Hồ sơ: 38/45, đạt 86,4%", ["38/45", "86,4%"]),
        (unicodedata.normalize("NFD", "Hồ sơ trễ hẹn: 38/45, đạt"), ["38/45"]),
        ("公文 số 12/KH-SCT ngày", ["12/KH-SCT"]),
        ("公文", ["文"]),
        ("1\tHồ sơ\t38/45\tđạt", ["38/45"]),
        ("Hồ\u200b sơ\u00ad: 38/45", ["38/45"]),
        ("x" * 300 + " 38/45 " + "y" * 300, ["38/45"]),
        ("từ " * 200 + "38/45 đạt 86,4% " + "chữ " * 200, ["38/45", "86,4%"]),
        (unicodedata.normalize("NFD", "hồ sơ trễ " * 40) + "38/45 " + "公文" * 60, ["38/45"]),
        ("38/45 " + "chữ " * 200, ["38/45"]),
        ("chữ " * 200 + "38/45", ["38/45"]),
    ],
)
def test_marks_stand_under_their_words(line: str, words: list[str]) -> None:
    ranges = [(line.index(word), line.index(word) + len(word)) for word in words]
    shown, marks = marked(line, ranges)
    assert _under(shown, marks) == words
    assert columns(shown) <= WIDTH + 4  # and "… " on both sides


@given(st.text(min_size=1, max_size=400), st.data())
def test_any_line_can_be_shown(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, len(line)))
    shown, marks = marked(line, [(start, end)])
    assert set(marks) <= {" ", "^"}
    assert "^" in marks
    assert columns(shown) <= WIDTH + 4
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in shown)


def test_a_cut_leaves_whole_words() -> None:
    line = "một hai ba bốn năm sáu bảy " * 20
    at = line.index("sáu", 300)
    shown, _ = marked(line, [(at, at + 3)])
    assert set(shown.split()) <= {*line.split(), "…"}
    assert shown.startswith("… ")
    assert shown.endswith(" …")


def test_nothing_reaches_the_terminal_that_moves_its_cursor() -> None:
    assert plain("a\x1b[31mb\u202ec\r\nd\u2028e") == "a [31mbc d e"
