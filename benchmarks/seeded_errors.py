"""How many seeded errors docparse finds, and what it says without cause.

    python benchmarks/seeded_errors.py [--texts FOLDER ...] [--rules CIT501 ...] [--show-missed]

Every change is one of its kind in otherwise equal reports; what is new in the findings is held
against what was changed. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from seeding import composed, harmless, real_texts
from seeding.scores import ERRORS, Board, Score, total
from seeding.trials import HARMLESS, Trial
from seeding.wordings import use_held_out

import docparse

ROOT = Path(__file__).parents[1]
PLANTED = ("corpus",)  # holds contradictions of its own, which are the same before and after
CLEAN = ("tests/heldout", "tests/heldout2")
PAGE = 3000


def texts_of(folders: Iterable[Path]) -> list[str]:
    files = sorted(path for folder in folders for path in folder.iterdir())
    return [
        path.read_text(encoding="utf-8")
        for path in files
        if path.suffix in (".txt", ".md") and path.stem != "README"
    ]


def board_of(rule: str, texts: list[str], wanted: argparse.Namespace) -> Board:
    """The scores of the trials of one rule; its name may be that of harmless changes."""
    if wanted.held_out and rule not in use_held_out():
        return Board()
    board = Board()
    for trial in trials_of(rule, texts, wanted):
        board.add(trial)
    return board


def trials_of(rule: str, texts: list[str], wanted: argparse.Namespace) -> Iterator[Trial]:
    if rule == HARMLESS:
        yield from harmless.in_texts(texts, 40)
        yield from harmless.sent_twice(texts)
        yield from harmless.composed(25)
        return
    found = [] if wanted.held_out else real_texts.real(rule, texts, wanted.real)
    yield from found
    count = wanted.errors if rule in ERRORS.split() else wanted.warnings
    yield from composed.composed(rule, max(wanted.composed, count - len(found)))


def table(board: Board) -> Iterator[str]:
    yield "| rule | seeded | in real sentences | found | precision | recall |"
    yield "|---|---:|---:|---:|---:|---:|"
    codes = [code for code in sorted(board.rules) if board.rules[code].seeded]
    for code in codes:
        yield _row(code, board.rules[code])
    errors = total(board.rules[code] for code in codes if code in ERRORS.split())
    warnings = total(board.rules[code] for code in codes if code not in ERRORS.split())
    yield _row("**errors**", errors)
    yield _row("**warnings**", warnings)
    unseeded = {
        code: one.false for code, one in board.rules.items() if not one.seeded and one.false
    }
    for code, count in sorted(unseeded.items()):
        yield f"\n{code}, of which nothing was seeded, spoke without cause {count} times."


def _row(name: str, score: Score) -> str:
    return (
        f"| {name} | {score.seeded} | {score.real} | {score.found} | {score.precision:.3f} "
        f"| {score.recall:.3f} |"
    )


def harmless_table(board: Board) -> Iterator[str]:
    yield f"\n{board.harmless} harmless changes; those that a rule spoke of:\n"
    for kind, count in sorted(board.raised.items()):
        if count:
            yield f"- {kind}: {count}"
    yield f"- in all: {sum(board.raised.values())}"


def clean_table(texts: list[str], *, show: bool) -> Iterator[str]:
    """What is said of each text alone; whether it is right a reader must say."""
    pages = sum(len(text) for text in texts) / PAGE
    results = [docparse.check(docparse.parse(text.encode(), path="a.txt")) for text in texts]
    said = [one for result in results for one in result.findings]
    yield f"\n{len(texts)} texts as they are, {pages:.0f} pages: {len(said)} errors and warnings"
    yield f"({len(said) / pages * 10:.2f} per 10 pages, right and wrong together)."
    if show:
        yield from (result.text(lang="en") for result in results if result.findings)


def wrongs(board: Board) -> Iterator[str]:
    for one in board.missed:
        old, new = _shown(one)
        yield f"MISSED {one.rule} ({one.kind}{', real' if one.real else ''}): {old} -> {new}"
    for one, finding in board.alarms:
        quotes = " | ".join(each.span.quote for each in finding.evidence[:4])
        old, new = _shown(one)
        yield f"FALSE {finding.code} on {one.rule} ({one.kind}): {quotes}\n    {old} -> {new}"


def _shown(trial: Trial) -> tuple[str, str]:
    """The changed stretch, with some words around it."""
    pairs = zip(trial.before, trial.after, strict=True)
    old, new = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    low = max(0, start - 110)
    return repr(old[low : start + 60]), repr(new[low : start + 60])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--texts", nargs="*", type=Path, default=[], help="folders of more texts")
    parser.add_argument("--rules", nargs="*", default=[], help="only these rules, or harmless")
    parser.add_argument("--errors", type=int, default=90, help="changes for each error rule")
    parser.add_argument("--warnings", type=int, default=50, help="for each warning rule")
    parser.add_argument("--real", type=int, default=60, help="at most so many in real sentences")
    parser.add_argument("--composed", type=int, default=30, help="at least so many composed")
    parser.add_argument("--show-missed", action="store_true", help="every miss and false alarm")
    parser.add_argument("--held-out", action="store_true", help="the newest wordings, mended last")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    wanted = parser.parse_args()
    clean = texts_of([*(ROOT / folder for folder in CLEAN), *wanted.texts])
    texts = [*texts_of(ROOT / folder for folder in PLANTED), *clean]
    rules = [
        one
        for one in (HARMLESS, *sorted(composed.MAKERS))
        if not wanted.rules or one in wanted.rules
    ]
    run = partial(board_of, texts=texts, wanted=wanted)
    with ProcessPoolExecutor(wanted.jobs) as pool:
        board = sum(pool.map(run, rules), Board())
    print("\n".join(table(board)))
    print("\n".join(harmless_table(board)))
    print("\n".join(clean_table(clean, show=wanted.show_missed)))
    if wanted.show_missed:
        print("\n".join(wrongs(board)))


if __name__ == "__main__":
    main()
