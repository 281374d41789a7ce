"""What docparse wrote itself is refused as a report, and a report that looks like it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

import docparse
from docparse.cli import main
from docparse.errors import FormatError

REPORT = "Số: 12/BC-UBND\nBÁO CÁO\nCăn cứ Nghị định số 99/2015/NĐ-CP ngày 20/10/2015.\n"


@pytest.mark.parametrize(
    "command",
    [
        ["parse", "--format", "json"],
        ["parse", "--format", "jsonl"],
        ["parse", "--format", "text"],
        ["check", "--fail-on=never", "--format", "text"],
        ["check", "--fail-on=never", "--format", "json"],
        ["check", "--fail-on=never", "--format", "jsonl"],
        ["check", "--fail-on=never", "--format", "html"],
        ["check", "--fail-on=never", "--format", "xlsx"],
    ],
    ids=" ".join,
)
def test_a_result_is_not_read_as_a_report(command: list[str], tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(REPORT, "utf-8")
    result = tmp_path / f"result.{command[-1]}"
    assert main([*command, str(report), "-o", str(result)]) == 0
    with pytest.raises(FormatError) as caught:
        docparse.parse(result)
    assert caught.value.code == "own-output"


def test_a_text_that_speaks_of_docparse_is_read() -> None:
    text = REPORT + '{"schema": "docparse.report/1"} <meta name="generator" content="docparse">\n'
    assert docparse.parse(text.encode()).citations
