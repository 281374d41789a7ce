"""Hostile saved web pages."""

from __future__ import annotations

import base64
from collections.abc import Callable

from tests.read.hostile.case import READ, Hostile, address
from tests.read.hostile.words import BILLION

WORDS = "So: 12/KH-SCT"
_HEAD = f"<html><p>{WORDS}</p>"


def _outside() -> str:
    """Everything by which a page makes a browser ask for something."""
    asked = (
        '<meta http-equiv="refresh" content="0;url={}refresh">',
        '<base href="{}base/">',
        '<link rel="stylesheet" href="{}style"><link rel="prefetch" href="{}next">',
        "<style>@import url({}import); body {{background: url({}back)}}</style>",
        '<script src="{}script"></script><script>fetch("{}fetch")</script>',
        '<img src="{}image" srcset="{}larger 2x"><video src="{}film" poster="{}poster">',
        '<iframe src="{}frame"></iframe><object data="{}object"></object><embed src="{}embed">',
        '<svg><image xlink:href="{}svg"/><use href="{}use"/></svg>',
        '<form action="{}form"><input type="image" src="{}input"></form>',
        '<a href="{}ping" ping="{}ping">x</a><img src="file:///etc/passwd">',
    )
    return "".join(asked).replace("{}", address()).replace("{{", "{").replace("}}", "}")


def _data_address() -> str:
    picture = base64.b64encode(bytes(15_000_000)).decode()
    return f'<img src="data:image/png;base64,{picture}">'


def _entity() -> bytes:
    return f"{BILLION.replace('DOCTYPE x', 'DOCTYPE html')}<html><p>{WORDS} &k;</p>".encode()


def _case(name: str, body: Callable[[], str], *ends: str, words: str = WORDS) -> Hostile:
    ends = ends or (READ,)
    return Hostile(
        name=f"{name}.html",
        make=lambda: (_HEAD + body()).encode(),
        ends=ends,
        words=words if READ in ends else "",
    )


_SPAN = "<table><tr><td colspan=99999999 rowspan=99999999>a<td>b"
_WHERE = "<table>" + "<tr><td rowspan=65534 colspan=1000>a</td></tr>" * 500 + "</table>"

CASES = (
    _case("deep-blocks", lambda: "<div>" * 100_000),
    _case("deep-words", lambda: "<b>" * 1_000_000),
    _case("deep-tables", lambda: "<table><tr><td>" * 100_000 + "x", READ, "too-deep"),
    _case("loose-tables", lambda: "<table>" + "<table><tr><td>" * 5000, READ, "too-deep"),
    _case("long-list", lambda: "<ol>" + "<li>a" * 30_000),
    _case("deep-lists", lambda: "<ul><li>" * 50_000, READ, "too-deep"),
    Hostile(name="entity.html", make=_entity, words=WORDS),
    Hostile(
        name="outer-entity.html",
        make=lambda: (
            f'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>{WORDS}&a;'
        ).encode(),
        words=WORDS,
    ),
    _case("links-outside", _outside),
    _case("data-addresses", _data_address),
    _case("nested-data",
          lambda: '<iframe src="data:text/html,<iframe src=data:text/html,x>"></iframe>' * 10_000),
    _case("wide-cells", lambda: _SPAN),
    _case("overlapping-cells", lambda: _WHERE),
    _case("open-comment", lambda: "<!--" * 500_000),
    _case("open-tag", lambda: "<a " + 'x="' * 1_000_000),
    _case("many-attributes", lambda: "<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">x"),
    _case("entities", lambda: "&amp;&#x110000;&#0;&#xD800;" * 200_000),
    _case("nul-bytes", lambda: "<p>a\0b</p><\0p>" * 20_000),
    _case("million-paragraphs", lambda: "<p>" * 500_000),
)  # fmt: skip
