"""Stated counts with their lists: "05 văn bản, gồm: (1) …; (2) …" goes in, the items come out.

A list is numbered in brackets, or parted by ";" behind a colon, or one item a line behind a
line that ends in a colon, or names between commas. Its items may be counted only where its end
was seen.

>>> from docparse.models import OffsetMap, Source
>>> from docparse.patterns import load
>>> from docparse.extract.drafts import scan
>>> words = "Sở có 02 đơn vị gồm: Trung tâm Khuyến công; Trung tâm Xúc tiến Thương mại."
>>> text = Text(value=words, source=Source(text=words, path="", sha256="", format="txt"),
...             offsets=OffsetMap())
>>> found = find_enumerations(text, scan(words, load()).drafts, Places(words), load())
>>> [(item.figure, len(item.items), item.complete) for item in found]
[(0, 2, True)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docparse.extract.drafts import Draft
from docparse.extract.marks import marks
from docparse.extract.namelists import is_counted, is_ended, open_names, read_names
from docparse.extract.places import Places
from docparse.models import Enumeration, Text
from docparse.patterns import Patterns

_SEVERAL = 2
_COLON_REACH = 240  # characters from a count to the colon that opens its list
_LONGEST = 6000  # characters: no list in one paragraph is longer
_NUMBERED = re.compile(r"\(([0-9]{1,2})\)")
_BULLET = re.compile(
    r"\n[ \t]*(?P<label>[-+*•]|\((?P<number>\d{1,2})\)|(?P<letter>[a-zđ])\))[ \t]*(?=\S)"
)
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def find_enumerations(
    text: Text, drafts: Sequence[Draft], places: Places, patterns: Patterns
) -> Iterator[Enumeration]:
    """The lists of counts, each with the place of its count among the drafts."""
    for index, draft in enumerate(drafts):
        if draft.unit is None or draft.kind not in ("count", "ratio"):
            continue
        limit = drafts[index + 1].lead.start if index + 1 < len(drafts) else len(text.value)
        line_end = places.line(draft.end)[1]
        colon = _colon(text.value, draft.end, line_end, limit)
        items: list[tuple[int, int]] = []
        complete = False
        if colon is not None:
            items, complete = _items(text.value, colon + 1, places, marks(patterns).parts)
        fewest = None
        if len(items) < _SEVERAL:
            end = min(line_end, draft.end + _COLON_REACH, limit)
            opened = colon or open_names(text.value, draft.end, end, patterns)
            items, complete, fewest = _names(text.value, draft, opened, places, patterns)
        if len(items) >= _SEVERAL:
            spans = tuple(text.span(start, end) for start, end in items)
            yield Enumeration(figure=index, items=spans, complete=complete, fewest=fewest)


def _names(
    text: str, draft: Draft, opened: int | None, places: Places, patterns: Patterns
) -> tuple[list[tuple[int, int]], bool, int]:
    """A, B, C and how few they may be, where names are what was counted."""
    if opened is None or draft.unit is None:
        return [], False, 0
    if not is_counted(draft.unit.name, text[draft.end : opened].rstrip(), patterns):
        return [], False, 0
    start = opened + (text[opened] == ":")
    end = places.sentence(start)[1]
    items, fewest = read_names(text, start, end, patterns)
    return items, is_ended(text, start, end), fewest


def _colon(text: str, start: int, line_end: int, limit: int) -> int | None:
    """The colon that opens the list, in the sentence of the count."""
    colon = text.find(":", start, min(line_end, start + _COLON_REACH, limit))
    if colon < 0 or re.search(r"[.;](?=\s)", text[start:colon]):
        return None
    return colon


def _items(
    text: str, start: int, places: Places, parts: re.Pattern[str]
) -> tuple[list[tuple[int, int]], bool]:
    line_end = places.line(start)[1]
    if not text[start:line_end].strip(" *"):
        return _lines(text, line_end)
    end = min(line_end, start + _LONGEST)
    numbered = [match for match in _NUMBERED.finditer(text, start, end)]
    if numbered and numbered[0][1].lstrip("0") == "1":
        return _numbered(text, numbered, end)
    return _parted(text, start, places.sentence(start)[1], parts)


def _numbered(
    text: str, marks: Sequence[re.Match[str]], end: int
) -> tuple[list[tuple[int, int]], bool]:
    """(1) … (2) … as long as the numbers go up by one."""
    run = [marks[0]]
    for mark in marks[1:]:
        if int(mark[1]) == len(run) + 1:
            run.append(mark)
    ends = [mark.start() for mark in run[1:]]
    stop = re.compile(r"\.(?=\s+[^\W\d_a-z])|\n").search(text, run[-1].end(), end)
    ends.append(stop.start() if stop else end)
    items = [_trimmed(text, mark.end(), to) for mark, to in zip(run, ends, strict=True)]
    return items, True


def _parted(
    text: str, start: int, end: int, parts: re.Pattern[str]
) -> tuple[list[tuple[int, int]], bool]:
    """A; B; C. up to the end of the sentence."""
    items, position = [], start
    for mark in parts.finditer(text, start, end):
        items.append(_trimmed(text, position, mark.start()))
        position = mark.end()
    items.append(_trimmed(text, position, end))
    whole = all(low < high for low, high in items)
    return items, whole and text[end - 1 : end] not in (";", ",")


def _lines(text: str, start: int) -> tuple[list[tuple[int, int]], bool]:
    """One bulleted or labelled line an item, as long as they follow each other."""
    items: list[tuple[int, int]] = []
    position, before = start, ""
    while bullet := _BULLET.match(text, position):
        if not _goes_on(bullet, len(items), before):
            break
        before = bullet["label"]
        end = text.find("\n", bullet.end())
        end = len(text) if end < 0 else end
        items.append(_trimmed(text, bullet.end(), end))
        position = end
    return items, bool(items) and not _comes_later(text, position, len(items), before)


def _comes_later(text: str, position: int, count: int, last: str) -> bool:
    """The next label stands farther down: what is between belongs to the last item."""
    if "(" in last:
        label = rf"\({count + 1}\)"
    elif ")" in last and count < len(_LETTERS):
        label = rf"{_LETTERS[count]}\)"
    else:
        return False
    return re.compile(rf"\n[ \t]*{label}").search(text, position, position + _LONGEST) is not None


def _goes_on(bullet: re.Match[str], count: int, before: str) -> bool:
    """(1) (2) (3), a) b) c), or one sign all the way."""
    if bullet["number"]:
        return int(bullet["number"]) == count + 1
    if bullet["letter"]:
        return _LETTERS[count : count + 1] == bullet["letter"]
    return not before or before == bullet["label"]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t*_;,":
        start += 1
    while end > start and text[end - 1] in " \t*_;,.":
        end -= 1
    return start, end
