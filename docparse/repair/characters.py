"""Characters that mean something else, or nothing: control marks, odd spaces, loose accents.

In goes the text as read, out come edits. Newlines become ``\\n``, letters are
composed (NFC), invisible characters go, spaces of every width become a space.

>>> repair_characters("Sô\\u0301\\u00a012\\r\\n")
[(1, 3, 'ố', 'compose'), (3, 4, ' ', 'space'), (6, 8, '\\n', 'newline')]
"""

from __future__ import annotations

import re
from unicodedata import combining, is_normalized, normalize

from docparse.repair.draft import Edit

# Old Word files carry bullets of the Symbol and Wingdings fonts as private characters.
_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf02d": "-", "\uf02b": "+"}
_ODD = re.compile(
    "(?P<newline>\r\n?|[\x0b\x0c\x85\u2028\u2029])"
    "|(?P<space>[\xa0\u2000-\u200a\u202f\u205f\u3000])"
    "|(?P<symbol>[\uf0b7\uf0a7\uf0d8\uf02d\uf02b])"
    "|(?P<soft_hyphen>\xad+(?:[ \t]*\n\\s*)?)"
    "|(?P<invisible>[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe]+)"
)
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")


def repair_characters(text: str) -> list[Edit]:
    """Edits that leave only letters, marks of writing, tabs, spaces and newlines."""
    # A text has few distinct characters: they tell at once whether there is anything to do.
    letters = "".join(set(text))
    edits = [_replace(match) for match in _ODD.finditer(text)] if _ODD.search(letters) else []
    if all(is_normalized("NFC", letter) and not combining(letter) for letter in letters):
        return edits
    return sorted(edits + _compose_letters(text))


def _replace(match: re.Match[str]) -> Edit:
    rule = match.lastgroup or ""
    after = {"newline": "\n", "space": " "}.get(rule, "")
    if rule == "symbol":
        after = _SYMBOLS[match.group()]
    return match.start(), match.end(), after, rule.replace("_", "-")


def _compose_letters(text: str) -> list[Edit]:
    edits = []
    for match in _CLUSTER.finditer(text):
        composed = normalize("NFC", match.group())
        if composed != match.group() and not _ODD.match(match.group()):
            edits.append((match.start(), match.end(), composed, "compose"))
    return edits
