"""Answers as text, JSON or CSV: dataclasses of :mod:`docparse.index.answers` in, text out.

>>> from docparse.index.answers import Stat
>>> "".join(answer_csv([Stat(name="reports", value=3)], Stat))
'name,value\\r\\nreports,3\\r\\n'
>>> "".join(answer_text([Stat(name="reports", value=3)], "en"))
'reports (of different content)  3\\n'
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
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Control characters, and those that turn the direction of writing.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
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


def paths_in(answers: Iterable[Any]) -> tuple[str, ...] | None:
    """The files that answers name; None where they rest on all the files of the index."""
    found: dict[str, None] = {}
    for one in answers:
        if isinstance(one, Missing):
            return None
        named: list[str | None] = []
        match one:
            case Cited() | Found():
                named = [one.report]
            case Conflict():
                named = [side.report for side in one.sides]
            case Duplicate():
                named = [one.path, one.other]
            case Shown():
                named = [*one.held, *(end.report for end in (one.first, one.last) if end)]
        found |= dict.fromkeys(path for path in named if path)
    return tuple(found)


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


def answer_text(
    answers: Iterable[Any], lang: str, *, colours: bool = False, nothing: str | None = None
) -> Iterator[str]:
    """Answers for reading; that there is nothing is said aloud, in the sentence ``nothing``."""
    say = partial(load().message, lang=lang)
    some = False
    for kind, group in groupby(answers, key=type):
        some = True
        yield from _PRINTERS[kind](group, say, colours)
    if not some:
        yield (nothing or say("index-nothing")) + "\n"


Say = Callable[..., str]


def _cited(answers: Iterable[Cited], say: Say, colours: bool) -> Iterator[str]:
    """Documents in the order in which they come first, each with all its places."""
    groups: dict[tuple[str | int, str], list[Cited]] = {}
    for place, one in enumerate(answers):
        # Mentions of which nobody knows what they mean are not one document.
        groups.setdefault((one.key or place, one.fit), []).append(one)
    for (_, fit), group in groups.items():
        first = group[0]
        yield f"{_strong(first.key or say('index-no-key'), colours)}{_fit(fit, say)}\n"
        yield from (f"  {line}\n" for line in _about(group, say) if line)
        for one in group:
            again = say("index-same-as", path=_seen(one.same_as)) if one.same_as else None
            known = (one.report_number, _day(one.report_date, say), one.relation, again)
            told = ", ".join(filter(None, known))
            yield f"  {_where(one)}{f' ({told})' if told else ''}\n"
            yield f"    “{_flat(one.quote)}”\n"
    mentions = [one for group in groups.values() for one in group]
    repeated = sum(one.same_as is not None for one in mentions)
    counts = {"documents": len(groups), "mentions": len(mentions) - repeated}
    more = f" {say('index-cited-again', count=repeated)}" if repeated else ""
    yield f"\n{say('index-cited-all', **counts)}{more}\n"


def _about(group: Sequence[Cited], say: Say) -> Iterator[str]:
    """What the mentions of one document say of it, each first said somewhere."""
    kind, number, date, title, reason = (
        next(filter(None, (getattr(one, name) for one in group)), None)
        for name in ("type", "number", "date", "title", "evidence")
    )
    named = " ".join(filter(None, (kind, number)))
    yield " · ".join(filter(None, (named, _day(date, say), title)))
    if reason:
        yield say("index-joined", reason=say(f"index-evidence-{reason}"))


def _fit(fit: str, say: Say) -> str:
    return "" if fit == "exact" else f" ({say(f'index-fit-{fit}')})"


def _found(answers: Iterable[Found], say: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        guessed = f" ({say('index-misspelt')})" if one.how == "misspelt" else ""
        if one.kind == "document":
            about = " · ".join(filter(None, (one.number, _day(one.date, say), one.title)))
            yield f"{_strong(one.key or '', colours)}{guessed}\n    {about}\n"
        else:
            told = ", ".join(filter(None, (one.number, _day(one.date, say))))
            yield f"{_where(one)}{f' ({told})' if told else ''}{guessed}\n"
            yield f"    {_marked(one, colours)}\n"


def _shown(answers: Iterable[Shown], say: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        yield f"{_strong(one.key, colours)}{_fit(one.fit, say)}\n"
        yield f"  {say('index-cited', reports=one.reports, mentions=one.mentions)}\n"
        for name in _LISTS:
            if counts := getattr(one, name):
                yield f"  {say(f'index-{name}')}:\n"
                yield from (_count(count, say, day=name == "dates") for count in counts)
        for alias, evidence in one.also_meant:
            reason = say(f"index-evidence-{evidence}") if evidence else ""
            yield f"  {say('index-also', alias=alias, evidence=reason)}\n"
        for path in one.held:
            yield f"  {say('index-held', path=_seen(path))}\n"
        for name, end in (("first", one.first), ("last", one.last)):
            if end is not None:
                told = f" ({_day(end.report_date, say)})" if end.report_date else ""
                yield f"  {say(f'index-{name}')} {_where(end)}{told}\n"


def _conflicts(answers: Iterable[Conflict], say: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        yield f"{_strong(one.key, colours)}: {say(f'index-two-{one.kind}')}\n"
        for side in one.sides:
            value = _day(side.value, say) if one.kind == "dates" else side.value
            yield f"  {value} ({say('index-times', count=side.mentions)})\n"
            yield f"    {_where(side)}: “{_flat(side.quote)}”\n"


def _missing(answers: Iterable[Missing], say: Say, colours: bool) -> Iterator[str]:
    for one in answers:
        named = " ".join(filter(None, (one.type, one.number)))
        about = " · ".join(filter(None, (named, _day(one.date, say), one.issuer, one.title)))
        cited = say("index-cited", reports=one.reports, mentions=one.mentions)
        yield f"{_strong(one.key, colours)}\n"
        yield f"  {about}\n" if about else ""
        yield f"  {cited}\n"


def _failures(answers: Iterable[Failure], say: Say, _: bool) -> Iterator[str]:
    for one in answers:
        yield f"{say(f'index-state-{one.state}')}: {_seen(one.message)}\n"


def _duplicates(answers: Iterable[Duplicate], say: Say, _: bool) -> Iterator[str]:
    for one in answers:
        if one.likeness == 1:
            yield f"{_seen(one.path)}: {say('index-copy', other=_seen(one.other))}\n"
        else:
            alike = {"other": _seen(one.other), "percent": f"{one.likeness:.0%}"}
            yield f"{_seen(one.path)}: {say('index-near', **alike)}\n"


def _stats(answers: Iterable[Stat], say: Say, _: bool) -> Iterator[str]:
    """Names on the left, numbers below each other on the right."""
    counted = [(say(f"index-stat-{one.name}"), str(one.value), one) for one in answers]
    names = max((len(name) for name, _, _ in counted), default=0)
    numbers = max((len(number) for _, number, _ in counted), default=0)
    for name, number, one in counted:
        hint = f"  {say('index-gone-hint')}" if one.name == "gone" and one.value else ""
        yield f"{name:<{names}}  {number:>{numbers}}{hint}\n"


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


def _count(one: Count, say: Say, *, day: bool) -> str:
    value = _day(one.value, say) if day else one.value
    times = say("index-times", count=one.mentions)
    return f"    {value} ({times})\n"


def _day(written: str | None, say: Say) -> str | None:
    """A whole day as the language writes it; a part of one stays as it is."""
    if written is None or not _DATE.fullmatch(written):
        return written
    year, month, day = written.split("-")
    return say("index-day", day=day, month=month, year=year)


def _where(one: Any) -> str:
    """A place as editors and terminals know it: file:line."""
    return _seen(f"{one.report}:{one.line}" if one.line else f"{one.report}")


def _marked(one: Found, colours: bool) -> str:
    quote, pieces, at = _seen(one.quote), [], 0
    for start, end in one.marks:
        pieces += [quote[at:start], _strong(quote[start:end], colours)]
        at = end
    return "".join([*pieces, quote[at:]])


def _strong(words: str, colours: bool) -> str:
    return f"{BOLD}{words}{PLAIN}" if colours else words


def _flat(words: str) -> str:
    return _seen(" ".join(words.split()))


def _seen(words: str) -> str:
    """What a terminal would obey instead of showing it, as a mark."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", words)


def _cell(value: object) -> object:
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return "" if value is None else value
