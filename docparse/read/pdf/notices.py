"""What a reader must know of how the pages were read: pages in, notices out.

Nothing is said of pages that the fast path read well. Pages of one kind share a notice.

>>> pages_named([1, 2, 3, 7])
'1-3, 7'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from docparse.models import Notice, Span
from docparse.read.pdf.values import Page, Path

_CODES = {
    Path.LEGACY: "pdf-legacy-fonts",
    Path.PDFPLUMBER: "pdf-second-reader",
    Path.OCR: "pdf-read-by-ocr",
}
_UNSOUGHT = "pdf-tables-unsought"
_DOUBTFUL = 0.9
_MOST_NAMED = 20


class Notices:
    """Collects how each page was read."""

    def __init__(self) -> None:
        self.paths: dict[Path, list[Page]] = {}
        self.doubtful: list[tuple[int, float]] = []
        self.lost: dict[str, list[int]] = {}
        self.empty = 0

    def add(self, page: Page) -> None:
        """Note the path of a page; its words are let go."""
        bare = Page(
            number=page.number,
            width=0,
            height=0,
            path=page.path,
            sure=page.sure,
            encodings=page.encodings,
        )
        self.paths.setdefault(page.path, []).append(bare)
        if page.drawing:
            self.lose(page.number, _UNSOUGHT)
        if page.sure < _DOUBTFUL and page.path is not Path.NONE:
            self.doubtful.append((page.number, page.sure))

    def lose(self, number: int, code: str) -> None:
        """Note a page that was not read, and why."""
        self.lost.setdefault(code, []).append(number)

    def first_reason(self) -> str | None:
        """Why the first lost page was lost."""
        return next((code for code in self.lost if code != _UNSOUGHT), None)

    def lost_pages(self) -> str:
        return pages_named(number for numbers in self.lost.values() for number in numbers)

    def has(self, path: Path) -> bool:
        return path in self.paths

    def all(self, text: str, doubtful: Sequence[tuple[int, int]]) -> tuple[Notice, ...]:
        """The notices; ``doubtful`` are places of words that OCR is not sure of."""
        made = [self._path_notice(path, code) for path, code in _CODES.items() if self.has(path)]
        made += [
            Notice(code="pdf-page-doubtful", values=(("page", str(number)), ("sure", _share(sure))))
            for number, sure in self.doubtful
        ]
        made += [
            Notice(code=code, values=(("pages", pages_named(numbers)),))
            for code, numbers in sorted(self.lost.items())
        ]
        if doubtful:
            made.append(_doubtful_words(text, doubtful))
        return tuple(made)

    def _path_notice(self, path: Path, code: str) -> Notice:
        pages = self.paths[path]
        values = [("pages", pages_named([page.number for page in pages]))]
        values.append(("sure", _share(min(page.sure for page in pages))))
        if path is Path.LEGACY:
            names = sorted({name for page in pages for name in page.encodings})
            values.append(("encoding", ", ".join(names)))
        return Notice(code=code, values=tuple(values))


def _share(sure: float) -> str:
    return f"{sure * 100:.0f} %"


def _doubtful_words(text: str, places: Sequence[tuple[int, int]]) -> Notice:
    """One notice for all doubtful words, at the first of them."""
    words = [text[start:end] for start, end in places]
    numbers = [word for word in words if any(char.isdigit() for char in word)] or words
    start, end = places[0]
    line = text.count("\n", 0, start) + 1
    span = Span(
        start=start,
        end=end,
        origin_start=start,
        origin_end=end,
        line=line,
        line_end=line,
        quote=text[start:end],
    )
    listed = ", ".join(numbers[:_MOST_NAMED])
    values = (("count", str(len(words))), ("words", listed))
    return Notice(code="ocr-doubtful-words", values=values, span=span)


def pages_named(numbers: Iterable[int]) -> str:
    """Page numbers as a reader writes them."""
    ranges = []
    for _, group in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        ranges.append(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}")
    return ", ".join(ranges)
