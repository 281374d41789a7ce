"""Sums written out: parts and a stated total go in, the equation comes out.

Words in ⟨brackets⟩ are named in ``patterns/messages.toml`` and said in the reader's language.

>>> from decimal import Decimal
>>> difference([Decimal(14650), Decimal(160)], Decimal(14812))
'14.650 + 160 = 14.810 ≠ 14.812 (⟨short⟩ 2)'
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from docparse.check.rounding import written

_SHOWN = 12  # more parts than these are not written out one by one


def difference(parts: Sequence[Decimal], total: Decimal) -> str:
    """The sum of the parts against the total, and what is missing or too much."""
    added = sum(parts, Decimal(0))
    left = " + ".join(map(written, parts)) if len(parts) <= _SHOWN else f"Σ({len(parts)})"
    if added == total:
        return f"{left} = {written(added)}"
    gap = total - added
    word = "⟨short⟩" if gap > 0 else "⟨over⟩"
    return f"{left} = {written(added)} ≠ {written(total)} ({word} {written(abs(gap))})"
