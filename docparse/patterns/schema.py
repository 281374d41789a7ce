"""Does an entry fit its row class? A class and an entry in, the faults out.

The rows of :mod:`docparse.patterns.tables` say what may be written; an entry is the TOML
table as read.

>>> from docparse.patterns.tables import Unit
>>> [fault.code for fault in entry_faults(Unit, {"id": "ha", "name": "ha", "kind": "aera"})]
['pattern-bad-choice']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args, get_origin, get_type_hints

from docparse.patterns.tables import as_date

# What the loader adds to a form; nobody writes these.
_NOT_WRITTEN = {"file", "line"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one key; ``code`` and ``values`` make the sentence."""

    key: str
    code: str
    values: tuple[tuple[str, str], ...] = ()


def entry_faults(row: type[Any], entry: Mapping[str, object]) -> Iterator[Fault]:
    """Unknown and missing keys, values of the wrong kind, dates in the wrong order."""
    known = {_written(field.name): field for field in fields(row) if field.name not in _NOT_WRITTEN}
    hints = get_type_hints(row)
    for key in entry:
        if key not in known:
            yield _fault(key, "pattern-unknown-key", known=", ".join(known))
    for key, field in known.items():
        if key in entry:
            yield from _value_faults(key, entry[key], hints[field.name])
        if _required(field) and entry.get(key, "") in ("", []):
            yield _fault(key, "pattern-missing-key")
    yield from _order_faults(entry)


def _value_faults(key: str, value: object, hint: Any) -> Iterator[Fault]:
    if get_origin(hint) is Literal:
        if value not in get_args(hint):
            yield _fault(key, "pattern-bad-choice", value=value, known=", ".join(get_args(hint)))
        return
    code, fits = _expected(hint)
    if not fits(value):
        yield _fault(key, code, value=value)


def _expected(hint: Any) -> tuple[str, Callable[[object], bool]]:
    """What a field of this type wants: the code to report, and the test."""
    if hint == date | None:
        return "pattern-bad-date", lambda value: _reads(as_date, value)
    if hint is Decimal:
        return "pattern-bad-number", lambda value: _reads(_positive, value)
    if hint is bool:
        return "pattern-not-bool", lambda value: isinstance(value, bool)
    if get_origin(hint) is tuple:
        return "pattern-not-list", _is_list_of_text
    return "pattern-not-text", lambda value: isinstance(value, str)


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _order_faults(entry: Mapping[str, object]) -> Iterator[Fault]:
    first, last = entry.get("valid_from"), entry.get("valid_to")
    if first is None or last is None or not (_reads(as_date, first) and _reads(as_date, last)):
        return
    if as_date(first) > as_date(last):
        yield _fault("valid_to", "pattern-dates-reversed", first=first, last=last)


def _reads(read: Any, value: object) -> bool:
    try:
        read(value)
    except (ValueError, InvalidOperation):
        return False
    return True


def _positive(value: object) -> Decimal:
    number = Decimal(str(value))
    if not (number.is_finite() and number > 0):
        raise ValueError(value)
    return number


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _written(name: str) -> str:
    return "not" if name == "counter_examples" else name


def _fault(key: str, code: str, **values: object) -> Fault:
    return Fault(
        key=key, code=code, values=tuple((name, str(value)) for name, value in values.items())
    )
