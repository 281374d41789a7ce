"""One change in a set of reports, with the rule that should speak of it."""

from __future__ import annotations

from dataclasses import dataclass

HARMLESS = "harmless"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Reports before and after one change; ``also`` may speak of the same place."""

    rule: str
    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    also: frozenset[str] = frozenset()
    real: bool = False
    anywhere: bool = False  # what is missing has no place of its own

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """The changed lines of each changed report, and their neighbours."""
        return frozenset(
            (index, line)
            for index, (old, new) in enumerate(zip(self.before, self.after, strict=True))
            if old != new
            for line in changed_lines(old, new)
        )


def changed_lines(old: str, new: str) -> range:
    """The lines of ``new`` that differ, counted from 1, with two more on each side."""
    first, second = old.split("\n"), new.split("\n")
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    end = 0
    while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
        end += 1
    return range(start - 1, len(second) - end + 3)
