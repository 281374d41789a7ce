"""Several documents in one file: rows in, the range of rows of each document out.

A new document begins with a letterhead of its own, once the one before it is signed; a
form in an annex has a motto too, and as an example sometimes a number.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> letter = "SỞ Y TẾ\\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSố: 5/SYT-VP\\nA\\nNơi nhận:\\n- B."
>>> split_parts(read_rows(letter + "\\n" + letter), grammar(load()))
[(0, 6), (6, 12)]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docparse.structure.grammar import Grammar
from docparse.structure.rows import Row

_LETTERHEAD = 40  # so many rows belong to one letterhead
_NEAR = 12
_LONG = 200
_COLUMNS = 3  # of a letterhead: two, and an empty one between them
_CELL = re.compile(r"[^|\t]*[^|\t\s][^|\t]*")


def split_parts(rows: Sequence[Row], grammar: Grammar) -> list[tuple[int, int]]:
    """First and last row (exclusive) of each document."""
    return _Splitter(rows, grammar).split()


class _Splitter:
    def __init__(self, rows: Sequence[Row], grammar: Grammar) -> None:
        self.rows = rows
        self.grammar = grammar
        head, sign = grammar.letterhead, grammar.signature
        self.mottos = (head.pattern("motto"), head.pattern("motto-party"))
        self.number = head.pattern("number")
        self.recipients = sign.pattern("recipients")
        self.signing = (sign.pattern("for-all"), sign.pattern("for-one"))

    def split(self) -> list[tuple[int, int]]:
        starts = [0]
        closed = -1
        for index, row in enumerate(self.rows):
            words = row.words
            if len(words) > _LONG:
                if words[0] == "|" and self.recipients.match(words, 2):
                    closed = index
            elif self._closes(words):
                closed = index
            elif self._begins(index, closed, starts[-1]):
                starts.append(self._first_row(index, max(closed, starts[-1])))
                closed = -1
        return list(pairwise([*starts, len(self.rows)]))

    def _closes(self, words: str) -> bool:
        if self.recipients.match(words, 2 if words[0] == "|" else 0):
            return True
        return words.isupper() and any(pattern.match(words) for pattern in self.signing)

    def _begins(self, index: int, closed: int, start: int) -> bool:
        words = self.rows[index].words
        motto = any(pattern.search(words) for pattern in self.mottos)
        if not motto and not (closed >= 0 and self.number.match(words)):
            return False
        if closed < 0 and index - start <= _LETTERHEAD:
            return False
        around = self.rows[max(closed + 1, start, index - _NEAR) : index + _NEAR]
        if _is_of_table(words) or any(self._is_example(row) for row in around):
            return False
        numbers = [match for row in around if (match := self._number(row))]
        return bool(numbers) and (closed >= 0 or any(match["serial"] for match in numbers))

    def _is_example(self, row: Row) -> bool:
        """An annex, a sample to be filled in, a certified copy: no document of its own."""
        words, forms = row.words[:_LONG], self.grammar.letterhead
        if self.grammar.headings.pattern("annex").match(row.words):
            return True
        return any(forms.pattern(name).search(words) is not None for name in ("copy", "sample"))

    def _number(self, row: Row) -> re.Match[str] | None:
        return self.number.search(row.words) if len(row.words) <= _LONG else None

    def _first_row(self, index: int, after: int) -> int:
        """The letterhead may begin above its motto: the issuer stands in the other column."""
        first = index
        while first - 1 > after and index - first < _NEAR and self._is_front(first - 1):
            first -= 1
        return first

    def _is_front(self, index: int) -> bool:
        words = self.rows[index].words
        forms = self.grammar.letterhead
        if self.grammar.signature.pattern("office").match(words):
            return False
        if forms.pattern("rule").fullmatch(words):
            return True
        if self.grammar.signature.pattern("item-mark").match(words):
            return False
        if words.isupper():
            return True
        return any(forms.pattern(name).match(words) for name in ("number", "subject", "place-date"))


def _is_of_table(words: str) -> bool:
    """ "1 | Quốc hiệu | In hoa | 12 | CỘNG HÒA …": a table that shows how a letterhead is set."""
    return len(_CELL.findall(words)) > _COLUMNS
