"""The five real reports: what an auditor read in them, and what the checks say."""

from __future__ import annotations

from pathlib import Path

import pytest

import docparse
from benchmarks.seed_findings import Read, Score, read_judged, read_list, score

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
WANTED = read_list()
RECALL = {"E": 0.95, "W": 0.85}
PRECISION = {"E": 0.95, "W": 0.85}

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports are not here")


@pytest.fixture(scope="module")
def lines() -> dict[str, list[str]]:
    files = sorted(SEEDS.glob("*.txt"))
    return {path.name[:3]: path.read_text(encoding="utf-8").split("\n") for path in files}


@pytest.fixture(scope="module")
def scored() -> Score:
    printed = docparse.check(*sorted(SEEDS.glob("*.txt"))).findings
    return score(printed, WANTED, read_judged())


@pytest.mark.parametrize("one", WANTED, ids=lambda one: f"{one.code} {one.explanation[:40]}")
def test_every_quote_stands_on_its_line(one: Read, lines: dict[str, list[str]]) -> None:
    for (seed, line), text in one.quotes:
        assert text in lines[seed][line - 1]
    assert {seed for (seed, _), _ in one.quotes} == one.seeds


@pytest.mark.parametrize("severity", ["E", "W"])
def test_what_the_auditor_found_is_told(scored: Score, severity: str) -> None:
    told, wanted = scored.recall(severity)
    missed = [f"{one.code}: {one.explanation}" for one in scored.missed if one.severity == severity]
    assert told >= RECALL[severity] * wanted, missed


@pytest.mark.parametrize("severity", ["E", "W"])
def test_what_is_told_is_worth_a_letter(scored: Score, severity: str) -> None:
    true, printed = scored.precision(severity)
    assert true >= PRECISION[severity] * printed, [
        f"{one.code} {one.fingerprint} {one.equation}" for one in scored.false
    ]
