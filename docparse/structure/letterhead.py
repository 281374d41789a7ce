"""What stands above the text of a document: rows in, header fields and the first body row out.

The letterhead has two columns, and extraction writes them side by side, one after the
other or mixed. So each piece of a line is known by its form, not by its place: the
motto, the number, place and date go first; what is left in capitals is the issuer.

>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> value = "UBND TỈNH A    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSỞ Y TẾ\\nSố: 5/SYT-VP\\nV/v họp"
>>> head = read_letterhead(value, read_rows(value), 0, 4, grammar(load()))
>>> [(name, found.words) for name, found in sorted(head.fields.items())]
[('issuer', 'SỞ Y TẾ'), ('issuer_parent', 'UBND TỈNH A'), ('number', '5/SYT-VP'), \
('symbol', 'SYT-VP'), ('title', 'họp'), ('type', 'Công văn')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docparse.models import Date
from docparse.structure.addressees import is_addressee, read_addressees
from docparse.structure.grammar import Grammar
from docparse.structure.issuers import read_issuers
from docparse.structure.rows import Found, Row, join, merge, take
from docparse.structure.titles import Heading, read_title, subject_title

_FRONT = 60  # a letterhead has at most so many rows above the type or the addressee
_SENTENCE = 60  # longer lines that end in a full stop are text
_LONG = 200
_TITLE = 8  # rows of a title without a type
_FULL_NAME = 3  # "ĐẢNG ỦY SỞ CÔNG THƯƠNG" is one body, "BỘ Y TẾ CỤC QUẢN LÝ DƯỢC" two
_GAP = re.compile(r"\||\t+| {3,}|[-=*_~–—]{3,}")
_SPACES = re.compile(r"\s+")
_WEB = ("://", "www.")
_LABELS = ("decimal", "roman", "capital", "letter", "article", "part", "chapter", "annex")


@dataclass(slots=True)
class Letterhead:
    """What was read; ``body`` is the first row after it."""

    body: int
    fields: dict[str, Found] = field(default_factory=dict)
    date: Date | None = None
    addressees: list[Found] = field(default_factory=list)
    motto: bool = False

    @property
    def found(self) -> bool:
        """Whether any part of a letterhead is there at all."""
        return self.motto or "symbol" in self.fields or self.date is not None


def read_letterhead(
    value: str, rows: Sequence[Row], first: int, last: int, grammar: Grammar
) -> Letterhead:
    """The header of the document whose rows begin at ``first``."""
    return _Reader(value, rows, last, grammar).read(first)


class _Reader:
    """Reads one letterhead, row by row."""

    def __init__(self, value: str, rows: Sequence[Row], last: int, grammar: Grammar) -> None:
        self.value = value
        self.rows = rows
        self.last = last
        self.grammar = grammar
        self.forms = grammar.letterhead
        self.head = Letterhead(body=0)
        self.issuers: list[Found] = []
        self.named: list[Found] = []
        self.subject: list[Found] = []
        self.small_type: int | None = None

    def read(self, first: int) -> Letterhead:
        index = self._read_front(first)
        if index < self.last and self._is_type(self.rows[index]):
            index = self._read_title(index)
        elif self.small_type is not None and not self.subject:
            index = self._read_title(self.small_type)
        elif self.subject or (self.head.found and index < self.last and self._addresses(index)):
            self._read_letter()
        elif not self.head.found:
            index = self._read_bare_title(first)
        self._name_issuers()
        if index < self.last and self._addresses(index):
            self.head.addressees, index = read_addressees(
                self.value, self.rows, index, self.last, self.grammar
            )
        self.head.body = index
        return self.head

    # The rows above the type

    def _read_front(self, first: int) -> int:
        index = first
        while index < min(self.last, first + _FRONT):
            row = self.rows[index]
            if self._is_page_title(row):
                index += 1
                continue
            if self._addresses(index) or self._is_type(row) or self._is_body(row):
                return index
            if self.small_type is None and self._is_small_type(row):
                self.small_type = index
            elif self.forms.pattern("number-label").fullmatch(row.words):
                index += 1
                row = merge(self.value, row, self.rows[min(index, self.last - 1)])
                self._read_row(row)
            else:
                self._read_row(row)
            index += 1
        return min(index, self.last)

    def _is_page_title(self, row: Row) -> bool:
        """Web pages carry their address and their own title above the document."""
        if any(mark in row.words for mark in _WEB):
            return True
        return self.value[row.start] == "#" and not self._is_type(row)

    def _is_type(self, row: Row) -> bool:
        """ "BÁO CÁO", alone or with a title in capitals; "QUYẾT ĐỊNH:" is another matter."""
        if len(row.words) > _LONG * 2 or row.words[-1] == ":" or row.words[0] == "|":
            return False
        found = self.grammar.type_of(row.words)
        if not found or not row.words[: found[1]].isupper():
            return False
        rest = row.words[found[1] :].strip(" .")
        return not rest or (rest[-1] not in ".;:," and (self.head.found or not self.issuers))

    def _is_small_type(self, row: Row) -> bool:
        words = row.words
        if self.forms.pattern("number").match(words):
            return False  # "Luật số: 36/2018/QH14"
        found = self.grammar.type_of(words)
        if not found or not words[0].isupper() or words[-1] in ".;:," or len(words) > _LONG * 2:
            return False
        return self.forms.pattern("type-tail").fullmatch(words, found[1]) is not None

    def _addresses(self, index: int) -> bool:
        return is_addressee(self.rows[index].words, self.grammar) is not None

    def _is_body(self, row: Row) -> bool:
        words = row.words
        if self.grammar.table_head.fullmatch(words):
            return True
        if words[0] == "|" or words.isupper():
            return False
        if self.forms.pattern("subject").match(words):
            return False
        ended = words[-1] in ".;:,"
        if self.forms.pattern("basis").match(words) and (ended or len(words) > _SENTENCE):
            return True
        if self.forms.pattern("motto").search(words) or self.subject:
            return len(words) > 2 * _LONG
        if len(words) > _LONG or (ended and len(words) > _SENTENCE):
            return True
        return self._is_labelled(words)

    def _is_labelled(self, words: str) -> bool:
        return any(self.grammar.headings.pattern(name).match(words) for name in _LABELS)

    def _read_row(self, row: Row) -> None:
        known = sorted(self._known(row))
        start = 0
        for begin, end in [*known, (len(row.words), len(row.words))]:
            for left, right in _columns(row.words, start, begin):
                self._read_piece(row, left, right)
            start = max(start, end)

    def _known(self, row: Row) -> Iterator[tuple[int, int]]:
        """The ranges of a row that are known by their form: motto, number, place and date."""
        for name in ("motto", "motto-words", "motto-party"):
            for match in self.forms.pattern(name).finditer(row.words):
                self.head.motto = True
                yield match.span()
        if "symbol" not in self.head.fields and "number" not in self.head.fields:
            number = self._number(row)
            if number:
                yield number.span()
        if self.head.date is None:
            yield from self._place_date(row)

    def _number(self, row: Row) -> re.Match[str] | None:
        match = self.forms.pattern("number").search(row.words)
        if match and _opens_column(row.words, match.start()):
            symbol = take(self.value, row, *match.span("symbol"))
            self.head.fields["symbol"] = _without_dot(symbol)
            if match["serial"]:
                number = take(self.value, row, match.start("serial"), match.end("symbol"))
                words = _SPACES.sub("", number.words)
                self.head.fields["number"] = _without_dot(number._replace(words=words))
            return match
        bare = self.forms.pattern("bare-number").match(row.words)
        if bare:
            self.head.fields["number"] = take(self.value, row, *bare.span("serial"))
        return bare

    def _place_date(self, row: Row) -> Iterator[tuple[int, int]]:
        for name in ("place-date", "place-date-slashed", "place-month"):
            match = self.forms.pattern(name).search(row.words)
            if not match or not (match["place"] or _opens_column(row.words, match.start())):
                continue
            parts = {part: int(match[part]) for part in ("day", "month", "year") if match[part]}
            self.head.date = Date(**parts)
            begin = match.end("place") if match["place"] else match.start()
            self.head.fields["date"] = _date_words(take(self.value, row, begin, match.end()))
            if match["place"]:
                self.head.fields["place"] = take(self.value, row, *match.span("place"))
            yield match.span()
            return

    def _read_piece(self, row: Row, start: int, end: int) -> None:
        start += len(row.words[start:end]) - len(row.words[start:end].lstrip())
        piece = take(self.value, row, start, end)
        if any(self.forms.pattern(name).fullmatch(piece.words) for name in ("rule", "stamp")):
            return
        if self.forms.pattern("subject").match(piece.words):
            title = subject_title(self.value, row, start, end, self.grammar)
            if title and not self.subject:
                self.subject = [title]
        elif self.subject and not piece.words.isupper():
            self.subject.append(piece)
        elif piece.words.isupper() and len(piece.words) > 1:
            if "symbol" not in self.head.fields or not self.issuers:
                self.issuers += self._names(row, start, end)
        elif self.small_type is None and "symbol" not in self.head.fields:
            self.named.append(piece)

    def _names(self, row: Row, start: int, end: int) -> Iterator[Found]:
        """One piece, or two where it names both: "UBND TỈNH BÌNH LÂM SỞ CÔNG THƯƠNG"."""
        for unit in self.forms.pattern("unit-head").finditer(row.words, start, end):
            if len(row.words[start : unit.start()].split()) >= _FULL_NAME:
                yield take(self.value, row, start, unit.start())
                start = unit.start()
                break
        yield take(self.value, row, start, end)

    # Type, title, letters

    def _read_title(self, index: int) -> int:
        heading = read_title(self.value, self.rows, index, self.last, self.grammar)
        self.head.fields["type"] = heading.type
        if heading.title:
            self.head.fields["title"] = heading.title
        self._read_own_words(heading)
        if not self.issuers and not self.named:
            self._read_authority(heading)
        return heading.body

    def _read_own_words(self, heading: Heading) -> None:
        """ "của Chính phủ số 94/1998/NĐ-CP ngày …" fills what the letterhead leaves open."""
        fields = self.head.fields
        if heading.of:
            self.named = self.named or [heading.of]
        if not heading.own or not heading.own_row or "symbol" in fields:
            return
        own, row = heading.own, heading.own_row
        self.named = self.named or [take(self.value, row, *own.span("issuer"))]
        number = take(self.value, row, own.start("serial"), own.end("symbol"))
        fields["number"] = number._replace(words=_SPACES.sub("", number.words))
        fields["symbol"] = take(self.value, row, *own.span("symbol"))
        if own["day"]:
            year = int(own["date_year"]) if own["date_year"] else None
            self.head.date = Date(year=year, month=int(own["month"]), day=int(own["day"]))
            end = own.end("date_year") if year else own.end("month")
            fields["date"] = take(self.value, row, own.start("day"), end)

    def _read_authority(self, heading: Heading) -> None:
        """Without a letterhead the line above the bases names the issuer."""
        index = heading.body
        if index + 1 < self.last:
            row, below = self.rows[index], self.rows[index + 1]
            named = self.forms.pattern("issuer-head").match(row.words)
            if named and self.forms.pattern("basis").match(below.words):
                self.named = [take(self.value, row)]

    def _read_letter(self) -> None:
        anchor = self.head.fields.get("symbol") or self.head.fields.get("date")
        if self.subject:
            title = join(self.subject)
            words = title.words.rstrip(" .;")
            self.head.fields["title"] = Found(words, title.start, title.end)
            anchor = anchor or title
        if self.grammar.letter and anchor:
            self.head.fields["type"] = Found(self.grammar.letter, anchor.start, anchor.end)

    def _read_bare_title(self, first: int) -> int:
        """Neither letterhead nor type: lines in capitals at the top are the title."""
        pieces: list[Found] = []
        index = first
        while index < self.last and self.rows[index].words.isupper():
            row = self.rows[index]
            if len(pieces) > _TITLE or self._is_body(row) or self._is_labelled(row.words):
                break
            pieces.append(take(self.value, row))
            index += 1
        title = join(pieces) if pieces else None
        if title is None or len(title.words.split()) < 4:
            return first
        self.issuers = []
        self.head.fields["title"] = title
        return index

    def _name_issuers(self) -> None:
        head = self.forms.pattern("issuer-head")
        lines = self.issuers or [piece for piece in self.named if head.match(piece.words)][:1]
        if self.issuers and not self.head.found and not head.match(self.issuers[0].words):
            lines = []
        parent, issuer = read_issuers(lines, self.grammar)
        if issuer:
            self.head.fields["issuer"] = issuer
        if parent:
            self.head.fields["issuer_parent"] = parent


def _columns(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a stretch of a row, cut where a column ends."""
    for gap in _GAP.finditer(words, start, end):
        if words[start : gap.start()].strip():
            yield start, gap.start()
        start = gap.end()
    if words[start:end].strip():
        yield start, end


def _opens_column(words: str, at: int) -> bool:
    before = words[:at]
    return not before.strip() or before.rstrip(" ")[-1:] in "|\t" or before.endswith("  ")


def _date_words(found: Found) -> Found:
    words = found.words.lstrip(", ")
    return Found(words, found.end - len(words) if words else found.start, found.end)


def _without_dot(found: Found) -> Found:
    words = found.words.rstrip(".")
    return Found(words, found.start, found.end - (len(found.words) - len(words)))
