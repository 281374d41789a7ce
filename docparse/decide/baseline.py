"""Findings of an earlier time: a file goes in, what was known then comes out.

Two kinds of files are read: a baseline, in which someone has accepted the findings of a day,
and what ``docparse check --format json`` has printed. Findings are known by their fingerprints,
so that the reports may have been edited or moved since.

>>> [one.code for one in read_known({"schema": BASELINE, "findings": []}, "b.json")]
[]
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any

from docparse.decide.files import unreadable
from docparse.errors import SettingsError
from docparse.models import Finding, KnownFinding
from docparse.patterns import Patterns

BASELINE = "docparse.baseline/1"
_RESULT = "docparse.findings/1"
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_Json = Mapping[str, Any]


def read_baseline(path: Path) -> tuple[KnownFinding, ...]:
    """The findings of a baseline, or of an earlier result as JSON."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise unreadable(path, error) from error
    except (ValueError, RecursionError) as error:
        raise SettingsError("baseline-not-json", file=str(path), reason=str(error)) from error
    return read_known(stored, str(path))


def read_known(stored: Any, name: str) -> tuple[KnownFinding, ...]:
    """The same, from the object itself; ``name`` is that of the file, for errors."""
    schema = stored.get("schema") if isinstance(stored, dict) else None
    if schema not in (BASELINE, _RESULT):
        known = f"{BASELINE}, {_RESULT}"
        raise SettingsError("baseline-unknown", file=name, said=str(schema), known=known)
    read = _of_baseline if schema == BASELINE else _of_result
    try:
        found = [read(one) for one in stored["findings"] if one.get("status") != "suppressed"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SettingsError("baseline-damaged", file=name, reason=repr(error)) from error
    return tuple({one.fingerprint: one for one in found}.values())


def baseline_text(findings: Iterable[Finding], patterns: Patterns, *, lang: str = "vi") -> str:
    """What is accepted, as a file: one finding a line, in an order that makes small diffs."""
    kept = [_accepted(one, patterns, lang) for one in findings if one.status != "suppressed"]
    kept.sort(key=lambda one: (one["code"], one["fingerprint"]))
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in kept)
    return f'{{"schema": "{BASELINE}", "findings": [\n{lines}\n]}}\n'


def _accepted(one: Finding, patterns: Patterns, lang: str) -> dict[str, Any]:
    values = {name: patterns.worded(value, lang) for name, value in one.values}
    return {
        "fingerprint": one.fingerprint,
        "code": one.code,
        "message": patterns.checks[one.name].said(lang).message.format_map(values),
        "reports": sorted({file_name(each.report) for each in one.evidence}),
    }


def _of_baseline(stored: _Json) -> KnownFinding:
    return _known(stored, [str(name) for name in stored["reports"]])


def _of_result(stored: _Json) -> KnownFinding:
    return _known(stored, sorted({file_name(each["report"]) for each in stored["evidence"]}))


def _known(stored: _Json, reports: Iterable[str]) -> KnownFinding:
    code, name = str(stored["code"]), str(stored["fingerprint"])
    if not (_CODE.fullmatch(code) and _FINGERPRINT.fullmatch(name)):
        raise ValueError(f"{code} {name}")
    return KnownFinding(
        fingerprint=name,
        code=code,
        message=str(stored["message"]),
        reports=tuple(reports),
    )


def file_name(path: str) -> str:
    """The last part of a path; folders may have moved since, also to another system."""
    return PurePath(path.replace("\\", "/")).name
