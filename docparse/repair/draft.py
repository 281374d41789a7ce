"""A text while it is being repaired: edits go in, the way back to the source is kept.

>>> draft = Draft("a\\r\\nb  c")
>>> draft.apply([(1, 3, "\\n", "newline")])
>>> draft.apply([(3, 5, " ", "spaces")])
>>> draft.value, draft.offsets.span_origin(2, 5)
('a\\nb c', (3, 7))
"""

from __future__ import annotations

from collections.abc import Sequence

from docparse.models import OffsetMap, Pass

Edit = tuple[int, int, str, str]


class Draft:
    """The current text, the passes made so far, and the map to the source."""

    __slots__ = ("offsets", "passes", "value")

    def __init__(self, value: str) -> None:
        self.value = value
        self.offsets = OffsetMap()
        self.passes: list[Pass] = []

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make one pass: edits ``(start, end, new words, rule)``, in order, not overlapping."""
        if not edits:
            return
        self.passes.append(Pass(edits=tuple(edits), offsets=self.offsets))
        pieces = []
        position = 0
        for start, end, after, _ in edits:
            pieces.append(self.value[position:start])
            pieces.append(after)
            position = end
        pieces.append(self.value[position:])
        self.value = "".join(pieces)
        self.offsets = _compose(self.offsets, edits)


def _compose(old: OffsetMap, edits: Sequence[Edit]) -> OffsetMap:
    """The map of the edited text: old changes carried along, those under an edit swallowed."""
    starts: list[int] = []
    ends: list[int] = []
    origin_starts: list[int] = []
    origin_ends: list[int] = []
    index = 0
    shift = 0  # new position minus position before this pass
    lag = 0  # source position minus position before this pass
    count = len(old.starts)
    for start, end, after, _ in edits:
        while index < count and old.ends[index] <= start:
            starts.append(old.starts[index] + shift)
            ends.append(old.ends[index] + shift)
            origin_starts.append(old.origin_starts[index])
            origin_ends.append(old.origin_ends[index])
            lag = old.origin_ends[index] - old.ends[index]
            index += 1
        left, right, origin = start, end, start + lag
        if index < count and old.starts[index] < start:
            left, origin = old.starts[index], old.origin_starts[index]
        while index < count and old.starts[index] < end:
            right = max(right, old.ends[index])
            lag = old.origin_ends[index] - old.ends[index]
            index += 1
        starts.append(left + shift)
        shift += len(after) - (end - start)
        ends.append(right + shift)
        origin_starts.append(origin)
        origin_ends.append(right + lag)
    starts.extend(start + shift for start in old.starts[index:])
    ends.extend(end + shift for end in old.ends[index:])
    origin_starts.extend(old.origin_starts[index:])
    origin_ends.extend(old.origin_ends[index:])
    return OffsetMap(starts, ends, origin_starts, origin_ends)
