"""Extract: a text and its outline go in, records come out.

Citations and dates claim their characters first, tables their numeric cells, and
what numbers are left are figures.
"""

from __future__ import annotations

from docparse.extract.citations import find_citations
from docparse.models import Outline, Records, Text
from docparse.patterns import Patterns

__all__ = ["extract"]


def extract(text: Text, outline: Outline, patterns: Patterns) -> Records:
    """Everything that the report says in numbers and names."""
    citations = find_citations(text, outline, patterns)
    return Records(
        citations=citations.citations,
        documents=citations.documents,
        references=citations.references,
        notices=citations.notices,
    )
