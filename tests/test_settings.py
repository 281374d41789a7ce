"""docparse.toml: what it may say, what it may not, and who beats whom."""

import re
from datetime import date
from pathlib import Path

import pytest

from docparse.decide import read_suppressions
from docparse.errors import SettingsError, UsageError
from docparse.patterns import load
from docparse.read.limits import Limits
from docparse.settings import (
    Asked,
    Choices,
    Settings,
    choose,
    find_profile,
    find_settings,
    read_settings,
)

WHOLE = """
lang = "en"
profile = "cuoi-nam"
ignore = ["FRM902"]
level = "note"
fail-on = "warning"
patterns = "mau"
decisions = "../quyet-dinh.toml"
baseline = "moc.json"
jobs = 2

[limits]
seconds = 2.5
memory = 2000000000

[profiles.cuoi-nam]
select = ["FIG", "tab", "FRM"]
level = "error"
"""


def _settings(folder: Path, text: str) -> Settings:
    path = folder / "docparse.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_everything_is_read(tmp_path: Path) -> None:
    settings = _settings(tmp_path, WHOLE)
    assert (settings.lang, settings.jobs) == ("en", 2)
    assert settings.patterns == tmp_path / "mau"
    assert settings.decisions == tmp_path / "../quyet-dinh.toml"
    assert settings.baseline == tmp_path / "moc.json"
    assert settings.limits == Limits(seconds=2.5, memory=2_000_000_000)
    assert choose(Asked(), settings) == Choices(
        select=("FIG", "tab", "FRM"), ignore=("FRM902",), level="note", fail_on="warning"
    )


def test_a_file_saved_with_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "docparse.toml"
    path.write_bytes('\ufefflang = "en"\r\n\r\njobs = "x"\r\n'.encode())
    with pytest.raises(SettingsError, match="line 3: “jobs”"):
        read_settings(path)
    path.write_bytes('\ufefflang = "en"\r\n'.encode())
    assert read_settings(path).lang == "en"


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "docparse.toml"
    path.write_bytes('# thiết lập\nlang = "en"'.encode("utf-16"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        read_settings(path)


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert _settings(tmp_path, "") == Settings(path=tmp_path / "docparse.toml")
    assert choose(Asked(), Settings()) == Choices()


@pytest.mark.parametrize(
    ("asked", "choices"),
    [
        # "select" of a higher layer starts afresh, "ignore" takes away
        (Asked(select=("CIT",)), Choices(select=("CIT",), level="note", fail_on="warning")),
        (
            Asked(ignore=("FIG",)),
            Choices(
                select=("FIG", "tab", "FRM"),
                ignore=("FRM902", "FIG"),
                level="note",
                fail_on="warning",
            ),
        ),
        (
            Asked(level="error", fail_on="never"),
            Choices(
                select=("FIG", "tab", "FRM"), ignore=("FRM902",), level="error", fail_on="never"
            ),
        ),
        # a profile of the command line sets aside what the file chooses
        (Asked(profile="cuoi-nam"), Choices(select=("FIG", "tab", "FRM"), level="error")),
        (Asked(profile="full"), Choices(level="note")),
        (Asked(profile="chac-chan", level="note"), Choices(level="note")),
    ],
)
def test_the_command_line_beats_the_file(asked: Asked, choices: Choices, tmp_path: Path) -> None:
    assert choose(asked, _settings(tmp_path, WHOLE)) == choices


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\nselct = ["FIG"]', 2, "“select”"),
        ('xyz = "FIG"', 1, "decisions"),
        ('select = "FIG"', 1, 'select = ["'),
        ('select = ["FIG", "TABB"]', 1, "TAB, "),
        ('ignore = [""]', 1, "ignore"),
        ('level = "errors"', 1, "error, warning, note"),
        ('fail-on = "always"', 1, "never, error"),
        ('lang = "fr"', 1, "vi, en"),
        ('profile = "chac-chn"', 1, "chac-chan, "),
        ('patterns = ""', 1, "patterns"),
        ("jobs = 0", 1, "jobs"),
        ("jobs = 1.5", 1, "jobs"),
        ("jobs = true", 1, "jobs"),
        ("limits = 5", 1, "[limits]"),
        ("[limits]\nseconds = 5\nmemry = 7", 3, "“memory”"),
        ('[limits]\nseconds = "5"', 2, "seconds"),
        ("[limits]\nmemory = 1.5", 2, "memory"),
        ("[limits]\nseconds = nan", 2, "seconds"),
        ("[profiles.toi]\nlevl = 1", 2, "“level”"),
        ('[profiles.toi]\nselect = ["FIG"]\n[profiles.ta]\nselect = ["XYZ"]', 4, "XYZ"),
        ("profiles = 1", 1, "[profiles]"),
        ("lang = \n", 1, "TOML"),
    ],
)
def test_a_fault_names_file_line_and_key(text: str, line: int, words: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        _settings(tmp_path, text)
    assert caught.value.values["line"] == line
    for lang in ("vi", "en"):
        sentence = caught.value.sentence(lang)
        assert words in sentence
        assert "docparse.toml" in sentence
        assert "{" not in sentence


def test_the_page_names_every_key_and_its_examples_are_read(tmp_path: Path) -> None:
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    keys, decision = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    settings = _settings(tmp_path, keys)
    assert choose(Asked(), settings).fail_on == "warning"
    with pytest.raises(SettingsError) as caught:
        _settings(tmp_path, "xyz = 1")
    known = str(caught.value.values["known"]).split(", ")
    assert set(re.findall(r"^\| `([\w-]+)` \|", page, re.MULTILINE)) == set(known)
    for profile in load().profiles:
        assert "| " + ", ".join(f"`{name}`" for name in (profile.id, *profile.written)) in page
    path = tmp_path / "d.toml"
    path.write_text(decision, encoding="utf-8")
    assert read_suppressions(path)[0].until == date(2026, 12, 31)


def test_the_nearest_file_is_found(tmp_path: Path) -> None:
    below = tmp_path / "2023" / "thang-5"
    below.mkdir(parents=True)
    report = below / "a.txt"
    report.write_text("x", encoding="utf-8")
    upper = tmp_path / "docparse.toml"
    upper.write_text("", encoding="utf-8")
    assert find_settings(report) == find_settings(below) == upper.resolve()
    assert find_settings(below / "none.txt") == upper.resolve()
    lower = below / "docparse.toml"
    lower.write_text("", encoding="utf-8")
    assert find_settings(report) == lower.resolve()
    assert find_settings(tmp_path) == upper.resolve()


def test_a_name_that_is_no_path_finds_nothing() -> None:
    assert find_settings("a\0b") is None


def test_the_shipped_profiles_name_checks_that_exist() -> None:
    codes = [one.code for one in load().checks.values()]
    names = [name for one in load().profiles for name in (one.id, *one.written)]
    assert len(names) == len(set(names))
    for profile in load().profiles:
        for asked in (*profile.select, *profile.ignore):
            assert any(code.startswith(asked) for code in codes), asked


@pytest.mark.parametrize(("name", "same"), [("full", "day-du"), ("records", "van-thu")])
def test_a_profile_has_an_english_name(name: str, same: str) -> None:
    assert find_profile(name, Settings()) == find_profile(same, Settings())


def test_an_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="first: sure, "):
        find_profile("sur", Settings())
