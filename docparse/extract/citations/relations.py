"""What the report does with what it cites: căn cứ, thực hiện, sửa đổi, thay thế …

In go mentions in order, out come the same with ``pinpoint`` and ``relation``. The
cue stands before the mention in its clause; a list takes the cue of its head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.extract.citations.leads import clause_start, find_lead
from docparse.extract.citations.mention import Mention
from docparse.extract.citations.titles import NESTED
from docparse.extract.citations.words import PLURAL, Words

_BEFORE = 220
_POINTED = 90  # characters before a mention in which the part that is cited is named
_CLAUSE = (". ", "; ", "! ", "? ", "\n", "(", "|")
_BRACKET = re.compile(r"\([^()]*\)")
_ATTACHED, _AMENDED = "kèm theo", "sửa đổi"  # amending what came with a paper amends the paper
_FAR = 110  # characters between a cue and its mention


def add_pinpoint(one: Mention, value: str, words: Words) -> None:
    """ "Điều 7 Nghị định …": the part that is cited stands before the mention."""
    start = max(0, one.start - _POINTED)
    if words.pinpoint_word.search(value[start : one.start].lower()) is None:
        return  # most mentions, at a tenth of the cost
    match = words.pinpoint.search(value, start, one.start)
    if match is not None:
        one.pinpoint = " ".join(match["pin"].split()).strip(" ,;*")
        one.pinpoint = re.sub(r"\s+(?:của|và|tại)$", "", one.pinpoint)


def add_relations(mentions: Sequence[Mention], value: str, words: Words) -> None:
    """The relation of each mention that has none yet."""
    head: Mention | None = None
    last: Mention | None = None
    titled = 0
    for one in mentions:
        if one.own:
            # The report's own number is cited only by what is attached to it.
            one.relation = _ATTACHED if _from_cue(one, value, words, titled) == _ATTACHED else None
        elif one.relation is None:
            one.relation = _found(one, last, head, value, words, titled)
        if head is None or not (one.relation == NESTED or _in_bracket(head, one, value)):
            head = one
        if one.relation != NESTED:
            last, titled = one, max(titled, one.title_end)


def _found(
    one: Mention, last: Mention | None, head: Mention | None, value: str, words: Words, titled: int
) -> str | None:
    """From a cue in the clause, from the list the mention stands in, from the line above."""
    relation = _from_cue(one, value, words, titled)
    for before in (last, head):
        if relation is None and before is not None:
            relation = _from_list(before, one, value, words)
    return relation or _from_lead(one, value, words)


def _from_cue(one: Mention, value: str, words: Words, titled: int) -> str | None:
    """The last cue of the clause; what stands in the title of another paper is no cue."""
    floor = max(0, one.start - _BEFORE, titled if titled <= one.start else 0)
    clause = value[floor : one.start]
    if ")" in clause:
        clause = _BRACKET.sub("", clause)
    clause = clause[clause_start(clause, 0, len(clause), _CLAUSE) :]
    number = clause.rfind("/")  # that of another paper
    clause = clause[number + 2 :] if number > 0 else clause
    found = cues(clause, words)
    if not found:
        return None
    end, name = found[-1]
    rest = _without_pinpoint(clause[end:], one)
    if len(rest) > _FAR or "," in rest.rstrip(" ,") or _act_between(rest, words):
        return None
    if name == _ATTACHED and any(other == _AMENDED for _, other in found):
        return _AMENDED
    return name


def _without_pinpoint(rest: str, one: Mention) -> str:
    """ "theo Điều 58, 59, 60 Luật A": the commas of what is pointed at part no clauses."""
    if one.pinpoint is None:
        return rest
    place = rest.find(_named_part(one.pinpoint))
    return rest if place < 0 else rest[:place]


def _named_part(pinpoint: str) -> str:
    """ "điều" of "các điều 3, 4 và 5": the plural may be part of the cue."""
    first, *others = pinpoint.split()
    return others[0] if others and first.lower() == PLURAL else first


def _from_lead(one: Mention, value: str, words: Words) -> str | None:
    """What the line above a list says of its items; a line broken off behind its cue, too."""
    lead = find_lead(value, one.start)
    if lead is not None:
        line = value[lead[0] : lead[1]]
        found = cues(line, words)
        return found[-1][1] if found and not _act_between(line, words) else None
    end = one.start - 1
    if end > 0 and value[end] == "\n" and value[end - 1].isalpha():
        line = value[max(value.rfind("\n", 0, end) + 1, end - _FAR) : end]
        found = cues(line, words)
        return found[-1][1] if found and found[-1][0] == len(line) else None
    return None


def _in_bracket(outer: Mention, one: Mention, value: str) -> bool:
    """ "Nghị định A (được sửa đổi bởi Nghị định B); Nghị định C": the list goes on with A."""
    between = value[outer.end : one.start]
    return between.count("(") > between.count(")")


def cues(clause: str, words: Words) -> list[tuple[int, str]]:
    """Where each cue of the clause ends, in that order; one may begin inside another."""
    found, place = [], 0
    while (match := words.relation.search(clause, place)) is not None:
        name = words.relations[int((match.lastgroup or "n0")[1:])]
        found.append((match.end(), -match.start(), name))
        place = match.start() + 1
    return [(end, name) for end, _, name in sorted(found)]


def _act_between(rest: str, words: Words) -> bool:
    """ "Căn cứ …, Sở đã ban hành Quyết định": the cue spoke of something else."""
    for match in words.act.finditer(rest):
        if match.group().islower() and match.group().split()[-1] in (
            "hành",
            "dựng",
            "ký",
            "gửi",
            "có",
        ):
            return True
    return False


def _from_list(previous: Mention, one: Mention, value: str, words: Words) -> str | None:
    """A member of a list is cited for what its head is cited for."""
    if previous.relation is None or previous.relation == NESTED:
        return None
    behind = max(previous.after, previous.title_end)
    if behind > one.start:
        return None
    gap = value[behind : one.start]
    if "\n" in gap or len(gap) > _BEFORE:
        return None
    gap = re.sub(r"\([^)]*\)", "", gap)
    if one.pinpoint:
        gap = gap[: gap.find(_named_part(one.pinpoint))].removesuffix(f"{PLURAL} ")
    if one.issuer and one.issuer_how == "before":
        gap = gap[: max(0, gap.rfind(one.issuer))]
        asked = max(words.asked_by.finditer(gap), key=lambda cue: cue.end() == len(gap))
        gap = gap[: asked.start()] if asked.end() == len(gap) else gap
    return previous.relation if words.list.fullmatch(gap) else None
