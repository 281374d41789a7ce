"""Words that relate figures and papers in a sentence: a name goes in, its expression comes out.

The forms stand in ``patterns/relations.toml``.

>>> from docparse.patterns import load
>>> bool(phrase(load(), "rest").search("02 văn bản còn lại"))
True
"""

from __future__ import annotations

import re

from docparse.patterns import Patterns

_FILE = "relations"


def phrase(patterns: Patterns, name: str) -> re.Pattern[str]:
    """The compiled expression of one form."""
    return patterns.forms(_FILE).pattern(name)
