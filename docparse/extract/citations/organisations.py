"""Bodies that issue documents, as they are named in a sentence.

In goes a text and a place, out comes the end of the name that begins there: the
longest known name with its head ("Chủ tịch UBND") and its place ("tỉnh Đồng
Nai"), or a name built the way such names are built.

>>> from docparse.patterns import load
>>> value = "của Chủ tịch UBND tỉnh về việc"
>>> value[4 : Organisations.of(load()).end(value, 4)]
'Chủ tịch UBND tỉnh'
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.extract.citations.names import Names
from docparse.patterns import Issuer, Patterns

BARE_OFFICE = "Sở"  # said alone, it is the office that speaks
_MINISTRY = "Bộ "
_BLANK = re.compile(r"\s+")
_WORD = re.compile(r"[\wĐđ]+")
_CAPITAL_WORD = re.compile(r"\s+([A-ZĐ]\w*)")
_LOWER_NEXT = re.compile(r"\s+[^\W\d_A-ZĐ]")


class Organisations:
    """The known bodies, ready for look-up at a place of a text."""

    def __init__(self, patterns: Patterns) -> None:
        forms = patterns.forms("organisations")
        self._head_title = forms.pattern("head-title")
        self._area = forms.pattern("area")
        self._term = forms.pattern("term")
        self._built = forms.pattern("built")
        self._task_body = forms.pattern("task-body")
        self._title_word = forms.pattern("title-word")
        self._capital_title = forms.pattern("title-in-capitals")
        self._union = forms.pattern("union")
        self._joint = forms.pattern("joint")
        self._known = Names(name for row in patterns.issuers for name in _names(row))
        self._areas = Names(
            name.removeprefix(_MINISTRY)
            for row in patterns.issuers
            for name in _names(row)
            if name.startswith(_MINISTRY)
        )
        self._codes = _codes_by_name(patterns)
        self._named: dict[str, frozenset[str]] = {}
        self._places = Names(place.name for place in patterns.places)

    @staticmethod
    @lru_cache(maxsize=8)
    def of(patterns: Patterns) -> Organisations:
        """The bodies of one set of patterns."""
        return Organisations(patterns)

    def end(self, value: str, start: int) -> int | None:
        """Where the body named at ``start`` ends, or None where no body is named."""
        union = self._union.match(value, start)
        if union is not None:
            return self._end_of_union(value, union.end())
        head = self._head_title.match(value, start)
        begin = head.end() if head else start
        base = self._base(value, begin)
        if head is not None:
            # "Văn phòng HĐND và UBND huyện", "Thanh tra Nhà nước": the head is in the name.
            whole = self._base(value, start) if base is None else self._known.end(value, start)
            if whole is not None and whole > (base or 0):
                begin, base = start, whole
        if base is None:
            return None
        end = self._tail(value, begin, base)
        title = self._capital_title.search(value, base, end)
        return title.start() if title else end

    def _end_of_union(self, value: str, start: int) -> int | None:
        """ "liên Bộ Tài chính - Tư pháp": the ministries after the first may lack their "Bộ"."""
        end = self._member(value, start)
        while end is not None and (joint := self._joint.match(value, end)) is not None:
            following = self._member(value, joint.end())
            if following is None:
                break
            end = following
        return end

    def _member(self, value: str, start: int) -> int | None:
        base = self._base(value, start)
        return self._areas.end(value, start) if base is None else self._tail(value, start, base)

    def codes(self, name: str) -> frozenset[str]:
        """The codes that the symbols of a body's papers end in: "Giám đốc Sở Công Thương" SCT."""
        if name not in self._named:
            self._named[name] = self._codes_of(name)
        return self._named[name]

    def _codes_of(self, name: str) -> frozenset[str]:
        head = self._head_title.match(name)
        bare = name[head.end() :] if head else name
        for known, codes in self._codes:
            if bare.casefold().startswith(known):
                return codes
        capitals = "".join(word[0] for word in bare.split() if word[0].isupper())
        return frozenset((capitals,)) if len(capitals) > 1 else frozenset()

    def _base(self, value: str, start: int) -> int | None:
        first = _WORD.match(value, start)
        if first is None or not first.group()[0].isupper():
            return None
        if first.group() == BARE_OFFICE and not value[first.end() + 1 : first.end() + 2].isupper():
            return first.end()
        task = self._task_body.match(value, start)
        if task is not None:
            return task.end()
        known = self._known.end(value, start)
        if known is not None:
            return known
        built = self._built.match(value, start)
        if built is None or built.end() <= first.end() + 1:
            return None
        return self._without_title(value, built)

    def _tail(self, value: str, begin: int, end: int) -> int:
        # A known name may end in "tỉnh": what stands behind is the province.
        last = value.rfind(" ", 0, end)
        starts = [at for at in (end, last, value.rfind(" ", 0, last)) if at > begin]
        area = next((found for at in starts if (found := self._area.match(value, at))), None)
        end = self._area_end(value, area) if area else self._place(value, end) or end
        term = self._term.match(value, end)
        return term.end() if term else end

    def _area_end(self, value: str, area: re.Match[str]) -> int:
        """ "tỉnh Đồng Nai" by its known name, else by its capitals, else "tỉnh" alone."""
        if area["place"] is None:
            return self._place(value, area.end()) or area.end()
        known = self._place(value, area.start("place"))
        if known is not None:
            return known
        first = area["place"].split()[0]
        return area.start("place") if self._title_word.fullmatch(first) else area.end()

    def _place(self, value: str, end: int) -> int | None:
        """The end of the province named behind a blank."""
        blank = _BLANK.match(value, end)
        if blank is None or not value[blank.end() : blank.end() + 1].isupper():
            return None
        return self._places.end(value, blank.end())

    def _without_title(self, value: str, match: re.Match[str]) -> int:
        """Cut a built name before a capital that begins a title."""
        for word in _CAPITAL_WORD.finditer(value, match.start() + 12, match.end()):
            if self._title_word.fullmatch(word[1]) and _LOWER_NEXT.match(value, word.end()):
                return word.start()
        return match.end()


def _names(row: Issuer) -> tuple[str, ...]:
    """All that a body is called, one-letter forms aside."""
    names = (row.name, *row.written, *((row.head,) if row.head else ()))
    return tuple(name for name in names if len(name) > 1)


def _codes_by_name(patterns: Patterns) -> list[tuple[str, frozenset[str]]]:
    found: dict[str, frozenset[str]] = {}
    for row in patterns.issuers:
        for name in _names(row):
            key = name.casefold()
            found[key] = found.get(key, frozenset()) | frozenset(row.codes)
    return sorted(found.items(), key=lambda item: -len(item[0]))
