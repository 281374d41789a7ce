"""Cases of the rules, written as prose: a Markdown file in, reports with their marks out.

A case is a heading of level 2 or 3 with one or more fenced blocks under it; each block is a
report, one of ```csv the user's list of documents. ``[FIG101: 25%]`` marks words that a finding of
FIG101 must quote; a block without marks must stay silent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"^#{2,3} (.+)$")
_MARK = re.compile(r"\[([A-Z]{3}\d{3}(?:\+[A-Z]{3}\d{3})*): ")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case: its reports without marks, and what must be found in which."""

    name: str
    reports: tuple[str, ...]
    marks: frozenset[tuple[str, int, int, int]]  # code, report, start, end
    registry: str | None = None

    @property
    def fires(self) -> bool:
        return bool(self.marks)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for code, *_ in self.marks)


def read_cases(path: Path) -> list[Case]:
    """The cases of one file, in its order."""
    cases: list[Case] = []
    name, blocks, inside, registry = path.stem, [], None, None
    listed = False
    for line in [*path.read_text(encoding="utf-8").split("\n"), "## "]:
        if inside is not None:
            if line.startswith("```"):
                registry, blocks = _sorted_block("\n".join(inside), listed, registry, blocks)
                inside = None
            else:
                inside.append(line)
        elif line.startswith("```"):
            inside, listed = [], line == "```csv"
        elif heading := _HEADING.match(f"{line}end" if line == "## " else line):
            if blocks:
                cases.append(_case(name, blocks, registry))
            name, blocks, registry = heading[1], [], None
    return cases


def _sorted_block(
    words: str, listed: bool, registry: str | None, blocks: list[str]
) -> tuple[str | None, list[str]]:
    return (words, blocks) if listed else (registry, [*blocks, words])


def _case(name: str, blocks: list[str], registry: str | None) -> Case:
    reports, marks = [], set()
    for index, block in enumerate(blocks):
        text, found = _unmarked(block)
        reports.append(text)
        marks |= {(code, index, start, end) for code, start, end in found}
    return Case(name=name, reports=tuple(reports), marks=frozenset(marks), registry=registry)


def _unmarked(block: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The text without its marks, and where the marked words stand in it; marks may nest."""
    text, found, position = "", [], 0
    opened: list[tuple[list[str], int]] = []
    while position < len(block):
        if mark := _MARK.match(block, position):
            opened.append((mark[1].split("+"), len(text)))
            position = mark.end()
        elif block[position] == "]" and opened:
            codes, start = opened.pop()
            found += [(code, start, len(text)) for code in codes]
            position += 1
        else:
            text += block[position]
            position += 1
    assert not opened, f"a mark is not closed: {block[:60]}"
    return text, found
