"""The record of a report, packed with its text: JSON objects in, few bytes out, and back.

What a report says stands in its record a second time, and a third time in the quotes; so the
quotes are left out and the rest is compressed together with the source. Rows of equal shape are
turned into columns, offsets into their steps.

>>> spans = [{"start": 4, "end": 6, "origin_start": 5, "origin_end": 7, "page": None,
...           "line": 1, "line_end": 1, "bbox": None, "quote": "12"}]
>>> rows = [{"a": 1, "span": spans[0]}, {"a": 2, "span": spans[0]}]
>>> packed = compress(pack("Số:  12", [], {"rows": rows}))
>>> unpack_text(packed)[0], unpack_record(packed)["rows"][1]["span"] == spans[0]
('Số:  12', True)
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

_SPAN = {"start", "end", "origin_start", "origin_end", "page", "line", "line_end", "bbox"}
_QUOTED = _SPAN | {"quote"}
_PLAIN = {str, int, float, bool, type(None)}
_ROWS, _SPANS = "#rows", "#spans"


def pack(source: str, changes: object, record: object, rest: object = None) -> bytes:
    """A source text, its changes, plain values that quote it, and what else reading found.

    Not compressed yet.
    """
    text = source.encode("utf-8", "surrogatepass")
    pieces = [text, *(_json(one) for one in (changes, _dense(record), rest))]
    sizes = " ".join(str(len(piece)) for piece in pieces).encode()
    return b"\n".join([sizes, b"".join(pieces)])


def compress(packed: bytes) -> bytes:
    """What the database keeps. (Other threads go on meanwhile; 6 takes 1.8 times as long as 4 for
    seven percent of these bytes.)"""
    return zlib.compress(packed, 4)


def unpack_text(packed: bytes) -> tuple[str, Any]:
    """The source text and its changes; reading the record would take longer than both."""
    text, changes = _first_pieces(packed, 2)
    return text, json.loads(changes)


def unpack_source(packed: bytes) -> str:
    """The source text alone."""
    return _first_pieces(packed, 1)[0]


def unpack_record(packed: bytes) -> Any:
    """The values, with every quote cut from the text again."""
    text, _, record, *_ = _pieces(packed)
    return _loose(json.loads(record), text)


def unpack_rest(packed: bytes) -> tuple[str, Any, Any] | None:
    """The source text, the record's ``source``, and what else reading found.

    None where an earlier version has packed it, which did not keep the last.
    """
    text, _, record, *rest = _pieces(packed)
    return (text, json.loads(record)["source"], json.loads(rest[0])) if rest else None


def _json(value: object) -> bytes:
    dense = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return dense.encode("utf-8", "surrogatepass")


def _pieces(packed: bytes) -> list[str]:
    sizes, whole = zlib.decompress(packed).split(b"\n", 1)
    ends = [*accumulate(map(int, sizes.split()))]
    return [
        whole[start:end].decode("utf-8", "surrogatepass")
        for start, end in zip([0, *ends], ends, strict=False)
    ]


def _first_pieces(packed: bytes, count: int) -> list[str]:
    """The first pieces: what comes behind them is not even decompressed."""
    stream = zlib.decompressobj()
    head, _, begun = stream.decompress(packed, 100).partition(b"\n")
    ends = [*accumulate(map(int, head.split()[:count]))]
    while len(begun) < ends[-1]:
        begun += stream.decompress(stream.unconsumed_tail, ends[-1] - len(begun))
    return [
        begun[start:end].decode("utf-8", "surrogatepass")
        for start, end in zip([0, *ends], ends, strict=False)
    ]


def _dense(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == _QUOTED:
            return {name: one for name, one in value.items() if name != "quote"}
        return {name: _dense(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return _dense_list(value)
    return value


def _dense_list(values: Sequence[Any]) -> Any:
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        return values
    if len(values) > 1 and kinds == {dict}:
        names = values[0].keys()
        if names and all([one.keys() == names for one in values]):
            if names == _QUOTED:
                return {_SPANS: _steps(values)}
            return {_ROWS: {name: _dense_list([one[name] for one in values]) for name in names}}
    return [_dense(one) for one in values]


def _loose(value: Any, source: str) -> Any:
    if isinstance(value, list):
        return [_loose(one, source) for one in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {_SPANS}:
        return list(_spans(value[_SPANS], source))
    if value.keys() == {_ROWS}:
        columns = {name: _loose(column, source) for name, column in value[_ROWS].items()}
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    made = {name: _loose(one, source) for name, one in value.items()}
    if value.keys() == _SPAN:
        made["quote"] = source[made["origin_start"] : made["origin_end"]]
    return made


def _steps(spans: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [
        differences([one["start"] for one in spans]),
        [one["end"] - one["start"] for one in spans],
        differences([one["origin_start"] - one["start"] for one in spans]),
        [one["origin_end"] - one["origin_start"] for one in spans],
        differences([one["line"] for one in spans]),
        [one["line_end"] - one["line"] for one in spans],
        [one["page"] for one in spans],
        [one["bbox"] for one in spans],
    ]


def _spans(steps: list[Any], source: str) -> Iterable[dict[str, Any]]:
    summed = [*steps]
    for place in (0, 2, 4):
        summed[place] = accumulate(steps[place])
    for start, length, shift, original, line, lines, page, bbox in zip(*summed, strict=True):
        origin = start + shift
        yield {
            "start": start,
            "end": start + length,
            "origin_start": origin,
            "origin_end": origin + original,
            "page": page,
            "line": line,
            "line_end": line + lines,
            "bbox": bbox,
            "quote": source[origin : origin + original],
        }


def differences(numbers: Sequence[int]) -> list[int]:
    """Each number as its distance from the one before, which packs well."""
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]
