"""Printed numbers as intervals: decimals as written go in, what they can stand for comes out.

"98,91" may be a rounded value between 98,905 and 98,915 or a truncated one from 98,91 to 98,92.
Counts are exact; other printed numbers are known to half their last digit.

>>> from decimal import Decimal
>>> fits(share(exact(Decimal(38)), exact(Decimal(45))), Decimal("84.4"))
'rounded'
>>> fits(share(exact(Decimal(14659)), exact(Decimal(14824))), Decimal("98.88"))
'truncated'
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high


def exact(value: Decimal) -> Interval:
    return Interval(value, value)


def unit_of(value: Decimal) -> Decimal:
    """One of the last digit printed: 0.01 for 98,91."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def rounded(value: Decimal) -> Interval:
    """What a rounded number can stand for."""
    half = unit_of(value) / 2
    return Interval(value - half, value + half)


def truncated(value: Decimal) -> Interval:
    """What a number with its tail cut off can stand for."""
    return Interval(value, value + unit_of(value))


def measured(value: Decimal) -> Interval:
    """A count is exact, a number with decimals is known to half its last digit."""
    return exact(value) if value == value.to_integral_value() else rounded(value)


def share(part: Interval, whole: Interval) -> Interval:
    """Part of whole in percent."""
    return Interval(part.low / whole.high * _HUNDRED, part.high / whole.low * _HUNDRED)


def fits(value: Interval, printed: Decimal) -> str | None:
    """ "rounded" or "truncated" where the printed number can stand for the value."""
    if value.meets(rounded(printed)):
        return "rounded"
    return "truncated" if value.meets(truncated(printed)) else None


def as_printed(value: Decimal, like: Decimal) -> Decimal:
    """A value rounded to the digits of another, at least one behind the comma."""
    return value.quantize(min(unit_of(like), Decimal("0.1")), rounding=ROUND_HALF_UP)


def written(value: Decimal) -> str:
    """A number as Vietnamese papers write it.

    >>> written(Decimal("14810")), written(Decimal("84.40"))
    ('14.810', '84,40')
    """
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))
