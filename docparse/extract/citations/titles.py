"""The title of what is cited: from "về việc …" or its first word to where the clause ends.

In go mentions in order with their dates and issuers, out come the same with
``title``. A mention inside the title of another is marked by its relation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.extract.citations.mentions import Mention
from docparse.extract.citations.organisations import Organisations
from docparse.extract.citations.words import Words

_ABOUT = re.compile(r"[\s*]*(?:\(?(?=V/v))?(?:[Vv]ề việc|[Vv]ề|VỀ VIỆC|VỀ|[Vv]/[Vv])(?!\w)")
_START = re.compile(r"[\s*]+(?=[^\W\d_])")
_GIFT = re.compile(r"[\s*]+gửi\s+")
_STOP = re.compile(r"[;\n(]|[.!?](?=\s|$)|[.][/][.]|,\s|\)|:(?=\s)| và |\|| [a-zđ]")
_LONG = 700  # characters: no title is longer
_TAIL = " \t*_,.;:/“"
NESTED = "nêu trong tiêu đề"


def add_titles(
    mentions: Sequence[Mention], value: str, words: Words, organisations: Organisations
) -> None:
    """Read each title, left to right; later mentions inside it are nested."""
    reach = -1
    for index, one in enumerate(mentions):
        if one.start < reach:
            one.relation = NESTED
        if one.form in ("law", "standard") or one.own:
            continue
        start = title_start(one, value, words, organisations)
        if start is None:
            continue
        outer = reach if one.start < reach else len(value)
        end = title_end(mentions, index, start, value, words, organisations, outer)
        title = " ".join(value[start:end].replace("*", " ").split()).rstrip(_TAIL)
        if len(title) < 4:
            continue
        one.title, one.title_start, one.title_end = title, start, end
        reach = max(reach, end)


def title_start(
    one: Mention, value: str, words: Words, organisations: Organisations
) -> int | None:
    """Where the title begins, if one follows."""
    place = one.after
    gift = _GIFT.match(value, place)
    if gift:
        end = organisations.end(value, gift.end())
        if end is None:
            return None
        place = end
    start = _START.match(value, place)
    if start is None or "\n" in start.group():
        about = _ABOUT.match(value, place)
        return None if about is None or "\n" in about.group() else about.end() - len(about.group().lstrip(" *("))
    if _ABOUT.match(value, place):
        return start.end()
    if gift and one.form == "state" and not words.relations:
        return None
    if words.no_title.match(value, start.end()) or value[start.end() - 1] == "\n":
        return None
    return None if _is_sentence(value, start.end(), organisations) else start.end()


def _is_sentence(value: str, start: int, organisations: Organisations) -> bool:
    """A body right behind the paper begins a clause of its own."""
    return organisations.end(value, start) is not None


def title_end(
    mentions: Sequence[Mention],
    index: int,
    start: int,
    value: str,
    words: Words,
    organisations: Organisations,
    outer: int,
) -> int:
    """Where the title ends: at the end of the clause, or where another one begins."""
    limit = min(len(value), start + _LONG, outer)
    depth = 0
    nested = False
    starts = {one.start: one for one in mentions[index + 1 : index + 12] if one.start < limit}
    for match in _STOP.finditer(value, start, limit):
        mark = match.group()
        place = match.start()
        if mark == "(":
            if words.no_title_bracket.match(value, place):
                return place
            depth += 1
        elif mark == ")":
            if depth == 0:
                return place
            depth -= 1
        elif mark in (";", "|", "\n", "./."):
            return place
        elif mark in ".!?":
            if _sentence_ends(value, place):
                return place
        elif mark.startswith(":"):
            return place
        elif mark == " và ":
            if match.end() in starts and not nested:
                return place
        elif mark.startswith(","):
            if _clause_begins(value, match.end(), starts, words, organisations):
                return place
        elif words.title_stop.match(value, place):
            return place
        nested = nested or any(place <= at < place + 40 for at in starts)
    return limit


def _sentence_ends(value: str, place: int) -> bool:
    """A full stop, not the dot of "TP. Huế" or "GS. Nguyễn"."""
    before = value[max(0, place - 4) : place].split()
    return not (before and before[-1] in ("TP", "Tp", "GS", "TS", "ThS", "PGS", "Q", "H", "TX", "P"))


def _clause_begins(
    value: str,
    place: int,
    starts: dict[int, Mention],
    words: Words,
    organisations: Organisations,
) -> bool:
    """Whether what stands behind a comma is no longer the title."""
    if place in starts:
        return True
    if words.next_clause.match(value, place):
        return True
    if value[place : place + 1].isupper():
        return organisations.end(value, place) is not None and not _goes_on_listing(value, place, organisations)
    return False


def _goes_on_listing(value: str, place: int, organisations: Organisations) -> bool:
    """ "… Sở A, Sở B và Sở C": bodies in a row belong to the title."""
    end = organisations.end(value, place)
    return end is not None and re.match(r"(?:,| và |;|\.|$)", value[end : end + 4]) is not None
