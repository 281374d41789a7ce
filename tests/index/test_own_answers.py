"""What the index answered, saved into the folder of the reports, is not read as a report."""

from pathlib import Path

import pytest

import docparse
from docparse.cli import main
from docparse.errors import FormatError
from tests.index.reports import HEAD
from tests.index.test_commands import QUESTIONS

LINES = [
    ["search", "120 hồ sơ"],
    ["search", "giai quyet hoo so"],
    ["cites", "nam.txt"],
    ["cited-by", "30"],
    ["conflicts", "--kind", "titles"],
]
# A line a file, in words only: nothing is sure about it.
PLAIN = (["duplicates"], ["failures"])
TABLES = ("reports", "citations", "documents", "figures", "files")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index with a file that fails, a copy, and a number that nobody knows."""
    from tests.index.reports import write_reports

    folder = write_reports(tmp_path_factory.mktemp("own"))
    (folder / "empty.txt").touch()
    (folder / "copy.txt").write_bytes((folder / "2021/q1.txt").read_bytes())
    path = str(folder / "index.db")
    assert main(["index", "add", str(folder), "--db", path]) == 2
    return path


def _refused(path: Path) -> bool:
    with pytest.raises(FormatError) as caught:
        docparse.parse(path)
    return caught.value.code == "own-output"


@pytest.mark.parametrize("question", [*QUESTIONS, *LINES], ids=" ".join)
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_an_answer_is_no_report(
    db: str, tmp_path: Path, question: list[str], lang: str, form: str
) -> None:
    if form == "text" and question in PLAIN:
        pytest.skip("a line a file, in words only")
    path = tmp_path / "saved.txt"
    shared = ["--db", db, "--lang", lang, "--format", form, "-o", str(path)]
    assert main(["index", *question, *shared]) == 0
    assert _refused(path)


@pytest.mark.parametrize("table", TABLES)
def test_an_exported_table_is_no_report(db: str, tmp_path: Path, table: str) -> None:
    path = tmp_path / "saved.txt"
    export = ["index", "export", "--db", db, "-o", str(path), "--format"]
    assert main([*export, "csv", "--table", table]) == 0
    assert _refused(path)


@pytest.mark.parametrize("form", ["jsonl", "xlsx"])
def test_an_exported_whole_is_no_report(db: str, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"saved.{form}"
    assert main(["index", "export", "--db", db, "-o", str(path), "--format", form]) == 0
    assert _refused(path)


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số hồ sơ  120\n  Đúng hạn  100\n  Trễ hạn  20\n",
        "Kính gửi: Sở Công Thương\n  1. Về việc báo cáo\n",
        "Gửi lúc 10:30\n    Thưa các đồng chí\n",
        "Số: 12/BC-SCT@2023\n  Báo cáo\n",
        "email: phong@soct.gov.vn\n  Điện thoại: 1900\n",
        "name,value\n1,2\n",
        "key,value\n1,2\n",
        '[{"name": "Sở Công Thương", "value": 12}]\n',
        HEAD.format(number="7/BC-SCT", day="1", month="2", year="2021", title="Kết quả"),
    ],
)
def test_a_report_that_looks_a_little_like_it_is_read(text: str) -> None:
    assert docparse.parse(text.encode(), path="a.txt").text
