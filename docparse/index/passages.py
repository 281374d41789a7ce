"""The pieces of a report that full text finds: a repaired text in, its passages out.

A passage is a paragraph, or as many short lines as make one, so that a row of a table is found
together with its neighbours. The passages of a report are numbered in this order.

>>> [text[start:end] for text in ["Mot\\n\\nHai\\n" + "Ba " * 200] for start, end in passages(text)]
... # doctest: +ELLIPSIS
['Mot\\n\\nHai\\nBa Ba ...']
"""

from __future__ import annotations

from collections.abc import Iterator

_ENOUGH = 500  # characters that are a passage of their own
_MOST = 4000  # a text without line breaks is cut


def passages(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each passage, in order; together they hold every word."""
    start = position = 0
    size = len(text)
    while position < size:
        found = text.find("\n", position)
        position = size if found < 0 else found + 1
        while position - start > _MOST:
            cut = text.rfind(" ", start, start + _MOST) + 1 or start + _MOST
            yield start, cut
            start = cut
        if position - start >= _ENOUGH:
            yield start, position
            start = position
    if start < size:
        yield start, size
