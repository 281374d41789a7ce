"""What a figure counts or measures: the words around it go in, a phrase with right ends comes out.

The noun behind the number and what belongs to it, or the subject before "là", "đạt", ":"; a
figure without words of its own takes those of the figure before it.

>>> from docparse.extract.drafts import scan
>>> from docparse.patterns import load
>>> text = "Sở đã hoàn thành 29/31 nhiệm vụ, đạt 93,55%."
>>> finder = IndicatorFinder(text, Places(text), [], load())
>>> finder.find(scan(text, load()).drafts)
['hoàn thành nhiệm vụ', 'hoàn thành nhiệm vụ']
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from docparse.extract.drafts import Draft
from docparse.extract.places import Places
from docparse.extract.scan import union
from docparse.extract.units import unit_reader
from docparse.patterns import Patterns

_WORDS_AFTER = 24
_WORDS_BEFORE = 16
_ENTITY_REACH = 200  # characters before a figure where its agency may stand
_ENOUGH = 3  # words behind the number that name a thing without the verb before it
_STOP = re.compile(r"[;:.()\n\t|]|,| [-–+] |\*\*")
_BRACKETED = re.compile(r"\([^()]*\)")
_COMMA = re.compile(r",\s+")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_LIST = 12  # items of a list under one line that leads in
_VERB_WORDS = 8
_SAME_REACH = 160  # characters between two figures that may speak of one thing
# What a unit of these kinds measures is not the noun behind the number.
_MEASURES = frozenset(
    ("duration", "money", "area", "length", "volume", "weight", "energy", "score", "rank")
)


@dataclass(frozen=True, slots=True)
class _Right:
    """The phrase behind a number: its words and where it ends."""

    words: str
    end: int


class IndicatorFinder:
    """The indicators of one text, asked for in the order of its figures."""

    __slots__ = (
        "_acts",
        "_also",
        "_base",
        "_compare",
        "_copula",
        "_cut",
        "_drop",
        "_limit",
        "_open",
        "_parts",
        "_patterns",
        "_places",
        "_tail",
        "_text",
        "_times",
        "_topic",
        "_units",
    )

    def __init__(
        self,
        text: str,
        places: Places,
        times: Sequence[tuple[int, int]],
        patterns: Patterns,
    ) -> None:
        self._text = text
        self._times = times
        self._places = places
        self._patterns = patterns
        forms = patterns.forms("indicators")
        self._cut = forms.pattern("cut")
        self._open = forms.pattern("open")
        self._copula = forms.pattern("copula")
        self._also = patterns.forms("figures").pattern("word-and")
        self._units = unit_reader(patterns)
        self._drop = forms.pattern("drop")
        self._base = forms.pattern("base")
        self._acts = forms.pattern("acts")
        self._compare = forms.pattern("compare")
        self._parts = forms.pattern("parts")
        self._limit = forms.pattern("limit")
        self._topic = forms.pattern("topic")
        self._tail = forms.pattern("tail")

    def find(self, drafts: Sequence[Draft]) -> list[str | None]:
        """One phrase a figure, None where the text names nothing."""
        rights = [self._right(draft, _next(drafts, index)) for index, draft in enumerate(drafts)]
        bare: list[str | None] = []
        carried = ""
        for index, draft in enumerate(drafts):
            before = drafts[index - 1] if index else None
            left = self._left(draft, rights, index)
            if not left and before and self._is_part(before, draft):
                left = carried
            carried = left
            phrase = self._chosen(draft, left, rights[index])
            if phrase is None and before and self._goes_on(before, draft):
                phrase = bare[-1]
            bare.append(phrase)
        for index in range(len(bare) - 1, 0, -1):
            if bare[index - 1] is None and self._repeats(drafts[index - 1], drafts[index]):
                bare[index - 1] = bare[index]
        return [_with_change(draft, phrase) for draft, phrase in zip(drafts, bare, strict=True)]

    def entity(self, draft: Draft) -> str | None:
        """The agency or place that the sentence names last before the figure, else behind it."""
        start, end = self._places.sentence(draft.numeral.start)
        forms = union(self._patterns, "indicators", "entity")
        low = max(start, draft.numeral.start - _ENTITY_REACH)
        named = [m for m in forms.finditer(self._text, low, draft.numeral.start)]
        if named:
            return " ".join(self._text[named[-1].start : named[-1].end].split())
        behind = forms.search(self._text, draft.end, min(end, draft.end + _ENTITY_REACH // 2))
        return " ".join(self._text[behind.start : behind.end].split()) if behind else None

    def _chosen(self, draft: Draft, left: str, right: _Right) -> str | None:
        """The subject, the noun behind, or both where one alone says too little."""
        if self._compare.match(left):
            if draft.unit is None or draft.unit.kind != "count":
                return None
            left = ""
        if draft.number.percent and not right.words and self._base.match(left):
            return None
        if _is_measured(draft):
            phrase = left if len(left.split()) >= _ENOUGH else f"{left} {right.words}".strip()
            phrase = self._with_topic(draft, self._with_duty(draft, phrase))
        elif draft.number.percent and self._is_base(right.words):
            phrase = f"{left} {right.words}" if left else ""
        elif not right.words and draft.borrowed and len(left.split()) < _ENOUGH:
            phrase = f"{left} {draft.borrowed.name}".strip()
        elif not right.words or (self._open.match(left) and self._is_said(draft)):
            phrase = left
        elif not left or (draft.number.percent and len(right.words.split()) >= _ENOUGH):
            phrase = right.words
        else:
            phrase = f"{' '.join(left.split()[-_VERB_WORDS:])} {right.words}"
        return phrase or None

    def _is_base(self, words: str) -> bool:
        """As in "46% dự toán", "60% của năm": what the share is taken of, not what it measures."""
        return self._base.match(words) is not None

    def _is_said(self, draft: Draft) -> bool:
        """Whether the subject before the number is said to be so many: "X là 116 thủ tục"."""
        cue = self._text[draft.lead.start : draft.numeral.start]
        before = self._text[max(0, draft.lead.start - 2) : draft.lead.start]
        return ":" in before or self._copula.match(cue) is not None

    def _with_topic(self, draft: Draft, phrase: str) -> str:
        """A score or a rank is one of an index, which an earlier clause may name."""
        if draft.kind not in ("score", "rank") or self._open.search(phrase):
            return phrase
        start = self._places.line(draft.numeral.start)[0]
        low = max(start, draft.numeral.start - _ENTITY_REACH)
        topics = [m[0] for m in self._topic.finditer(self._text, low, draft.numeral.start)]
        return " ".join(f"{topics[-1]} {phrase}".split()) if topics else phrase

    def _with_duty(self, draft: Draft, phrase: str) -> str:
        """As in "Trong thời hạn 05 ngày, Sở trả kết quả": the duty stands behind the comma."""
        if draft.kind != "duration" or not self._limit.fullmatch(phrase.lower()):
            return phrase
        end = self._places.clause(draft.end)[1]
        comma = self._text.find(", ", draft.end, end)
        if comma < 0:
            return phrase
        duty = self._text[comma + 2 : end].split()[:_WORDS_BEFORE]
        return f"{phrase} {' '.join(duty)}"

    def _is_part(self, before: Draft, draft: Draft) -> bool:
        """Whether a figure is a part of the one before: "62 người, gồm 41 công chức"."""
        gap = self._text[before.end : draft.numeral.start]
        if draft.unit is None or ";" in gap or not self._goes_on(before, draft):
            return False
        return any(match.end() == len(gap) for match in self._parts.finditer(gap))

    def _repeats(self, before: Draft, draft: Draft) -> bool:
        """As in "100% (6/6) phòng": the figure in brackets says the same again."""
        return self._text[before.numeral.end : draft.numeral.start].strip() == "("

    def _right(self, draft: Draft, limit: int) -> _Right:
        """From the unit, or from behind the numeral, to where the phrase ends."""
        start = draft.unit.start if draft.unit else draft.numeral.end
        if draft.unit and _is_measured(draft):
            start = draft.unit.end
        if draft.unit is None and self._text[start : start + 1] == ")":
            return _Right("", start)
        end = min(limit, self._places.sentence(draft.numeral.start)[1])
        pieces: list[str] = []
        position = start
        if draft.unit and start == draft.unit.start:
            position = draft.unit.end
            pieces.append(self._text[start:position])
        while position < end:
            stop = self._stop(position, end)
            piece = self._text[position:stop]
            cut = self._cut_at(piece)
            pieces.append(self._without_times(position, position + len(piece[:cut])))
            position = stop if cut is None else position + cut
            words = sum(len(said.split()) for said in pieces)
            goes_on = self._beyond(stop, end, words, draft) if cut is None else None
            if goes_on is None:
                break
            pieces.append("," if self._text[stop] == "," else "")
            position = goes_on
        if pieces and position == limit and (joined := self._joined(pieces[-1])):
            pieces[-1] = pieces[-1][:joined]
        words_kept = "".join(pieces).replace("*", " ").split()[:_WORDS_AFTER]
        kept = " ".join(words_kept).strip(" ,-–_/")
        return _Right(kept if _WORD.search(kept) else "", max(position, draft.end))

    def _joined(self, piece: str) -> int | None:
        """Where a last "và" begins: it leads over to the next figure."""
        found = [
            m.start()
            for m in self._also.finditer(piece)
            if m.start() and _at_word(piece, m.start())
        ]
        return found[-1] if found else None

    def _stop(self, position: int, end: int) -> int:
        found = _STOP.search(self._text, position, end)
        return found.start() if found else end

    def _cut_at(self, piece: str) -> int | None:
        """Where a word ends the phrase."""
        for match in self._cut.finditer(piece):
            if match.start() == 0 or not piece[match.start() - 1].isalnum():
                return match.start()
        return None

    def _beyond(self, stop: int, end: int, words: int, draft: Draft) -> int | None:
        """Past a comma in a list of nouns or a bracket in the middle of the phrase."""
        if stop >= end:
            return None
        sign, after = self._text[stop], self._text[stop + 1 : stop + 3]
        if sign == "," and words:
            return stop + 1 if self._is_list(stop + 1, end, words, draft) else None
        if sign == "(" and words:
            close = self._text.find(")", stop, end)
            after = self._text[close + 1 : close + 3] if close >= 0 else ""
            return close + 1 if after[:1] == " " and after[1:].islower() else None
        return None

    def _is_list(self, start: int, end: int, words: int, draft: Draft) -> bool:
        """Whether the words behind a comma still belong to the phrase before it."""
        piece = self._text[start : self._stop(start, end)].strip()
        if not piece[:1].islower() or self._acts.match(piece):
            return False
        if draft.number.percent:
            return words < _WORDS_AFTER
        if self._units.listed(self._text, start):
            return True
        return words <= _ENOUGH and len(piece.split()) <= _ENOUGH + 1

    def _left(self, draft: Draft, rights: Sequence[_Right], index: int) -> str:
        """The words before the number, from where the clause or the last figure ends."""
        high = draft.lead.start
        mark = self._text[max(0, high - 2) : high].rstrip(" ")[-1:]
        if mark in (":", "("):
            high = self._text.rfind(mark, 0, high)
        elif self._text[draft.lead.start : draft.lead.start + 1] == ":":
            mark = ":"
        low = self._places.clause(max(0, high - 1) if mark in (":", "(") else high)[0]
        if self._text[max(0, low - 4) : low].rstrip(" *").endswith(")") and (
            len(self._without_times(low, high).split()) < _ENOUGH
        ):
            low = self._places.clause(max(self._text.rfind("(", 0, low), 0))[0]
        if index and rights[index - 1].end > low:
            low = min(rights[index - 1].end, high)
        words = _BRACKETED.sub(" ", self._without_times(low, high))
        if mark == "(":
            words = words[words.rfind(",") + 1 :]
        said = self._trimmed(self._last_part(words), draft)
        return self._with_lead_line(said, low) if mark == ":" else said

    def _without_times(self, low: int, high: int) -> str:
        """The words of a stretch; dates and years in it are no part of what is counted."""
        pieces, position = [], low
        index = bisect_left(self._times, (low, low))
        while index < len(self._times) and self._times[index][0] < high:
            start, end = self._times[index]
            pieces.append(self._text[position:start])
            position, index = max(position, end), index + 1
        return " ".join("".join([*pieces, self._text[position:high]]).split(" "))

    def _with_lead_line(self, said: str, low: int) -> str:
        """As in "Tỷ lệ cán bộ dùng phần mềm:" stands over "+ Đối với Khối văn phòng: 100%"."""
        line = self._places.line(low)[0]
        bullet = self._text[line : line + 1]
        if not line or bullet not in "+-*•" or self._open.match(said):
            return said
        start, end = self._places.line(line - 1)
        for _ in range(_LONGEST_LIST):
            if not start or self._text[start] != bullet:
                break
            start, end = self._places.line(start - 1)
        above = self._text[start:end].rstrip(" *")
        if not above.endswith(":"):
            return said
        opened = self._open.search(above)
        return f"{' '.join(above[opened.start() : -1].split())}, {said}" if opened else said

    def _last_part(self, words: str) -> str:
        """Behind the last comma that begins a new clause."""
        for match in reversed(list(_COMMA.finditer(words))):
            rest = words[match.end() :]
            begins = rest[:1].isupper() or self._acts.match(rest) or self._drop.match(rest)
            opened = [m.start() for m in self._open.finditer(words, 0, match.start())]
            if begins and not (opened and self._acts.match(rest)):
                return rest
        return words

    def _trimmed(self, words: str, draft: Draft) -> str:
        said = " ".join(words.replace("*", " ").split()).strip(' ,;:-–+_|(“”"')
        tail = next((m for m in self._tail.finditer(said) if m.end() == len(said)), None)
        said = said[: tail.start()].strip() if tail else said
        opened = [m.start() for m in self._open.finditer(said) if _at_word(said, m.start())]
        long = [start for start in opened if len(said[start:].split()) >= _ENOUGH]
        if long:
            said = said[long[-1] :]
        elif not opened and draft.kind not in ("score", "rank"):
            said = self._predicate(said)
        return " ".join(said.split()[-_WORDS_BEFORE:]) if _WORD.search(said) else ""

    def _predicate(self, said: str) -> str:
        """Without the agency and the word of time: "Sở đã hoàn thành" is "hoàn thành"."""
        acts = [m.end() for m in self._acts.finditer(said) if _at_word(said, m.start())]
        acts = [end for end in acts if said[end : end + 1] == " "]
        said = said[acts[-1] :].strip() if acts else said
        dropped = self._drop.match(f"{said} ")
        return said[dropped.end() :].strip() if dropped else said

    def _goes_on(self, before: Draft, draft: Draft) -> bool:
        """Whether a figure still speaks of what the one before it counted."""
        gap = self._text[before.numeral.end : draft.numeral.start]
        return "\n" not in gap and len(gap) < _SAME_REACH


def _is_measured(draft: Draft) -> bool:
    """The unit measures something; a count's unit is what it counts."""
    other = draft.unit is not None and draft.unit.kind != "count"
    return draft.kind in _MEASURES or other or draft.lead.times


def _at_word(said: str, position: int) -> bool:
    return position == 0 or not said[position - 1].isalnum()


def _next(drafts: Sequence[Draft], index: int) -> int:
    """Where the words of the next figure begin."""
    return drafts[index + 1].lead.start if index + 1 < len(drafts) else 1 << 60


def _with_change(draft: Draft, phrase: str | None) -> str | None:
    """As in "giảm 02 thủ tục" measures a change, which is another thing than the number itself."""
    change = draft.lead.change
    if phrase is None or change is None or phrase.lower().startswith(change):
        return phrase
    return f"{change} {phrase}"
