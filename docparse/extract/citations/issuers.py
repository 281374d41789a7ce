"""Who issued what is cited: "của X" or X behind it, X before "tại", X as the subject.

In go mentions in order, out come the same with ``issuer``; where a name stands
behind the number, what follows (date, title) is looked for behind the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.extract.citations.dates import add_date_behind
from docparse.extract.citations.mentions import Mention
from docparse.extract.citations.organisations import Organisations
from docparse.extract.citations.words import Words

_OF = re.compile(r"[\s*]+(?:của|CỦA|do)\s+")
_BLANK = re.compile(r"[\s*]+")
_AT = re.compile(r"\s+(?:đã\s+)?(?:tại|trong|ở)(?:\s+(?:các|nội dung))?\s*$")
_BEFORE = 150  # characters: how far back a subject is looked for
_CLAUSE = re.compile(r"[.;:\n]\s|\n|\(")
_CAPITAL = re.compile(r"(?<![\wĐđ])[A-ZĐỦÔ]")
_ACT_TAIL = re.compile(
    r"(?:\s+(?:các|nhiều|một|01|\d{1,2}|và|triển khai|thực hiện|kịp thời|mới|tổ chức|ban hành|văn bản|,))*\s*$"
)


def add_issuer_behind(
    one: Mention, value: str, words: Words, organisations: Organisations
) -> None:
    """ "… của X", "… X phê duyệt": X stands behind the number or its date."""
    of = _OF.match(value, one.after) or _BLANK.match(value, one.after)
    if of is None or one.form == "standard":
        return
    end = organisations.end(value, of.end())
    if end is None:
        return
    says_of = any(letter.isalpha() for letter in of.group())
    if not says_of and re.match(r"\s+(?:đã|ban hành|gửi|có|tại|và|với|đề nghị|yêu cầu|tổ chức)\s", value[end : end + 12]):
        return
    one.issuer = " ".join(value[of.end() : end].replace("*", " ").split())
    one.issuer_how = "của" if says_of else "apposition"
    one.after = end
    if one.date is None:
        add_date_behind(one, value, words, end)


def add_issuers_before(
    mentions: Sequence[Mention], value: str, words: Words, organisations: Organisations
) -> None:
    """The issuer that stands before: "theo chỉ đạo của X tại …", "X ban hành …"; lists share it."""
    previous: Mention | None = None
    for one in mentions:
        if one.issuer is None and one.form not in ("standard", "law"):
            _look_back(one, value, words, organisations)
            if one.issuer is None and previous is not None:
                _share_subject(previous, one, value)
        previous = one


def _look_back(one: Mention, value: str, words: Words, organisations: Organisations) -> None:
    floor = max(0, one.start - _BEFORE)
    clause = value[floor : one.start]
    for cut in _CLAUSE.finditer(clause):
        floor_in = cut.end()
    else:
        cuts = [cut.end() for cut in _CLAUSE.finditer(clause)]
        floor_in = cuts[-1] if cuts else 0
    clause = clause[floor_in:]
    at = _AT.search(clause)
    if at:
        _take_last(one, clause, clause[: at.start()], "before", organisations)
        return
    act = _last_act(clause, words)
    if act is not None:
        _take_last(one, clause, clause[:act].rstrip(" ,"), "subject", organisations)


def _last_act(clause: str, words: Words) -> int | None:
    """Where the verb that made the paper begins, if it stands right before the mention."""
    found = None
    for match in words.act.finditer(clause):
        if match.end() < len(clause) and clause[match.end()].isspace() and (
            match.start() == 0 or clause[match.start() - 1] == " "
        ):
            found = match
    if found is None or not _ACT_TAIL.match(clause, found.end()):
        return None
    return found.start()


def _take_last(
    one: Mention, clause: str, before: str, how: str, organisations: Organisations
) -> None:
    """The body whose name ends just there."""
    for capital in _CAPITAL.finditer(before):
        end = organisations.end(clause, capital.start())
        if end is not None and end >= len(before) and end <= len(before) + 1:
            one.issuer = " ".join(clause[capital.start() : end].split())
            one.issuer_how = how
            return


def _share_subject(previous: Mention, one: Mention, value: str) -> None:
    """ "X ban hành A; B và C": the subject issued them all; so does a number in a pair."""
    between = value[previous.end : one.start]
    paired = re.fullmatch(r"[\s*]*(?:,|và)[\s*]*", between) is not None
    if "\n" in between or previous.issuer is None:
        return
    if previous.issuer_how == "subject" and ". " not in between and "(" not in between and re.search(
        r"(?:[;,]|\svà)\s*$", between
    ):
        one.issuer, one.issuer_how = previous.issuer, "subject"
    elif paired and previous.issuer_how in ("before", "subject") and one.inherited:
        one.issuer, one.issuer_how = previous.issuer, "shared"


def share_issuers_back(mentions: Sequence[Mention], value: str) -> None:
    """ "1294-CV/TU và 1295-CV/TU … của X": what is said of the pair is said of both."""
    for left, right in zip(reversed(mentions[:-1]), reversed(mentions[1:])):
        paired = re.fullmatch(r"[\s*]*(?:,|và)[\s*]*", value[left.end : right.start])
        if paired is None or left.form in ("law", "standard"):
            continue
        if left.type != right.type or (not right.inherited and left.date_how != "shared"):
            continue
        if left.issuer is None and right.issuer is not None and right.issuer_how in ("của", "apposition"):
            left.issuer, left.issuer_how = right.issuer, "shared"
        if left.title is None and right.title is not None:
            left.title, left.title_start, left.title_end = right.title, -1, -1
        if left.issuer is not None and right.issuer is None:
            right.issuer, right.issuer_how = left.issuer, "shared"
