"""The same findings, byte for byte, in whatever order and however the reports were read."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import docparse
from docparse.report import Report

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = sorted(
    path for path in CORPUS.iterdir() if path.suffix in (".txt", ".md") and path.stem != "README"
)

_OPTIONS = ("--format", "json", "--fail-on", "never")


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [docparse.parse(path) for path in FILES]


def _bytes(reports: list[Report]) -> bytes:
    said = docparse.check(*reports, notes=True).to_dict(show_passed=True)
    return json.dumps(said, ensure_ascii=False).encode()


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_reports_changes_nothing(seed: int, reports: list[Report]) -> None:
    shuffled = random.Random(seed).sample(reports, len(reports))
    assert _bytes(shuffled) == _bytes(reports)


def _printed(*options: str, seed: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "docparse.cli", "check", *map(str, FILES), *_OPTIONS, *options],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_neither_the_hashes_of_python_nor_the_workers_change_anything() -> None:
    first = _printed(seed="0")
    assert json.loads(first)["findings"]
    assert _printed(seed="1") == first
    assert _printed("--jobs", "2", seed="2") == first
