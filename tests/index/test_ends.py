"""Runs that end badly: files that kill their readers, and a run that is killed itself."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from docparse.indexing import cluster
from docparse.indexing.collection import Index
from docparse.read.limits import Limits
from tests.index import deadly
from tests.index.contents import content
from tests.index.reports import REPORTS

Make = Callable[[], Index]
ROOT = Path(__file__).parents[2]
_ADD = """
import sys
from docparse.indexing.collection import Index
print("begun", flush=True)
for outcome in Index(sys.argv[1]).adding(sys.argv[2], jobs=2):
    if outcome.state != "skipped":
        print(outcome.state, flush=True)
"""


def _many(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"{REPORTS['2021/q1.txt']}\nTheo Kế hoạch số {number + 1}/KH-SCT ngày 01/02/2021.\n"
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.caged
def test_exactly_the_files_that_kill_their_readers_fail(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _many(tmp_path / "many", 12)
    for way in deadly.WAYS:
        (folder / f"{way}-1.txt").write_text(way, encoding="utf-8")
    monkeypatch.setattr(cluster, "read_file", deadly.read_file)
    monkeypatch.setattr("docparse.batch._SECONDS", 3.0)
    monkeypatch.setattr("docparse.batch._MEMORY", 600_000_000)
    limits = Limits(seconds=3.0, memory=600_000_000, total_seconds=3.0)
    outcomes = list(index.adding(folder, jobs=2, limits=limits))
    assert Counter(one.state for one in outcomes) == {"ok": 12, "quarantined": 4}
    reasons = {Path(one.path).name: one.reason for one in outcomes if one.failed}
    assert reasons == {
        "crash-1.txt": "reader-died",
        "hang-1.txt": "took-too-long",
        "spin-1.txt": "took-too-long",
        "explode-1.txt": "out-of-memory",
    }


@pytest.mark.caged
def test_what_is_done_is_safe_while_a_long_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last file is read only when the others are in the database."""
    folder = _many(tmp_path / "many", 3)
    (folder / "last.txt").write_text(REPORTS["2021/q1.txt"], encoding="utf-8")
    monkeypatch.setattr(cluster, "read_file", deadly.read_last)
    with Index(tmp_path / "a.db") as index:
        outcomes = list(index.adding(folder, jobs=2))
    assert [(Path(one.path).name, one.state) for one in outcomes] == [
        ("000.txt", "ok"), ("001.txt", "ok"), ("002.txt", "ok"), ("last.txt", "ok")
    ]  # fmt: skip


def test_killed_at_random_moments_it_ends_with_the_same_content(
    make_index: Make, url: str, tmp_path: Path
) -> None:
    folder, random = _many(tmp_path / "many", 300), Random(7)
    make_index()
    noted = []
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", _ADD, url, str(folder)], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert process.stdout is not None
        for _ in range(1 + random.randrange(1, 7)):
            process.stdout.readline()
        time.sleep(random.uniform(0.0, 0.02))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        noted.append(len(content(make_index())["files"]))
    assert 0 < noted[0] < 300, "the first was not killed in the middle"
    resumed = make_index()
    assert {one.state for one in resumed.adding(folder)} <= {"ok", "skipped"}
    with Index(tmp_path / "undisturbed.db") as undisturbed:
        undisturbed.add(folder)
        expected, found = content(undisturbed), content(resumed)
    names = [Path(str(row[0])).name for row in found["files"]]
    assert names == [Path(str(row[0])).name for row in expected.pop("files")]
    del found["files"]
    assert found == expected
