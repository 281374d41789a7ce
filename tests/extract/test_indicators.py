"""What figures count: the phrase has right ends, and keeps the words that decide."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from docparse import parse
from docparse.extract.figures import find_figures
from docparse.models import Figure, Header, OffsetMap, Outline, Part, Source, Text
from docparse.patterns import load

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases" / "indicators.toml"
JUDGED = ROOT / "tests" / "gold" / "indicators_judged.toml"
ENOUGH = 0.90


def cases() -> list[dict[str, Any]]:
    return list(tomllib.loads(CASES.read_text(encoding="utf-8"))["case"])


def judged() -> list[dict[str, Any]]:
    return list(tomllib.loads(JUDGED.read_text(encoding="utf-8"))["figure"])


def figures(words: str) -> tuple[Figure, ...]:
    source = Source(text=words, path="", sha256="", format="txt")
    text = Text(value=words, source=source, offsets=OffsetMap())
    outline = Outline(parts=(Part(header=Header(), start=0, end=len(words)),))
    return find_figures(text, outline, load(), taken=()).figures


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['quote']} {case['indicator']}")
def test_case(case: dict[str, Any]) -> None:
    found = [f for f in figures(case["sentence"]) if f.span.quote == case["quote"]]
    assert [figure.indicator for figure in found][case.get("nth", 1) - 1] == case["indicator"]


def test_judged_right_on_the_corpus() -> None:
    """Phrases judged by reading; a phrase that nobody has read yet counts as wrong."""
    read = [row for row in judged() if row["source"].startswith("corpus/")]
    right = {
        (row["source"], row["line"], row["quote"], row["nth"], row.get("indicator"))
        for row in read
        if row["right"]
    }
    found = 0
    for source in sorted({row["source"] for row in read}):
        seen: dict[tuple[int, str], int] = {}
        for figure in parse(ROOT / source).figures:
            place = (figure.span.line, figure.span.quote)
            seen[place] = seen.get(place, 0) + 1
            found += (source, *place, seen[place], figure.indicator) in right
    places = {(row["source"], row["line"], row["quote"], row["nth"]) for row in read}
    assert found >= ENOUGH * len(places)
