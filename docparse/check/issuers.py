"""Which bodies a name and a symbol stand for: words in, the ids of issuers out.

A head stands for his body: a document "của Chủ tịch UBND tỉnh" carries the code UBND.

>>> from docparse.patterns import load
>>> sorted(named("Giám đốc Sở Công Thương", load()))
['so-cong-thuong']
>>> body_code("state:899/KH-SCT@2021", "KH-SCT")
'SCT'
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from docparse.check.words import fold
from docparse.patterns import Patterns
from docparse.patterns.tables import Issuer

_CLEAR = 3  # letters of a code that cannot be mistaken; TC or NN have meant many bodies
_AHEAD = timedelta(days=365)  # by which a body may have gone before the usual day
_SHORT = ("CP", "TU", "TW", "QH")
_JOINT = 2  # codes of a state symbol: its type and its body; more are several bodies


def body_code(key: str, symbol: str) -> str | None:
    """The code of the body that a symbol names; None where it names several."""
    codes = re.split(r"[-–/]", symbol)
    if key.startswith("letter:") and len(codes) >= _JOINT:
        return codes[0]
    if key.startswith(("state:", "legal:")) and len(codes) == _JOINT:
        return codes[1]
    if key.startswith("party:") and len(codes) >= _JOINT:
        return codes[1]
    return None


@lru_cache(maxsize=4096)
def named(name: str, patterns: Patterns) -> frozenset[str]:
    """The ids of the bodies that a name may mean: the first one it names, in its longest form.

    "Tổ giúp việc Ban Chỉ đạo" is the group, not the committee that it helps.
    """
    said = f" {fold(name)} "
    places = [(said.find(f" {words} "), -len(words), row) for words, row in _by_words(patterns)]
    found = [place for place in places if place[0] >= 0]
    best = min((place[:2] for place in found), default=None)
    return frozenset(row for start, length, row in found if (start, length) == best)


@lru_cache(maxsize=1024)
def coded(code: str, patterns: Patterns) -> frozenset[str]:
    """The ids of the bodies that use a code."""
    return frozenset(row.id for row in patterns.issuers if code in row.codes)


def agree(name: str, code: str, patterns: Patterns, said_on: date | None = None) -> bool | None:
    """Whether a name and a code can be one body; None where one of them is not known.

    ``said_on`` is the day of who speaks: a body has its successor's name only from then on.
    """
    if len(code) < _CLEAR and code not in _SHORT:
        return None
    bodies, owners = named(name, patterns), coded(code, patterns)
    if not bodies or not owners:
        return None
    rows = {row.id: row for row in patterns.issuers}
    shared = {other for body in bodies for other in rows[body].codes}
    # Before 2010 the letters of a department had the code of its ministry: LĐTBXH for SLĐTBXH.
    known = code in shared or f"S{code}" in shared
    return bool(bodies & owners) or known or _related(bodies, owners, rows, said_on)


def _related(
    bodies: frozenset[str],
    owners: frozenset[str],
    rows: dict[str, Issuer],
    said_on: date | None,
) -> bool:
    """A body and its successor, once there is one."""
    pairs = ((bodies, owners), (owners, bodies))
    return any(
        not _is_before(said_on, rows[old].valid_to) and bool(set(rows[old].successor) & new)
        for olds, new in pairs
        for old in olds
    )


def _is_before(said_on: date | None, ended: date | None) -> bool:
    """Clearly before: some provinces merged their departments months ahead of the others."""
    return said_on is not None and ended is not None and said_on < ended - _AHEAD


@lru_cache(maxsize=8)
def _by_words(patterns: Patterns) -> tuple[tuple[str, str], ...]:
    rows = []
    for row in patterns.issuers:
        if row.level != "unit":
            rows += [(fold(words), row.id) for words in (row.name, *row.written)]
    return tuple((words, row) for words, row in rows if " " in words or words in ("ubnd", "hdnd"))
