"""Gold records: a ``*.gold.toml`` and the text it speaks of in, located entries out.

Every fault of the file is a sentence that names the file and the entry, and costs only
that entry.

>>> gold = parse_gold("[[section]]\\nline = 1\\nlabel = '1.'\\nlevel = 1", "a.gold.toml", "1. Một")
>>> gold.entries["section"][0].values["label"], gold.problems
('1.', ())
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from docparse.evaluate.quotes import Lines
from docparse.patterns import load

ENTRY_KINDS = ("section", "citation", "figure", "table")

_PLACE = {"line": int, "quote": str, "nth": int, "optional": bool, "note": str}
_KEYS: dict[str, dict[str, type]] = {
    "header": {
        **dict.fromkeys(("issuer_parent", "issuer", "number", "symbol", "place"), str),
        **dict.fromkeys(("date", "date_partial", "type", "title", "note"), str),
        **{"addressees": list, "recipients": list, "signer": dict},
    },
    "section": {**_PLACE, "label": str, "level": int, "title": str, "run_in": bool},
    "citation": {
        **_PLACE,
        **dict.fromkeys(("type", "number", "symbol", "date", "issuer", "title"), str),
        **{"pinpoint": str, "relation": str, "document": str, "own": bool},
    },
    "figure": {
        **_PLACE,
        **dict.fromkeys(("value", "value_max", "denominator", "unit", "kind"), str),
        **{"indicator": str, "qualifier": str, "mode": str, "period": list},
    },
    "table": {
        **{"line": int, "line_end": int, "optional": bool, "note": str, "caption": str},
        **dict.fromkeys(("columns", "header_rows", "rows", "total_rows", "period"), list),
    },
}
_NEAR = "near"
_NEEDED = {
    "section": ("line", "label", "level"),
    "citation": ("line", "quote"),
    "figure": ("line", "quote", "value"),
    "table": ("line", "line_end", "rows"),
}
_TOP = {
    "skip": list,
    "source": str,
    "lines": str,
    "header": dict,
    "note": str,
    **dict.fromkeys(ENTRY_KINDS, list),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One gold record and its range in the source."""

    values: Mapping[str, Any]
    line: int
    start: int
    end: int
    quote: str
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a careful reader finds in one text. ``header`` is None where it is not annotated."""

    skip: tuple[str, ...]
    header: Mapping[str, Any] | None
    entries: Mapping[str, tuple[Entry, ...]]
    problems: tuple[str, ...]


def parse_gold(toml: str, name: str, text: str, *, lang: str = "vi") -> Gold:
    """The gold of one file; ``name`` is what its faults are reported under."""
    reader = _Reader(name, Lines(text), lang)
    try:
        content = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        reader.problem("gold-broken-toml", reason=error)
        content = {}
    reader.check("file", content, _TOP)
    reader.near = content.get("lines") == _NEAR
    header = content.get("header")
    if header is not None:
        reader.check("header", header, _KEYS["header"])
    return Gold(
        skip=tuple(content.get("skip", ())),
        header=header,
        entries={kind: tuple(reader.entries(kind, content)) for kind in ENTRY_KINDS},
        problems=tuple(reader.problems),
    )


class _Reader:
    """Reads the entries of one file and collects what is wrong with them."""

    def __init__(self, name: str, lines: Lines, lang: str) -> None:
        self.name = name
        self.lines = lines
        self.lang = lang
        self.problems: list[str] = []
        self.near = False  # the lines are those of one reading; the entries stand in order
        self._after = 0

    def problem(self, code: str, **values: object) -> None:
        self.problems.append(load().message(code, self.lang, gold=self.name, **values))

    def check(self, entry: str, content: Mapping[str, Any], known: Mapping[str, type]) -> bool:
        """Only known keys, each with a value of its kind."""
        sound = True
        for key, value in content.items():
            if key not in known:
                self.problem("gold-unknown-key", entry=entry, key=key, known=", ".join(known))
                sound = False
            elif type(value) is not known[key] or not _readable(key, value):
                self.problem("gold-bad-value", entry=entry, key=key, value=value)
                sound = False
        return sound

    def entries(self, kind: str, content: Mapping[str, Any]) -> Iterator[Entry]:
        self._after = 0
        for index, values in enumerate(content.get(kind, ()), 1):
            name = f"{kind} {index}"
            sound = self.check(name, values, _KEYS[kind])
            for key in _NEEDED[kind]:
                if key not in values:
                    self.problem("gold-missing-key", entry=name, key=key)
                    sound = False
            place = self._place(kind, name, values) if sound else None
            if place is not None:
                yield Entry(
                    values=values,
                    line=values["line"],
                    start=place[0],
                    end=place[1],
                    quote=values.get("quote") or values.get("label") or values.get("caption", ""),
                    optional=values.get("optional", False),
                )

    def _place(self, kind: str, name: str, values: Mapping[str, Any]) -> tuple[int, int] | None:
        line, quote = values["line"], values.get("quote", "")
        if kind == "table":
            place = self.lines.range(line, values["line_end"])
        elif kind == "section":
            quote = values["label"]
            place = self.lines.range_with(line, quote)
        elif self.near:
            place = self.lines.find_near(line, quote, self._after)
            self._after = place[0] + 1 if place else self._after
        else:
            place = self.lines.find(line, quote, values.get("nth", 1))
        if place is None:
            elsewhere = ", ".join(map(str, self.lines.lines_with(quote))) if quote else ""
            hint = elsewhere and load().message("gold-quote-elsewhere", self.lang, lines=elsewhere)
            self.problem("gold-no-quote", entry=name, line=line, quote=quote, hint=hint)
        return place


def _readable(key: str, value: Any) -> bool:
    """Dates and decimals that can be compared; 31/02 may be written, it is gold too."""
    if key == "lines":
        return bool(value == _NEAR)
    if key == "date":
        parts = value.split("-")
        return 1 <= len(parts) <= 3 and all(part.isdecimal() for part in parts if part)
    if key in ("value", "value_max", "denominator"):
        return _reads(Decimal, value)
    if key == "period":
        return len(value) == 2 and all(_reads(date.fromisoformat, day) for day in value if day)
    return True


def _reads(read: Any, value: Any) -> bool:
    try:
        read(value)
    except (ValueError, TypeError, InvalidOperation):
        return False
    return True
