"""What a figure counts or measures: the words around it go in, a phrase with right ends comes out.

The noun behind the number and what belongs to it, or the subject before "là", "đạt", ":"; a
figure without words of its own takes those of the figure it hangs on: the one before, or the
one before the bracket that it stands in.

>>> from docparse.extract.drafts import scan
>>> from docparse.patterns import load
>>> text = "Sở đã hoàn thành 29/31 nhiệm vụ, đạt 93,55%."
>>> finder = IndicatorFinder(text, Places(text), [], load())
>>> finder.find(scan(text, load()).drafts)
['hoàn thành nhiệm vụ', 'hoàn thành nhiệm vụ']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from docparse.extract.cues import Comparison
from docparse.extract.drafts import Draft
from docparse.extract.lead import NounReader, Right, SubjectReader
from docparse.extract.places import UPPER, Places
from docparse.extract.scan import union
from docparse.patterns import Patterns

_WORDS_AFTER = 24
_WORDS_OF_WHOLE = 8
_WORDS_OF_DUTY = 16
_ENTITY_REACH = 200  # characters before a figure where its agency may stand
_ENOUGH = 3  # words behind the number that name a thing without the verb before it
_BRACKETED = re.compile(r"\([^()]*\)")
_CELL_HEAD = re.compile(r"[:;,(]")
_WORD = re.compile(r"[^\W_]+")
_NAME_DASH = re.compile(rf"[{UPPER}][^\W\d_]*(?: [^\W\d_]+)? [-–] \Z")
_IN_CODE = re.compile(r"[0-9]:[0-9]")
_SCOPE = re.compile(r"(?: [^\W\d]+ [0-9]+ [^\W\d]+)?\s*\(([^()]{4,80})\)")
_LONGEST_LIST = 12  # items of a list under one line that leads in
_SAME_REACH = 240  # characters between two figures that may speak of one thing
_BARE = 2  # words of a noun that says nothing more than its unit
_SUMMED = ("money", "weight", "volume", "energy", "area", "length")
# What a unit of these kinds measures is not the noun behind the number.
_MEASURES = frozenset(
    ("duration", "money", "area", "length", "volume", "weight", "energy", "score", "rank")
)


@dataclass(frozen=True, slots=True)
class _Left:
    """The subject before a number, and the mark between them: "", ":" or "("."""

    words: str
    mark: str = ""
    raw: str = ""


@dataclass(slots=True)
class _Told:
    """What the figures so far were told to count."""

    lefts: list[str] = field(default_factory=list)
    bare: list[str | None] = field(default_factory=list)
    shown: list[str | None] = field(default_factory=list)
    changes: list[str | None] = field(default_factory=list)
    whole: list[tuple[int, bool]] = field(default_factory=list)  # figures that have parts


class IndicatorFinder:
    """The indicators of one text, asked for in the order of its figures."""

    def __init__(
        self,
        text: str,
        places: Places,
        times: Sequence[tuple[int, int]],
        patterns: Patterns,
    ) -> None:
        self._text = text
        self._places = places
        self._patterns = patterns
        self._nouns = NounReader(text, places, times, patterns)
        self._subjects = SubjectReader(patterns)
        self._compare = Comparison(patterns)
        self._is = patterns.forms("indicators").pattern
        self._rights: list[Right] = []
        self._drafts: Sequence[Draft] = ()

    def find(self, drafts: Sequence[Draft]) -> list[str | None]:
        """One phrase a figure, None where the text names nothing."""
        self._drafts = drafts
        limits = [*(draft.lead.start for draft in drafts[1:]), 1 << 60]
        self._rights = [
            self._nouns.read(draft, limit, measured=_is_measured(draft))
            for draft, limit in zip(drafts, limits, strict=False)
        ]
        told = _Told()
        for index in range(len(drafts)):
            self._tell(index, told)
        for index in range(len(drafts) - 1, 0, -1):
            if told.shown[index - 1] is None and self._repeats(drafts[index - 1], drafts[index]):
                told.shown[index - 1] = told.shown[index]
        return told.shown

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

    def _tell(self, index: int, told: _Told) -> None:
        """The phrase of one figure, from its own words or from those of the figure it hangs on."""
        draft, right = self._drafts[index], self._rights[index]
        before = self._hangs_on(index, told)
        subject = told.bare[before] if before is not None else None
        left = self._left(draft, index)
        words = left.words if before is None else self._shared(index, before, left, told)
        held = self._held(index, left, subject)
        phrase = held or self._adjoined(index, before, left, subject)
        if phrase is None:
            phrase = self._chosen(draft, words, right, subject)
        else:
            words = ""
        bare = (
            (subject if held or draft.lead.times else None)
            or phrase
            or subject
            or self._topic_before(draft)
        )
        if subject and draft.lead.change and draft.unit and phrase == draft.unit.name:
            bare = subject
        if phrase and not held and before is not None:
            phrase = self._as_part(index, phrase, left.words, told)
        shown = phrase or bare
        if shown and not held and self._is_share(draft):
            behind = right.words or self._behind_cut(right.end)
            shown = self._compare.behind(shown, self._subjects.closed(behind))
        told.lefts.append(words)
        told.bare.append(bare)
        told.changes.append(self._change(index, left, told))
        told.shown.append(shown and self._finished(index, shown, subject, told.changes[-1]))

    def _held(self, index: int, left: _Left, subject: str | None) -> str | None:
        """What a figure is held against, in brackets or before it."""
        draft = self._drafts[index]
        if left.mark != "(":
            return self._compare.before(left.raw, subject) if draft.kind == "money" else None
        own = self._subjects.read(self._compare.held(left.raw), said=True, counts=False)
        words = left.raw or (self._rights[index - 1].words if index else "")
        held = self._compare.in_brackets(words, subject, own)
        cue = draft.lead.start < draft.numeral.start and not draft.lead.change
        told = subject is not None and subject.endswith(left.raw)
        repeats = cue and draft.number.percent and told
        return held or (subject if repeats else None)

    def _is_share(self, draft: Draft) -> bool:
        return draft.number.percent and not draft.lead.change and self._is_said(draft)

    def _change(self, index: int, left: _Left, told: _Told) -> str | None:
        """ "tăng" or "giảm": said before the number, or before another that it stands beside."""
        draft = self._drafts[index]
        cue = self._text[draft.lead.start : draft.numeral.start]
        if draft.lead.change:
            level = any(_at_word(cue, m.start()) for m in self._is("level").finditer(cue))
            return None if level else draft.lead.change
        if not index or left.words or not told.changes[-1] or draft.unit is None:
            return None
        gap = self._text[self._rights[index - 1].end : draft.numeral.start].strip()
        beside = gap in (",", "và", ", và") and self._rights[index].words
        says = self._is("says").search(self._rights[index].words)
        return told.changes[-1] if beside and not says else None

    def _topic_before(self, draft: Draft) -> str | None:
        """As in "Hoạt động du lịch sôi động; ước đạt 86,7% mục tiêu": the sentence's beginning."""
        start, _ = self._places.sentence(draft.numeral.start)
        if not self._is_share(draft) or ";" not in self._text[start : draft.numeral.start]:
            return None
        words = self._nouns.without_times(start, self._nouns.stop(start, draft.numeral.start))
        small = self._is("ends-topic").search(words)
        return words[: small.start()].strip(" -+*") or None if small else None

    # --- What a figure hangs on

    def _hangs_on(self, index: int, told: _Told) -> int | None:
        """The figure before in the sentence; behind a bracket, the one before the bracket."""
        if not index:
            return None
        before, draft = self._drafts[index - 1], self._drafts[index]
        gap = self._text[before.numeral.end : draft.numeral.start]
        if "\n" in gap or self._ends(before, draft) or len(gap) > 3 * _SAME_REACH:
            told.whole.clear()
            return None
        found = index - 1
        for sign in gap:
            if sign == "(":
                told.whole.append((found, True))
            elif sign == ")" and any(opened for _, opened in told.whole):
                opened = False
                while not opened:
                    found, opened = told.whole.pop()
        if self._strong(gap):
            told.whole.append((found, False))
        return found

    def _ends(self, before: Draft, draft: Draft) -> bool:
        """Whether a sentence ends between two figures."""
        start = self._places.sentence(draft.numeral.start)[0]
        return start > before.numeral.start

    def _strong(self, gap: str) -> bool:
        """As in "62 người, gồm …", "trong đó": what follows are parts."""
        return any(
            _at_word(gap, match.start()) and not gap[match.end() : match.end() + 1].isalnum()
            for match in self._is("strong").finditer(gap)
        )

    def _shared(self, index: int, before: int, left: _Left, told: _Told) -> str:
        """The subject of a figure, or that of the figure it stands beside or is a part of."""
        draft = self._drafts[index]
        last = self._rights[index - 1].end
        gap = " ".join(self._text[last : draft.numeral.start].split())
        cue = self._text[last : draft.lead.start].strip(" ,:(+*")
        joined = not left.words or not cue or self._is("strong").fullmatch(cue)
        parts = [match.end() for match in self._is("parts").finditer(gap)]
        leftover = bool(self._is("cut").match(left.raw))
        ends = self._strong_end(draft)
        if draft.unit is None or ";" in gap or (left.mark == "(" and draft.lead.change):
            return left.words
        if ends or (left.mark != ":" and leftover and len(gap) in parts):
            return told.lefts[before] or left.words
        if joined and (not gap or len(gap) in parts or self._is("parts").fullmatch(gap)):
            return told.lefts[before]
        return left.words

    def _strong_end(self, draft: Draft) -> bool:
        """Whether "gồm", "trong đó có" stand right before a number."""
        said = self._text[max(0, draft.numeral.start - 24) : draft.numeral.start].rstrip(" :*")
        return any(m.end() == len(said) for m in self._is("strong").finditer(said))

    def _adjoined(
        self, index: int, before: int | None, left: _Left, subject: str | None
    ) -> str | None:
        """As in "13 lớp tập huấn cho 610 lượt người": the figure before says of what they are."""
        draft, right = self._drafts[index], self._rights[index].words
        counts = draft.unit is not None and draft.unit.kind == "count"
        if before is None or before != index - 1 or not subject or left.raw or not counts:
            return None
        start = self._drafts[before].numeral.end
        said = self._text[start : draft.numeral.start].rstrip()
        links = [m for m in self._is("link").finditer(said) if _at_word(said, m.start())]
        if not right or left.mark or not links or links[-1].end() != len(said):
            return None
        return f"{subject} {links[-1][0]} {right}"

    def _as_part(self, index: int, phrase: str, left: str, told: _Told) -> str:
        """As in "03 hồ sơ trễ hạn (01 hồ sơ lĩnh vực điện": a part of what the whole counts."""
        if not told.whole:
            return phrase
        whole, bracket = told.whole[-1]
        draft, other = self._drafts[index], self._drafts[whole]
        total = told.bare[whole]
        if total is None or draft.number.denominator is not None or total in phrase:
            return phrase
        if draft.lead.change and other.lead.change and left and not self._shares(phrase):
            return f"{total} {phrase}"
        summed = draft.kind == other.kind in _SUMMED and not bracket
        if summed and left and not self._subjects.opens(left):
            opened = self._is("open").match(total)
            return f"{opened[0].lower() if opened else total} {phrase}"
        noun = self._rights[whole].words
        gap = self._text[other.end : draft.numeral.start]
        if draft.unit is None or other.unit is None or not noun or noun in phrase or ";" in gap:
            return phrase
        one, two = draft.unit.name.lower(), other.unit.name.lower()
        longer = one != two and f"{two} ".startswith(f"{one} ") and "," not in two
        if draft.lead.change or not (longer or (one == two and noun.lower() != two)):
            return phrase
        return f"{phrase} trong số {' '.join(noun.split()[:_WORDS_OF_WHOLE])}"

    def _shares(self, phrase: str) -> bool:
        return self._is("share").search(phrase) is not None

    def _behind_cut(self, position: int) -> str:
        """The words behind a phrase up to the next mark."""
        end = self._nouns.stop(position, min(len(self._text), position + _SAME_REACH))
        return self._nouns.without_times(position, end).strip()

    # --- The phrase of one figure

    def _chosen(self, draft: Draft, left: str, right: Right, subject: str | None) -> str | None:
        """The subject, the noun behind, or both where one alone says too little."""
        if self._is("compare").match(left):
            counts = draft.unit is not None and draft.unit.kind == "count"
            told = right.words and self._is_said(draft)  # "Mục tiêu năm 2024: 85% hồ sơ …"
            if not counts and not told:
                return None
            left = ""
        if subject and self._is("share").match(left):
            return f"{subject} {left}"
        if draft.number.percent:
            return self._of_share(draft, left, right) or None
        if _is_measured(draft):
            return self._of_measure(draft, left, right, subject) or None
        if not right.words and draft.borrowed and len(left.split()) < _ENOUGH:
            phrase = f"{left} {draft.borrowed.name}".strip()
        elif not right.words or (self._subjects.opens(left) and self._is_said(draft)):
            phrase = left
        elif self._right_says(draft, right) or self._owns(left, right):
            phrase = right.words
        else:
            phrase = _joined(left, right.words)
        return phrase or None

    def _of_measure(self, draft: Draft, left: str, right: Right, subject: str | None) -> str:
        """What takes so long, costs so much, has so many points."""
        phrase = left if len(left.split()) >= _ENOUGH else f"{left} {right.words}".strip()
        if subject and self._is("generic").fullmatch(left):
            phrase = f"{self._compare.without_act(subject)} {left}"
        if draft.lead.times:
            phrase = f"{left or subject or ''} gấp {self._behind_cut(right.end)}".strip()
        return self._with_topic(draft, self._with_duty(draft, phrase), right, subject)

    def _owns(self, left: str, right: Right) -> bool:
        """As in "Sở có 69 hồ sơ đang giải quyết": the agency alone says nothing of what it has."""
        return bool(self._is("agent").fullmatch(left)) and len(right.words.split()) >= _ENOUGH

    def _right_says(self, draft: Draft, right: Right) -> bool:
        """As in "…, trong đó có 12 thủ tục được đơn giản hóa": no words before are needed."""
        says = any(_at_word(right.words, m.start()) for m in self._is("says").finditer(right.words))
        return says and self._strong_end(draft)

    def _of_share(self, draft: Draft, left: str, right: Right) -> str:
        """What a percentage is taken of; the verb before it, where nothing behind says so."""
        words = "" if self._is("or-more").fullmatch(right.words) else right.words
        if self._is("plan").match(words) and self._is_said(draft):
            return left
        if not words:
            base = self._is("base").match(left) and not self._subjects.opens(left)
            return "" if base else left
        if self._is("base").match(words):
            return f"{left} {words}" if left else ""
        if not left or self._is("generic").fullmatch(left):
            return words
        if self._subjects.opens(left):
            return f"{left} {words}"
        says = any(_at_word(words, m.start()) for m in self._is("says").finditer(words))
        verb = self._subjects.heads(left) and not says and not self._after_colon(draft)
        return words if len(words.split()) >= _ENOUGH and not verb else _joined(left, words)

    def _after_colon(self, draft: Draft) -> bool:
        return ":" in self._text[max(0, draft.lead.start - 2) : draft.numeral.start]

    def _is_said(self, draft: Draft) -> bool:
        """Whether the subject before the number is said to be so many: "X là 116 thủ tục"."""
        cue = self._text[draft.lead.start : draft.numeral.start]
        before = self._text[max(0, draft.lead.start - 2) : draft.lead.start]
        return ":" in before or self._is("copula").match(cue) is not None

    def _with_topic(self, draft: Draft, phrase: str, right: Right, subject: str | None) -> str:
        """A score or a rank is one of an index, which an earlier clause may name."""
        if draft.kind not in ("score", "rank"):
            return phrase
        start = self._places.line(draft.numeral.start)[0]
        low = max(start, draft.numeral.start - _ENTITY_REACH)
        topics = [m[0] for m in self._is("topic").finditer(self._text, low, draft.numeral.start)]
        if draft.kind == "score":
            known = not topics or self._subjects.opens(phrase) or topics[-1] in phrase
            return phrase if known else " ".join(f"{topics[-1]} {phrase}".split())
        about = right.words
        about = about[about.find(" về ") :] if " về " in about else ""
        named = subject or (topics[-1] if topics else "") or phrase or about
        named = named if named != about else ""
        return " ".join(f"xếp hạng {named} {about}".split())

    def _with_duty(self, draft: Draft, phrase: str) -> str:
        """As in "Trong thời hạn 05 ngày, Sở trả kết quả": the duty stands behind the comma."""
        if draft.kind != "duration":
            return phrase
        if not self._is("limit").fullmatch(phrase.lower()):
            return phrase
        end = self._places.clause(draft.end)[1]
        comma = self._text.find(", ", draft.end, end)
        if comma < 0:
            return phrase
        duty = self._text[comma + 2 : end].split()[:_WORDS_OF_DUTY]
        return f"{phrase} {' '.join(duty)}"

    def _finished(
        self, index: int, phrase: str, subject: str | None, change: str | None
    ) -> str | None:
        """With the change, the share, the case in brackets and the table cell that name it."""
        draft = self._drafts[index]
        cue = self._text[draft.lead.start : draft.numeral.start]
        if self._shares(cue) and not self._shares(phrase):
            phrase = f"tỷ trọng {phrase}"
        rest = draft.lead.qualifier or ""
        if self._is("rest").fullmatch(rest) and rest not in phrase:
            phrase = f"{phrase} {rest}"
        scope = _SCOPE.match(self._text, draft.end) if draft.kind == "duration" else None
        if scope and self._is("scope").match(scope[1]):
            phrase = f"{phrase} {' '.join(scope[1].split())}"
        if change and not phrase.lower().startswith(change):
            phrase = f"{change} {self._changed(draft, phrase, subject)}"
        return self._in_cell(draft, phrase)

    def _changed(self, draft: Draft, phrase: str, subject: str | None) -> str:
        """As in "tăng 03 bậc", "tăng 1.120 người": of what, says the figure before."""
        unit = draft.unit.name if draft.unit else ""
        if not subject or phrase.lower() != unit.lower():
            return phrase
        if self._is("degree").fullmatch(unit):
            return f"{unit} {subject.removeprefix('xếp hạng ')}"
        bracket = self._text[: draft.lead.start].rstrip().endswith("(")
        return subject if unit.lower() in subject.lower() and not bracket else phrase

    def _in_cell(self, draft: Draft, phrase: str) -> str:
        """A figure in a cell of a table with words: what the cell begins with names it."""
        start, end = self._places.line(draft.numeral.start)
        row = self._text[start : start + 1] + self._text[max(start, end - 3) : end].strip()[-1:]
        if row != "||":
            return phrase
        low = self._text.rfind("|", start, draft.numeral.start) + 1
        head = _CELL_HEAD.split(self._text[low : draft.lead.start], maxsplit=1)
        named = head[0].strip(" *")
        if len(head) < 2 or not _WORD.search(named) or phrase.startswith(named):
            return phrase
        return f"{named}: {phrase}"

    def _repeats(self, before: Draft, draft: Draft) -> bool:
        """As in "100% (6/6) phòng": the figure in brackets says the same again."""
        return self._text[before.numeral.end : draft.numeral.start].strip() == "("

    # --- The words before a figure

    def _left(self, draft: Draft, index: int) -> _Left:
        """The subject before a number; that of a list's line is behind the line that leads in."""
        high = draft.lead.start
        mark = self._text[max(0, high - 2) : high].rstrip(" ")[-1:]
        if mark in (":", "("):
            high = self._text.rfind(mark, 0, high)
        elif self._text[draft.lead.start : draft.lead.start + 1] == ":":
            mark = ":"
        else:
            mark = ""
        low = self._begin(high, mark)
        if index and self._rights[index - 1].end > low:
            low = min(self._rights[index - 1].end, high)
        raw = _BRACKETED.sub(" ", self._nouns.without_times(low, high))
        raw = raw[raw.rfind("|") + 1 :].strip(" ,*")
        counts = not (_is_measured(draft) or draft.number.percent or self._is_degree(draft))
        said = bool(mark) or self._is_said(draft)
        inside = raw[raw.rfind(",") + 1 :] if mark == "(" else raw
        named = draft.kind in ("score", "rank")
        label = mark == ":"
        words = self._subjects.read(inside, said=said, counts=counts, label=label, named=named)
        if mark == ":":
            words = self._with_lead_line(words, low)
        return _Left(words, mark, raw)

    def _is_degree(self, draft: Draft) -> bool:
        return draft.unit is not None and self._is("degree").fullmatch(draft.unit.name) is not None

    def _begin(self, high: int, mark: str) -> int:
        """Where the clause before a number begins; "Bà Rịa – Vũng Tàu" is one name."""
        low = self._places.clause(max(0, high - 1) if mark else high)[0]
        before = self._text[max(0, low - 24) : low]
        short = len(self._nouns.without_times(low, high).split()) < _ENOUGH
        if short and before.rstrip(" *").endswith(")"):
            return self._places.clause(max(self._text.rfind("(", 0, low), 0))[0]
        name = _NAME_DASH.search(before) and self._text[low : low + 1].isupper()
        if (short and name) or _IN_CODE.match(self._text, low - 2):
            return self._begin(low - 1, "-")
        return low

    def _with_lead_line(self, said: str, low: int) -> str:
        """As in "Tỷ lệ cán bộ dùng phần mềm:" stands over "+ Đối với Khối văn phòng: 100%"."""
        line = self._places.line(low)[0]
        bullet = self._text[line : line + 1]
        if not line or bullet not in "+-*•" or self._subjects.opens(said):
            return said
        start, end = self._places.line(line - 1)
        for _ in range(_LONGEST_LIST):
            if not start or self._text[start] != bullet:
                break
            start, end = self._places.line(start - 1)
        above = self._text[start:end].rstrip(" *")
        opened = self._is("open").search(above) if above.endswith(":") else None
        return f"{' '.join(above[opened.start() : -1].split())}, {said}" if opened else said


def _is_measured(draft: Draft) -> bool:
    """The unit measures something; a count's unit is what it counts."""
    other = draft.unit is not None and draft.unit.kind != "count"
    return draft.kind in _MEASURES or other or draft.lead.times


def _at_word(said: str, position: int) -> bool:
    return position == 0 or not said[position - 1].isalnum()


def _joined(left: str, right: str) -> str:
    """Both, where one does not end with the other: "Rà soát thủ tục: 05 thủ tục"."""
    return left if left.lower().endswith(right.lower()) else f"{left} {right}".strip()
