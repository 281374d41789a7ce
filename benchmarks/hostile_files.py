"""What each hostile file costs: the collection of the tests in, time and memory of each out.

    python -m benchmarks.hostile_files [NAME …]

Each file is parsed as ``docparse.parse_folder`` would, in a fresh process. Measured are the
seconds until it ends, the processor time, and the most memory that the process and all that it
started have together. Marked are files that take more than 10 seconds or 1 GB.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from tests.read.hostile import FILES

_SECONDS, _MEGABYTES = 10.0, 1000
_OFTEN = 0.03
_WORK = """
import resource, sys, time
import docparse
from docparse.patterns import load
from docparse.read.cage import _close_all
load()
began, codes = time.monotonic(), set()
for found in docparse.parse_folder(sys.argv[1]):
    codes.add(getattr(found, "code", "read"))
spent = time.monotonic() - began
_close_all()
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(spent, sum(one.ru_utime + one.ru_stime for one in used), ",".join(sorted(codes)))
"""


class Cost(NamedTuple):
    seconds: float
    processor: float
    megabytes: int
    codes: str


def main() -> None:
    wanted = sys.argv[1:]
    costs = []
    with tempfile.TemporaryDirectory() as folder:
        for file in FILES:
            if wanted and not any(name in file.name for name in wanted):
                continue
            path = Path(folder, file.name)
            path.write_bytes(file.make())
            cost = _measured(path)
            path.unlink()
            costs.append(cost)
            ends = "" if set(cost.codes.split(",")) <= set(file.ends) else "ENDS OTHERWISE"
            dear = cost.seconds > _SECONDS or cost.megabytes > _MEGABYTES
            print(
                f"{file.name:40} {cost.seconds:6.1f} s {cost.processor:6.1f} s of processor "
                f"{cost.megabytes:5} MB  {cost.codes} {'TOO MUCH' if dear else ''} {ends}",
                flush=True,
            )
    print(
        f"{len(costs)} files; the longest {max(cost.seconds for cost in costs):.1f} s, "
        f"the most processor time {max(cost.processor for cost in costs):.1f} s, "
        f"the most memory {max(cost.megabytes for cost in costs)} MB"
    )


def _measured(path: Path) -> Cost:
    command = [sys.executable, "-c", _WORK, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        peak = [0]
        watch = threading.Thread(target=_watch, args=(process, peak))
        watch.start()
        assert process.stdout is not None
        words = process.stdout.read().split()
        process.wait()
        watch.join()
    if len(words) < 3:
        return Cost(0.0, 0.0, peak[0], f"the parent ended with {process.returncode}")
    return Cost(float(words[0]), float(words[1]), peak[0], words[2])


def _watch(process: subprocess.Popen[str], peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _together(process.pid))
        time.sleep(_OFTEN)


def _together(root: int) -> int:
    """The megabytes that a process and all below it have; shared pages count for each."""
    below: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            below.setdefault(int(fields[1]), []).append(int(place.name))
            pages[int(place.name)] = int(fields[21])
    total, waiting = 0, [root]
    while waiting:
        one = waiting.pop()
        total += pages.get(one, 0)
        waiting += below.get(one, [])
    return total * 4096 // 1_000_000


if __name__ == "__main__":
    main()
