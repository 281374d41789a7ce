"""Check reports against themselves and each other: files or reports go in, findings come out.

Behind ``docparse check``. Notes are left out unless asked for; a file that cannot be read is
kept with its reason and does not stop the others.

>>> check().findings
()
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from docparse.check import Subject, run
from docparse.errors import ReadError, UsageError
from docparse.models import Checked, Finding
from docparse.patterns import Patterns, load
from docparse.patterns.checks import Check
from docparse.pipeline import parse_folder
from docparse.read import Limits
from docparse.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What the checks said of a set, the reports that were read, and what could not be."""

    checked: Checked
    reports: tuple[Report, ...]
    failures: tuple[ReadError, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Errors first, then warnings, then notes."""
        return self.checked.findings

    def to_dict(self, *, lang: str = "vi", show_passed: bool = False) -> dict[str, Any]:
        """The findings as the contract has them (``docparse.findings/1``)."""
        from docparse.render.findings import findings_dict

        return findings_dict(self.checked, lang=lang, show_passed=show_passed)

    def text(self, *, lang: str = "vi", colours: bool = False, show_passed: bool = False) -> str:
        """The findings for reading, each place with its line."""
        from docparse.render.findings_text import findings_text

        sources = {report.source.path: report.source.text for report in self.reports}
        return findings_text(
            self.checked, sources, lang=lang, colours=colours, show_passed=show_passed
        )


def check(
    *what: Report | str | Path,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    notes: bool = False,
    encoding: str | None = None,
    password: str | None = None,
    limits: Limits | None = None,
    patterns: Patterns | None = None,
) -> CheckResult:
    """Check reports, files and folders as one set; codes may be cut short ("FIG")."""
    patterns = patterns or load()
    codes = chosen_codes(patterns, select, ignore)
    reports: list[Report] = [one for one in what if isinstance(one, Report)]
    failures: list[ReadError] = []
    paths = [one for one in what if not isinstance(one, Report)]
    read_all = partial(parse_folder, encoding=encoding, password=password, limits=limits)
    for read in read_all(*paths, patterns=patterns) if paths else ():
        if isinstance(read, Report):
            reports.append(read)
        else:
            failures.append(read)
    checked = run([_subject(report) for report in reports], codes=codes, patterns=patterns)
    if not notes:
        kept = tuple(one for one in checked.findings if one.severity != "note")
        checked = replace(checked, findings=kept)
    return CheckResult(checked=checked, reports=tuple(reports), failures=tuple(failures))


def chosen_codes(
    patterns: Patterns, select: Iterable[str], ignore: Iterable[str]
) -> frozenset[str]:
    """The codes that begin with one of ``select`` (none: all) and with none of ``ignore``."""
    known = [one.code for one in patterns.checks.values()]
    wanted, unwanted = tuple(select), tuple(ignore)
    for asked in (*wanted, *unwanted):
        if not any(code.startswith(asked.upper()) for code in known):
            raise UsageError("unknown-rule", asked=asked, known=", ".join(known))
    return frozenset(
        code
        for code in known
        if (not wanted or code.startswith(_upper(wanted)))
        and not code.startswith(_upper(unwanted) or ("-",))
    )


def find_check(code: str, patterns: Patterns | None = None) -> Check:
    """A check by its code or its slug."""
    patterns = patterns or load()
    for slug, one in patterns.checks.items():
        if code.upper() == one.code or code == slug:
            return one
    known = ", ".join(one.code for one in patterns.checks.values())
    raise UsageError("unknown-rule", asked=code, known=known)


def _upper(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.upper() for code in codes)


def _subject(report: Report) -> Subject:
    return Subject(
        path=report.source.path, text=report.text, outline=report.outline, records=report.records
    )
