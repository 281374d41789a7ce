"""Names between commas behind a colon: a stretch of text goes in, its names come out.

Names hold commas and "và" themselves ("Sở Văn hóa, Thể thao và Du lịch"), so a list has no one
length: it has at most as many names as pieces, and at least as many as begin as the first one does.

>>> from docparse.patterns import load
>>> said = "Sở Văn hóa, Thể thao và Du lịch, Sở Y tế."
>>> names, fewest = read_names(said, 0, len(said), load())
>>> [said[start:end] for start, end in names], fewest
(['Sở Văn hóa', 'Thể thao', 'Du lịch', 'Sở Y tế'], 2)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.patterns import Patterns

_LONG = 80  # characters of a name
_FEWEST = 3  # pieces that a list has, where nothing but commas says that it is one


def open_names(text: str, start: int, end: int, patterns: Patterns) -> int | None:
    """Where a list begins that no colon opens: "gồm Sở Y tế, Sở Nội vụ"."""
    forms = patterns.forms("figures")
    found = forms.pattern("names-open").search(text, start, end)
    first = text[found.end() : found.end() + _LONG] if found else ""
    return found.end() if found and forms.pattern("listed-name").match(first) else None


def is_counted(unit: str, lead: str, patterns: Patterns) -> bool:
    """Whether names are what was counted: "05 đơn vị hoàn thành, gồm:"."""
    forms = patterns.forms("figures")
    counted = forms.pattern("named-unit").fullmatch(unit)
    return counted is not None and forms.pattern("names-lead").fullmatch(lead) is not None


def read_names(
    text: str, start: int, end: int, patterns: Patterns
) -> tuple[list[tuple[int, int]], int]:
    """The pieces of a list of names and how few names they may be; none where one is no name."""
    forms = patterns.forms("figures")
    end = start + len(text[start:end].rstrip(" *_;."))
    pieces = list(_pieces(text, start, end, forms.pattern("between-names")))
    said = [text[low:high] for low, high in pieces]
    name, more = forms.pattern("listed-name"), forms.pattern("more-names")
    if len(pieces) < _FEWEST or any(not name.match(one) or more.search(one) for one in said):
        return [], 0
    first = said[0].split()[0].casefold()
    return pieces, sum(one.split()[0].casefold() == first for one in said)


def is_ended(text: str, start: int, end: int) -> bool:
    """Whether the list was seen to its end: not in "…", nor in a comma."""
    said = text[start:end].rstrip(" *_")
    behind = text[end:].lstrip()[:1]
    if said[-1:] in (",", "…", "") or said.endswith("..") or text[end : end + 2] == "..":
        return False
    return text[end : end + 1] != "…" and not behind.islower()


def _pieces(text: str, start: int, end: int, between: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """What stands between commas and "và" outside of brackets."""
    place = start
    for mark in between.finditer(text, start, end):
        before = text[start : mark.start()]
        if before.count("(") == before.count(")"):
            yield _trimmed(text, place, mark.start())
            place = mark.end()
    yield _trimmed(text, place, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in ' \t*_“"':
        start += 1
    while end > start and text[end - 1] in ' \t*_”"':
        end -= 1
    return start, end
