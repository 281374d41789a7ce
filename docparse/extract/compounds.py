"""Amounts said in several pieces: "1 tỷ 250 triệu đồng" is one amount, not two.

In go the drafts of figures, out come the same with the pieces joined in the unit of the
last one; and "2,5 tỷ" alone is money, for nothing else is counted so in a report.

>>> from docparse.extract.drafts import scan
>>> from docparse.patterns import load
>>> text = "kinh phí 1 tỷ 250 triệu đồng"
>>> [(one.number.value, one.unit.name) for one in join_amounts(text, scan(text, load(), []).drafts)]
[(Decimal('1250'), 'triệu đồng')]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docparse.extract.drafts import Draft

_BILLION = ("tỷ", "tỉ")
_MONEY = "đồng"


def join_amounts(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the pieces of one amount joined."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and _goes_on(text, joined[-1], draft):
            joined[-1] = _sum(joined[-1], draft)
        else:
            joined.append(draft)
    return [_as_money(draft) for draft in joined]


def _goes_on(text: str, one: Draft, other: Draft) -> bool:
    """A scale word alone, and right behind it a smaller piece: "1 tỷ 250 triệu"."""
    if not (_only_scale(one) and _plain(one) and _plain(other) and one.unit and other.unit):
        return False
    gap = text[one.unit.end : other.numeral.start]
    return not gap.strip() and "\n\n" not in gap and 1 < other.unit.scale < one.unit.scale


def _sum(one: Draft, other: Draft) -> Draft:
    assert one.unit is not None
    assert other.unit is not None
    value = one.number.value * one.unit.scale / other.unit.scale + other.number.value
    return replace(
        other,
        numeral=replace(one.numeral, end=other.numeral.end),
        number=replace(other.number, value=value.quantize(other.number.value)),
        lead=one.lead,
    )


def _as_money(draft: Draft) -> Draft:
    unit = draft.unit
    if unit is None or not _only_scale(draft) or unit.name.lower() not in _BILLION:
        return draft
    name = f"{unit.name} {_MONEY}"
    return replace(draft, unit=replace(unit, name=name, base=_MONEY, kind="money"), kind="money")


def _only_scale(draft: Draft) -> bool:
    """Whether behind the number stands "tỷ" or "triệu" and nothing that it counts."""
    return (
        draft.unit is not None
        and draft.unit.base in ("", draft.unit.name)
        and (draft.unit.scale > 1 and draft.unit.kind == "count" and " " not in draft.unit.name)
    )


def _plain(draft: Draft) -> bool:
    number = draft.number
    return number.denominator is None and number.value_max is None and not number.percent
