"""All benchmarks in one table, peers measured in the same run.

    python -m benchmarks                    quick forms, some minutes
    python -m benchmarks --only citations pdf-speed
    python -m benchmarks --full             as docs/benchmarks.md tells them, about an hour
    python -m benchmarks --write            puts the table into docs/benchmarks.md, too
    python -m benchmarks --peers PYTHON     an interpreter that has the peers, if this has not

Each benchmark is a program of its own; which are run, and where in their output a figure stands,
says ``table.toml``. One that fails is a row that says so, and the others go on.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
HEADS = ("what", "docparse", "peer", "its figure", "docparse ÷ peer", "wanted", "measured by")
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"
FIGURES = ("docparse", "peer_figure", "ratio")
PATIENCE = 7200  # seconds; what takes longer hangs
Entry = dict[str, Any]


def main() -> int:
    """Run what is wanted, print the table; 1 where a benchmark failed."""
    entries = read_entries()
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=[one["name"] for one in entries], default=[])
    parser.add_argument("--full", action="store_true", help="the long forms")
    parser.add_argument("--write", action="store_true", help=f"also into {PAGE.name}")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    wanted = parser.parse_args()
    if wanted.write and wanted.only:
        parser.error("--write needs all benchmarks: leave --only out")
    chosen = [one for one in entries if not wanted.only or one["name"] in wanted.only]
    chosen = [one for one in chosen if command_of(one, full=wanted.full)]
    said = [describe_machine(full=wanted.full), "", _row(HEADS), "|---|---:|---|---:|---:|---|---|"]
    print("\n".join(said), flush=True)
    failures = 0
    for entry in chosen:
        printed, why = run(entry, full=wanted.full, peers=wanted.peers)
        failures += bool(why)
        rows = list(rows_of(entry, printed, why, full=wanted.full))
        print("\n".join(rows), flush=True)
        said += rows
    if wanted.write:
        write(said)
    return min(failures, 1)


def read_entries() -> list[Entry]:
    """The benchmarks of ``table.toml``."""
    text = Path(__file__).with_name("table.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["benchmark"])


def command_of(entry: Entry, *, full: bool) -> list[str]:
    """What Python is given; nothing where there is no quick form."""
    return list(entry["full"] if full and "full" in entry else entry.get("quick", []))


def run(entry: Entry, *, full: bool, peers: str) -> tuple[str, str]:
    """What the benchmark printed, and in one line why it failed."""
    command = [word.format(peers=peers) for word in command_of(entry, full=full)]
    print(f"{entry['name']} …", file=sys.stderr, flush=True)
    try:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "", f"took longer than {PATIENCE} s"
    if done.returncode:
        return done.stdout, (done.stderr.strip() or "no message").splitlines()[-1]
    return done.stdout, ""


def rows_of(entry: Entry, printed: str, why: str, *, full: bool) -> Iterator[str]:
    """A row for each line of the entry, or one that says why there is none."""
    command = " ".join(command_of(entry, full=full))
    by = f"`python {command}`".replace("{peers}", "PYTHON")
    if why:
        yield _row((entry["name"], f"failed: {why.replace('|', '/')}", "", "", "", "", by))
        return
    for line in entry["line"]:
        if full or not line.get("long"):
            yield _row((*cells_of(line, printed), by))
            by = "″"


def cells_of(line: Entry, printed: str) -> tuple[str, ...]:
    """What is measured, our figure, the peer, its figure, the ratio, and what was wanted."""
    ours, theirs, ratio = (_find(line.get(key), printed) for key in FIGURES)
    if not ratio and ours and theirs:
        ratio = f"{_number(ours) / _number(theirs):.2f}"
    peer = line.get("peer", "")
    missing = f"not installed: `pip install {line['install']}`" if peer else ""
    unit = line.get("unit", "")
    return (
        line["what"],
        f"{ours} {unit}".strip() if ours else "not told",
        peer,
        f"{theirs} {unit}".strip() if theirs else missing,
        ratio,
        _verdict(line.get("wanted", ""), ours, ratio),
    )


def _find(expression: str | None, printed: str) -> str:
    found = expression and re.search(expression, printed, re.MULTILINE)
    return found[1] if found else ""


def _number(figure: str) -> float:
    return float(figure.replace(",", ""))


def _verdict(wanted: str, ours: str, ratio: str) -> str:
    """The bound, and whether the figure keeps it.

    >>> _verdict("ratio ≥ 2", "9.0", "1.85"), _verdict("≤ 200", "130", "")
    ('ratio ≥ 2, **missed**', '≤ 200')
    """
    value = ratio if wanted.startswith("ratio ") else ours
    if not wanted or not value:
        return wanted
    sign, limit = wanted.removeprefix("ratio ").split()
    found, bound = _number(value), float(limit)
    kept = found >= bound if sign == "≥" else found <= bound
    return wanted if kept else f"{wanted}, **missed**"


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def describe_machine(*, full: bool) -> str:
    """The day and the machine, without its name."""
    version = f"Python {platform.python_version()}, {platform.system()}"
    form = "long forms" if full else "quick forms"
    return (
        f"{date.today().isoformat()}, {form}: {_processor()}, {os.cpu_count()} cores, "
        f"{_memory()}, {version}; {_others()}."
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.machine()


def _memory() -> str:
    if not hasattr(os, "sysconf"):
        return "memory not known"
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{size / 2**30:.0f} GB of memory"


def _others() -> str:
    """How much else was running: times on a busy machine say less than ratios."""
    if not hasattr(os, "getloadavg"):
        return "load not known"
    return f"load {os.getloadavg()[1]:.1f} when it began"


def write(said: list[str]) -> None:
    """Put the table where the page has the one before."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(f"{BEGIN}\n")
    tail = rest.partition(f"{END}\n")[2]
    text = "\n".join(said)
    PAGE.write_text(f"{head}{BEGIN}\n{text}\n\n{END}\n{tail}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
