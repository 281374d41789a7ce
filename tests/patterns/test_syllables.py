"""Words of two lists, syllables and not, and properties over all the forms that exist."""

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.patterns import syllables
from docparse.patterns.syllables import (
    WORD,
    SyllableCount,
    count_syllables,
    fix_syllable,
    fold,
    is_accented,
    is_frequent,
    is_syllable,
    looks_damaged,
    place_marks,
    strip_marks,
    valid_share,
)

ALL = sorted(syllables.syllables())
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

SYLLABLES = """
    a ở ủy uỷ hòa hoà thủy thuỷ quý quí quốc quyết quyển quờn gì gìn già giữ giếng giết giêng
    nghiêng nghị ngoài ngoằn khuỷu khuya thuở huơ yên yêu ý y tế kỹ lý mỹ điện được đường tướng
    người mía múa mưa xoong moóc hoạch huỳnh quỳnh suýt buýt xã Ủy BAN HỘI Đắk Lắk Kạn Krông
    khoẻ khỏe loè lòe oái oăm choắt thoắt quét quăng quặng quần quẩy huệ huênh
"""
NO_SYLLABLES = """
    đươc trưc nghiêp ngưòi maị qúy qủa gíup tòan hoàa điêṇ iên gé cê kan ngê ghan qa quc
    tat1 thưc hoc̣ bat̀ TTHC QĐ café ôtô ng h ướ
"""

# What extraction made of a word, and what it is; "-" where no place or more than one is right.
DAMAGED = [
    ("maị", "mại"),
    ("điêṇ", "điện"),
    ("lâp̣", "lập"),
    ("tạị", "tại"),
    ("Qúy", "Quý"),
    ("QÚY", "QUÝ"),
    ("qủa", "quả"),
    ("gíup", "giúp"),
    ("gìa", "già"),
    ("điṇh", "định"),
    ("đựơc", "được"),
    ("hôị", "hội"),
    ("tòan", "toàn"),
    ("thiêt́", "thiết"),
    ("quan̂", "quân"),
    ("thuỷ̉", "thuỷ"),
    ("HÔỊ", "HỘI"),
    ("Nghi\u0323", None),  # valid once composed
    ("hòà", None),  # hòa or hoà
    ("ḥoa", None),
    ("tạí", None),  # two tones
    ("đươc", None),  # no tone to place
    ("trưc", None),
    ("nghiêp", None),
    ("ngưòi", None),  # the horn of ơ is lost
    ("hoà", None),
    ("quý", None),
    ("TTHC", None),
    ("NĐ-CP", None),
    ("HĐND", None),
    ("TMĐT", None),
    ("Đắk", None),
    ("café", None),
    ("Niño", None),
    ("año", None),
    ("Müller", None),
    ("naïve", None),
    ("https://dịchvucông.gov.vn", None),
    ("", None),
    ("\u0323", None),
    ("ạ" * 100, None),
]


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_is_a_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(normalize("NFD", word))
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", NO_SYLLABLES.split())
def test_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("rhyme", ["áp", "ạt", "ốc", "ịch"])
def test_stopped_rhymes_take_two_tones_only(rhyme: str) -> None:
    assert is_syllable(rhyme)
    letters = normalize("NFD", rhyme)
    for tone in "\u0300\u0303\u0309":
        assert not is_syllable(letters.translate({0x301: tone, 0x323: tone}))


@pytest.mark.parametrize(("word", "fixed"), DAMAGED)
def test_fix(word: str, fixed: str | None) -> None:
    assert fix_syllable(word) == fixed
    assert fix_syllable(normalize("NFC", word)) == fixed
    assert fix_syllable(normalize("NFD", word)) == fixed


def test_no_form_is_touched() -> None:
    """Every syllable that exists, in three cases; a script ran it over a million samples."""
    for form in ALL:
        for word in (form, form.title(), form.upper()):
            assert is_syllable(word)
            assert fix_syllable(word) is None


@given(st.sampled_from(ALL), st.sampled_from([str.lower, str.title, str.upper]), st.data())
def test_a_moved_tone_finds_home_or_stays(form: str, case, data: st.DataObject) -> None:
    """The tone put behind any other letter: mended to a syllable of the same letters, or left."""
    letters = normalize("NFD", case(form))
    tone = next((mark for mark in letters if mark in syllables.TONES), "")
    bare = letters.replace(tone, "") if tone else letters
    at = data.draw(st.integers(min_value=1, max_value=len(bare)))
    word = bare[:at] + tone + bare[at:]
    fixed = fix_syllable(word)
    if fixed is not None:
        assert is_syllable(fixed)
        assert sorted(normalize("NFD", fixed)) == sorted(letters)
        assert fix_syllable(fixed) is None


@given(st.text(alphabet="aăâeêioôơuưyđbcghknqt\u0300\u0301\u0303\u0309\u0323\u0302\u031b"))
def test_nothing_is_invented_or_lost(word: str) -> None:
    fixed = fix_syllable(word)
    if fixed is not None:
        assert strip_marks(fixed) == strip_marks(word)
        assert set(normalize("NFD", fixed)) == set(normalize("NFD", word))


def test_place_marks_works_on_what_is_right_already() -> None:
    assert place_marks("Nghi\u0323") == "Nghị"
    assert place_marks("nghị") == "nghị"
    assert place_marks("ban") is None


@pytest.mark.parametrize("word", ["đươc", "trưc", "nghiêp", "ngưòi", "khÈu", "víi", "ḥoa", "tạí"])
def test_damaged(word: str) -> None:
    assert looks_damaged(word)


@pytest.mark.parametrize("word", ["được", "ban", "QĐ", "VPTƯ", "TMĐT", "ôtô", "urê", "café", "m²"])
def test_not_damaged(word: str) -> None:
    assert not looks_damaged(word)


def test_share() -> None:
    assert count_syllables("Thực hiêṇ TTHC theo QĐ 12") == SyllableCount(accented=2, valid=1)
    assert valid_share("Thực hiêṇ TTHC") == 0.5
    assert valid_share("TTHC 12") == 1.0
    assert valid_share("Céng hoµ x· héi chñ nghÜa") < 0.5
    assert valid_share(normalize("NFD", "Cộng hoà xã hội chủ nghĩa")) == 1.0


def test_marks_of_shape_and_tone_make_a_word_accented() -> None:
    assert [word for word in ("ban", "đi", "QĐ", "xã", "ta\u0323") if is_accented(word)] == [
        "xã",
        "ta\u0323",
    ]


@pytest.mark.parametrize(
    ("new", "old"),
    [("hoà", "hòa"), ("THUỶ", "THỦY"), ("Hoè", "Hòe"), ("khoẻ", "khỏe"), ("uỷ", "ủy")],
)
def test_fold_takes_both_placements_as_one(new: str, old: str) -> None:
    assert fold(new) == fold(old) == fold(normalize("NFD", new)) == old


@pytest.mark.parametrize("word", ["quý", "hoàn", "hoài", "khuỷu", "quỳnh"])
def test_fold_leaves_the_rest(word: str) -> None:
    assert fold(word) == word


@given(st.sampled_from(ALL))
def test_fold_keeps_syllables_and_is_stable(form: str) -> None:
    assert is_syllable(fold(form))
    assert fold(fold(form)) == fold(form)
    assert strip_marks(fold(form)) == strip_marks(form)


def test_strip_marks() -> None:
    assert strip_marks("Đề nghị Ủy ban NHÂN DÂN") == "De nghi Uy ban NHAN DAN"


def test_frequent_syllables_are_syllables_in_the_old_placement() -> None:
    for word in syllables._frequent():
        assert is_syllable(word)
        assert fold(word) == word
        assert is_accented(word)
    assert is_frequent("HOÀ")
    assert not is_frequent("húa")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample texts are not here")
def test_seeds_change_where_they_are_damaged_only() -> None:
    changed = {
        word
        for path in SEEDS.glob("*.txt")
        for word in WORD.findall(normalize("NFC", path.read_text(encoding="utf-8")))
        if fix_syllable(word)
    }
    damaged = ["tạị", "lâp̣", "maị", "điêṇ", "điṇh", "Qúy"]
    assert changed == {normalize("NFC", word) for word in damaged}
