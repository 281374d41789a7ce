"""What the page's script works on: texts with marks and cited papers, as JSON inside HTML.

Offsets are those of JavaScript, which counts UTF-16 units: a rare character counts twice.

>>> list(units("a😀b", [0, 1, 2, 3]))
[0, 1, 3, 4]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docparse.models import Checked
from docparse.render.markup import UNSEEN
from docparse.render.page.packed import packed, script_json
from docparse.render.page.words import Words
from docparse.render.papers import TOLD, Paper, cited_papers, day_text

_WORDS = (
    "page-shown", "page-part", "page-close", "page-more", "page-more-mentions", "page-line",
    "findings-page", "page-mark-citations", "page-mark-figures", "page-mark-tables",
    "page-mark-findings",
)  # fmt: skip
_GAPS = ("shown", "all", "count", "first", "last")
_KINDS = ("citations", "figures", "tables")
_Mark = tuple[int, int, int, str, int | None]


def page_data(
    checked: Checked, reports: Sequence[Any], names: Mapping[str, str], words: Words
) -> Iterator[str]:
    """The first members of one JSON object, in pieces: words, reports, documents."""
    # The script fills in the numbers.
    gaps = {name: f"{{{name}}}" for name in _GAPS}
    said = {lang: {code: words.one(code, lang, **gaps) for code in _WORDS} for lang in ("vi", "en")}
    yield f'{{"words":{script_json(said)},"unseen":{script_json(UNSEEN)}'
    papers = _papers(reports)
    cited = {place: row for row, paper in enumerate(papers) for place in paper.places}
    found: dict[str, list[_Mark]] = {}
    for number, one in enumerate(checked.findings, 1):
        for each in one.evidence:
            start, end = each.span.origin_start, each.span.origin_end
            found.setdefault(each.report, []).append((start, end, len(_KINDS), "", number))
    yield ',"reports":['
    for index, report in enumerate(reports):
        path = report.source.path
        marks = [*_marks(report, index, cited), *found.get(path, [])]
        text = packed(script_json(_text(report.source.text, marks)))
        yield f"{',' if index else ''}{script_json([names[path], text])}"
    rows = script_json([_row(paper, reports) for paper in papers])
    yield f'],"documents":{script_json(packed(rows))}'


def _marks(report: Any, index: int, cited: Mapping[tuple[int, int], int]) -> Iterator[_Mark]:
    """Where a record stands, what it says when pointed at, and the row of a cited paper."""
    for kind, name in enumerate(_KINDS):
        for at, one in enumerate(getattr(report, name)):
            row = cited.get((index, at)) if name == "citations" else None
            yield one.span.origin_start, one.span.origin_end, kind, _tip(one, name), row


def _text(text: str, marks: Sequence[_Mark]) -> list[Any]:
    """A text and its marks, the outer of two first."""
    ordered = sorted(
        (mark for mark in marks if mark[0] < mark[1]),
        key=lambda mark: (mark[0], -mark[1], mark[2], mark[3], mark[4] or 0),
    )
    starts = list(units(text, [mark[0] for mark in ordered]))
    by_end = sorted(range(len(ordered)), key=lambda at: ordered[at][1])
    ends = dict(zip(by_end, units(text, [ordered[at][1] for at in by_end]), strict=True))
    return [text, [[starts[at], ends[at], *mark[2:]] for at, mark in enumerate(ordered)]]


def _tip(one: Any, kind: str) -> str:
    """What a mark says when it is pointed at."""
    if kind == "citations":
        parts = [one.type, one.number, one.date and day_text(one.date), one.issuer, one.title]
    elif kind == "figures":
        parts = [_written(one.value), one.unit, one.indicator]
    else:
        parts = [one.caption]
    return " · ".join(" ".join(part.split()) for part in parts if part)


def _written(value: Any) -> str:
    """As Vietnamese reports write numbers."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def units(text: str, places: Sequence[int]) -> Iterator[int]:
    """Rising places of a text as JavaScript counts them."""
    if text.isascii() or max(text) <= "\uffff":
        yield from places
        return
    counted, before = 0, 0
    for place in places:
        counted += len(text[before:place].encode("utf-16-le", "surrogatepass")) // 2
        before = place
        yield counted


def _papers(reports: Sequence[Any]) -> list[Paper]:
    """Every cited paper of the set, the most cited first."""
    papers = cited_papers(reports).values()
    return sorted(papers, key=lambda paper: (-len(paper.places), list(paper.told["numbers"])))


def _row(paper: Paper, reports: Sequence[Any]) -> list[Any]:
    """Numbers, types, dates, issuers, titles; then each place with its line, or 1 and its page."""
    return [*(list(paper.told[name]) for name in TOLD), list(_places(paper, reports))]


def _places(paper: Paper, reports: Sequence[Any]) -> Iterator[list[Any]]:
    for index, at in paper.places:
        report = reports[index]
        span = report.citations[at].span
        paged = span.page is not None and not report.source.lined
        yield [index, span.origin_start, int(paged), span.page if paged else span.line]
