"""Mentions as they are found: a number, a law's name or a standard, and its type word.

In goes the repaired text, out come :class:`Mention` values in the order of the
text. What stands around them (date, issuer, title, relation) is added later.

>>> from docparse.patterns import load
>>> from docparse.extract.citations.words import words
>>> [found.number for found in find_mentions("theo Kế hoạch số 899/KH-SCT", words(load()), ())]
['899/KH-SCT']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from docparse.extract.citations.mention import Mention
from docparse.extract.citations.types import last_type, set_type
from docparse.extract.citations.words import PLAIN_CODES, SAID, Words

# Only these are quoted by a bare number without "số": anything else counts things.
_BARE = frozenset(
    ["Nghị quyết", "Nghị định", "Chỉ thị", "Thông tư", "Quyết định", "Kết luận", "Pháp lệnh"]
)
_BARE_ENDS = tuple(name.split()[-1] for name in _BARE)
# Where a number may be: digits, a mark, a capital; or digits and a year; or digits alone. Most
# digits stand alone and are no number of a paper: the letter two places before tells.
_BEFORE_BARE = "".join(sorted({SAID[-1], SAID[-1].upper(), *(word[-1] for word in _BARE_ENDS)}))
_NUMBER = re.compile(
    r"\d(?:\d{0,5}(?!\d)(?:[a-zđA-D]{0,2}(?:/(?:(?:19|20)\d\d/?)?|[-–](?:(?:19|20)\d\d/)?)(?=[A-ZĐ])"
    r"|/(?:19|20)\d\d(?![\d/\w]))"
    rf"|(?<=[{_BEFORE_BARE}A-ZĐ]\s\d)(?P<bare>)\d{{0,5}}(?!\d)(?![/.,:%-]{{0,3}}[\d/%\w]))"
)
_AFTER_BARE = re.compile(r"\s*(?:[;:)]|,\s|\.\s|\.$| của | và | về | ngày |$)")
_STANDARD = re.compile(r"(?:TCVN|QCVN|TCCS|TCXDVN|TCXD|TCN|QCĐP|ISO|IEC|HACCP|OHSAS)[\s/:\d-]")
_ANOTHER = re.compile(r"(?:,|\s+và)\s+(?P<number>\d{1,4})(?=\s*(?:[;:).]|,\s|$| của | và | về ))")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_AT_END = re.compile(r"(?:19|20)\d\d(?=\W*$)")
_REACH = 64


def find_mentions(value: str, words: Words, laws: Sequence[tuple[int, int, str]]) -> list[Mention]:
    """All mentions, sorted; a number inside a law's mention belongs to it."""
    found = [_law(start, end, name, value, words) for start, end, name in laws]
    found += _standards(value, words)
    found += _own_forms(value, words)
    found.sort(key=lambda one: one.start)
    starts = [one.start for one in found]
    numbered = []
    for one in _numbers(value, words):
        index = bisect_right(starts, one.number_start) - 1
        before = found[index] if index >= 0 else None
        if before is not None and _belongs_to(before, one, value):
            _give_number(before, one)
        elif before is None or one.number_start >= before.end:
            numbered.append(one)
    found += _without_loose(numbered)
    found.sort(key=lambda one: (one.number_start, one.start))
    return found


def _numbers(value: str, words: Words) -> Iterator[Mention]:
    last_end = -1
    for hit in _NUMBER.finditer(value):
        start, end = hit.span()
        if hit.lastgroup == "bare":
            one = _bare(value, start, end, words) if _may_be_bare(value, start) else None
        elif start >= last_end and _free(value, start):
            one = _read_number(value, start, words)
        else:
            continue
        if one is not None:
            last_end = one.end
            yield one
            if one.form == "bare":
                yield from _more_bare(one, value)


def _may_be_bare(value: str, start: int) -> bool:
    """Digits alone: behind "số", behind an abbreviation, or before the end of a phrase."""
    before = value[max(0, start - 3) : start]
    if before[:2].lower() == SAID or before[:2].isupper():
        return True
    return value.endswith(_BARE_ENDS, start - 6, start - 1)


def _free(value: str, start: int) -> bool:
    """Not the middle of a path, a link, a decimal, a date or a longer word."""
    if start == 0:
        return True
    before = value[start - 1]
    if before.isspace() or before in "(“\"'‘:*_[,;|":
        return True
    if value[max(0, start - 2) : start].lower() == SAID:
        return True
    return before in "./-" and value[max(0, start - 4) : start - 1].strip().lower() == SAID


def _read_number(value: str, start: int, words: Words) -> Mention | None:
    for form, pattern in words.numbers:
        match = pattern.match(value, start)
        one = _numbered(value, match, form, words) if match else None
        if one is not None:
            return one
    return None


def _own_forms(value: str, words: Words) -> Iterator[Mention]:
    """Numbers of the forms that a user has added, each looked for by itself."""
    for form, pattern in words.own_numbers:
        for match in pattern.finditer(value):
            start, end = match.span()
            groups = match.groupdict()
            one = Mention(start, end, start, end, form, number=" ".join(match.group().split()))
            one.serial, one.symbol = groups.get("serial") or one.number, groups.get("symbol")
            one.year = int(groups["year"]) if groups.get("year") else None
            said = set_type(one, value, words)
            if said or form not in words.after_type:
                yield one


def _numbered(value: str, match: re.Match[str], form: str, words: Words) -> Mention | None:
    start, end = match.span()
    if _goes_on(value, end):
        return None
    groups = match.groupdict()
    symbol = groups.get("symbol")
    one = Mention(start, end, start, end, form, number=match.group(), serial=match["serial"])
    one.year = int(groups["year"]) if groups.get("year") else None
    one.symbol = symbol
    said = set_type(one, value, words)
    if one.type in words.forms_of_paper or (form in words.after_type and one.type is None):
        return None
    if symbol and not said and not _plausible(symbol, one, value, words):
        return None
    if one.year and not said and value[match.start("year") - 1] != "/":
        return None  # "giai đoạn 2016-2020/UBND": only a paper that is named has "19-2018/NQ-CP"
    if symbol:
        one.number, one.symbol = match.group().replace("–", "-"), symbol.replace("–", "-")
        _mend_symbol(one, words)
    return one


def _goes_on(value: str, end: int) -> bool:
    """A path or a file name goes on where a number would end."""
    following = value[end : end + 2]
    if following[:1] in ("/", "\\", "@", "_", "="):
        return not following.startswith("/.")
    return following[:1].isalnum() or (following[:1] == "." and following[1:].islower())


def _plausible(symbol: str, one: Mention, value: str, words: Words) -> bool:
    """Without "số" or a type word a symbol must show known codes."""
    parts = re.split(r"[-/.]", symbol)
    known = [part for part in parts if part in words.type_codes or part in words.issuer_codes]
    if len(parts) > 1:
        return bool(known) and all(len(part) > 1 for part in parts)
    return bool(known) and (one.year is not None or words.date.match(value, one.end) is not None)


def _mend_symbol(one: Mention, words: Words) -> None:
    """Slips of form with one reading: 27/CTTg is 27/CT-TTg, 57/NQ/TW is 57-NQ/TW."""
    symbol = one.symbol or ""
    if one.form == "state" and symbol.count("/") == 1 and "-" not in symbol and not one.year:
        kind, body = symbol.split("/")
        if kind in words.type_codes and body in words.party_codes:
            _rewrite(one, f"{one.serial}-{symbol}", symbol, "party", "slash-for-hyphen")
    elif one.form == "state" and not re.search(r"[-/\d]", symbol):
        split = _split_codes(symbol, one.type, words)
        if split:
            year = f"/{one.year}" if one.year else ""
            _rewrite(one, f"{one.serial}{year}/{split}", split, "state", "missing-hyphen")
    plain = [code for code in re.split(r"[-/]", symbol) if code in PLAIN_CODES]
    if plain:  # the number stays as it is written; the key has the whole letters
        one.repairs.append("missing-d")
        said = ", ".join(f"{code} → {PLAIN_CODES[code]}" for code in plain)
        one.trace.append(("missing-d", said))


def _rewrite(one: Mention, number: str, symbol: str, form: str, rule: str) -> None:
    one.trace.append((rule, f"{one.number} → {number}"))
    one.repairs.append(rule)
    one.number, one.symbol, one.form = number, symbol, form


def _split_codes(symbol: str, said: str | None, words: Words) -> str | None:
    """Two letters of a body are enough only where the type word agrees: "Nghị định 5/NĐCP"."""
    if symbol in words.issuer_codes or symbol in words.type_codes:
        return None
    for size in (4, 3, 2):
        kind, body = symbol[:size], symbol[size:]
        least = 2 if said is not None and words.type_codes.get(kind) == said else 3
        if kind in words.type_codes and body in words.issuer_codes and len(body) >= least:
            return f"{kind}-{body}"
    # The shared letter is written once: CTTg for CT-TTg.
    for size in (3, 2):
        kind, body = symbol[:size], symbol[size - 1 :]
        if kind in words.type_codes and body in words.issuer_codes and len(body) > 2:
            return f"{kind}-{body}"
    return None


def _bare(value: str, start: int, end: int, words: Words) -> Mention | None:
    """ "Chỉ thị số 16", "Nghị quyết 18": a type word and a number, nothing that is counted."""
    one = Mention(start, end, start, end, "bare", number=value[start:end], serial=value[start:end])
    said = set_type(one, value, words)
    if one.type is None or not said:
        return None
    apart = words.apart.match(value, end)
    if apart is not None:
        return _hyphen_lost(one, apart)
    if one.type not in words.quoted_bare:
        return None
    has_word = value[one.start : start].rstrip(" \t\n*_:.")[-2:].lower() == SAID
    if not has_word and (one.type not in _BARE or not value[one.start].isupper()):
        return None
    if (
        not has_word
        and value[one.start : start - 1].isupper()
        and not _AFTER_BARE.match(value, end)
    ):
        one.form = "short"
    return one


def _hyphen_lost(one: Mention, apart: re.Match[str]) -> Mention:
    """ "84 QĐ/TWĐTN": a blank where the hyphen of a Party number should be."""
    one.form, one.symbol = "party", apart["symbol"]
    one.number = f"{one.serial}-{one.symbol}"
    one.end = one.number_end = apart.end()
    one.repairs.append("blank-for-hyphen")
    return one


def _without_loose(found: list[Mention]) -> list[Mention]:
    """ "QĐ 20 đang …" is a paper only where a paper of that type and number is named too."""
    named = {(one.type, (one.serial or "").lstrip("0")) for one in found if one.form != "short"}
    kept = []
    for one in found:
        if one.form == "short":
            if (one.type, (one.serial or "").lstrip("0")) not in named:
                continue
            one.form = "bare"
        kept.append(one)
    return kept


def _more_bare(first: Mention, value: str) -> Iterator[Mention]:
    """ "Nghị quyết 18, 19": further bare numbers take the type of the first."""
    place = first.end
    while (match := _ANOTHER.match(value, place)) is not None:
        start, place = match.span("number")
        one = Mention(start, place, start, place, "bare", type=first.type, inherited=True)
        one.number = one.serial = match["number"]
        yield one


def _standards(value: str, words: Words) -> Iterator[Mention]:
    last_end = -1
    for hit in _STANDARD.finditer(value):
        start = hit.start()
        if start < last_end or (start and value[start - 1].isalnum()):
            continue
        match = words.standard.match(value, start)
        if match is None:
            continue
        last_end = match.end()
        number = " ".join(match.group().split()).replace(" :", ":").replace(": ", ":")
        one = Mention(start, last_end, start, last_end, "standard", number=number)
        one.serial = match["number"]
        one.year = int(match["year"]) if match["year"] else None
        head = value[max(0, start - _REACH) : start]
        typed = last_type(head.rstrip(), words) if head.endswith((" ", "\n")) else None
        one.type = "Quy chuẩn" if match["code"].startswith("QC") else "Tiêu chuẩn"
        if typed and typed[0] in ("Tiêu chuẩn", "Quy chuẩn"):
            one.start = start - (len(head) - len(head.rstrip())) - typed[1]
        yield one


def _law(start: int, end: int, name: str, value: str, words: Words) -> Mention:
    kind, _, title = name.partition(" ")
    if name.lower().startswith(("bộ luật", "pháp lệnh", "hiến pháp")):
        kind, second, title = (name + "  ").split(" ", 2)
        kind, title = f"{kind} {second}", title.strip()
    one = Mention(start, end, start, end, "law", type=kind.capitalize(), title=title or None)
    one.title_start, one.title_end = end, end
    year = _YEAR_AT_END.search(value, start + len(name), end)
    if year is None and (beside := words.law_year_beside.match(value, end)):
        year = _YEAR.search(beside[0])
    one.year = int(year[0]) if year else None
    return one


def _belongs_to(law: Mention, one: Mention, value: str) -> bool:
    """Whether a number is that of the law before it: "Luật Đầu tư công số 58/2024/QH15"."""
    if law.form != "law" or not law.end <= one.number_start <= law.end + 8:
        return False
    return value[law.end : one.number_start].strip(" \n*:").lower() in (SAID, "")


def _give_number(law: Mention, one: Mention) -> None:
    law.number, law.serial, law.year, law.symbol = one.number, one.serial, one.year, one.symbol
    law.number_start, law.number_end, law.end = one.number_start, one.number_end, one.number_end
