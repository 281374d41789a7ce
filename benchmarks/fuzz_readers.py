"""Coverage-guided fuzzing of every reader: minutes in, what crashed, hung or ate the memory out.

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install -e . --group dev atheris
    /tmp/fuzz/bin/python -m benchmarks.fuzz_readers --minutes 10 [--findings DIR] [READER …]

Each reader runs in a process of its own, in turn: atheris (libFuzzer) keeps the inputs that reach
new code of docparse, and ``fuzzing/mutations.py`` changes them from inside their containers. The
libraries in C and Rust are called, but not seen by the fuzzer. The reader is called without its
cage, so that nothing hides what it does; it may end with a DocparseError or with a source, and
that is all. Anything else is a finding, kept as a file with the place that raised it:

    another exception      told once for each place
    more than 5 s          of processor time for one input, and 20 s on the clock
    more than 1 GB         above what the process takes before its first input
    a signal               from a library

Programs that a reader starts (Tesseract, LibreOffice) are not to be found: each call would take
seconds. ``pipeline`` is all that follows a text: records, checks, web page, workbook, JSON.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import importlib
import json
import os
import pkgutil
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

SECONDS, ON_THE_CLOCK = 5.0, 20
MEMORY = 1_000_000_000
_READERS = (
    "text", "html", "docx", "xlsx", "xls", "ods", "pdf-text", "pdf-tables", "zip", "pipeline",
)  # fmt: skip
LARGEST_MEMBER = 200_000_000
_LONGEST = {"pipeline": 8_000}  # bytes of an input; of the others:
_LONG = 200_000
_HEADS = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0")
_GOOD, _ANEW = 100, 0.5
_TAKEN_OUT = 8  # files of an archive
_ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Fuzz the readers one after the other, print a line for each."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("readers", nargs="*", metavar="READER", help=", ".join(_READERS))
    args.add_argument("--minutes", type=float, default=10.0)
    args.add_argument("--findings", type=Path, default=None, metavar="DIR")
    args.add_argument("--seed", type=int, default=0)
    args.add_argument("--inside", nargs=2, type=Path, help=argparse.SUPPRESS)
    args.add_argument("--till", type=float, help=argparse.SUPPRESS)
    options = args.parse_args()
    if options.inside:
        _fuzz(options.readers[0], *options.inside, options.till, options.seed)
        return
    findings = options.findings or Path(tempfile.mkdtemp(prefix="docparse-fuzz-"))
    for reader in options.readers or _READERS:
        _one_reader(reader, findings / reader, options.minutes * 60, options.seed)
    print(f"findings, if any: {findings}")


def _one_reader(reader: str, findings: Path, seconds: float, seed: int) -> None:
    """Start the fuzzer, and again after each input that ends its process, until time is up."""
    from benchmarks.fuzzing.starts import starts

    findings.mkdir(parents=True, exist_ok=True)
    runs = ends = coverage = 0
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        for data in starts(reader):
            (corpus / sha256(data).hexdigest()[:16]).write_bytes(data)
        first = len(list(corpus.iterdir()))
        began = time.monotonic()
        while (left := seconds - (time.monotonic() - began)) > 3:
            said = _started(reader, corpus, findings, left, seed + ends)
            runs += sum(map(int, re.findall(r"number_of_executed_units:\s+(\d+)", said)))
            coverage = max([coverage, *map(int, re.findall(r"\bcov: (\d+)", said))])
            ends += 1
            if ends > 50 or ("Done " not in said and "==" not in said):
                print(said[-2000:])
                break
        spent = time.monotonic() - began
        kept = len(list(corpus.iterdir()))
    told = collections.Counter(path.name.split("-")[0] for path in findings.glob("*-*"))
    written = findings / "outcomes.json"
    outcomes = collections.Counter(json.loads(written.read_text()) if written.exists() else {})
    print(
        f"{reader:10} {spent / 60:5.1f} min {runs:9,} inputs, coverage {coverage:6,}, "
        f"corpus {first} → {kept}, processes {ends}, findings: {dict(told) or 'none'}\n"
        f"{'':10} ended as {dict(outcomes.most_common(12))}",
        flush=True,
    )


def _started(reader: str, corpus: Path, findings: Path, seconds: float, seed: int) -> str:
    command = [
        sys.executable, "-m", "benchmarks.fuzz_readers", reader, "--seed", str(seed),
        "--inside", str(corpus), str(findings), "--till", str(seconds),
    ]  # fmt: skip
    made = subprocess.run(
        command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = made.stdout.decode("utf-8", "replace")
    # One for each process: why the one before ended stands at the end of its own.
    (findings / f"log{seed}.txt").write_text(said[-200_000:], "utf-8")
    return said


# --- inside the process that is fuzzed ---------------------------------------------------


class _TooLongError(BaseException):
    """Raised in the middle of whatever runs when its time is up."""


class _Watch:
    """Calls a reader with one input, and keeps what is no proper end."""

    def __init__(self, call: Callable[[bytes], object], proper: Any, findings: Path) -> None:
        self.call = call
        self.proper = proper
        self.findings = findings
        self.outcomes: collections.Counter[str] = collections.Counter()
        self.seen: set[str] = set()
        self.told = time.monotonic()
        if (findings / "outcomes.json").exists():
            self.outcomes.update(json.loads((findings / "outcomes.json").read_text()))
        signal.signal(signal.SIGVTALRM, _time_is_up)

    def __call__(self, data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            self.call(data)
            outcome = "read"
        except self.proper as error:
            outcome = error.code
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001  (that is what is looked for)
            outcome = self.keep(error, data)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.outcomes[outcome] += 1
        if time.monotonic() > self.told + 2:
            self.tell()

    def keep(self, error: BaseException, data: bytes) -> str:
        """Write the first input that fails at a place."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "/docparse/" in frame.filename] or frames
        place = f"{Path(ours[-1].filename).stem}.{ours[-1].lineno}"
        kind = type(error).__name__
        if (name := f"{kind}-{place}") not in self.seen:
            self.seen.add(name)
            (self.findings / name).write_bytes(data)
            words = "".join(traceback.format_exception(error))
            (self.findings / f"{name}.said").write_text(words[-8000:], "utf-8", "replace")
            self.tell()
        return kind

    def tell(self) -> None:
        self.told = time.monotonic()
        (self.findings / "outcomes.json").write_text(json.dumps(self.outcomes), "utf-8")


def _time_is_up(*_: object) -> None:
    raise _TooLongError


def _fuzz(reader: str, corpus: Path, findings: Path, seconds: float, seed: int) -> None:
    """Never returns: libFuzzer ends the process."""
    import atheris

    for program in ("tesseract", "soffice"):  # found before the search path is emptied
        shutil.which(program)
    with atheris.instrument_imports(include=["docparse"]):
        import docparse.patterns
        from docparse.errors import DocparseError

        call = _calls(reader, Path(tempfile.mkdtemp(dir=corpus.parent)))
    from benchmarks.fuzzing import mutations

    os.environ["PATH"] = ""
    docparse.patterns.load()
    mutation = {
        "text": mutations.mutate_text, "pipeline": mutations.mutate_text,
        "html": mutations.mutate_markup, "xls": mutations.mutate_xls,
        "pdf-text": mutations.mutate_pdf, "pdf-tables": mutations.mutate_pdf,
    }.get(reader, mutations.mutate_zip)  # fmt: skip

    good = [path.read_bytes() for path in sorted(corpus.iterdir())][:_GOOD]

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        # What is broken outside reaches little inside, but the fuzzer keeps it for its coverage.
        if not data.startswith(_HEADS) and data[:1] not in b"<" and chance.random() < _ANEW:
            data = chance.choice(good)
        made = mutation(data, chance, lambda part: atheris.Mutate(part, max(64, 2 * len(part))))
        return made[:most] if made else atheris.Mutate(data, most)

    watch = _Watch(call, DocparseError, findings)
    _limit_memory()
    options = (
        f"-max_total_time={max(1, int(seconds))}", f"-timeout={ON_THE_CLOCK}", "-rss_limit_mb=1500",
        f"-max_len={_LONGEST.get(reader, _LONG)}", f"-seed={seed + 1}", "-print_final_stats=1",
        "-report_slow_units=5", f"-artifact_prefix={findings}/signal-", str(corpus),
    )  # fmt: skip
    atheris.Setup([sys.argv[0], *options], watch, custom_mutator=changed)
    atheris.Fuzz()


def _limit_memory() -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _calls(reader: str, folder: Path) -> Callable[[bytes], object]:
    """What is called with each input."""
    from docparse.read.readers import read_format
    from docparse.read.sniff import sniff

    _import_all("docparse" if reader == "pipeline" else "docparse.read")
    if reader == "zip":
        return _archive(folder)
    if reader == "pipeline":
        return _pipeline()
    form = reader.partition("-")[0].upper()

    def call(data: bytes) -> object:
        sniff(data)  # whatever it says: a reader must stand any bytes
        return read_format(form, data, path="a.x", encoding=None)

    return call


def _import_all(package: str) -> None:
    """Readers are imported when they are needed; the fuzzer only sees what it saw imported."""
    found = importlib.import_module(package)
    for one in pkgutil.walk_packages(found.__path__, f"{package}."):
        if one.name.startswith("docparse.cli"):  # runs when it is imported
            continue
        with contextlib.suppress(ImportError):  # what asks for an extra that is not there
            importlib.import_module(one.name)


def _archive(folder: Path) -> Callable[[bytes], object]:
    """An archive as a folder of reports: found, listed, each one taken out."""
    from docparse.read.archive import find_members, forget, is_archive, refuse_archive
    from docparse.read.files import load_bytes

    path = folder / "a.zip"

    def call(data: bytes) -> None:
        path.write_bytes(data)
        forget()  # it is written so often that its time does not tell one from the next
        if not is_archive(path):
            raise refuse_archive(data, path=str(path))
        members = list(find_members(path, endings={".txt", ".docx", ".html"}))
        for number, member in enumerate(members):
            assert member.is_relative_to(path)
            assert ".." not in member.parts
            if member != path and number < _TAKEN_OUT:  # a limit is one of a file, not of a folder
                load_bytes(member, str(member), LARGEST_MEMBER)

    return call


def _pipeline() -> Callable[[bytes], object]:
    import docparse
    from docparse.patterns import load
    from docparse.pipeline import parse_source
    from docparse.read.readers import read_format

    def call(data: bytes) -> None:
        source = read_format("TEXT", data, path="a.txt", encoding=None)
        report = parse_source(source, load())
        result = docparse.check(report, notes=True)
        "".join(result.html())
        result.text()
        result.xlsx()
        json.dumps([report.to_dict(), result.to_dict(), result.sarif()])
        docparse.annotate(report, page=True)

    return call


if __name__ == "__main__":
    main()
