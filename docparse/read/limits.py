"""How much one file may cost: the numbers that every reader and the cage keep to.

Numbers come in by name, a :class:`Limits` goes out. Without any, those of the variable
``DOCPARSE_LIMITS`` hold ("seconds=60,memory=2000000000"), else the ones written here.

>>> Limits().seconds_for(2_000_000)
19.0
>>> read_limits("seconds=60").seconds
60.0
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

from docparse.errors import UsageError

VARIABLE = "DOCPARSE_LIMITS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits for one file; sizes in bytes.

    ``seconds`` counts from the last sign of progress, ``total_seconds`` from the beginning.
    ``files`` is after how many files a child is replaced by a fresh one, so that memory comes
    back whatever a library keeps. ``pages`` and ``pixels`` bound a PDF: how many pages are read,
    and how large the picture of a scanned one may be.
    """

    seconds: float = 9.0
    seconds_per_megabyte: float = 5.0
    total_seconds: float = 1800.0
    memory: int = 1_000_000_000
    output: int = 400_000_000
    files: int = 100
    pages: int = 5_000
    pixels: int = 30_000_000

    def seconds_for(self, size: int) -> float:
        """The time for a file of so many bytes, without a sign of progress."""
        whole = self.seconds + self.seconds_per_megabyte * (size // 1_000_000)
        return min(whole, self.total_seconds)


def default_limits() -> Limits:
    """What holds where the caller says nothing."""
    return read_limits(os.environ.get(VARIABLE, ""))


def read_limits(said: str) -> Limits:
    """The limits that a text of the form ``seconds=60,files=10`` names."""
    kinds = {field.name: float if field.type == "float" else int for field in fields(Limits)}
    values: dict[str, float | int] = {}
    for part in filter(None, said.split(",")):
        name, _, value = part.partition("=")
        try:
            number = kinds[name.strip()](value)
        except (KeyError, ValueError) as error:
            known = ", ".join(kinds)
            raise UsageError("unknown-limit", said=part, known=known) from error
        if number <= 0:
            raise UsageError("unknown-limit", said=part, known=", ".join(kinds))
        values[name.strip()] = number
    return Limits(**values)  # type: ignore[arg-type]
