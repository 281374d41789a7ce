"""Why a record says what it says: a record goes in, sentences for a person come out.

What happened while reading stands in the trace of the record, as pairs of a step and how it
was done; the sentence of a pair is ``explain-STEP-HOW`` or ``explain-STEP`` in
``patterns/messages.toml``. A pair without a sentence is shown as it is.

>>> from docparse.models import Span
>>> words = "Nghị định 30"
>>> span = Span(start=0, end=12, origin_start=0, origin_end=12, line=7, line_end=7, quote=words)
>>> cited = Citation(type="Nghị định", number="30", span=span, trace=(("form", "bare"),))
>>> print(explain(cited, lang="en").splitlines()[0])
Line 7: “Nghị định 30”
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from unicodedata import combining, normalize

from docparse.errors import UsageError
from docparse.models import Citation, Date, Figure, Reference
from docparse.patterns import load
from docparse.render.records import written_date
from docparse.render.repairs import visible

__all__ = ["explain"]

_Step = tuple[str, str]
# Laws and standards carry a year or nothing: a date is not looked for.
_WITHOUT_DATE = {"law", "standard"}
_NO_YEAR = "@?"
_NONE = "—"


def explain(record: Citation | Figure | Reference, *, lang: str = "vi") -> str:
    """A heading with the words of the source, then one sentence a reason."""
    match record:
        case Citation():
            values, steps = _citation_values(record, lang), [*_citation_steps(record)]
        case Figure():
            values, steps = _figure_values(record, lang), [*_figure_steps(record)]
        case Reference():
            values, steps = {"key": record.key or _NONE}, [("refers", record.reason)]
        case _:
            raise UsageError("not-a-record", kind=type(record).__name__)
    values |= {"line": str(record.span.line), "words": visible(record.span.quote)}
    say = partial(_sentence, values=values, lang=lang)
    return "\n".join([say("place", ""), *(f"- {say(step, how)}" for step, how in steps)]) + "\n"


def _sentence(step: str, how: str, *, values: Mapping[str, str], lang: str) -> str:
    codes = (f"explain-{step}-{_plain(how)}", f"explain-{step}", "explain-other")
    code = next(code for code in codes if code in load().messages)
    return load().message(code, lang, **{**values, "step": step, "value": how})


def _plain(how: str) -> str:
    """The words of a step as they stand in the name of a sentence.

    >>> _plain("của"), _plain("year_only")
    ('cua', 'year-only')
    """
    bare = normalize("NFD", how.lower().replace("đ", "d"))
    letters = "".join(letter for letter in bare if not combining(letter))
    return "-".join(re.findall("[a-z0-9]+", letters))


def _citation_values(record: Citation, lang: str) -> dict[str, str]:
    fields = {
        "type": record.type,
        "number": record.number or record.symbol,
        "date": record.date and _date(record.date, lang),
        "issuer": record.issuer,
        "title": record.title,
        "relation": record.relation,
        "pinpoint": record.pinpoint,
        "key": record.key,
        "confidence": f"{record.confidence:.0%}",
    }
    return {name: value or _NONE for name, value in fields.items()}


def _citation_steps(record: Citation) -> Iterator[_Step]:
    """The trace, and what the fields say of themselves, from the words to the key."""
    mended = dict(record.trace)
    if record.own:
        yield "own", ""
    yield from (step for step in record.trace if step[0] in ("form", "type"))
    if record.type is None and not record.own:
        yield "type", "missing"
    for rule in record.repairs:
        yield f"repair-{rule}", mended.get(rule, rule)
    yield from _date_steps(record)
    told = {"form", "type", "date", *record.repairs}
    yield from (step for step in record.trace if step[0] not in told)
    if record.relation and "relation" not in mended:
        yield "purpose", record.relation
    if record.pinpoint:
        yield "pinpoint", record.pinpoint
    yield from _key_steps(record)
    if record.confidence < 1:
        yield "confidence", ""


def _date_steps(record: Citation) -> Iterator[_Step]:
    trace = dict(record.trace)
    if "date" in trace:
        yield "date", trace["date"]
    elif record.date is None and not record.own and trace.get("form") not in _WITHOUT_DATE:
        yield "date", "missing"
    if record.date is not None and record.date.full and record.date.calendar is None:
        yield "date", "impossible"


def _key_steps(record: Citation) -> Iterator[_Step]:
    if record.key is None:
        yield "key", "missing"
    elif _NO_YEAR in record.key:
        yield "key", "no-year"
    elif record.year is None and record.date is not None:
        yield "key", "year-of-date"
    else:
        yield "key", "whole"


def _date(date: Date, lang: str) -> str | None:
    if lang == "en" or not date.full:
        return written_date(date)
    return f"{date.day:02d}/{date.month:02d}/{date.year}"


def _figure_values(record: Figure, lang: str) -> dict[str, str]:
    period = record.period
    days = () if period is None else (period.start, period.end)
    shown = (
        _date(Date(year=day.year, month=day.month, day=day.day), lang) if day else "…"
        for day in days
    )
    return {
        "unit": record.unit or _NONE,
        "indicator": record.indicator or _NONE,
        "period": " – ".join(str(day) for day in shown),
    }


def _figure_steps(record: Figure) -> Iterator[_Step]:
    yield "read-as", _amount(record)
    yield from (step for step in record.trace if step[0] != "numeral")


def _amount(record: Figure) -> str:
    """The value as it was understood: "5/7 hồ sơ", "3–5 %"."""
    upper = f"–{record.value_max:f}" if record.value_max is not None else ""
    whole = f"/{record.denominator:f}" if record.denominator is not None else ""
    return " ".join(filter(None, (f"{record.value:f}{upper}{whole}", record.unit)))
