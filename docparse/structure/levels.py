"""How deep a heading stands: labels in the order of the text in, levels out.

No style of numbering has a fixed level ("I." stands below "A." in one report and above it
in the next): a label goes beside the label that it follows, else below the one before it.

>>> from docparse.structure.labels import Label
>>> levels = Levels()
>>> labels = ["A", "I", "1", "2", "II", "1"]
>>> kinds = {"A": "capital", "I": "roman", "II": "roman"}
>>> counts = {"A": 1, "I": 1, "II": 2}
>>> [levels.place(Label(kinds.get(t, "decimal"), t, (counts.get(t) or int(t),))) for t in labels]
[1, 2, 3, 3, 2, 3]
"""

from __future__ import annotations

from docparse.structure.labels import Label

# What may stand below what where both are new; equal ranks take the order of the text.
_RANKS = {
    "annex": 0,
    "part": 1,
    "chapter": 2,
    "division": 3,
    "article": 4,
    "capital": 5,
    "roman": 5,
    "roman.2": 6,
    "roman.3": 7,
    "decimal": 8,
    "decimal.2": 9,
    "decimal.3": 10,
    "decimal.4": 11,
    "decimal.5": 12,
    "letter": 13,
    "decimal)": 13,
    "letter.2": 14,
    "paren": 14,
}
_SKIPPED = 3  # a numbering may leave out so many numbers and still be the same


class Levels:
    """The headings that are open: the way from the top to where the text is."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        self._open: list[tuple[Label, bool]] = []

    def reset(self) -> None:
        """An annex counts anew."""
        self._open.clear()

    def place(self, label: Label, *, bold: bool = False) -> int:
        """The level of the next heading, which is then open."""
        if label.kind == "annex":
            self.reset()
        depth = self._depth(label, bold)
        del self._open[depth:]
        self._open.append((label, bold))
        return depth + 1

    def continues(self, label: Label) -> bool:
        """Whether the label goes on with what is open: the next, or the first below it."""
        if any(label.follows(above) for above, _ in self._open):
            return True
        above = label.number[:-1]
        return label.number[-1] == 1 and any(other.number == above for other, _ in self._open)

    def expects(self, label: Label) -> bool:
        """Whether a numbering of this kind is open and this is further on in it."""
        for above, _ in reversed(self._open):
            if above.kind == label.kind:
                return 0 < label.number[-1] - above.number[-1] <= _SKIPPED
        return False

    def _depth(self, label: Label, bold: bool) -> int:
        for depth in range(len(self._open) - 1, -1, -1):
            if label.follows(self._open[depth][0]):
                return depth
        for depth in range(len(self._open) - 1, -1, -1):
            other, other_bold = self._open[depth]
            if other.kind == label.kind:
                # "1." in plain type below a bold "1." begins a list of its own.
                below = label.number[-1] == 1 and other_bold and not bold
                return depth + 1 if below else depth
        depth = len(self._open)
        while depth and _RANKS[self._open[depth - 1][0].kind] > _RANKS[label.kind]:
            depth -= 1
        return depth
