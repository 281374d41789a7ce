"""Adding to the index when things go wrong: ``python benchmarks/index.py --kill 20`` and others.

A run that is killed must go on where it was; files that kill their readers must be the only ones
that fail, and cost the others nothing; a cluster must end with what one machine ends with.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter, sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from made_collections import make_collection

from docparse.indexing.collection import Index
from docparse.read.limits import Limits
from tests.index import deadly
from tests.index.contents import content

ROOT = Path(__file__).resolve().parents[1]
_RUN = """
import sys
sys.path[:0] = sys.argv[4].split(":")
from index_ends import add_here
add_here(*sys.argv[1:4])
"""
_SHARE = 20  # one file in so many kills its reader
_SECONDS = 2.0  # that a file may take in the comparison with hostile files


def measure(asked: argparse.Namespace, folder: Path) -> None:
    """What was asked for."""
    make_collection(folder / "reports", asked.reports)
    if asked.kill:
        kill(folder, asked.kill, asked.url or str(folder / "killed.db"))
    if asked.hostile:
        hostile(folder, asked.reports, asked.jobs)
    if asked.cluster:
        compare_cluster(folder, asked.reports)


def kill(folder: Path, times: int, url: str) -> None:
    """So many runs killed at random moments, each begun where the one before ended."""
    with Index(folder / "whole.db") as index:
        began, count, first = perf_counter(), 0, 0.0
        for _ in index.adding(folder / "reports", jobs=2):
            first, count = first or perf_counter() - began, count + 1
        expected = content(index)
    random, noted = Random(1), 0
    Index(url).close()
    for _ in range(times):
        process = run(url, folder / "reports", 2)
        assert process.stdout is not None
        lines = random.randrange(int(1.6 * count / times))
        for _ in range(lines + 1):
            process.stdout.readline()
        sleep(random.uniform(0.0, first if lines == 0 else 0.1))
        hit = process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        with Index(url) as index:
            noted = next(one.value for one in index.find_stats() if one.name == "files")
        print(f"{'killed' if hit else 'already done'} with {noted} files noted", flush=True)
    with Index(url) as index:
        states = Counter(one.state for one in index.adding(folder / "reports", jobs=2))
        found = content(index)
    for each in (expected, found):
        each["files"] = sorted((Path(str(row[0])).name, *row[1:]) for row in each["files"])
    same = [name for name in expected if expected[name] == found[name]]
    print(f"after {times} kills: {dict(states)}; the same as undisturbed: {', '.join(same)}")
    if len(same) < len(expected):
        raise SystemExit(f"not the same: {', '.join(expected.keys() - set(same))}")


def hostile(folder: Path, count: int, jobs: int) -> None:
    """The same good files without and with one in twenty that kills its reader."""
    good = _seconds(folder / "good.db", folder / "reports", jobs)
    for number in range(count // _SHARE):
        way = deadly.WAYS[number % len(deadly.WAYS)]
        below = folder / "reports" / f"{number * _SHARE // 100:04}"
        (below / f"{way}-{number}.txt").write_text(way, encoding="utf-8")
    bad = _seconds(folder / "bad.db", folder / "reports", jobs)
    for name, (seconds, memory, said) in (("without", good), ("with", bad)):
        print(f"{name} hostile files: {seconds:.1f} s, the parent {memory:.0f} MB; {said}")
    hung = len(list((folder / "reports").rglob("hang-*"))) * 2 * _SECONDS
    print(
        f"{bad[0] / good[0]:.2f} times as long; of that, {hung:.0f} s are the time limit of files "
        f"that hang, twice each, over {jobs} jobs"
    )


def compare_cluster(folder: Path, count: int) -> None:
    """Two workers of a cluster on this machine beside two jobs, and their content."""
    from distributed import LocalCluster

    with LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster:
        seconds, contents = {}, {}
        for name, how in (
            ("two jobs", {"jobs": 2}),
            ("a cluster of two", {"cluster": cluster.scheduler_address}),
        ):
            with Index(folder / f"{len(seconds)}.db") as index:
                began = perf_counter()
                list(index.adding(folder / "reports", **how))
                seconds[name] = perf_counter() - began
                contents[name] = content(index)
            print(f"{count} reports, {name}: {count / seconds[name]:.1f}/s")
    one, other = seconds.values()
    same = len({repr(each) for each in contents.values()}) == 1
    print(
        f"the cluster at {one / other:.0%} of the speed; {'the same' if same else 'OTHER'} content"
    )


def _seconds(database: Path, reports: Path, jobs: int) -> tuple[float, float, str]:
    """How long a run takes in a process of its own, its memory, and the states it ends with."""
    began = perf_counter()
    said, _ = run(str(database), reports, jobs).communicate()
    seconds = perf_counter() - began
    memory, _, states = said.strip().rpartition("\n")[2].partition(" ")
    return seconds, float(memory), states


def run(url: str, reports: Path, jobs: int) -> subprocess.Popen[str]:
    """A process that adds."""
    paths = f"{ROOT}:{ROOT / 'benchmarks'}"
    command = [sys.executable, "-c", _RUN, url, str(reports), str(jobs), paths]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def add_here(url: str, reports: str, jobs: str) -> None:
    """What that process does; files with deadly names kill their readers."""
    from docparse import batch

    batch._SECONDS, batch._MEMORY = _SECONDS, 600_000_000
    deadly.be_deadly()
    limits = Limits(seconds=_SECONDS, memory=600_000_000, files=1000)
    with Index(url) as index:
        print("begun", flush=True)
        outcomes = index.adding(reports, jobs=int(jobs), limits=limits)
        wrong: Counter[str] = Counter()
        for one in outcomes:
            deadly_name = Path(one.path).name.partition("-")[0] in deadly.WAYS
            wrong[f"{'hostile' if deadly_name else 'good'} {one.state}"] += 1
            if one.state != "skipped":
                print("done", flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{memory:.0f} {dict(wrong)}")
