"""Hostile and broken workbooks: XLSX, XLS and ODS."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Mapping

from tests.read.hostile.case import READ, Hostile, address
from tests.read.hostile.words import BILLION, OLE
from tests.read.making import MiB, pack, relations

WORDS = "12/KH-SCT"
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_FIRST = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{WORDS}</t></is></c></row>'


def sheet(
    rows: str,
    *,
    dimension: str = "A1:A1",
    after: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    sheets: int = 1,
) -> bytes:
    """A workbook with one sheet of these rows, listed as often as ``sheets`` says."""
    listed = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="rId1"/>' for n in range(sheets))
    frame: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {_SPACE} {_R}><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet {_SPACE}><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }
    return pack({**frame, **(parts or {})})


def _far_cells() -> bytes:
    """Two cells at opposite ends of the sheet: 17 thousand million cells between them."""
    last = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return sheet(_FIRST + last, dimension="A1:XFD1048576")


def _beyond() -> bytes:
    return sheet(_FIRST + '<row r="4294967295"><c r="ZZZZZZ4294967295"><v>2</v></c></row>')


def _shared_bomb() -> bytes:
    """One long string, and a hundred thousand cells that say it again."""
    noise = random.Random(1).randbytes(15_000).hex()
    strings = f"<sst {_SPACE}><si><t>{noise}</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000))
    return sheet(rows, parts={"xl/sharedStrings.xml": strings})


def _many_cells() -> bytes:
    rows = "".join(
        f'<row r="{n}">' + "".join(f"<c><v>{n * k}</v></c>" for k in range(100)) + "</row>"
        for n in range(1, 1000)
    )
    return sheet(rows)


def _formulas() -> bytes:
    """Formulas that Excel would ask the net, or another program, to work out."""
    asked = (f'WEBSERVICE("{address()}sheet")', "cmd|'/C calc'!A0",
             f'HYPERLINK("{address()}link")', "INDIRECT(&quot;'[http://x]a'!A1&quot;)")  # fmt: skip
    cells = "".join(f"<c><f>{text}</f><v>{n}</v></c>" for n, text in enumerate(asked))
    outside = relations(("rId1", "externalLinkPath", address() + "book"), outside=("rId1",))
    return sheet(
        _FIRST + f'<row r="2">{cells}</row>',
        parts={
            "xl/externalLinks/externalLink1.xml": f"<externalLink {_SPACE}/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": outside,
        },
    )


def _merged() -> bytes:
    ranges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 20_000))
    return sheet(_FIRST, after=f"<mergeCells>{ranges}</mergeCells>")


def _deep() -> bytes:
    return sheet(_FIRST + "<row>" * 200_000)


def _format_bomb() -> bytes:
    code = "0" * 90_000 + "." + "#,?" * 90_000
    styles = (
        f'<styleSheet {_SPACE}><numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
        '<cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    return sheet(
        _FIRST + '<row r="2"><c r="A2" s="0"><v>1e308</v></c></row>',
        parts={"xl/styles.xml": styles},
    )


def _records(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def _xls(stream: bytes) -> bytes:
    """An OLE container of version 3 with nothing but a stream called Workbook."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = b"".join(struct.pack("<L", link) for link in chain).ljust(512, b"\xff")[:512]
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<L", 0) + b"\xff" * 432

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        written = name.encode("utf-16-le") + b"\0\0"
        made = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1)
        made += struct.pack("<LLL", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
        return made + struct.pack("<LQ", start, size)

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)
    folder += entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return head + table + folder.ljust(512, b"\0") + stream


_BEGIN = (0x809, struct.pack("<HHHHLL", 0x600, 5, 0, 0, 0, 0))


def _lying_records(*strings: tuple[int, bytes]) -> bytes:
    """A workbook of BIFF records whose counts, lengths and places are lies."""
    start = 20 + 14 + 4 + sum(4 + len(body) for _, body in strings)
    return _xls(
        _records(
            _BEGIN,
            (0x85, struct.pack("<LBBBB", start, 0, 0, 2, 0) + b"s1"),
            *strings,
            (0x0A, b""),
            (0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0, 0, 0, 0)),
            (0x200, struct.pack("<LLHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)),
            (0xBD, b"\xff" * 7),
            (0x203, struct.pack("<HHHd", 65535, 65535, 0, 1.0)),
            (0x0A, b""),
        )
    )


def _lying_strings() -> bytes:
    counts = struct.pack("<LL", 0xFFFFFFFF, 0xFFFFFFFF)
    return _lying_records((0xFC, counts + b"\xff\xff\x0f\xff" * 200))


def _noise() -> bytes:
    return _xls(random.Random(3).randbytes(40_000))


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _ods(rows: str, end: str = "") -> bytes:
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="a">{rows}</table:table {end}>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>'
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return pack(parts, method=0)


def _broken_tag() -> bytes:
    """A tag that ends with an attribute: who looks for its end does not find one."""
    cell = "<table:table-cell><text:p>a</text:p></table:table-cell>"
    return _ods(f"<table:table-row>{cell}</table:table-row>", end='x="a"')


def _repeated_cells() -> bytes:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="string"><text:p>a</text:p></table:table-cell>'
    )
    return _ods(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


def _case(name: str, make: Callable[[], bytes], *ends: str, words: str = WORDS,
          notices: tuple[str, ...] = ()) -> Hostile:  # fmt: skip
    ends = ends or (READ,)
    return Hostile(
        name=name, make=make, ends=ends, words=words if ends == (READ,) else "", notices=notices
    )


_REFUSED = (
    "sheet-refused", "sheet-too-large", "sheet-too-far", "blank-file", "out-of-memory",
    "took-too-long",
)  # fmt: skip

CASES = (
    _case("says-it-is-vast.xlsx", lambda: sheet(_FIRST, dimension="A1:XFD1048576")),
    _case("far-cells.xlsx", _far_cells, READ, *_REFUSED),
    _case("cells-beyond.xlsx", _beyond, READ, *_REFUSED),
    _case("shared-bomb.xlsx", _shared_bomb, READ, *_REFUSED, "output-too-large", "archive-bomb"),
    _case("many-cells.xlsx", _many_cells, READ, *_REFUSED, words=""),
    _case("formulas.xlsx", _formulas, notices=("external-references",)),
    _case("merged.xlsx", _merged),
    _case("deep-rows.xlsx", _deep, READ, *_REFUSED, "archive-bomb"),
    _case("format-bomb.xlsx", _format_bomb, READ, *_REFUSED),
    _case("thousand-sheets.xlsx", lambda: sheet(_FIRST, sheets=1000)),
    _case("entity.xlsx",
          lambda: sheet(_FIRST, parts={"xl/sharedStrings.xml": BILLION + "<sst/>"}), "doctype"),
    _case("no-workbook.xlsx", lambda: pack({"xl/workbook.xml": "no workbook"}), "sheet-refused"),
    _case("bomb.xlsx", lambda: pack({"xl/workbook.xml": bytes(200 * MiB)}), "archive-bomb"),
    _case("macros.xlsm",
          lambda: sheet(_FIRST, parts={"xl/vbaProject.bin": b"x"}), notices=("macros",)),
    _case("no-container.xls",
          lambda: OLE + "Workbook".encode("utf-16-le") * 99, "sheet-refused"),
    _case("lying-records.xls", _lying_records, READ, *_REFUSED),
    _case("lying-strings.xls", _lying_strings, READ, *_REFUSED),
    _case("noise.xls", _noise, READ, *_REFUSED),
    _case("one-cell-far-down.xlsx",
          lambda: sheet('<row><c r="A1661992959"><v>2</v></c></row>'), "sheet-too-far"),
    _case("broken-tag.ods", _broken_tag, "damaged-file"),
    _case("repeated-cells.ods", _repeated_cells, READ, *_REFUSED),
)  # fmt: skip
