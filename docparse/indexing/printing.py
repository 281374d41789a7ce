"""Answers as text, JSON or CSV: dataclasses of :mod:`docparse.index.answers` in, text out.

>>> from docparse.index.answers import Stat
>>> "".join(answer_csv([Stat(name="reports", value=3)], Stat))
'name,value\\r\\nreports,3\\r\\n'
>>> "".join(answer_text([Stat(name="reports", value=3)], "en"))
'reports: 3\\n'
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from functools import partial
from itertools import groupby
from typing import Any

from docparse.index.answers import (
    Cited,
    Conflict,
    Count,
    Duplicate,
    Failure,
    Found,
    Missing,
    Shown,
    Side,
    Stat,
)
from docparse.patterns import load
from docparse.render.jsontext import json_array, json_line

# What spreadsheets take for the beginning of a formula, blanks before it or not.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
BOLD, PLAIN = "\033[1m", "\033[0m"
_LISTS = ("types", "numbers", "dates", "titles", "issuers", "relations_in", "relations_out")


def answer_json(answers: Iterable[Any]) -> Iterator[str]:
    """A JSON array, an object an answer."""
    return json_array(json_line(asdict(one)) for one in answers)


def answer_csv(answers: Iterable[Any], kind: type) -> Iterator[str]:
    """CSV with a row an answer; a conflict has a row a side, what is a list is JSON."""
    if kind is Conflict:
        names = ["kind", "key", *(field.name for field in fields(Side))]
        rows = (
            [one.kind, one.key, *asdict(side).values()] for one in answers for side in one.sides
        )
        return csv_lines(names, rows)
    names = [field.name for field in fields(kind)]
    return csv_lines(names, ([asdict(one)[name] for name in names] for one in answers))


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """CSV in which no cell is a formula: what would be one has an apostrophe before it.

    Take one apostrophe away from cells that begin with some and a sign of a formula, and every
    text is what it was. Numbers stay numbers.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(one) for one in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if buffer.tell():
        yield buffer.getvalue()


def answer_text(answers: Iterable[Any], lang: str, *, colours: bool = False) -> Iterator[str]:
    """Answers for reading; nothing found is said aloud."""
    say = partial(load().message, lang=lang)
    some = False
    for kind, group in groupby(answers, key=type):
        some = True
        yield from _PRINTERS[kind](group, say, colours)
    if not some:
        yield say("index-nothing") + "\n"


Say = Callable[..., str]


def _cited(answers: Iterable[Cited], say: Say, colours: bool) -> Iterator[str]:
    for (key, fit), group in groupby(answers, key=lambda one: (one.key, one.fit)):
        sure = "" if fit == "exact" else f" ({say(f'index-fit-{fit}')})"
        yield f"{_strong(key or say('index-no-key'), colours)}{sure}\n"
        for one in group:
            about = ", ".join(filter(None, (one.report_number, one.report_date, one.relation)))
            yield f"  {_where(one)}{f' ({about})' if about else ''}\n"
            yield f"    “{_flat(one.quote)}”\n"


def _found(answers: Iterable[Found], _: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        if one.kind == "document":
            about = " · ".join(filter(None, (one.number, one.date, one.title)))
            yield f"{_strong(one.key or '', colours)}  {about}\n"
        else:
            yield f"{_where(one)}\n    {_marked(one, colours)}\n"


def _shown(answers: Iterable[Shown], say: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        sure = "" if one.fit == "exact" else f" ({say(f'index-fit-{one.fit}')})"
        yield f"{_strong(one.key, colours)}{sure}\n"
        yield f"  {say('index-cited', reports=one.reports, mentions=one.mentions)}\n"
        for name in _LISTS:
            if counts := getattr(one, name):
                yield f"  {say(f'index-{name}')}\n" + "".join(map(_count, counts))
        for alias, evidence in one.also_meant:
            yield f"  {say('index-also', alias=alias, evidence=evidence or '')}\n"
        for path in one.held:
            yield f"  {say('index-held', path=path)}\n"
        for name, end in (("first", one.first), ("last", one.last)):
            if end is not None:
                yield f"  {say(f'index-{name}')} {_where(end)} ({end.report_date or '?'})\n"


def _conflicts(answers: Iterable[Conflict], say: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        yield f"{_strong(one.key, colours)}: {say(f'index-{one.kind}')}\n"
        for side in one.sides:
            yield f"  {side.value} ({side.mentions})\n    {_where(side)}: “{_flat(side.quote)}”\n"


def _missing(answers: Iterable[Missing], say: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        about = " ".join(filter(None, (one.type, one.number, one.date)))
        cited = say("index-cited", reports=one.reports, mentions=one.mentions)
        yield f"{_strong(one.key, colours)}: {about} {one.title or ''}\n  {cited}\n"


def _failures(answers: Iterable[Failure], say: Say, _: bool) -> Iterator[str]:
    for one in answers:
        yield f"{say(f'index-state-{one.state}')}: {one.message}\n"


def _duplicates(answers: Iterable[Duplicate], say: Say, _: bool) -> Iterator[str]:
    for one in answers:
        if one.likeness == 1:
            yield f"{one.path}: {say('index-copy', other=one.other)}\n"
        else:
            alike = {"other": one.other, "percent": f"{one.likeness:.0%}"}
            yield f"{one.path}: {say('index-near', **alike)}\n"


def _stats(answers: Iterable[Stat], _: Say, __: bool) -> Iterator[str]:
    for one in answers:
        yield f"{one.name}: {one.value}\n"


_PRINTERS: dict[type, Callable[[Any, Say, bool], Iterator[str]]] = {
    Cited: _cited,
    Found: _found,
    Shown: _shown,
    Conflict: _conflicts,
    Missing: _missing,
    Failure: _failures,
    Duplicate: _duplicates,
    Stat: _stats,
}


def _count(one: Count) -> str:
    return f"    {one.value} ({one.mentions})\n"


def _where(one: Any) -> str:
    """A place as editors and terminals know it: file:line."""
    return f"{one.report}:{one.line}" if one.line else f"{one.report}"


def _marked(one: Found, colours: bool) -> str:
    pieces, at = [], 0
    for start, end in one.marks:
        pieces += [one.quote[at:start], _strong(one.quote[start:end], colours)]
        at = end
    return "".join([*pieces, one.quote[at:]])


def _strong(words: str, colours: bool) -> str:
    return f"{BOLD}{words}{PLAIN}" if colours else words


def _flat(words: str) -> str:
    return " ".join(words.split())


def _cell(value: object) -> object:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return "" if value is None else value
