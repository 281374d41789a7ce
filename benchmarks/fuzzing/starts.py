"""Small files of each format to start fuzzing from: the name of a reader in, bytes out.

They are made by code of the tests and of the other benchmarks: good files with everything that
a reader looks for, and the small ones of the hostile collection that are not bombs.
"""

# ruff: noqa: E501  (pieces of files, each on one line)

from __future__ import annotations

import html
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import pdf_files
from benchmarks.pdf_content import report_table
from benchmarks.pdf_office import html_table, office
from docparse.read.ole import workbook_stream
from tests.read.hostile import FILES
from tests.read.hostile.sheets import _ods as ods
from tests.read.hostile.sheets import _xls as ole
from tests.read.making import W, docx, p, pack, part, r, relations, tbl, tc
from tests.read.test_encodings import encode

LARGEST = 120_000  # bytes of a file to start from
_CORPUS = Path(__file__).parents[2] / "corpus"
_DEAR = {"out-of-memory", "took-too-long", "reader-died", "pdf-too-costly", "pdf-page-costly"}
_PIECE = 2500  # characters


def starts(reader: str) -> Iterator[bytes]:
    """The files, each small enough to be read many times a second."""
    for data in (*_MADE[reader](), *_hostile(_ENDINGS[reader])):
        if 0 < len(data) <= LARGEST:
            yield data


_ENDINGS = {
    "text": ".txt", "html": ".html", "docx": ".docx", "xlsx": ".xlsx", "xls": ".xls", "ods": ".ods",
    "pdf-text": ".pdf", "pdf-tables": ".none", "zip": ".zip", "pipeline": ".none",
}  # fmt: skip


def _hostile(ending: str) -> Iterator[bytes]:
    """Those that must end well: what is known to cost much is tried by hostile_files.py."""
    for file in FILES:
        if file.name.endswith(ending) and not _DEAR & {*file.ends, *file.notices}:
            yield file.make()


def _pieces() -> Iterator[str]:
    for path in sorted(_CORPUS.glob("*.txt")):
        text = path.read_text("utf-8")
        for at in range(0, min(len(text), 4 * _PIECE), _PIECE):
            yield text[at : at + _PIECE]


def _texts() -> Iterator[bytes]:
    for number, piece in enumerate(_pieces()):
        yield piece.encode()
        name = ("tcvn3", "vni", "viscii", "windows-1258", "viqr")[number % 5]
        yield encode(piece[:800], name)
        yield piece[:400].encode(("utf-16", "utf-16-le", "utf-8-sig")[number % 3])


def _pages() -> Iterator[bytes]:
    for number, piece in enumerate(_pieces()):
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in piece.split("\n")[:20])
        table = html_table(report_table(number, 5), repeat=2)
        yield f"<html><meta charset=utf-8><title>a</title>{lines}{table}</html>".encode()
    yield (
        "<!doctype html><html><head><style>.a{display:none}</style></head><body><h1>BÁO CÁO</h1>"
        "<ol start=3 type=a><li>x<ul><li>y</ul></ol><dl><dt>a<dd>b</dl><pre>a\n  b</pre><font "
        "face='.VnTime'>Sè: 12/KH-SCT</font><p class=a>ẩn</p><table border=1><caption>Biểu</caption>"
        "<tr><th colspan=2 rowspan=2>a<th>b<tr><td>c<tr><td>1<td>2<td>3</table><a href='#'>x</a>"
        "<span style='font-family:VNI-Times'>Soá</span><br>&nbsp;&lt;&#65;&#x1F600;<sup>2</sup>"
    ).encode()


def _words() -> Iterator[bytes]:
    table = tbl(
        tc("STT", merge="restart") + tc("Chỉ tiêu", span=2) + tc("Số"),
        tc("", merge="continue") + tc("a") + tc("b") + tc("c"),
        tc("1") + tc("Hồ sơ") + tc("86,4%") + tc(tbl(tc("1") + tc("2"))),
    )
    numbered = p("một", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="%{n + 1}."/></w:lvl>'
        for n, kind in enumerate(("upperRoman", "decimal", "lowerLetter", "bullet"))
    )
    numbering = part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
        "</w:lvlOverride></w:num>",
    )
    styles = part(
        "styles",
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="N"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="N"/><w:pPr>'
        '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:caps/></w:rPr></w:style>',
    )
    notes = part("footnotes", f'<w:footnote w:id="2">{p("chú thích")}</w:footnote>')
    links = relations(
        ("rId1", "numbering", "numbering.xml"), ("rId2", "styles", "styles.xml"),
        ("rId3", "footnotes", "footnotes.xml"), ("rId4", "header", "header1.xml"),
        ("rId5", "hyperlink", "http://localhost/"), outside=("rId5",),
    )  # fmt: skip
    body = (
        p(r("Sè: 12/KH-SCT", ".VnTime"), props='<w:pStyle w:val="H"/>') + numbered * 3
        + p('<w:r><w:footnoteReference w:id="2"/><w:br w:type="page"/><w:tab/></w:r>', "x")
        + p('<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>')
        + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "1",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p('<w:hyperlink r:id="rId5"><w:r><w:t>nối</w:t></w:r></w:hyperlink>', r("ẩn", None, "<w:vanish/>"))
        + p("<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("hộp") + "</w:txbxContent>"
            "</mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>")
        + table
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/></w:sectPr>'
    )  # fmt: skip
    yield docx(
        body,
        {
            "word/numbering.xml": numbering, "word/styles.xml": styles,
            "word/footnotes.xml": notes, "word/header1.xml": part("hdr", p("đầu trang")),
            "word/_rels/document.xml.rels": links,
        },
    )  # fmt: skip
    for piece in list(_pieces())[:4]:
        yield docx("".join(p(html.escape(line)) for line in piece.split("\n")) + table)
    yield docx(p(r("Soá", "VNI-Times")), {"docProps/custom.xml": f'<w:x xmlns:w="{W}"/>'})


def _book(number: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Biểu 1"
    sheet["A1"] = "KẾT QUẢ GIẢI QUYẾT HỒ SƠ"
    sheet.merge_cells("A1:D1")
    for row in range(3, 6 + 20 * number):
        sheet.append([row, f"Chỉ tiêu {row}", number * row + 1234.5, row / 7, row % 2 == 0])
        sheet.cell(row, 3).number_format = '#,##0.00;[Red](#,##0);"-"'
        sheet.cell(row, 4).number_format = "0.0%"
    sheet["F4"], sheet["F5"], sheet["G5"] = "=1/0", "=SUM(A1:A9)", "Sè: 12"
    sheet["H4"] = 44_000
    sheet["H4"].number_format = "dd/mm/yyyy hh:mm"
    more = book.create_sheet("Ẩn")
    more["A1"] = "x"
    more.sheet_state = "hidden" if number % 2 else "visible"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _books() -> Iterator[bytes]:
    yield from map(_book, range(4))


def _old_books() -> Iterator[bytes]:
    """Workbooks that LibreOffice wrote, laid out as the mutation makes them again."""
    for data in _by_office("xls"):
        yield ole(workbook_stream(data)[:60_000])


def _open_books() -> Iterator[bytes]:
    yield ods('<table:table-row><table:table-cell><text:p xmlns:a="a">Số: 12</text:p>'
              "</table:table-cell></table:table-row>")  # fmt: skip
    yield from _by_office("ods")


def _by_office(ending: str) -> Iterator[bytes]:
    """The workbooks in another format; none where LibreOffice is not installed."""
    program = office()
    if program is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        for number in range(4):
            Path(folder, f"{number}.xlsx").write_bytes(_book(number))
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        files = [f"{number}.xlsx" for number in range(4)]
        command = [program, profile, "--headless", "--convert-to", ending, *files]
        own = {**os.environ, "TMPDIR": folder}  # LibreOffice leaves files where it works
        subprocess.run(command, cwd=folder, env=own, capture_output=True, timeout=180, check=False)
        for path in sorted(Path(folder).glob(f"*.{ending}")):
            yield path.read_bytes()
        shutil.rmtree(Path(folder, "profile"), ignore_errors=True)


def _pdf_texts() -> Iterator[bytes]:
    for seed in range(2):
        for make in (pdf_files.plain, pdf_files.letter, pdf_files.two_fonts, pdf_files.scrambled):
            yield make(seed).data
    yield pdf_files.old_letters(0, "tcvn3").data


def _pdf_tables() -> Iterator[bytes]:
    for seed in range(2):
        for make in (pdf_files.one_page, pdf_files.deep, pdf_files.narrow, pdf_files.two_tables):
            yield make(seed).data
        for ruled in ("none", "half", "down"):
            yield pdf_files.loose(seed, ruled).data


def _archives() -> Iterator[bytes]:
    report = next(_pieces())
    inner = pack({"tháng 1/báo cáo.txt": report, "a.docx": docx(p("Số: 12"))})
    yield inner
    yield pack(
        {"b.zip": inner, "c/d.zip": pack({"e.txt": "x"}), "README.md": "x", "x.html": "<p>a"}
    )


_MADE = {
    "text": _texts, "html": _pages, "docx": _words, "xlsx": _books, "xls": _old_books,
    "ods": _open_books, "pdf-text": _pdf_texts, "pdf-tables": _pdf_tables, "zip": _archives,
    "pipeline": lambda: (piece.encode() for piece in _pieces()),
}  # fmt: skip
READERS = tuple(_MADE)
