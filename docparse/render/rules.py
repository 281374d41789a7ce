"""What each check is for, as text: checks go in, one explanation or the whole page comes out.

``docs/checks.md`` is this page as a file; a test keeps it fresh, and
``python -m docparse.render.rules FILE`` writes it.

>>> rule_text(next(iter(load().checks.values())), lang="en").splitlines()[0][:3]
'CIT'
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from docparse.patterns import Patterns, load
from docparse.patterns.checks import Check

_FAMILIES = ("FIG", "TAB", "PER", "REP", "CIT", "REG", "SEQ", "MIS", "FRM", "NAM", "LAW")


def rule_text(check: Check, *, lang: str = "vi", patterns: Patterns | None = None) -> str:
    """One check explained: why, what counts, an example of each side, what to ask."""
    patterns = patterns or load()
    said = check.said(lang)

    def word(name: str) -> str:
        return patterns.message(f"rule-{name}", lang)

    severity = patterns.message(f"findings-{check.severity}", lang)
    lines = [f"{check.code} {check.slug}: {said.title} ({severity})", "", said.why, ""]
    lines += [f"{word('bad')}:", *(f"  {example}" for example in check.bad)]
    lines += [f"{word('good')}:", *(f"  {example}" for example in check.good)]
    lines += [f"{word('tolerance')}: {said.tolerance}"]
    lines += [f"{word('innocent')}:", *(f"  {reason}" for reason in said.innocent)]
    lines += [f"{word('settle')}: {said.question}"]
    return "\n".join(lines) + "\n"


def rule_list(*, lang: str = "vi", patterns: Patterns | None = None) -> str:
    """A line for each check: its code, how severe it is, its title."""
    patterns = patterns or load()
    lines = []
    for check in _in_order(patterns.checks.values()):
        severity = patterns.message(f"findings-{check.severity}", lang)
        lines.append(f"{check.code}  {severity:8}  {check.said(lang).title}\n")
    return "".join(lines)


def checks_page(checks: Iterable[Check], *, patterns: Patterns | None = None) -> str:
    """All checks in Vietnamese, then in English, as one Markdown page."""
    patterns = patterns or load()
    found = _in_order(checks)
    lines = ["<!-- python -m docparse.render.rules docs/checks.md -->"]
    for lang in ("vi", "en"):
        lines += ["", f"# {patterns.message('rule-page', lang)}", ""]
        lines += [*_index(found, lang, patterns), ""]
        for check in found:
            lines += [*_section(check, lang, patterns), ""]
    return "\n".join(lines).rstrip() + "\n"


def _in_order(checks: Iterable[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: (_FAMILIES.index(check.code[:3]), check.code))


def _index(checks: Iterable[Check], lang: str, patterns: Patterns) -> Iterator[str]:
    yield patterns.message("rule-index", lang)
    yield "|---|---|---|"
    for check in checks:
        severity = patterns.message(f"findings-{check.severity}", lang)
        yield f"| {check.code} | {check.said(lang).title} | {severity} |"


def _section(check: Check, lang: str, patterns: Patterns) -> Iterator[str]:
    said = check.said(lang)
    yield f"## {check.code} {said.title}"
    yield ""
    yield f"`{check.slug}`. {said.why}"
    yield ""
    for name, examples in (("bad", check.bad), ("good", check.good)):
        yield f"- {patterns.message(f'rule-{name}', lang)}: " + "; ".join(
            f"`{e}`" for e in examples
        )
    yield f"- {patterns.message('rule-tolerance', lang)}: {said.tolerance}"
    yield f"- {patterns.message('rule-innocent', lang)}: {' '.join(said.innocent)}"
    yield f"- {patterns.message('rule-settle', lang)}: “{said.question}”"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(checks_page(load().checks.values()), encoding="utf-8")
