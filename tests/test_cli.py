import io
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from docparse import __version__, batch
from docparse.cli import language, main
from docparse.render.schema import report_schema

ROOT = Path(__file__).parents[1]
REPORT = """\
UBND TỈNH BÌNH LÂM
SỞ CÔNG THƯƠNG

Số: 12/KH-SCT

KẾ HOẠCH
Cải cách hành chính năm 2023

1. Mục đích
Thực hiện Kế hoạch số 15/KH-
UBND ngày 05/01/2023 của UBND tỉnh.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two reports, and every file that cannot be read between them."""
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b-empty.txt").touch()
    (tmp_path / "c-blank.txt").write_bytes(b"\n" * 1_000_000)
    (tmp_path / "d-noise.txt").write_bytes(random.Random(1).randbytes(5000))
    (tmp_path / "e-scan.pdf").write_bytes(b"%PDF-1.4 ...")
    (tmp_path / "f-broken.txt").symlink_to("gone.txt")
    os.mkfifo(tmp_path / "g-pipe.txt")
    (tmp_path / "h.md").write_text(REPORT.replace("12/KH", "13/KH"), encoding="utf-8")
    return tmp_path


def _numbers(reports: list[dict[str, dict[str, str]]]) -> list[str]:
    return [report["header"]["number"] for report in reports]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_cannot_be_read_is_listed_and_the_rest_is_parsed(
    folder: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    code = main(["parse", str(folder), str(folder / "missing.txt"), "--lang=en", "--jobs", jobs])
    out, err = capsys.readouterr()
    assert code == 2
    assert _numbers(json.loads(out)) == ["12/KH-SCT", "13/KH-SCT"]
    counts, *failures = err.splitlines()
    assert counts == "docparse: 7 could not be read, 2 done:"
    for failure, (name, reason) in zip(
        failures,
        [
            ("b-empty.txt", "no bytes at all"),
            ("c-blank.txt", "no words"),
            ("d-noise.txt", "binary data"),
            ("e-scan.pdf", "PDF"),
            ("f-broken.txt", "gone.txt"),
            ("g-pipe.txt", "pipe"),
            ("missing.txt", "no such file"),
        ],
        strict=True,
    ):
        assert name in failure
        assert reason in failure
    assert "Traceback" not in err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_and_folders(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (folder / "closed").mkdir(mode=0)
    (folder / "a.txt").chmod(0)
    assert main(["parse", str(folder), "--lang=en"]) == 2
    out, err = capsys.readouterr()
    assert _numbers(json.loads(out)) == ["13/KH-SCT"]
    assert err.count("no permission") == 2


def test_all_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(folder / "a.txt"), str(folder / "h.md"), "--format=jsonl"]) == 0
    out, err = capsys.readouterr()
    reports = [json.loads(line) for line in out.splitlines()]
    validator = jsonschema.Draft202012Validator(report_schema())
    for report in reports:
        validator.validate(report)
    assert _numbers(reports) == ["12/KH-SCT", "13/KH-SCT"]
    assert err == ""


def test_every_span_quotes_its_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["parse", str(folder / "a.txt")])
    (report,) = json.loads(capsys.readouterr().out)
    spans = [section["span"] for section in report["sections"]]
    spans += report["header"]["spans"].values()
    assert spans
    for span in spans:
        assert REPORT[span["origin_start"] : span["origin_end"]] == span["quote"]
        assert REPORT[: span["origin_start"]].count("\n") + 1 == span["line"]


def test_the_text_view_is_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(folder / "a.txt"), "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert "Số, ký hiệu:" in out
    assert "Thực hiện Kế hoạch số 15/KH-UBND ngày 05/01/2023 của UBND tỉnh." in out


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    assert main(["parse", "-", "--jobs", "3"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["source"]["path"] == "-"


def test_an_output_file_is_whole_or_not_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = folder / "out.json"
    assert main(["parse", str(folder / "a.txt"), "-o", str(target)]) == 0
    assert _numbers(json.loads(target.read_text(encoding="utf-8"))) == ["12/KH-SCT"]
    assert not list(folder.glob(".*.part"))
    assert main(["parse", str(folder / "a.txt"), "-o", str(folder / "no" / "out.json")]) == 2
    assert "-o" in capsys.readouterr().err


def test_progress_is_shown_where_a_person_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    files = [str(folder / "a.txt"), str(folder / "h.md")]
    assert main(["parse", *files, "-o", str(folder / "out.json")]) == 0
    assert capsys.readouterr().err == "\r1/2\r2/2\n"


def test_a_folder_without_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_an_unknown_encoding_and_no_pattern_folder(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["parse", str(folder), "--encoding", "klingon"]) == 2
    assert capsys.readouterr().err.count("klingon") == 1
    assert main(["parse", str(folder / "a.txt"), "--patterns", str(folder / "none")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_one_long_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "thực hiện Kế hoạch số 15/KH-UBND, "
    (tmp_path / "line.txt").write_text(words * 20_000, encoding="utf-8")
    assert main(["parse", str(tmp_path / "line.txt")]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_a_million_blank_lines_around_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = "\n" * 500_000
    (tmp_path / "a.txt").write_text(blank + REPORT + blank, encoding="utf-8")
    assert main(["parse", str(tmp_path / "a.txt")]) == 0
    assert _numbers(json.loads(capsys.readouterr().out)) == ["12/KH-SCT"]


def test_invalid_utf8_is_said_in_the_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(REPORT.encode() + b"\xff\xfe\n")
    assert main(["parse", str(tmp_path / "a.txt")]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert "invalid-bytes" in [notice["code"] for notice in report["notices"]]


def test_explain_repairs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain-repairs", str(folder / "a.txt"), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "line 10: " in out
    assert "15/KH-[⏎]UBND" in out
    assert main(["explain-repairs", str(folder / "b-empty.txt")]) == 2


def test_every_rule_of_repair_has_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        assert main(["explain-repairs", str(path), "--lang=en"]) == 0
        assert "other repair" not in capsys.readouterr().out


def test_patterns_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "check", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "The patterns are sound.\n"
    (tmp_path / "units.toml").write_text("[[unit]]\nid = 'x'\nnaem = 'y'\n", encoding="utf-8")
    assert main(["patterns", "check", str(tmp_path), "--lang", "en"]) == 1
    assert "units.toml:" in capsys.readouterr().out
    assert main(["patterns", "check", str(tmp_path / "none")]) == 2


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"docparse {__version__}\n"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "command",
    [[], ["parse"], ["explain-repairs"], ["patterns"], ["patterns", "check"], ["evaluate"]],
)
def test_help_in_both_languages(
    command: list[str], lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--help", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert out.startswith("cách dùng: " if lang == "vi" else "usage: ")
    assert ("show this help" in out) == (lang == "en")
    assert "positional arguments" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "thiếu tham số COMMAND"),
        (["parse"], "thiếu tham số PATH"),
        (["parse", "a", "--fast"], "không có tham số --fast"),
        (["parse", "a", "--format", "xml"], "--format: không có 'xml'"),
        (["parse", "a", "--jobs", "many"], "giá trị 'many' không hợp lệ"),
        (["parse", "a", "-o"], "cần một giá trị"),
        (["read", "a"], "không có 'read'"),
    ],
)
def test_a_wrong_call(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "lỗi" in err
    assert main([*arguments, "--lang=en"]) == 2
    assert "error" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (["review", "missing.xlsx"], "không có tệp hoặc thư mục đó", "no such file or folder"),
        (["review", "report.xlsx"], "không mở được như một bảng Excel", "cannot be opened as"),
        (
            ["parse", "a.txt", "-o", "missing/a.json"],
            "không có tệp hoặc thư mục đó",
            "no such file",
        ),
        (["parse", "report.xlsx"], "tệp bị hỏng", "damaged"),
        (["check", "a.txt", "--baseline", "a.txt"], "không phải JSON", "not JSON"),
        (["check", "a.txt", "--config", "a.txt"], "sai cú pháp TOML", "not TOML"),
    ],
)
def test_the_system_and_libraries_speak_the_language(
    arguments: list[str],
    vi: str,
    en: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("BÁO CÁO\nSở có 3 phòng.\n", encoding="utf-8")
    Path("report.xlsx").write_bytes(b"PK\x03\x04" + bytes(60))
    for lang, words in (("vi", vi), ("en", en)):
        assert main([*arguments, f"--lang={lang}"]) == 2
        err = capsys.readouterr().err
        assert words in err
        for foreign in ("No such", "EOCD", "Errno", "Expecting", "Expected", "zip"):
            assert foreign not in err


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["chek", "a.txt"], "check"),
        (["index", "serch", "a"], "search"),
        (["check", "a.txt", "--formt", "html"], "--format"),
        (["index", "search", "a", "--limt=3"], "--limit"),
        (["check", "a.txt", "--format", "htm"], "html"),
        (["check", "a.txt", "--qqqqq"], None),
    ],
)
def test_a_mistyped_word_of_a_call(
    arguments: list[str], meant: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang, question in (("vi", "Có phải ý bạn là “{}”?"), ("en", "Did you mean “{}”?")):
        assert main([*arguments, f"--lang={lang}"]) == 2
        err = capsys.readouterr().err
        if meant is None:
            assert question.partition("“")[0] not in err
        else:
            assert question.format(meant) in err


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi_VN", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LANG": "de_DE"}, "vi"),
    ],
)
def test_the_language_by_locale(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language([]) == expected
    assert language(["parse", "--lang", "en"]) == "en"
    assert language(["--lang=vi"]) == "vi"
    assert language(["--lang", "fr"]) == expected


def _docparse(*arguments: str, **settings: object) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C"}
    return subprocess.Popen(
        [sys.executable, "-m", "docparse.cli", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **settings,
    )  # type: ignore[call-overload,no-any-return]  # fmt: skip


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    with _docparse("parse", str(folder / "a.txt"), "--format=text") as run:
        out, err = run.communicate()
    assert run.returncode == 0, err
    assert "KẾ HOẠCH" in out.decode()


def test_a_reader_that_has_seen_enough(folder: Path) -> None:
    (folder / "a.txt").write_text(REPORT * 300, encoding="utf-8")
    with _docparse("parse", *[str(folder / "a.txt"), str(folder / "h.md")] * 2) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(2)
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


def test_a_stop_on_request_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(batch, "parse", stop)
    target = folder / "out.json"
    assert main(["parse", str(folder / "a.txt"), "-o", str(target)]) == 130
    assert capsys.readouterr().err == "docparse: Đã dừng theo yêu cầu.\n"
    assert not target.exists()
    assert not list(folder.glob(".*.part"))


def _imported(code: str) -> set[str]:
    command = [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return set(done.stdout.split())


def test_importing_loads_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "spacy", "underthesea", "pdfplumber", "rapidfuzz"}
    assert not _imported("import docparse; docparse.parse; docparse.Report") & heavy
    started = _imported("import docparse.cli")
    assert {name for name in started if name.startswith("docparse")} == {
        "docparse", "docparse.cli", "docparse.cli.arguments", "docparse.cli.check",
        "docparse.cli.decide",
        "docparse.cli.evaluate", "docparse.cli.files", "docparse.cli.index", "docparse.cli.parse",
        "docparse.cli.patterns", "docparse.cli.words",
    }  # fmt: skip
    assert not started & {"pathlib", "dataclasses", "json", "tomllib"}


def test_a_source_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Theo Kế hoạch số 12/KH-SCT ngày 1/2/2023.", encoding="utf-8")
    before = source.read_bytes()
    for command in ("parse", "check", "decode"):
        assert main([command, str(source), "-o", str(source)]) == 2
        assert "a.txt" in capsys.readouterr().err
    assert source.read_bytes() == before


def test_an_earlier_result_is_not_a_report(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Theo Kế hoạch số 12/KH-SCT.", encoding="utf-8")
    out = tmp_path / "out.txt"
    assert main(["parse", str(tmp_path), "-o", str(out)]) == 0
    first = out.read_bytes()
    assert main(["parse", str(tmp_path), "-o", str(out)]) == 0
    assert out.read_bytes() == first


def test_an_empty_path_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", ""]) == 2
    assert "trống" in capsys.readouterr().err


def test_check_ends_with_2_where_a_file_could_not_be_read(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Kế hoạch số 12/KH-SCT ngày 31/11/2023.", encoding="utf-8")
    assert main(["check", str(source)]) == 1
    assert main(["check", str(source), str(tmp_path / "none.txt")]) == 2


def test_jobs_are_one_or_more() -> None:
    assert main(["parse", ".", "--jobs", "0"]) == 2


def test_a_password_opens_a_locked_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    locked = tmp_path / "khoa.pdf"
    page = canvas.Canvas(str(locked), encrypt="mo-ra")
    page.drawString(72, 700, "Ke hoach so 12/KH-SCT ngay 05/01/2023")
    page.save()
    assert main(["parse", str(locked), "--lang=en"]) == 2
    assert "--password" in capsys.readouterr().err
    assert main(["parse", str(locked), "--password", "sai", "--lang=en"]) == 2
    assert "password is wrong" in capsys.readouterr().err
    for command in ("parse", "decode", "check"):
        assert main([command, str(locked), "--password", "mo-ra"]) == 0
    for jobs in ("1", "2"):
        code = main(["parse", str(locked), "--format=text", "--password=mo-ra", "--jobs", jobs])
        assert code == 0
        assert "12/KH-SCT" in capsys.readouterr().out


def test_limits_hold_for_one_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<html>{REPORT * 100}</html>", encoding="utf-8")
    assert main(["parse", str(page)]) == 0
    capsys.readouterr()
    for jobs in ("1", "2"):
        assert main(["parse", str(page), "--limits", "output=2000", "--jobs", jobs]) == 2
        assert "a.html" in capsys.readouterr().err
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    drawn = canvas.Canvas(str(tmp_path / "b.pdf"))
    for number in (1, 2, 3):
        drawn.drawString(72, 700, f"Trang {number}: 1{number}/KH-SCT")
        drawn.showPage()
    drawn.save()
    assert main(["parse", str(tmp_path / "b.pdf"), "--limits", "pages=2", "--format=text"]) == 0
    out = capsys.readouterr().out
    assert "12/KH-SCT" in out
    assert "13/KH-SCT" not in out
    assert main(["parse", str(page), "--limits", "second=1"]) == 2
    assert "seconds_per_megabyte" in capsys.readouterr().err
