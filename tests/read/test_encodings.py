"""Every letter there and back in every encoding, with iconv as a witness where it knows one."""

import random
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.errors import UsageError
from docparse.patterns.data import data_path
from docparse.patterns.syllables import is_accented
from docparse.read.encodings import LEGACY, ON_REQUEST, Note, decode, decode_run

LOWER = "áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựíìỉĩịýỳỷỹỵđ"
ALL = LOWER + LOWER.upper()
TCVN3 = LOWER + "ĂÂÊÔƠƯĐ"
LETTERS = {name: TCVN3 if name == "tcvn3" else ALL for name in (*LEGACY, *ON_REQUEST)}
TONES = "\u0300\u0301\u0303\u0309\u0323"

REPORT = """CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 899/KH-SCT\tĐồng Nai, ngày 25 tháng 02 năm 2021
Thực hiện Nghị định số 30/2020/NĐ-CP, Sở Công Thương báo cáo kết quả quý IV như sau:
1. Hoàn thành 12/40 nhiệm vụ được giao, đạt 98,94% kế hoạch của Uỷ ban nhân dân tỉnh.
"""
SHARED = Path(__file__).parents[3] / "shared"
TWINS = sorted(SHARED.glob("samples/*.unicode.txt"))
TEXTS = TWINS + sorted(SHARED.glob("seeds/*.txt"))


def encode(text: str, name: str) -> bytes:
    """The text in an old encoding; TCVN3 has no capitals with a tone and gets small letters."""
    if name == "windows-1258":
        return b"".join(map(_encode_1258, text))
    if name == "viqr":
        return "".join(map(_encode_viqr, text)).encode("ascii", "replace")
    table = tomllib.loads(data_path("encodings", f"{name}.toml").read_text("utf-8"))["letters"]
    if name == "tcvn3":
        text = "".join(char.lower() if char in ALL and char not in TCVN3 else char for char in text)
    return "".join(table.get(char, char) for char in text).encode("latin-1", "replace")


def _tone_apart(char: str) -> tuple[str, str]:
    decomposed = normalize("NFD", char)
    tone = "".join(mark for mark in decomposed if mark in TONES)
    return normalize("NFC", "".join(mark for mark in decomposed if mark not in TONES)), tone


def _encode_1258(char: str) -> bytes:
    try:
        return char.encode("cp1258")
    except UnicodeEncodeError:
        return "".join(_tone_apart(char)).encode("cp1258", "replace")


def _encode_viqr(char: str) -> str:
    if char in "đĐ":
        return "dd" if char == "đ" else "DD"
    if char in "\\'`?~.^(+*":
        return "\\" + char
    signs = dict(zip("\u0306\u0302\u031b\u0300\u0301\u0309\u0303\u0323", "(^+`'?~.", strict=True))
    shaped, tone = _tone_apart(char)
    return "".join(signs.get(part, part) for part in normalize("NFD", shaped) + tone)


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_goes_there_and_back(name: str) -> None:
    for letter in LETTERS[name]:
        assert decode(encode(letter, name), encoding=name).text == letter
        assert decode_run(encode(letter, name).decode("latin-1"), name) == letter


@pytest.mark.parametrize("name", ["tcvn3", "viscii", "vps"])
def test_no_two_letters_share_a_byte(name: str) -> None:
    assert len({encode(letter, name) for letter in LETTERS[name]}) == len(LETTERS[name])


@pytest.mark.skipif(shutil.which("iconv") is None, reason="no iconv to ask")
@pytest.mark.parametrize(
    ("name", "theirs"), [("tcvn3", "TCVN5712-1"), ("viscii", "VISCII"), ("windows-1258", "CP1258")]
)
def test_iconv_agrees(name: str, theirs: str) -> None:
    if theirs not in subprocess.run(["iconv", "-l"], capture_output=True, text=True).stdout:
        pytest.skip(f"this iconv does not know {theirs}")
    text = " ".join(LETTERS[name])
    command = ["iconv", "-f", "UTF-8", "-t", theirs]
    coded = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    assert decode(coded, encoding=name).text == text


@pytest.mark.parametrize(
    ("seen", "name", "meant"),
    [
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("ÑOÄC LAÄP - TÖÏ DO - Haïnh phuùc", "vni", "ĐỘC LẬP - TỰ DO - Hạnh phúc"),
        ("hôïp ñoàng, lòch söû, kyõ thuaät, ôû", "vni", "hợp đồng, lịch sử, kỹ thuật, ở"),
        ("Aù aÙ oÂ", "vni", "Á á ô"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "tcvn3", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        (
            "®­îc 100 m², 30°C \x93v¨n b¶n\x94 “®iÖn tö”",
            "tcvn3",
            "được 100 m², 30°C “văn bản” “điện tử”",
        ),
        ("Viêòt", "windows-1258", "Việt"),
        ("ðýõòc", "windows-1258", "được"),
        ("Co^.ng ho`a, ddu+o+.c la`m. Hu*\\.", "viqr", "Cộng hòa, được làm. Hư."),
        ("hi(nh 5' D)", "viqr", "hi(nh 5' D)"),
    ],
)
def test_runs(seen: str, name: str, meant: str) -> None:
    assert decode_run(seen, name) == meant


def test_upper_fonts_show_capitals() -> None:
    assert decode_run("céng hoµ", "tcvn3", upper=True) == "CỘNG HOÀ"


@pytest.mark.parametrize("name", LEGACY)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_report_is_found_out(name: str, newline: str) -> None:
    text = REPORT.replace("\n", newline)
    found = decode(encode(text, name))
    assert (found.encoding, found.replaced, found.notes) == (name, 0, ())
    assert found.confidence > 0.8
    assert found.text.lower() == text.lower()


@pytest.mark.parametrize("name", LEGACY)
def test_old_letters_saved_as_utf8_are_found_out(name: str) -> None:
    for codec in ("latin-1", "cp1252"):
        seen = encode(REPORT, name).decode(codec, "ignore")
        found = decode(seen.encode())
        assert (found.encoding, found.notes) == (name, (Note.MOJIBAKE,))
    assert decode(encode(REPORT, name).decode("latin-1").encode("utf-8-sig")).notes == (
        Note.BYTE_ORDER_MARK,
        Note.MOJIBAKE,
    )


def test_rare_encodings_are_taken_on_request_only() -> None:
    for name in ON_REQUEST:
        data = encode(REPORT, name)
        assert decode(data).encoding != name
        assert decode(data, allow=[*LEGACY, name]).text == REPORT
        assert decode(data, encoding=name).text == REPORT
    assert decode(b"plain words.", allow=["viqr"]).encoding == "ascii"


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be"])
def test_unicode_without_mark(name: str) -> None:
    found = decode(REPORT.encode(name))
    assert (found.text, found.encoding, found.confidence) == (REPORT, name, 1.0)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_marks_of_wide_unicode_are_dropped(name: str) -> None:
    found = decode(("\ufeff" + REPORT).encode(name))
    assert (found.text, found.encoding, found.notes) == (REPORT, name, (Note.BYTE_ORDER_MARK,))


def test_the_mark_of_utf8_stays_so_that_offsets_hold() -> None:
    found = decode(REPORT.encode("utf-8-sig"))
    assert found.text == "\ufeff" + REPORT
    assert found.notes == (Note.BYTE_ORDER_MARK,)


def test_ascii_and_nothing() -> None:
    assert decode(b"12/KH-SCT\r\n").text == "12/KH-SCT\r\n"
    assert decode(b"12/KH-SCT").encoding == "ascii"
    assert decode(b"").text == ""


def test_holes_in_utf8_are_counted() -> None:
    data = REPORT.encode()
    found = decode(data[:40] + b"\xff" + data[40:] + b"\xc3")
    assert (found.encoding, found.replaced) == ("utf-8", 2)
    assert found.text.replace("\ufffd", "") == REPORT
    assert found.notes == (Note.INVALID_BYTES,)
    assert 0.9 < found.confidence < 1


def test_a_replacement_character_of_the_file_is_not_counted() -> None:
    assert decode("mất � chữ".encode() + b"\xff").replaced == 1


@pytest.mark.parametrize(
    "text",
    [
        "L'été dernier, les élèves français étaient déjà à l'école près de Genève",
        "Größe über Maßnahmen für Bürger in München",
        "El Niño: el año más cálido, señor, según la acción económica",
        "São Paulo não há ações",
        "có các và là",
        "“ngoặc kép” – m² – 30°C",
        "中文報告",
    ],
)
def test_other_unicode_is_left_alone(text: str) -> None:
    assert decode(text.encode()).text == text


def test_a_soft_hyphen_is_a_letter_until_decoded() -> None:
    data = "®\xadîc nhµ n\xadíc".encode("latin-1")
    assert decode(data).text == "được nhà nước"


def test_old_letters_between_lines_of_unicode() -> None:
    old = encode(REPORT, "tcvn3").decode("latin-1")
    found = decode((REPORT + old + "có các và\n" + old).encode())
    assert found.notes == (Note.MOJIBAKE, Note.MIXED)
    assert found.text.startswith(REPORT)
    assert found.text.lower() == (REPORT * 2 + "có các và\n" + REPORT).lower()


def test_a_doubtful_text_says_so() -> None:
    names = "Příliš žluťoučký kůň úpěl ďábelské ódy, đươc trưc "
    assert decode((names * 9).encode()).notes == (Note.FEW_SYLLABLES,)


def test_names() -> None:
    assert decode(b"\xb5", encoding="ABC").text == "à"
    assert decode("à".encode("cp1258"), encoding="CP1258").encoding == "windows-1258"
    assert decode("hoµ".encode(), encoding="tcvn3").text == "hoà"
    assert decode(b"\xe9", encoding="latin_1").text == "é"
    with pytest.raises(UsageError):
        decode(b"x", encoding="no-such-encoding")
    with pytest.raises(UsageError):
        decode_run("x", "utf-9")


@given(st.binary())
def test_anything_decodes(data: bytes) -> None:
    found = decode(data)
    assert 0 <= found.confidence <= 1
    assert found.replaced >= 0


@given(st.text(alphabet=ALL + "bcghnt \r\n", max_size=200), st.sampled_from(LEGACY))
def test_decoding_keeps_newlines(text: str, name: str) -> None:
    decoded = decode(encode(text, name), encoding=name).text
    assert re.findall("[\r\n]", decoded) == re.findall("[\r\n]", text)


def test_detection_looks_at_every_part_of_a_long_file() -> None:
    late = b"plain words\n" * 100_000 + encode(REPORT * 5, "tcvn3")
    assert decode(late).encoding == "tcvn3"


@pytest.mark.skipif(not TEXTS, reason="the sample texts are not here")
@pytest.mark.parametrize("name", LEGACY)
class TestSamples:
    def test_whole_texts(self, name: str) -> None:
        for path in TEXTS:
            data = encode(normalize("NFC", path.read_text(encoding="utf-8")), name)
            assert decode(data).encoding == name, path
            assert decode(data.decode("latin-1").encode()).encoding == name, path

    def test_lines_of_five_accented_words(self, name: str) -> None:
        lines = random.Random(1).sample(_five_word_lines(), 1500)
        coded = [encode(line, name) for line in lines]
        right = sum(decode(data).text == decode(data, encoding=name).text for data in coded)
        assert right / len(lines) >= 0.993
        assert all(decode(line.encode()).text == line for line in lines)


def _five_word_lines() -> list[str]:
    lines = []
    for path in TEXTS:
        words = normalize("NFC", path.read_text(encoding="utf-8")).split()
        start = accented = 0
        for end, word in enumerate(words, 1):
            accented += is_accented(word)
            if accented == 5:
                lines.append(" ".join(words[start:end]))
                start, accented = end, 0
    return lines
