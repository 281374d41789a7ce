"""What a package index shows: the README without links that would lead nowhere there."""

import doctest
import re
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="pip install hatchling")

import hatch_build

ROOT = Path(__file__).parents[1]


def test_the_examples() -> None:
    found = doctest.testmod(hatch_build)
    assert found.attempted
    assert not found.failed


def test_the_readme_keeps_its_words_and_names_files() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    metadata: dict[str, dict[str, str]] = {}
    hatch_build.ReadmeHook(str(ROOT), {}).update(metadata)
    shown = metadata["readme"]["text"]
    assert metadata["readme"]["content-type"] == "text/markdown"
    assert re.findall(r"\]\((?!https?:)", shown) == []
    links = re.findall(r"(?<!!)\[([^\]]+)\]\((?!https?:)([^)#]+)", page)
    assert links
    for words, path in links:
        assert words in shown
        assert f"`{path}`" in shown or f"`{words}`" in shown
    code = re.findall(r"^```.*?^```", page, re.MULTILINE | re.DOTALL)
    assert code == re.findall(r"^```.*?^```", shown, re.MULTILINE | re.DOTALL)
