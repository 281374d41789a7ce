"""Every case of every rule: what is marked must be found, what is not marked must not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from docparse.check import Subject, run
from docparse.check.runner import find_rules
from docparse.patterns import load
from docparse.pipeline import parse
from tests.check.cases import Case, read_cases

HERE = Path(__file__).parent
RULES = HERE.parents[1] / "docparse" / "check" / "rules"
FILES = sorted(HERE.glob("*.md"))
FIRING, SILENT = 2, 3
CODES = {check.slug: check.code for check in load().checks.values()}


def subject(text: str, name: str) -> Subject:
    report = parse(text.encode(), path=name)
    return Subject(path=name, text=report.text, outline=report.outline, records=report.records)


def found(case: Case, code: str) -> dict[tuple[str, int, int, int], str]:
    subjects = [subject(text, f"{index}.txt") for index, text in enumerate(case.reports)]
    checked = run(subjects, codes={code, *case.codes})
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
def test_case(slug: str, case: Case) -> None:
    said = found(case, CODES[slug])
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
    assert sum(case.fires for case in cases) >= FIRING
    assert sum(not case.fires for case in cases) >= SILENT


def test_every_rule_has_its_words() -> None:
    names = {path.stem for path in RULES.glob("*.py")} - {"__init__"}
    assert names == {slug.replace("-", "_") for slug in CODES}
    assert len({rule.code for rule in find_rules()}) == len(names)


@pytest.mark.parametrize("slug", sorted(CODES))
def test_a_rule_has_one_signature(slug: str) -> None:
    rule = next(rule for rule in find_rules() if rule.slug == slug)
    assert (rule.of_report is None) is not (rule.of_reports is None)
