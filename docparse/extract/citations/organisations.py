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

from docparse.patterns import Patterns

BARE_OFFICE = "Sở"  # said alone, it is the office that speaks
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
        self._title_word = forms.pattern("title-word")
        names: dict[str, set[str]] = {}
        for row in patterns.issuers:
            for name in (row.name, *row.written, *((row.head,) if row.head else ())):
                first = _WORD.match(name)
                if first and len(name) > 1:
                    names.setdefault(first.group().casefold(), set()).add(name)
        self._codes = _codes_by_name(patterns)
        self._named: dict[str, frozenset[str]] = {}
        self._by_first = {first: _one_of(group) for first, group in names.items()}
        places = {place.name for place in patterns.places}
        self._places = re.compile(r"\s+(?i:" + _words(places) + r")(?!\w)") if places else None

    @staticmethod
    @lru_cache(maxsize=8)
    def of(patterns: Patterns) -> Organisations:
        """The bodies of one set of patterns."""
        return Organisations(patterns)

    def end(self, value: str, start: int) -> int | None:
        """Where the body named at ``start`` ends, or None where no body is named."""
        head = self._head_title.match(value, start)
        base = self._base(value, head.end() if head else start)
        if base is None and head is not None:
            base = self._base(value, start)
        if base is None:
            return None
        return self._tail(value, base)

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
        group = self._by_first.get(first.group().casefold())
        known = group.match(value, start) if group else None
        if known:
            return known.end()
        built = self._built.match(value, start)
        if built is None or built.end() <= first.end() + 1:
            return None
        return self._without_title(value, built)

    def _tail(self, value: str, end: int) -> int:
        area = self._area.match(value, end)
        if area:
            known = (
                self._places.match(value, area.start("place") if area["place"] else area.end())
                if self._places
                else None
            )
            if known:
                end = known.end()
            elif area["place"] and not self._title_word.fullmatch(area["place"].split()[0]):
                end = area.end()
            else:
                end = area.start("place") if area["place"] else area.end()
        elif self._places:
            place = self._places.match(value, end)
            end = place.end() if place else end
        term = self._term.match(value, end)
        return term.end() if term else end

    def _without_title(self, value: str, match: re.Match[str]) -> int:
        """Cut a built name before a capital that begins a title."""
        for word in _CAPITAL_WORD.finditer(value, match.start() + 12, match.end()):
            if self._title_word.fullmatch(word[1]) and _LOWER_NEXT.match(value, word.end()):
                return word.start()
        return match.end()


def _codes_by_name(patterns: Patterns) -> list[tuple[str, frozenset[str]]]:
    found: dict[str, frozenset[str]] = {}
    for row in patterns.issuers:
        for name in (row.name, *row.written, *((row.head,) if row.head else ())):
            key = name.casefold()
            found[key] = found.get(key, frozenset()) | frozenset(row.codes)
    return sorted(found.items(), key=lambda item: -len(item[0]))


def _words(names: set[str]) -> str:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in ordered)


def _one_of(names: set[str]) -> re.Pattern[str]:
    return re.compile("(?i:" + _words(names) + r")(?!\w)")
