"""Who issues: the lines of the left column in, the body above it and the body itself out.

A body's name may run over several lines; a line that does not begin as a name of a body
begins ("SỞ", "ỦY BAN" …) goes on with the name above it.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import Found
>>> lines = ["ỦY BAN NHÂN DÂN", "TỈNH BÌNH LÂM", "SỞ Y TẾ"]
>>> parent, issuer = read_issuers([Found(line, 0, 1) for line in lines], grammar(load()))
>>> parent.words, issuer.words
('ỦY BAN NHÂN DÂN TỈNH BÌNH LÂM', 'SỞ Y TẾ')
"""

from __future__ import annotations

from collections.abc import Sequence

from docparse.structure.grammar import Grammar
from docparse.structure.rows import Found, join

Issuers = tuple[Found | None, Found | None]


def read_issuers(lines: Sequence[Found], grammar: Grammar) -> Issuers:
    """The parent and the issuer, as far as the lines name them."""
    names = _names(lines, grammar)
    if not names:
        return None, None
    return (names[-2] if len(names) > 1 else None), names[-1]


def _names(lines: Sequence[Found], grammar: Grammar) -> list[Found]:
    head = grammar.letterhead.pattern("issuer-head")
    unfinished = grammar.letterhead.pattern("unfinished")
    groups: list[list[Found]] = []
    for line in lines:
        begins = head.match(line.words) and not (
            groups and unfinished.fullmatch(groups[-1][-1].words)
        )
        if begins or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    # Stamps and remarks ("HỎA TỐC", "DỰ THẢO") may stand above the first name.
    if len(groups) > 1 and not head.match(groups[0][0].words):
        groups = groups[1:]
    return [join(group) for group in groups]
