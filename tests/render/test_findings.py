"""Findings as JSON and text, the pages made of the checks, and the commands."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import docparse
from docparse.cli import main
from docparse.patterns import load
from docparse.render.findings import findings_schema, findings_schema_text
from docparse.render.rules import checks_page

ROOT = Path(__file__).parents[2]
PAIR = [str(ROOT / "corpus" / name) for name in ("bao-cao-papi-2022.txt", "bao-cao-cchc-2022.txt")]


def test_the_committed_pages_are_fresh() -> None:
    schema = ROOT / "docs" / "schema" / "findings-1.schema.json"
    assert schema.read_text(encoding="utf-8") == findings_schema_text()
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert page == checks_page(load().checks.values())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_findings_keep_the_contract(lang: str) -> None:
    said = docparse.check(*PAIR, notes=True).to_dict(lang=lang, show_passed=True)
    jsonschema.Draft202012Validator(findings_schema()).validate(said)
    assert not [one for one in said["findings"] if "{" in one["message"] + one["question"]]
    for one in said["findings"]:
        for each in one["evidence"]:
            source = Path(each["report"]).read_text(encoding="utf-8")
            span = each["span"]
            assert source[span["origin_start"] : span["origin_end"]] == span["quote"]


def test_text_quotes_the_line_with_a_mark_under_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *PAIR, "--select", "FIG101"]) == 1
    lines = capsys.readouterr().out.splitlines()
    at = next(index for index, line in enumerate(lines) if "137 | " in line)
    start = lines[at + 1].index("^")
    assert lines[at][start : start + 5] == "38/45"


def test_exit_codes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    clean = tmp_path / "a.txt"
    clean.write_text("Sở đã họp.", encoding="utf-8")
    assert main(["check", str(clean)]) == 0
    assert main(["check", *PAIR, "--fail-on", "never"]) == 0
    assert main(["check", *PAIR, "--ignore", "FIG,TAB,REP,CIT,REG"]) == 0
    assert main(["check", str(tmp_path / "no-such-file")]) == 2
    assert main(["check", str(clean), "--select", "XYZ"]) == 2
    assert "XYZ" in capsys.readouterr().err


def test_json_lines_and_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check", *PAIR, "--format", "jsonl", "--select", "CIT"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert {json.loads(line)["code"] for line in lines} == {"CIT501", "CIT502", "CIT508"}
    out = tmp_path / "findings.json"
    main(["check", *PAIR, "--format", "json", "-o", str(out), "--lang", "en"])
    assert json.loads(out.read_text(encoding="utf-8"))["schema"] == "docparse.findings/1"


@pytest.mark.parametrize("code", ["CIT501", "two-dates-one-document"])
def test_a_rule_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", code]) == 0
    assert "Một văn bản, hai ngày ban hành" in capsys.readouterr().out


def test_an_unknown_rule_names_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "XYZ999"]) == 2
    assert "CIT…, FIG…" in capsys.readouterr().err
    assert main(["rule", "CIT599"]) == 2
    assert "CIT501, CIT502" in capsys.readouterr().err


def test_without_a_code_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--lang=en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(load().checks)
    assert lines[0].startswith("FIG101  Error")
