"""Time and memory of the checks for 100, 1.000 and 10.000 reports.

    python benchmarks/check_scale.py [--sizes 100 1000 10000] [--one-office]

The reports are made by the seeded-error benchmark: true passages of several rules, of many
offices in many places and years (or all of one office, which is the hard case, since all of them
may contradict each other). Prints the processor time of parsing and of checking, and the memory
that a parsed report keeps.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from seeding.scenes import Scene, compose, make_scene, short
from seeding.wordings import SAY, fillers, number

import docparse
from docparse.check import Subject, gather, run
from docparse.check.runner import find_rules
from docparse.patterns import load

_FIRST = ("Bình", "An", "Lam", "Cẩm", "Vĩnh", "Tân", "Phú", "Thanh", "Long", "Hòa", "Đông", "Tây")
_SECOND = ("Lâm", "Giang", "Sơn", "Hà", "Khê", "Phước", "Hải", "Châu", "Điền", "Thành", "Minh")


def make_reports(size: int, *, one_office: bool) -> Iterator[tuple[str, str]]:
    """Path and text of each report."""
    rng = Random(f"scale {size}")
    office = make_scene(rng)
    for index in range(size):
        scene = make_scene(rng)
        if one_office:
            scene.place, scene.office, scene.code = office.place, office.office, office.code
        else:
            scene.place = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)}"
        scene.year = 2010 + index % 15
        yield f"{index:05d}.txt", report(scene)


def report(scene: Scene) -> str:
    rng = scene.rng
    day = scene.day(date(scene.year, 6, 1), date(scene.year, 12, 20))
    said = list(fillers(scene, 4, ""))
    years = {"y": scene.year, "x": scene.year - 1}
    for rule in ("REP401", "REP403", "REP406"):
        say = rng.choice(rng.choice(SAY[rule]["pairs"]))
        said += [say.format(v=number(rng.randint(9, 99)), **years)]
    return compose(
        scene, said[:6], day=day, title=f"BÁO CÁO\nKết quả công tác đến ngày {short(day)}"
    )


def memory() -> int:
    """Resident memory in kB: now, not at its peak."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


def measure(size: int, *, one_office: bool, show_rules: bool) -> str:
    gc.collect()
    before = memory()
    start = time.process_time()
    reports = [
        docparse.parse(text.encode(), path=path)
        for path, text in make_reports(size, one_office=one_office)
    ]
    parsed = time.process_time() - start
    gc.collect()
    kept = memory() - before
    start = time.process_time()
    subjects = [
        Subject(path=one.source.path, text=one.text, outline=one.outline, records=one.records)
        for one in reports
    ]
    checked = run(subjects)
    spent = time.process_time() - start
    if show_rules:
        print("\n".join(slowest(subjects)))
    return (
        f"| {size} | {parsed / size * 1000:.1f} | {spent / size * 1000:.2f} | {kept / size:.0f} "
        f"| {memory() / 1024:.0f} | {len(checked.findings)} |"
    )


def slowest(subjects: list[Subject]) -> Iterator[str]:
    """Where the time goes, rule by rule; what is gathered for several is that of the first."""
    spent = []
    for found in find_rules():
        start = time.process_time()
        said = count()
        if found.of_reports is not None:
            reports = gather(subjects, load(), *found.asks)
            sum(1 for _ in zip(found.of_reports(reports, found.rule), said, strict=False))
        if found.of_report is not None:
            for subject in subjects:
                sum(1 for _ in zip(found.of_report(subject, found.rule), said, strict=False))
        spent.append((time.process_time() - start, found.code))
    for seconds, code in sorted(spent, reverse=True)[:12]:
        yield f"{code}: {seconds / len(subjects) * 1000:.2f} ms a report"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", nargs="*", type=int, default=[100, 1000, 10000])
    parser.add_argument("--one-office", action="store_true", help="all reports of one office")
    parser.add_argument("--rules", action="store_true", help="the slowest rules of each size")
    wanted = parser.parse_args()
    print("| reports | parse, ms each | check, ms each | kept, kB each | memory, MB | findings |")
    print("|---:|---:|---:|---:|---:|---:|")
    measure(20, one_office=False, show_rules=False)
    for size in wanted.sizes:
        print(measure(size, one_office=wanted.one_office, show_rules=wanted.rules), flush=True)


if __name__ == "__main__":
    main()
