"""Findings in real reports: what the checks say beside what an auditor read in them.

    python -m benchmarks.seed_findings ../shared/seeds

The reader's list (`tests/check/seeds_read.toml`) was written without the program; recall is the
part of it that the program tells. Every error and warning that the program prints was judged by
reading the text (`tests/check/seeds_judged.toml`); precision is the part that an auditor would
send in a query letter. What nobody has judged counts as false.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docparse
from docparse.models import Finding

LISTS = Path(__file__).resolve().parents[1] / "tests" / "check"
LETTERS = {"error": "E", "warning": "W", "note": "N"}
SCORED = ("E", "W")
Place = tuple[str, int]  # a seed and a line of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One inconsistency that the reader found; ``quotes`` are pieces of the named lines."""

    code: str
    also: frozenset[str]
    severity: str
    seeds: frozenset[str]
    quotes: tuple[tuple[Place, str], ...]
    explanation: str

    @property
    def places(self) -> frozenset[Place]:
        return frozenset(place for place, _ in self.quotes)

    def is_told_by(self, said: Finding) -> bool:
        """Of its code, on half of its lines, and in every report that it names."""
        if said.code != self.code and said.code not in self.also:
            return False
        met = self.places & places_of(said)
        return 2 * len(met) >= len(self.places) and {seed for seed, _ in met} == self.seeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a reader thinks of one printed finding."""

    code: str
    fingerprint: str
    true: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Both sides of one comparison."""

    told: tuple[Read, ...]
    missed: tuple[Read, ...]
    true: tuple[Finding, ...]
    false: tuple[Finding, ...]

    def recall(self, severity: str) -> tuple[int, int]:
        """How many of the reader's findings of a severity are told, and how many there are."""
        told = sum(one.severity == severity for one in self.told)
        return told, told + sum(one.severity == severity for one in self.missed)

    def precision(self, severity: str) -> tuple[int, int]:
        """How many of the printed findings of a severity are true, and how many are printed."""
        true = sum(LETTERS[one.severity] == severity for one in self.true)
        return true, true + sum(LETTERS[one.severity] == severity for one in self.false)


def places_of(said: Finding) -> frozenset[Place]:
    """The lines that a finding quotes."""
    return frozenset(
        (Path(one.report).name[:3], line)
        for one in said.evidence
        for line in range(one.span.line, one.span.line_end + 1)
    )


def read_list(path: Path = LISTS / "seeds_read.toml") -> tuple[Read, ...]:
    """The reader's list."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))["finding"]
    return tuple(
        Read(
            code=one["code"],
            also=frozenset(one.get("also", ())),
            severity=one["severity"],
            seeds=frozenset(one["seeds"]),
            quotes=tuple(((each["seed"], each["line"]), each["text"]) for each in one["quotes"]),
            explanation=one["explanation"],
        )
        for one in found
    )


def read_judged(path: Path = LISTS / "seeds_judged.toml") -> dict[str, Judged]:
    """What was judged of the printed findings, by fingerprint."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))["finding"]
    return {one["fingerprint"]: Judged(**one) for one in found}


def score(printed: Sequence[Finding], wanted: Iterable[Read], judged: dict[str, Judged]) -> Score:
    """Hold what is printed against the list and the judgements."""
    told, missed, true, false = [], [], [], []
    for one in wanted:
        (told if any(map(one.is_told_by, printed)) else missed).append(one)
    for said in printed:
        known = judged.get(said.fingerprint)
        (true if known is not None and known.true else false).append(said)
    return Score(told=tuple(told), missed=tuple(missed), true=tuple(true), false=tuple(false))


def main() -> None:
    """Measure the seeds as one set and one by one, print what is missed and what is false."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else LISTS.parents[2] / "shared" / "seeds"
    seeds = sorted(folder.glob("*.txt"))
    wanted, judged = read_list(), read_judged()
    alone: list[Finding] = []
    for seed in seeds:
        alone += docparse.check(seed).findings
    within = [one for one in wanted if len(one.seeds) == 1]
    whole = score(docparse.check(*seeds).findings, wanted, judged)
    _print_table("the five reports as one set", whole)
    _print_table("each report alone, relations within it", score(alone, within, judged))
    print(f"\nof the errors, told as errors: {_as_errors(whole)}")
    _print_rest(whole, judged)


def _print_rest(whole: Score, judged: dict[str, Judged]) -> None:
    print("\nmissed:")
    for one in whole.missed:
        if one.severity in SCORED:
            print(f"  {one.severity} {one.code} {sorted(one.places)}: {one.explanation}")
    print("\nfalse, or judged by nobody:")
    for said in whole.false:
        known = judged.get(said.fingerprint)
        why = known.why if known else "not judged"
        print(f"  {LETTERS[said.severity]} {said.code} {said.fingerprint} {said.equation}: {why}")


def _as_errors(one: Score) -> str:
    printed = [said for said in (*one.true, *one.false) if said.severity == "error"]
    errors = [read for read in one.told if read.severity == "E"]
    return _part(sum(any(map(read.is_told_by, printed)) for read in errors), len(errors))


def _print_table(title: str, one: Score) -> None:
    print(f"\n{title}\n| severity | recall | precision |\n|---|---:|---:|")
    for severity in SCORED:
        cells = [_part(*pair) for pair in (one.recall(severity), one.precision(severity))]
        print(f"| {severity} | {' | '.join(cells)} |")


def _part(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole if whole else 1:.3f}"


if __name__ == "__main__":
    main()
