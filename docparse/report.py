"""A report: the four values that the stages made of one file, held together; and many of them.

>>> Report.__dataclass_fields__.keys() >= {"source", "text", "outline", "records"}
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Protocol, overload, runtime_checkable

from docparse.models import (
    Citation,
    Document,
    Figure,
    Header,
    Notice,
    Outline,
    Records,
    Reference,
    Section,
    Source,
    Span,
    Table,
    Text,
)

if TYPE_CHECKING:
    import pandas as pd

_LAST = 64  # sources that may be there at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What docparse knows of one file."""

    source: Source
    text: Text
    outline: Outline
    records: Records = field(default_factory=Records)

    @property
    def header(self) -> Header:
        return self.outline.header

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.outline.sections

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.records.citations

    @property
    def documents(self) -> tuple[Document, ...]:
        """The cited papers, each with all its mentions."""
        return self.records.documents

    @property
    def references(self) -> tuple[Reference, ...]:
        """Words that stand for a paper: "Quyết định này", "Kế hoạch nêu trên"."""
        return self.records.references

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.records.figures

    @property
    def tables(self) -> tuple[Table, ...]:
        return self.records.tables

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What could not be read well, from every stage, in the order of the stages."""
        return self.source.notices + self.text.notices + self.outline.notices + self.records.notices

    def is_doubtful(self, span: Span) -> bool:
        """Whether what stands there rests on a word that OCR is not sure of.

        For the span of any record: of a citation, a figure, or a cell of a table.
        """
        return self.source.is_doubtful(span.origin_start, span.origin_end)

    def to_dict(self, *, lang: str = "vi") -> dict[str, Any]:
        """The report as the record contract has it (``docparse.report/1``)."""
        from docparse.render.records import report_dict

        return report_dict(self.source, self.outline, self.records, notices=self.notices, lang=lang)

    def frame(self, kind: str) -> pd.DataFrame:
        """One kind of record as a pandas frame, such as "citations", "figures" or "notices"."""
        from docparse.render.frames import frame

        return frame(self.to_dict(), kind)


@runtime_checkable
class Shelf(Protocol):
    """Reports that are made when they are asked for, under their paths in order."""

    @property
    def paths(self) -> Sequence[str]: ...

    def source(self, path: str) -> Source: ...

    def report(self, path: str) -> Report: ...


class ShelvedReports(Sequence[Report]):
    """Reports that are there, and behind them those of shelves, each made when it is asked for."""

    def __init__(self, there: Sequence[Report], *shelves: Shelf) -> None:
        self._there = tuple(there)
        self._places = [(shelf, path) for shelf in shelves for path in shelf.paths]

    def __len__(self) -> int:
        return len(self._there) + len(self._places)

    @overload
    def __getitem__(self, index: int) -> Report: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Report]: ...
    def __getitem__(self, index: int | slice) -> Report | Sequence[Report]:
        if isinstance(index, slice):
            return [self[each] for each in range(len(self))[index]]
        index = range(len(self))[index]
        if index < len(self._there):
            return self._there[index]
        shelf, path = self._places[index - len(self._there)]
        return shelf.report(path)

    def sources(self) -> Mapping[str, Source]:
        """The source of each by its path; that of a report need not be made to be shown."""
        there = {one.source.path: partial(_source, one) for one in self._there}
        return _Sources(there | {path: partial(one.source, path) for one, path in self._places})


class _Sources(Mapping[str, Source]):
    """Sources that are read when they are asked for; the last ones are there."""

    def __init__(self, readers: Mapping[str, Callable[[], Source]]) -> None:
        self._readers = readers
        self._read = lru_cache(maxsize=_LAST)(lambda path: readers[path]())

    def __getitem__(self, path: str) -> Source:
        return self._read(path)

    def __contains__(self, path: object) -> bool:
        return path in self._readers

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


def _source(report: Report) -> Source:
    return report.source
