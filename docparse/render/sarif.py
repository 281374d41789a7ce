"""Findings as SARIF 2.1.0, which editors and systems that keep findings read.

What the checks said and the sources go in, the log comes out as plain objects, the same for the
same input: no times, no folders of this machine. Places in text files have lines and columns,
both from 1 and counted in characters; in other files (PDF, Word, sheets) they have a page where
it is known, and their words. Every side of a finding is a related location.

>>> sarif_log(Checked(), {}, version="0.1.0")["runs"][0]["columnKind"]
'unicodeCodePoints'
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docparse.models import Checked, Evidence, Finding, KnownFinding, Source, Span, Suppression
from docparse.patterns import Patterns, load
from docparse.patterns.checks import Check
from docparse.render.findings import finding_json
from docparse.render.rules import rule_text

SCHEMA_URI = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FINGERPRINT = "docparseFinding/v1"
_BASE = "REPORTS"
_CHARSETS = ("utf-8", "utf-16", "windows-1258")  # as IANA has them; old fonts have no such name
_STATES = {"new": "new", "known": "unchanged", "suppressed": "unchanged"}


def sarif_log(
    checked: Checked,
    sources: Mapping[str, Source],
    *,
    version: str,
    failures: Iterable[str] = (),
    lang: str = "vi",
    folder: Path | None = None,
    patterns: Patterns | None = None,
) -> dict[str, Any]:
    """The log of one run; ``sources`` are the files by path, ``failures`` what was not read."""
    run = _Run(sources, lang, folder or Path(), patterns or load())
    return {
        "$schema": SCHEMA_URI,
        "version": "2.1.0",
        "runs": [run.json(checked, version, failures)],
    }


class _Run:
    """Writes one run in one language; files and rules are named by their places in its lists."""

    def __init__(
        self, sources: Mapping[str, Source], lang: str, folder: Path, patterns: Patterns
    ) -> None:
        self.sources = sources
        self.lang = lang
        self.patterns = patterns
        self.addresses = _addresses(list(sources), folder)
        self.places = {path: index for index, path in enumerate(sources)}
        self.rules = sorted(patterns.checks.values(), key=lambda check: check.code)
        self.by_code = {check.code: index for index, check in enumerate(self.rules)}

    def json(self, checked: Checked, version: str, failures: Iterable[str]) -> dict[str, Any]:
        compared = checked.decided.compared
        results = [self.result(one, compared=compared) for one in checked.findings]
        results += [self.absent(one) for one in checked.decided.resolved]
        return {
            "tool": {
                "driver": {
                    "name": "docparse",
                    "semanticVersion": version,
                    "language": self.lang,
                    "rules": [self.rule(check) for check in self.rules],
                }
            },
            "language": self.lang,
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {_BASE: {"description": self.words("sarif-base")}},
            "invocations": [self.invocation(checked, failures)],
            "artifacts": [self.artifact(path) for path in self.sources],
            "results": results,
        }

    # Rules and files

    def rule(self, check: Check) -> dict[str, Any]:
        """A rule with its help in both languages, that of the run first."""
        said = check.said(self.lang)
        languages = ("en", "vi") if self.lang == "en" else ("vi", "en")
        pages = [rule_text(check, lang=lang, patterns=self.patterns) for lang in languages]
        return {
            "id": check.code,
            "name": check.slug,
            "shortDescription": _message(said.title),
            "fullDescription": _message(said.why),
            "help": _message("\n".join(pages)),
            "defaultConfiguration": {"level": check.severity},
        }

    def artifact(self, path: str) -> dict[str, Any]:
        source = self.sources[path]
        made: dict[str, Any] = {
            "location": {"uri": self.addresses[path], "uriBaseId": _BASE},
            "roles": ["analysisTarget"],
            "hashes": {"sha-256": source.sha256},
        }
        if source.lined and source.encoding in _CHARSETS:
            made["encoding"] = source.encoding
        return made

    def invocation(self, checked: Checked, failures: Iterable[str]) -> dict[str, Any]:
        """What could not be read, and decisions that need a look."""
        unread = [{"level": "error", "message": _message(text)} for text in failures]
        decided = [
            {"level": "warning", "message": self.decision(kind, one)}
            for kind, decisions in (
                ("unused", checked.decided.unused),
                ("expired", checked.decided.expired),
            )
            for one in decisions
        ]
        return {
            "executionSuccessful": not unread,
            "toolExecutionNotifications": unread,
            "toolConfigurationNotifications": decided,
        }

    def decision(self, kind: str, one: Suppression) -> dict[str, str]:
        values = {"fingerprint": one.fingerprint, "reason": one.reason, "until": one.until}
        return self.words(f"findings-{kind}", **values)

    # Results

    def result(self, one: Finding, *, compared: bool) -> dict[str, Any]:
        said = finding_json(one, self.lang, self.patterns)
        made: dict[str, Any] = {
            "ruleId": one.code,
            "ruleIndex": self.by_code[one.code],
            "level": one.severity,
            "rank": round(one.confidence * 100, 1),
            "message": _message(said["message"]),
            "locations": [self.location(one.evidence[0])],
            "relatedLocations": [
                {"id": number, **self.location(each)} for number, each in enumerate(one.evidence, 1)
            ],
            "partialFingerprints": {_FINGERPRINT: one.fingerprint},
            "suppressions": [_suppression(one.suppression)] if one.suppression else [],
            "properties": {
                "confidence": one.confidence,
                "equation": said["equation"],
                "question": said["question"],
                "innocent": said["innocent"],
                "suggestion": said["suggestion"],
            },
        }
        if compared:
            made["baselineState"] = _STATES[one.status]
        return made

    def absent(self, one: KnownFinding) -> dict[str, Any]:
        """A finding of the baseline that is no more."""
        made: dict[str, Any] = {
            "ruleId": one.code,
            "message": _message(one.message),
            "partialFingerprints": {_FINGERPRINT: one.fingerprint},
            "suppressions": [],
            "baselineState": "absent",
        }
        if one.code in self.by_code:
            made["ruleIndex"] = self.by_code[one.code]
        return made

    def location(self, one: Evidence) -> dict[str, Any]:
        """A place with its words; lines and columns only where an editor has them, too."""
        address: dict[str, Any] = {"uri": self.addresses[one.report], "uriBaseId": _BASE}
        physical: dict[str, Any] = {"artifactLocation": address}
        if one.report in self.places:
            address["index"] = self.places[one.report]
        source = self.sources.get(one.report)
        text = one.span.quote
        made: dict[str, Any] = {"physicalLocation": physical}
        properties: dict[str, Any] = {"role": one.role}
        if source is not None and source.lined:
            physical["region"] = _region(source.text, one.span)
        elif one.span.page is not None:
            properties["page"] = one.span.page
            text = f"{self.patterns.message('findings-page', self.lang)} {one.span.page}: {text}"
        return {**made, "message": _message(text), "properties": properties}

    def words(self, code: str, **values: object) -> dict[str, str]:
        return _message(self.patterns.message(code, self.lang, **values))


def _message(text: str) -> dict[str, str]:
    """Words as they are: no braces to be filled, no brackets that make a link.

    >>> _message("[12](3) {0}")
    {'text': '[12] (3) {{0}}'}
    """
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _region(text: str, span: Span) -> dict[str, Any]:
    """Lines and columns from 1; the last column is the one behind the last character."""
    last = max(span.origin_start, span.origin_end - 1)
    end = text.rfind("\n", 0, last) + 1
    return {
        "startLine": span.line,
        "startColumn": span.origin_start - text.rfind("\n", 0, span.origin_start),
        "endLine": span.line + text.count("\n", span.origin_start, last),
        "endColumn": span.origin_end - end + 1,
        "snippet": {"text": span.quote},
    }


def _suppression(one: Suppression) -> dict[str, Any]:
    made: dict[str, Any] = {
        "kind": "external",
        "status": "accepted",
        "justification": one.reason,
    }
    said = {"who": one.who, "until": one.until.isoformat() if one.until else None}
    kept = {name: value for name, value in said.items() if value}
    return {**made, "properties": kept} if kept else made


def _addresses(paths: Sequence[str], folder: Path) -> dict[str, str]:
    """Each path as a relative, percent-encoded address, seen from ``folder`` or, if some files
    lie elsewhere, from the folder that they share; standard input is called "-"."""
    files = {path: _absolute(path, folder) for path in paths if path != "-"}
    base = os.path.normpath(folder.absolute())
    if not all(_below(file, base) for file in files.values()):
        base = _shared([os.path.dirname(file) for file in files.values()])  # noqa: PTH120
    return {"-": "-"} | {path: _address(file, base) for path, file in files.items()}


def _absolute(path: str, folder: Path) -> str:
    return os.path.normpath(folder.absolute() / path)


def _below(file: str, base: str) -> bool:
    return Path(file).is_relative_to(base)


def _shared(folders: Sequence[str]) -> str:
    """The folder above all; none on Windows where files lie on several drives."""
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return ""


def _address(file: str, base: str) -> str:
    seen = Path(file).relative_to(base) if base and _below(file, base) else Path(Path(file).name)
    return quote(os.fsencode(seen.as_posix()), safe="/")
