"""Whose report this is: a subject goes in, a name for its body and place comes out.

The header names the body; where it does not, the report's own symbol does, and where that is
missing too the code that it cites most among the bodies of its level.

>>> own_body.__name__
'own_body'
"""

from __future__ import annotations

import re
from collections import Counter

from docparse.check.issuers import body_code
from docparse.check.subject import Subject
from docparse.check.words import fold
from docparse.models import read_key

_ENOUGH = 3  # citations of one office before they tell whose report it is
_ABOVE = re.compile(r"UBND|HĐND|TU|TW|CP|TTg|QH|UBTVQH|B[A-ZĐ]{2,}|VPCP")


def own_body(report: Subject) -> str | None:
    """The code of the body that reports, with its place: "SCT Đồng Nai"."""
    code = _own_code(report) or _cited_code(report)
    if code is None:
        return fold(report.header.issuer) if report.header.issuer else None
    return code


def own_place(report: Subject) -> str | None:
    """The province of the report, as far as it says: that of its own number before all."""
    said = [
        (one.own, place)
        for one in report.citations
        if one.key and (place := read_key(one.key).place) is not None
    ]
    own = next((place for is_own, place in said if is_own), report.header.place)
    places = Counter(place for _, place in said)
    return own or (places.most_common(1)[0][0] if places else None)


def _own_code(report: Subject) -> str | None:
    symbol = report.header.symbol
    if symbol is None:
        return None
    codes = re.split(r"[-–/]", symbol)
    letter = report.header.type == "Công văn"
    return codes[0] if letter or len(codes) == 1 else codes[1]


def _cited_code(report: Subject) -> str | None:
    counts: Counter[str] = Counter()
    for one in report.citations:
        code = body_code(one.key or "", one.symbol) if one.symbol else None
        if code is not None and not _ABOVE.fullmatch(code):
            counts[code] += 1
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= _ENOUGH else None
