"""What the page carries beside the text: page numbers, repeated headers, lists of links.

In goes text, out come edits that take those lines away, so that a sentence cut by
them can be joined. A line is furniture only with evidence: a page number by its
form, its place at a page break or a steady series; a header by its repetition; a
link by standing alone although the text has it already.

>>> from docparse.patterns import load
>>> repair_furniture("a\\n- 2 -\\nb", load())
[(2, 8, '', 'page-number')]
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from docparse.patterns import Patterns
from docparse.repair.draft import Edit
from docparse.repair.layout import Layout, layout
from docparse.repair.lines import Lines

_SERIES = 3  # bare numbers that count up steadily are page numbers from this many on
_PAGE_LINES = (12, 140)  # how many lines that hold something a page may have
_REPEATS = 3  # a table head seen this often is repeated by the page, not by the writer
_HEAD_LINES = 12
_PAGE_WORDS = 24  # characters: "Trang 12 trên 140" is long for a page number
_DIGITS = frozenset("0123456789")
_DIGIT_ENDS = _DIGITS | frozenset("-–—")
# "CÔNG BÁO/Số 33 + 34   7": words with the number of the page before or behind them.
_WITH_NUMBER = re.compile(
    r"(?P<first>\d{1,4})\s+(?P<words>[^\W\d_].{5,})|(?P<more>[^\W\d_].{5,}?)\s+(?P<last>\d{1,4})"
)
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def repair_furniture(text: str, patterns: Patterns, *, breaks: Sequence[int] = ()) -> list[Edit]:
    """Edits that take furniture away; ``breaks`` are positions where a page is known to begin."""
    knowledge = layout(patterns)
    lines = Lines.of(text)
    starts = _page_starts(lines, breaks)
    heads = _repeated_heads(lines, knowledge)
    rules: dict[int, str] = {}
    rules.update((index, "running-header") for index in _running_headers(lines, starts))
    rules.update((index, "repeated-header") for index in heads)
    rules.update((index, "page-number") for index in _page_numbers(lines, starts, heads, knowledge))
    rules.update((index, "link-list") for index in _link_lists(text, lines, knowledge))
    return [
        (lines.starts[index], min(lines.ends[index] + 1, len(text)), "", rules[index])
        for index in sorted(rules)
    ]


def _page_starts(lines: Lines, breaks: Sequence[int]) -> set[int]:
    """The lines that come first after a known page break."""
    found: set[int] = set()
    index = 0
    for position in breaks:
        while index < len(lines) and lines.starts[index] < position:
            index += 1
        found.add(index)
    return found


def _page_numbers(
    lines: Lines, starts: set[int], heads: set[int], knowledge: Layout
) -> Iterable[int]:
    bare: list[int] = []
    for index, words in enumerate(lines.words):
        if len(words) > _PAGE_WORDS or not (words[0] in _DIGITS or words[-1] in _DIGIT_ENDS):
            continue
        if knowledge.page_number.fullmatch(words):
            yield index
        elif len(words) <= 4 and knowledge.bare_number.fullmatch(words):
            bare.append(index)
    at_edge = {i for i in bare if i in starts or i + 1 in starts or (i + 1 in heads)}
    yield from at_edge
    yield from _steady_series(lines, bare)


def _steady_series(lines: Lines, bare: Sequence[int]) -> set[int]:
    """Bare numbers that count 1, 2, 3 … at even distances with no other number between them.

    Row numbers of a table count up too, but unevenly and start again in each group.
    """
    low, high = _PAGE_LINES
    best: list[int] = []
    chain: list[int] = []
    for index in bare:
        value = int(lines.words[index])
        step = index - chain[-1] if chain else 0
        if chain and value == int(lines.words[chain[-1]]) + 1 and low <= step <= high:
            chain.append(index)
        else:
            chain = [index] if value <= _SERIES else []
        if len(chain) > len(best):
            best = list(chain)
    steps = [after - before for before, after in itertools.pairwise(best)]
    if len(best) < _SERIES or max(steps) > 2 * min(steps):
        return set()
    if best[0] > high or best[-1] + high < len(lines) or any(_in_cells(lines, i) for i in best):
        return set()
    return set(best)


def _in_cells(lines: Lines, index: int) -> bool:
    """Whether a line stands between the bars of a table."""
    return any(words.startswith("|") for words in lines.words[max(0, index - 1) : index + 2])


def _repeated_heads(lines: Lines, knowledge: Layout) -> set[int]:
    """Later copies of a table head that the page repeats, line for line."""
    head = knowledge.table_head
    firsts = [i for i, words in enumerate(lines.words) if len(words) < 14 and head.fullmatch(words)]
    if len(firsts) < _REPEATS:
        return set()
    groups: dict[tuple[str, ...], list[int]] = {}
    for index in firsts:
        groups.setdefault(_head_key(lines, index), []).append(index)
    found: set[int] = set()
    for group in groups.values():
        if len(group) >= _REPEATS:
            size = _common_lines(lines, group)
            found.update(i + k for i in group[1:] for k in range(size))
    return found


def _head_key(lines: Lines, index: int) -> tuple[str, ...]:
    return tuple(lines.words[index : index + 2])


def _common_lines(lines: Lines, group: Sequence[int]) -> int:
    """How many lines all copies of a head share."""
    size = 1
    while size < _HEAD_LINES:
        if group[-1] + size >= len(lines):
            break
        if len({lines.words[index + size] for index in group}) > 1:
            break
        size += 1
    return size


def _running_headers(lines: Lines, starts: set[int]) -> Iterable[int]:
    """Lines at the top or bottom of three known pages or more, the same but for a page number."""
    edges = sorted({i for start in starts for i in (start, start - 1) if 0 <= i < len(lines)})
    words = Counter(lines.words[index] for index in edges)
    found = {i for i in edges if words[lines.words[i]] >= _REPEATS}
    numbered: dict[str, list[tuple[int, int]]] = {}
    for index in edges:
        match = _WITH_NUMBER.fullmatch(lines.words[index])
        if match is not None:
            number = int(match["first"] or match["last"])
            numbered.setdefault(match["words"] or match["more"], []).append((number, index))
    for places in numbered.values():
        rising = all(one[0] < two[0] for one, two in itertools.pairwise(places))
        if len(places) >= _REPEATS and rising:
            found.update(index for _, index in places)
    return found


def _link_lists(text: str, lines: Lines, knowledge: Layout) -> Iterable[int]:
    """Lone links under a page that only repeat links of the text."""
    seen: dict[str, int] = {}
    for match in _ADDRESS.finditer(text):
        seen.setdefault(match.group().rstrip("/.,;:>)"), match.start())
    for index, words in enumerate(lines.words if seen else ()):
        if "://" in words and knowledge.link.fullmatch(words):
            address = words.strip("<>").rstrip("/.,;:>)")
            if seen.get(address, lines.starts[index]) < lines.starts[index]:
                yield index
