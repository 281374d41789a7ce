"""Extract: a text and its outline go in, records come out.

Citations and dates claim their characters first, tables their numeric cells, and
what numbers are left are figures or are known to be something else.
"""

from __future__ import annotations

from itertools import chain

from docparse.extract.citations import find_citations
from docparse.extract.figures import find_figures
from docparse.extract.tables import find_tables
from docparse.models import Outline, Records, Text
from docparse.patterns import Patterns

__all__ = ["extract"]


def extract(text: Text, outline: Outline, patterns: Patterns) -> Records:
    """Everything that the report says in numbers and names."""
    cited = find_citations(text, outline, patterns)
    tables = find_tables(text, outline, patterns)
    taken = sorted(
        chain(
            ((one.span.start, one.span.end) for one in cited.citations),
            ((one.span.start, one.span.start + len(one.label)) for one in outline.sections),
            tables.numeric_cells,
        )
    )
    figures = find_figures(text, outline, patterns, taken=taken)
    return Records(
        citations=cited.citations,
        documents=cited.documents,
        references=cited.references,
        figures=figures.figures,
        enumerations=figures.enumerations,
        tables=tables.tables,
        notices=(*cited.notices, *tables.notices, *figures.notices),
    )
