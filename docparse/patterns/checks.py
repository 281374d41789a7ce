"""What the checks say, as data: a folder of TOML files in, one value a check out.

``patterns/checks/<slug>.toml`` holds the code, the severity and every sentence of one check in
both languages; ``docparse/check/rules/<slug>.py`` holds what it does.

>>> read_check(data_path("checks", "two-dates-one-document.toml")).code
'CIT501'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from docparse.patterns.data import data_path
from docparse.patterns.files import TomlLines, broken, read_text, read_toml
from docparse.patterns.tables import build

__all__ = ["CHECKS_FOLDER", "Check", "CheckHead", "CheckText", "data_path", "read_check"]

CHECKS_FOLDER = "checks"
LANGUAGES = ("vi", "en")
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckText:
    """One check in one language; ``message`` and ``question`` have {placeholders}."""

    title: str
    why: str
    message: str
    question: str
    innocent: tuple[str, ...]
    tolerance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckHead:
    """What a check file says above its two languages."""

    code: str
    severity: Severity
    bad: tuple[str, ...]
    good: tuple[str, ...]
    by_default: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: ``slug`` is the name of its file and of its rule.

    One that is not ``by_default`` runs only where its whole code is asked for. ``also`` are the
    codes of what is no finding of its own but part of this check: a suggestion, an excuse.
    """

    slug: str
    code: str
    severity: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    vi: CheckText
    en: CheckText
    by_default: bool = True
    also: tuple[str, ...] = ()

    def said(self, lang: str) -> CheckText:
        """The sentences in one language."""
        return self.en if lang == "en" else self.vi


def read_check(path: Path) -> Check:
    """The check of one file."""
    content = read_toml(path)
    head = {key: value for key, value in content.items() if key not in LANGUAGES}
    try:
        top = build(CheckHead, head)
        vi, en = (build(CheckText, _table(content, lang)) for lang in LANGUAGES)
    except TypeError as error:
        line = TomlLines(read_text(path)).find("code")
        raise broken("pattern-entry", path, line, path.stem, reason=error) from error
    return Check(
        slug=path.stem,
        code=top.code,
        severity=top.severity,
        bad=top.bad,
        good=top.good,
        vi=vi,
        en=en,
        by_default=top.by_default,
        also=top.also,
    )


def _table(content: Mapping[str, Any], lang: str) -> dict[str, Any]:
    found = content.get(lang)
    if not isinstance(found, dict):
        raise TypeError(f"[{lang}]")
    return found
