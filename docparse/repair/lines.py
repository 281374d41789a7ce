"""The lines of a text that hold something.

In goes text, out come three lists side by side: where each line starts, where it
ends without trailing spaces (a tab is a cell and stays), and its words.

>>> lines = Lines.of("a \\n\\n  b\\n")
>>> lines.starts, lines.ends, lines.words
([0, 4], [1, 7], ['a', 'b'])
"""

from __future__ import annotations


class Lines:
    """Plain lists of numbers and words: a long report has a million lines."""

    __slots__ = ("ends", "starts", "words")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of a text."""
        lines = cls()
        start = 0
        for row in text.split("\n"):
            words = row.strip()
            if words:
                lines.starts.append(start)
                lines.ends.append(start + len(row.rstrip(" ")))
                lines.words.append(words)
            start += len(row) + 1
        return lines

    def __len__(self) -> int:
        return len(self.words)
