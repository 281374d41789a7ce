"""Adding to the index when things go wrong: ``python benchmarks/index.py --kill 20`` and others.

A run that is killed must go on where it was, two runs must leave what one leaves, files that kill
their readers must be the only ones that fail and cost the others nothing, and a cluster must end
with what one machine ends with, also when it loses a worker.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from made_collections import make_collection

from docparse import batch
from docparse.indexing.collection import Index
from docparse.read.limits import Limits
from tests.index import deadly
from tests.index.contents import content

ROOT = Path(__file__).resolve().parents[1]
_PATHS = (str(ROOT), str(ROOT / "benchmarks"))
_QUIET = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}  # as docs/cluster.md has it
_RUN = """
import json, sys
given = json.loads(sys.argv[1])
sys.path[:0] = given.pop("paths")
from index_ends import add_here
add_here(**given)
"""
_SHARE = 20  # one file in so many kills its reader
_SECONDS, _MEMORY = 1.0, 600_000_000  # that a file may take in the comparison with hostile files
_ROUNDS = 2  # of each side of a comparison, in turn: a machine is not equally busy all the time


def measure(asked: argparse.Namespace, folder: Path) -> None:
    """What was asked for."""
    make_collection(folder / "reports", asked.reports)
    if asked.kill:
        kill(folder, asked.kill, asked.url or str(folder / "killed.db"))
    if asked.twice:
        add_twice(folder, asked.url or str(folder / "twice.db"))
    if asked.hostile:
        hostile(folder, asked.reports, asked.jobs, in_cluster=asked.cluster)
    elif asked.cluster:
        compare_cluster(folder, asked.reports)


def kill(folder: Path, times: int, url: str) -> None:
    """So many runs killed at random moments, each begun where the one before ended."""
    expected, count, first = _undisturbed(folder)
    random, noted = Random(1), 0
    Index(url).close()
    for _ in range(times):
        process = run(url, folder / "reports", 2)
        assert process.stdout is not None
        lines = random.randrange(int(1.2 * count / times))
        for _ in range(lines + 1):
            process.stdout.readline()
        sleep(random.uniform(0.0, first if lines == 0 else 0.1))
        hit = process.poll() is None
        process.kill()
        process.communicate()
        with Index(url) as index:
            noted = next(one.value for one in index.find_stats() if one.name == "files")
        print(f"{'killed' if hit else 'already done'} with {noted} files noted", flush=True)
    with Index(url) as index:
        states = Counter(one.state for one in index.adding(folder / "reports", jobs=2))
        _compare(f"after {times} kills: {dict(states)}", expected, content(index))


def add_twice(folder: Path, url: str) -> None:
    """Two runs at once over the same folder."""
    expected, _, _ = _undisturbed(folder)
    Index(url).close()
    runs = [run(url, folder / "reports", 2) for _ in range(2)]
    said = [each.communicate()[0].strip().rpartition("\n")[2] for each in runs]
    ends = [each.returncode for each in runs]
    with Index(url) as index:
        _compare(f"two at once ended with {ends}: {' and '.join(said)}", expected, content(index))


def hostile(folder: Path, count: int, jobs: int, *, in_cluster: bool = False) -> None:
    """The same good files without and with one in twenty that kills its reader, by turns."""
    bad, made = folder / "with", Counter[str]()
    for path in (folder / "reports").rglob("*.txt"):
        place = bad / path.relative_to(folder / "reports")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.hardlink_to(path)
    for number in range(count // _SHARE):
        way = deadly.WAYS[number % len(deadly.WAYS)]
        made[way] += 1
        below = bad / f"{number * _SHARE // 100:04}"
        (below / f"{way}-{number}.txt").write_text(way, encoding="utf-8")
    seconds, worked = [0.0, 0.0], [0.0, 0.0]
    with ExitStack() as stack:
        where = stack.enter_context(workers(folder, 2)) if in_cluster else None
        if where is not None:
            _on_workers(where, make_deadly)
        for turn in range(2 * _ROUNDS):
            side = turn in (1, 2)
            before = _processor_time()
            database = folder / f"hostile-{turn}.db"
            took, memory, said = _seconds(
                database, bad if side else folder / "reports", jobs, where
            )
            seconds[side] += took
            worked[side] += (spent := _processor_time() - before)
            print(
                f"{'with' if side else 'without'} hostile files: {took:.1f} s by the clock, "
                f"{spent:.1f} s of processors, the parent at most {memory:.0f} MB; {said}",
                flush=True,
            )
    spun = _ROUNDS * made["spin"] * _SECONDS
    print(
        f"{seconds[1] / seconds[0]:.2f} times as long by the clock, {worked[1] / worked[0]:.2f} "
        f"times the time of processors; {(worked[1] - spun) / worked[0]:.2f} times without what "
        f"files in an endless loop may work, {_SECONDS:g} s each"
    )


def compare_cluster(folder: Path, count: int) -> None:
    """Two workers of a cluster on this machine beside two jobs, then one of them killed."""
    expected, _, _ = _undisturbed(folder)
    seconds = {"two jobs": 0.0, "a cluster of two": 0.0}
    processor = dict(seconds)
    with workers(folder, 2) as address:
        for number in range(_ROUNDS):
            for name, where in (("two jobs", None), ("a cluster of two", address)):
                database = folder / f"{number}{where is None}.db"
                before = _processor_time()
                took, memory, said = _seconds(database, folder / "reports", 2, where)
                processor[name] += _processor_time() - before
                seconds[name] += took
                print(f"{name}: {count / took:.1f}/s, the parent {memory:.0f} MB; {said}")
                with Index(database) as index:
                    _compare(name, expected, content(index))
        for kind, (one, other) in (
            ("the clock", seconds.values()), ("processor time", processor.values())
        ):  # fmt: skip
            print(f"by {kind} the cluster has {one / other:.0%} of the speed of two jobs")
        process = run(str(folder / "lost.db"), folder / "reports", 2, address)
        assert process.stdout is not None
        for _ in range(Random(1).randrange(count // 4, count // 2)):
            process.stdout.readline()
        killed = min(_on_workers(address, os.getpid).values())
        os.kill(killed, signal.SIGKILL)
        said = process.communicate()[0].strip().rpartition("\n")[2]
        with Index(folder / "lost.db") as index:
            _compare(f"with one worker killed: {said}", expected, content(index))


@contextmanager
def workers(folder: Path, count: int) -> Iterator[str]:
    """A scheduler and workers as processes of their own, in a working folder of their own."""
    here = folder / "workers"
    here.mkdir(exist_ok=True)
    file = here / "scheduler.json"
    paths = os.pathsep.join([*_PATHS, os.environ.get("PYTHONPATH", "")])
    logs = (here / "log").open("wb")
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", "0")
    worker = ("worker", "--nworkers", str(count), "--nthreads", "1")
    begun = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *each, "--scheduler-file", str(file), "--no-dashboard"],
            cwd=here,
            env={**os.environ, **_QUIET, "PYTHONPATH": paths},
            stderr=logs,
        )
        for each in (scheduler, worker)
    ]
    try:
        while not file.exists():
            sleep(0.1)
        address = json.loads(file.read_text("utf-8"))["address"]
        _on_workers(address, os.getpid, count)
        yield address
    finally:
        for process in reversed(begun):
            process.terminate()
            process.wait()
        logs.close()


def _on_workers(address: str, what: Any, count: int = 1) -> dict[str, Any]:
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count)
        done: dict[str, Any] = client.run(what)
        return done


def _processor_time() -> float:
    """Seconds of all that this process has waited for, and of the cluster with its cages."""
    import psutil

    waited = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = waited.ru_utime + waited.ru_stime
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:4])
    return total


def _undisturbed(folder: Path) -> tuple[dict[str, Any], int, float]:
    """What an undisturbed run holds, how many files it had, and when the first was done."""
    with Index(folder / "whole.db") as index:
        began, count, first = perf_counter(), 0, 0.0
        for _ in index.adding(folder / "reports", jobs=2):
            first, count = first or perf_counter() - began, count + 1
        return content(index), count, first


def _compare(name: str, expected: dict[str, Any], found: dict[str, Any]) -> None:
    """Say that two contents are the same, wherever the database lies; end where they are not."""
    for each in (expected, found):
        each["files"] = sorted((Path(str(row[0])).name, *row[1:]) for row in each["files"])
    same = [table for table in expected if expected[table] == found[table]]
    print(f"{name}; the same as undisturbed: {', '.join(same)}", flush=True)
    if len(same) < len(expected):
        raise SystemExit(f"not the same: {', '.join(expected.keys() - set(same))}")


def _seconds(
    database: Path, reports: Path, jobs: int, cluster: str | None = None
) -> tuple[float, float, str]:
    """How long a run takes in a process of its own, its memory, and the states it ends with."""
    began = perf_counter()
    said, _ = run(str(database), reports, jobs, cluster).communicate()
    seconds = perf_counter() - began
    memory, _, states = said.strip().rpartition("\n")[2].partition(" ")
    return seconds, float(memory), states


def run(url: str, reports: Path, jobs: int, cluster: str | None = None) -> subprocess.Popen[str]:
    """A process that adds."""
    given = {
        "url": url, "reports": str(reports), "jobs": jobs, "cluster": cluster, "paths": _PATHS
    }  # fmt: skip
    command = [sys.executable, "-c", _RUN, json.dumps(given)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def make_deadly() -> None:
    """From now on files with deadly names kill their readers in this process, and soon."""
    batch._SECONDS, batch._MEMORY = _SECONDS, _MEMORY
    deadly.be_deadly()


def add_here(url: str, reports: str, jobs: int, cluster: str | None) -> None:
    """What that process does."""
    make_deadly()
    limits = Limits(seconds=_SECONDS, memory=_MEMORY, files=1000)
    with Index(url) as index:
        print("begun", flush=True)
        outcomes = index.adding(reports, jobs=jobs, limits=limits, cluster=cluster)
        wrong: Counter[str] = Counter()
        for one in outcomes:
            deadly_name = Path(one.path).name.partition("-")[0] in deadly.WAYS
            wrong[f"{'hostile' if deadly_name else 'good'} {one.state}"] += 1
            if one.state != "skipped":
                print("done", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{memory:.0f} {dict(wrong)}")
