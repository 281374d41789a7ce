"""Attacks that were seen to work on other importers: each ends soon, with a reason."""

import contextlib
import os
import resource
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from docparse.errors import DocparseError, ReadError
from docparse.models import Source
from docparse.read import read
from docparse.read.office import find_program
from tests.read.making import MiB, docx, p, pack, part, relations, tbl, tc

BILLION = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _bomb_docx() -> bytes:
    """1.5 MB that unpack to 0.4 GB."""
    return docx(p("x" * 400_000_000))


def _mild_bomb() -> bytes:
    """Under the ratio, so that only the size of the part is against it."""
    noise = os.urandom(MiB).hex()
    return docx("".join(p(noise) for _ in range(40)))


def _deep_xml() -> bytes:
    depth = 100_000
    return docx("<w:sdt>" * depth + p("x") + "</w:sdt>" * depth)


def _deep_tables(depth: int = 60) -> bytes:
    body = p("x")
    for _ in range(depth):
        body = tbl(tc(body) + tc("y"))
    return docx(body)


def _duplicate() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive, contextlib.suppress(UserWarning):
        archive.writestr("word/document.xml", part("document", f"<w:body>{p('a')}</w:body>"))
        archive.writestr("word/documenT.xml", part("document", f"<w:body>{p('b')}</w:body>"))
    return file.getvalue().replace(b"word/documenT.xml", b"word/document.xml")


def _overlapping() -> bytes:
    """Many entries over one stretch of packed bytes, as in the bombs of David Fifield."""
    packed = zlib.compress(bytes(900_000), 9)[2:-4]
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), 900_000, 1, 0)
    data = local + b"x" + packed
    directory = b""
    for number in range(3000):
        name = f"f{number}.txt".encode()
        directory += struct.pack(
            "<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), 900_000,
            len(name), 0, 0, 0, 0, 0, 0,
        ) + name  # fmt: skip
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 3000, 3000, len(directory), len(data), 0)
    return data + directory + end


def _huge_directory() -> bytes:
    directory = b"".join(
        struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", *[0] * 16) for _ in range(500_000)
    )
    return (
        b"PK\3\4"
        + directory
        + struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, len(directory), 4, 0)
    )


def _encrypted_zip() -> bytes:
    data = bytearray(pack({"a.txt": "bí mật"}, method=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def _encrypted_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def _nested(depth: int) -> bytes:
    data = pack({"a.txt": "Số: 12"})
    for number in range(depth):
        data = pack({f"{number}.zip": data})
    return data


def _sheet(rows: str, *, dimension: str = "A1:A1") -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return pack(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook {space} xmlns:r="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f'<worksheet {space}><dimension ref="{dimension}"/>'
            f"<sheetData>{rows}</sheetData></worksheet>",
        }
    )


def _doctype_sheet() -> bytes:
    return pack({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": BILLION + "<sst/>"})


def _odt(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = zipfile.ZipInfo("mimetype")
        archive.writestr(kind, "application/vnd.oasis.opendocument.text")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _far_cells() -> bytes:
    """Two cells at opposite ends of the sheet: 17 thousand million cells between them."""
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    return _sheet(rows, dimension="A1:XFD1048576")


ATTACKS: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.docx", _bomb_docx, "archive-bomb"),
    ("a.docx", _mild_bomb, "archive-bomb"),
    ("a.docx", lambda: docx(p("x"), head=BILLION), "doctype"),
    ("a.docx", lambda: docx(p("&a;"), head=XXE), "doctype"),
    ("a.docx", lambda: docx(p("x"), {"word/styles.xml": part("styles", "", head=XXE)}), "doctype"),
    ("a.docx", lambda: _utf16_doctype(), "doctype"),
    ("a.docx", lambda: docx(p("x"), {"docProps/core.xml": XXE + "<x/>"}), "doctype"),
    ("a.xlsx", lambda: _doctype_sheet(), "doctype"),
    ("a.odt", lambda: _odt({"content.xml": XXE + "<x/>"}), "doctype"),
    ("a.odt", lambda: _odt({"content.xml": bytes(200 * MiB)}), "archive-bomb"),
    ("a.odt", lambda: _odt({"META-INF/manifest.xml": "<encryption-data/>"}), "encrypted-file"),
    ("a.docx", _deep_tables, "too-deep"),
    ("a.docx", _duplicate, "archive-duplicate"),
    ("a.docx", lambda: docx(tbl(tc("a", span=10**8))), "table-too-wide"),
    ("a.docx", lambda: docx(p("x"))[:40], "damaged-file"),
    ("a.docx", lambda: pack({"word/document.xml": "no xml at all"}), "damaged-file"),
    ("a.docx", lambda: pack({"word/document.xml": "<html/>"}), "damaged-file"),
    ("a.docx", _encrypted_office, "encrypted-file"),
    ("a.zip", _overlapping, "archive-bomb"),
    ("a.zip", _huge_directory, "archive-too-many"),
    ("a.zip", _encrypted_zip, "encrypted-archive"),
    ("a.zip", lambda: pack({"../../etc/x.txt": "x"}), "archive-unsafe-name"),
    ("a.zip", lambda: pack({"C:\\x.txt": "x"}), "archive-unsafe-name"),
    ("a.zip", lambda: pack({"x": bytes(300 * MiB)}), "archive-bomb"),
    ("a.zip", lambda: _nested(8), "is-an-archive"),
    ("a.xlsx", lambda: pack({"xl/workbook.xml": "no workbook"}), "sheet-refused"),
    ("a.xlsx", lambda: pack({"xl/workbook.xml": bytes(200 * MiB)}), "archive-bomb"),
    ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 99,
     "sheet-refused"),
    ("a.html", lambda: b"<html>" + b"<b>" * 1_000_000, "blank-file"),
    ("a.html", lambda: b"<html>" + b"<table><tr><td>" * 100_000 + b"x", "too-deep"),
]  # fmt: skip


def _utf16_doctype() -> bytes:
    document = part("document", f"<w:body>{p('x')}</w:body>", head=XXE).replace("UTF-8", "UTF-16")
    return pack({"word/document.xml": document.encode("utf-16")})


@pytest.mark.parametrize(
    ("name", "make", "code"), ATTACKS, ids=[f"{code}-{n}" for n, (_, _, code) in enumerate(ATTACKS)]
)
def test_an_attack_ends_with_a_reason(name: str, make: Callable[[], bytes], code: str) -> None:
    data = make()
    start = time.monotonic()
    with pytest.raises(DocparseError) as error:
        read(data, path=name)
    assert time.monotonic() - start < 10
    assert isinstance(error.value, ReadError)
    assert error.value.code == code
    for lang in ("vi", "en"):
        assert error.value.sentence(lang).startswith(f"{name}: ")
    assert read("Số: 12".encode(), path="b.txt").text == "Số: 12"


def _endless(rows: int) -> str:
    return "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, rows))


SURVIVED: list[tuple[str, Callable[[], bytes], str]] = [
    ("a.docx", _deep_xml, ""),
    ("a.xlsx", _far_cells, ""),
    ("a.xlsx", lambda: _sheet(_endless(3), dimension="A1:XFD1048576"), "1"),
    ("a.html", lambda: b"<html><p>So: 12" + b"<div>" * 100_000, "So: 12"),
    ("a.html", lambda: b"<html><table><tr><td colspan=99999999 rowspan=99999999>a<td>b", "a"),
    ("a.html", lambda: b"<html><p>So: 12<table>" + b"<table><tr><td>" * 5000, "So: 12"),
    (
        "a.html",
        lambda: b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>x&a;',
        "x",
    ),
]


@pytest.mark.parametrize(
    ("name", "make", "words"), SURVIVED, ids=[str(n) for n in range(len(SURVIVED))]
)
def test_an_attack_does_nothing(name: str, make: Callable[[], bytes], words: str) -> None:
    """Read or refused: soon, and with nothing that was not in the file."""
    data = make()
    start = time.monotonic()
    found: Source | None = None
    with contextlib.suppress(ReadError):
        found = read(data, path=name)
    assert time.monotonic() - start < 10
    assert found is None or (words in found.text and "root:" not in found.text)


def test_the_memory_of_this_process_stays() -> None:
    """Whatever the children took, the parent did not."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for make in (lambda: docx(p("x" * 50_000_000)), _far_cells, _deep_xml):
        data = make()
        with contextlib.suppress(ReadError):
            read(data, path="a")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700_000


@pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1" + b"{" * 100_000,
        b"{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE http://192.0.2.1/x.png}}So: 12}",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") * 50,
        b"{\\rtf1\\ansi " + b"\\trowd\\cellx1000 a\\cell\\row" * 30_000 + b"}",
    ],
    ids=["braces", "include", "no-document", "rows"],
)
def test_attacks_on_libreoffice_end(data: bytes) -> None:
    start = time.monotonic()
    with contextlib.suppress(ReadError):
        read(data, path="a.doc")
    assert time.monotonic() - start < 12


def test_traversal_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("bí mật", encoding="utf-8")
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.zip").write_bytes(pack({"x.txt": "x"}))
    with pytest.raises(ReadError):
        read(inner / "a.zip" / ".." / ".." / "secret.txt")
