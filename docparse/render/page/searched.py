"""Words as they are searched; ``page.js`` does the same with what it is asked for.

>>> searched("Một  Văn bản"), fold("một văn bản đã sửa")
('một văn bản', 'mot van ban da sua')
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f]")


def searched(words: str) -> str:
    """On one line, without capitals."""
    return " ".join(unicodedata.normalize("NFC", words).split()).lower()


def fold(words: str) -> str:
    """Without the marks of Vietnamese."""
    return _MARKS.sub("", unicodedata.normalize("NFD", words)).replace("đ", "d")
