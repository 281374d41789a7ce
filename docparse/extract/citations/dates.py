"""The date of each mention: behind it, shared along a list, or at the head of its sentence.

In go mentions in the order of the text, out come the same with ``date`` and the
end of their span. A date belongs to the mention beside it; it is shared only
backwards over bare connectors, and never against the year of a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from docparse.extract.citations.mention import Mention
from docparse.extract.citations.relations import cues
from docparse.extract.citations.words import Words
from docparse.models import Date

# Their numbers begin anew each year by law; a resolution "năm 2023" may be carried out in 2023.
_YEARLY = frozenset(["Nghị định", "Thông tư", "Thông tư liên tịch", "Luật", "Pháp lệnh"])
_ISSUED_IN = 600  # characters: how far the date at the head of a sentence reaches


def parse_groups(match: re.Match[str]) -> Date:
    """The date of a match of the ``date`` or ``date-first`` form."""
    day, month, year = match["d"], match["m"], match["y"]
    if day is None:
        day, month, year = match["d2"], match["m2"], match["y2"]
    return Date(year=int(year), month=int(month), day=int(day))


def add_date_behind(one: Mention, value: str, words: Words, place: int) -> bool:
    """Read "ngày …" at ``place`` (behind the number, or behind its issuer)."""
    match = words.date.match(value, place)
    if match is None:
        day = words.day_only.match(value, place)
        one.after = day.end() if day else one.after
        if one.form == "bare" and one.type in _YEARLY:
            _add_year(one, value, words)
        return False
    one.date = parse_groups(match)
    one.date_how = "behind"
    one.end = match.end()
    one.after = match.end() + (value[match.end() : match.end() + 1] == ")" and "(" in match["lead"])
    return True


def _add_year(one: Mention, value: str, words: Words) -> None:
    """ "Nghị định số 34 năm 2016 của Chính phủ"."""
    match = words.year_only.match(value, one.after)
    if match is not None:
        one.year, one.after = int(match["y"]), match.end()


def add_date_inside(one: Mention, value: str, words: Words) -> None:
    """A law's day stands inside its mention: "Luật Đầu tư công ngày 13/6/2019"."""
    for match in words.date.finditer(value, one.start, one.end):
        one.date, one.date_how = parse_groups(match), "behind"


def share_dates(mentions: Sequence[Mention], value: str, words: Words) -> None:
    """Give "1951/QĐ-UBND và 1952/QĐ-UBND ngày …" one date, from the last to the first."""
    for right, left in pairwise(reversed(mentions)):
        if left.date is not None or right.date is None or left.form in ("law", "standard"):
            continue
        if right.date_how not in ("behind", "shared") or left.type != right.type:
            continue
        between = value[left.end : right.start]
        if not words.pair.fullmatch(between):
            continue
        if not right.inherited and ("," in between or left.year is not None):
            continue  # "Nghị định 107/2020/NĐ-CP và Nghị định 108/2020/NĐ-CP ngày …"
        if left.year is not None and left.year != right.date.year:
            continue
        left.date, left.date_how = right.date, "shared"


def add_dates_first(mentions: Sequence[Mention], value: str, words: Words) -> None:
    """ "Ngày 24/02/2020, Sở … ban hành Quyết định số 22/QĐ-SCT": the act's day is the paper's."""
    floor = basis = 0
    for one in mentions:
        if one.date is None and one.form not in ("law", "standard", "bare") and not one.own:
            start = max(floor, _sentence_start(value, one.start))
            head = _date_of_act(value, start, basis, one, words)
            if head is not None and _is_basis(one, value, words):
                # "Ngày 12/3, Đoàn … theo Quyết định số 88": the day is that of the visit.
                basis = one.end
            elif head is not None:
                one.date, one.date_how = parse_groups(head), "sentence"
        if one.date_how == "behind":
            floor = one.end


def _date_of_act(
    value: str, start: int, basis: int, one: Mention, words: Words
) -> re.Match[str] | None:
    """The last date before the mention that opens a clause and is followed by the act."""
    found = None
    for match in words.date_first.finditer(value, start, one.start):
        if _opens_clause(value, match.start()):
            found = match
    acted = found is not None and words.act.search(value, max(found.end(), basis), one.start)
    return found if acted else None


def _is_basis(one: Mention, value: str, words: Words) -> bool:
    tail = value[max(0, one.start - 24) : one.start].rstrip()
    found = cues(tail, words)
    if found and found[-1][0] == len(tail) and found[-1][1] in ("thực hiện", "căn cứ"):
        return True
    # "Đến ngày 20/8, huyện đã xong, sớm hơn tiến độ yêu cầu tại Chỉ thị số 35-CT/TW"
    return words.asked_in.search(tail) is not None


def _opens_clause(value: str, place: int) -> bool:
    before = value[max(0, place - 2) : place]
    return place == 0 or before[-1:] in "\n-+*(" or before in (", ", ". ", "; ", "- ", "+ ", "* ")


def _sentence_start(value: str, position: int) -> int:
    """Where the sentence that holds a position begins, no farther back than an act reaches."""
    floor = max(0, position - _ISSUED_IN)
    line = value.rfind("\n", floor, position) + 1
    stop = value.rfind(". ", floor, position)
    return max(floor, line, stop + 2 if stop >= 0 else 0)
