"""Parsing in the children that the index uses, with nothing kept: what adding is held against.

    python benchmarks/bare_parsing.py FOLDER [JOBS]

The same cages with the same limits and the same files, given out in the same way; the child parses
and says only that it is done. What processes take is their processor time, children included.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from docparse.batch import in_cages
from docparse.indexing.adding import _child_limits
from docparse.indexing.parsing import warm_up
from docparse.pipeline import parse
from docparse.read.cage import Cage

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Spent:
    """Seconds of a clock, and of processors: of this process and of its children."""

    wall: float = 0.0
    own: float = 0.0
    children: float = 0.0

    @property
    def processor(self) -> float:
        return self.own + self.children

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Add what the block takes; children must have ended before and after."""
        wall, own, children = perf_counter(), *processor_time()
        yield
        self.wall += perf_counter() - wall
        own_after, children_after = processor_time()
        self.own += own_after - own
        self.children += children_after - children


def processor_time() -> tuple[float, float]:
    """Of this process, and of what it has started and what that has."""
    user, system, *_ = os.times()
    own = user + system
    return own, _of_tree(os.getpid()) - own


def _of_tree(process: int) -> float:
    """Of a process and what it has started, with those of them that have ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS + sum(map(_of_tree, _below(process)))


def _below(process: int) -> list[int]:
    """The processes that any thread of a process has started."""
    found: list[int] = []
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, children.read_text().split())
    return found


def largest_below(process: int) -> float:
    """The most memory, in MB, that any process had that this one has started, or those have."""
    found = [0.0]
    for one in _below(process):
        with suppress(OSError):
            status = Path(f"/proc/{one}/status").read_text()
            if most := re.search(r"VmHWM:\s*(\d+)", status):
                found.append(int(most[1]) / 1000)
        found.append(largest_below(one))
    return max(found)


def bare(path: str) -> int:
    """Parse a file and drop the report."""
    return len(parse(path).records.citations)


def parse_bare(paths: Sequence[Path], jobs: int) -> int:
    """The number of citations in the files."""

    def work(path: Path, cage: Cage | None) -> int:
        assert cage is not None
        return cage.run(bare, str(path), path=str(path), size=path.stat().st_size)

    return sum(
        in_cages(
            paths,
            work,
            workers=jobs,
            limits=_child_limits(None),
            size=lambda path: path.stat().st_size,
            first=warm_up,
        )
    )


if __name__ == "__main__":
    files, spent = sorted(Path(sys.argv[1]).rglob("*.*")), Spent()
    with spent.measured():
        count = parse_bare(files, int((*sys.argv, "1")[2]))
    print(f"{len(files)} files, {count} citations, {spent.wall:.1f} s, {spent}")
