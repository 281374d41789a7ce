"""Two runs at once: the second waits, says for whom, and parses nothing again."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from docparse.errors import UsageError
from docparse.indexing.collection import Index
from docparse.read.cage import Cage

Make = Callable[[], Index]
ROOT = Path(__file__).parents[2]
_HOLD = """
import sys, time
from docparse.indexing import adding
from docparse.indexing.collection import Index
adding._TOGETHER = 1
for outcome in Index(sys.argv[1]).adding(sys.argv[2]):
    print(outcome.state, flush=True)
    time.sleep(600)
"""


def test_the_second_run_waits_and_parses_nothing_again(
    make_index: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[str] = Counter()
    real = Cage.run

    def run(cage: Cage, *arguments: object, path: str, **more: object) -> object:
        calls[Path(path).name] += 1
        return real(cage, *arguments, path=path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Cage, "run", run)
    waited, found = threading.Event(), []
    other = make_index()

    def second() -> None:
        found.extend(other.adding(folder, waits=lambda who: (heard.append(who), waited.set())))

    heard: list[str] = []
    thread = threading.Thread(target=second)
    for number, outcome in enumerate(make_index().adding(folder)):
        assert outcome.state == "ok"
        if number == 0:
            thread.start()
            assert waited.wait(60)
    thread.join(60)
    assert [one.reason for one in found] == ["index-unchanged"] * 3
    assert calls == {"q1.txt": 1, "q2.txt": 1, "nam.txt": 1}
    assert len(heard) == 1
    assert str(os.getpid()) in heard[0]


def test_a_run_that_was_killed_is_not_waited_for(make_index: Make, url: str, folder: Path) -> None:
    make_index()
    command = [sys.executable, "-c", _HOLD, url, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    process.stdout.readline()
    heard: list[str] = []

    def kill(who: str) -> None:
        heard.append(who)
        os.kill(process.pid, signal.SIGKILL)

    found = list(make_index().adding(folder, waits=kill))
    process.wait()
    process.stdout.close()
    assert len(heard) == 1
    assert str(process.pid) in heard[0]
    assert Counter(one.state for one in found) == {"skipped": 1, "ok": 2}


def test_a_run_inside_a_run_is_refused(index: Index, folder: Path) -> None:
    first = iter(index.adding(folder))
    next(first)
    with pytest.raises(UsageError):
        list(index.adding(folder))
    assert len(list(first)) == 2
    assert len(list(index.adding(folder))) == 3
