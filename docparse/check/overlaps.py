"""One slip told by two rules at one place becomes one finding, with the evidence of both.

Findings go in; out come the same without those that only follow from another. A paper under the
wrong body's symbol also breaks the order of that body's register: whoever reads of the symbol need
not read of the order. What one of the two proves, both have proved.

>>> list(without_echoes([]))
[]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from docparse.check.outcomes import SEVERITIES
from docparse.models import Finding

# What explains, and what follows from it where both speak of one place.
_ECHOES = (
    ("CIT504", "REG602"),
    ("CIT504", "REG601"),
    ("REG602", "REG601"),
    ("CIT503", "CIT505"),
)
ECHOING = frozenset(code for pair in _ECHOES for code in pair)
_BESIDE = "neighbour"  # of several that contradict one entry, none is the slip


def without_echoes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each slip once; what joins another finding leaves it its evidence."""
    kept = list(findings)
    codes = {one.code for one in kept}
    for cause, echo in _ECHOES:
        if cause not in codes or echo not in codes:
            continue
        for other in [one for one in kept if one.code == echo]:
            found = (one for one in kept if one.code == cause and _touch(one, other))
            if (first := next(found, None)) is not None:
                kept = _joined(kept, first, other)
    yield from kept


def _joined(kept: Sequence[Finding], cause: Finding, echo: Finding) -> list[Finding]:
    """The list with the cause alone: as severe as the worse of the two, with every place."""
    places = {(each.report, each.span.start, each.span.end) for each in cause.evidence}
    more = [
        each
        for each in echo.evidence
        if (each.report, each.span.start, each.span.end) not in places
    ]
    worse = min((cause, echo), key=lambda one: (SEVERITIES.index(one.severity), -one.confidence))
    joined = replace(
        cause,
        severity=worse.severity,
        confidence=worse.confidence,
        evidence=(*cause.evidence, *more),
        suggestion=cause.suggestion or echo.suggestion,
    )
    return [joined if one is cause else one for one in kept if one is not echo]


def _touch(cause: Finding, echo: Finding) -> bool:
    """Whether the place of a slip is among the places of what follows from it."""
    first = cause.evidence[0]
    beside = [each for each in echo.evidence if each.role == _BESIDE]
    places = echo.evidence if len(beside) == 1 else [e for e in echo.evidence if e not in beside]
    return any(
        first.report == each.report
        and first.span.start < each.span.end
        and each.span.start < first.span.end
        for each in places
    )
