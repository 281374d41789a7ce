"""The sample corpus: what contradicts what, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import docparse
from docparse.checking import CheckResult
from docparse.models import Finding

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = tomllib.loads((CORPUS / "findings.toml").read_text(encoding="utf-8"))["finding"]
FILES = sorted(
    path for path in CORPUS.iterdir() if path.suffix in (".txt", ".md") and path.stem != "README"
)


@pytest.fixture(scope="module")
def result() -> CheckResult:
    return docparse.check(*FILES, notes=True)


def _places(finding: Finding) -> set[tuple[str, int]]:
    return {
        (Path(one.report).name, line)
        for one in finding.evidence
        for line in range(one.span.line, one.span.line_end + 1)
    }


def _wanted(gold: dict[str, object]) -> set[tuple[str, int]]:
    return {(one["report"], one["line"]) for one in gold["evidence"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: f"{gold['code']} {gold['note'][:40]}")
def test_what_a_reader_finds_is_found(gold: dict[str, object], result: CheckResult) -> None:
    near = [
        len(_places(one) & _wanted(gold)) for one in result.findings if one.code == gold["code"]
    ]
    assert max(near, default=0) >= len(_wanted(gold)) / 2


def test_no_error_or_warning_but_the_reader_finds_it_too(result: CheckResult) -> None:
    for one in result.findings:
        if one.severity != "note":
            same = [gold for gold in GOLD if gold["code"] == one.code]
            assert any(_places(one) & _wanted(gold) for gold in same), one


def test_the_order_of_the_files_does_not_matter(result: CheckResult) -> None:
    backwards = docparse.check(*reversed(FILES), notes=True)
    assert backwards.to_dict(show_passed=True) == result.to_dict(show_passed=True)


def test_a_fingerprint_survives_lines_put_in_front(tmp_path: Path) -> None:
    source = (CORPUS / "bao-cao-papi-2022.txt").read_text(encoding="utf-8")
    before, after = tmp_path / "a.txt", tmp_path / "b.txt"
    before.write_text(source, encoding="utf-8")
    after.write_text(source.replace("III. HẠN CHẾ", "Sở họp giao ban.\n\nIII. HẠN CHẾ"), "utf-8")
    names = [{one.fingerprint for one in docparse.check(path).findings} for path in (before, after)]
    assert names[0] == names[1]
