"""Findings for reading: what the checks said goes in, text comes out.

Every place is quoted with its file, line and page, the line of the source with a mark under the
words, then the equation, the question to ask and how it may be right after all.

>>> findings_text(Checked(), {}).splitlines()[0]
'Không có phát hiện nào.'
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docparse.models import Checked, Coverage, Span
from docparse.patterns import Patterns, load
from docparse.render.findings import finding_json

_WIDTH = 96  # columns of a quoted line
_BEFORE = 36  # columns kept before the mark
_COLOURS = {"error": "\033[31m", "warning": "\033[33m", "note": "\033[36m", "dim": "\033[2m"}
_END = "\033[0m"
_Marks = tuple[str, list[Mapping[str, Any]]]
_BLANKS = str.maketrans({"\t": " ", "\r": " ", "\f": " ", "\v": " "})


def findings_text(
    checked: Checked,
    sources: Mapping[str, str],
    *,
    lang: str = "vi",
    colours: bool = False,
    show_passed: bool = False,
    patterns: Patterns | None = None,
) -> str:
    """All findings and a summary; ``sources`` has the text of each file by its path."""
    page = _Page(sources, lang, colours, patterns or load())
    blocks = [page.finding(finding_json(one, lang, page.patterns)) for one in checked.findings]
    if show_passed:
        blocks.append(page.passed(checked))
    return "\n\n".join([*blocks, page.summary(checked)]) + "\n"


class _Page:
    """Writes findings in one language, with or without colours."""

    def __init__(
        self, sources: Mapping[str, str], lang: str, colours: bool, patterns: Patterns
    ) -> None:
        self.sources = sources
        self.lang = lang
        self.colours = colours
        self.patterns = patterns

    def say(self, code: str, **values: object) -> str:
        return self.patterns.message(code, self.lang, **values)

    def paint(self, words: str, colour: str) -> str:
        return f"{_COLOURS[colour]}{words}{_END}" if self.colours else words

    def finding(self, one: Mapping[str, Any]) -> str:
        severity = one["severity"]
        head = f"{self.say(f'findings-{severity}').upper()} {one['code']}"
        lines = [f"{self.paint(head, severity)} {one['title']}"]
        lines.append(f"  {one['message']}")
        lines += self._places(one)
        for name in ("equation", "suggestion", "question"):
            if one[name]:
                lines.append(f"  {self.say(f'findings-{name}')}: {one[name]}")
        lines.append(f"  {self.say('findings-innocent')}: {' '.join(one['innocent'])}")
        lines.append(self.paint(f"  {one['fingerprint']}", "dim"))
        return "\n".join(lines)

    def _places(self, one: Mapping[str, Any]) -> Iterator[str]:
        for path, spans in self._by_line(one["evidence"]):
            page = f", {self.say('findings-page')} {spans[0]['page']}" if spans[0]["page"] else ""
            yield f"  {path}:{spans[0]['line']}{page}"
            if path in self.sources:
                yield from self._marked(self.sources[path], spans, one["severity"])

    def _by_line(self, evidence: Iterable[Mapping[str, Any]]) -> list[_Marks]:
        """Places that follow each other on one line and near each other are shown at once."""
        groups: list[_Marks] = []
        for each in evidence:
            span, path = each["span"], each["report"]
            last = groups[-1] if groups else None
            if last and last[0] == path and _stand_together(last[1][-1], span, last[1][0]):
                last[1].append(span)
            else:
                groups.append((path, [span]))
        return groups

    def _marked(
        self, text: str, spans: Sequence[Mapping[str, Any]], severity: str
    ) -> Iterator[str]:
        """The line on which the words begin, and marks under what of them stands on it."""
        start = spans[0]["origin_start"]
        low = text.rfind("\n", 0, start) + 1
        high = text.find("\n", start)
        high = len(text) if high < 0 else high
        line, shift = _cut(text[low:high].translate(_BLANKS), start - low)
        number = str(spans[0]["line"])
        yield f"    {number} | {line}"
        marks = ""
        for span in spans:
            first = max(0, span["origin_start"] - low + shift)
            last = max(first + 1, min(span["origin_end"] - low + shift, len(line)))
            marks = marks.ljust(_columns(line[:first])) + "^" * max(1, _columns(line[first:last]))
        yield f"    {' ' * len(number)} | {self.paint(marks, severity)}"

    def passed(self, checked: Checked) -> str:
        lines = [self.say("findings-held")]
        for held in checked.held:
            places = "; ".join(_place(each.report, each.span) for each in held.evidence)
            lines.append(f"  {held.code} {held.equation or ''} ({places})".replace("  (", " ("))
        lines.append(self.say("findings-apart"))
        for apart in checked.apart:
            places = "; ".join(_place(each.report, each.span) for each in apart.evidence)
            lines.append(f"  {apart.code} {self.say(f'apart-{apart.reason}')} ({places})")
        return "\n".join(lines)

    def summary(self, checked: Checked) -> str:
        counts = {name: 0 for name in ("error", "warning", "note")}
        for one in checked.findings:
            counts[one.severity] += 1
        code = "findings-summary" if checked.findings else "findings-none"
        lines = [self.say(code, **counts)]
        lines.append(self.say("findings-passed", count=len(checked.held)))
        lines += [self._covered(report) for report in checked.coverage]
        return "\n".join(lines)

    def _covered(self, one: Coverage) -> str:
        return self.say(
            "findings-coverage",
            report=one.report,
            figures=f"{one.figures_checked}/{one.figures}",
            citations=f"{one.citations_checked}/{one.citations}",
            tables=f"{one.tables_checked}/{one.tables}",
        )


def _place(report: str, span: Span) -> str:
    return f"{report}:{span.line}"


def _stand_together(
    last: Mapping[str, Any], span: Mapping[str, Any], first: Mapping[str, Any]
) -> bool:
    """On one line, in order, and within what is shown of it."""
    near = span["origin_end"] - first["origin_start"] < _WIDTH - _BEFORE
    return bool(
        last["line"] == span["line"] and last["origin_end"] <= span["origin_start"] and near
    )


def _cut(line: str, first: int) -> tuple[str, int]:
    """A long line around its first mark, and how far its letters have moved."""
    if len(line) <= _WIDTH:
        return line, 0
    low = max(0, first - _BEFORE)
    low = low if low == 0 else line.find(" ", low, first) + 1 or low
    high = min(len(line), low + _WIDTH)
    head, tail = "… " if low else "", " …" if high < len(line) else ""
    return f"{head}{line[low:high]}{tail}", len(head) - low


def _columns(words: str) -> int:
    """How wide words stand on a terminal; a mark above a letter takes no room."""
    return sum(0 if unicodedata.combining(letter) else 1 for letter in words)
