"""One finding on the page: its sides in their context, the arithmetic, what to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from docparse.models import Checked, Evidence, Finding, Source, Span
from docparse.patterns import Patterns
from docparse.render.findings import finding_json
from docparse.render.markup import attribute, shown_text
from docparse.render.page.packed import packed, script_json
from docparse.render.page.searched import fold, searched
from docparse.render.page.words import Said, Words

# The address of the picture of the page on which words of one report stand, if there is one.
Picture = Callable[[str, Sequence[Span]], str | None]
BLOCK = 100  # findings that are packed together
_FAMILIES = ("FIG", "TAB", "PER", "REP", "CIT", "REG", "SEQ", "MIS", "NAM", "FRM", "LAW")
_OPEN = 6  # sides of a finding that are shown at first
_TAG = re.compile("<[^<>]*>")
_AROUND = 220  # characters of context on each side
_BEFORE, _AFTER = 7, 4  # lines of it, at most
_LINES = re.compile(r"\n(?=[^\n]*\S)")
_FAMILY = 3  # letters of a code that name its family
_GAP, _BREAK = re.compile(r"\n\s*\n"), "\n"  # around the words no room is given to blank lines


def family(one: Finding) -> str:
    """What kind of check a finding comes from: "FIG", "CIT"."""
    return one.code[:_FAMILY]


def counts_of(findings: Iterable[Finding], severities: Sequence[str]) -> dict[str, list[int]]:
    """How many findings each family has, by severity."""
    counts: dict[str, list[int]] = {}
    for one in findings:
        row = counts.setdefault(family(one), [0] * len(severities))
        row[severities.index(one.severity)] += 1
    return {name: counts[name] for name in in_order(counts)}


def in_order(families: Iterable[str]) -> list[str]:
    """Figures first, as in the list of checks; kinds that are not known here last."""
    places = {name: at for at, name in enumerate(_FAMILIES)}
    return sorted(families, key=lambda name: (places.get(name, len(places)), name))


class Articles:
    """The findings as articles; ``index`` has the severity, kind, status and reports of each."""

    def __init__(
        self,
        checked: Checked,
        reports: Sequence[Any],
        names: Mapping[str, str],
        words: Words,
        patterns: Patterns,
        picture: Picture | None,
    ) -> None:
        self.findings = checked.findings
        self.sources = {report.source.path: report.source for report in reports}
        self.names = names
        self.numbers = {path: at for at, path in enumerate(names)}
        self.words = words
        self.patterns = patterns
        self.picture = picture
        self.index = [
            (one.severity, family(one), one.status, self._reports(one)) for one in self.findings
        ]

    def made(self, first: int, last: int) -> Iterator[str]:
        """The articles from one number to before another, counted from 0."""
        for at, one in enumerate(self.findings[first:last], first + 1):
            yield self._article(at, one)

    def data(self, first: int) -> str:
        """For the script: the index, and from ``first`` the articles, their words, and these
        as somebody without a Vietnamese keyboard types them.

        They are packed by hundreds, since few of thousands are ever looked at.
        """
        blocks = []
        for start in range(first, len(self.findings), BLOCK):
            articles = list(self.made(start, start + BLOCK))
            words = [searched(unescape(_TAG.sub(" ", one))) for one in articles]
            folded = [fold(one) for one in words]
            blocks.append([packed(script_json(each)) for each in (articles, words, folded)])
        return f'"index":{script_json(self.index)},"block":{BLOCK},"blocks":{script_json(blocks)}'

    def _reports(self, one: Finding) -> list[int]:
        return sorted(
            {self.numbers[each.report] for each in one.evidence if each.report in self.numbers}
        )

    def _article(self, number: int, one: Finding) -> str:
        words = self.words
        vi, en = (finding_json(one, lang, self.patterns) for lang in ("vi", "en"))
        status = "" if one.status == "new" else f" <i>{words.both(f'page-status-{one.status}')}</i>"
        return (
            f'<article id="finding-{number}" class="{one.severity}">'
            f'<h3><a href="#finding-{number}">'
            f'<span class="badge">{words.both(f"findings-{one.severity}")}</span>'
            f" {words.said(Said(vi['title'], en['title']))} <code>{shown_text(one.code)}</code>"
            f"</a>{status}</h3>\n<p>{words.said(Said(vi['message'], en['message']))}</p>\n"
            f"{self._sides(one.evidence)}<dl>{''.join(self._lines(one, vi, en))}</dl>"
            f'<p class="print">{shown_text(one.fingerprint)}</p></article>\n'
        )

    def _lines(self, one: Finding, vi: Mapping[str, Any], en: Mapping[str, Any]) -> Iterator[str]:
        """What holds them apart, what to ask, what may be innocent."""
        words = self.words
        for name in ("equation", "suggestion", "question"):
            if vi[name]:
                said = words.said(Said(vi[name], en[name] or ""))
                yield _line(words.both(f"findings-{name}"), said)
        pairs = zip(vi["innocent"], en["innocent"], strict=False)
        innocent = "".join(f"<li>{words.said(Said(*pair))}</li>" for pair in pairs)
        if innocent:
            yield _line(words.both("findings-innocent"), f"<ul>{innocent}</ul>")
        if one.suppression is not None:
            decided = " · ".join(filter(None, (one.suppression.who, one.suppression.reason)))
            name = "page-decision" if one.suppression.settles else "page-asked"
            yield _line(words.both(name), shown_text(decided))

    def _sides(self, evidence: Sequence[Evidence]) -> str:
        """All of them, near ones in one pane; where there are many, the later ones are folded."""
        made = [self._pane(one) for one in panes(evidence)]
        shown = f'<div class="sides">{"".join(made[:_OPEN])}</div>\n'
        if len(made) <= _OPEN:
            return shown
        more = self.words.both("page-more-sides", count=len(made) - _OPEN)
        return (
            f"{shown}<details><summary>{more}</summary>\n"
            f'<div class="sides">{"".join(made[_OPEN:])}</div></details>\n'
        )

    def _pane(self, evidence: Sequence[Evidence]) -> str:
        path = evidence[0].report
        spans = [each.span for each in evidence]
        source = self.sources.get(path)
        return (
            f"<figure><figcaption>{', '.join(self._places(path, spans, source))}</figcaption>"
            f'<blockquote lang="vi">{_context(spans, source)}</blockquote>'
            f"{''.join(self._images(path, spans))}</figure>"
        )

    def _images(self, path: str, spans: Sequence[Span]) -> Iterator[str]:
        """The pages that the words stand on, where pictures were asked for."""
        for page in sorted({span.page for span in spans if span.page is not None}):
            here = [span for span in spans if span.page == page]
            address = self.picture(path, here) if self.picture is not None else None
            if address:
                words = "; ".join(span.quote for span in here)
                yield f'<img src="{attribute(address)}" alt="{attribute(words)}" loading="lazy">'

    def _places(self, path: str, spans: Sequence[Span], source: Source | None) -> Iterator[str]:
        """The report, and each page and line that is quoted, as links into its text."""
        said: dict[str, int] = {}
        for span in spans:
            parts = []
            if span.page is not None:
                parts.append(f"{self.words.both('findings-page')} {span.page}")
            if source is None or source.lined:
                parts.append(f"{self.words.both('page-line')} {span.line}")
            said.setdefault(", ".join(parts), span.origin_start)
        name = shown_text(self.names.get(path, path))
        for at, (place, start) in enumerate(said.items()):
            shown = ", ".join(filter(None, (name, place))) if at == 0 else place
            if path in self.numbers:
                shown = f'<a href="#report-{self.numbers[path]}@{start}">{shown}</a>'
            yield shown


def _line(name: str, content: str) -> str:
    return f"<dt>{name}</dt><dd>{content}</dd>"


def panes(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Words near each other have one context: the cells of a row, a share and its parts.

    The panes are in the order of what comes first in each.
    """
    made: list[list[int]] = []
    places = sorted(
        range(len(evidence)), key=lambda at: (evidence[at].report, evidence[at].span.origin_start)
    )
    for at in places:
        if made and _near(evidence[made[-1][-1]], evidence[at]):
            made[-1].append(at)
        else:
            made.append([at])
    return [[evidence[at] for at in row] for row in sorted(made, key=min)]


def _near(one: Evidence, other: Evidence) -> bool:
    apart = other.span.origin_start - one.span.origin_end
    return one.report == other.report and apart < _AROUND


def _context(spans: Sequence[Span], source: Source | None) -> str:
    """The words with what stands around them in the source."""
    if source is None:
        return " … ".join(f"<mark>{shown_text(span.quote)}</mark>" for span in spans)
    text = source.text
    start, end = spans[0].origin_start, max(span.origin_end for span in spans)
    # Blank lines end no context: a page may break in the middle of a sentence.
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    low, high = _whole_words(text, low, start, end, high)
    low, high = _few_lines(text, low, start, end, high)
    made = ["… "] if text[:low].strip() else []
    done = low
    for span in spans:
        first, last = max(done, span.origin_start), span.origin_end
        if last <= done and span.origin_start < done:
            continue  # inside words that are marked
        before = _GAP.sub(_BREAK, text[done:first])
        made.append(shown_text(before.lstrip() if done == low else before))
        made.append(f"<mark>{shown_text(text[first:last])}</mark>")
        done = last
    made.append(shown_text(_GAP.sub(_BREAK, text[done:high].rstrip())))
    return "".join([*made, " …"] if text[high:].strip() else made)


def _few_lines(text: str, low: int, start: int, end: int, high: int) -> tuple[int, int]:
    """A table printed cell by cell has hundreds of lines: only the nearest are shown."""
    before = [found.start() for found in _LINES.finditer(text, low, start)]
    after = [found.start() for found in _LINES.finditer(text, end, high)]
    if len(before) > _BEFORE:
        low = before[-_BEFORE] + 1
    if len(after) > _AFTER:
        high = after[_AFTER]
    return low, high


def _whole_words(text: str, low: int, start: int, end: int, high: int) -> tuple[int, int]:
    """No word is cut at the edges of an excerpt."""
    while low and low < start and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > end and not text[high].isspace():
        high -= 1
    return low, high
