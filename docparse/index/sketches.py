"""How alike two reports are: folded words in, a small sketch out.

A sketch holds the least of many orders of the report's shingles (MinHash); the share of equal
numbers in two sketches estimates how much of their wording they share. Bands of a sketch are
equal for reports that are worth comparing, and rarely for others.

>>> words = [f"tu {number}" for number in range(200)]
>>> one, two = sketch(words), sketch([*words[:190], "khac"])
>>> likeness(one, one), likeness(one, two) > 0.7, likeness(one, sketch(words[:40])) < 0.5
(1.0, True, True)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from zlib import crc32

SIZE = 64  # numbers a sketch; the estimate errs by about 1/8 at worst
ROWS = 4  # numbers a band: reports that share 80 % meet in one of 16 bands almost surely
BANDS = SIZE // ROWS
_SHINGLE = 3
_MOST = 200_000  # shingles that are looked at
_AT_ONCE = 512  # shingles whose numbers fit into the processor's nearest memory


def sketch(words: Sequence[str]) -> bytes:
    """The sketch of a text; empty for a text without words."""
    import numpy as np

    if not words:
        return b""
    known = {word: crc32(word.encode("utf-8", "replace")) for word in set(words)}
    numbers = np.fromiter(map(known.__getitem__, words), dtype=np.uint64, count=len(words))
    shingles = numbers[: max(1, len(numbers) - _SHINGLE + 1)].copy()
    with np.errstate(over="ignore"):
        for step in range(1, min(_SHINGLE, len(numbers))):
            following = numbers[step : step + len(shingles)]
            shingles = shingles * np.uint64(0x9E3779B97F4A7C15) + following
        if len(shingles) > _MOST:
            shingles = np.unique(shingles)[:_MOST]
        factors, more = _orders()
        least = np.full(SIZE, np.iinfo(np.uint64).max, dtype=np.uint64)
        for start in range(0, len(shingles), _AT_ONCE):
            mixed = factors * shingles[start : start + _AT_ONCE]
            mixed += more
            np.minimum(least, mixed.min(axis=1), out=least)
    return (least >> np.uint64(32)).astype("<u4").tobytes()


def likeness(one: bytes, two: bytes) -> float:
    """The estimated share of shingles that two texts have in common."""
    if not one or len(one) != len(two):
        return 0.0
    pairs = zip(_numbers(one), _numbers(two), strict=True)
    return sum(a == b for a, b in pairs) * 4 / len(one)


def band(sketched: bytes, place: int) -> bytes:
    """One band of a sketch; nothing of an empty one."""
    size = ROWS * 4
    return sketched[place * size : (place + 1) * size]


def _numbers(sketched: bytes) -> memoryview:
    return memoryview(sketched).cast("I")


@lru_cache(maxsize=1)
def _orders() -> tuple[Any, Any]:
    """The same orders in every process: a sketch is kept for years."""
    import numpy as np

    state, made = 20_230_101, []
    for _ in range(SIZE * 2):
        state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFF_FFFF_FFFF_FFFF
        made.append(state)
    pairs = np.array(made, dtype=np.uint64).reshape(SIZE, 2, 1)
    return pairs[:, 0] | np.uint64(1), pairs[:, 1]
