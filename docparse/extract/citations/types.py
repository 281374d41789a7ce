"""The type word of a mention: before the number, before "số", or said once for a list.

In go mentions and the words of the patterns, out come the same with ``type`` and
with ``start`` moved to the type word where it belongs to the mention.

>>> from docparse.patterns import load
>>> from docparse.extract.citations.words import words
>>> last_type("theo Kế hoạch", words(load()))
('Kế hoạch', 8)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docparse.extract.citations.leads import find_lead
from docparse.extract.citations.mention import Mention
from docparse.extract.citations.words import SAID, Words

_OPENING = "(“\"'‘*_["  # marks that may stand before a type word
_REACH = 64  # characters before a number in which its type word may stand
_BACK = 110  # characters between a type word and a number that "số" announces
_LEAD = 1200  # characters between "các Kế hoạch …:" and a member of its list


def set_type(one: Mention, value: str, words: Words) -> bool:
    """Put the type word before the number into the mention; True if "số" or a type was said."""
    head = value[max(0, one.start - _REACH) : one.start]
    trimmed = head.rstrip(" \t\n*_:.")
    said = trimmed[-2:].lower() == SAID and not trimmed[-3:-2].isalpha()
    if said:
        one.start -= len(head) - len(trimmed) + 2
        trimmed = trimmed[:-2].rstrip(" \t\n*_")
    if not said and len(trimmed) < len(head.rstrip(" \t\n*_")):
        return False
    match = last_type(trimmed, words)
    if match is None:
        return said
    name, length = match
    one.type = name
    one.start = max(0, one.number_start - _REACH) + len(trimmed) - length
    return True


def last_type(text: str, words: Words) -> tuple[str, int] | None:
    """The type word that ends a text, and its length as written."""
    pieces = text[-40:].split()
    last = pieces[-1].lstrip(_OPENING).lower() if pieces else ""
    for count in words.type_lengths.get(last, ()):
        if count > len(pieces):
            continue
        key = " ".join(pieces[-count:])
        bare = key.lstrip(_OPENING)
        name = words.types.get(bare.lower()) or (words.shorts.get(bare) if count == 1 else None)
        if name:
            return name, _written_length(text, pieces[-count:], len(key) - len(bare))
    return None


def _written_length(text: str, pieces: Sequence[str], opening: int) -> int:
    position = len(text)
    for piece in reversed(pieces):
        position = text.rindex(piece, 0, position)
    return len(text) - position - opening


def inherit_types(mentions: Sequence[Mention], value: str, words: Words) -> None:
    """Types said once: along a list, in front of "số", or in the sentence that leads a list."""
    previous: Mention | None = None
    for one in mentions:
        if one.type is None and one.form not in ("law", "standard") and not one.own:
            if previous is not None and _listed(previous, one, value, words):
                one.type, one.inherited = previous.type, True
            elif not _type_in_front(one, value, words):
                _type_in_lead(one, previous, value, words)
        if one.form not in ("law", "standard"):
            previous = one


def share_symbols(mentions: Sequence[Mention], value: str, words: Words) -> None:
    """ "Quyết định số 12, 13/QĐ-UBND": what follows the last number belongs to them all."""
    for right, left in pairwise(reversed(mentions)):
        if left.form != "bare" or left.own or not right.inherited or right.symbol is None:
            continue
        if right.form not in ("state", "party") or left.type != right.type:
            continue
        if words.pair.fullmatch(value, left.end, right.start) is None:
            continue
        ending = (right.number or "")[len(right.serial or "") :]
        left.form, left.symbol, left.year = right.form, right.symbol, right.year
        left.trace.append(("shared-symbol", f"{left.number} → {left.number}{ending}"))
        left.repairs.append("shared-symbol")
        left.number = f"{left.number}{ending}"


def _listed(previous: Mention, one: Mention, value: str, words: Words) -> bool:
    if previous.type is None:
        return False
    date = words.date.match(value, previous.number_end)
    start = date.end() if date else previous.number_end
    return start <= one.start and words.list.fullmatch(value, start, one.start) is not None


def _type_in_front(one: Mention, value: str, words: Words) -> bool:
    """ "Báo cáo kết quả giám sát số 120/BC-ĐGS": the type word stands before its title."""
    if one.start == one.number_start:
        return False
    clause = value[max(0, one.start - _BACK) : one.start]
    cut = max(clause.rfind(mark) for mark in ".;:\n(,")
    clause = clause[cut + 1 :]
    pieces = clause.split()
    for count in range(len(pieces), 0, -1):
        match = last_type(" ".join(pieces[:count]), words)
        if match:
            start = _position_of(value, one.start, pieces, count, match[1])
            if not value[start].isupper():
                continue
            one.type, one.start = match[0], start
            return True
    return False


def _position_of(value: str, end: int, pieces: Sequence[str], count: int, length: int) -> int:
    position = end
    for piece in reversed(pieces[count:]):
        position = value.rindex(piece, 0, position)
    position = len(value[:position].rstrip())
    return position - length


def _type_in_lead(one: Mention, previous: Mention | None, value: str, words: Words) -> None:
    """ "các Kế hoạch …, cụ thể: số 116/KH-SCT …; số 569/KH-SCT …"."""
    between = value[previous.end : one.start] if previous is not None else ""
    if previous and previous.type and "\n" not in between and ends_open(between, words):
        one.type, one.inherited = previous.type, True
        return
    line = _lead_words(one, value)
    for match in reversed(list(words.plural.finditer(line))):
        found = last_type(match["type"], words) or last_type(match["type"].split()[0], words)
        if found:
            one.type, one.inherited = found[0], True
            return


def _lead_words(one: Mention, value: str) -> str:
    """The words that lead the list this mention stands in: before a colon, or the line above."""
    line = value[max(value.rfind("\n", 0, one.start) + 1, one.start - _LEAD) : one.start]
    first = line.find(":")
    if first >= 0 and line.strip():
        return line[: first + 1]
    lead = find_lead(value, one.start)
    return value[lead[0] : lead[1]] if lead else ""


def ends_open(between: str, words: Words) -> bool:
    """Whether a list goes on behind these words: they end in "," or ";" or "và"."""
    for match in words.list_end.finditer(between, max(0, len(between) - 8)):
        if match.end() == len(between):
            return True
    return False
