"""The words before a number: those that change how it is read, and the subject before them.

A text and the place of a number go in; its qualifier ("tối thiểu"), whether it is a rank or a
change, and where these words begin come out.

>>> from docparse.patterns import load
>>> lead = read_lead("Hồ sơ đạt tối thiểu 97%", 0, 20, load())
>>> lead.qualifier, lead.start
('tối thiểu', 6)
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docparse.extract.places import UPPER, Places
from docparse.extract.scan import union
from docparse.extract.units import unit_reader
from docparse.patterns import Patterns

if TYPE_CHECKING:
    from docparse.extract.drafts import Draft

_STEPS = 4  # words of this sort stand in a row: "đạt từ trên"
_WORD = re.compile(r"[^\W_]+")
_COMMA = re.compile(r",\s+")
_AND = re.compile(r"\s+và\s+")
_DATE = re.compile(r"ngày\s+[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\s+(?=[^\W\dA-Z])")
_LABEL = re.compile(r"(?:[a-zđ0-9]{1,2}[.)-]|[0-9]+(?:\.[0-9]+)*)\s+(?=[^\W\d])")
_LETTER = re.compile(r"[^\W\d_]")
_NEAR = 24  # characters between "không" and its verb
_ENOUGH = 3  # words that say what is counted without the verb before them
_LIMIT = 16  # words of a subject; a longer one is cut where a verb or a phrase begins
_LONG = 8  # words of a subject in which "và" may begin another act
_LONGEST_LABEL = 20
_WORDS_AFTER = 30
_LIST = 4  # words of an item of a list, and of what stands before its first comma
_LONG_ITEM = 18
_FEW = 10
_STOP = re.compile(r"[;:.()<\n\t|]|,| [-–+] |\*\*")
_DASH = re.compile(rf" [-–] (?![{UPPER}])")
_NAME_DASH = re.compile(rf"[{UPPER}]\w*(?: [a-zà-ỹđ]+)? [-–] (?=[{UPPER}])")
_CAPITAL = re.compile(rf"(?<=[a-zà-ỹ] )[{UPPER}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What stands before a number; ``start`` is where these words begin."""

    start: int
    qualifier: str | None = None
    rank: str | None = None
    change: str | None = None
    cue: bool = False
    times: bool = False

    def __bool__(self) -> bool:
        return self.cue or bool(self.qualifier or self.rank or self.change)


def read_lead(text: str, floor: int, position: int, patterns: Patterns) -> Lead:
    """Read the words before ``position`` from right to left, as long as they are known."""
    forms = union(patterns, "figures", "qualifier", "rank", "change", "cue", "who")
    found: dict[str, str] = {}
    start = position
    for _ in range(_STEPS):
        match = forms.before(text, floor, start, words=4)
        if match is None:
            colon = text[max(floor, start - 3) : start].rstrip(" *_")
            if colon.endswith(":"):
                found.setdefault("cue", ":")
            break
        if match.form.kind == "who":
            found.setdefault("cue", match.form.name)  # "nữ 20": the word says what is counted
            break
        start, kind = match.start, match.form.kind or ""
        words = " ".join(text[match.start : match.end].split())
        found.setdefault(kind, words if kind == "rank" else match.form.name)
        if kind.startswith("qualifier"):
            found.setdefault("qualifier", match.form.name)
    return Lead(
        start=start,
        qualifier=found.get("qualifier"),
        rank=found.get("rank"),
        change=found.get("change"),
        cue="cue" in found,
        times="qualifier:times" in found,
    )


class SubjectReader:
    """The subject of a figure out of the words before it, with right ends.

    >>> from docparse.patterns import load
    >>> reader = SubjectReader(load())
    >>> reader.read("Giám đốc Sở phụ trách công tác chung, chủ trì", said=False, counts=True)
    'chủ trì'
    >>> reader.read("Hồ sơ đã giải quyết đúng hạn", said=True, counts=True)
    'Hồ sơ đã giải quyết đúng hạn'
    """

    __slots__ = (
        "_acts",
        "_adjunct",
        "_agent",
        "_bounds",
        "_compare",
        "_drop",
        "_heads",
        "_never",
        "_open",
        "_pair",
        "_passive",
        "_small",
        "_some",
        "_stranded",
        "_tail",
        "_units",
    )

    def __init__(self, patterns: Patterns) -> None:
        forms = patterns.forms("indicators")
        self._acts = forms.pattern("acts")
        self._adjunct = forms.pattern("adjunct")
        self._bounds = forms.pattern("bounds")
        self._compare = forms.pattern("compare")
        self._drop = forms.pattern("drop")
        self._agent = forms.pattern("agent")
        self._never = forms.pattern("never")
        self._units = unit_reader(patterns)
        self._heads = forms.pattern("heads")
        self._open = forms.pattern("open")
        self._pair = forms.pattern("pair")
        self._passive = forms.pattern("passive")
        self._small = forms.pattern("small")
        self._some = forms.pattern("some")
        self._stranded = forms.pattern("stranded")
        self._tail = forms.pattern("tail")

    def read(
        self, words: str, *, said: bool, counts: bool, label: bool = False, named: bool = False
    ) -> str:
        """``said``: the number is said of the subject ("là", "đạt"); ``counts``: it counts things.

        ``label``: the subject stands before a colon; ``named``: an agency is part of it.
        """
        words = " ".join(words.replace("*", " ").split())
        numbered = _LABEL.match(words)
        words = words[numbered.end() :] if numbered else words
        stranded = self._stranded.match(words)
        words = words[stranded.end() :] if stranded else words
        words = self._tailed(self._last_part(self._tailed(words), counts=counts))
        opened = None if counts and not said else self._opening(words)
        if opened is not None:
            words = words[opened:]
        elif not named and not (said and label):
            words = self._predicate(words, said=said)
        words = self._shortened(words if said else self._without_agent(words), label=label)
        return words if _LETTER.search(words) else ""

    def opens(self, words: str) -> bool:
        """Whether a subject begins with "tỷ lệ", "tổng số", "kinh phí" …"""
        return self._open.match(words) is not None

    def heads(self, words: str) -> bool:
        """Whether words begin with a verb."""
        return self._heads.match(words) is not None

    def closed(self, words: str) -> str:
        """Without small words at the end: "thư điện tử công vụ để" says no more than before."""
        kept = words.split(" ")
        while kept and self._small.fullmatch(kept[-1].strip(",")):
            if self._pair.fullmatch(" ".join(kept[-2:])):
                break
            kept.pop()
        return " ".join(kept).strip(" ,-–_/+")

    def _tailed(self, words: str) -> str:
        words = words.strip(' ,;:-–+_|(“”"')
        tail = next((m for m in self._tail.finditer(words) if m.end() == len(words)), None)
        return words[: tail.start()].strip() if tail else words

    def _opening(self, words: str) -> int | None:
        """Where the last "tỷ lệ", "tổng số" … begins; "A và B" and "A/B" begin at A."""
        found: int | None = None
        for match in self._open.finditer(words):
            start = match.start()
            before = words[:start].rstrip()
            if start and words[start - 1].isalnum():
                continue
            joined = before.endswith((" và", "/", " trên", " trong"))
            if found is not None and (joined or len(words[start:].split()) < _ENOUGH):
                continue
            if before.endswith((" trong", "/")):
                continue
            found = start
        return found

    def _last_part(self, words: str, *, counts: bool) -> str:
        """Behind the last mark or word that begins a new clause."""
        some = self._some.match(words)
        words = words[some.end() :] if some else words
        if self._compare.match(words) and ", " in words:  # "so cùng kỳ, khí hoá lỏng"
            words = words.split(", ", 1)[1]
        bounds = [m for m in self._bounds.finditer(words) if _at_word(words, m.start())]
        if bounds and bounds[-1].end() == len(words):
            if counts:
                return ""
            words = words[: bounds.pop().start()].strip()
        ends = [bound.end() for bound in bounds]
        ends += [m.end() for m in _DATE.finditer(words)]
        ends += [m.end() for m in _COMMA.finditer(words) if self._begins(words, m)]
        if len(words.split()) > _LONG:
            ends += [m.end() for m in _AND.finditer(words) if self._adds(words, m)]
        return words[max(ends, default=0) :].strip()

    def _begins(self, words: str, comma: re.Match[str]) -> bool:
        """A comma before a capital, a word of time or a verb that no other verb is joined to."""
        rest = words[comma.end() :]
        opened = self._opening(words[: comma.start()]) is not None
        whole = words[: comma.start()].lower().startswith("trong ")
        if self._acts.match(rest) or self._heads.match(rest):
            joined = self._heads.match(rest) and self._ends_with_head(words[: comma.start()])
            return not joined and (whole or not opened)
        name = words[: comma.start()].rpartition(" ")[2][:1].isupper()
        if name and rest[:1].isupper():  # "Huế, Đà Nẵng, Khánh Hòa" is a row of names
            return self._agent.match(rest) is not None
        return rest[:1].isupper() or self._drop.match(rest) is not None

    def _adds(self, words: str, also: re.Match[str]) -> bool:
        """As in "rà soát bộ thủ tục của Sở và niêm yết": another act begins."""
        begins = self._heads.match(words, also.end()) is not None
        return begins and not self._ends_with_head(words[: also.start()])

    def _ends_with_head(self, words: str) -> bool:
        """Verbs in a row are one act: "điều động, luân chuyển"."""
        last = words.rpartition(",")[2].strip()
        spans = [m for m in self._heads.finditer(last) if _at_word(last, m.start())]
        if not spans:
            return False
        return spans[-1].end() == len(last) or (
            spans[0].start() == 0 and len(last.split()) <= _ENOUGH
        )

    def _predicate(self, words: str, *, said: bool) -> str:
        """Without the agency and the word of time: "Sở đã hoàn thành" is "hoàn thành"."""
        acts = [m for m in self._acts.finditer(words) if _at_word(words, m.start())]
        acts = [m for m in acts if words[m.end() : m.end() + 1] == " "]
        acts = [m for m in acts if not self._passive.match(words, m.end())]
        if acts and not (said and self._is_thing(words[: acts[-1].start()])):
            words = words[acts[-1].end() :].strip()
        dropped = self._drop.match(f"{words} ")
        return words[dropped.end() :].strip() if dropped else words

    def _is_thing(self, words: str) -> bool:
        """Whether a subject is what is counted, not who acts: "Hồ sơ đã giải quyết là"."""
        return self._units.search(words, 0, len(words)) is not None

    def _without_agent(self, words: str) -> str:
        """Without who acts: "các phòng và UBND huyện cấu hình" is "cấu hình"."""
        agent = self._agent.match(words)
        if agent is None:
            return words
        heads = [start for start in self._verbs(words) if start > agent.end()]
        return next((words[start:] for start in heads if words[start].islower()), words)

    def _verbs(self, words: str) -> list[int]:
        return [m.start() for m in self._heads.finditer(words) if _at_word(words, m.start())]

    def _shortened(self, words: str, *, label: bool) -> str:
        """No more than so many words, beginning with a verb or behind a small word."""
        count = len(words.split())
        kept_whole = label or self.opens(words)
        if count <= (_LONGEST_LABEL if kept_whole else _LIMIT):
            return words
        if kept_whole:
            return self._without_adjuncts(words)
        starts = [start for start in self._verbs(words) if start == 0 or words[start].islower()]
        near = [start for start in starts if _ENOUGH - 1 <= len(words[start:].split()) <= _LIMIT]
        if near:
            never = [m.start() for m in self._never.finditer(words, 0, near[0])]
            return words[never[-1] if never and near[0] - never[-1] < _NEAR else near[0] :]
        if starts:
            return self._without_adjuncts(words[starts[-1] :])
        kept = words.split()[-_LIMIT:]
        begins = [i for i, word in enumerate(kept) if self._small.fullmatch(word.strip(","))]
        first = begins[0] + 1 if begins and len(kept) - begins[0] > _ENOUGH else 0
        return " ".join(kept[first:])

    def _without_adjuncts(self, words: str) -> str:
        """As in "tiếp nhận hồ sơ tại Trung tâm thông qua …": cut from the end."""
        for end in reversed(list(self._cuts(words))):
            if len(words.split()) <= _LONGEST_LABEL:
                break
            words = words[:end]
        kept = words.split()
        if len(kept) > _LONGEST_LABEL:
            small = [i for i in range(_LONG, _LONGEST_LABEL) if self._small.fullmatch(kept[i])]
            kept = kept[: small[-1] if small else _LONGEST_LABEL]
        return self.closed(" ".join(kept))

    def _cuts(self, words: str) -> Iterator[int]:
        for match in self._adjunct.finditer(words):
            if match[0] == "," or _at_word(words, match.start()):
                kept = words[: match.start()].strip()
                if len(kept.split()) > _ENOUGH:
                    yield len(kept)


@dataclass(frozen=True, slots=True)
class Right:
    """The phrase behind a number: its words and where it ends."""

    words: str
    end: int


class NounReader:
    """What stands behind the numbers of one text: the noun and what belongs to it."""

    __slots__ = ("_is", "_joint", "_places", "_subjects", "_text", "_times", "_units")

    def __init__(
        self, text: str, places: Places, times: Sequence[tuple[int, int]], patterns: Patterns
    ) -> None:
        self._text = text
        self._places = places
        self._times = times
        self._is = patterns.forms("indicators").pattern
        self._joint = patterns.forms("figures").pattern("word-and")
        self._units = unit_reader(patterns)
        self._subjects = SubjectReader(patterns)

    def read(self, draft: Draft, limit: int, *, measured: bool) -> Right:
        """From the unit, or from behind the numeral, to where the phrase ends, before ``limit``."""
        unit = draft.unit if not measured else None
        position = draft.end if draft.unit else draft.numeral.end
        closed = self._text[position : position + 1] == ")"
        if draft.unit is None and (closed or self._joint.match(self._text, position + 1)):
            return Right("", position)
        end = min(limit, self._places.sentence(draft.numeral.start)[1])
        abuts = end == limit
        pieces = [self._text[unit.start : position]] if unit else []
        begin = position
        while position < end:
            begin = position
            stop = self.stop(position, end)
            piece = self._text[position:stop]
            cut = self._cut_at(piece)
            pieces.append(self.without_times(position, position + len(piece[:cut])))
            position = stop if cut is None else position + cut
            words = sum(len(said.split()) for said in pieces)
            goes_on = None
            if cut is None and words and not (abuts and self._leads_over(stop, end)):
                goes_on = self._beyond(stop, end, words, draft)
            if goes_on is None:
                break
            pieces.append("," if self._text[stop] == "," else "")
            position = goes_on
        if pieces and position == limit and (joined := self._joined(self._text[begin:position])):
            pieces[-1] = self.without_times(begin, begin + joined)
            position = begin + joined
        return Right(self._kept("".join(pieces)), max(position, draft.end))

    def stop(self, position: int, end: int) -> int:
        """Where the next mark stands; a dash inside a phrase or a name is none."""
        for found in _STOP.finditer(self._text, position, end):
            dash = found[0][:1] == " " and "+" not in found[0]
            inside = dash and (
                (_DASH.match(self._text, found.start()) and found.start() > position)
                or any(
                    name.end() == found.end()
                    for name in _NAME_DASH.finditer(self._text, position, found.end() + 1)
                )
            )
            if not inside:
                return found.start()
        return end

    def without_times(self, low: int, high: int) -> str:
        """The words of a stretch; dates and years in it are no part of what is counted."""
        pieces, position = [], low
        index = bisect_left(self._times, (low, low))
        while index < len(self._times) and self._times[index][0] < high:
            start, end = self._times[index]
            pieces.append(self._text[position:start])
            position, index = max(position, end), index + 1
        return " ".join("".join([*pieces, self._text[position:high]]).split(" "))

    def _kept(self, said: str) -> str:
        """The words without small ones at the end, and no more than so many."""
        words = said.replace("*", " ").split()
        kept = words[:_WORDS_AFTER]
        if len(words) > _WORDS_AFTER:
            small = [i for i, word in enumerate(kept) if self._is("small").fullmatch(word)]
            near = [i for i in small if i > _WORDS_AFTER - _LIST]
            near = near or [i + 1 for i in range(_FEW, _WORDS_AFTER) if kept[i].endswith(",")]
            kept = kept[: near[-1]] if near else kept
        phrase = self._subjects.closed(" ".join(kept).strip(" ,-–_/"))
        return phrase if _WORD.search(phrase) else ""

    def _joined(self, piece: str) -> int | None:
        """Where a last "và" begins: it leads over to the next figure."""
        found = [m.start() for m in self._joint.finditer(piece) if _at_word(piece, m.start())]
        return found[-1] if found and found[-1] else None

    def _cut_at(self, piece: str) -> int | None:
        """Where a word ends the phrase, or a verb with a capital begins the next cell."""
        cuts = [m.start() for m in self._is("cut").finditer(piece) if _at_word(piece, m.start())]
        capitals = (m.start() for m in _CAPITAL.finditer(piece))
        cuts.extend(start for start in capitals if self._is("cell").match(piece, start))
        return min(cuts, default=None)

    def _beyond(self, stop: int, end: int, words: int, draft: Draft) -> int | None:
        """Past a comma in a list of nouns or a bracket in the middle of the phrase."""
        if stop >= end:
            return None
        sign = self._text[stop]
        if sign == ",":
            return stop + 1 if self._is_list(stop + 1, end, words, draft) else None
        if sign == "(":
            close = self._text.find(")", stop, end)
            after = self._text[close + 1 : close + 5] if close >= 0 else ""
            follows = after[:1] in (" ", "*") and after.strip(" *")[:1].islower()
            return close + 1 if follows else None
        return None

    def _leads_over(self, stop: int, end: int) -> bool:
        """As in "nữ 45 người, đảng viên 80 người": the words behind a comma are the next one's."""
        piece = self._text[stop:end].rstrip()
        short = len(piece.split()) <= _LIST + 1 and not piece.endswith(" và")
        return piece[:1] == "," and short and self.stop(stop + 1, end) == end

    def _is_list(self, start: int, end: int, words: int, draft: Draft) -> bool:
        """Whether the words behind a comma still belong to the phrase before it."""
        stop = self.stop(start, end)
        piece = self._text[start:stop].strip()
        lower = piece[:1].islower() or self._text[start - 2].isupper()  # "do HĐND, UBND tỉnh"
        if not lower or self._is("acts").match(piece):
            return False
        if self._is("joins").match(piece):
            return False
        if draft.number.percent:
            return words < _WORDS_AFTER
        length = len(piece.split())
        verb = self._is("heads").match(piece)
        if self._units.listed(self._text, start) and (not verb or length <= _LIST):
            return True
        if words <= _LIST and length <= _LIST:
            return not verb or words <= _ENOUGH
        says = any(_at_word(piece, m.start()) for m in self._is("says").finditer(piece))
        joined = " và " in piece and not verb and length <= _FEW
        return joined or (length <= _LONG_ITEM and words <= _LIST and says)


def _at_word(said: str, position: int) -> bool:
    return position == 0 or not said[position - 1].isalnum()
