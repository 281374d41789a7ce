"""To whom a document goes: the row that says "Kính gửi" in, the addressees out.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> value = "Kính gửi:\\n- Văn phòng Sở;\\n- Thanh tra Sở.\\nThực hiện Kế hoạch"
>>> found, body = read_addressees(value, read_rows(value), 0, 4, grammar(load()))
>>> [item.words for item in found], body
(['Văn phòng Sở', 'Thanh tra Sở'], 3)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.structure.grammar import Grammar
from docparse.structure.rows import Found, Row, join, take

_ITEMS = 80
_LONGEST = 300
_BULLETS = "-–—•+*"
_SEPARATOR = re.compile(r"\s*;\s*(?:[-–—•+]\s*)?")
_CLOSING = " .;,:|"


def is_addressee(words: str, grammar: Grammar) -> re.Match[str] | None:
    """The opening "Kính gửi:" of a row, also in the cell of a table, or that of a telegram."""
    start = 2 if words.startswith("| ") else 0
    forms = grammar.letterhead
    return forms.pattern("addressee").match(words, start) or forms.pattern("telegram").match(
        words, start
    )


def read_addressees(
    value: str, rows: Sequence[Row], index: int, last: int, grammar: Grammar
) -> tuple[list[Found], int]:
    """The addressees, and the first row after them."""
    row = rows[index]
    opening = is_addressee(row.words, grammar)
    start = opening.end() if opening else 0
    items = _split(value, row, start)
    body = index + 1
    rule = grammar.letterhead.pattern("rule")
    goes_on = not items or row.words[-1] in ";,"
    while body < min(last, index + _ITEMS):
        words = rows[body].words
        if row.words[0] == "|" and rule.fullmatch(words):
            body += 1
            continue
        if words[0] in _BULLETS and not rule.fullmatch(words):
            if items and not goes_on and row.words[-1] == ".":
                break
            items += _split(value, rows[body], 0)
        elif not goes_on or len(words) > _LONGEST or _opens_body(words, items, grammar):
            break
        elif items and row.words[-1] not in ";.":
            items[-1] = join([items[-1], take(value, rows[body])])
        else:
            items += _split(value, rows[body], 0)
        row = rows[body]
        goes_on = row.words[-1] not in ".:"
        body += 1
    return [_bare(item) for item in items], body


def _opens_body(words: str, items: Sequence[Found], grammar: Grammar) -> bool:
    if not items:
        return words[0] == "|"
    return words[0] == "|" or grammar.letterhead.pattern("basis").match(words) is not None


def _split(value: str, row: Row, start: int) -> list[Found]:
    """The items of one row: "A; B", "- A; - B" and cells between bars."""
    while start < len(row.words) and row.words[start] in _BULLETS + " |":
        start += 1
    items = []
    for separator in _SEPARATOR.finditer(row.words, start):
        items.append(take(value, row, start, separator.start()))
        start = separator.end()
    items.append(take(value, row, start))
    return [item for item in items if item.words.strip(_CLOSING)]


def _bare(item: Found) -> Found:
    words = item.words.rstrip(_CLOSING)
    return Found(words, item.start, item.end - (len(item.words) - len(words)))
