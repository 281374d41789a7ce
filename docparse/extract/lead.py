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
from collections.abc import Iterator
from dataclasses import dataclass

from docparse.extract.scan import union
from docparse.patterns import Patterns

_STEPS = 4  # words of this sort stand in a row: "đạt từ trên"
_WORD = re.compile(r"[^\W_]+")
_COMMA = re.compile(r",\s+")
_AND = re.compile(r"\s+và\s+")
_DATE = re.compile(r"(?:(?:số\s+)?[0-9]+\S*/\S+\s+)?ngày\s+[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}\s*")
_LABEL = re.compile(r"(?:[a-zđ0-9]{1,2}[.)]|[0-9]{1,3})\s+(?=[^\W\d])")
_ENOUGH = 3  # words that say what is counted without the verb before them
_LIMIT = 14  # words of a subject; a longer one is cut where a verb or a phrase begins
_LONG = 8  # words of a subject in which "và" may begin another act
_LONGEST_LABEL = 20


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
    forms = union(patterns, "figures", "qualifier", "rank", "change", "cue")
    found: dict[str, str] = {}
    start = position
    for _ in range(_STEPS):
        match = forms.before(text, floor, start, words=4)
        if match is None:
            colon = text[max(floor, start - 3) : start].rstrip(" *_")
            if colon.endswith(":"):
                found.setdefault("cue", ":")
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
        "_bounds",
        "_drop",
        "_entity",
        "_heads",
        "_open",
        "_small",
        "_some",
        "_tail",
    )

    def __init__(self, patterns: Patterns) -> None:
        forms = patterns.forms("indicators")
        self._acts = forms.pattern("acts")
        self._adjunct = forms.pattern("adjunct")
        self._bounds = forms.pattern("bounds")
        self._drop = forms.pattern("drop")
        self._entity = forms.pattern("entity")
        self._heads = forms.pattern("heads")
        self._open = forms.pattern("open")
        self._small = forms.pattern("small")
        self._some = forms.pattern("some")
        self._tail = forms.pattern("tail")

    def read(self, words: str, *, said: bool, counts: bool, label: bool = False) -> str:
        """``said``: the number is said of the subject ("là", "đạt"); ``counts``: it counts things.

        ``label``: the subject stands before a colon.
        """
        words = _DATE.sub(" ", " ".join(words.replace("*", " ").split())).strip()
        numbered = _LABEL.match(words)
        words = words[numbered.end() :] if numbered else words
        words = self._tailed(self._last_part(self._tailed(words)))
        opened = None if counts and not said else self._opening(words)
        if opened is not None:
            words = words[opened:]
        elif not (said and label):
            words = self._predicate(words, said=said)
        words = self._shortened(words, label=label)
        return words if _WORD.search(words) else ""

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
            kept.pop()
        return " ".join(kept).strip(" ,-–_/")

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

    def _last_part(self, words: str) -> str:
        """Behind the last mark or word that begins a new clause."""
        some = self._some.match(words)
        words = words[some.end() :] if some else words
        ends = [m.end() for m in self._bounds.finditer(words) if _at_word(words, m.start())]
        ends += [m.end() for m in _COMMA.finditer(words) if self._begins(words, m)]
        if len(words.split()) > _LONG:
            ends += [m.end() for m in _AND.finditer(words) if self._adds(words, m)]
        for end in sorted(ends, reverse=True):
            if len(words[end:].split()) >= 1 and _WORD.search(words[end:]):
                return words[end:].strip()
        return words

    def _begins(self, words: str, comma: re.Match[str]) -> bool:
        """A comma before a capital, a word of time or a verb that no other verb is joined to."""
        rest = words[comma.end() :]
        opened = self._opening(words[: comma.start()]) is not None
        whole = words[: comma.start()].lower().startswith("trong ")
        if self._acts.match(rest) or self._heads.match(rest):
            joined = self._heads.match(rest) and self._ends_with_head(words[: comma.start()])
            return not joined and (whole or not opened)
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
        if acts and (not said or self._entity.search(words[: acts[-1].start()])):
            words = words[acts[-1].end() :].strip()
        dropped = self._drop.match(f"{words} ")
        return words[dropped.end() :].strip() if dropped else words

    def _shortened(self, words: str, *, label: bool) -> str:
        """No more than so many words, beginning with a verb or behind a small word."""
        count = len(words.split())
        if count <= _LIMIT or (label and count <= _LONGEST_LABEL):
            return words
        if label or self.opens(words):
            return self._without_adjuncts(words)
        starts = [m.start() for m in self._heads.finditer(words) if _at_word(words, m.start())]
        near = [start for start in starts if _ENOUGH - 1 <= len(words[start:].split()) <= _LIMIT]
        if near:
            return words[near[0] :]
        if starts:
            return self._without_adjuncts(words[starts[-1] :])
        kept = words.split()[-_LIMIT:]
        begins = [i for i, word in enumerate(kept) if self._small.fullmatch(word.strip(","))]
        first = begins[0] + 1 if begins and len(kept) - begins[0] > _ENOUGH else 0
        return " ".join(kept[first:])

    def _without_adjuncts(self, words: str) -> str:
        """As in "tiếp nhận hồ sơ tại Trung tâm thông qua …": cut from the end."""
        for end in reversed(list(self._cuts(words))):
            if len(words.split()) <= _LIMIT:
                break
            words = words[:end]
        return self.closed(" ".join(words.split()[: _LIMIT + _ENOUGH]))

    def _cuts(self, words: str) -> Iterator[int]:
        for match in self._adjunct.finditer(words):
            if match[0] == "," or _at_word(words, match.start()):
                kept = words[: match.start()].strip()
                if len(kept.split()) > _ENOUGH:
                    yield len(kept)


def _at_word(said: str, position: int) -> bool:
    return position == 0 or not said[position - 1].isalnum()
