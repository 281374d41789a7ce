"""The JSON Schema of the record contract: the classes of the contract in, a schema out.

``docs/schema/report-1.schema.json`` is this schema as a file; a test keeps it fresh, and
``python -m docparse.render.schema FILE`` writes it.

>>> json_schema(int | None)
{'type': ['integer', 'null']}
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, NotRequired, get_args, get_origin, get_type_hints
from typing import is_typeddict as is_object

from docparse.render.contract import SCHEMA, ReportJson, Rule

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one report object."""
    return object_schema(ReportJson, SCHEMA)


def object_schema(kind: Any, name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one class of a contract and of all that it names."""
    objects: dict[str, Any] = {}
    made = _object(kind, objects)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('/', ':')}",
        "title": name,
        **made,
        "$defs": dict(sorted(objects.items())),
    }


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(report_schema(), ensure_ascii=False, indent=2) + "\n"


def json_schema(kind: Any, objects: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema of one annotation; the classes it names are added to ``objects``."""
    objects = {} if objects is None else objects
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if is_object(kind):
        return _reference(kind, objects)
    if origin is Annotated:
        return _annotated(kind.__origin__, kind.__metadata__, objects)
    if origin is NotRequired:
        return json_schema(arguments[0], objects)
    if origin is Literal:
        return {"const": arguments[0]}
    if origin is list:
        return {"type": "array", "items": json_schema(arguments[0], objects)}
    if origin is dict:
        return {"type": "object", "additionalProperties": json_schema(arguments[1], objects)}
    return _union(arguments, objects)


def _reference(kind: Any, objects: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__.removesuffix("Json").lower()
    if name not in objects:
        objects[name] = {}
        objects[name] = _object(kind, objects)
    return {"$ref": f"#/$defs/{name}"}


def _object(kind: Any, objects: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {
        "description": kind.__doc__,
        "type": "object",
        "properties": {name: json_schema(hint, objects) for name, hint in hints.items()},
        "required": [name for name in hints if name in kind.__required_keys__],
        "additionalProperties": False,
    }


def _annotated(kind: Any, said: tuple[Any, ...], objects: dict[str, Any]) -> dict[str, Any]:
    """Words beside a field describe it; a rule adds its keyword."""
    made = json_schema(kind, objects)
    for beside in said:
        keyword, value = beside if isinstance(beside, Rule) else ("description", beside)
        made[keyword] = value
    return made


def _union(kinds: tuple[Any, ...], objects: dict[str, Any]) -> dict[str, Any]:
    """What may be absent: null joins the type, or stands beside the object it may be."""
    made = [json_schema(kind, objects) for kind in kinds]
    if [part for part in made if "$ref" in part]:
        return {"anyOf": made}
    merged: dict[str, Any] = {}
    for part in made:
        merged |= part
    return merged | {"type": [part["type"] for part in made]}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
