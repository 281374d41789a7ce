"""A report: the four values that the stages made of one file, held together.

>>> Report.__dataclass_fields__.keys() >= {"source", "text", "outline", "records"}
True
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
