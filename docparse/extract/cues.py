"""Is a figure a result, a target, a plan or a limit, is the thing done, under way or to come, and
against what is it held?

A draft and the outline go in; the words of the sentence decide, then the title of the section,
then the kind of document.

>>> from docparse.extract.drafts import scan
>>> from docparse.extract.places import Places
>>> from docparse.models import Header, Outline, Part
>>> from docparse.patterns import load
>>> text = "Phấn đấu đạt 90% hồ sơ. Sở đã giải quyết 12 hồ sơ."
>>> outline = Outline(parts=(Part(header=Header(type="Báo cáo"), start=0, end=len(text)),))
>>> finder = CueFinder(text, Places(text), outline, load())
>>> [(finder.mode(d), finder.status(d)) for d in scan(text, load()).drafts]
[('target', 'will'), ('result', 'done')]
"""

from __future__ import annotations

import re
from bisect import bisect_right

from docparse.extract.drafts import Draft
from docparse.extract.places import Places
from docparse.extract.scan import Match, union
from docparse.models import Header, Outline
from docparse.patterns import Patterns

_SHARE_OF = re.compile(r"%\s*(?:so(?:\s+với)?\s+)?$")
_SHARE_REACH = 12
_AFTER_REACH = 24  # characters behind a figure for "kể từ ngày", "trở lên"
_SECTIONS_BACK = 60  # a title further back is not that of a section still open
_CLAUSE_END = re.compile(r"[,;:.()\n]")
_LIMIT_KINDS = ("duration", "percent", "money")
_WORDS_OF_PLAN = 8
_NUMBER = 12  # characters of a number before a noun
_NO_YEAR = r"(?!(?:19|20)\d\d\s*$)"
_COUNT_BEFORE = re.compile(rf"(?<!\d){_NO_YEAR}\d[\d.]*(?:/{_NO_YEAR}\d[\d.]*)?\s+$")


class CueFinder:
    """Mode and status for the figures of one text."""

    __slots__ = ("_found", "_heads", "_outline", "_patterns", "_places", "_starts", "_text")

    def __init__(self, text: str, places: Places, outline: Outline, patterns: Patterns) -> None:
        self._text = text
        self._places = places
        self._outline = outline
        self._patterns = patterns
        self._heads: dict[str, str | None] = {}
        self._found: dict[tuple[str, int], list[Match]] = {}
        self._starts = [section.span.start for section in outline.sections]

    def mode(self, draft: Draft) -> str:
        """result, target, plan or limit."""
        said = self._nearest(draft, "mode") or self._behind(draft) or self._opened(draft)
        if said == "limit" and draft.kind not in _LIMIT_KINDS:
            said = None
        return said or self._usual(draft)

    def status(self, draft: Draft) -> str | None:
        """done, doing, will or not, where the sentence says so."""
        return self._nearest(draft, "status")

    def _nearest(self, draft: Draft, kind: str) -> str | None:
        """The last cue before the figure in its clause."""
        start, _ = self._places.clause(draft.numeral.start)
        cues = self._cues(kind, *self._places.piece(draft.numeral.start))
        before = bisect_right(cues, draft.numeral.start, key=_end)
        found = cues[before - 1] if before else None
        if found is None or found.start < start:
            return None
        return (found.form.kind or "").partition(":")[2]

    def _cues(self, kind: str, start: int, end: int) -> list[Match]:
        """The cues of a piece; looked for once, for a line may hold thousands of figures."""
        if (kind, start) not in self._found:
            forms = union(self._patterns, "figures", kind)
            self._found[kind, start] = [
                match
                for match in forms.finditer(self._text, start, end)
                if self._is_word(match.start, match.end)
                and not self._is_base(match.start)
                and not self._is_counted(match.start, match.end)
            ]
        return self._found[kind, start]

    def _behind(self, draft: Draft) -> str | None:
        """As in "05 ngày kể từ ngày nhận", "99% trở lên"."""
        forms = union(self._patterns, "figures", "behind")
        stop = _CLAUSE_END.search(self._text, draft.end, draft.end + _AFTER_REACH)
        high = stop.start() if stop else min(draft.end + _AFTER_REACH, len(self._text))
        found = forms.search(self._text, draft.end, high)
        if found and found.form.kind == "behind:target" and not draft.number.percent:
            return None
        return (found.form.kind or "").partition(":")[2] if found else None

    def _opened(self, draft: Draft) -> str | None:
        """As in "Mục tiêu năm 2024: tỷ lệ …": what the words before the colon announce."""
        start, _ = self._places.clause(draft.numeral.start)
        label = self._text[self._places.line(start)[0] : start].rstrip()
        if not label.endswith(":"):
            return None
        found = union(self._patterns, "figures", "label").match(label, 0)
        whole = found is not None and found.end == len(label)
        return (found.form.kind or "").partition(":")[2] if found and whole else None

    def _is_counted(self, start: int, end: int) -> bool:
        """As in "18/20 chỉ tiêu": what was counted, no cue for what follows."""
        said = self._text[start:end].lower()
        number = _COUNT_BEFORE.search(self._text[max(0, start - _NUMBER) : start])
        nouns = self._patterns.forms("figures").pattern("counted-cue")
        return number is not None and nouns.fullmatch(said) is not None

    def _is_base(self, start: int) -> bool:
        """As in "81,3% (so với) dự toán": what the share was taken of, no cue for what follows."""
        return _SHARE_OF.search(self._text[max(0, start - _SHARE_REACH) : start]) is not None

    def _is_word(self, start: int, end: int) -> bool:
        before = self._text[start - 1 : start]
        return not before.isalnum() and not self._text[end : end + 1].isalnum()

    def _usual(self, draft: Draft) -> str:
        """What figures are here, by the section and the document."""
        head = self._head(draft.numeral.start)
        if head == "target":
            return "target" if draft.kind in ("percent", "score", "rank") else "plan"
        if head == "limit":
            return "limit" if draft.kind in _LIMIT_KINDS else "result"
        return "plan" if head == "plan" else "result"

    def _head(self, position: int) -> str:
        """The first title from the inside out that says what its figures are."""
        for title in (*self._titles(position), *self._document(position)):
            if said := self._of_title(title):
                return said
        return "result"

    def _of_title(self, title: str) -> str | None:
        """What one title says; asked once for each, for it stands over many figures."""
        if title not in self._heads:
            match = union(self._patterns, "figures", "head").search(title, 0, len(title))
            self._heads[title] = (match.form.kind or "").partition(":")[2] if match else None
        return self._heads[title]

    def _titles(self, position: int) -> list[str]:
        titles, level = [], 99
        index = bisect_right(self._starts, position)
        for section in reversed(self._outline.sections[max(0, index - _SECTIONS_BACK) : index]):
            if section.level < level:
                level = section.level
                if not section.run_in:
                    titles.append(section.title)
        return titles

    def _document(self, position: int) -> list[str]:
        """Type and title of the document that holds the place, its part's own first."""
        parts = [part for part in self._outline.parts if part.start <= position < part.end]
        headers = [part.header for part in reversed(parts)] or [self._outline.header]
        return [said for header in headers for said in _said(header) if said]


def _end(match: Match) -> int:
    return match.end


def _said(header: Header) -> tuple[str | None, ...]:
    """A decision alone sets limits, one that approves a project plans: both are read as one."""
    both = " ".join(f"{header.type or ''} {header.title or ''}".split())
    return both if header.type and header.title else None, header.type, header.title


class Comparison:
    """Words against which a figure is held: a plan, a budget, an average."""

    __slots__ = ("_is",)

    def __init__(self, patterns: Patterns) -> None:
        self._is = patterns.forms("indicators").pattern

    def held(self, words: str) -> str:
        """The words before those that compare: "A cao hơn kế hoạch" is "A"."""
        found = [m for m in self._is("against").finditer(words) if self._at_word(words, m.start())]
        return words[: found[-1].start()] if found else words

    def in_brackets(self, words: str, subject: str | None, own: str) -> str | None:
        """As in "thấp hơn mức bình quân của khối (85%)", "72% dự toán năm (8,46 tỷ đồng)".

        ``words`` stand before the bracket, ``own`` is their subject where no figure told one.
        """
        held = [m for m in self._is("against").finditer(words) if self._at_word(words, m.start())]
        subject = subject or own or None
        if not held:
            plan = self._is("plan").match(words)
            return f"{_first(words)} {self.without_act(subject)}" if plan and subject else None
        named = words[held[-1].end() :].strip(" ,")
        return f"{subject}, {named}" if subject and self._names(named) else subject

    def before(self, words: str, subject: str | None) -> str | None:
        """As in "thực hiện 8,40 tỷ đồng trên dự toán 8,46 tỷ đồng": the budget of the subject."""
        budget = self._is("budget").fullmatch(words)
        return f"{budget['plan']} {self.without_act(subject)}" if budget and subject else None

    def behind(self, phrase: str, words: str) -> str:
        """As in "bằng 117,6% dự toán Trung ương giao": the phrase with what the share is of."""
        plan = self._is("plan").match(words)
        if plan is None or self._is("same-time").match(words):
            return phrase
        named = " ".join(words.split()[:_WORDS_OF_PLAN]).removeprefix("so với").strip()
        return phrase if named in phrase else f"{phrase} so với {named}"

    def without_act(self, subject: str) -> str:
        """The budget of "kinh phí đã thực hiện" is that of "kinh phí"."""
        ends = [m for m in self._is("generic").finditer(subject) if m.end() == len(subject)]
        return subject[: ends[0].start()].strip() if ends and ends[0].start() else subject

    def _names(self, words: str) -> bool:
        """Whether words name more than a time: "năm 2022", "cùng kỳ", "cuộc thi năm 2022"."""
        return self._is("standard").search(words) is not None

    def _at_word(self, words: str, position: int) -> bool:
        return position == 0 or not words[position - 1].isalnum()


def _first(words: str) -> str:
    """The words up to the first mark."""
    return words.split(",")[0].strip()
