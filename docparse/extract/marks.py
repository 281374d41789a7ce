"""The small words around digits, as expressions: patterns in, a :class:`Marks` out.

Which words they are ("từ", "đến", "phần trăm", "số", "và") stands in ``patterns/figures.toml``;
here is only how they stand beside digits.

>>> from docparse.patterns import load
>>> bool(marks(load()).percent.match("50 phần trăm", 2))
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docparse.patterns import Patterns

_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"


@dataclass(frozen=True, slots=True)
class Marks:
    """Compiled once for each set of patterns."""

    begins_range: re.Pattern[str]  # "từ " right before a number
    bridge: re.Pattern[str]  # " đến 20" behind a number
    percent: re.Pattern[str]  # "%", " phần trăm"
    same_unit: re.Pattern[str]  # "/10 " and " đến 10 " behind a unit
    unit_gap: re.Pattern[str]  # what may stand between a number and its unit
    parts: re.Pattern[str]  # "; ", "; và "
    out_of: re.Pattern[str]  # " trong số 33" behind a number: the unit stands there


@lru_cache(maxsize=8)
def marks(patterns: Patterns) -> Marks:
    """The expressions of one set of patterns."""
    forms = patterns.forms("figures")
    start, to, percent = (forms.expanded(f"word-{name}") for name in ("from", "to", "percent"))
    number_of, also = forms.expanded("word-number-of"), forms.expanded("word-and")
    return Marks(
        begins_range=re.compile(rf"(?:{start})[ ]\Z"),
        bridge=re.compile(rf"[ ](?:{to})[ ](?P<second>{_NUMBER})(?![/0-9])"),
        percent=re.compile(rf"[ \u00a0*]{{0,2}}%|[ ](?:{percent})(?!\w)"),
        same_unit=re.compile(
            rf"[ ]?(?:(?P<over>/)|(?<=[ ])(?:{to})(?=[ ]))[ ]?(?P<number>{_NUMBER})(?=[ ])"
        ),
        unit_gap=re.compile(rf"[ \u00a0\t*_]{{0,4}}(?:(?:{number_of})(?=[ ][^\W\d])[ ])?"),
        parts=re.compile(rf"\s*;\s*(?:(?:{also})\s+)?"),
        out_of=re.compile(rf"[ ](?:{forms.expanded('word-out-of')})[ ]{_NUMBER}[ ]"),
    )
