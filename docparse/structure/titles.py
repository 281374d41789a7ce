"""Type and title: the row of the type in, both and the first row after them out.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> value = "KẾ HOẠCH\\nTRUYỀN THÔNG VỀ GIẢM NGHÈO\\nNĂM 2025\\nCăn cứ Luật A;"
>>> heading = read_title(value, read_rows(value), 0, 4, grammar(load()))
>>> heading.type.words, heading.title.words, heading.body
('Kế hoạch', 'TRUYỀN THÔNG VỀ GIẢM NGHÈO NĂM 2025', 3)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docparse.structure.grammar import Grammar
from docparse.structure.rows import Found, Row, join, take

_ROWS = 12
_SMALL_ROW = 160  # a row of a title in small letters is not longer than this
_LONGEST = 600
_QUALIFIER = 3


@dataclass(slots=True)
class Heading:
    """Type and title as found; ``own`` is "của Bộ X số … ngày …" before the title."""

    type: Found
    body: int
    title: Found | None = None
    own: re.Match[str] | None = None
    own_row: Row | None = None
    of: Found | None = None


def read_title(value: str, rows: Sequence[Row], index: int, last: int, grammar: Grammar) -> Heading:
    """The type on row ``index`` and the title on the rows below it."""
    row = rows[index]
    name, end = grammar.type_of(row.words) or ("", 0)
    place = take(value, row, 0, end)
    heading = Heading(type=Found(name, place.start, place.end), body=index + 1)
    pieces = _rest_of_type(value, row, end, heading, grammar)
    while heading.body < min(last, index + _ROWS):
        row = rows[heading.body]
        if _is_rule(row, grammar):
            if pieces:
                break
        elif _ends(rows, heading.body, last, pieces, grammar):
            break
        elif piece := _piece(value, row, heading, grammar, first=not pieces):
            pieces.append(piece)
        heading.body += 1
    if pieces:
        heading.title = join(pieces)
    heading.body = _past_remarks(rows, heading.body, last, grammar)
    return heading


def subject_title(
    value: str, row: Row, start: int, end: int | None, grammar: Grammar
) -> Found | None:
    """What follows "V/v" or "Về việc" in a stretch of a row."""
    opening = grammar.letterhead.pattern("subject").match(row.words, start)
    piece = take(value, row, opening.end() if opening else start, end)
    return piece if piece.words else None


def _rest_of_type(
    value: str, row: Row, end: int, heading: Heading, grammar: Grammar
) -> list[Found]:
    """The title may begin on the row of the type: "Báo cáo về tình hình …"."""
    rest = row.words[end:].lstrip(" .:")
    if not rest:
        return []
    start = len(row.words) - len(rest)
    own = grammar.letterhead.pattern("own-words").match(row.words, start)
    if own:
        heading.own, heading.own_row = own, row
        start = own.end()
    elif named := grammar.letterhead.pattern("issued-by").fullmatch(row.words, start):
        heading.of = take(value, row, *named.span("issuer"))
        return []
    piece = subject_title(value, row, start, None, grammar)
    return [piece] if piece else []


def _piece(
    value: str, row: Row, heading: Heading, grammar: Grammar, *, first: bool
) -> Found | None:
    if not first:
        return take(value, row)
    own = grammar.letterhead.pattern("own-words").match(row.words)
    if own and heading.own is None:
        heading.own, heading.own_row = own, row
    return subject_title(value, row, own.end() if own else 0, None, grammar)


def _is_rule(row: Row, grammar: Grammar) -> bool:
    return grammar.letterhead.pattern("rule").fullmatch(row.words) is not None


def _ends(
    rows: Sequence[Row], index: int, last: int, pieces: Sequence[Found], grammar: Grammar
) -> bool:
    """Whether the title is over before this row."""
    row = rows[index]
    words = row.words
    if words[0] in "-•+(|" or _opens_body(words, grammar):
        return True
    if not pieces:
        return len(words) > _LONGEST or _is_sentence(words)
    above = pieces[-1].words
    if words.isupper():
        return not above.isupper() or _is_authority(rows, index, last, grammar, above)
    # "BÁO CÁO TÓM TẮT" and "CỦA BAN CHẤP HÀNH" in capitals, then the title in small letters.
    goes_on = words[0].islower() or (len(pieces) == 1 and len(above.split()) <= _QUALIFIER)
    if (above.isupper() and not goes_on) or above[-1] in ".:;" or len(words) > _SMALL_ROW:
        return True
    if words[-1] in ".:;" or grammar.letterhead.pattern("basis").match(words):
        return True
    return _is_authority(rows, index, last, grammar, above)


def _opens_body(words: str, grammar: Grammar) -> bool:
    forms = grammar.letterhead
    if forms.pattern("addressee").match(words) or forms.pattern("telegram").match(words):
        return True
    if grammar.table_head.fullmatch(words) or forms.pattern("motto").search(words):
        return True
    if forms.pattern("basis").match(words) and words[-1] in ".;,:":
        return True
    return any(grammar.headings.pattern(name).match(words) for name in _LABELS)


_LABELS = ("decimal", "roman", "article", "part", "chapter", "annex")


def _is_sentence(words: str) -> bool:
    return words[-1] in ".:;" and len(words) > _SMALL_ROW and not words.isupper()


def _is_authority(rows: Sequence[Row], index: int, last: int, grammar: Grammar, above: str) -> bool:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" between the title and the bases is not title."""
    forms = grammar.letterhead
    if forms.pattern("unfinished").fullmatch(above):
        return False
    if not forms.pattern("authority-line").match(rows[index].words):
        return False
    if rows[index].bold and not rows[index - 1].bold:
        return True
    below = rows[index + 1].words if index + 1 < last else ""
    return forms.pattern("basis").match(below) is not None


def _past_remarks(rows: Sequence[Row], index: int, last: int, grammar: Grammar) -> int:
    """Rules and a remark in brackets ("(Từ ngày … đến ngày …)") still belong to the header."""
    while index < last:
        words = rows[index].words
        if not (_is_rule(rows[index], grammar) or (words[0] == "(" and words[-1] == ")")):
            break
        index += 1
    return index
