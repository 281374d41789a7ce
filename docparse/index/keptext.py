"""A report's text as it is kept: a repaired text in, a packed one out, and back.

The source is kept whole; the repaired text is kept as the changes to it. Places and quotes come
back as they were, so that evidence is shown without the file.

>>> from docparse.index.dense import compress
>>> from docparse.models import Source
>>> source = Source(text="Số: 12\\n\\nSở", path="a.txt", sha256="", format="txt")
>>> text = Text(value="Số: 12 Sở", source=source, offsets=OffsetMap([6], [7], [6], [8]))
>>> again = text_of(compress(keep(text)))
>>> again.value, again.span(7, 9).quote, again.span(7, 9).line
('Số: 12 Sở', 'Sở', 3)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from docparse.index.dense import differences, pack, unpack_text
from docparse.index.fold import both_forms
from docparse.index.keptsource import rest_of
from docparse.index.passages import passages
from docparse.models import OffsetMap, Source, Text

_OVERLAP = 6  # words


class Passage(NamedTuple):
    """One passage of the repaired text, as the words that are searched; ``own`` are its folded
    words without those of the next."""

    start: int
    exact: str
    folded: str
    own: str


def keep(text: Text, record: object = None) -> bytes:
    """The text as the index keeps it, and with it the record of the report; not compressed."""
    offsets, value = text.offsets, text.value
    new = [value[start:end] for start, end in zip(offsets.starts, offsets.ends, strict=True)]
    pairs = zip(offsets.origin_starts, offsets.origin_ends, strict=True)
    old = [end - start for start, end in pairs]
    changes = [differences(offsets.origin_starts), old, new]
    return pack(text.source.text, changes, record, rest_of(text.source))


def cut_passages(value: str) -> Iterator[Passage]:
    """The passages that have words; the same for the same text, at any time.

    Each goes on for a few words of the next, so that words side by side stand together in one.
    """
    before: Passage | None = None
    for start, end in passages(value):
        exact, folded = both_forms(value[start:end])
        if folded:
            passage = Passage(start=start, exact=exact, folded=folded, own=folded)
            if before is not None:
                yield _going_on(before, passage)
            before = passage
    if before is not None:
        yield before


def _going_on(passage: Passage, behind: Passage) -> Passage:
    exact, folded = (
        " ".join([words, *more.split(" ", _OVERLAP)[:_OVERLAP]])
        for words, more in ((passage.exact, behind.exact), (passage.folded, behind.folded))
    )
    return passage._replace(exact=exact, folded=folded)


def text_of(body: bytes) -> Text:
    """The repaired text with the way back to its source; its passes are not kept."""
    return rebuilt(*unpack_text(body))


def rebuilt(original: str, changes: Sequence[Sequence[Any]]) -> Text:
    """The repaired text that a source and its changes make."""
    steps, old, new = changes
    origin_starts = list(accumulate(steps))
    starts: list[int] = []
    ends: list[int] = []
    pieces: list[str] = []
    at = position = 0
    for origin, length, words in zip(origin_starts, old, new, strict=True):
        pieces += (original[at:origin], words)
        position += origin - at
        starts.append(position)
        position += len(words)
        ends.append(position)
        at = origin + length
    origin_ends = [start + length for start, length in zip(origin_starts, old, strict=True)]
    return Text(
        value="".join([*pieces, original[at:]]),
        source=Source(text=original, path="", sha256="", format=""),
        offsets=OffsetMap(starts, ends, origin_starts, origin_ends),
        line_starts=(0, *_behind(original, "\n")),
        page_starts=_pages(original),
    )


def _pages(text: str) -> tuple[int, ...]:
    """Where pages begin; a form feed at the very end begins none."""
    found = [0, *_behind(text, "\f")]
    if not text[found[-1] :].strip():
        found.pop()
    return tuple(found) if len(found) > 1 else ()


def _behind(text: str, mark: str) -> Iterator[int]:
    return (found.end() for found in re.finditer(mark, text))
