"""Who issued what is cited: "của X" or X behind it, X before "tại", X as the subject.

In go mentions in order, out come the same with ``issuer``; where a name stands
behind the number, what follows (date, title) is looked for behind the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from docparse.extract.citations.dates import add_date_behind
from docparse.extract.citations.keys import split_symbol
from docparse.extract.citations.leads import clause_start, find_lead
from docparse.extract.citations.mention import Mention
from docparse.extract.citations.organisations import BARE_OFFICE, Organisations
from docparse.extract.citations.relations import cues
from docparse.extract.citations.titles import NESTED
from docparse.extract.citations.types import ends_open
from docparse.extract.citations.words import Words

_GROUPS = ("Tổ ", "Đoàn ")  # their names go on: "Tổ công tác … của Thủ tướng Chính phủ"
_JOINT = ("TTLT", "NQLT", "TTLB", "QCLT", "CTPH", "QCPH", "HDLT", "KHLT")
_BY = "do"  # "do X ban hành"
_SUBJECTS = ("subject", "code")
_BLANK = re.compile(r"[\s*]+")
_COMMA = re.compile(r"[\s*]*,[\s*]+")
_SENTENCE = 700  # characters: how far back the subject of the sentence is looked for
_BEFORE = 150  # characters: how far back a subject is looked for
_CUE = 30  # characters: the longest cue in front of a mention
_CLAUSE = (". ", "; ", ": ", "\n", "(")
_CAPITAL = re.compile(r"(?<![\w/-])[A-ZĐỦÔ]")


def add_issuer_behind(one: Mention, value: str, words: Words, organisations: Organisations) -> None:
    """ "… của X", "… X phê duyệt": X stands behind the number or its date."""
    of = words.of.match(value, one.after) or _BLANK.match(value, one.after)
    if of is None or one.form == "standard":
        return
    end = organisations.end(value, of.end())
    if end is None:
        unknown = words.of_unknown.match(value, one.after)
        end = unknown.end("name") if unknown else None
    if end is None:
        return
    end = _whole_name(one, value, of.end(), end, words, organisations)
    says_of = any(letter.isalpha() for letter in of.group())
    if not says_of and words.subject_verb.match(value, end):
        return
    one.issuer = " ".join(value[of.end() : end].replace("*", " ").split())
    one.issuer_how = "của" if says_of else "apposition"
    done = words.issued_verb.match(value, end) if of.group().split()[-1:] == [_BY] else None
    one.after = done.end() if done else end  # "do Bộ Y tế ban hành quy định …"
    if one.date is None:
        add_date_behind(one, value, words, end)


def add_assembly(one: Mention, value: str, words: Words) -> None:
    """ "Pháp lệnh … của Ủy ban Thường vụ Quốc hội": what a law may be of."""
    of = words.of_the_assembly.match(value, one.end)
    if of is not None:
        one.issuer, one.issuer_how, one.after = " ".join(of["name"].split()), "của", of.end()


def _whole_name(
    one: Mention, value: str, start: int, end: int, words: Words, organisations: Organisations
) -> int:
    """ "Tổ công tác … của Thủ tướng Chính phủ"; "Bộ Y tế và Bộ Nội vụ" of a joint circular."""
    of = words.group_of.match(value, end) if value.startswith(_GROUPS, start) else None
    if of is not None:
        end = organisations.end(value, of.end()) or end
    if one.symbol is None or not one.symbol.startswith(_JOINT):
        return end
    while (joint := words.joint.match(value, end)) is not None:
        following = organisations.end(value, joint.end())
        if following is None:
            break
        end = following
    return end


def _take_inside(one: Mention, value: str, words: Words, organisations: Organisations) -> None:
    """ "Nghị quyết của Ủy ban Thường vụ Quốc hội số 973/2020/UBTVQH14"."""
    for of in words.of.finditer(value, one.start, one.number_start):
        end = organisations.end(value, of.end())
        if end is not None and end <= one.number_start:
            one.issuer, one.issuer_how = " ".join(value[of.end() : end].split()), "của"
            return


def _take_bracketed(one: Mention, value: str, words: Words, organisations: Organisations) -> bool:
    """ "thống nhất với Bộ Tài chính (Văn bản số 4773/TC-CSTC)": who said so in that paper."""
    bracket = value[max(0, one.start - 2) : one.start].rstrip()
    if not bracket.endswith("("):
        return False
    before = value[max(0, one.start - _BEFORE) : one.start].rstrip(" (")
    clause = before[clause_start(before, 0, len(before), _CLAUSE) :]
    taken = _take_last(one, clause, clause, "before", organisations, words)
    if taken and _is_of_another(one, organisations, words):
        one.issuer = one.issuer_how = None  # "ý kiến của Bộ Công Thương (Báo cáo số 5/SCT-TM)"
    return one.issuer is not None


def _is_of_another(one: Mention, organisations: Organisations, words: Words) -> bool:
    """Whether the symbol names a body, but not this one; two letters are too common to tell."""
    code = _issuer_code(one.symbol or "", words)
    known = len(code) > 2 and code in words.issuer_codes
    return known and code not in organisations.codes(one.issuer or "")


def _is_basis(one: Mention, value: str, words: Words) -> bool:
    """ "X ban hành A, thay thế B", "X xong việc đề ra tại B": the act of X is not about B."""
    tail = value[max(0, one.start - _CUE) : one.start].rstrip()
    if words.asked_in.search(tail) is not None:
        return True
    found = cues(tail, words)
    place, relation = found[-1] if found else (-1, "")
    return place == len(tail) and _not_done(relation, tail)


def _not_done(relation: str, tail: str) -> bool:
    """Who carries out or submits a paper may have issued it; who acts by it did not."""
    return relation not in ("trình", "thực hiện") or tail.endswith("theo")


def _issuer_code(symbol: str, words: Words) -> str:
    """The code of the body in a symbol: SCT in KH-SCT and in SCT-TM."""
    codes = split_symbol(symbol)
    return codes[-1] if codes[0] in words.type_codes else codes[0]


def add_issuer_of_heading(
    one: Mention, value: str, words: Words, organisations: Organisations
) -> None:
    """ "CỦA BỘ XÂY DỰNG SỐ 04/2001/TT-BXD": the body between the type and the number."""
    floor = max(0, one.start - _BEFORE)
    for of in words.of.finditer(value, floor, one.start):
        end = organisations.end(value, of.end())
        if end is not None and not value[end : one.start].strip(" \n*"):
            one.issuer, one.issuer_how = " ".join(value[of.end() : end].split()), "của"


def add_issuers_before(
    mentions: Sequence[Mention], value: str, words: Words, organisations: Organisations
) -> None:
    """The issuer that stands before: "theo chỉ đạo của X tại …", "X ban hành …"; lists share it."""
    previous: Mention | None = None
    for one in mentions:
        if one.issuer is None and one.form not in ("standard", "law"):
            _look_back(one, value, words, organisations)
            if one.issuer is None and previous is not None and one.relation != NESTED:
                _share_subject(previous, one, value, words)
        previous = one


def _look_back(one: Mention, value: str, words: Words, organisations: Organisations) -> None:
    _take_inside(one, value, words, organisations)
    if one.issuer or _take_bracketed(one, value, words, organisations):
        return
    floor = max(0, one.start - _BEFORE)
    clause = value[clause_start(value, floor, one.start, _CLAUSE) : one.start]
    at = _at(clause, words)
    if at is not None and _take_before(one, clause, at, organisations, words):
        return
    act = _last_act(clause, words)
    if act is not None and _take_last(
        one, clause, clause[:act].rstrip(" ,"), "subject", organisations, words
    ):
        return
    _take_by_code(one, value, words, organisations)
    if one.issuer is None:
        _take_of_lead(one, value, words, organisations)
    if one.issuer is None:
        _take_speaker(one, value, words, organisations)


def _take_before(
    one: Mention, clause: str, at: int, organisations: Organisations, words: Words
) -> bool:
    """ "theo chỉ đạo của X tại …"; "được X giao tại …" where a verb stands between."""
    if _take_last(one, clause, clause[:at], "before", organisations, words):
        return True
    for verb in words.issued_verb.finditer(clause, max(0, at - 12), at):
        if verb.end() == at:
            before = clause[: verb.start()]
            return _take_last(one, clause, before, "before", organisations, words, by=True)
    return False


def _take_of_lead(one: Mention, value: str, words: Words, organisations: Organisations) -> None:
    """ "Các văn bản chỉ đạo của UBND tỉnh: Công văn số 217/UBND-KT …; số 409/UBND-KT …"."""
    line = max(value.rfind("\n", 0, one.start) + 1, one.start - _SENTENCE)
    for plural in words.plural.finditer(value, line, one.start):
        of = words.of.search(value, plural.end(), min(one.start, plural.end() + _CUE))
        end = organisations.end(value, of.end()) if of else None
        if of and end is not None and value[end : end + 1] == ":":
            one.issuer, one.issuer_how = value[of.end() : end], "lead"


def _take_speaker(one: Mention, value: str, words: Words, organisations: Organisations) -> None:
    """ "Tại Công văn số 12/SNV-TCBC ngày 05/3/2023, Sở Nội vụ đề nghị …"."""
    comma = _COMMA.match(value, one.after)
    before = value[max(0, one.start - _CUE) : one.start]
    said = next((m for m in words.speaks_in.finditer(before) if m.end() == len(before)), None)
    if comma is None or said is None:
        return
    end = organisations.end(value, comma.end())
    if end is not None and words.speaks.match(value, end):
        one.issuer, one.issuer_how = " ".join(value[comma.end() : end].split()), "speaks"


def _at(clause: str, words: Words) -> int | None:
    """Where "tại" begins that ends the clause: "theo chỉ đạo của UBND tỉnh tại …"."""
    for match in words.at.finditer(clause, max(0, len(clause) - 24)):
        if match.end() == len(clause):
            return match.start()
    return None


def _take_by_code(one: Mention, value: str, words: Words, organisations: Organisations) -> None:
    """The subject of the sentence, if its code is the one in the number: "Sở … 20/KH-SCT"."""
    if one.symbol is None or one.form not in ("state", "party"):
        return
    wanted = _issuer_code(one.symbol, words)
    found: tuple[int, int] | None = None
    lead = find_lead(value, one.start)
    sentence = lead[0] if lead else _sentence_start(value, one.start)
    if words.act.search(value, sentence, one.start) is None or _is_basis(one, value, words):
        return
    for start, end in _bodies(value, sentence, one.start, organisations):
        if not _has_code(value[start:end], wanted, organisations):
            continue
        if words.act.search(value, end, one.start) and _is_subject(value, start, words):
            found = start, end
    if found is not None:
        one.issuer = " ".join(value[found[0] : found[1]].split())
        one.issuer_how = "code"


def _bodies(
    value: str, start: int, end: int, organisations: Organisations
) -> Iterator[tuple[int, int]]:
    """Every body named in a stretch of text."""
    last = start
    for capital in _CAPITAL.finditer(value, start, end):
        if capital.start() < last:
            continue
        stop = organisations.end(value, capital.start())
        if stop is not None:
            last = stop
            yield capital.start(), stop


def _has_code(name: str, code: str, organisations: Organisations) -> bool:
    """ "Sở" alone may be any Sở; other names have their codes."""
    if name.endswith(BARE_OFFICE):
        return code.startswith(BARE_OFFICE[0]) and len(code) > 1
    return code in organisations.codes(name)


def _is_subject(value: str, place: int, words: Words) -> bool:
    """Not "của Sở", "cho Sở", "thuộc Sở": those are no subjects."""
    return words.not_subject.fullmatch(value, max(0, place - 12), place) is None


def _sentence_start(value: str, position: int) -> int:
    floor = max(0, position - _SENTENCE)
    line = value.rfind("\n", floor, position) + 1
    stop = value.rfind(". ", floor, position)
    return max(floor, line, stop + 2 if stop >= 0 else 0)


def _last_act(clause: str, words: Words) -> int | None:
    """Where the verb that made the paper begins, if it stands right before the mention."""
    found = None
    for match in words.act.finditer(clause):
        if (
            match.end() < len(clause)
            and clause[match.end()].isspace()
            and (match.start() == 0 or clause[match.start() - 1] == " ")
        ):
            found = match
    if found is None or not words.after_act.fullmatch(clause, found.end()):
        return None
    return found.start()


def _take_last(
    one: Mention,
    clause: str,
    before: str,
    how: str,
    organisations: Organisations,
    words: Words,
    *,
    by: bool = False,
) -> bool:
    """The body whose name ends just there, unless it got the paper; ``by``: if it issued it."""
    for capital in _CAPITAL.finditer(before):
        end = organisations.end(clause, capital.start())
        if end is not None and end >= len(before) and end <= len(before) + 1:
            if how == "before" and _follows(words.receives, clause, capital.start()):
                return False
            if how == "before" and _at(clause[: capital.start()], words) is not None:
                return False  # "kiện toàn nhân sự tại Trung tâm X tại Quyết định số …"
            if by and not _follows(words.issued_by, clause, capital.start()):
                return False
            one.issuer = " ".join(clause[capital.start() : end].split())
            one.issuer_how = how
            return True
    return False


def _follows(cue: re.Pattern[str], clause: str, place: int) -> bool:
    """Whether a cue stands right before a body: "đã trình UBND tỉnh", "được HĐND tỉnh"."""
    return any(found.end() == place for found in cue.finditer(clause, max(0, place - 16), place))


def _share_subject(previous: Mention, one: Mention, value: str, words: Words) -> None:
    """ "X ban hành A; B và C": the subject issued them all; so does a number in a pair."""
    between = value[previous.end : one.start]
    paired = words.pair.fullmatch(between) is not None
    if "\n" in between or previous.issuer is None:
        return
    if (
        previous.issuer_how == "subject"
        and ". " not in between
        and "(" not in between
        and ends_open(between, words)
    ):
        one.issuer, one.issuer_how = previous.issuer, "subject"
    elif paired and previous.issuer_how in ("before", *_SUBJECTS) and one.inherited:
        one.issuer, one.issuer_how = previous.issuer, "shared"
    elif paired and previous.issuer_how == "before" and _same_code(previous, one, words):
        # "theo đề nghị của X tại Tờ trình số 5/TTr-X, Công văn số 6/X-VP"
        one.issuer, one.issuer_how = previous.issuer, "before"


def _same_code(left: Mention, right: Mention, words: Words) -> bool:
    codes = {_issuer_code(one.symbol, words) for one in (left, right) if one.symbol}
    return left.symbol is not None and right.symbol is not None and len(codes) == 1


def share_issuers_back(mentions: Sequence[Mention], value: str, words: Words) -> None:
    """ "1294-CV/TU và 1295-CV/TU … của X": what is said of the pair is said of both."""
    for right, left in pairwise(reversed(mentions)):
        paired = words.pair.fullmatch(value, left.end, right.start)
        if paired is None or left.form in ("law", "standard"):
            continue
        if left.type != right.type:
            continue
        if not _one_act(left, right, paired.group()):
            _share_in_list(left, right)
            continue
        if (
            left.issuer_how in (None, *_SUBJECTS)
            and right.issuer is not None
            and (right.issuer_how in ("của", "apposition") or _is_passed_on(right))
        ):
            left.issuer, left.issuer_how = right.issuer, "shared"
        if left.title is None and right.title is not None:
            left.title, left.title_start, left.title_end = right.title, -1, -1
        if left.issuer is not None and right.issuer is None:
            right.issuer, right.issuer_how = left.issuer, "shared"


def _is_passed_on(one: Mention) -> bool:
    """The middle one of "số 12, 13, 14/QĐ-UBND … của X": it hands on what it was given."""
    return one.inherited and one.issuer_how == "shared"


def _share_in_list(left: Mention, right: Mention) -> None:
    """ "Quyết định số 1183/QĐ-BTP ngày …, Quyết định số 1472/QĐ-BTP ngày … của Bộ Tư pháp"."""
    if left.symbol is None or left.symbol != right.symbol or left.issuer is not None:
        return
    if (left.date is None) != (right.date is None):
        return  # "sửa đổi Nghị định số 29/2008/NĐ-CP, Nghị định số 114/2015/NĐ-CP ngày …"
    if right.issuer_how in ("của", "apposition", "shared"):
        left.issuer, left.issuer_how = right.issuer, "shared"


def _one_act(left: Mention, right: Mention, connector: str) -> bool:
    """ "166-KH/TU ngày … và Kế hoạch số 177-KH/TU ngày … của Tỉnh ủy": one symbol, one body."""
    if right.inherited or left.date_how == "shared":
        return True
    return "," not in connector and left.symbol is not None and left.symbol == right.symbol
