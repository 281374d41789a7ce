"""Which way up a scanned page lies: a picture in, the same set upright with its words out.

White stripes between the lines of text tell a page that lies sideways; a page put in upside down
gives hardly a syllable. Such a page is read the other ways too, and the one with most syllables
is taken where it is clearly better. Nothing but tesseract's Vietnamese is needed for that, and an
upright page costs no further look.

>>> import numpy as np
>>> page = np.full((60, 40), 255, dtype=np.uint8)
>>> page[10:50, 5:35:6] = 0
>>> def read(grey):
...     words = "Cộng hoà xã hội chủ nghĩa" if grey.shape == (40, 60) else "||| ¡ệ ~"
...     return [Seen(1, (1, 1, 1), 0, 0, 9, 5, 0.9, word) for word in words.split()]
>>> standing = set_upright(page, read)
>>> standing.turns, standing.grey.shape
(1, (40, 60))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from docparse.read.pdf.gate import judge
from docparse.read.pdf.picture import Grey, deskew, ink_of, stripes, without_strokes
from docparse.read.pdf.tesseract import Seen

_ENOUGH = 5  # syllables with a mark: what is upside down has none or next to none
_GOOD = 0.7
_STROKE = 90  # pixels: longer lines are drawn, not written
_CLEARLY = 3  # syllables more than upright, or the page stays as it is


class Standing(NamedTuple):
    """A page turned clockwise by quarter ``turns`` and set straight, and what is read on it."""

    turns: int
    grey: Grey
    seen: list[Seen]
    valid: int
    invalid: int

    @property
    def good(self) -> bool:
        return self.valid >= max(_ENOUGH, _GOOD * (self.valid + self.invalid))

    @property
    def score(self) -> int:
        return self.valid - self.invalid


def set_upright(grey: Grey, read: Callable[[Grey], list[Seen]]) -> Standing:
    """The page the way up in which it makes words; as it lies where none makes more."""
    order = (1, 3, 0, 2) if _is_sideways(grey) else (0, 2, 1, 3)
    tried = []
    for turns in order:
        standing = _stand(grey, turns, read)
        if standing.good:
            return standing
        tried.append(standing)
    tried.sort(key=lambda standing: standing.turns)
    as_is, best = tried[0], max(tried, key=lambda standing: standing.score)
    return best if best.score >= as_is.score + _CLEARLY else as_is


def _is_sideways(grey: Grey) -> bool:
    """Whether the lines of text run down the page."""
    ink = without_strokes(ink_of(grey), _STROKE)
    return stripes(ink.T) > stripes(ink)


def _stand(grey: Grey, turns: int, read: Callable[[Grey], list[Seen]]) -> Standing:
    straight = deskew(np.ascontiguousarray(np.rot90(grey, -turns)))
    seen = read(straight)
    # Tesseract reads some lines that run down the page, too: their words are no proof.
    lying = (word.text for word in seen if word.width > word.height)
    judgement = judge(" ".join(lying))
    return Standing(turns, straight, seen, judgement.valid, judgement.invalid)
