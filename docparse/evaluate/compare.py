"""Is it what the gold says? A gold value and a found value in, yes or no out.

Case counts; Unicode form, runs of white space and closing ".:;," do not. A gold text may
be shortened to its beginning and its end.

>>> same("về việc triển khai … Quốc gia", "về việc triển khai\\ngiải pháp Quốc gia.")
True
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from docparse.extract.likeness import indicator_key

_SHORTENED = " … "
_MOST, _ENOUGH = 0.6, 0.3


def fold(text: str) -> str:
    """A text in the form in which texts are compared."""
    return " ".join(normalize("NFC", text).split()).rstrip(".:;, ")


def same(gold: object, found: object) -> bool:
    """Texts, numbers, flags, and lists of them; what is absent is None, or an empty list."""
    if isinstance(gold, str) and isinstance(found, str):
        return _same_text(fold(gold), fold(found))
    if isinstance(gold, list) and isinstance(found, list):
        return len(gold) == len(found) and all(map(same, gold, found))
    return (gold or None) == (found or None)


def same_number(gold: object, found: object) -> bool:
    """Decimal strings by value: "98.0" is "98"."""
    try:
        return Decimal(str(gold)) == Decimal(str(found))
    except InvalidOperation:
        return gold == found


def _same_text(gold: str, found: str) -> bool:
    if _SHORTENED not in gold:
        return gold == found
    return re.fullmatch(".*".join(map(re.escape, gold.split(_SHORTENED))), found) is not None


def same_matter(gold: object, found: object) -> bool:
    """Two phrases for what is counted: most words of the gold, and no more than as many others.

    Abbreviations are written out and words that say nothing left out, as the checks do it.
    """
    if not isinstance(gold, str) or not isinstance(found, str):
        return (gold or None) == (found or None)
    wanted = set(indicator_key(gold.replace(_SHORTENED, " ")).split())
    got = set(indicator_key(found).split())
    if not wanted or not got:
        return fold(gold).lower() == fold(found).lower()
    common = len(wanted & got)
    return common >= _MOST * len(wanted) and common >= _ENOUGH * len(got)


def same_period(gold: object, found: object) -> bool:
    """Start and end; where one of them leaves the start open ("đến ngày …"), the end decides."""
    if not isinstance(gold, list) or not isinstance(found, list):
        return False
    return bool(gold[1] == found[1]) and (gold[0] == found[0] or "" in (gold[0], found[0]))
