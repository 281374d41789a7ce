"""What is known of tables: the forms of ``patterns/tables.toml``, ready for use.

In goes the loaded patterns, out comes a :class:`Vocabulary`, made once per set of patterns.

>>> from docparse.patterns import load
>>> words = vocabulary(load())
>>> words.header_kind("Tỷ lệ (%)"), words.header_kind("Đơn vị chủ trì"), words.header_kind("Abc")
(<Kind.PERCENT: 'percent'>, <Kind.AGENCY: 'agency'>, None)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from docparse.patterns import Patterns


class Kind(StrEnum):
    """What the cells of a column hold."""

    LABEL = "label"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    AGENCY = "agency"
    DEADLINE = "deadline"
    UNIT = "unit"
    NOTE = "note"


NUMERIC = frozenset({Kind.NUMBER, Kind.PERCENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Compiled forms; ``heads`` and ``cells`` are tried in the order of the file."""

    heads: tuple[tuple[Kind, re.Pattern[str]], ...]
    parent: re.Pattern[str]
    child: re.Pattern[str]
    pair: re.Pattern[str]
    joiner: re.Pattern[str]
    head_label: re.Pattern[str]
    ordinal: re.Pattern[str]
    list_mark: re.Pattern[str]
    column_index: re.Pattern[str]
    number: re.Pattern[str]
    percent: re.Pattern[str]
    ratio: re.Pattern[str]
    mark: re.Pattern[str]
    deadline: re.Pattern[str]
    agency: re.Pattern[str]
    agency_name: re.Pattern[str]
    suffix: re.Pattern[str]
    total: re.Pattern[str]
    connective: re.Pattern[str]
    counted: re.Pattern[str]
    letterhead: re.Pattern[str]
    dotted: re.Pattern[str]
    stop: re.Pattern[str]
    page_line: re.Pattern[str]
    caption_tail: re.Pattern[str]
    caption_period: re.Pattern[str]
    caption_aside: re.Pattern[str]
    caption_open: re.Pattern[str]
    data_words: re.Pattern[str]
    caption_lead: re.Pattern[str]

    def header_kind(self, words: str) -> Kind | None:
        """The kind of a column by its header, None where the words are unknown."""
        if self.head_label.fullmatch(words):
            return Kind.LABEL
        for kind, form in self.heads:
            if form.match(words):
                return kind
        return None

    def is_header_word(self, words: str) -> bool:
        """Whether a header cell may begin so."""
        return self.header_kind(words) is not None or bool(self.parent.match(words))

    def cell_kind(self, words: str) -> Kind:
        """The kind of a cell by what it holds."""
        if not words or self.mark.match(words) or self.number.match(words):
            return Kind.NUMBER
        if self.percent.match(words):
            return Kind.PERCENT
        return Kind.NUMBER if self.ratio.match(words) else Kind.TEXT


@lru_cache(maxsize=8)
def vocabulary(patterns: Patterns) -> Vocabulary:
    """The table vocabulary of one set of patterns."""
    forms = patterns.forms("tables")
    kinds = {kind.value for kind in Kind} - {Kind.LABEL.value}
    heads = tuple(
        (Kind(form.kind), forms.pattern(form.name))
        for form in forms.forms
        if form.name.startswith("head-") and form.kind in kinds
    )
    return Vocabulary(
        heads=heads,
        parent=forms.pattern("head-parent"),
        child=forms.pattern("head-child"),
        pair=forms.pattern("head-pair"),
        joiner=forms.pattern("joiner"),
        head_label=forms.pattern("head-label"),
        ordinal=forms.pattern("ordinal"),
        list_mark=forms.pattern("list-mark"),
        column_index=forms.pattern("column-index"),
        number=forms.pattern("cell-number"),
        percent=forms.pattern("cell-percent"),
        ratio=forms.pattern("cell-ratio"),
        mark=forms.pattern("cell-mark"),
        deadline=forms.pattern("cell-deadline"),
        agency=forms.pattern("cell-agency"),
        agency_name=forms.pattern("agency-name"),
        suffix=forms.pattern("agency-suffix"),
        total=forms.pattern("total"),
        connective=forms.pattern("connective"),
        counted=forms.pattern("counted"),
        letterhead=forms.pattern("letterhead"),
        dotted=forms.pattern("dotted"),
        stop=forms.pattern("stop"),
        page_line=forms.pattern("page-line"),
        caption_tail=forms.pattern("caption-tail"),
        caption_period=forms.pattern("caption-period"),
        caption_aside=forms.pattern("caption-aside"),
        data_words=forms.pattern("data-words"),
        caption_open=forms.pattern("caption-open"),
        caption_lead=forms.pattern("caption-lead"),
    )
