"""What stands below the text: rows in, recipients and signer out.

The closing has two columns like the letterhead: to whom copies go, and who signs. They
come side by side, one after the other, or in the cells of a table; each piece is known
by its form.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> value = "Nơi nhận:     KT. GIÁM ĐỐC\\n- Như trên;   PHÓ GIÁM ĐỐC\\n- Lưu: VT.   Lê Văn An"
>>> rows = read_rows(value)
>>> closing = read_closing(value, rows, bytearray(3), 0, 3, grammar(load()))
>>> [item.words for item in closing.recipients]
['Như trên', 'Lưu: VT']
>>> closing.authority.words, closing.title.words, closing.name.words
('KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC', 'Lê Văn An')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docparse.models import ZoneKind
from docparse.structure.grammar import Grammar
from docparse.structure.grids import BAR
from docparse.structure.rows import Found, Row, join, take
from docparse.structure.signers import Signed, read_signer

_ROWS = 70  # a closing is not longer
_LONG = 250
_SHORT = 60
_AWAY = 4  # so many rows at most between the title of who signs and the name
_LAST = 15
_NAME = (2, 3, 4)  # words of a name written in capitals
_GAP = re.compile(r"\||\t+| {3,}")
_BULLETS = "-–—•+*"
_ENDED = ".;,: "


@dataclass(slots=True)
class Closing:
    """Rows ``first`` to ``last``; ``marks`` say which zone begins where."""

    first: int
    last: int
    recipients: list[Found] = field(default_factory=list)
    authority: Found | None = None
    title: Found | None = None
    name: Found | None = None
    marks: list[tuple[int, ZoneKind]] = field(default_factory=list)


def find_closing(
    rows: Sequence[Row], kinds: Sequence[int], first: int, last: int, grammar: Grammar
) -> int | None:
    """The row with which the closing begins."""
    recipients = grammar.signature.pattern("recipients")
    for index in range(first, last):
        words = rows[index].words
        if words[0] == "|":
            if kinds[index] == BAR and recipients.match(words, 2):
                return index
        elif recipients.match(words) or (words.isupper() and _signs(rows, index, last, grammar)):
            return index
    signed = grammar.signature.pattern("signed")
    for index in range(max(first, last - _LAST), last):
        if len(rows[index].words) < _LONG and signed.search(rows[index].words):
            return index
    return None


def _signs(rows: Sequence[Row], index: int, last: int, grammar: Grammar) -> bool:
    """Whether a row in capitals says in whose place someone signs, or is followed by a name
    or by the list of recipients.
    """
    words = rows[index].words
    forms = grammar.signature
    if len(words) > 2 * _SHORT:
        return False
    if forms.pattern("for-all").match(words) or forms.pattern("for-one").match(words):
        return True
    if len(words) > _SHORT or not forms.pattern("office").match(words):
        return False
    below = rows[index + 1 : min(index + 1 + _AWAY, last)]
    if below and forms.pattern("recipients").match(below[0].words):
        return True
    for row in below:
        if forms.pattern("name").fullmatch(row.words):
            return not row.words.isupper()
        if not (row.words.isupper() or forms.pattern("signed").match(row.words)):
            return False
    return False


def read_closing(
    value: str,
    rows: Sequence[Row],
    kinds: Sequence[int],
    first: int,
    last: int,
    grammar: Grammar,
) -> Closing:
    """The closing that begins at row ``first``."""
    return _Reader(value, rows, grammar).read(first, min(last, first + _ROWS), kinds)


class _Reader:
    """Reads one closing, piece by piece."""

    def __init__(self, value: str, rows: Sequence[Row], grammar: Grammar) -> None:
        self.value = value
        self.rows = rows
        self.forms = grammar.signature
        self.headings = grammar.headings
        self.items: list[Found] = []
        self.listing = False
        self.listed = False
        self.bullets = False
        self.signed: list[Signed] = []
        self.name: Found | None = None
        self.marks: list[tuple[int, ZoneKind]] = []

    def read(self, first: int, last: int, kinds: Sequence[int]) -> Closing:
        index = first
        end = first + 1
        while index < last and not (index > first and self._is_over(index, kinds)):
            known = len(self.marks)
            for start, stop in list(_columns(self.rows[index].words)):
                self._read_piece(self.rows[index], start, stop)
            if len(self.marks) > known:
                end = index + 1
            index += 1
        end = self._past_bars(end, last)
        self._take_capital_name()
        closing = Closing(first, end, marks=sorted(self.marks))
        closing.recipients = [_bare(item) for item in self.items]
        closing.authority, closing.title = read_signer(self.value, self.signed, self.forms)
        closing.name = self.name
        return closing

    def _is_over(self, index: int, kinds: Sequence[int]) -> bool:
        words = self.rows[index].words
        if self.name and (self.items or not self._recipients_follow(index)):
            after_bar = words[0] in "|(" or kinds[index] == BAR
            return not (after_bar or (self.listing and words[0] in _BULLETS))
        if len(words) > _LONG and kinds[index] != BAR:
            return True
        names = ("annex", "part", "chapter", "article", "roman")
        return any(self.headings.pattern(name).match(words) for name in names)

    def _recipients_follow(self, index: int) -> bool:
        below = self.rows[index : index + 3]
        return any(self.forms.pattern("recipients").match(row.words) for row in below)

    def _past_bars(self, end: int, last: int) -> int:
        while end < last and set(self.rows[end].words) <= set("|-: "):
            end += 1
        return end

    # Pieces

    def _read_piece(self, row: Row, start: int, end: int) -> None:
        words = row.words[start:end]
        if not words.strip(_BULLETS + "_=.| "):
            return
        head = self.forms.pattern("recipients").match(words)
        if head:
            self.listing, self.listed = True, False
            self._mark(row, start, ZoneKind.RECIPIENTS)
            if head.end() < len(words):
                self._read_piece(row, start + head.end(), end)
        elif self._is_signature(words):
            self._sign(row, start, end)
        elif words[0] in _BULLETS or (self.listing and not self.listed):
            cut = self._cut(words)
            self._list(row, start, start + cut if cut else end)
            if cut:
                self._read_piece(row, start + cut, end)
        elif self.listing and self.items and self.items[-1].words[-1] == ",":
            self.items[-1] = join([self.items[-1], take(self.value, row, start, end)])

    def _is_signature(self, words: str) -> bool:
        if words[0] in _BULLETS:
            return False
        signed = self.forms.pattern("signed").search(words)
        if signed and len(words) < _LONG:
            return True
        if self.forms.pattern("for-all").match(words) or self.forms.pattern("for-one").match(words):
            return True
        opening = words.split(None, 1)[0]
        office = self.forms.pattern("office").match(words)
        if office and (opening.isupper() or (self.listed and not self.signed)):
            return len(words) < _LONG
        if not self.signed or self.name:
            return False
        if words.isupper() and not self.forms.pattern("file-trace").fullmatch(words):
            return True
        return self.forms.pattern("name").fullmatch(words) is not None

    def _sign(self, row: Row, start: int, end: int) -> None:
        self._mark(row, start, ZoneKind.SIGNATURE)
        note = self.forms.pattern("signed").search(row.words, start, end)
        if note:
            if row.words[note.end() : end].strip(" |"):
                return
            end = note.start()
        words = row.words[start:end].rstrip()
        tail = self.forms.pattern("name-tail").search(words)
        if tail and self.name is None and not self._is_small_office(words):
            self.name = take(self.value, row, start + tail.start(), start + len(words))
            end = start + tail.start()
        if row.words[start:end].strip():
            self.signed.append(Signed(row, start, end))

    def _is_small_office(self, words: str) -> bool:
        return self.forms.pattern("office").match(words) is not None and words[1:2].islower()

    def _take_capital_name(self) -> None:
        """A name may be written in capitals: the last piece, below the office."""
        if self.name or len(self.signed) < 2:
            return
        office = self.forms.pattern("office")
        above, last = self.signed[-2:]
        if not office.search(above.words) or above.words[-1] == "," or office.search(last.words):
            return
        if self.forms.pattern("name").fullmatch(last.words) and len(last.words.split()) in _NAME:
            self.name = take(self.value, last.row, last.start, last.end)
            self.signed.pop()

    def _cut(self, words: str) -> int | None:
        """Where the other column begins in an item: "- Như trên; KT. GIÁM ĐỐC"."""
        for name in ("for-all", "for-one", "office"):
            for match in self.forms.pattern(name).finditer(words):
                before = words[: match.start()].rstrip()
                if before and before[-1] in ".;,:" and match.group().isupper():
                    return match.start()
        tail = self.forms.pattern("name-tail").search(words)
        if tail and self.signed and words[: tail.start()].rstrip()[-1:] in (".", ";"):
            return tail.start()
        return None

    def _list(self, row: Row, start: int, end: int) -> None:
        self._mark(row, start, ZoneKind.RECIPIENTS)
        bullet = row.words[start] in _BULLETS
        if self.items and not bullet and self._goes_on():
            self.items[-1] = join([self.items[-1], take(self.value, row, start, end)])
        else:
            for left, right in self._items(row.words, start, end):
                self.items.append(take(self.value, row, left, right))
        self.bullets = self.bullets or bullet
        last = self.items[-1].words if self.items else ""
        self.listed = bool(self.forms.pattern("last-item").match(last)) and last[-1:] != ","

    def _goes_on(self) -> bool:
        return self.items[-1].words[-1] not in (".;" if self.bullets else ".;,")

    def _items(self, words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        mark = self.forms.pattern("item-mark")
        for gap in [*self.forms.pattern("item-break").finditer(words, start, end), None]:
            stop = gap.start() if gap else end
            if opening := mark.match(words, start, stop):
                start = opening.end()
            if words[start:stop].strip(_ENDED):
                yield start, stop
            start = gap.end() if gap else end

    def _mark(self, row: Row, start: int, kind: ZoneKind) -> None:
        place = take(self.value, row, start, start + 1 if start else None)
        self.marks.append((place.start, kind))


def _columns(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in [*_GAP.finditer(words), None]:
        stop = gap.start() if gap else len(words)
        piece = words[start:stop]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            yield left, left + len(piece.strip())
        start = gap.end() if gap else stop


def _bare(item: Found) -> Found:
    words = item.words.rstrip(_ENDED)
    return Found(words, item.start, max(item.start, item.end - (len(item.words) - len(words))))
