import ast
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import docparse
from docparse.errors import ReadError
from docparse.patterns import load
from docparse.read import find_files
from docparse.render.records import read_report, report_dict
from docparse.render.schema import report_schema

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TEXTS = [
    path
    for path in find_files(ROOT / "corpus", SHARED / "seeds", SHARED / "samples")
    if path.suffix in (".txt", ".md") and path.is_file()
]
VALIDATOR = jsonschema.Draft202012Validator(report_schema())


def _spans(value: Any) -> list[dict[str, Any]]:
    """Every span in a report, however deep."""
    if isinstance(value, dict) and "origin_start" in value:
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return (
        [span for part in inner for span in _spans(part)] if isinstance(value, dict | list) else []
    )


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_report_keeps_the_contract(path: Path) -> None:
    report = docparse.parse(path)
    written = report.to_dict()
    VALIDATOR.validate(written)
    for span in _spans(written):
        assert report.source.text[span["origin_start"] : span["origin_end"]] == span["quote"]
        assert report.source.text.count("\n", 0, span["origin_start"]) + 1 == span["line"]
    for notice in report.to_dict(lang="en")["notices"] + written["notices"]:
        assert "{" not in notice["message"]
    stored = read_report(json.loads(json.dumps(written)))
    again = report_dict(stored.source, stored.outline, stored.records, notices=stored.notices)
    assert again == written


def test_frames_of_a_report() -> None:
    report = docparse.parse(TEXTS[0])
    assert report.frame("sections")["label"].tolist() == [s.label for s in report.sections]


def test_a_folder_goes_on_after_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").write_text("Số: 12/KH-SCT", encoding="utf-8")
    failed, read = docparse.parse_folder(tmp_path)
    assert isinstance(failed, ReadError)
    assert isinstance(read, docparse.Report)


def _codes() -> set[str]:
    """Codes that the package gives to notices and errors."""
    found = set()
    for path in (ROOT / "docparse").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "")
            codes = [word.value for word in node.keywords if word.arg == "code"]
            if name == "Notice" or (name.endswith("Error") and node.args):
                codes += node.args[:1]
                found |= {c.value for c in codes if isinstance(c, ast.Constant)}
    return {code for code in found if isinstance(code, str) and " " not in code}


@pytest.mark.parametrize("code", sorted(_codes()))
def test_every_code_has_a_sentence(code: str) -> None:
    assert code in load().messages
