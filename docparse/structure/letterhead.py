"""What stands above the text of a document: rows in, header fields and the first body row out.

The letterhead has two columns, and extraction writes them side by side, one after the
other or mixed. So each piece of a line is known by its form, not by its place: the
motto, the number, place and date go first; what is left in capitals is the issuer.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> value = "UBND TỈNH A    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSỞ Y TẾ\\nSố: 5/SYT-VP\\nV/v họp"
>>> head = read_letterhead(value, read_rows(value), 0, 4, grammar(load()))
>>> [(name, found.words) for name, found in head.fields.items()]
[('issuer_parent', 'UBND TỈNH A'), ('issuer', 'SỞ Y TẾ'), ('number', '5/SYT-VP'), \
('symbol', 'SYT-VP'), ('type', 'Công văn'), ('title', 'họp')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docparse.models import Date
from docparse.structure.addressees import read_addressees
from docparse.structure.grammar import Grammar
from docparse.structure.issuers import Piece, read_issuers
from docparse.structure.rows import Row, locate, merge
from docparse.structure.titles import read_title

_FRONT = 60  # a letterhead has at most so many rows above the type or the addressee
_PROSE = 60  # a sentence is longer than any line of a letterhead that ends in a full stop
_LONG = 200
_GAP = re.compile(r"\||\t+| {3,}|[-=*_~–—]{3,}")
_SPACE = re.compile(r"\s+")


class Found(NamedTuple):
    """The words of a field and their place in the text."""

    words: str
    start: int
    end: int


@dataclass(slots=True)
class Letterhead:
    """What was read so far; ``body`` is the first row after it."""

    body: int
    fields: dict[str, Found] = field(default_factory=dict)
    date: Date | None = None
    addressees: list[Found] = field(default_factory=list)
    motto: bool = False
    party: bool = False
