"""How fast the index takes reports in and answers, on a made-up collection.

    python benchmarks/index.py [--reports 10000] [--compared 400] [--jobs 2] [--url URL] [--plain]
    python benchmarks/index.py --kill 20 [--reports 400] [--url URL]
    python benchmarks/index.py --hostile [--reports 1000] [--jobs 2]
    python benchmarks/index.py --cluster [--reports 1000]

Prints ratios where a machine's speed would matter. Adding is held against bare parsing in the same
children (see :mod:`bare_parsing`), by turns over the same files, by the clock and by the time that
processors worked; an unchanged folder against its first run, the database against the text, the
reports of the end against those of the beginning. Times of questions are those of one process
whose database is open. ``--plain`` takes short reports with few citations. ``--kill`` ends the
program so often while it adds, ``--hostile`` has one file in twenty kill its reader, and
``--cluster`` reads with two workers of Dask; see :mod:`index_ends`.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter, thread_time

sys.path.insert(0, str(Path(__file__).parent))

import index_ends
from bare_parsing import Spent, largest_below, parse_bare, processor_time
from made_collections import make_collection

import docparse
from docparse.indexing.collection import Index

_TURN = 200  # reports that are parsed, and added, by turns
WORDS = (
    "cải cách hành chính", "cai cach hanh chinh", "kiểm soát thủ tục", "kiem soat thu tuc",
    "an toàn điện", "dich vu cong truc tuyen", "hồ sơ đúng hạn", "trung tam phuc vu",
    "Đông Sơn", "quang giang", "chỉ số PAPI", "xuc tien thuong mai", "kế hoạch kiểm tra",
    "van thu luu tru", "tinh gian bien che", "đánh giá cán bộ công chức", "khen thuong",
    "thu tuc hanhc hinh", "kiem xoat", "năm 2023",
)  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--kill", type=int, metavar="TIMES")
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--compared", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--url", help="a database that is empty (default: SQLite in a folder)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="docparse-index-") as made:
        folder = Path(made)
        if asked.kill or asked.twice or asked.hostile or asked.cluster:
            index_ends.measure(asked, folder)
            return
        if asked.compared:
            make_collection(folder / "compared", asked.compared, plain=asked.plain)
            for jobs in (1, 2):
                compare_adding(folder, jobs)
        if asked.reports:
            size = make_collection(folder / "reports", asked.reports, plain=asked.plain)
            with Index(asked.url or str(folder / "index.db")) as index:
                fill(index, folder / "reports", asked.reports, asked.jobs, size)
                ask(index)


def compare_adding(folder: Path, jobs: int) -> None:
    """Adding beside bare parsing in the same number of children, by turns."""
    paths = sorted((folder / "compared").rglob("*.txt"))
    bare, adding, here = Spent(), Spent(), Spent()
    parse_bare(paths[:4], jobs)
    docparse.parse(paths[0])
    with Index(folder / f"compared-{jobs}.db") as index:

        def parse_some(some: list[Path]) -> None:
            with bare.measured():
                parse_bare(some, jobs)

        def add_some(some: list[Path]) -> None:
            with adding.measured():
                list(index.adding(*some, jobs=jobs))

        for start in range(0, len(paths), _TURN):
            turns = [parse_some, add_some]
            for turn in turns if start // _TURN % 2 else reversed(turns):
                turn(paths[start : start + _TURN])
    some = paths[:: max(1, len(paths) // 100)]
    with here.measured():
        for path in some:
            docparse.parse(path)
    print(
        f"adding {len(paths)} reports, {jobs} jobs, beside bare parsing in as many children: "
        f"{bare.wall / adding.wall:.0%} of its speed by the clock, "
        f"{bare.processor / adding.processor:.0%} by the time of processors "
        f"({bare.children / adding.children:.0%} of children alone)"
    )
    each = len(paths) / 1000
    print(
        f"  ms of a processor a report: bare {bare.processor / each:.1f}, added "
        f"{adding.processor / each:.1f}, of these {adding.own / each:.1f} in the parent; "
        f"docparse.parse in this process {here.own / len(some) * 1000:.1f}",
        flush=True,
    )


def fill(index: Index, folder: Path, count: int, jobs: int, size: int) -> None:
    """The whole collection once, and once more."""
    spent, done, parts = Spent(), 0, []
    with spent.measured():
        before = processor_time()
        for _ in index.adding(folder, jobs=jobs):
            done += 1
            if done % (count // 10 or 1) == 0:
                now = processor_time()
                parts.append([after - one for after, one in zip(now, before, strict=True)])
                before = now
                print(f"  {done} reports: {_memory()}", flush=True)
    print(f"{count} reports with {jobs} jobs: {count / spent.wall:.1f}/s by the clock, ", end="")
    print(f"{spent.processor / count * 1000:.1f} ms of a processor each")
    print("  ms of a processor a report, parent and children, in each tenth: ", end="")
    print(", ".join(" + ".join(f"{one * 10_000 / count:.1f}" for one in part) for part in parts))
    again = Spent()
    with again.measured():
        list(index.adding(folder, jobs=jobs))
    print(
        f"the unchanged folder once more: {spent.wall / again.wall:.0f} times as fast by the "
        f"clock, {spent.processor / max(0.01, again.processor):.0f} times by the time of processors"
    )
    mentions = next(one.value for one in index.find_stats() if one.name == "mentions")
    print(f"citations: {mentions}; ", end="")
    print(f"the database: {(index.store.size() or 0) / size:.2f} times the text", flush=True)


def _memory() -> str:
    """Of this process, the most that it had, and the largest of its children now."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return f"parent at most {most:.0f} MB, largest child {largest_below(os.getpid()):.0f} MB"


def ask(index: Index) -> None:
    """Questions of every kind, cold ones included."""
    with index.store.reading() as connection:
        rows = connection.exec_driver_sql("select number from mentions where number is not null")
        numbers = sorted({row[0] for row in rows})
    random = Random(1)
    some = random.sample(numbers, min(200, len(numbers)))
    loose = [number.replace("/", " ").replace("-", " ").lower() for number in some]
    for name, questions, answer in (
        ("search", [*WORDS * 10], lambda words: index.find(words)),
        ("cited-by", some, lambda number: index.find_cited_by(number, limit=50)),
        ("cited-by, loosely typed", loose, lambda number: index.find_cited_by(number, limit=50)),
        ("show", some[:50], index.show),
    ):
        times = [timed(lambda one=one, answer=answer: answer(one)) for one in questions]
        said = []
        for kind in ("wall", "own"):
            cuts = quantiles(sorted(getattr(one, kind) for one in times), n=20)
            said.append(f"p50 {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms")
        print(f"{name}: {said[0]} by the clock; {said[1]} of the processor", flush=True)
    for name, answer in (
        ("conflicts", index.find_conflicts),
        ("missing", index.find_missing),
        ("duplicates", index.find_duplicates),
        ("stats", index.find_stats),
    ):
        found: list[object] = []
        took = timed(lambda found=found, answer=answer: found.extend(answer()))
        print(
            f"{name}: {len(found)} in {took.wall:.1f} s by the clock, {took.own:.1f} s of the "
            f"processor; {_memory()}",
            flush=True,
        )


def timed(work: Callable[[], object]) -> Spent:
    """What it takes of the clock and of this thread's processor."""
    wall, own = perf_counter(), thread_time()
    work()
    return Spent(wall=perf_counter() - wall, own=thread_time() - own)


if __name__ == "__main__":
    main()
