"""The paper that a sentence names as the source of a figure: a fact goes in, its keys come out.

"theo Quyết định số 1985/QĐ-UBND …, có 13 TTHC được đơn giản hóa".

>>> sources_of.__name__
'sources_of'
"""

from __future__ import annotations

from docparse.check.comparable import Fact
from docparse.check.papers import read_key


def sources_of(fact: Fact) -> frozenset[str]:
    """The numbers of the papers cited in the sentence before the figure."""
    place = fact.figure.span.start
    start, _ = fact.report.stretches.sentence(place)
    return frozenset(
        read_key(one.key).number
        for one in fact.report.citations
        if one.key and start <= one.span.start < place
    )
