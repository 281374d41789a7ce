"""Numbered headings and numbered paragraphs: the rows of a document in, sections out.

A number at the head of a row is a label only with evidence: it begins a numbering or
goes on with one. Rows of tables, passages in quotation marks and sentences that happen
to break before a number are left alone.

>>> from docparse.models import OffsetMap, Source, Text
>>> from docparse.patterns import load
>>> from docparse.structure.grammar import grammar
>>> from docparse.structure.rows import read_rows
>>> value = "I. KẾT QUẢ\\n1. Thể chế\\nSở đã ban hành\\n2. Giao Sở A chủ trì. Sở B phối hợp."
>>> source = Source(text=value, path="a.txt", sha256="", format="txt")
>>> text = Text(value=value, source=source, offsets=OffsetMap())
>>> found = find_sections(text, read_rows(value), bytearray(4), range(4), grammar(load()))
>>> [(s.level, s.label, s.title, s.run_in) for s in found]
[(1, 'I.', 'KẾT QUẢ', False), (2, '1.', 'Thể chế', False), \
(2, '2.', 'Giao Sở A chủ trì.', True)]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docparse.models import Section, Text
from docparse.structure.grammar import Grammar
from docparse.structure.grids import FLAT, PLAIN
from docparse.structure.labels import Label, LabelReader
from docparse.structure.levels import Levels
from docparse.structure.quotations import quotation_ends
from docparse.structure.rows import Found, Row, join, locate, take

_TITLED_BELOW = ("annex", "part", "chapter", "division")
_ALWAYS = (*_TITLED_BELOW, "article")
_LOOK_AHEAD = 25
_CAPITAL_ROWS = 8
_HEADING = 150  # a heading in small letters is hardly longer
_LEAD = 300  # a sentence that heads a list is not longer
_BULLETS = "-–•+*"
_PROSE = 400  # a cell of a table taken apart is shorter
_FIRST = 5  # a numbering whose beginning is lost may begin with so high a number
_TAIL = 40
_LETTER = re.compile(r"[^\W\d_]{2}")
_FIGURES = re.compile(r"(?:\s[-+]?\d[\d.,]*%?){3,}\s*\Z")
# "**8. Lệ phí: **Theo quy định": the emphasised words are the title.
_EMPHASISED = re.compile(r":\s*(?:\*+|__)\s*(?=\S)")


def find_sections(
    text: Text, rows: Sequence[Row], kinds: bytearray, order: Iterable[int], grammar: Grammar
) -> list[Section]:
    """The sections of one document; rows of tables that were taken apart get the kind FLAT.

    ``order`` are the rows of text; where it leaves rows out (the closing), numbering ends.
    """
    return _Finder(text, rows, kinds, grammar).find(order)


class _Finder:
    """Walks over the rows once."""

    def __init__(self, text: Text, rows: Sequence[Row], kinds: bytearray, grammar: Grammar) -> None:
        self.text = text
        self.rows = rows
        self.kinds = kinds
        self.grammar = grammar
        self.forms = grammar.headings
        self.labels = LabelReader(grammar)
        self.levels = Levels()
        self.sections: list[Section] = []
        self.after_heading = 0
        self.flat = False
        self.flat_label: Label | None = None
        self.quotations: list[int] | None = None

    def find(self, order: Iterable[int]) -> list[Section]:
        previous = -1
        after = 0
        for index in order:
            if previous >= 0 and index != previous + 1:
                self.levels.reset()
                self.flat = False
            previous = index
            if index >= after and self.kinds[index] == PLAIN:
                after = self._read(index) or after
        return self.sections

    def _read(self, index: int) -> int | None:
        """Read one row; returns the row to go on with where that is not the next."""
        words = self.rows[index].words
        if words[0] == "“":
            return self._past_quotation(index)
        label = self.labels.read(words)
        if label is None:
            self._read_other(index)
            return None
        if not self._is_heading(index, label):
            if self.flat:
                self.kinds[index] = FLAT
                self.flat_label = label
            return None
        self.flat = False
        return self._add(index, label)

    def _past_quotation(self, index: int) -> int | None:
        inner = self.rows[index].words[1:].lstrip()
        if not inner or self.labels.read(inner) is None:
            return None
        if self.quotations is None:
            self.quotations = quotation_ends(self.rows)
        # A quotation mark that was never closed must not swallow the next article.
        for at in range(index + 1, self.quotations[index]):
            label = self.labels.read(self.rows[at].words)
            if label and label.kind in _ALWAYS and self.levels.continues(label):
                return at
        return self.quotations[index]

    def _read_other(self, index: int) -> None:
        words = self.rows[index].words
        if self.grammar.table_head.fullmatch(words):
            self.flat = True
            self.flat_label = None
        elif self.flat and len(words) > _PROSE:
            self.flat = False
        if self.flat:
            self.kinds[index] = FLAT

    # What is a heading

    def _is_heading(self, index: int, label: Label) -> bool:
        if label.kind in _ALWAYS:
            return self._is_named(index, label)
        words = self.rows[index].words
        title = words[len(label.text) :].strip()
        if not title:
            return self.rows[index].bold and self._next_plain(index) is not None
        if not self._is_title(title, label) or self._dangles(index, label):
            return False
        if self.flat:
            follows_row = self.flat_label is not None and label.follows(self.flat_label)
            return self.levels.continues(label) and not follows_row
        if label.kind == "paren":
            return title[-1] not in ".;,:" and len(title) <= _HEADING
        return self._begins_or_continues(label, title)

    def _is_named(self, index: int, label: Label) -> bool:
        if label.kind == "annex" and self.flat and not label.number[-1]:
            # Extraction may drop the word "Phụ lục" into the table of the annex.
            at = self._titled_row(index, label)
            return at is not None and self._is_set_off(self.rows[at])
        return label.kind != "article" or not self._dangles(index, label)

    def _is_title(self, title: str, label: Label) -> bool:
        if not _LETTER.search(title, 0, 200) or _FIGURES.search(title[-_TAIL:]):
            return False
        counted = label.text[-1].isdigit()
        return not counted or title[0].isupper()

    def _begins_or_continues(self, label: Label, title: str) -> bool:
        number = label.number[-1]
        if number == 1 or self.levels.continues(label) or self.levels.expects(label):
            return True
        if label.kind == "decimal":
            return number <= _FIRST and title[0].isupper()
        return label.kind.startswith(("decimal.", "roman", "capital"))

    def _dangles(self, index: int, label: Label) -> bool:
        """ "… theo quy định tại mục / 3.2.1. Các chứng từ …" is one sentence."""
        if index == 0 or self.kinds[index - 1] != PLAIN:
            return False
        begins = label.number == (1,) or self.levels.continues(label)
        if begins and index == self.after_heading:
            return False  # "IV. NHIỆM VỤ 3 THÁNG CUỐI NĂM / 1. Hoàn thành …"
        above = self.rows[index - 1].words
        return self.forms.pattern("dangling").fullmatch(above[-_TAIL:]) is not None

    # Title, span, level

    def _add(self, index: int, label: Label) -> int | None:
        row = self.rows[index]
        title = take(self.text.value, row, len(label.text))
        after = None
        run_in = False
        if not title.words.strip(".:- "):
            below, after, run_in = self._title_below(index, label)
            title = Found(below.words, row.start, below.end) if below else Found("", 0, row.end)
        elif cut := self._emphasised(row):
            title = take(self.text.value, row, len(label.text), cut)
        elif title.words.isupper() and not row.bold:
            title, after = self._capital_title(index, title)
        else:
            run_in, end = self._sentence(index, label, row.words)
            title = take(self.text.value, row, len(label.text), end)
        self.sections.append(
            Section(
                label=" ".join(label.text.split()),
                level=self.levels.place(label, bold=row.bold),
                title=title.words.lstrip("-–: "),
                span=self.text.span(row.start, title.end),
                run_in=run_in,
            )
        )
        self.after_heading = 0 if run_in else after or index + 1
        return after

    def _title_below(self, index: int, label: Label) -> tuple[Found | None, int | None, bool]:
        """The title of "Chương I", "Phụ lục" or "Điều 1." that stands on rows of its own."""
        if label.kind in _TITLED_BELOW:
            at = self._titled_row(index, label)
            if at is None:
                return None, None, False
            title = take(self.text.value, self.rows[at])
            if title.words.isupper() and not self.rows[at].bold:
                title, after = self._capital_title(at, title)
                return title, after, False
            return title, at + 1, False
        at = self._next_plain(index)
        if at is None:
            return None, None, False
        run_in, end = self._sentence(at, label, self.rows[at].words)
        return take(self.text.value, self.rows[at], 0, end), at + 1, run_in

    def _titled_row(self, index: int, label: Label) -> int | None:
        """The row that names an annex: in capitals or bold, or the very next one."""
        in_cell = None
        for at in range(index + 1, min(index + _LOOK_AHEAD, len(self.rows))):
            row = self.rows[at]
            if self.kinds[at] != PLAIN:
                if in_cell is None and row.bold and label.kind == "annex":
                    in_cell = at if self._names_annex(row.words) else None
                continue
            if self._is_remark(row.words):
                continue
            if self.labels.read(row.words) or self._ends_front(row.words):
                break
            if self._names_annex(row.words) and self._is_set_off(row):
                return at
            if at == index + 1 and row.words[-1] not in ".;:" and len(row.words) <= _HEADING:
                return at
        return in_cell

    def _is_set_off(self, row: Row) -> bool:
        return row.bold or row.words.isupper()

    def _names_annex(self, words: str) -> bool:
        forms = self.grammar.letterhead
        if forms.pattern("motto").search(words) or forms.pattern("rule").fullmatch(words):
            return False
        return sum(1 for word in words.split()[:4] if word.isupper()) >= 2

    def _is_remark(self, words: str) -> bool:
        forms = self.grammar.letterhead
        attached = forms.pattern("attached").match(words)
        return attached is not None or forms.pattern("rule").fullmatch(words) is not None

    def _ends_front(self, words: str) -> bool:
        addressed = self.grammar.letterhead.pattern("addressee").match(words)
        return addressed is not None or self.grammar.table_head.fullmatch(words) is not None

    def _next_plain(self, index: int) -> int | None:
        """The next row, if it can be the title of a label that stands alone."""
        at = index + 1
        if at >= len(self.rows) or self.kinds[at] != PLAIN:
            return None
        words = self.rows[at].words
        if self.labels.read(words) or words[0] in "-•+*“(|" or not _LETTER.search(words, 0, 200):
            return None
        return at

    def _capital_title(self, index: int, title: Found) -> tuple[Found, int]:
        """A title in capitals goes on over rows in capitals, which repair does not join."""
        at = index + 1
        while at < min(index + _CAPITAL_ROWS, len(self.rows)):
            row = self.rows[at]
            plain = self.kinds[at] == PLAIN and row.words.isupper() and not row.bold
            if not plain or self.labels.read(row.words) or self._ends_front(row.words):
                break
            if self._is_remark(row.words) or not _LETTER.search(row.words):
                break
            title = join([title, take(self.text.value, row)])
            at += 1
        return title, at

    def _emphasised(self, row: Row) -> int | None:
        if row.end - row.start == len(row.words):
            return None
        match = _EMPHASISED.search(self.text.value, row.start, row.end)
        if match is None:
            return None
        at = row.words.find(":")
        while at >= 0 and locate(self.text.value, row, at, at + 1)[1] <= match.start():
            at = row.words.find(":", at + 1)
        return at + 1 or None

    def _sentence(self, index: int, label: Label, words: str) -> tuple[bool, int]:
        """Whether the row is a paragraph, and where its heading or first sentence ends."""
        start = len(label.text) if self.rows[index].words.startswith(label.text) else 0
        match = self.forms.pattern("sentence-end").search(words, start)
        end = match.end() if match else len(words)
        if words[end:].strip():
            return True, end
        title = words[start:end].strip()
        if title[-1] in ";,":
            return True, end
        if title[-1] == ":":
            lead = self.forms.pattern("lead").fullmatch(title[-_TAIL:])
            return lead is not None or len(title) > _LEAD, end
        if title[-1] not in ".!?…”":
            return False, end
        return title.endswith("/.") or not self._heads(index, label, len(title)), end

    def _heads(self, index: int, label: Label, length: int) -> bool:
        """Whether a sentence is a heading: something is listed below it, or it names an article."""
        at = index + 1
        if at >= len(self.rows) or self.kinds[at] != PLAIN or length > _LEAD:
            return False
        words = self.rows[at].words
        below = self.labels.read(words)
        if below:
            return below.number[-1] == 1 and below.kind != label.kind
        if words[0] in _BULLETS:
            return True
        return label.kind == "article" and length <= _HEADING and self._next_plain(index) == at
