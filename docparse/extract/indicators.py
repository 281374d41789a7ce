"""What a figure counts or measures: the words around it go in, a phrase with right ends comes out.

The noun behind the number and what belongs to it, or the subject before "là", "đạt", ":"; a
figure without words of its own takes those of the figure before it. Two wordings of one thing
meet in :func:`indicator_key`.

>>> same_indicator("TTHC được đơn giản hoá", "số thủ tục hành chính đơn giản hóa")
1.0
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from docparse.extract.drafts import Draft
from docparse.extract.places import Places
from docparse.extract.scan import union
from docparse.patterns import Patterns, load

_WORDS_AFTER = 18
_WORDS_BEFORE = 16
_ENTITY_REACH = 200  # characters before a figure where its agency may stand
_ENOUGH = 3  # words behind the number that name a thing without the verb before it
_STOP = re.compile(r"[;:.()\n\t|]|,| [-–+] |\*\*")
_WORD = re.compile(r"[^\W_]+")
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
        "_base",
        "_cut",
        "_drop",
        "_open",
        "_patterns",
        "_places",
        "_tail",
        "_text",
    )

    def __init__(self, text: str, places: Places, patterns: Patterns) -> None:
        self._text = text
        self._places = places
        self._patterns = patterns
        forms = patterns.forms("indicators")
        self._cut = forms.pattern("cut")
        self._open = forms.pattern("open")
        self._drop = forms.pattern("drop")
        self._base = forms.pattern("base")
        self._acts = forms.pattern("acts")
        self._tail = forms.pattern("tail")

    def find(self, drafts: Sequence[Draft]) -> list[str | None]:
        """One phrase a figure, None where the text names nothing."""
        rights = [self._right(draft, _next(drafts, index)) for index, draft in enumerate(drafts)]
        found: list[str | None] = []
        for index, draft in enumerate(drafts):
            left = self._left(draft, rights, index)
            phrase = self._chosen(draft, left, rights[index])
            if phrase is None and index and self._goes_on(drafts[index - 1], draft):
                phrase = _with_change(draft, found[-1]) if found[-1] else None
            found.append(phrase)
        return found

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
        if draft.kind in _MEASURES:
            phrase = left if len(left.split()) >= _ENOUGH else f"{left} {right.words}".strip()
        elif draft.number.percent and self._base.match(right.words):
            phrase = f"{left} {right.words}" if left else ""
        elif not right.words or (left and self._open.match(left)):
            phrase = left
        elif draft.number.percent or not left:
            phrase = right.words
        else:
            phrase = f"{' '.join(left.split()[-_VERB_WORDS:])} {right.words}"
        return _with_change(draft, phrase) if phrase else None

    def _right(self, draft: Draft, limit: int) -> _Right:
        """From the unit, or from behind the numeral, to where the phrase ends."""
        start = draft.unit.start if draft.unit else draft.numeral.end
        if draft.unit and draft.kind in _MEASURES:
            start = draft.unit.end
        if draft.unit is None and self._text[start : start + 1] == ")":
            return _Right("", start)
        end = min(limit, self._places.sentence(draft.numeral.start)[1])
        pieces: list[str] = []
        position = start
        while position < end:
            stop = self._stop(position, end)
            piece = self._text[position:stop]
            cut = self._cut_at(piece)
            pieces.append(piece if cut is None else piece[:cut])
            position = stop if cut is None else position + cut
            words = sum(len(said.split()) for said in pieces)
            goes_on = self._beyond(stop, end, words, draft) if cut is None else None
            if goes_on is None:
                break
            pieces.append("," if self._text[stop] == "," else "")
            position = goes_on
        words_kept = "".join(pieces).replace("*", " ").split()[:_WORDS_AFTER]
        kept = " ".join(words_kept).strip(" ,-–_")
        return _Right(kept if _WORD.search(kept) else "", max(position, draft.end))

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
        if sign == "," and 0 < words <= (_WORDS_AFTER if draft.number.percent else _ENOUGH):
            return stop + 1 if after[1:].islower() else None
        if sign == "(" and words:
            close = self._text.find(")", stop, end)
            after = self._text[close + 1 : close + 3] if close >= 0 else ""
            return close + 1 if after[:1] == " " and after[1:].islower() else None
        return None

    def _left(self, draft: Draft, rights: Sequence[_Right], index: int) -> str:
        """The words before the number, from where the clause or the last figure ends."""
        high = draft.lead.start
        mark = self._text[max(0, high - 2) : high].rstrip(" ")[-1:]
        if mark in (":", "("):
            high = self._text.rfind(mark, 0, high)
        elif self._text[draft.lead.start : draft.lead.start + 1] == ":":
            mark = ":"
        low = self._places.clause(max(0, high - 1))[0]
        if index and rights[index - 1].end > low:
            low = min(rights[index - 1].end, high)
        words = self._text[low:high]
        if mark == "(":
            words = words[words.rfind(",") + 1 :]
        return self._trimmed(self._last_part(words))

    def _last_part(self, words: str) -> str:
        """Behind the last comma, unless a subject was opened before it."""
        comma = words.rfind(", ")
        if comma < 0 or len(words[comma:].split()) <= _ENOUGH:
            return words
        opened = [match.start() for match in self._open.finditer(words)]
        return words if opened and opened[-1] < comma else words[comma + 2 :]

    def _trimmed(self, words: str) -> str:
        said = " ".join(words.replace("*", " ").split()).strip(" ,;:-–+_|(“”\"")
        tail = next((m for m in self._tail.finditer(said) if m.end() == len(said)), None)
        said = said[: tail.start()] if tail else said
        opened = [m.start() for m in self._open.finditer(said) if _at_word(said, m.start())]
        if opened:
            enough = len(said[opened[-1] :].split()) >= _ENOUGH
            said = said[opened[-1] if enough else opened[0] :]
        else:
            acts = [m.end() for m in self._acts.finditer(said) if _at_word(said, m.start())]
            acts = [end for end in acts if said[end : end + 1] == " "]
            said = said[acts[-1] :] if acts else said
            dropped = self._drop.match(said.strip() + " ")
            said = said.strip()[dropped.end() :] if dropped else said.strip()
        return " ".join(said.split()[-_WORDS_BEFORE:]) if _WORD.search(said) else ""

    def _goes_on(self, before: Draft, draft: Draft) -> bool:
        """Whether a figure still speaks of what the one before it counted."""
        gap = self._text[before.numeral.end : draft.numeral.start]
        return "\n" not in gap and len(gap) < _SAME_REACH


def _at_word(said: str, position: int) -> bool:
    return position == 0 or not said[position - 1].isalnum()


def _next(drafts: Sequence[Draft], index: int) -> int:
    """Where the words of the next figure begin."""
    return drafts[index + 1].lead.start if index + 1 < len(drafts) else 1 << 60


def _with_change(draft: Draft, phrase: str) -> str:
    """"giảm 02 thủ tục" measures a change, which is another thing than the number itself."""
    change = (draft.lead.change or "").split(" ")[0].lower()
    return f"{change} {phrase}" if change and not phrase.lower().startswith(change) else phrase


def indicator_key(indicator: str, patterns: Patterns | None = None) -> str:
    """The words that matter, without marks and in alphabetical order.

    >>> indicator_key("Tỷ lệ hồ sơ giải quyết đúng và trước hạn")
    'dung giai han ho quyet so'
    """
    patterns = patterns or load()
    words = _expanded(" ".join(indicator.split()), patterns)
    synonyms = union(patterns, "indicators", "synonym")
    pieces, position = [], 0
    for match in synonyms.finditer(words, 0, len(words)):
        pieces += [words[position : match.start], match.form.name]
        position = match.end
    pieces.append(words[position:])
    noise = patterns.forms("indicators").pattern("noise")
    kept = {word for word in _WORD.findall("".join(pieces)) if not noise.fullmatch(word)}
    return " ".join(sorted({_fold(word) for word in kept}))


def same_indicator(one: str, other: str, patterns: Patterns | None = None) -> float:
    """How near two wordings are, from 0 to 1: the share of the words that both have."""
    first = set(indicator_key(one, patterns).split())
    second = set(indicator_key(other, patterns).split())
    if not first or not second:
        return 1.0 if one == other else 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def _expanded(words: str, patterns: Patterns) -> str:
    known = _abbreviations(patterns)
    return " ".join(known.get(word.strip(",.;:"), word) for word in words.split(" "))


@lru_cache(maxsize=8)
def _abbreviations(patterns: Patterns) -> dict[str, str]:
    return {row.id: row.expansions[0] for row in patterns.abbreviations if row.expansions}


def _fold(word: str) -> str:
    """Without marks and capitals: old and new spelling of a tone are one."""
    plain = normalize("NFD", word.lower()).replace("đ", "d")
    return "".join(letter for letter in plain if letter.isalnum())
