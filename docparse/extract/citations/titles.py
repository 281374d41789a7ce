"""The title of what is cited: from "về việc …" or its first word to where the clause ends.

In go mentions in order with their dates and issuers, out come the same with
``title``. A mention inside the title of another is marked by its relation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from docparse.extract.citations.mention import Mention
from docparse.extract.citations.organisations import Organisations
from docparse.extract.citations.words import AT, SAID, Words

_START = re.compile(r"[\s*]+(?=[^\W\d_])")
_LONG = 700  # characters: no title is longer
_GOES_ON = re.compile(r",| và |;|\.|$")
_TWO_WORDS = re.compile(r"([^\W\d_]{2,})\s+([^\W\d_]{2,})")
_NUMBER = re.compile(r"\d/")
_QUOTES = re.compile('[“”"]')
_NAME_BEFORE = 320  # characters: how far in front of "tại Kế hoạch 391/KH-SCT" its name begins
_TAIL = " \t*_,.;:/“"
_NAMES_IT = 3  # words: "Báo cáo thẩm định số" only says what kind of report it is
_ABOUT = 2  # words: "về việc" in front of a title in quotation marks
_CLOSES = (",", ";", ".", ")")
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
        quoted = words.quoted_title.match(value, one.after)
        if quoted is not None:
            one.title = " ".join((quoted["curly"] or quoted["straight"]).split())
            one.title_start, one.title_end = quoted.span()
            reach = max(reach, quoted.end())
            continue
        start = title_start(one, value, words, organisations)
        if start is None:
            _title_before(one, value, words)
            continue
        outer = reach if one.start < reach else len(value)
        end = title_end(mentions, index, start, value, words, organisations, outer)
        title = " ".join(value[start:end].replace("*", " ").split()).rstrip(_TAIL)
        title = _without_ends(title, words)
        if " " not in title or words.says_nothing.fullmatch(title):
            continue
        one.title, one.title_start, one.title_end = title, start, end
        reach = max(reach, end)


def _without_ends(title: str, words: Words) -> str:
    """ "… thương mại điện tử gửi": what only leads on is no part of the title."""
    cut = title.rfind(" ")
    title = title[:cut] if cut > 0 and words.dangling.fullmatch(title, cut) else title
    # A closing quotation mark whose partner stands before the title is not its own.
    alone = title.endswith("”") and len(_QUOTES.findall(title)) % 2 == 1
    return title[:-1].rstrip(_TAIL) if alone else title


def _title_before(one: Mention, value: str, words: Words) -> None:
    """ "Kế hoạch thu thập hồ sơ năm 2021 tại Kế hoạch 391/KH-SCT": the name stands in front."""
    if one.type is None or one.inherited:
        return
    inner = value[one.start : one.number_start]
    name = inner[len(one.type) :].strip()
    if inner.lower().startswith(one.type.lower()) and name.lower().endswith(f" {SAID}"):
        said = name[: -len(SAID)].split()
        if len(said) >= _NAMES_IT and said[0] not in ("của", "do"):
            one.title = " ".join(said)
        return
    if value[max(0, one.start - 8) : one.start].rstrip()[-3:] != AT:
        return
    clause = value[max(0, one.start - _NAME_BEFORE) : one.start]
    found = words.name_before.search(clause)
    if found is None or _NUMBER.search(found["name"]):
        return
    kind, rest = found["name"][: len(one.type)], found["name"][len(one.type) :]
    if kind.lower() == one.type.lower() and rest[:1] == " ":
        one.title = " ".join(rest.split())


def title_start(one: Mention, value: str, words: Words, organisations: Organisations) -> int | None:
    """Where the title begins, if one follows."""
    place = one.after
    sent = words.sent_to.match(value, place)
    if sent:
        end = organisations.end(value, sent.end())
        if end is None:
            return None
        place = end
    about = words.about.match(value, place)
    if about:
        return None if "\n" in about.group() else _first_letter(value, place)
    start = _START.match(value, place)
    if start is None or "\n" in start.group() or one.form == "bare":
        return None
    if words.no_title.match(value, start.end()):
        return None
    # A body right behind the paper begins a clause of its own.
    return None if organisations.end(value, start.end()) is not None else start.end()


def _first_letter(value: str, place: int) -> int:
    while not value[place].isalpha():
        place += 1
    return place


@dataclass(slots=True)
class _Reach:
    """What is known while a title is read to its end."""

    value: str
    words: Words
    organisations: Organisations
    starts: dict[int, Mention]
    start: int = 0
    depth: int = 0
    quoted: bool = False
    in_capitals: bool = False


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
    starts = {one.start: one for one in mentions[index + 1 : index + 12] if one.start < limit}
    reach = _Reach(value, words, organisations, starts, start)
    reach.in_capitals = value[start : start + 12].isupper()
    for match in words.title_mark.finditer(value, start, limit):
        inside = max((one.end for at, one in starts.items() if at < match.start()), default=-1)
        # The comma of "Kết luận số 51-KL/TW, ngày 30/5/2019" is that of the paper inside.
        if match.start() >= inside and _ends_at(match, reach):
            limit = match.end() if match.group() == "”" else match.start()
            break
    if limit == start + _LONG and value[limit - 1 : limit + 1].isalnum():
        limit = max(start, value.rfind(" ", start, limit))  # no word is cut in two
    return _before_verb(starts, start, limit, value, words)


def _before_verb(starts: dict[int, Mention], start: int, end: int, value: str, words: Words) -> int:
    """ "… một số điều của Luật A là tổ chức thu phí": behind the law the sentence goes on."""
    for at in sorted(starts):
        if start < at < end and words.after_nested.match(value, starts[at].end):
            return starts[at].end
    return end


def _ends_at(match: re.Match[str], reach: _Reach) -> bool:
    mark = match.group()
    if mark and mark in "()" and not reach.quoted:
        return _bracket_ends(mark, match.start(), reach)
    if mark in ("“", "”"):
        reach.quoted = mark == "“"
        return mark == "”" and _all_quoted(match.start(), reach)
    if mark == "\n":
        return not _line_goes_on(match.start(), reach)
    if mark in (";", "|", "./."):
        return True
    if mark in (".", "!", "?"):
        return _sentence_ends(reach.value, match.start())
    if reach.quoted:
        return False
    if mark in (" ", ":"):  # the words of "title-stop" stand behind the blank
        return True
    if mark[0] == ",":
        return reach.depth == 0 and _clause_begins(match.end(), reach)
    if mark == " và " and match.end() in reach.starts:
        return _another_begins(match.start(), reach.starts[match.end()], reach)
    return reach.words.title_stop.match(reach.value, match.start() + 1) is not None


def _all_quoted(place: int, reach: _Reach) -> bool:
    """ "về “Tăng cường kỷ luật”, công tác …": a title quoted whole ends with its quotation."""
    head = reach.value[reach.start : place].partition("“")[0]
    follows = reach.value[place + 1 : place + 2]
    return len(head.split()) <= _ABOUT and follows in _CLOSES and "”" not in head


def _line_goes_on(place: int, reach: _Reach) -> bool:
    """A line that ends in "-" or "của", or the next that begins with "MTQG giảm", is one."""
    goes_on = reach.words.goes_on
    before = goes_on.search(reach.value, max(reach.start, place - 8), place)
    return before is not None or goes_on.match(reach.value, place) is not None


def _another_begins(place: int, following: Mention, reach: _Reach) -> bool:
    """ "… của Luật A và Luật B" are both in the title; "và Thông tư số 5" is another paper."""
    before = [at for at in reach.starts if at < place]
    return not before or reach.starts[max(before)].type != following.type


def _bracket_ends(mark: str, place: int, reach: _Reach) -> bool:
    """A bracket belongs to the title, unless it says something about the paper."""
    if mark == "(":
        reach.depth += 1
        return reach.words.no_title_bracket.match(reach.value, place) is not None
    reach.depth -= 1
    return reach.depth < 0


def _sentence_ends(value: str, place: int) -> bool:
    """A full stop, not the dot of "TP. Huế" or "GS. Nguyễn": those follow a short word."""
    word = value[max(0, place - 5) : place].split()
    return not (word and len(word[-1]) <= 3 and word[-1][0].isupper() and word[-1].isalpha())


def _clause_begins(place: int, reach: _Reach) -> bool:
    """Whether what stands behind a comma is no longer the title."""
    value = reach.value
    if place in reach.starts or reach.words.next_clause.match(value, place):
        return True
    two = _TWO_WORDS.match(value, place)
    if two is not None and two[1].isupper() and two[2].isupper() and not reach.in_capitals:
        return True
    if not value[place : place + 1].isupper():
        return False
    end = reach.organisations.end(value, place)
    # Bodies in a row ("Sở A, Sở B và Sở C") belong to the title.
    return end is not None and _GOES_ON.match(value, end) is None
