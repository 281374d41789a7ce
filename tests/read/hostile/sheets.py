"""Hostile and broken workbooks: XLSX, XLS and ODS."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Mapping

from docparse.read.ole import workbook_container
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


def _two_sheets(rows: str, parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A workbook with a sheet of these rows before a good one."""
    hostile = f"<worksheet {_SPACE}><sheetData>{rows}</sheetData></worksheet>"
    return sheet(
        _FIRST,
        parts={
            "xl/workbook.xml": f'<workbook {_SPACE} {_R}><sheets><sheet name="xa" sheetId="1" '
            'r:id="rId3"/><sheet name="s" sheetId="2" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "sharedStrings", "sharedStrings.xml"),
                ("rId3", "worksheet", "worksheets/sheet2.xml"),
            ),
            "xl/worksheets/sheet2.xml": hostile,
            **(parts or {}),
        },
    )


def _far_sheet() -> bytes:
    return _two_sheets(_FIRST + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')


def _strange_names() -> bytes:
    """A container without its directory, in which parts have names that no part can have."""
    data = sheet(_FIRST, parts={"nnnnn": "a", "mmmmm": "a", "k" * 40_000: "a"})
    data = data.replace(b"nnnnn", b"\0aaaa").replace(b"mmmmm", b"a\0\xff\xffa")
    return data[: data.index(b"PK\1\2")]


def _styled_cells() -> bytes:
    """Cells with nothing in them to the last place of the sheet, as whole rows in one colour."""
    return sheet(_FIRST + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')


def _beyond() -> bytes:
    return sheet(_FIRST + '<row r="4294967295"><c r="ZZZZZZ4294967295"><v>2</v></c></row>')


def _shared_bomb() -> bytes:
    """One long string, and a hundred thousand cells that say it again."""
    noise = random.Random(1).randbytes(15_000).hex()
    strings = f"<sst {_SPACE}><si><t>{noise}</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000))
    return sheet(rows, parts={"xl/sharedStrings.xml": strings})


def _costly_sheet() -> bytes:
    """The bomb as the second of two sheets."""
    noise = random.Random(1).randbytes(15_000).hex()
    strings = f"<sst {_SPACE}><si><t>{noise}</t></si></sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 100_000))
    return _two_sheets(rows, {"xl/sharedStrings.xml": strings})


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


def _old_book(*sheets: bytes, strings: bytes = b"") -> bytes:
    """A workbook of these sheets, each without its first and last record."""
    begin = _records((0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0, 0, 0, 0)))
    start = 20 + len(strings) + 14 * len(sheets) + 4
    listed = made = b""
    for number, records in enumerate(sheets):
        name = f"s{number}".encode()
        listed += _records((0x85, struct.pack("<LBBBB", start + len(made), 0, 0, 2, 0) + name))
        made += begin + records + _records((0x0A, b""))
    return _xls(_records(_BEGIN) + listed + strings + _records((0x0A, b"")) + made)


def _label(row: int, column: int, words: str) -> tuple[int, bytes]:
    return 0x204, struct.pack("<HHHHB", row, column, 0, len(words), 0) + words.encode("latin-1")


_GOOD_SHEET = _records(_label(0, 0, WORDS))
_VAST = (0x200, struct.pack("<LLHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))


def _lying_records(strings: bytes = b"") -> bytes:
    """A workbook of BIFF records whose counts, lengths and places are lies."""
    number = (0x203, struct.pack("<HHHd", 65535, 65535, 0, 1.0))
    return _old_book(_records(_VAST, (0xBD, b"\xff" * 7), number), strings=strings)


def _far_old_sheet() -> bytes:
    """Two cells at opposite ends of the first of two sheets."""
    far = _records(_label(0, 0, "a"), (0x203, struct.pack("<HHHd", 65535, 65535, 0, 1.0)))
    return _old_book(far, _GOOD_SHEET)


def _rotten_old_sheet() -> bytes:
    """A sheet whose formula and merged cells end before they should, before a good one."""
    formula = (0x06, struct.pack("<HHHdHLH", 1, 0, 0, 1.0, 0, 0, 900) + b"\x3a")
    return _old_book(_records(formula, (0xE5, b"\xff\xff" * 3)), _GOOD_SHEET)


def _rotten_formula() -> bytes:
    formula = (0x06, struct.pack("<HHHdHLH", 1, 0, 0, 1.0, 0, 0, 900) + b"\x3a")
    return _old_book(_GOOD_SHEET + _records(formula))


def _crumbs() -> bytes:
    """One list of texts in hundreds of thousands of pieces."""
    strings = _records((0xFC, bytes(8))) + _records((0x3C, b"")) * 300_000
    end = _records((0x0A, b""))
    return workbook_container(_records(_BEGIN) + strings + end)


def _no_end() -> bytes:
    """A first part that runs on into the sheets, and a sheet that says it is vast."""
    start = struct.pack("<L", 38)
    listed = _records((0x85, start + struct.pack("<BBBB", 0, 0, 2, 0) + b"s0"))
    return _xls(_records(_BEGIN) + listed + _records(_BEGIN, _VAST, (0x0A, b"")))


def _same_sheet() -> bytes:
    """A thousand sheets that are all the same one: read each time, it would take for ever."""
    begin = _records((0x809, struct.pack("<HHHHLL", 0x600, 0x10, 0, 0, 0, 0)))
    row = _records(*((0x203, struct.pack("<HHHd", n, 0, 0, 1.0)) for n in range(1, 1000)))
    start = 20 + 1000 * 16 + 4
    names = (struct.pack("<LBBBB", start, 0, 0, 4, 0) + b"s%03d" % n for n in range(1000))
    end = _records((0x0A, b""))
    listed = _records(*((0x85, name) for name in names))
    return _xls(_records(_BEGIN) + listed + end + begin + _GOOD_SHEET + row + end)


def _old_in_a_circle() -> bytes:
    """A container whose list of tables names itself."""
    data = bytearray(_old_book(_GOOD_SHEET))
    data[68:72] = struct.pack("<L", 1)
    return bytes(data)


def _lying_strings() -> bytes:
    counts = struct.pack("<LL", 0xFFFFFFFF, 0xFFFFFFFF)
    return _lying_records(_records((0xFC, counts + b"\xff\xff\x0f\xff" * 200)))


def _noise() -> bytes:
    return _xls(random.Random(3).randbytes(40_000))


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _ods(rows: str, end: str = "", more: str = "") -> bytes:
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="a">{rows}</table:table {end}>{more}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>'
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return pack(parts, method=0)


def _far_open_sheet() -> bytes:
    """Two cells at opposite ends of the first of two sheets."""
    cell = (
        '<table:table-cell table:number-columns-repeated="{}" office:value-type="string">'
        "<text:p>{}</text:p></table:table-cell>"
    )
    empty = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row>'
    first, last, good = (
        f"<table:table-row>{cell.format(*said)}</table:table-row>"
        for said in ((1, "b"), (16384, "b"), (1, WORDS))
    )
    return _ods(
        first + empty.format(1048574) + last,
        more=f'<table:table table:name="c">{good}</table:table>',
    )


def _repeated_words() -> bytes:
    """A long text in cells that are said to be there a million times."""
    cell = (
        '<table:table-cell table:number-columns-repeated="100" office:value-type="string">'
        f"<text:p>{'a' * 5000}</text:p></table:table-cell>"
    )
    return _ods(f'<table:table-row table:number-rows-repeated="10000">{cell}</table:table-row>')


def _two_places() -> bytes:
    """A directory that lies elsewhere than it says: two programs read two contents."""
    data = bytearray(_ods("<table:table-row><table:table-cell/></table:table-row>"))
    at = data.rindex(b"PK\5\6") + 16
    data[at : at + 4] = struct.pack("<L", struct.unpack_from("<L", data, at)[0] + 200)
    return bytes(data)


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
    _case("far-cells.xlsx", _far_cells, "sheet-too-far"),
    _case("cells-beyond.xlsx", _beyond, "sheet-too-far"),
    _case("far-sheet.xlsx", _far_sheet, notices=("sheet-far",)),
    _case("far-sheet.xls", _far_old_sheet, notices=("sheet-far",)),
    _case("far-sheet.ods", _far_open_sheet, notices=("sheet-far",)),
    _case("styled-cells.xlsx", _styled_cells),
    _case("strange-names.xlsx", _strange_names, notices=("damaged-kept",)),
    _case("rotten-sheet.xls", _rotten_old_sheet, notices=("sheet-damaged",)),
    _case("rotten-formula.xls", _rotten_formula),
    _case("half-code-page.xls",  # the library panics over it
          lambda: _old_book(_GOOD_SHEET, strings=_records((0x42, b"\1"))), "sheet-refused"),
    _case("crumbs.xls", _crumbs, "sheet-refused"),
    _case("no-end.xls", _no_end, "damaged-file"),
    _case("same-sheet.xls", _same_sheet, notices=("sheet-damaged",)),
    _case("vast-but-small.xls", lambda: _old_book(_records(_VAST) + _GOOD_SHEET)),
    _case("in-a-circle.xls", _old_in_a_circle),
    _case("two-places.ods", _two_places, "damaged-file", "blank-file"),
    _case("shared-bomb.xlsx", _shared_bomb, READ, *_REFUSED, "output-too-large", "archive-bomb"),
    _case("costly-sheet.xlsx", _costly_sheet, notices=("sheet-costly",)),
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
    _case("lying-records.xls", _lying_records, "damaged-file"),
    _case("lying-strings.xls", _lying_strings, "sheet-refused"),
    _case("noise.xls", _noise, READ, *_REFUSED),
    _case("one-cell-far-down.xlsx",
          lambda: sheet('<row><c r="A1661992959"><v>2</v></c></row>'), "sheet-too-far"),
    _case("broken-tag.ods", _broken_tag, "damaged-file"),
    _case("repeated-cells.ods", _repeated_cells, "sheet-too-far"),
    _case("repeated-words.ods", _repeated_words, "sheet-too-far"),
)  # fmt: skip
