"""A text while it is being repaired: edits go in, the way back to the source is kept.

>>> draft = Draft("a\\r\\nb  c")
>>> draft.apply([(1, 3, "\\n", "newline")])
>>> draft.apply([(3, 5, " ", "spaces")])
>>> draft.value, draft.offsets.span_origin(2, 5)
('a\\nb c', (3, 7))
"""

from __future__ import annotations

from collections.abc import Sequence

from docparse.models import Change, OffsetMap, Pass

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
        self.offsets = OffsetMap(_compose(self.offsets.changes, edits))


def _compose(changes: Sequence[Change], edits: Sequence[Edit]) -> list[Change]:
    """The map of the edited text: old changes carried along, those under an edit swallowed."""
    made: list[Change] = []
    index = 0
    shift = 0  # new position minus position before this pass
    lag = 0  # source position minus position before this pass
    for start, end, after, _ in edits:
        while index < len(changes) and changes[index].end <= start:
            lag = _carry(made, changes[index], shift)
            index += 1
        left, right, origin = start, end, start + lag
        if index < len(changes) and changes[index].start < start:
            left, origin = changes[index].start, changes[index].origin_start
        while index < len(changes) and changes[index].start < end:
            right = max(right, changes[index].end)
            lag = changes[index].origin_end - changes[index].end
            index += 1
        grown = len(after) - (end - start)
        made.append(Change(left + shift, right + shift + grown, origin, right + lag))
        shift += grown
    for change in changes[index:]:
        _carry(made, change, shift)
    return made


def _carry(made: list[Change], change: Change, shift: int) -> int:
    if shift:
        start, end = change.start + shift, change.end + shift
        made.append(Change(start, end, change.origin_start, change.origin_end))
    else:
        made.append(change)
    return change.origin_end - change.end
