"""What reading, repairing and structuring text files costs, and how sure the repairs are.

    python benchmarks/text_files.py            # all, about two minutes
    python benchmarks/text_files.py --fuzz 10  # and ten minutes of random, hostile texts

Speeds are medians of processor time on one core; start-up and ``--help`` are ratios against
``python -c pass`` in the same run. The texts are the corpus and, where they lie beside the
checkout, the seeds and samples of ``../shared``.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unicodedata import normalize

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT))

from docparse.models import Source  # noqa: E402
from docparse.patterns import Patterns, load  # noqa: E402
from docparse.patterns.syllables import fix_syllable, syllables  # noqa: E402
from docparse.pipeline import parse  # noqa: E402
from docparse.read.encodings import decode  # noqa: E402
from docparse.repair import repair  # noqa: E402
from docparse.structure import structure  # noqa: E402
from tests.read.test_encodings import encode  # noqa: E402

HEAVY = ("pandas", "pdfplumber", "rapidfuzz", "spacy", "underthesea", "lxml", "numpy")
SIZES = (100_000, 1_000_000, 20_000_000)
ENCODINGS = ("tcvn3", "vni", "viscii", "windows-1258")
SLOW = 2.0  # seconds of processor time for a fuzzed text of at most 100 kB: a slow input


def main() -> None:
    """Measure all, print as it goes."""
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--fuzz", type=float, default=0, metavar="MINUTES")
    options = args.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    start_up()
    speed()
    clean_syllables()
    lines_of_five_words()
    if options.fuzz:
        fuzz(options.fuzz * 60)


def texts() -> list[str]:
    """Every text at hand, as it lies on disk."""
    paths = [*ROOT.glob("corpus/*.txt"), *ROOT.glob("corpus/*.md")]
    paths += [*SHARED.glob("seeds/*.txt"), *SHARED.glob("samples/*.md")]
    return [path.read_bytes().decode() for path in sorted(paths) if path.name != "README.md"]


def start_up() -> None:
    """``docparse --help`` against a bare interpreter; what ``import docparse`` loads."""
    bare = [sys.executable, "-c", "pass"]
    program = [sys.executable, "-c", "from docparse.cli import main; main(['--help'])"]
    ratios = []
    for _ in range(15):
        base = _seconds(bare)
        ratios.append(_seconds(program) / base)
    print(f"docparse --help: {statistics.median(ratios):.2f} x python -c pass")
    code = f"import docparse, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    print(f"import docparse loads of {', '.join(HEAVY)}: {loaded.stdout.strip()}")


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, cwd=ROOT, check=True)
    return time.perf_counter() - start


def speed() -> None:
    """Repair and structure together, from 100 kB to 20 MB of the same mixture."""
    patterns = load()
    mixture = "\n".join(texts())
    block = _block(mixture, SIZES[0])
    for size in SIZES:
        whole = block * (size // len(block))
        source = Source(text=whole, path="speed.txt", sha256="", format="txt")
        rounds = max(3, 30 * SIZES[0] // size)
        seconds = _median(partial(_mend, source, patterns), rounds)
        rate = len(whole) / seconds / 1e6
        print(f"repair + structure, {len(whole):>10,} characters: {rate:.2f} M characters/s")


def _mend(source: Source, patterns: Patterns) -> None:
    structure(repair(source, patterns), patterns)


def _block(mixture: str, size: int) -> str:
    """Pieces from the whole mixture, so that every size has the same kinds of text."""
    step = len(mixture) // 10
    pieces = [mixture[at : at + size // 10] for at in range(0, step * 10, step)]
    return "\n".join(pieces)[:size]


def _median(function: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return statistics.median(times)


def clean_syllables() -> None:
    """A million clean syllables, in three cases and two Unicode forms: none may change."""
    forms = sorted(syllables())
    chance = random.Random(2026)
    total = changed = 0
    while total < 1_000_000:
        word = chance.choice(forms)
        for written in (word, word.title(), word.upper(), normalize("NFD", word)):
            changed += fix_syllable(written) is not None
            total += 1
    print(f"clean syllables changed: {changed} of {total:,}")


def lines_of_five_words() -> None:
    """Single lines with five accented words, in each old encoding: is the text found again?"""
    lines = list(_lines())
    for name in ENCODINGS:
        right = 0
        for line in lines:
            data = encode(line, name)
            right += decode(data).text == decode(data, encoding=name).text
        print(f"{name}: {100 * right / len(lines):.2f} % of {len(lines):,} lines of five words")
    altered = sum(decode(line.encode()).text != line for line in lines)
    print(f"utf-8: {altered} lines altered")


def _lines() -> Iterator[str]:
    for text in texts():
        words: list[str] = []
        accented = 0
        for word in normalize("NFC", text).split():
            words.append(word)
            accented += not word.isascii()
            if accented == 5:
                yield " ".join(words)
                words, accented = [], 0


def fuzz(seconds: float) -> None:
    """Real texts cut up, shuffled and damaged: nothing may raise, nothing may be slow."""
    chance = random.Random(2026)
    pool = texts()
    marks = ["\n", "\n\n", "\t", " ", "\f", "\r\n", "\x00", "\u0323", "\xad", "|", "(", "**", "“"]
    end = time.monotonic() + seconds
    runs = slow = 0
    longest = 0.0
    while time.monotonic() < end:
        pieces = []
        for _ in range(chance.randrange(1, 40)):
            text = chance.choice(pool)
            at = chance.randrange(len(text))
            pieces.append(text[at : at + chance.choice((3, 30, 300, 2500))])
            pieces.append(chance.choice(marks) * chance.choice((0, 1, 1, 2, 50)))
        sample = "A" + "".join(pieces)
        start = time.process_time()  # on the clock, other work would be counted too
        report = parse(_damaged(sample.encode("utf-8", "replace"), chance), path="fuzz.txt")
        spent = time.process_time() - start
        longest, slow = max(longest, spent), slow + (spent > SLOW)
        for one in report.citations:
            span = one.span
            assert report.source.text[span.origin_start : span.origin_end] == span.quote
        runs += 1
    print(
        f"fuzz: {runs:,} texts in {seconds / 60:.0f} minutes, no crash, {slow} slow, "
        f"the longest {longest:.2f} s of processor time"
    )


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """Now and then a few bytes are not UTF-8."""
    if chance.random() < 0.8:
        return data.replace(b"\x00", b"")
    damaged = bytearray(data.replace(b"\x00", b""))
    for _ in range(chance.randrange(1, 6)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(128, 256)
    return bytes(damaged)


if __name__ == "__main__":
    main()
