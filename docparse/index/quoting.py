"""The line of a passage that answers a question: numbers of passages in, quoted places out.

>>> best_line("một hai\\nba bốn năm", (0, 18), {"ba", "nam"}, "folded")
(8, 18)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from docparse.index import schema
from docparse.index.answers import Found
from docparse.index.citing import path_of
from docparse.index.fold import both_forms, find_phrase, find_runs, has_words
from docparse.index.fulltext import Column, Term
from docparse.index.keptext import text_of
from docparse.index.passages import passages
from docparse.models import Text

_QUOTE = 300  # characters of a quote
_KEPT = 1000  # texts that are kept unpacked
_texts, _reports = schema.texts.c, schema.reports.c
_OF_PASSAGE = (
    select(
        _texts.report_id,
        _texts.first_passage,
        _texts.body,
        _reports.number,
        _reports.date,
        _reports.title,
        path_of().label("path"),
    )
    .join(schema.reports, _reports.id == _texts.report_id)
    .where(_texts.first_passage <= bindparam("passage"))
    .order_by(_texts.first_passage.desc())
    .limit(1)
)


class Passages:
    """The texts of reports by the numbers of their passages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: dict[int, tuple[Text, list[int]]] = {}

    def found(self, number: int, terms: Sequence[Term], column: Column, how: str) -> Found:
        """One passage as an answer: the line where the words stand, and which they are."""
        wanted = {word for term in terms for word in term.words}
        row = self._row(number)
        text, starts = self._text(row)
        which = number - row.first_passage
        place = starts[which], _end(text.value, starts, which)
        start, end = (
            len(terms) == 1
            and not terms[0].any_of
            and phrase_line(text.value, place, terms[0].words, column)
        ) or best_line(text.value, place, wanted, column)
        span = text.span(start, end)
        quote = " ".join(span.quote.split())
        return Found(
            kind="passage",
            how=how,
            report=row.path,
            key=None,
            number=row.number,
            date=row.date,
            title=row.title,
            line=span.line,
            page=span.page,
            quote=quote,
            marks=tuple(find_runs(quote, wanted, exact=column == "exact")),
        )

    def _row(self, number: int) -> Row[Any]:
        return self._connection.execute(_OF_PASSAGE, {"passage": number}).one()

    def _text(self, row: Row[Any]) -> tuple[Text, list[int]]:
        if row.report_id not in self._held:
            if len(self._held) >= _KEPT:
                self._held.clear()
            text = text_of(row.body)
            starts = [
                start for start, end in passages(text.value) if has_words(text.value, start, end)
            ]
            self._held[row.report_id] = text, starts
        return self._held[row.report_id]


def _end(value: str, starts: list[int], which: int) -> int:
    """The end of a passage, with the line that it may go on in."""
    if which + 1 == len(starts):
        return len(value)
    end = value.find("\n", starts[which + 1])
    return len(value) if end < 0 else end


def best_line(
    value: str, place: tuple[int, int], wanted: Collection[str], column: Column
) -> tuple[int, int]:
    """Where, between two places of a text, most of the words stand together."""
    best, most = place, -1
    for a, b in _lines(value, *place):
        words = both_forms(value[a:b])[column == "folded"].split(" ")
        fitting = len(set(words).intersection(wanted))
        if fitting > most:
            best, most = (a, b), fitting
    if best[1] - best[0] <= _QUOTE:
        return best
    runs = find_runs(value[best[0] : best[1]], wanted, exact=column == "exact")
    longest = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    return _cut(best[0], best[1], best[0] + longest[0])


def phrase_line(
    value: str, place: tuple[int, int], phrase: Sequence[str], column: Column
) -> tuple[int, int] | None:
    """The line in which words stand side by side; two where they go on in the next.

    >>> value = "Sở đã cải cách\\nhành chính, tốt"
    >>> phrase_line(value, (0, len(value)), ["cach", "hanh"], "folded") == (0, len(value))
    True
    """
    found = find_phrase(value[place[0] : place[1]], phrase, exact=column == "exact")
    if found is None:
        return None
    begin, end = place[0] + found[0], place[0] + found[1]
    line_end = value.find("\n", end)
    start = value.rfind("\n", 0, begin) + 1
    return _cut(start, len(value) if line_end < 0 else line_end, begin)


def _cut(start: int, end: int, begin: int) -> tuple[int, int]:
    """Of a long line what stands around the place where the words begin."""
    if end - start > _QUOTE:
        start = max(start, begin - _QUOTE // 3)
        end = min(end, start + _QUOTE)
    return start, end


def _lines(value: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines that have words."""
    while start < end:
        stop = value.find("\n", start, end)
        stop = end if stop < 0 else stop
        if has_words(value, start, stop):
            yield start, stop
        start = stop + 1
