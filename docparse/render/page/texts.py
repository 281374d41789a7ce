"""What the page's script works on: texts with marks and cited papers, as JSON inside HTML.

Offsets are those of JavaScript, which counts UTF-16 units: a rare character counts twice.

>>> list(units("a😀b", [0, 1, 2, 3]))
[0, 1, 3, 4]
>>> script_json({"a": "</script>"})
'{"a":"\\\\u003c/script>"}'
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from docparse.models import Checked
from docparse.render.page.words import Words
from docparse.render.papers import cited_papers
from docparse.render.records import written_date

_WORDS = (
    "page-shown", "page-close", "page-more", "page-mark-citations", "page-mark-figures",
    "page-mark-tables", "page-mark-findings",
)  # fmt: skip
_KINDS = ("citations", "figures", "tables")
_UNSAFE = re.compile("[<\u2028\u2029\ud800-\udfff]")


def page_data(checked: Checked, reports: Sequence[Any], words: Words) -> Iterator[str]:
    """One JSON object in pieces: words, reports, documents."""
    # The script fills in the numbers.
    gaps = {name: f"{{{name}}}" for name in ("shown", "all", "count")}
    said = {lang: {code: words.one(code, lang, **gaps) for code in _WORDS} for lang in ("vi", "en")}
    yield f'{{"words":{script_json(said)},"reports":['
    found: dict[str, list[tuple[int, int, int]]] = {}
    for number, one in enumerate(checked.findings, 1):
        for each in one.evidence:
            place = (each.span.origin_start, each.span.origin_end, number)
            found.setdefault(each.report, []).append(place)
    for index, report in enumerate(reports):
        yield "," if index else ""
        yield script_json(_report(report, found.get(report.source.path, [])))
    yield f'],"documents":{script_json(_documents(reports))}}}'


def _report(report: Any, findings: Sequence[tuple[int, int, int]]) -> dict[str, Any]:
    text = report.source.text
    marks: list[tuple[int, int, int, str]] = []
    for kind, name in enumerate(_KINDS):
        for one in getattr(report, name):
            span = one.span
            if span.origin_start < span.origin_end:
                marks.append((span.origin_start, span.origin_end, kind, _tip(one, name)))
    marks += [(start, end, len(_KINDS), str(number)) for start, end, number in findings]
    marks.sort(key=lambda mark: (mark[0], -mark[1], mark[2]))
    starts = list(units(text, [mark[0] for mark in marks]))
    order = sorted(range(len(marks)), key=lambda at: marks[at][1])
    ends = dict(zip(order, units(text, [marks[at][1] for at in order]), strict=True))
    return {
        "path": report.source.path,
        "text": text,
        "marks": [[starts[at], ends[at], mark[2], mark[3]] for at, mark in enumerate(marks)],
    }


def _tip(one: Any, kind: str) -> str:
    """What a mark says when it is pointed at."""
    if kind == "citations":
        parts = [one.type, one.number, one.date and written_date(one.date), one.issuer, one.title]
    elif kind == "figures":
        parts = [str(one.value), one.unit, one.indicator]
    else:
        parts = [one.caption]
    return " · ".join(" ".join(part.split()) for part in parts if part)


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


def _documents(reports: Sequence[Any]) -> list[list[Any]]:
    """Every cited paper of the set: number, types, dates, issuers, titles, places."""
    found = [
        [
            *map(list, paper.told.values()),
            [[index, reports[index].citations[at].span.origin_start] for index, at in paper.places],
        ]
        for paper in cited_papers(reports).values()
    ]
    return sorted(found, key=lambda row: (-len(row[5]), row[0]))


def script_json(value: Any) -> str:
    """JSON that ends no script: no tag can begin in it, and no line break is hidden in it.

    Half of a surrogate pair is written by its number: no file in UTF-8 can hold it.
    """
    made = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", made)
