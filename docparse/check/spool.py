"""Values put aside: each gets a number, and comes back when it is asked for by it.

In memory a value is kept as it is. On disk it is kept in a file that has no name and is gone with
the run; then only its number takes room, however many reports are compared.

>>> for spool in (Kept(), Spooled()):
...     places = [spool.add(("SCT", number)) for number in range(3)]
...     spool[places[1]]
...     spool.close()
('SCT', 1)
('SCT', 1)
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Hashable, Iterator
from operator import attrgetter
from tempfile import TemporaryFile
from typing import Any, Generic, Protocol, TypeVar

from docparse.models import Span

Spans = tuple[Span, Span | None]
_Key = TypeVar("_Key", bound=Hashable)

_SIZE = 4  # bytes that say how long a value is
_SPAN = ("start", "end", "origin_start", "origin_end", "line", "line_end", "quote", "page", "bbox")
_parts = attrgetter(*_SPAN)


class Spool(Protocol):
    """Where values are put aside."""

    def add(self, value: object) -> int:
        """Put a value aside; its number."""

    def __getitem__(self, place: int) -> Any:
        """The value of a number."""

    def add_spans(self, spans: Spans) -> int:
        """Put a place aside, and the place of what belongs to it."""

    def spans(self, place: int) -> Spans:
        """The places of a number."""

    def close(self) -> None:
        """Let go of all values."""


class Kept:
    """Values in memory: where the reports are there anyway."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: list[Any] = []

    def add(self, value: object) -> int:
        self._values.append(value)
        return len(self._values) - 1

    def __getitem__(self, place: int) -> Any:
        return self._values[place]

    add_spans = add
    spans = __getitem__

    def close(self) -> None:
        self._values.clear()


class Spooled:
    """Values on disk. Nobody else can open the file, so that what comes back is our own."""

    __slots__ = ("_at_end", "_end", "_file")

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  (it is open as long as the spool is)
        self._end = 0
        self._at_end = True

    def add(self, value: object) -> int:
        packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        place = self._end
        if not self._at_end:
            self._file.seek(place)
            self._at_end = True
        self._file.write(len(packed).to_bytes(_SIZE, "big") + packed)
        self._end += _SIZE + len(packed)
        return place

    def __getitem__(self, place: int) -> Any:
        self._at_end = False
        self._file.seek(place)
        size = int.from_bytes(self._file.read(_SIZE), "big")
        return pickle.loads(self._file.read(size))

    # Places are put aside most of all; plain tuples are written in a fifth of the time of spans.
    def add_spans(self, spans: Spans) -> int:
        first, other = spans
        return self.add((_parts(first), None if other is None else _parts(other)))

    def spans(self, place: int) -> Spans:
        first, other = self[place]
        return _span(first), None if other is None else _span(other)

    def close(self) -> None:
        self._file.close()


class Groups(Generic[_Key]):
    """Numbers together that share a key, in the order in which they came.

    >>> groups = Groups[str]()
    >>> for number, key in enumerate("abcb"):
    ...     groups.add(key, number)
    >>> list(groups.several()), groups["a"], groups["x"]
    ([('b', [1, 3])], [0], [])
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        # Most keys have one number, which takes less room than a list of one.
        self._known: dict[_Key, int | array[int]] = {}

    def add(self, key: _Key, number: int) -> None:
        """Put a number to those of its key."""
        known = self._known.get(key)
        if known is None:
            self._known[key] = number
        elif isinstance(known, int):
            self._known[key] = array("q", (known, number))
        else:
            known.append(number)

    def __getitem__(self, key: _Key) -> list[int]:
        known = self._known.get(key, ())
        return [known] if isinstance(known, int) else list(known)

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._known)

    def several(self) -> Iterator[tuple[_Key, list[int]]]:
        """Each key that has more than one number."""
        for key, known in self._known.items():
            if isinstance(known, array):
                yield key, list(known)


def _span(parts: tuple[Any, ...]) -> Span:
    return Span(**dict(zip(_SPAN, parts, strict=True)))
