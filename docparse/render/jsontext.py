"""JSON as it leaves the program: objects in, pieces of text out, one report at a time.

Keys keep the order of the contract and letters stay letters, so that a person can read
the output and a diff shows what changed.

>>> "".join(json_array([json_line({"a": "ế"}), json_line({"a": None})]))
'[\\n{"a": "ế"},\\n{"a": null}\\n]\\n'
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Valid inside JSON strings, but many programs take them for the end of a line.
_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def json_line(value: Mapping[str, Any]) -> str:
    """One object on one line, without the line break."""
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)


def json_array(lines: Iterable[str]) -> Iterator[str]:
    """A JSON array of objects, one a line, written as they come."""
    opening = "[\n"
    for line in lines:
        yield opening + line
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
