"""Numbers in words as figures: "hai mươi ba hồ sơ" goes in, a draft comes out.

Only numbers of two words and more that count something are taken ("một số", "một cửa" are
none), and not where digits beside them say the same: "20 triệu đồng (hai mươi triệu đồng)".

>>> from docparse.patterns import load
>>> [draft.number.value for draft in find_wordings("đã họp hai mươi ba lần", load(), [])]
[Decimal('23')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docparse.extract.drafts import Draft
from docparse.extract.lead import read_lead
from docparse.extract.numbers import Number, parse_number
from docparse.extract.numerals import Numeral
from docparse.extract.spelled import find_spelled
from docparse.extract.units import unit_reader
from docparse.patterns import Patterns

_DIGITS_BEHIND = re.compile(r"[ ]?\([0-9]")
_DIGITS_BEFORE = re.compile(r"[0-9%][^()\n]{0,24}\(\Z")


def find_wordings(
    text: str, patterns: Patterns, taken: Sequence[tuple[int, int]]
) -> Iterator[Draft]:
    """Drafts of the numbers in words outside ``taken``."""
    units = unit_reader(patterns)
    for start, end in find_spelled(text, patterns):
        if any(low < end and start < high for low, high in taken) or _repeated(text, start, end):
            continue
        number = parse_number(" ".join(text[start:end].split()), patterns=patterns)
        if not isinstance(number, Number):
            continue
        unit = None if number.percent else units.read(text, end)
        if not number.percent and (unit is None or not unit.listed):
            continue
        kind = "percent" if number.percent else (unit.kind if unit else "count")
        yield Draft(
            numeral=Numeral(start=start, end=end, number=number),
            number=number,
            kind="ratio" if number.denominator is not None else kind,
            lead=read_lead(text, max(0, start - 48), start, patterns),
            unit=unit,
        )


def _repeated(text: str, start: int, end: int) -> bool:
    """Digits beside the words say the same."""
    before = _DIGITS_BEFORE.search(text, max(0, start - 30), start)
    return _DIGITS_BEHIND.match(text, end) is not None or before is not None
