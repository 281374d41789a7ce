"""Where a gold quote stands: line and words in, character offsets of the source out.

>>> lines = Lines("Số\\nVăn bản số \\n\\n12/KH-SCT ngày 5")
>>> lines.find(2, "Văn bản số 12/KH-SCT")
(3, 25)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice, takewhile
from unicodedata import normalize

from docparse.evaluate.compare import fold

# The same letters in another Unicode form are looked for in so many characters.
_WINDOW = 4000


class Lines:
    """A source text by its lines, which end at ``\\n`` and count from 1."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def range(self, line: int, line_end: int | None = None) -> tuple[int, int] | None:
        """Start and end of one line or of several, without the last line break."""
        last = line if line_end is None else line_end
        if not 1 <= line <= last <= len(self._starts):
            return None
        end = self._starts[last] - 1 if last < len(self._starts) else len(self.text)
        return self._starts[line - 1], end

    def range_with(self, line: int, label: str) -> tuple[int, int] | None:
        """The range of a line that shows a label, be it bold: ``**6**.`` shows "6."."""
        place = self.range(line)
        if place is None:
            return None
        shown = self.text[slice(*place)].replace("*", "").replace("_", "")
        return place if fold(label) in fold(shown) else None

    def find(self, line: int, quote: str, nth: int = 1) -> tuple[int, int] | None:
        """The ``nth`` place on the line where the quote begins; it may end on a later line."""
        place = self.range(line)
        if place is None or not quote.strip():
            return None
        matches = _pattern(quote).finditer(self.text, place[0])
        begins = takewhile(lambda span: span[0] <= place[1], (match.span() for match in matches))
        found = next(islice(begins, nth - 1, None), None)
        return found or self._find_composed(place, quote, nth)

    def find_near(self, line: int, quote: str, after: int) -> tuple[int, int] | None:
        """The place of the quote nearest to the line, behind the offset ``after``.

        For a source that is no text: its lines are those of one reading, and another may part
        them elsewhere.
        """
        matches = _pattern(quote).finditer(self.text, after) if quote.strip() else ()
        spans = [match.span() for match in matches]
        return min(spans, key=lambda span: abs(self._line(span[0]) - line), default=None)

    def _line(self, place: int) -> int:
        return bisect_right(self._starts, place)

    def lines_with(self, quote: str) -> list[int]:
        """The lines on which a quote begins, to help who mistyped the line."""
        matches = islice(_pattern(quote).finditer(self.text), 5)
        return [self._line(match.start()) for match in matches]

    def _find_composed(
        self, place: tuple[int, int], quote: str, nth: int
    ) -> tuple[int, int] | None:
        """The same among composed letters: an editor may have composed those of the quote."""
        start, last = place
        window = self.text[start : last + _WINDOW]
        composed: list[str] = []
        origins: list[int] = []
        for match in re.finditer("(?s:.)[\u0300-\u036f]*", window):
            letters = normalize("NFC", match.group())
            composed.append(letters)
            origins += [start + match.start()] * len(letters)
        origins.append(start + len(window))
        matches = _pattern(normalize("NFC", quote)).finditer("".join(composed))
        spans = ((origins[m.start()], origins[m.end()]) for m in matches)
        return next(islice((span for span in spans if span[0] <= last), nth - 1, None), None)


def _pattern(quote: str) -> re.Pattern[str]:
    """The words of the quote with any white space between; " … " stands for anything."""
    pieces = (r"\s+".join(map(re.escape, part.split())) for part in quote.split(" … "))
    whole = r"(?s:.{1,4000}?)".join(pieces)
    if re.fullmatch(r"[\d.,/ %]+", quote):
        # A numeral is quoted whole: "02" is not looked for inside "2021" or "1.02".
        whole = rf"(?<!\d)(?<!\d[.,/]){whole}(?!\d|[.,/]\d)"
    return re.compile(whole)
