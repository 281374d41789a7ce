"""The words right before a number that change how it is read.

A text and the place of a number go in; its qualifier ("tối thiểu"), whether it is a rank or a
change, and where these words begin come out.

>>> from docparse.patterns import load
>>> lead = read_lead("Hồ sơ đạt tối thiểu 97%", 0, 20, load())
>>> lead.qualifier, lead.start
('tối thiểu', 6)
"""

from __future__ import annotations

from dataclasses import dataclass

from docparse.extract.scan import union
from docparse.patterns import Patterns

_STEPS = 4  # words of this sort stand in a row: "đạt từ trên"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What stands before a number; ``start`` is where these words begin."""

    start: int
    qualifier: str | None = None
    rank: str | None = None
    change: str | None = None
    cue: bool = False
    times: bool = False

    def __bool__(self) -> bool:
        return self.cue or bool(self.qualifier or self.rank or self.change)


def read_lead(text: str, floor: int, position: int, patterns: Patterns) -> Lead:
    """Read the words before ``position`` from right to left, as long as they are known."""
    forms = union(patterns, "figures", "qualifier", "rank", "change", "cue")
    found: dict[str, str] = {}
    start = position
    for _ in range(_STEPS):
        match = forms.before(text, floor, start, words=4)
        if match is None:
            colon = text[max(floor, start - 3) : start].rstrip(" *_")
            if colon.endswith(":"):
                found.setdefault("cue", ":")
            break
        start, kind = match.start, match.form.kind or ""
        words = " ".join(text[match.start : match.end].split())
        found.setdefault(kind, words if kind == "rank" else match.form.name)
        if kind.startswith("qualifier"):
            found.setdefault("qualifier", match.form.name)
    return Lead(
        start=start,
        qualifier=found.get("qualifier"),
        rank=found.get("rank"),
        change=found.get("change"),
        cue="cue" in found,
        times="qualifier:times" in found,
    )
