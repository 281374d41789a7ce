"""Findings as JSON: what the checks said goes in, plain objects and lines come out.

``docs/schema/findings-1.schema.json`` is the schema as a file; a test keeps it fresh, and
``python -m docparse.render.findings FILE`` writes it.

>>> findings_dict(Checked())["passed"]
{'total': 0, 'by_code': {}}
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docparse.models import (
    Apart,
    Checked,
    Coverage,
    Decided,
    Evidence,
    Finding,
    Held,
    KnownFinding,
    Suppression,
)
from docparse.patterns import Patterns, load
from docparse.render.findings_contract import (
    FINDINGS,
    ApartJson,
    CoverageJson,
    DecidedJson,
    EvidenceJson,
    FindingJson,
    FindingsJson,
    HeldJson,
    KnownJson,
    PassedJson,
    SuppressionJson,
)
from docparse.render.jsontext import json_line
from docparse.render.records import span_json
from docparse.render.schema import object_schema


def findings_dict(
    checked: Checked,
    *,
    lang: str = "vi",
    show_passed: bool = False,
    patterns: Patterns | None = None,
) -> dict[str, Any]:
    """What the checks said, as the contract has it; sentences in ``lang``."""
    patterns = patterns or load()
    passed: PassedJson = {"total": checked.all_passed, "by_code": dict(checked.passed)}
    said: FindingsJson = {
        "schema": FINDINGS,
        "findings": [finding_json(one, lang, patterns) for one in checked.findings],
        "passed": passed,
        "coverage": [_coverage(one) for one in checked.coverage],
        "decided": _decided(checked.decided),
    }
    if show_passed:
        passed["checks"] = [_held(one, lang, patterns) for one in checked.held]
        said["not_comparable"] = [_apart(one, lang, patterns) for one in checked.apart]
    return dict(said)


def findings_lines(
    checked: Checked, *, lang: str = "vi", patterns: Patterns | None = None
) -> Iterator[str]:
    """One finding a line."""
    patterns = patterns or load()
    for one in checked.findings:
        yield json_line(finding_json(one, lang, patterns)) + "\n"


def finding_json(one: Finding, lang: str, patterns: Patterns) -> FindingJson:
    """One finding with its sentences."""
    said = patterns.checks[one.name].said(lang)
    values = {name: patterns.worded(value, lang) for name, value in one.values}
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "confidence": one.confidence,
        "title": said.title,
        "message": said.message.format_map(values),
        "equation": one.equation and patterns.worded(one.equation, lang),
        "question": said.question.format_map(values),
        "innocent": [*_misread(one, lang, patterns), *said.innocent],
        "suggestion": one.suggestion,
        "evidence": [_evidence(each) for each in one.evidence],
        "fingerprint": one.fingerprint,
        "status": one.status,
        "suppression": _suppression(one.suppression) if one.suppression else None,
    }


def _misread(one: Finding, lang: str, patterns: Patterns) -> Iterator[str]:
    """That a scan may have been misread, and where its reader doubted itself."""
    if one.doubts is not None:
        code = "findings-doubtful" if one.doubts else "findings-scanned"
        yield patterns.message(code, lang, words=one.doubts)


def _decided(one: Decided) -> DecidedJson:
    return {
        "resolved": [_known(each) for each in one.resolved],
        "unsought": one.unsought,
        "hidden": one.hidden,
        "unused": [_suppression(each) for each in one.unused],
        "expired": [_suppression(each) for each in one.expired],
    }


def _suppression(one: Suppression) -> SuppressionJson:
    return {
        "fingerprint": one.fingerprint,
        "reason": one.reason,
        "who": one.who,
        "until": one.until.isoformat() if one.until else None,
        "code": one.code,
        "note": one.note,
    }


def _known(one: KnownFinding) -> KnownJson:
    return {
        "code": one.code,
        "message": one.message,
        "reports": list(one.reports),
        "fingerprint": one.fingerprint,
    }


def _evidence(one: Evidence) -> EvidenceJson:
    return {"report": one.report, "role": one.role, "span": span_json(one.span)}


def _held(one: Held, lang: str, patterns: Patterns) -> HeldJson:
    evidence = [_evidence(each) for each in one.evidence]
    equation = one.equation and patterns.worded(one.equation, lang)
    return {"code": one.code, "equation": equation, "evidence": evidence}


def _apart(one: Apart, lang: str, patterns: Patterns) -> ApartJson:
    evidence = [_evidence(each) for each in one.evidence]
    reason = patterns.message(f"apart-{one.reason}", lang)
    return {"code": one.code, "reason": reason, "evidence": evidence}


def _coverage(one: Coverage) -> CoverageJson:
    return {
        "report": one.report,
        "figures": one.figures,
        "figures_checked": one.figures_checked,
        "citations": one.citations,
        "citations_checked": one.citations_checked,
        "tables": one.tables,
        "tables_checked": one.tables_checked,
    }


def findings_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the whole object."""
    return object_schema(FindingsJson, FINDINGS)


def findings_schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(findings_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(findings_schema_text(), encoding="utf-8")
