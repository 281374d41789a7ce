"""What the rules of one run have said: outcomes go in one by one, all that was said comes out.

Findings with one fingerprint are one finding with the evidence of all, and a slip that two rules
tell of is told once. What is not severe enough to be shown is put aside, and only its fingerprint
stays; of what held, only how often, unless all of it is wanted.

>>> Tally().checked().findings
()
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from docparse.check.covered import Covered
from docparse.check.outcomes import DOUBTFUL, POSSIBLE, SEVERITIES, Outcome
from docparse.check.overlaps import ECHOING, without_echoes
from docparse.check.spool import Kept, Spool
from docparse.check.subject import Subject
from docparse.models import Apart, Checked, Evidence, Finding, Held, Source


class Tally:
    """Findings, what held and what was covered, as far as they are wanted."""

    def __init__(
        self,
        *,
        shown: Collection[str] = SEVERITIES,
        keep_held: bool = True,
        spool: Spool | None = None,
    ) -> None:
        self._shown = shown
        self._keep_held = keep_held
        self._spool = spool if spool is not None else Kept()
        # By fingerprint: a finding, or the number under which one was put aside; or several.
        self._findings: dict[str, Finding | int | list[Finding | int]] = {}
        self._passed: Counter[str] = Counter()
        self._not_compared = 0
        self._held: list[Held] = []
        self._apart: list[Apart] = []
        self._scans: dict[str, Source] = {}
        self._covered = Covered()

    def add(self, report: Subject) -> None:
        """A report that the rules are to speak of."""
        self._covered.add(report)
        source = report.text.source
        if source.ocr:
            self._scans[report.path] = replace(source, text="", notices=(), grids=(), places=None)

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """What a rule has said."""
        for one in outcomes:
            if isinstance(one, Apart):
                self._not_compared += 1
                if self._keep_held:
                    self._apart.append(one)
                continue
            for each in one.evidence:
                self._covered.take(each)
            if isinstance(one, Finding):
                self._keep(_doubted(one, self._scans))
                continue
            self._passed[one.code] += 1
            if self._keep_held:
                self._held.append(one)

    def checked(self) -> Checked:
        """All that was said, in an order that depends on what was said alone."""
        put_aside, merged = [], []
        for fingerprint, known in self._findings.items():
            if isinstance(known, Finding):
                merged.append(known)
            elif isinstance(known, int) or not any(isinstance(one, Finding) for one in known):
                put_aside.append(fingerprint)
            else:
                merged.append(_merged([self._again(one) for one in known]))
        # The rules took turns; what follows from what is asked in the order of their codes.
        told = list(without_echoes(sorted(merged, key=_code)))
        put_aside += (one.fingerprint for one in told if one.severity not in self._shown)
        shown = (one for one in told if one.severity in self._shown)
        return Checked(
            findings=tuple(sorted(shown, key=_finding_order)),
            put_aside=tuple(put_aside),
            held=tuple(sorted(self._held, key=_code)),
            apart=tuple(sorted(self._apart, key=_code)),
            passed=tuple(sorted(self._passed.items())),
            not_compared=self._not_compared,
            coverage=tuple(self._covered),
        )

    def _keep(self, one: Finding) -> None:
        """A note is put aside, unless it may yet become part of something more severe."""
        needed = one.severity in self._shown or one.code in ECHOING
        kept = one if needed else self._spool.add(one)
        known = self._findings.get(one.fingerprint)
        if known is None:
            self._findings[one.fingerprint] = kept
        elif isinstance(known, list):
            known.append(kept)
        else:
            self._findings[one.fingerprint] = [known, kept]

    def _again(self, kept: Finding | int) -> Finding:
        again: Finding = self._spool[kept] if isinstance(kept, int) else kept
        return again


def _doubted(one: Finding, scans: Mapping[str, Source]) -> Finding:
    """What rests on letters that a machine recognised on a picture is no proof; the finding says
    so, and names the words that were doubtful even to the machine."""
    seen = [each for each in one.evidence if each.report in scans]
    if not seen:
        return one
    doubts = [
        " ".join(each.span.quote.split())
        for each in seen
        if scans[each.report].is_doubtful(each.span.origin_start, each.span.origin_end)
    ]
    return replace(
        one,
        severity="warning" if one.severity == "error" else one.severity,
        confidence=min(one.confidence, DOUBTFUL if doubts else POSSIBLE),
        doubts="; ".join(dict.fromkeys(doubts)),
    )


def _merged(same: Sequence[Finding]) -> Finding:
    """The surest of what was said several times, with the evidence of all."""
    evidence = dict.fromkeys(each for one in same for each in one.evidence)
    return replace(min(same, key=_doubt), evidence=tuple(evidence))


def _doubt(one: Finding) -> tuple[int, float]:
    return SEVERITIES.index(one.severity), -one.confidence


def _code(one: Outcome) -> str:
    return one.code


def _finding_order(one: Finding) -> tuple[int, str, str, int, str]:
    first = min(one.evidence, key=_place)
    return SEVERITIES.index(one.severity), one.code, *_place(first), one.fingerprint


def _place(evidence: Evidence) -> tuple[str, int]:
    return evidence.report, evidence.span.origin_start
