"""The date of each mention: behind it, shared along a list, or at the head of its sentence.

In go mentions in the order of the text, out come the same with ``date`` and the
end of their span. A date belongs to the mention beside it; it is shared only
backwards over bare connectors, and never against the year of a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.extract.citations.mentions import Mention
from docparse.extract.citations.words import Words
from docparse.models import Date

_CONNECTOR = re.compile(r"[\s*]*(?:,|và|;|hoặc|,\s*và)[\s*]*(?:các\s+)?")
_SENTENCE = re.compile(r"[.;:]\s|\n")
_ISSUED_IN = 260  # characters: how far the date at the head of a sentence reaches
_SAME_DAY = re.compile(r"(?i:cùng ngày)")


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
        return False
    one.date = parse_groups(match)
    one.date_how = "behind"
    one.end = match.end()
    one.after = match.end() + (value[match.end() : match.end() + 1] == ")" and "(" in match["lead"])
    return True


def share_dates(mentions: Sequence[Mention], value: str) -> None:
    """Give "1951/QĐ-UBND và 1952/QĐ-UBND ngày …" one date, from the last to the first."""
    for left, right in zip(reversed(mentions[:-1]), reversed(mentions[1:])):
        if left.date is not None or right.date is None or left.form in ("law", "standard"):
            continue
        if right.date_how not in ("behind", "shared") or left.type != right.type:
            continue
        between = value[left.end : right.start]
        if not _CONNECTOR.fullmatch(between) or ";" in between:
            continue
        if not right.inherited and ("," in between or _own_type_apart(left, right)):
            continue
        if left.year is not None and left.year != right.date.year:
            continue
        left.date, left.date_how = right.date, "shared"


def _own_type_apart(left: Mention, right: Mention) -> bool:
    """ "Nghị định 107/2020/NĐ-CP và Nghị định 108/2020/NĐ-CP ngày …": a year says enough."""
    return left.year is not None


def add_dates_first(mentions: Sequence[Mention], value: str, words: Words) -> None:
    """ "Ngày 24/02/2020, Sở … ban hành Quyết định số 22/QĐ-SCT": the act's day is the paper's."""
    for one in mentions:
        if one.date is not None or one.form in ("law", "standard", "bare") or one.own:
            continue
        start = _sentence_start(value, one.start)
        head = words.date_first.match(value, start)
        if head is None or words.act.search(value, head.end(), one.start) is None:
            continue
        if any(other.start < one.start and other.start >= start and other.date_how == "behind" for other in mentions):
            continue
        one.date, one.date_how = parse_groups(head), "sentence"


def _sentence_start(value: str, position: int) -> int:
    floor = max(0, position - _ISSUED_IN)
    start = max(value.rfind("\n", floor, position) + 1, 0)
    for mark in (". ", "./. "):
        start = max(start, value.rfind(mark, floor, position) + len(mark) if value.rfind(mark, floor, position) >= 0 else 0)
    while start < position and value[start] in " -+*•–\t(":
        start += 1
    return start if start >= floor else position
