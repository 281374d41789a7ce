"""Writes ``docs/api.md``: the public names with their signatures, and what their fields mean.

    python docs/api.py

Signatures and sentences come from the code; what a field means stands in ``docs/api.toml``. A field
without a meaning, or a meaning without a field, is an error, so that the page can be trusted.
"""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import docparse
from docparse import checking, errors, models
from docparse.index import answers
from docparse.read import limits

HERE = Path(__file__).resolve().parent
FUNCTIONS = ("parse", "parse_folder", "check", "annotate", "page_image", "explain", "open_index")
CLASSES = (docparse.Report, checking.CheckResult, docparse.Index)
RECORDS = (
    "Header Signer Section Citation Document Reference Figure Period Enumeration Table Notice"
    " Span Date Source Text Edit"
)
FINDINGS = "Checked Finding Evidence Suppression KnownFinding Held Apart Coverage Decided"
ANSWERS = "Cited Found Shown Count Conflict Side Missing Failure Duplicate Stat"
_STARS: dict[object, str] = {
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}
_ROLE = re.compile(r":\w+:`~?([^`]+)`")


def api_page() -> str:
    """The whole page."""
    meanings = tomllib.loads((HERE / "api.toml").read_text(encoding="utf-8"))
    lines = [
        "<!-- python docs/api.py -->",
        "",
        "# Python",
        "",
        "What `import docparse` offers. Every value is frozen; a name that begins with `_`, or is"
        " not on this page, may change without notice. `patterns=` takes what"
        " `docparse.patterns.load(folder)` makes of a folder of your own. How to put these to use:"
        " [how-to](how-to.md#programmer).",
        "",
        "## Functions",
        *(line for name in FUNCTIONS for line in _function(name)),
        "",
        "## Classes",
        *(line for one in CLASSES for line in _class(one, meanings)),
    ]
    for title, where, names in (
        ("Records", models, RECORDS),
        ("Findings", models, FINDINGS),
        ("Answers of the index", answers, ANSWERS),
        ("What a file may cost", limits, "Limits"),
    ):
        lines += ["", f"## {title}"]
        for name in names.split():
            lines += _record(getattr(where, name), meanings)
    lines += ["", "## Errors", *_errors()]
    return "\n".join(lines) + "\n"


def _function(name: str) -> Iterator[str]:
    yield from ("", f"### {name}", "", "```")
    yield from _signature(f"docparse.{name}", getattr(docparse, name))
    yield from ("```", "", _said(getattr(docparse, name)))


def _class(kind: type, meanings: Mapping[str, Any]) -> Iterator[str]:
    """A class with its methods; of a dataclass also the fields."""
    yield from ("", f"### {kind.__name__}", "", _said(kind))
    if hasattr(kind, "__dataclass_fields__"):
        yield from ("", *_fields(kind, meanings))
    yield from ("", "| | |", "|---|---|")
    for name, member in vars(kind).items():
        if name.startswith("_") or not (inspect.isfunction(member) or _is_property(member)):
            continue
        yield f"| `{_cell(_call(name, member))}` | {_cell(_said(member)) or _plain(name)} |"


def _call(name: str, member: Any) -> str:
    """A property with its type, or a method with its parameters and what comes back."""
    if _is_property(member):
        return f"{name}: {inspect.signature(member.fget).return_annotation}"
    back = inspect.signature(member).return_annotation
    return f"{name}({', '.join(_parameters(member))}) -> {back}"


def _record(kind: type, meanings: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"### {kind.__name__}", "", _said(kind), "", *_fields(kind, meanings))


def _fields(kind: type, meanings: Mapping[str, Any]) -> Iterator[str]:
    known = meanings[kind.__name__]
    names = [one.name for one in fields(kind)]
    if strange := set(known) - set(names):
        raise ValueError(f"docs/api.toml: {kind.__name__} has no {', '.join(sorted(strange))}")
    yield from ("| Field | Type | Meaning |", "|---|---|---|")
    for one in fields(kind):
        if one.name not in known and one.name not in meanings["everywhere"]:
            raise ValueError(f"docs/api.toml: what is {kind.__name__}.{one.name}?")
        meaning = known.get(one.name) or meanings["everywhere"][one.name]
        yield f"| `{one.name}` | `{_cell(str(one.type))}` | {meaning} |"


def _errors() -> Iterator[str]:
    """The tree as its module draws it."""
    text = inspect.getdoc(errors) or ""
    tree = re.search(r"^    DocparseError\n(?:    .+\n)+", text, re.MULTILINE)
    assert tree is not None
    yield ""
    yield "In `docparse.errors`. Each has a `code`, its `values`, and `sentence(lang)`, which says"
    yield "in one language what is wrong and what to do."
    yield from ("", "```", *(line[4:] for line in tree[0].splitlines()), "```")


def _signature(name: str, call: Callable[..., object]) -> Iterator[str]:
    """A call as it is written, one parameter a line where there are many."""
    parameters = list(_parameters(call))
    back = inspect.signature(call).return_annotation
    if len(parameters) < 3:
        yield f"{name}({', '.join(parameters)}) -> {back}"
        return
    yield f"{name}("
    yield from (f"    {one}," for one in parameters)
    yield f") -> {back}"


def _parameters(call: Callable[..., object]) -> Iterator[str]:
    keyword = False
    for name, one in inspect.signature(call).parameters.items():
        if name == "self":
            continue
        if one.kind is one.VAR_POSITIONAL:
            keyword = True
        if one.kind is one.KEYWORD_ONLY and not keyword:
            keyword = True
            yield "*"
        stars = _STARS.get(one.kind, "")
        default = "" if one.default is one.empty else f" = {one.default!r}"
        yield f"{stars}{name}: {one.annotation}{default}"


def _said(one: object) -> str:
    """The docstring without its examples, in the marks of Markdown."""
    text = (getattr(one, "__doc__", None) or "").partition(">>>")[0]
    return _ROLE.sub(r"`\1`", inspect.cleandoc(text)).replace("``", "`").strip()


def _is_property(member: object) -> bool:
    return isinstance(member, property)


def _plain(name: str) -> str:
    return f"the {name} of the report"


def _cell(said: str) -> str:
    return " ".join(said.split()).replace("|", "\\|")


if __name__ == "__main__":
    (HERE / "api.md").write_text(api_page(), encoding="utf-8")
