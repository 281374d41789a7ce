"""One finding on the page: its sides in their context, the arithmetic, what to ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from docparse.models import Evidence, Finding, Source
from docparse.patterns import Patterns
from docparse.render.findings import finding_json
from docparse.render.markup import attribute, shown_text
from docparse.render.page.words import Said, Words

_AROUND = 220  # characters of context on each side
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
    return dict(sorted(counts.items()))


def article(
    number: int,
    one: Finding,
    sources: Mapping[str, Source],
    names: Mapping[str, int],
    words: Words,
    patterns: Patterns,
    pictures: Mapping[tuple[str, int, int], str],
) -> str:
    """A finding as an article of the list."""
    vi, en = (finding_json(one, lang, patterns) for lang in ("vi", "en"))
    reports = sorted({names[each.report] for each in one.evidence if each.report in names})
    sides = "".join(_side(each, sources, names, words, pictures) for each in one.evidence)
    lines = [
        _line(words.both(f"findings-{field}"), words.said(Said(vi[field] or "", en[field] or "")))
        for field in ("equation", "suggestion", "question")
        if vi[field]
    ]
    innocent = "".join(
        f"<li>{words.said(Said(*pair))}</li>"
        for pair in zip(vi["innocent"], en["innocent"], strict=False)
    )
    if innocent:
        lines.append(_line(words.both("findings-innocent"), f"<ul>{innocent}</ul>"))
    if one.suppression is not None:
        decided = " · ".join(filter(None, (one.suppression.who, one.suppression.reason)))
        lines.append(_line(words.both("page-decision"), shown_text(decided)))
    status = "" if one.status == "new" else f" <i>{words.both(f'page-status-{one.status}')}</i>"
    return (
        f'<article id="finding-{number}" class="{one.severity}" data-severity="{one.severity}"'
        f' data-family="{family(one)}" data-status="{one.status}"'
        f' data-report="{" ".join(map(str, reports))}">'
        f'<h3><a href="#finding-{number}">'
        f'<span class="badge">{words.both(f"findings-{one.severity}")}</span>'
        f" <code>{shown_text(one.code)}</code> {words.said(Said(vi['title'], en['title']))}"
        f"</a>{status}</h3>\n<p>{words.said(Said(vi['message'], en['message']))}</p>\n"
        f'<div class="sides">{sides}</div>\n<dl>{"".join(lines)}</dl>'
        f'<p class="print">{shown_text(one.fingerprint)}</p></article>\n'
    )


def _line(name: str, content: str) -> str:
    return f"<dt>{name}</dt><dd>{content}</dd>"


def _side(
    each: Evidence,
    sources: Mapping[str, Source],
    names: Mapping[str, int],
    words: Words,
    pictures: Mapping[tuple[str, int, int], str],
) -> str:
    span = each.span
    source = sources.get(each.report)
    place = shown_text(each.report)
    if span.page is not None:
        place += f", {words.both('findings-page')} {span.page}"
    if source is None or source.lined:
        place += f", {words.both('page-line')} {span.line}"
    if each.report in names:
        target = f"#report-{names[each.report]}@{span.origin_start}"
        place = f'<a href="{target}">{place}</a>'
    picture = pictures.get((each.report, span.origin_start, span.origin_end))
    image = ""
    if picture:
        image = f'<img src="{attribute(picture)}" alt="{attribute(span.quote)}" loading="lazy">'
    return (
        f'<figure><figcaption>{place}</figcaption><blockquote lang="vi">{_context(each, source)}'
        f"</blockquote>{image}</figure>"
    )


def _context(each: Evidence, source: Source | None) -> str:
    """The words with what stands around them in the source."""
    span = each.span
    if source is None:
        return f"<mark>{shown_text(span.quote)}</mark>"
    text = source.text
    # Blank lines end no context: a page may break in the middle of a sentence.
    low, high = max(0, span.origin_start - _AROUND), min(len(text), span.origin_end + _AROUND)
    low, high = _whole_words(text, low, span.origin_start, span.origin_end, high)
    before = "… " if text[:low].strip() else ""
    after = " …" if text[high:].strip() else ""
    return (
        f"{before}{shown_text(_GAP.sub(_BREAK, text[low : span.origin_start].lstrip()))}"
        f"<mark>{shown_text(text[span.origin_start : span.origin_end])}</mark>"
        f"{shown_text(_GAP.sub(_BREAK, text[span.origin_end : high].rstrip()))}{after}"
    )


def _whole_words(text: str, low: int, start: int, end: int, high: int) -> tuple[int, int]:
    """No word is cut at the edges of an excerpt."""
    while low and low < start and not text[low - 1].isspace():
        low += 1
    while high < len(text) and high > end and not text[high].isspace():
        high -= 1
    return low, high
