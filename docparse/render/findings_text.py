"""Findings for reading: what the checks said goes in, text comes out.

Every place is quoted with its file, line and page, the line of the source with a mark under the
words, then the equation, the question to ask and how it may be right after all.

>>> findings_text(Checked(), {}).splitlines()[0]
'Không có phát hiện nào.'
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from docparse.models import Checked, Coverage, Decided, Evidence, Source
from docparse.patterns import Patterns, load
from docparse.render.findings import finding_json
from docparse.render.marked import BEFORE, WIDTH, columns, marked, plain

_LINES = 3  # of a place that goes over line ends
_COLOURS = {"error": "\033[31m", "warning": "\033[33m", "note": "\033[36m", "dim": "\033[2m"}
_END = "\033[0m"
_Marks = tuple[str, list[Mapping[str, Any]]]


def findings_text(
    checked: Checked,
    sources: Mapping[str, Source],
    *,
    lang: str = "vi",
    colours: bool = False,
    show_passed: bool = False,
    patterns: Patterns | None = None,
) -> str:
    """The new findings and a summary; ``sources`` has each file by its path."""
    page = _Page(sources, lang, colours, patterns or load())
    new = [one for one in checked.findings if one.status == "new"]
    blocks = [page.finding(finding_json(one, lang, page.patterns)) for one in new]
    if show_passed:
        blocks.append(page.passed(checked))
    return "\n\n".join([*blocks, page.summary(checked)]) + "\n"


class _Page:
    """Writes findings in one language, with or without colours."""

    def __init__(
        self, sources: Mapping[str, Source], lang: str, colours: bool, patterns: Patterns
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
        lines.append(f"  {plain(one['message'])}")
        lines += self._places(one)
        for name in ("equation", "suggestion", "question"):
            if one[name]:
                lines.append(f"  {self.say(f'findings-{name}')}: {plain(one[name])}")
        lines.append(f"  {self.say('findings-innocent')}: {' '.join(one['innocent'])}")
        lines.append(self.paint(f"  {one['fingerprint']}", "dim"))
        return "\n".join(lines)

    def _places(self, one: Mapping[str, Any]) -> Iterator[str]:
        for path, spans in self._by_line(one["evidence"]):
            yield f"  {self._place(path, spans[0]['line'], spans[0]['page'])}"
            if path in self.sources:
                yield from self._marked(path, spans, one["severity"])

    def _place(self, path: str, line: int, page: int | None) -> str:
        """Where something stands: its line where an editor shows the same, and its page."""
        place = f"{plain(path)}:{line}" if self._lined(path) or page is None else plain(path)
        return place if page is None else self.say("findings-place", path=place, page=page)

    def _lined(self, path: str) -> bool:
        return path in self.sources and self.sources[path].lined

    def _by_line(self, evidence: Iterable[Mapping[str, Any]]) -> list[_Marks]:
        """Places that follow each other on one line and near each other are shown at once."""
        groups: list[_Marks] = []
        for each in evidence:
            span, path = each["span"], each["report"]
            last = groups[-1] if groups else None
            near = WIDTH - BEFORE if self._long(path, span) else WIDTH
            if last and last[0] == path and _stand_together(last[1], span, near):
                last[1].append(span)
            else:
                groups.append((path, [span]))
        return groups

    def _long(self, path: str, span: Mapping[str, Any]) -> bool:
        """Whether only a part of the line is shown."""
        if path not in self.sources:
            return True
        text, start = self.sources[path].text, span["origin_start"]
        low, high = next(_lines(text, start, start))
        return columns(text[low:high]) > WIDTH

    def _marked(
        self, path: str, spans: Sequence[Mapping[str, Any]], severity: str
    ) -> Iterator[str]:
        """The lines on which the words stand, and marks under them."""
        text = self.sources[path].text
        pages = spans[0]["page"] is not None and not self._lined(path)
        number = spans[0]["line"]
        end = max(one["origin_end"] for one in spans)
        shown = 0
        for low, high in _lines(text, spans[0]["origin_start"], end):
            ranges = [
                (max(one["origin_start"], low) - low, min(one["origin_end"], high) - low)
                for one in spans
                if one["origin_start"] < high and one["origin_end"] > low
            ]
            if any(text[low + first : low + last].strip() for first, last in ranges):
                line, marks = marked(text[low:high], ranges)
                gutter = "" if pages else str(number)
                yield f"    {gutter} | {line}"
                yield f"    {' ' * len(gutter)} | {self.paint(marks, severity)}"
                shown += 1
            if shown == _LINES:
                return
            number += 1

    def passed(self, checked: Checked) -> str:
        lines = [self.say("findings-held")]
        for held in checked.held:
            places = self._all_places(held.evidence)
            lines.append(
                f"  {held.code} {plain(held.equation or '')} ({places})".replace("  (", " (")
            )
        lines.append(self.say("findings-apart"))
        for apart in checked.apart:
            places = self._all_places(apart.evidence)
            lines.append(f"  {apart.code} {self.say(f'apart-{apart.reason}')} ({places})")
        return "\n".join(lines)

    def _all_places(self, evidence: Iterable[Evidence]) -> str:
        return "; ".join(self._place(one.report, one.span.line, one.span.page) for one in evidence)

    def summary(self, checked: Checked) -> str:
        counts = {name: 0 for name in ("error", "warning", "note")}
        for one in checked.findings:
            counts[one.severity] += one.status == "new"
        none = "findings-none-new" if checked.findings else "findings-none"
        lines = [self.say("findings-summary" if any(counts.values()) else none, **counts)]
        if checked.decided.hidden:
            lines.append(self.say("findings-hidden", count=checked.decided.hidden))
        for status in ("suppressed", "known"):
            count = sum(one.status == status for one in checked.findings)
            if count:
                lines.append(self.say(f"findings-{status}", count=count))
        lines += self._left_over(checked.decided)
        lines.append(self.say("findings-passed", count=checked.all_passed))
        if checked.not_compared:
            lines.append(self.say("findings-alike", count=checked.not_compared))
        lines += [self._covered(report) for report in checked.coverage]
        if len(checked.coverage) > 1:
            lines.append(self._counts("findings-coverage-all", checked.coverage))
        return "\n".join(lines)

    def _left_over(self, decided: Decided) -> Iterator[str]:
        """What has gone, and decisions that nothing answers to."""
        if decided.resolved:
            yield self.say("findings-resolved", count=len(decided.resolved))
        for known in decided.resolved:
            yield f"  {known.code} {plain(known.message)} {known.fingerprint}"
        if decided.unsought:
            yield self.say("findings-unsought", count=decided.unsought)
        for kind, decisions in (("unused", decided.unused), ("expired", decided.expired)):
            for one in decisions:
                values = {"fingerprint": one.fingerprint, "reason": plain(one.reason)}
                yield self.say(f"findings-{kind}", until=one.until, **values)

    def _covered(self, one: Coverage) -> str:
        return self._counts("findings-coverage", [one], report=plain(one.report))

    def _counts(self, code: str, reports: Sequence[Coverage], **values: str) -> str:
        """How much of each kind of record was compared."""
        for kind in ("figures", "citations", "tables"):
            done = sum(getattr(one, f"{kind}_checked") for one in reports)
            values[kind] = f"{done}/{sum(getattr(one, kind) for one in reports)}"
        return self.say(code, **values)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines from one place to another, each with its two ends."""
    low = text.rfind("\n", 0, start) + 1
    while low < max(end, start + 1):
        high = text.find("\n", low)
        high = len(text) if high < 0 else high
        yield low, high
        low = high + 1


def _stand_together(shown: Sequence[Mapping[str, Any]], span: Mapping[str, Any], near: int) -> bool:
    """On one line, in order, and within what is shown of it."""
    first, last = shown[0], shown[-1]
    in_order = last["line"] == span["line"] and last["origin_end"] <= span["origin_start"]
    return bool(in_order and span["origin_end"] - first["origin_start"] < near)
