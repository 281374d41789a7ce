from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.errors import DocparseError, EmptyError, UsageError
from docparse.read import read

LETTER = "Kính gửi: Sở Công Thương tỉnh Bình Lâm, các phòng ban trực thuộc và UBND huyện."


def test_the_text_is_untouched() -> None:
    text = "\ufeffSố: 12\r\nKế hoạch\0 số\x0c 5\rhết\n"
    data = text.encode()
    source = read(data, path="a.txt")
    assert source.text == text
    assert source.sha256 == sha256(data).hexdigest()
    assert source.notices == ()


@pytest.mark.parametrize(
    ("path", "form"), [("a.txt", "txt"), ("a.MD", "md"), ("a.markdown", "md"), ("-", "txt")]
)
def test_the_format_is_that_of_the_name(path: str, form: str) -> None:
    assert read(b"abc", path=path).format == form


@pytest.mark.parametrize(
    "data", [b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\0" * 500, "\xa0\n".encode()]
)
def test_nothing_but_blanks(data: bytes) -> None:
    with pytest.raises(EmptyError) as error:
        read(data, path="a.txt")
    assert error.value.code == "blank-file"


def test_a_million_blank_lines() -> None:
    with pytest.raises(EmptyError):
        read(b"\n" * 1_000_000, path="a.txt")


def test_invalid_bytes_are_counted_and_said() -> None:
    source = read(LETTER.encode() + b" \xff\xfe " + LETTER.encode(), path="a.txt")
    assert source.text.count("\ufffd") == 2
    (notice,) = source.notices
    assert (notice.code, dict(notice.values)["count"]) == ("invalid-bytes", "2")


def test_an_old_encoding_is_said() -> None:
    source = read(b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca", path="a.txt")
    assert source.encoding == "tcvn3"
    assert "legacy-encoding" in [notice.code for notice in source.notices]


def test_old_letters_saved_as_unicode_are_said() -> None:
    source = read("Coäng hoøa xaõ hoäi chuû nghóa".encode(), path="a.txt")
    assert source.text.startswith("Cộng hòa xã hội")
    assert [notice.code for notice in source.notices] == ["mojibake"]


def test_an_encoding_by_name() -> None:
    assert read(b"C\xe9ng ho\xb5", path="a.txt", encoding="tcvn3").text == "Cộng hoà"
    with pytest.raises(UsageError) as error:
        read(b"abc", path="a.txt", encoding="klingon")
    assert "klingon" in error.value.sentence("vi")


@given(st.binary(max_size=400))
def test_any_bytes_give_a_source_or_an_error_with_a_sentence(data: bytes) -> None:
    try:
        found = read(data, path="a.txt").sha256
    except DocparseError as error:
        found = error.sentence("vi")
    assert found.startswith(("a.txt: ", sha256(data).hexdigest()))
