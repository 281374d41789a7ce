"""In whose place and as what someone signs: pieces in capitals in, authority and title out.

>>> from docparse.patterns import load
>>> from docparse.structure.rows import read_rows
>>> value = "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
>>> row = read_rows(value)[0]
>>> signed = [Signed(row, 0, len(value))]
>>> authority, title = read_signer(value, signed, load().forms("signature"))
>>> authority.words, title.words
('TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docparse.patterns import FormSet
from docparse.structure.rows import Found, Row, locate

_FOLLOWS = re.compile(r"\s*,\s*")


class Signed(NamedTuple):
    """A piece of the signature: a stretch of a row."""

    row: Row
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.row.words[self.start : self.end].strip()


def read_signer(
    value: str, pieces: Sequence[Signed], forms: FormSet
) -> tuple[Found | None, Found | None]:
    """Authority ("KT. GIÁM ĐỐC") and title ("PHÓ GIÁM ĐỐC") of who signs."""
    words = " ".join(piece.words for piece in pieces)
    if not words:
        return None, None
    cut = _title_start(words, pieces, forms)
    if cut is None:
        return _found(value, pieces, words, 0, len(words)), None
    authority = _found(value, pieces, words, 0, cut) if cut else None
    return authority, _found(value, pieces, words, cut, len(words))


def _title_start(words: str, pieces: Sequence[Signed], forms: FormSet) -> int | None:
    """Where the title begins: 0 without authority, None if only the authority is written."""
    one = [match.end() for match in forms.pattern("for-one").finditer(words)]
    both = one + [match.end() for match in forms.pattern("for-all").finditer(words)]
    if not both:
        return 0
    after = max(both)
    offices = [match.span() for match in forms.pattern("office").finditer(words, after)]
    if after not in one:
        return offices[0][0] if offices else None
    # The office in whose place is signed may have two names: "KT. BỘ TRƯỞNG, CHỦ NHIỆM".
    while len(offices) > 1 and _FOLLOWS.fullmatch(words, offices[0][1], offices[1][0]):
        del offices[0]
    if len(offices) > 1:
        return offices[1][0]
    return _next_piece(pieces, after)


def _next_piece(pieces: Sequence[Signed], after: int) -> int | None:
    """An office we do not know stands on a line of its own."""
    position = 0
    for piece in pieces:
        end = position + len(piece.words)
        if position <= after <= end:
            unfinished = piece.words[-1] == "," or piece is pieces[-1]
            return None if unfinished else end + 1
        position = end + 1
    return None


def _found(value: str, pieces: Sequence[Signed], words: str, start: int, end: int) -> Found:
    """``words[start:end]`` of the joined pieces, and where it stands."""
    text = words[start:end].strip()
    end = start + len(text)
    position = 0
    begins, finishes = [], []
    for piece in pieces:
        lead = (
            piece.start
            + len(piece.row.words[piece.start :])
            - len(piece.row.words[piece.start :].lstrip())
        )
        size = len(piece.words)
        left, right = max(start, position), min(end, position + size)
        if left < right:
            place = locate(value, piece.row, lead + left - position, lead + right - position)
            begins.append(place[0])
            finishes.append(place[1])
        position += size + 1
    return Found(" ".join(text.split()), min(begins), max(finishes))
