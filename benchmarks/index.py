"""How fast the index takes reports in and answers, on a made-up collection.

    python benchmarks/index.py [--reports 10000] [--compared 1000] [--jobs 1] [--url URL]
    python benchmarks/index.py --kill 20 [--reports 400] [--url URL]
    python benchmarks/index.py --hostile [--reports 1000] [--jobs 2]
    python benchmarks/index.py --cluster [--reports 1000]

Prints ratios where a machine's speed would matter: adding beside bare parsing of the same files
in the same run, an unchanged folder beside its first run, the database beside the text. Times of
questions are those of one process whose database is open. ``--kill`` ends the program so often
while it adds, ``--hostile`` has one file in twenty kill its reader, and ``--cluster`` reads with
two workers of Dask; see :mod:`index_ends`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent))

import index_ends
from made_collections import make_collection

import docparse
from docparse.indexing.collection import Index

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
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--compared", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--url", help="a database that is empty (default: SQLite in a folder)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="docparse-index-") as made:
        folder = Path(made)
        if asked.kill or asked.hostile or asked.cluster:
            index_ends.measure(asked, folder)
            return
        compare_adding(folder, asked.compared)
        size = make_collection(folder / "reports", asked.reports)
        with Index(asked.url or str(folder / "index.db")) as index:
            fill(index, folder / "reports", asked.reports, asked.jobs, size)
            ask(index)


def compare_adding(folder: Path, count: int) -> None:
    """Adding with one job between two halves of bare parsing; the start of the child counts."""
    make_collection(folder / "compared", count)
    paths = sorted((folder / "compared").rglob("*.txt"))
    docparse.parse(paths[0])
    half = len(paths) // 2
    with Index(folder / "compared.db") as index:
        parsing = timed(lambda: [docparse.parse(path) for path in paths[:half]])
        adding = timed(lambda: list(index.adding(folder / "compared")))
        parsing += timed(lambda: [docparse.parse(path) for path in paths[half:]])
    print(f"adding {count} reports, one job: {parsing / adding:.0%} of the speed of bare parsing")


def fill(index: Index, folder: Path, count: int, jobs: int, size: int) -> None:
    """The whole collection once, and once more."""
    first = timed(lambda: list(index.adding(folder, jobs=jobs)))
    print(f"{count} reports with {jobs} jobs: {count / first:.1f}/s")
    again = timed(lambda: list(index.adding(folder, jobs=jobs)))
    print(f"the unchanged folder once more: {first / again:.0f} times as fast")
    print(f"the database: {(index.store.size() or 0) / size:.2f} times the text")


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
        times = sorted(timed(lambda one=one, answer=answer: answer(one)) for one in questions)
        cuts = quantiles(times, n=20)
        print(f"{name}: p50 {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms")
    for name, answer in (
        ("conflicts", index.find_conflicts),
        ("missing", index.find_missing),
        ("duplicates", index.find_duplicates),
        ("stats", index.find_stats),
    ):
        print(f"{name}: {timed(answer):.1f} s")


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


if __name__ == "__main__":
    main()
