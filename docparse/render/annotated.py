"""A report's own text with its records marked: for reading, for a wiki, for a web page.

In: the source as it was read, and records with spans. Out: the same characters in HTML or
Markdown, every record marked where it stands. It is the source's text, not the repaired
one, because an auditor compares it with the paper.

>>> from types import SimpleNamespace as Report
>>> from docparse.models import Citation
>>> source = Source(text="theo NĐ 30 & 31", path="", sha256="", format="txt")
>>> span = Span(start=5, end=10, origin_start=5, origin_end=10, line=1, line_end=1, quote="NĐ 30")
>>> cited = Citation(type="Nghị định", number="30", span=span, key="legal:30/2020@2020")
>>> annotate(Report(source=source, citations=(cited,)), format="markdown")
'theo [NĐ 30](#legal:30/2020@2020) &amp; 31'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any, Protocol
from urllib.parse import quote

from docparse.errors import UsageError
from docparse.models import Date, Source, Span
from docparse.render.markup import UNSEEN, attribute, shown_text, spelt_out
from docparse.render.records import written_date

__all__ = ["annotate"]

# What a mark says of its record, field by field.
_FIELDS = {
    "citations": ("type", "number", "date", "issuer", "title", "relation"),
    "references": ("reason",),
    "figures": ("value", "value_max", "denominator", "unit", "indicator", "mode"),
    "tables": ("caption",),
    "sections": ("label", "title"),
    "notices": ("code",),
}
_FORMATS = ("html", "markdown")
_MARKDOWN_SPECIAL = re.compile(rf"[\\`*_{{}}\[\]~^|$@!&<>{UNSEEN}]|:(?=//)|(?<=www)\.")
# What makes a heading, a list, a rule or a table of the line that it begins.
_MARKDOWN_OPENING = re.compile(r"[#+=:-]|(?<=\d)[.)]")
_STYLE = (
    "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 serif}"
    "mark{background:#fff3b0;border-bottom:1px solid #c90}mark mark{background:#ffd97a}"
    ".figures{background:#d7f0dd}.unseen{color:#b00;font:.75em monospace}"
)


class Annotatable(Protocol):
    """What is needed of a report; records are looked up by the name of their kind."""

    @property
    def source(self) -> Source: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """One record in the source; ``target`` names what it speaks of."""

    start: int
    end: int
    kind: str
    id: str
    target: str
    words: str


def annotate(
    report: Annotatable,
    *,
    format: str = "html",
    kinds: Sequence[str] = ("citations",),
    page: bool = False,
) -> str:
    """Mark the records of some kinds in the text of the source.

    ``html`` is a fragment, with ``page`` a page that needs no other file. In ``markdown`` a
    mention is a link to its key, ``[words](#key)``. Nothing of the text can become markup, also
    where the source is Markdown itself: its signs are shown as they stand.
    """
    if format not in _FORMATS:
        raise UsageError("unknown-annotation", format=format, known=", ".join(_FORMATS))
    marks = [mark for kind in kinds for mark in _marks(report, kind)]
    pieces = _pieces(report.source.text, marks)
    if format == "markdown":
        return _markdown(pieces)
    fragment = _html(pieces)
    return _page(fragment, report.source.path) if page else fragment


def _marks(report: Any, kind: str) -> Iterator[_Mark]:
    if kind not in _FIELDS:
        raise UsageError("unknown-record-kind", kind=kind, known=", ".join(_FIELDS))
    for count, record in enumerate(getattr(report, kind), 1):
        span: Span | None = record.span
        if span is not None and span.origin_start < span.origin_end:
            name = f"{kind}-{count}"
            yield _Mark(
                start=span.origin_start,
                end=span.origin_end,
                kind=kind,
                id=name,
                target=getattr(record, "key", None) or name,
                words=" · ".join(_said(record, kind)),
            )


def _said(record: Any, kind: str) -> Iterator[str]:
    for name in _FIELDS[kind]:
        value = getattr(record, name)
        said = written_date(value) if isinstance(value, Date) else value
        if said is not None:
            yield " ".join(str(said).split())


# Pieces of the text: each with the marks that lie over it, the outermost first.
_Piece = tuple[str, tuple[_Mark, ...]]


def _pieces(text: str, marks: Sequence[_Mark]) -> Iterator[_Piece]:
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end), reverse=True)
    ends = {place for mark in marks for place in (mark.start, mark.end)}
    over: list[_Mark] = []
    for start, end in pairwise(sorted({0, len(text), *ends})):
        over = [mark for mark in over if mark.end > start]
        while waiting and waiting[-1].start == start:
            over.append(waiting.pop())
        yield text[start:end], tuple(over)


def _html(pieces: Iterator[_Piece]) -> str:
    """Marks that cross are cut, so that every element closes inside the one that holds it."""
    made = ['<div class="docparse" style="white-space: pre-wrap">']
    opened: tuple[_Mark, ...] = ()
    seen: set[str] = set()
    for text, over in pieces:
        common = _common(opened, over)
        made += ["</mark>"] * (len(opened) - common)
        for mark in over[common:]:
            made.append(_opening(mark, first=mark.id not in seen))
            seen.add(mark.id)
        made.append(shown_text(text))
        opened = over
    made += ["</mark>"] * len(opened)
    return "".join([*made, "</div>\n"])


def _common(left: Sequence[_Mark], right: Sequence[_Mark]) -> int:
    same = 0
    for one, other in zip(left, right, strict=False):
        if one is not other:
            break
        same += 1
    return same


def _opening(mark: _Mark, *, first: bool) -> str:
    attributes = {"class": mark.kind, "data-key": mark.target, "title": mark.words}
    attributes["id"] = mark.id if first else ""
    said = (f'{name}="{attribute(value)}"' for name, value in attributes.items() if value)
    return f"<mark {' '.join(said)}>"


def _page(fragment: str, path: str) -> str:
    """A page that loads nothing and runs nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    name = attribute(path)
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="generator" content="docparse">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<h1>{name}</h1>\n{fragment}</body>\n</html>\n"
    )


def _markdown(pieces: Iterator[_Piece]) -> str:
    """Line by line: a link may not hold an empty line, and links may not hold links."""
    lines: list[list[_Piece]] = [[]]
    for text, over in pieces:
        first, *others = re.split(r"\r\n|\r|\n", text)
        lines[-1].append((first, over))
        lines += [[(other, over)] for other in others]
    made = [_markdown_line(line) for line in lines]
    followed = zip(made, [*made[1:], ""], strict=True)
    return "\n".join(line + ("\\" if line and after else "") for line, after in followed)


def _markdown_line(pieces: Sequence[_Piece]) -> str:
    whole = "".join(text for text, _ in pieces)
    indent = len(whole) - len(whole.lstrip(" \t"))
    if indent == len(whole):
        return ""
    made = [_indent(whole[:indent])]
    position = 0
    for text, over in pieces:
        begin = max(0, indent - position)
        opening = position <= indent < position + len(text)
        position += len(text)
        if words := text[begin:]:
            made.append(_markdown_piece(words, over, opening=opening))
    return "".join(made)


def _indent(space: str) -> str:
    """Four columns would make a block of code; written as a number, the first is a character."""
    if "\t" not in space and len(space) < 4:
        return space
    return f"&#{ord(space[0])};{space[1:]}"


def _markdown_piece(words: str, over: tuple[_Mark, ...], *, opening: bool) -> str:
    shown = _MARKDOWN_SPECIAL.sub(_markdown_sign, words)
    if over:
        return f"[{shown}](#{quote(over[-1].target, safe='/:@~')})" if words.strip() else shown
    if opening:
        return re.sub(rf"^(\d*)({_MARKDOWN_OPENING.pattern})", r"\1\\\2", shown)
    return shown


def _markdown_sign(sign: re.Match[str]) -> str:
    shown = spelt_out(sign)
    if shown:
        return f"\\{shown[:-1]}\\]"
    return escape(sign[0]) if sign[0] in "&<>" else f"\\{sign[0]}"
