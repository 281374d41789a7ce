"""``docparse check`` and ``suppress`` as a user lives with them: settings, decisions, baselines."""

import json
import shutil
import tomllib
from pathlib import Path

import pytest

from docparse.cli import main

CORPUS = Path(__file__).parents[1] / "corpus"
SLIP = "Việc này xong trước ngày 31/11/2023.\n"  # SEQ707, an error
OTHER = "Việc kia xong trước ngày 31/04/2023.\n"
NOTE = "Đã chi 1.5 tỷ đồng và 2,5 tỷ đồng; đạt 98,5%, cao hơn 97,2%.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a folder of reports below it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bc").mkdir()
    (tmp_path / "bc" / "a.txt").write_text(SLIP, encoding="utf-8")
    return tmp_path


def _found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str]]:
    """Code and status of each finding of a check of the reports."""
    capsys.readouterr()
    main(["check", "bc", "--format", "json", *arguments])
    return [(one["code"], one["status"]) for one in json.loads(capsys.readouterr().out)["findings"]]


def _fingerprint(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    main(["check", "bc", "--format", "json"])
    name: str = json.loads(capsys.readouterr().out)["findings"][0]["fingerprint"]
    return name


@pytest.mark.parametrize(
    ("settings", "arguments", "codes"),
    [
        ("", (), ["SEQ707"]),
        ('ignore = ["SEQ"]', (), []),
        ('ignore = ["SEQ"]', ("--select", "SEQ707"), ["SEQ707"]),
        ('ignore = ["SEQ"]', ("--no-config",), ["SEQ707"]),
        ('select = ["CIT"]', ("--profile", "full"), ["SEQ707"]),
        ("", ("--profile", "so-lieu"), []),
        ('profile = "so-lieu"', (), []),
        ('profile = "so-lieu"', ("--profile", "records"), ["SEQ707"]),
        ('[profiles.toi]\nselect = ["FIG"]', ("--profile", "toi"), []),
    ],
)
def test_settings_beside_the_reports_hold(
    settings: str,
    arguments: tuple[str, ...],
    codes: list[str],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (folder / "docparse.toml").write_text(settings, encoding="utf-8")
    assert [code for code, _ in _found(capsys, *arguments)] == codes


def test_another_file_of_settings_may_be_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docparse.toml").write_text("not toml", encoding="utf-8")
    assert main(["check", "bc"]) == 2
    assert "docparse.toml" in capsys.readouterr().err
    (folder / "khac.toml").write_text('ignore = ["SEQ"]', encoding="utf-8")
    assert main(["check", "bc", "--config", "khac.toml"]) == 0
    assert main(["check", "bc", "--config", "none.toml"]) == 2


def test_the_language_of_the_settings_holds_unless_another_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docparse.toml").write_text('lang = "en"', encoding="utf-8")
    main(["check", "bc"])
    assert "ERROR SEQ707" in capsys.readouterr().out
    main(["check", "bc", "--lang", "vi"])
    assert "LỖI SEQ707" in capsys.readouterr().out


def test_paths_in_the_settings_are_those_of_its_folder(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = _fingerprint(capsys)
    main(["suppress", name, "--reason", "Đã hỏi.", "--decisions", "bc/qd.toml"])
    (folder / "bc" / "docparse.toml").write_text('decisions = "qd.toml"', encoding="utf-8")
    elsewhere = folder / "noi-khac"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert main(["check", "../bc"]) == 0


def test_the_text_names_what_it_was_told_by(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bc" / "docparse.toml").write_text("", encoding="utf-8")
    main(["check", "bc"])
    assert capsys.readouterr().out.endswith(f"Theo: {Path('bc', 'docparse.toml')}.\n")


@pytest.mark.parametrize(
    ("arguments", "severities", "code"),
    [
        ((), {"error"}, 1),
        (("--notes",), {"error", "note"}, 1),
        (("--level", "note", "--fail-on", "never"), {"error", "note"}, 0),
        (("--level", "error", "--fail-on", "note"), {"error", "note"}, 1),
    ],
)
def test_what_fails_is_shown(
    arguments: tuple[str, ...],
    severities: set[str],
    code: int,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (folder / "bc" / "a.txt").write_text(SLIP + NOTE, encoding="utf-8")
    assert main(["check", "bc", "--format", "json", *arguments]) == code
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {one["severity"] for one in found} == severities


def test_what_is_hidden_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bc" / "a.txt").write_text(NOTE, encoding="utf-8")
    main(["check", "bc"])
    assert "dưới mức đã chọn: 1 phát hiện" in capsys.readouterr().out
    main(["check", "bc", "--notes"])
    shown = capsys.readouterr().out
    assert "GHI CHÚ" in shown
    assert "dưới mức đã chọn" not in shown


def test_a_suppressed_finding_is_counted_and_fails_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = _fingerprint(capsys)
    assert main(["suppress", name, "--reason", "Đã hỏi.", "--until", "2999-12-31"]) == 0
    assert "docparse-decisions.toml" in capsys.readouterr().out
    assert main(["check", "bc"]) == 0
    shown = capsys.readouterr().out
    assert "SEQ707" not in shown
    assert "Được bỏ qua theo quyết định: 1 phát hiện." in shown
    assert _found(capsys) == [("SEQ707", "suppressed")]


def test_a_decision_takes_its_words_from_a_result(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = _fingerprint(capsys)
    main(["check", "bc", "--format", "json", "-o", "kq.json"])
    assert main(["suppress", name, "--reason", "x", "--who", "A", "--found-in", "kq.json"]) == 0
    (row,) = tomllib.loads(Path("docparse-decisions.toml").read_text("utf-8"))["suppress"]
    assert (row["code"], row["who"]) == ("SEQ707", "A")
    assert "31/11/2023" in row["note"]
    assert main(["suppress", "0" * 16, "--reason", "x", "--found-in", "kq.json"]) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["3efc7affab24421d"],
        ["3efc7affab24421d", "--reason", " "],
        ["3efc", "--reason", "x"],
        ["3efc7affab24421d", "--reason", "x", "--until", "31/12/2026"],
        ["3efc7affab24421d", "--reason", "x", "--found-in", "none.json"],
        ["3efc7affab24421d", "--reason", "x", "--decisions", "bc/a.txt"],
    ],
)
def test_a_faulty_decision_writes_nothing(arguments: list[str], folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    assert main(["suppress", *arguments]) == 2
    assert sorted(folder.rglob("*")) == before
    assert (folder / "bc" / "a.txt").read_text(encoding="utf-8") == SLIP


def test_only_what_is_new_is_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "bc", "--write-baseline", "moc.json"]) == 0
    said = capsys.readouterr()
    assert "SEQ707" in said.out
    assert "moc.json" in said.err
    assert main(["check", "bc", "--baseline", "moc.json"]) == 0
    assert "Đã biết từ lần trước, không nêu lại: 1 phát hiện." in capsys.readouterr().out
    (folder / "bc" / "a.txt").write_text(OTHER, encoding="utf-8")
    assert main(["check", "bc", "--baseline", "moc.json"]) == 1
    shown = capsys.readouterr().out
    assert "Ngày 31/04/2023" in shown
    assert "nay không còn: 1 phát hiện\n  SEQ707 Ngày 31/11/2023" in shown


def test_an_earlier_result_is_as_good_as_a_baseline(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "bc", "--format", "json", "-o", "kq.json"])
    (folder / "bc" / "a.txt").write_text(SLIP + OTHER, encoding="utf-8")
    assert _found(capsys, "--new-since", "kq.json") == [("SEQ707", "known"), ("SEQ707", "new")]


def test_there_is_one_earlier_run(folder: Path) -> None:
    main(["check", "bc", "--write-baseline", "moc.json"])
    assert main(["check", "bc", "--baseline", "moc.json"]) == 0
    assert main(["check", "bc", "--baseline", "moc.json", "--new-since", "moc.json"]) == 2


def test_files_that_the_settings_name_are_made_when_they_are_needed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = 'decisions = "qd.toml"\nbaseline = "moc.json"\n'
    (folder / "docparse.toml").write_text(names, encoding="utf-8")
    assert main(["check", "bc"]) == 2
    assert "moc.json" in capsys.readouterr().err
    assert main(["check", "bc", "--write-baseline", "moc.json"]) == 0
    assert main(["check", "bc"]) == 0
    assert main(["suppress", _fingerprint(capsys), "--reason", "x"]) == 0
    assert (folder / "qd.toml").exists()
    assert _found(capsys) == [("SEQ707", "suppressed")]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--write-baseline", "bc/a.txt"),
        ("-o", "bc/a.txt"),
        ("-o", "docparse.toml"),
        ("-o", "docparse-decisions.toml"),
        ("-o", "moc.json", "--baseline", "moc.json"),
    ],
)
def test_what_is_read_is_not_written_over(arguments: tuple[str, ...], folder: Path) -> None:
    main(["check", "bc", "--write-baseline", "moc.json"])
    (folder / "docparse.toml").write_text("", encoding="utf-8")
    (folder / "docparse-decisions.toml").write_text("", encoding="utf-8")
    before = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    assert main(["check", "bc", *arguments]) == 2
    assert before == [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def test_many_workers_say_the_same_as_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(CORPUS, tmp_path / "bc")
    (tmp_path / "bc" / "hong.docx").write_bytes(b"PK\x03\x04 not a document")
    said = []
    for jobs in ("1", "3"):
        arguments = ["check", str(tmp_path / "bc"), "--notes", "--show-passed", "--jobs", jobs]
        assert main([*arguments, "--format", "json"]) == 2
        said.append(capsys.readouterr())
    assert said[0] == said[1]
    assert json.loads(said[0].out)["findings"]
    assert "hong.docx" in said[0].err


def test_progress_is_shown_to_a_person(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "bc" / "b.txt").write_text(OTHER, encoding="utf-8")
    main(["check", "bc"])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    main(["check", "bc"])
    assert capsys.readouterr().err == "\r1/2\r2/2\n"


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_are_for_those_who_want_them(
    variables: dict[str, str],
    coloured: bool,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    main(["check", "bc"])
    assert ("\x1b[" in capsys.readouterr().out) is coloured
