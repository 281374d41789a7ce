"""Words that stand for a paper named elsewhere, and numbers that could not be read.

In go the mentions and their citations, out come references ("Quyết định này", "Kế
hoạch nêu trên") led to the paper that they mean, or refused with the reason, and
a notice for each number that "số" announces and no form reads. An unread number
in between makes a link unsure: it is refused, never skipped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from docparse.extract.citations.mention import Mention
from docparse.extract.citations.types import last_type
from docparse.extract.citations.words import THIS, Words
from docparse.models import Citation, Header, Notice, Reference, Text

_REACH = 40  # characters before "này" in which its type word stands


def find_unread(mentions: Sequence[Mention], text: Text, words: Words) -> list[tuple[int, int]]:
    """Places where a type word and "số" announce a number that no mention holds."""
    value = text.value
    starts = [one.start for one in mentions]
    found = []
    for match in words.announced.finditer(value):
        index = bisect_left(starts, match.end()) - 1
        if index >= 0 and mentions[index].end > match.start():
            continue
        if value[match.start() - 1 : match.start()].isalpha():
            continue
        kind = last_type(value[max(0, match.start() - _REACH) : match.start()].rstrip(), words)
        if kind is not None and kind[0] not in words.forms_of_paper:
            found.append(match.span())
    return found


def unread_notices(places: Sequence[tuple[int, int]], text: Text, words: Words) -> Iterator[Notice]:
    """One notice a place: left blank, or of no known form."""
    for start, end in places:
        match = words.announced.fullmatch(text.value, start, end)
        number = match["number"] if match else text.value[start:end]
        blank = words.blank.fullmatch(number) is not None
        code = "citation-number-blank" if blank else "citation-unread"
        yield Notice(code=code, values=(("words", number),), span=text.span(start, end))


def find_references(
    mentions: Sequence[Mention],
    citations: Sequence[Citation],
    unread: Sequence[tuple[int, int]],
    header: Header,
    text: Text,
    words: Words,
) -> Iterator[Reference]:
    """Each "Quyết định này", "Kế hoạch nêu trên" or short name, led back to its paper."""
    yield from _by_short_name(mentions, citations, text, words)
    value = text.value
    starts = [one.start for one in mentions]
    for match in words.pointing.finditer(value):
        head = value[max(0, match.start() - _REACH) : match.start()]
        if not head.endswith(" "):
            continue
        kind = last_type(head.rstrip(), words)
        if kind is None or not head.rstrip()[-kind[1]].isupper():
            continue
        start = match.start() - (len(head) - len(head.rstrip())) - kind[1]
        before = bisect_left(starts, start)
        if match["word"] == THIS and kind[0] == header.type:
            key = next((one.key for one in citations if one.own and one.key), None)
            yield Reference(span=text.span(start, match.end()), key=key, reason="own")
            continue
        key, reason = _meant(kind[0], before, start, mentions, citations, unread)
        yield Reference(span=text.span(start, match.end()), key=key, reason=reason)


def _by_short_name(
    mentions: Sequence[Mention], citations: Sequence[Citation], text: Text, words: Words
) -> Iterator[Reference]:
    """ "Quyết định số … (sau đây gọi tắt là Đề án 06)": where the short name stands again."""
    value = text.value
    ends = sorted((max(one.end, one.after, one.title_end), i) for i, one in enumerate(mentions))
    for match in words.short_name.finditer(value):
        index = bisect_left(ends, (match.start() + 1, 0)) - 1
        if index < 0 or value[ends[index][0] : match.start()].strip():
            continue
        outer = min(i for end, i in ends if end == ends[index][0])
        yield from _again(match["name"], citations[outer].key, match.end(), mentions, text)


def _again(
    name: str, key: str | None, start: int, mentions: Sequence[Mention], text: Text
) -> Iterator[Reference]:
    """Every place behind the definition where the name stands and no mention holds it."""
    value = text.value
    starts = [one.start for one in mentions]
    while (start := value.find(name, start)) >= 0:
        end = start + len(name)
        index = bisect_left(starts, end) - 1
        cited = index >= 0 and mentions[index].end > start
        whole = not value[start - 1].isalnum() and not value[end : end + 1].isalnum()
        if whole and not cited:
            yield Reference(span=text.span(start, end), key=key, reason="short-name")
        start = end


def _meant(
    kind: str,
    before: int,
    start: int,
    mentions: Sequence[Mention],
    citations: Sequence[Citation],
    unread: Sequence[tuple[int, int]],
) -> tuple[str | None, str]:
    """The last paper of that type that was named, unless an unread number stands between."""
    last = next((i for i in range(before - 1, -1, -1) if mentions[i].type == kind), None)
    if last is None:
        return None, "no-paper-of-this-type"
    if any(mentions[last].end <= place < start for place, _ in unread):
        return None, "unread-number-between"
    return citations[last].key, "last-of-this-type"
