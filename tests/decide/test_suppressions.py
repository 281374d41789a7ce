import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.decide import add_suppression, read_suppressions
from docparse.decide.suppressions import suppression_text
from docparse.errors import DocparseError, SettingsError, UsageError
from docparse.models import Suppression

NAME = "3efc7affab24421d"
OTHER = "2ddb434024f721ef"
WHOLE = Suppression(
    fingerprint=NAME,
    reason='Đơn vị đã đính chính: "30/11/2023"; xem D:\\thu\\12.',
    who="Nguyễn Văn A",
    until=date(2026, 12, 31),
    code="SEQ707",
    note="Ngày 31/11/2023\nkhông có trong lịch.",
)


def _file(folder: Path, text: str) -> Path:
    path = folder / "docparse-decisions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "quyet-dinh.toml"
    add_suppression(path, WHOLE)
    add_suppression(path, Suppression(fingerprint=OTHER, reason="Đã hỏi."))
    assert read_suppressions(path) == (WHOLE, Suppression(fingerprint=OTHER, reason="Đã hỏi."))
    assert not list(tmp_path.glob(".*"))


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1))
def test_any_words_survive_toml(reason: str, note: str) -> None:
    text = suppression_text(Suppression(fingerprint=NAME, reason=reason, note=note))
    (read,) = tomllib.loads(text)["suppress"]
    assert read == {"fingerprint": NAME, "reason": reason, "note": note}


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    path = _file(tmp_path, f'# của tôi\n[[suppress]]\nfingerprint = "{NAME}"\nreason = "x" # vì\n')
    before = path.read_text(encoding="utf-8")
    add_suppression(path, Suppression(fingerprint=OTHER, reason="y"))
    assert path.read_text(encoding="utf-8").startswith(before)
    assert [one.reason for one in read_suppressions(path)] == ["x", "y"]


def test_a_file_saved_with_notepad_can_be_added_to(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    text = f'\ufeff[[suppress]]\r\nfingerprint = "{NAME}"\r\nreason = "đã hỏi"\r\n'
    path.write_bytes(text.encode())
    add_suppression(path, Suppression(fingerprint=OTHER, reason="y"))
    assert [one.reason for one in read_suppressions(path)] == ["đã hỏi", "y"]


@pytest.mark.parametrize(
    ("fingerprint", "reason"), [(NAME, ""), (NAME, "  "), ("3efc", "x"), (NAME.upper(), "x")]
)
def test_nothing_is_written_without_reason_or_name(
    fingerprint: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "d.toml"
    with pytest.raises(UsageError):
        add_suppression(path, Suppression(fingerprint=fingerprint, reason=reason))
    assert not path.exists()


def test_a_finding_is_decided_once(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    add_suppression(path, WHOLE)
    before = path.read_bytes()
    with pytest.raises(UsageError, match=NAME):
        add_suppression(path, WHOLE)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f'[[suppress]]\nfingerprint = "{NAME}"\n', 2, "reason"),
        (f'[[suppress]]\nfingerprint = "{NAME}"\nreason = "  "\n', 2, "reason"),
        ('[[suppress]]\nreason = "x"\n', 1, "fingerprint"),
        ('[[suppress]]\nfingerprint = "12"\nreason = "x"\n', 2, "12"),
        (f'[[suppress]]\nfingerprint = "{NAME}"\nreson = "x"\n', 3, "“reason”"),
        (f'[[suppress]]\nfingerprint = "{NAME}"\nreason = "x"\nuntil = "31/12/2026"\n', 4, "until"),
        (f'[[suppress]]\nfingerprint = "{NAME}"\nreason = "x"\nuntil = 5\n', 4, "until"),
        (f'[[suppress]]\nfingerprint = "{NAME}"\nreason = "x"\ncode = "FIG"\n', 4, "FIG"),
        (f'[suppress]\nfingerprint = "{NAME}"\n', 1, "[[suppress]]"),
        ("[[supress]]\n", 1, "“suppress”"),
        ("\nreason = x\n", 2, "TOML"),
        (
            f'[[suppress]]\nfingerprint = "{NAME}"\nreason = "x"\n\n'
            f'[[suppress]]\nfingerprint = "{NAME}"\nreason = "y"\n',
            6,
            NAME,
        ),
    ],
)
def test_a_fault_names_its_line(text: str, line: int, words: str, tmp_path: Path) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        read_suppressions(path)
    for lang in ("vi", "en"):
        sentence = caught.value.sentence(lang)
        assert words in sentence
        assert str(path) in sentence
        assert "{" not in sentence
    assert caught.value.values["line"] == line


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(DocparseError, match=r"none\.toml"):
        read_suppressions(tmp_path / "none.toml")
    with pytest.raises(DocparseError, match="no/folder"):
        add_suppression(tmp_path / "no" / "folder" / "d.toml", WHOLE)
