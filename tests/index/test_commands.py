import csv
import io
import json
from pathlib import Path

import pytest

from docparse.cli import main
from docparse.cli.index import _EXPORTS, _KINDS, _TABLES
from docparse.index.contradicting import KINDS
from docparse.index.store import DEFAULT_URL
from docparse.indexing.exporting import FORMATS, TABLES

QUESTIONS = (
    ["search", "dong nai"],
    ["cites", "q1.txt"],
    ["cites", "q1.txt", "--shared-with", "q2.txt"],
    ["cited-by", "899 kh sct"],
    ["show", "899 kh sct"],
    ["conflicts"],
    ["missing"],
    ["duplicates"],
    ["failures"],
    ["stats"],
)


@pytest.fixture
def db(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """An index with a file that fails and one that is a copy."""
    (folder / "empty.txt").touch()
    (folder / "copy.txt").write_bytes((folder / "2021/q1.txt").read_bytes())
    path = str(tmp_path / "index.db")
    assert main(["index", "add", str(folder), "--db", path, "--lang=en"]) == 2
    out, err = capsys.readouterr()
    assert out == (
        "5 files: 3 read, 0 read in part, 1 skipped (unchanged or copies), 1 failed,"
        " 0 quarantined.\n"
    )
    assert "empty.txt: the file is empty" in err
    return path


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_question_in_every_format(
    db: str, capsys: pytest.CaptureFixture[str], question: list[str], lang: str
) -> None:
    shared = ["index", *question, "--db", db, "--lang", lang]
    assert main(shared) == 0
    text = capsys.readouterr().out
    assert main([*shared, "--format", "json"]) == 0
    answers = json.loads(capsys.readouterr().out)
    assert main([*shared, "--format", "csv"]) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))
    assert answers
    assert len(rows) > len(answers) if question != ["conflicts"] else len(rows) > 2
    assert text.strip()
    assert "index-" not in text


def test_nothing_found_is_said(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "cited-by", "1/XX-YY", "--db", db, "--lang=en"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Nothing found. Try ")
    assert "docparse index stats" in said


def test_places_are_written_as_file_and_line(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["index", "cited-by", "899/KH-SCT", "--db", db])
    out = capsys.readouterr().out
    assert "q1.txt:9 (45/BC-SCT, 05/04/2021, thực hiện)" in out
    assert "“Kế hoạch số 899/KH-SCT ngày 25/02/2021”" in out


def test_adding_again_and_retrying(
    db: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index", "add", str(folder), "--db", db, "--format=json", "--lang=en"]) == 2
    outcomes = json.loads(capsys.readouterr().out)
    assert {one["state"] for one in outcomes} == {"skipped", "failed"}
    (folder / "empty.txt").write_text("Số: 8/BC-SCT", encoding="utf-8")
    assert main(["index", "add", "--retry", "--db", db, "--lang=en"]) == 0
    assert capsys.readouterr().out.startswith("1 files: 1 read")
    assert main(["index", "failures", "--db", db, "--lang=en"]) == 0


def test_wrong_calls_say_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "none.db")
    for call in (["stats"], ["add"], ["add", "--retry"], ["export", "--format=csv"]):
        assert main(["index", *call, "--db", missing, "--lang=en"]) == 2
        assert capsys.readouterr().err.startswith("docparse: ")
    assert not Path(missing).exists()


@pytest.mark.parametrize("form", _EXPORTS)
def test_every_export_lands_in_its_file(db: str, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    path = tmp_path / "out"
    assert main(["index", "export", "--format", form, "-o", str(path), "--db", db]) == 0
    assert path.stat().st_size > 100


def test_the_command_line_knows_what_the_library_knows() -> None:
    """It repeats these so that --help needs no import."""
    from docparse.cli.index import _DB

    assert (FORMATS, tuple(TABLES), KINDS, DEFAULT_URL) == (_EXPORTS, _TABLES, _KINDS, _DB)


def test_files_that_are_gone_are_named_and_forgotten(
    db: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "2021/q2.txt").unlink()
    assert main(["index", "stats", "--db", db, "--lang=en"]) == 0
    [said] = [line for line in capsys.readouterr().out.splitlines() if "on the disk" in line]
    assert said.split()[-8:-6] == ["1", "(named"]
    assert main(["index", "forget", "--gone", "--dry-run", "--db", db, "--lang=en"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [str(folder / "2021/q2.txt")]
    assert "1 files would be" in err
    assert main(["index", "cited-by", "30/2020/NĐ-CP", "--db", db]) == 0
    assert "q2.txt" in capsys.readouterr().out
    assert main(["index", "forget", "--gone", "--db", db]) == 0
    assert main(["index", "forget", str(folder / "2022/nam.txt"), "--db", db]) == 0
    capsys.readouterr()
    assert main(["index", "cited-by", "30/2020/NĐ-CP", "--db", db]) == 0
    assert "q2.txt" not in capsys.readouterr().out
    assert main(["index", "forget", "--gone", "--db", db]) == 0
    assert capsys.readouterr().out == ""
    assert main(["index", "forget", "zzzz", "--db", db]) == 2
    assert main(["index", "forget", "--db", db]) == 2


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (["search", "zzzz"], "Try"),
        (["show", "zzzz"], "Try"),
        (["search", ""], "at least one word"),
        (["show", " ”“ "], "at least one word"),
        (["cited-by", "%"], "at least one word"),
        (["cites", "bare.txt"], "No citation"),
        (["cites", "bare.txt", "--shared-with", "bare.txt"], "both reports"),
        (["conflicts"], "two ways"),
        (["missing"], "by 2 reports or more"),
        (["missing", "--reports", "1"], "lacks no document that is cited,"),
        (["duplicates"], "No two files"),
        (["failures"], "no failures"),
    ],
    ids=" ".join,
)
def test_each_question_says_what_nothing_means(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], question: list[str], said: str
) -> None:
    (tmp_path / "bare.txt").write_text("Không viện dẫn gì ở đây.\n", encoding="utf-8")
    asked = ["--db", str(tmp_path / "i.db"), "--lang=en"]
    assert main(["index", "add", str(tmp_path / "bare.txt"), *asked]) == 0
    capsys.readouterr()
    assert main(["index", *question, *asked]) == 0
    assert said in capsys.readouterr().out
    for form, empty in (("json", "[]"), ("csv", "")):
        assert main(["index", *question, *asked, "--format", form]) == 0
        assert "".join(capsys.readouterr().out.splitlines()[1:]) in (empty, "]", "")


@pytest.mark.parametrize(
    ("question", "count"), [(["search", "hồ sơ"], 2), (["cited-by", "899"], 3), (["missing"], 3)]
)
def test_what_a_limit_leaves_out_is_said(
    db: str, capsys: pytest.CaptureFixture[str], question: list[str], count: int
) -> None:
    shared = ["index", *question, "--db", db, "--lang=en", "--format"]
    for form in ("text", "json", "csv"):
        assert main([*shared, form, "--limit", str(count)]) == 0
        whole, err = capsys.readouterr()
        assert err == ""
        assert main([*shared, form, "--limit", "1"]) == 0
        out, err = capsys.readouterr()
        assert "there is more: these are the first 1. A larger --limit" in err
        assert "--limit" not in out
        assert len(out) < len(whole)
    assert len(json.loads(_out([*shared, "json", "--limit", "1"], capsys))) == 1


def _out(command: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(command) == 0
    return capsys.readouterr().out


def test_a_search_says_that_it_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(21):
        (tmp_path / f"{number}.txt").write_text(f"Bản {number}: đã thu gom rác thải.\n", "utf-8")
    asked = ["--db", str(tmp_path / "i.db"), "--lang=en"]
    assert main(["index", "add", str(tmp_path), *asked]) == 0
    capsys.readouterr()
    assert main(["index", "search", "rác thải", *asked]) == 0
    out, err = capsys.readouterr()
    assert (out.count("rác thải"), "the first 20" in err) == (20, True)
    (tmp_path / "7.txt").unlink()
    assert main(["index", "forget", "--gone", *asked]) == 0
    capsys.readouterr()
    assert main(["index", "search", "rác thải", *asked]) == 0
    out, err = capsys.readouterr()
    assert (out.count("rác thải"), err) == (20, "")


@pytest.mark.parametrize(
    ("question", "count"),
    [
        (["search", "hồ sơ"], 1),
        (["cited-by", "30/2020/NĐ-CP"], 1),
        (["cites", "q1.txt"], 0),
        (["cites", "q2.txt"], 1),
        (["show", "45/BC-SCT"], 1),
        (["conflicts"], 1),
        (["missing"], 1),
        (["search", "cải cách hành chính nam bộ"], 0),
    ],
)
def test_files_that_are_gone_and_count_are_said(
    db: str, folder: Path, capsys: pytest.CaptureFixture[str], question: list[str], count: int
) -> None:
    """They are in the index until somebody forgets them."""
    whole = _out(["index", *question, "--db", db, "--lang=en"], capsys)
    (folder / "2021/q2.txt").unlink()
    (folder / "empty.txt").unlink()
    assert main(["index", *question, "--db", db, "--lang=en"]) == 0
    out, err = capsys.readouterr()
    assert out == whole
    assert (f"{count} files that count here" in err) == bool(count)
    assert "forget" not in err or count


def test_a_csv_file_opens_in_excel_as_what_it_is(
    db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Excel takes a file without the mark for the old code page of the machine."""
    for command in (
        ["cites", "q1.txt", "--format", "csv"],
        ["export", "--format", "csv"],
        ["export", "--format", "csv", "--table", "files"],
    ):
        shown = _out(["index", *command, "--db", db], capsys)
        assert not shown.startswith("\ufeff")
        path = tmp_path / "out.csv"
        assert main(["index", *command, "--db", db, "-o", str(path)]) == 0
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert path.read_bytes().decode("utf-8-sig") == shown
    assert main(["index", "cites", "q1.txt", "--format=json", "--db", db, "-o", str(path)]) == 0
    assert path.read_bytes().startswith(b"[")


def test_where_nothing_is_to_be_added_no_index_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "nothing/README.md").write_text("Về thư mục này.\n", encoding="utf-8")
    path = tmp_path / "i.db"
    assert main(["index", "add", str(tmp_path / "nothing"), "--db", str(path), "--lang=en"]) == 2
    assert "docparse: " in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["nothing"]


def test_the_same_report_in_another_file_is_said(
    db: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / "2021/q1.txt").read_text(encoding="utf-8")
    (folder / "2021/q1-b.txt").write_text(f"{text}\n2", encoding="utf-8")
    assert main(["index", "add", str(folder), "--db", db]) == 2
    capsys.readouterr()
    out = _out(["index", "cited-by", "899/KH-SCT", "--db", db, "--lang=en"], capsys)
    assert "thực hiện, the same report as" in out
    assert "2 mentions. 1 more in another file of the same report are not counted." in out
