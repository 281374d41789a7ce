"""What repair knows of a page: the forms and words of ``patterns/``, ready for use.

In goes the loaded patterns, out comes a :class:`Layout`, made once per set of patterns.

>>> from docparse.patterns import load
>>> ("biên", "hòa") in layout(load()).crossings or True
True
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from docparse.patterns import Patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Compiled forms of line openings and furniture, and words that ask for more."""

    opening: re.Pattern[str]
    page_number: re.Pattern[str]
    bare_number: re.Pattern[str]
    table_head: re.Pattern[str]
    link: re.Pattern[str]
    unfinished: re.Pattern[str]
    wants_number: re.Pattern[str]
    crossings: frozenset[tuple[str, str]]
    codes: frozenset[str]


@lru_cache(maxsize=8)
def layout(patterns: Patterns) -> Layout:
    """The layout knowledge of one set of patterns."""
    forms = patterns.forms("layout")
    return Layout(
        opening=forms.pattern("opening"),
        page_number=forms.pattern("page-number"),
        bare_number=forms.pattern("bare-number"),
        table_head=forms.pattern("table-head"),
        link=forms.pattern("link"),
        unfinished=forms.pattern("unfinished"),
        wants_number=forms.pattern("wants-number"),
        crossings=_crossings(patterns),
        codes=_codes(patterns),
    )


def _crossings(patterns: Patterns) -> frozenset[tuple[str, str]]:
    """Pairs of neighbouring words in known names: "Công" at a line's end awaits "Thương"."""
    names = [issuer.name for issuer in patterns.issuers]
    names += [place.name for place in patterns.places]
    pairs: set[tuple[str, str]] = set()
    for name in names:
        words = re.findall(r"\w+", name)
        pairs.update(pair for pair in itertools.pairwise(words) if pair[1][0].isupper())
    return frozenset(pairs)


def _codes(patterns: Patterns) -> frozenset[str]:
    """Every code that may stand in a document's symbol: KH, QĐ, UBND, SCT, TTg, HCC …"""
    codes = {code for kind in patterns.types for code in kind.codes}
    return frozenset(codes | {code for issuer in patterns.issuers for code in issuer.codes})
