"""The sample corpus: what contradicts what, and nothing else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest

import docparse
from docparse.checking import CheckResult
from docparse.models import Finding
from docparse.patterns import load
from docparse.patterns.checks import Check
from tests.check.cases import read_cases

CORPUS = Path(__file__).parents[2] / "corpus"
GOLD = tomllib.loads((CORPUS / "findings.toml").read_text(encoding="utf-8"))["finding"]
FOLDERS = (CORPUS, CORPUS / "slips")
FILES = sorted(
    path
    for folder in FOLDERS
    for path in folder.iterdir()
    if path.suffix in (".txt", ".md") and path.stem != "README"
)
PATTERNS = load(CORPUS / "registry")
CASES = Path(__file__).parent
FIRINGS, LOOKALIKES = 2, 3


@pytest.fixture(scope="module")
def result() -> CheckResult:
    return docparse.check(*FILES, notes=True, patterns=PATTERNS)


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


@pytest.mark.parametrize(
    "check",
    [check for check in load().checks.values() if check.severity != "note"],
    ids=lambda check: check.code,
)
def test_an_error_or_warning_is_tried_both_ways(check: Check) -> None:
    """Each fires in the corpus and has look-alikes, in which its own code must stay silent."""
    assert sum(gold["code"] == check.code for gold in GOLD) >= FIRINGS
    silent = [case for case in read_cases(CASES / f"{check.slug}.md") if not case.fires]
    assert len(silent) >= LOOKALIKES


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_sentence_is_whole(lang: str, result: CheckResult) -> None:
    """No placeholder and no name of a word is left in what a person reads."""
    for one in result.to_dict(lang=lang)["findings"]:
        for name in ("message", "question", "equation", "suggestion"):
            assert not set("{}⟨⟩") & set(one[name] or ""), one


def test_english_sentences_quote_only_what_the_reports_say(result: CheckResult) -> None:
    said = {word for path in FILES for word in _words(path.read_text(encoding="utf-8"))}
    said |= {word for row in PATTERNS.types for word in _words(row.name)}
    for one in result.to_dict(lang="en")["findings"]:
        marked = {
            word for name in ("message", "question", "equation") for word in _words(one[name])
        }
        assert marked <= said, one


def _words(text: str | None) -> set[str]:
    """The words with Vietnamese letters."""
    words = re.findall(r"[^\W\d_]+", normalize("NFC", text or "").lower())
    return {word for word in words if not word.isascii()}


def test_the_order_of_the_files_does_not_matter(result: CheckResult) -> None:
    backwards = docparse.check(*reversed(FILES), notes=True, patterns=PATTERNS)
    assert backwards.to_dict(show_passed=True) == result.to_dict(show_passed=True)


def test_a_fingerprint_survives_lines_put_in_front(tmp_path: Path) -> None:
    source = (CORPUS / "bao-cao-papi-2022.txt").read_text(encoding="utf-8")
    before, after = tmp_path / "a.txt", tmp_path / "b.txt"
    before.write_text(source, encoding="utf-8")
    after.write_text(source.replace("III. HẠN CHẾ", "Sở họp giao ban.\n\nIII. HẠN CHẾ"), "utf-8")
    names = [{one.fingerprint for one in docparse.check(path).findings} for path in (before, after)]
    assert names[0] == names[1]
