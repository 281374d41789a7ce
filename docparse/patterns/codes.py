"""Codes that two bodies would both answer to: issuers in, each code with the body that has it, out.

UBND stands for a province and for a commune, and a code passes to who comes after. But two bodies
of one level and one time cannot share a code unless the entry says so, for the number of a paper
would no longer tell whose it is.

>>> one = Issuer(id="a", name="Sở A", level="province", codes=("SA",))
>>> [(code, other.id) for code, other in taken(Issuer(id="b", name="Sở B", level="province",
...                                                   codes=("SA",)), [one])]
[('SA', 'a')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from docparse.patterns.tables import Issuer


def taken(one: Issuer, others: Sequence[Issuer]) -> Iterator[tuple[str, Issuer]]:
    """The codes of a body that another of its level and its time has, with that other one."""
    rows = {row.id: row for row in (*others, one)}
    for code in one.codes:
        for other in others:
            if code in other.codes and _collides(code, one, other, rows):
                yield code, other
                break


def _collides(code: str, one: Issuer, other: Issuer, rows: dict[str, Issuer]) -> bool:
    if one.id == other.id or one.level != other.level or code in (*one.shared, *other.shared):
        return False
    if not _meet(one, other) or _follows(one, other, rows) or _follows(other, one, rows):
        return False
    return not (_under(code, one, rows) or _under(code, other, rows))


def _meet(one: Issuer, other: Issuer) -> bool:
    """Whether there was a day on which both existed."""
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_to or date.max, other.valid_to or date.max)


def _follows(one: Issuer, other: Issuer, rows: dict[str, Issuer]) -> bool:
    """Whether ``one`` came after ``other``, at once or later."""
    seen: set[str] = set()
    next_ones = list(other.successor)
    while next_ones:
        name = next_ones.pop()
        if name == one.id:
            return True
        if name in rows and name not in seen:
            seen.add(name)
            next_ones += rows[name].successor
    return False


def _under(code: str, one: Issuer, rows: dict[str, Issuer]) -> bool:
    """A standing committee signs with the code of its committee."""
    above = rows.get(one.parent or "")
    return above is not None and code in above.codes
