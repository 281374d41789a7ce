"""Any words in any field of a report: pages show them and never obey them, sheets hold them.

Words are drawn at random among those that HTML, scripts and spreadsheets obey. Every text of a
report, its name, its findings and what could not be read takes them; the pages are read back by
libxml2, which knows nothing of how they were written.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html

import docparse
from docparse.models import Checked, Coverage, Finding, Notice, Source, Suppression
from docparse.render.markup import UNSEEN
from docparse.render.names import short_names
from docparse.render.page import Series, findings_page
from docparse.render.page.charts import Dot
from docparse.render.page.packed import unpacked
from docparse.render.workbook import cell_text, workbook
from docparse.report import Report

TEXT = """\
SỞ CÔNG THƯƠNG
Số: 12/BC-SCT

BÁO CÁO
Theo Quyết định số 30/QĐ-UBND ngày 05/3/2020 của UBND tỉnh về việc khen thưởng.
Theo Quyết định số 30/QĐ-UBND ngày 07/3/2020 của UBND tỉnh về việc khen thưởng.
Năm 2023 tiếp nhận 120 hồ sơ, đạt 86,4%; trong đó 70 hồ sơ trực tuyến.
Năm 2023 tiếp nhận 130 hồ sơ.

| STT | Đơn vị | Hồ sơ |
|---|---|---|
| 1 | Sở A | 10 |
| 2 | Sở B | 20 |
| | Tổng | 31 |
"""
OBEYED = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</title><script>",
    "</style><script>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&",
    "</option></select><script>",
    "</mark></article>",
    "\u2028alert(1)",
    "{x}",
    "${x}",
    "%s",
    "\\u003c",
    "=1+1",
    '=HYPERLINK("http://x")',
    "+84",
    "-15",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|'/C calc'!A0",
    "'=1",
    "'",
    "internal:'a'!A1",
    "http://x",
    "_x0041_",
    "<?php",
    "<x:b>",
    "{=1+1}",
    "＝1+1",
)
_words = st.lists(
    st.one_of(st.sampled_from(OBEYED), st.text(max_size=8), st.sampled_from(UNSEEN)), max_size=4
).map("".join)
# A whole report is not made smaller when it fails: that takes minutes and says no more.
_WHOLE = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
_SHOWN = re.compile(f"[{UNSEEN}]")
_RUN = {"script", "img", "svg", "iframe", "object", "embed", "link", "form", "base", "a", "style"}


@cache
def _plain() -> tuple[Report, Checked]:
    report = docparse.parse(TEXT.encode(), path="a.txt")
    checked = docparse.check(report, notes=True).checked
    assert report.citations
    assert report.figures
    assert report.tables
    assert checked.findings
    return report, checked


def _hostile(draw: Callable[[], str]) -> tuple[Report, Checked]:
    """The report with other words in each field that holds any; places stay as they are."""
    report, checked = _plain()
    path = draw() + ".txt"
    records = report.records

    def spoken(one: Any, *names: str) -> Any:
        return replace(one, **{name: draw() for name in names})

    changed = replace(
        records,
        citations=tuple(
            spoken(one, "type", "number", "issuer", "title", "pinpoint", "relation")
            for one in records.citations
        ),
        figures=tuple(spoken(one, "unit", "indicator") for one in records.figures),
        tables=tuple(
            replace(
                spoken(one, "caption"),
                columns=tuple(draw() for _ in one.columns),
                rows=tuple(tuple(draw() for _ in row) for row in one.rows),
                values=(),
            )
            for one in records.tables
        ),
        documents=tuple(
            replace(one, numbers=(draw(),), titles=(draw(), draw()), issuers=(draw(),))
            for one in records.documents
        ),
    )
    notices = (Notice(code="hidden-sheet", values=(("name", draw()),)),)
    source = replace(report.source, path=path, notices=notices)
    findings = tuple(_finding(one, path, draw) for one in checked.findings)
    told = replace(checked, findings=findings, coverage=(Coverage(report=path),))
    return replace(report, source=source, records=changed), told


def _finding(one: Finding, path: str, draw: Callable[[], str]) -> Finding:
    return replace(
        one,
        evidence=tuple(replace(each, report=path) for each in one.evidence),
        values=tuple((name, draw()) for name, _ in one.values),
        equation=draw(),
        suggestion=draw(),
        suppression=Suppression(
            fingerprint="0" * 16, reason=draw() or "x", who=draw(), note=draw()
        ),
    )


@st.composite
def _sets(draw: st.DrawFn) -> tuple[Report, Checked, list[str]]:
    drawn: list[str] = []

    def one() -> str:
        drawn.append(draw(_words))
        return drawn[-1]

    report, checked = _hostile(one)
    return report, checked, drawn


def _seen(words: str) -> str:
    """As a page shows words: what cannot be seen is spelt out, line breaks are all the same."""
    shown = _SHOWN.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", words)
    return shown.replace("\r\n", "\n").replace("\r", "\n")


def _read(made: str) -> Any:
    # A page in UTF-8 can hold no half of a surrogate pair; none may be left of it.
    return html.document_fromstring(made.encode("utf-8"))


def _tags(tree: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for element in tree.iter():
        name = element.tag if isinstance(element.tag, str) else "comment"
        found[name] = found.get(name, 0) + 1
    return found


def _page_of(report: Report, checked: Checked, words: str) -> str:
    days = (date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3))
    dots = (Dot(day=day, value=day.day, label=words, slip=day.day == 2) for day in days)
    drawn = Series(name=words, dots=tuple(dots))
    failed = {"vi": words, "en": words}
    return "".join(findings_page(checked, (report,), registers=[drawn], failures=[failed]))


@settings(_WHOLE, max_examples=15)
@given(_sets())
def test_the_page_of_findings_obeys_no_words(case: tuple[Report, Checked, list[str]]) -> None:
    report, checked, drawn = case
    harmless, _ = _plain()
    innocent = _hostile(lambda: "x")
    expected = _tags(_read(_page_of(*innocent, "x")))
    words = "".join(drawn[-2:])
    tree = _read(_page_of(report, checked, words))
    found = _tags(tree)
    grown = {name for name in found if found[name] > expected.get(name, 0)}
    assert grown <= {"span"}  # signs that are spelt out
    assert found["script"] == expected["script"] == 2
    for element in tree.iter():
        names = [str(name) for name in element.attrib]
        assert not [name for name in names if name.startswith("on") or ":" in name]
        assert str(element.get("href", "#")).startswith("#")
    (name,) = short_names([report.source.path])
    assert _seen(name) in tree.xpath("string(//section[@id='reports']//li/a)")
    assert _seen(words) in tree.xpath("string(//ul[@class='failures'])")
    data = json.loads(tree.xpath("string(//script[@id='data'])"))
    assert json.loads(unpacked(data["reports"][0][1]))[0] == harmless.source.text


@settings(max_examples=50, deadline=None)
@given(_words, _words)
def test_the_marked_text_obeys_no_words(text: str, name: str) -> None:
    report, _ = _plain()
    marked = replace(report, source=Source(text=TEXT + text, path=name, sha256="", format="txt"))
    plain = docparse.annotate(report, page=True, kinds=("citations", "figures", "tables"))
    made = docparse.annotate(marked, page=True, kinds=("citations", "figures", "tables"))
    tree, expected = _read(made), _tags(_read(plain))
    found = _tags(tree)
    assert {tag for tag in found if found[tag] > expected.get(tag, 0)} <= {"span"}
    assert not [key for one in tree.iter() for key in one.attrib if key.startswith("on")]
    assert tree.xpath("string(//div)") == _seen(TEXT + text)
    assert tree.xpath("string(//title)") == tree.xpath("string(//h1)") == _seen(name)


# --- sheets ------------------------------------------------------------------------------


def _cells(made: bytes) -> Iterator[Any]:
    openpyxl = pytest.importorskip("openpyxl")
    for sheet in openpyxl.load_workbook(io.BytesIO(made)):
        for row in sheet.iter_rows():
            yield from row


def _held(words: str) -> str:
    return cell_text(words).replace("\r\n", "\n").replace("\r", "\n")


def _written(value: str) -> str:
    """A carriage return is written by its number, which openpyxl leaves so."""
    return _held(value.replace("_x000D_", "\r"))


@settings(_WHOLE, max_examples=6)
@given(_sets())
def test_the_workbook_holds_words_as_words(case: tuple[Report, Checked, list[str]]) -> None:
    pytest.importorskip("xlsxwriter")
    report, checked, _ = case
    cells = list(_cells(workbook(checked, (report,))))
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [cell for cell in cells if cell.hyperlink and cell.hyperlink.target]
    held = {_written(cell.value) for cell in cells if isinstance(cell.value, str)}
    for one in report.citations:
        for words in (one.type, one.number, one.issuer, one.title, one.pinpoint, one.relation):
            assert not words or _held(words) in held
    for table in report.tables:
        for cell in (*table.columns, *(cell for row in table.rows for cell in row)):
            assert not cell or _held(cell) in held
