"""A report for a person to read: who wrote it, its whole repaired text, what was unclear.

>>> from docparse.models import OffsetMap, Part
>>> source = Source(text="1. Một", path="a.txt", sha256="", format="txt")
>>> text = Text(value="1. Một", source=source, offsets=OffsetMap())
>>> outline = Outline(parts=(Part(header=Header(number="12/KH-SCT"), start=0, end=6),))
>>> print(report_text(text, outline, lang="en"), end="")
== a.txt ==
Number: 12/KH-SCT
<BLANKLINE>
1. Một
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from docparse.models import Date, Header, Notice, Outline, Source, Text
from docparse.patterns import load
from docparse.render.records import written_date

__all__ = ["notice_lines", "report_text"]


def report_text(
    text: Text, outline: Outline, notices: Sequence[Notice] = (), *, lang: str = "vi"
) -> str:
    """Each document under its header, in reading order and whole, then the notices."""
    lines = [_heading(text.source)]
    starts = [0, *(part.start for part in outline.parts[1:]), len(text.value)]
    for part, (start, end) in zip(outline.parts, pairwise(starts), strict=True):
        lines += _identity(part.header, lang)
        lines += ["", text.value[start:end].strip("\n"), ""]
    lines += notice_lines(notices, lang=lang)
    return "\n".join(lines).rstrip("\n") + "\n"


def notice_lines(notices: Sequence[Notice], *, lang: str = "vi") -> list[str]:
    """The notices as a list with its heading; nothing where there are none."""
    say = partial(load().message, lang=lang)
    lines = [say("label-notices")] if notices else []
    for notice in notices:
        words = say(notice.code, **dict(notice.values))
        place = "" if notice.span is None else say("label-at-line", line=notice.span.line)
        lines.append(f"- {place}{words}")
    return lines


def _heading(source: Source) -> str:
    return f"== {source.path} =="


def _identity(header: Header, lang: str) -> list[str]:
    """What the header says, one field a line, the values under each other."""
    fields = [
        (load().message(f"label-{code}", lang), value)
        for code, value in _fields(header, lang)
        if value
    ]
    width = max((len(label) for label, _ in fields), default=0)
    return [f"{label + ':':<{width + 2}}{value}" for label, value in fields]


def _fields(header: Header, lang: str) -> Iterator[tuple[str, str | None]]:
    yield "issuer-parent", header.issuer_parent
    yield "issuer", header.issuer
    yield "type", header.type
    if header.number is None:
        yield "symbol", header.symbol
    else:
        yield "number", header.number
    yield "place", header.place
    yield "date", _date(header.date, lang)
    yield "title", header.title
    yield "addressees", "; ".join(header.addressees)
    yield "recipients", "; ".join(header.recipients)
    signer = header.signer
    yield "signer", ", ".join(filter(None, (signer.authority, signer.title, signer.name)))


def _date(date: Date | None, lang: str) -> str | None:
    if date is None or lang == "en":
        return None if date is None else written_date(date)
    return "/".join(str(part) for part in (date.day, date.month, date.year) if part is not None)
