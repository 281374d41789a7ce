"""What a rule may say of a relation: it is broken, it held, or it may not be compared.

In go places and values, out come a :class:`~docparse.models.Finding`, a :class:`Held` or an
:class:`Apart`. The fingerprint of a finding is made of its rule and its normalised values,
never of places, so that edits elsewhere do not wake it.

>>> fingerprint("FIG101", ["38", "45", "86,4"]) == fingerprint("FIG101", ["38", "45", "86,4"])
True
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from docparse.models import Apart, Evidence, Finding, Held
from docparse.patterns import Patterns
from docparse.patterns.checks import Check

SEVERITIES = ("error", "warning", "note")
SURE, LIKELY, POSSIBLE, DOUBTFUL = 0.95, 0.8, 0.6, 0.4


Outcome = Finding | Held | Apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check as its rule sees it: who it is, how severe, and the patterns of this call."""

    check: Check
    patterns: Patterns

    @property
    def code(self) -> str:
        return self.check.code

    @property
    def slug(self) -> str:
        return self.check.slug

    def finding(
        self,
        evidence: Iterable[Evidence],
        *,
        key: Iterable[str],
        values: Mapping[str, str],
        equation: str | None = None,
        severity: str | None = None,
        confidence: float = SURE,
        suggestion: str | None = None,
    ) -> Finding:
        """A broken relation with every side of it; ``key`` is what makes it the same finding."""
        return Finding(
            code=self.code,
            name=self.slug,
            severity=severity or self.check.severity,
            confidence=confidence,
            evidence=tuple(evidence),
            equation=equation,
            values=tuple(values.items()),
            fingerprint=fingerprint(self.code, key),
            suggestion=suggestion,
        )

    def held(self, evidence: Iterable[Evidence], equation: str | None = None) -> Held:
        return Held(code=self.code, evidence=tuple(evidence), equation=equation)

    def apart(self, reason: str, evidence: Iterable[Evidence]) -> Apart:
        return Apart(code=self.code, reason=reason, evidence=tuple(evidence))


def fingerprint(code: str, key: Iterable[str]) -> str:
    """A short name for one broken relation, the same wherever it stands."""
    return sha256("\x1f".join((code, *key)).encode()).hexdigest()[:16]
