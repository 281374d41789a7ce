"""Citations: speed and accuracy of docparse beside its peers, as a Markdown table.

    python benchmarks/citations.py --eyecite VENV/bin/python --refex VENV/bin/python

Every finder works on its own kind of text, on one core, in one run: docparse on the corpus,
the peers on a court decision of their own country. What is not installed is said, and the
others are measured all the same; benchmarks/README.md says how to set up.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "corpus"
SIZES = (100_000, 1_000_000, 5_000_000, 20_000_000)
NAMES = {
    "docparse": "docparse",
    "eyecite": "eyecite, default tokenizer",
    "eyecite-hyperscan": "eyecite, Hyperscan",
    "refex": "legal-reference-extraction",
}
INSTALL = {
    "docparse": "docparse",
    "eyecite": "eyecite",
    "eyecite-hyperscan": "eyecite hyperscan",
    "refex": "legal-reference-extraction",
}
# A court's decision with its citations marked, and prose without any.
DECISIONS = {
    "us": ("us-opinion.txt", "us-prose.txt"),
    "de": ("de-urteil.txt", "de-prosa.txt"),
}
TEXTS = {"docparse": "vi", "eyecite": "us", "eyecite-hyperscan": "us", "refex": "de"}
Spans = Sequence[tuple[int, int]]


def main() -> None:
    """Measure all, print the tables."""
    args = _arguments()
    core = pin_to_one_core()
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        golds = write_texts(Path(folder))
        for said in args.texts:
            language, _, file = said.partition("=")
            golds.pop(language, None)  # nobody has read these
            _write(Path(folder, f"{language}.json"), own_texts(Path(file)))
        for name in NAMES:
            python = {"docparse": sys.executable, "refex": args.refex}.get(name, args.eyecite)
            texts = Path(folder, f"{TEXTS[name]}.json")
            print(f"{name} …", file=sys.stderr, flush=True)
            results[name] = run_worker(python, name, texts, args.sizes)
    for line in report(results, golds, core):
        print(line)
    for folder in args.gold:
        print(f"\n{folder}: {strict_scores(folder, args.root)}.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--eyecite", default=sys.executable, help="a Python that has eyecite")
    parser.add_argument("--refex", default=sys.executable, help="a Python that has refex")
    parser.add_argument(
        "--texts",
        action="append",
        default=[],
        metavar="LANGUAGE=FILE",
        help="measure vi, us or de on these: a folder of reports, or lines of objects with a text",
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="bytes")
    parser.add_argument("--gold", nargs="*", default=[CORPUS], help="folders with *.gold.toml")
    parser.add_argument("--root", help="where the texts lie that the gold names")
    return parser.parse_args()


def pin_to_one_core() -> str:
    """Everything started from here stays on one core."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned: this system cannot"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"core {core}"


def write_texts(folder: Path) -> dict[str, Spans]:
    """The texts of each language, and where a reader finds citations in those of the peers.

    Speed depends on how many citations there are to read: a decision is followed by plain
    prose until it has no more of them in a kB than our own reports.
    """
    from docparse import parse_folder
    from docparse.report import Report

    reports = [found for found in parse_folder(CORPUS) if isinstance(found, Report)]
    _write(folder / "vi.json", [report.text.value for report in reports])
    mentions = sum(len(gold) for gold, _ in own_corpus())
    size = sum(len(report.text.value.encode()) for report in reports)
    golds: dict[str, Spans] = {}
    for name, (decision, prose) in DECISIONS.items():
        text, golds[name] = without_marks(_read(decision))
        while len(golds[name]) / len(text.encode()) > mentions / size:
            text += "\n" + _read(prose)
        _write(folder / f"{name}.json", [text])
    return golds


def _read(name: str) -> str:
    return (HERE / "texts" / name).read_text(encoding="utf-8")


def own_texts(path: Path) -> list[str]:
    """Reports below a folder, or the texts of a JSON Lines file."""
    if not path.is_dir():
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines]
    from docparse import parse_folder
    from docparse.report import Report

    return [found.text.value for found in parse_folder(path) if isinstance(found, Report)]


def _write(path: Path, texts: list[str]) -> None:
    path.write_text(json.dumps(texts), encoding="utf-8")


def without_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """A text and the places of what stands between ⟦ and ⟧.

    >>> without_marks("see ⟦5 U.S. 137⟧.")
    ('see 5 U.S. 137.', [(4, 14)])
    """
    pieces = re.split("[⟦⟧]", marked)
    spans, position = [], 0
    for index, piece in enumerate(pieces):
        if index % 2:
            spans.append((position, position + len(piece)))
        position += len(piece)
    return "".join(pieces), spans


def run_worker(python: str, name: str, text: Path, sizes: Sequence[int]) -> Any:
    """What the worker measured, or in one line why it could not."""
    command = [python, str(HERE / "citation_finders.py"), name, str(text), *map(str, sizes)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except OSError as error:
        return f"cannot run {python}: {error.strerror}"
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip() or "no message").splitlines()[-1]
        return f"not measured ({last}); pip install {INSTALL[name]}"
    return json.loads(done.stdout)


def report(results: dict[str, Any], golds: dict[str, Spans], core: str) -> Iterator[str]:
    """The tables: speed, linearity, accuracy."""
    measured = {name: found for name, found in results.items() if not isinstance(found, str)}
    python = sys.version.split()[0]
    yield f"Python {python}, {core}, processor time, medians of 5, MB = 10⁶ bytes of UTF-8.\n"
    yield from _speeds(results, measured)
    yield ""
    yield from _growth(measured)
    yield ""
    yield from _accuracies(measured, golds)


def _speeds(results: dict[str, Any], measured: dict[str, Any]) -> Iterator[str]:
    """Texts of their natural length, one by one, as a library is used."""
    yield (
        "| finder | version | texts, kB each | citations/kB | MB/s | M chars/s | citations/s"
        " | µs a citation | docparse is |"
    )
    yield "|---|---|---|---:|---:|---:|---:|---:|---:|"
    own = measured["docparse"]["apart"] if "docparse" in measured else None
    for name, found in results.items():
        if name not in measured:
            yield f"| {NAMES[name]} | {found} | | | | | | | |"
            continue
        row = found["apart"]
        size = row["bytes"] / 1000
        cells = (
            f"{TEXTS[name]}, {size / row['texts']:.1f}",
            f"{row['count'] / size:.2f}",
            f"{_rate(row, 'bytes') / 1e6:.2f}",
            f"{_rate(row, 'characters') / 1e6:.2f}",
            f"{_rate(row, 'count'):,.0f}",
            f"{1e6 / _rate(row, 'count'):.0f}",
            f"{_rate(own, 'bytes') / _rate(row, 'bytes'):.1f} × as fast" if own else "",
        )
        yield f"| {NAMES[name]} | {found['version']} | {' | '.join(cells)} |"


def _rate(row: Any, unit: str) -> float:
    return float(row[unit] / median(row["seconds"]))


def _growth(measured: dict[str, Any]) -> Iterator[str]:
    """One long text: a finder that is linear has one number all along its row."""
    longest: list[Any] = max((found["joined"] for found in measured.values()), key=len, default=[])
    heads = " | ".join(f"{row['bytes'] / 1e6:.1f} MB" for row in longest)
    yield f"| one text, MB/s at | {heads} | last ÷ first |"
    yield "|---|" + "---:|" * (len(longest) + 1)
    for name, found in measured.items():
        rates = [_rate(row, "bytes") / 1e6 for row in found["joined"]]
        cells = [f"{rate:.2f}" for rate in rates] + ["–"] * (len(longest) - len(rates))
        change = f"{rates[-1] / rates[0]:.2f}" if rates else "–"
        yield f"| {NAMES[name]} | {' | '.join(cells)} | {change} |"


def _accuracies(measured: dict[str, Any], golds: dict[str, Spans]) -> Iterator[str]:
    """Mentions found, by overlap: what each finder makes of a mention is its own affair."""
    yield "| finder | gold mentions | found | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, found in measured.items():
        if name != "docparse" and TEXTS[name] not in golds:
            continue
        pairs = own_corpus() if name == "docparse" else [(golds[TEXTS[name]], found["spans"][0])]
        gold, out = sum(len(g) for g, _ in pairs), sum(len(f) for _, f in pairs)
        recall = sum(_overlapping(g, f) for g, f in pairs) / gold
        precision = sum(_overlapping(f, g) for g, f in pairs) / out if out else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        yield f"| {NAMES[name]} | {gold} | {out} | {precision:.3f} | {recall:.3f} | {f1:.3f} |"


def _overlapping(some: Spans, others: Spans) -> int:
    """How many of some overlap one of the others."""
    return sum(
        any(start < other_end and other_start < end for other_start, other_end in others)
        for start, end in some
    )


def own_corpus() -> list[tuple[Spans, Spans]]:
    """For each report of the corpus: gold mentions and found ones, optional ones left out."""
    from docparse import parse
    from docparse.evaluate.gold import parse_gold

    pairs: list[tuple[Spans, Spans]] = []
    for path in sorted(CORPUS.glob("*.gold.toml")):
        text = next(CORPUS.glob(path.name.removesuffix(".gold.toml") + ".[tm]*"))
        parsed = parse(text)
        gold = parse_gold(path.read_text(encoding="utf-8"), path.name, parsed.source.text)
        entries = gold.entries["citation"]
        optional = [(one.start, one.end) for one in entries if one.optional]
        spans = [(c.span.origin_start, c.span.origin_end) for c in parsed.citations]
        found = [span for span in spans if not _overlapping([span], optional)]
        pairs.append(([(one.start, one.end) for one in entries if not one.optional], found))
    return pairs


def strict_scores(folder: str | Path, root: str | None) -> str:
    """What the peers have no counterpart for: every field right."""
    from docparse.evaluate import evaluate

    scores = evaluate(folder, root).scored
    kinds = [kind for kind in scores if kind.partition(".")[0] == "citation"]
    said = ", ".join(f"{kind} {scores[kind].f1:.3f}" for kind in kinds)
    return f"F1 of docparse by field: {said}" if said else "no citations to score"


if __name__ == "__main__":
    main()
