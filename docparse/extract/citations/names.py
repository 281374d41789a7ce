"""Known names, found at a place of a text: the longest one wins.

In go the names, out comes where the name that begins at a place ends. Case, white
space, commas and hyphens do not matter, nor does the old or new place of a tone
mark (hoà, hòa); a full stop or a break of the paragraph ends every name.

>>> names = Names(["Sở Y tế", "Sở", "Luật Phòng, chống tham nhũng"])
>>> names.end("của SỞ Y  TẾ tỉnh", 4), names.end("Luật phòng chống tham nhũng", 0)
(12, 27)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from docparse.patterns.syllables import fold

_WORD = re.compile(r"[\s*,&–-]*?(\w+)")
_END = ""  # in the tree of words: a name ends here

Tree = dict[str, "Tree | bool"]


class Names:
    """A tree of words: each name is a path that ends with a mark."""

    __slots__ = ("_tree",)

    def __init__(self, names: Iterable[str]) -> None:
        self._tree: Tree = {}
        for name in names:
            branch = self._tree
            for word in re.findall(r"\w+", name):
                following = branch.setdefault(_folded(word), {})
                assert isinstance(following, dict)
                branch = following
            branch[_END] = True

    def end(self, value: str, start: int) -> int | None:
        """The end of the longest name that begins at ``start``."""
        branch = self._tree
        found = None
        place = start
        while (match := _WORD.match(value, place)) is not None:
            if place == start and match.start(1) != start:
                return None
            following = branch.get(_folded(match[1]))
            if not isinstance(following, dict) or "\n" in match.group():
                break
            branch, place = following, match.end()
            if _END in branch:
                found = place
        return found


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    return fold(word.casefold())
