"""Counting: what was right, missed and extra by kind; precision, recall and F1 of it.

>>> tally = Tally(skip=("figure",))
>>> tally.count("section", right=3, gold=4, found=3)
>>> tally.count("figure.unit", right=0, gold=9, found=0)
>>> [(score.kind, score.recall) for score in tally.scores()]
[('section', 0.75)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MEASURES = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The counts of one kind and what they come to."""

    kind: str
    right: int
    gold: int
    found: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        total = self.gold + self.found
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One thing that is not as the gold has it: "missed", "extra" or "wrong"."""

    file: str
    kind: str
    what: str
    line: int
    quote: str
    expected: object = None
    got: object = None


class Tally:
    """Counts of one run, kind by kind, in the order in which kinds first come."""

    def __init__(self, *, file: str = "", skip: Sequence[str] = ()) -> None:
        self.file = file
        self._skip = tuple(skip)
        self._counts: dict[str, list[int]] = {}
        self.misses: list[Miss] = []

    def skips(self, kind: str) -> bool:
        """Is the kind, or the one it belongs to, not annotated in this file?"""
        return any(kind == name or kind.startswith(f"{name}.") for name in self._skip)

    def count(self, kind: str, *, right: int, gold: int, found: int) -> None:
        if not self.skips(kind):
            counts = self._counts.setdefault(kind, [0, 0, 0])
            for index, more in enumerate((right, gold, found)):
                counts[index] += more

    def miss(
        self,
        kind: str,
        what: str,
        line: int,
        quote: str,
        *,
        expected: object = None,
        got: object = None,
    ) -> None:
        if not self.skips(kind):
            self.misses.append(
                Miss(
                    file=self.file,
                    kind=kind,
                    what=what,
                    line=line,
                    quote=quote,
                    expected=expected,
                    got=got,
                )
            )

    def add(self, other: Tally) -> None:
        """Take over the counts of another file."""
        for kind, (right, gold, found) in other._counts.items():
            self.count(kind, right=right, gold=gold, found=found)
        self.misses += other.misses

    def scores(self) -> tuple[Score, ...]:
        return tuple(
            Score(kind=kind, right=right, gold=gold, found=found)
            for kind, (right, gold, found) in self._counts.items()
        )
