"""Every case of every rule: what is marked must be found, what is not marked must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from docparse.check import Subject, run
from docparse.check.runner import find_rules
from docparse.patterns import Patterns, load
from docparse.pipeline import parse
from tests.check.cases import Case, read_cases

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "docparse" / "check" / "rules"
FILES = sorted(HERE.glob("*.md"))
FIRING, SILENT = 2, 3
FRAGMENTARY = ("MIS801", "MIS802", "MIS804", "MIS809")
CODES = {check.slug: check.code for check in load().checks.values()}


def subject(text: str, name: str) -> Subject:
    report = parse(text.encode(), path=name)
    return Subject(path=name, text=report.text, outline=report.outline, records=report.records)


def patterns(case: Case, folder: Path) -> Patterns:
    """The shipped patterns, with the list of documents of the case laid over them."""
    if case.registry is None:
        return load()
    (folder / "registry.csv").write_text(case.registry, encoding="utf-8")
    return load(folder)


def found(case: Case, code: str, folder: Path) -> dict[tuple[str, int, int, int], str]:
    subjects = [subject(text, f"{index}.txt") for index, text in enumerate(case.reports)]
    checked = run(subjects, codes={code, *case.codes}, patterns=patterns(case, folder))
    return {
        (one.code, int(each.report.removesuffix(".txt")), *_place(each.span)): each.span.quote
        for one in checked.findings
        for each in one.evidence
    }


def _place(span: object) -> tuple[int, int]:
    return span.origin_start, span.origin_end  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("slug", "case"),
    [
        pytest.param(path.stem, case, id=f"{path.stem}: {case.name}")
        for path in FILES
        for case in read_cases(path)
    ],
)
def test_case(slug: str, case: Case, tmp_path: Path) -> None:
    said = found(case, CODES[slug], tmp_path)
    wanted = {
        (code, index, start, end): case.reports[index][start:end]
        for code, index, start, end in case.marks
    }
    assert said == wanted


@pytest.mark.parametrize("slug", sorted(CODES))
def test_three_files(slug: str) -> None:
    module = RULES / f"{slug.replace('-', '_')}.py"
    cases = read_cases(HERE / f"{slug}.md") if (HERE / f"{slug}.md").is_file() else []
    assert module.is_file()
    assert sum(CODES[slug] in case.codes for case in cases) >= FIRING
    assert sum(not case.fires for case in cases) >= SILENT


SILENT_CASES = [
    pytest.param(case, id=f"{path.stem}: {case.name}")
    for path in (*FILES, HERE / "lookalikes" / "silent.md")
    for case in read_cases(path)
    if not case.fires
]


@pytest.mark.parametrize("case", SILENT_CASES)
def test_what_is_silent_is_silent_for_every_rule(case: Case, tmp_path: Path) -> None:
    """The cases of one rule are look-alikes for all others; most lack a letterhead and annexes."""
    subjects = [subject(text, f"{index}.txt") for index, text in enumerate(case.reports)]
    checked = run(subjects, patterns=patterns(case, tmp_path))
    said = [one for one in checked.findings if one.severity != "note"]
    assert [one for one in said if one.code not in FRAGMENTARY] == []


def test_every_rule_has_its_words() -> None:
    names = {path.stem for path in RULES.glob("*.py")} - {"__init__"}
    assert names == {slug.replace("-", "_") for slug in CODES}
    assert len({rule.code for rule in find_rules()}) == len(names)


@pytest.mark.parametrize("slug", sorted(CODES))
def test_a_rule_runs_on_something(slug: str) -> None:
    rule = next(rule for rule in find_rules() if rule.slug == slug)
    assert rule.of_report or rule.of_reports
