"""Text of a report inside HTML: nothing of it can become markup, nothing of it stays unseen.

>>> shown_text("a < b\\u202ec")
'a &lt; b<span class="unseen">[U+202E]</span>c'
>>> attribute('"x"\\u200b')
'&quot;x&quot;[U+200B]'
"""

from __future__ import annotations

import re
from html import escape

# Controls, marks that turn the direction of writing, and signs without width: what a reader
# cannot see may make a text look like another one, so it is spelt out.
UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e007f"
)
_SPECIAL = re.compile(f"[&<>\"'{UNSEEN}]")


def shown_text(words: str) -> str:
    """Words between tags."""
    return _SPECIAL.sub(_sign, words)


def attribute(words: str) -> str:
    """Words in an attribute, between quotation marks."""
    return _SPECIAL.sub(lambda sign: spelt_out(sign) or escape(sign[0]), words)


def _sign(sign: re.Match[str]) -> str:
    shown = spelt_out(sign)
    return f'<span class="unseen">{shown}</span>' if shown else escape(sign[0])


def spelt_out(sign: re.Match[str]) -> str:
    """The code of a character that cannot be seen; nothing for one that only needs escaping."""
    return "" if sign[0].isascii() and sign[0].isprintable() else f"[U+{ord(sign[0]):04X}]"
