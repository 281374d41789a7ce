"""Which findings are new, known or suppressed, and what nobody answers to any more.

Findings, decisions and a baseline go in, the same findings come out with their status. Run it
on all findings that the checks made, also those that are put aside: a finding that is only
hidden has not gone.

>>> decide(Checked(), [Suppression(fingerprint="3efc7affab24421d", reason="Đã hỏi.")],
...        today=date(2024, 1, 1)).decided.unused[0].reason
'Đã hỏi.'
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from docparse.decide.baseline import file_name
from docparse.models import Checked, Decided, Finding, KnownFinding, Suppression


def decide(
    checked: Checked,
    suppressions: Iterable[Suppression] = (),
    baseline: Iterable[KnownFinding] | None = None,
    *,
    codes: Collection[str] | None = None,
    today: date | None = None,
) -> Checked:
    """``codes`` are the checks that ran (None: all); ``today`` is when decisions must hold."""
    decisions = tuple(suppressions)
    expired = tuple(one for one in decisions if one.until and one.until < (today or date.today()))
    valid = {one.fingerprint: one for one in decisions if one not in expired}
    known = {one.fingerprint: one for one in baseline or ()}
    found = {one.fingerprint for one in checked.findings} | set(checked.put_aside)
    gone = [one for name, one in known.items() if name not in found]
    names = {file_name(one.report) for one in checked.coverage}
    resolved = [one for one in gone if _sought(one, names, codes)]
    unused = [one for name, one in valid.items() if name not in found and _ran(one.code, codes)]
    return replace(
        checked,
        findings=tuple(_with_status(one, valid, known) for one in checked.findings),
        decided=Decided(
            compared=baseline is not None,
            resolved=tuple(resolved),
            unsought=len(gone) - len(resolved),
            hidden=sum(_status(name, valid, known) == "new" for name in checked.put_aside),
            unused=tuple(unused),
            expired=expired,
        ),
    )


def _with_status(
    one: Finding, valid: Mapping[str, Suppression], known: Mapping[str, KnownFinding]
) -> Finding:
    status = _status(one.fingerprint, valid, known)
    return replace(one, status=status, suppression=valid.get(one.fingerprint))


def _status(
    fingerprint: str, valid: Mapping[str, Suppression], known: Mapping[str, KnownFinding]
) -> str:
    decision = valid.get(fingerprint)
    if decision is not None and decision.settles:
        return "suppressed"
    return "known" if fingerprint in known else "new"


def _sought(one: KnownFinding, names: Collection[str], codes: Collection[str] | None) -> bool:
    """Whether this run would have found it: its check ran, and on all of its files."""
    return _ran(one.code, codes) and all(name in names for name in one.reports)


def _ran(code: str | None, codes: Collection[str] | None) -> bool:
    """A decision that names no check can only be missed where all checks ran."""
    return codes is None or (code is not None and code in codes)
