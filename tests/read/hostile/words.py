"""Hostile and broken Word files: DOCX, DOC, RTF and ODT."""

from __future__ import annotations

import os
import random
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.read.hostile.case import READ, Hostile, address
from tests.read.making import MiB, docx, p, pack, part, relations, tbl, tc

WORDS = "Số: 12/KH-SCT"
OFFICE = "soffice"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BILLION = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _unpacked(data: bytes) -> bytes:
    """The same container with nothing compressed, so that no ratio gives it away."""
    with zipfile.ZipFile(BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    return pack(parts, method=zipfile.ZIP_STORED)


def _mild_bomb() -> bytes:
    """Under the ratio, so that only the size of the part is against it."""
    noise = os.urandom(MiB).hex()
    return docx("".join(p(noise) for _ in range(40)))


def _utf16_doctype() -> bytes:
    document = part("document", f"<w:body>{p('x')}</w:body>", head=XXE).replace("UTF-8", "UTF-16")
    return pack({"word/document.xml": document.encode("utf-16")})


def _nested_tables(depth: int) -> bytes:
    body = p("x")
    for _ in range(depth):
        body = tbl(tc(body) + tc("y"))
    return docx(body)


def _million_tables() -> bytes:
    """Tables that open, one in the other, and never close."""
    return _unpacked(docx(p(WORDS) + "<w:tbl><w:tr><w:tc>" * 1_000_000))


def _deep(tag: str, depth: int) -> bytes:
    return _unpacked(docx(p(WORDS) + f"<w:{tag}>" * depth + p("x") + f"</w:{tag}>" * depth))


def _tall_merge() -> bytes:
    first = tc("a", merge="restart") + tc("b")
    below = tc("", merge="continue") + tc("b")
    return _unpacked(docx(p(WORDS) + tbl(first, *[below] * 30_000)))


def _wide_rows() -> bytes:
    return docx(p(WORDS) + tbl(*["".join(tc("a", span=60) for _ in range(60))] * 50))


def _external() -> bytes:
    """Everything by which a Word file may ask for something that lies elsewhere."""
    kinds = ("image", "attachedTemplate", "oleObject", "frame", "subDocument", "hyperlink")
    links = [(f"rId{n}", kind, address() + kind) for n, kind in enumerate(kinds)]
    body = p(
        WORDS,
        '<w:r><w:pict><v:shape><v:imagedata r:id="rId0"/></v:shape></w:pict></w:r>',
        f'<w:fldSimple w:instr="INCLUDEPICTURE {address()}field"/>',
        '<w:subDoc r:id="rId4"/>',
    )
    outside = relations(*links, outside=tuple(name for name, _, _ in links))
    return docx(
        body,
        {"word/_rels/document.xml.rels": outside, "word/_rels/settings.xml.rels": outside,
         "word/settings.xml": part("settings", '<w:attachedTemplate r:id="rId1"/>')},
    )  # fmt: skip


def _alternative() -> bytes:
    """A page of the web inside, which Word would read as a part of the text."""
    return docx(
        p(WORDS) + '<w:altChunk r:id="rId9"/>',
        {
            "word/_rels/document.xml.rels": relations(("rId9", "aFChunk", "a.html")),
            "word/a.html": f"<html><img src='{address()}chunk'><script>x</script></html>",
        },
    )


def _links_in_a_ring() -> bytes:
    """Headers and notes that lead back to the document itself."""
    links = relations(
        ("rId1", "header", "document.xml"),
        ("rId2", "footnotes", "document.xml"),
        ("rId3", "numbering", "document.xml"),
        ("rId4", "styles", "../word/document.xml"),
        ("rId5", "officeDocument", "../../../../etc/passwd"),
    )
    body = p(WORDS) + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    return docx(body, {"word/_rels/document.xml.rels": links})


def _styles_in_a_ring() -> bytes:
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 500}"/></w:style>'
        for n in range(500)
    )
    body = p(WORDS, props='<w:pStyle w:val="s0"/>')
    links = relations(("rId1", "styles", "styles.xml"))
    return docx(
        body, {"word/styles.xml": part("styles", styles), "word/_rels/document.xml.rels": links}
    )


def _million_paragraphs() -> bytes:
    return _unpacked(docx(p(WORDS) + "<w:p/>" * 1_000_000))


def _million_attributes() -> bytes:
    return docx(p(WORDS) + "<w:p " + " ".join(f'a{n}="x"' for n in range(300_000)) + "/>")


def _without(name: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(docx(p(WORDS)))) as whole, zipfile.ZipFile(file, "w") as made:
        for entry in whole.namelist():
            if entry != name:
                made.writestr(entry, whole.read(entry))
    return file.getvalue()


def _odt(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _odt_text(body: str) -> bytes:
    spaces = "".join(
        f' xmlns:{name}="{_ODF}:{kind}:1.0"'
        for name, kind in (("office", "office"), ("text", "text"), ("table", "table"),
                           ("draw", "drawing"), ("script", "script"))
    )  # fmt: skip
    content = (
        f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'office:version="1.2"><office:body><office:text>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    return _odt({"content.xml": content, "META-INF/manifest.xml": manifest})


def _odt_outside() -> bytes:
    return _odt_text(
        f'<text:section text:name="a"><text:section-source xlink:href="{address()}odt"/>'
        f'<text:p>{WORDS}<draw:frame draw:name="b"><draw:image xlink:href="{address()}odt-image" '
        'xlink:type="simple" xlink:actuate="onLoad"/></draw:frame></text:p></text:section>'
    )


def _odt_wide() -> bytes:
    """A table that repeats a cell until no memory holds it."""
    cell = (
        '<table:table-cell table:number-columns-repeated="100000"><text:p>a</text:p>'
        "</table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="100000">{cell}</table:table-row>'
    return _odt_text(f"<text:p>{WORDS}</text:p><table:table>{row}</table:table>")


def _doc_noise() -> bytes:
    """The head of an OLE container, a name, and nothing that follows from it."""
    noise = random.Random(1).randbytes(200_000)
    return OLE + noise[:504] + "WordDocument".encode("utf-16-le") + noise


def _doc_ring() -> bytes:
    """A container whose table of sectors leads from each to itself."""
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<LLLLLLLLL", 0, 1, 0, 0, 4096, 0, 1, 0, 1) + struct.pack("<L", 0) * 109
    table = b"".join(struct.pack("<L", n) for n in range(128))
    entry = "WordDocument".encode("utf-16-le").ljust(64, b"\0")
    return (head + table + (entry + bytes(64)) * 4).ljust(20_000, b"\0")


def _rtf(body: str) -> bytes:
    return ("{\\rtf1\\ansi " + body + "}").encode("ascii")


def _case(name: str, make: Callable[[], bytes], *ends: str, words: str = WORDS,
          notices: tuple[str, ...] = (), needs: str = "") -> Hostile:  # fmt: skip
    ends = ends or (READ,)
    if ends != (READ,):
        words = ""
    return Hostile(name=name, make=make, ends=ends, words=words, notices=notices, needs=needs)


def _office(name: str, make: Callable[[], bytes], *ends: str, words: str = "") -> Hostile:
    """A case for LibreOffice: whether it reads such a file or refuses it is its own affair."""
    ends = ends or (READ, "office-refused", "blank-file", "took-too-long", "out-of-memory")
    return Hostile(name=name, make=make, ends=ends, words=words, needs=OFFICE)


CASES = (
    _case("bomb.docx", lambda: docx(p("x" * 300_000_000)), "archive-bomb"),
    _case("mild-bomb.docx", _mild_bomb, "archive-bomb"),
    _case("billion-laughs.docx", lambda: docx(p("&k;"), head=BILLION), "doctype"),
    _case("outer-entity.docx", lambda: docx(p("&a;"), head=XXE), "doctype"),
    _case("outer-entity-styles.docx",
          lambda: docx(p("x"), {"word/styles.xml": part("styles", "", head=XXE)}), "doctype"),
    _case("hidden-entity.docx", _utf16_doctype, "doctype"),
    _case("sixty-tables.docx", lambda: _nested_tables(60), "too-deep"),
    _case("million-tables.docx", _million_tables, READ, "too-deep", "damaged-file"),
    _case("deep-controls.docx", lambda: _deep("sdt", 100_000), READ, "too-deep"),
    _case("deep-inserts.docx", lambda: _deep("ins", 5_000), READ, "too-deep"),
    _case("wide-span.docx", lambda: docx(tbl(tc("a", span=10**8))), "table-too-wide"),
    _case("wide-rows.docx", _wide_rows, READ, "table-too-wide"),
    _case("tall-merge.docx", _tall_merge),
    _case("links-outside.docx", _external, notices=("external-references",)),
    _case("page-inside.docx", _alternative),
    _case("macros.docm", lambda: docx(p(WORDS), {"word/vbaProject.bin": OLE + bytes(5000)}),
          notices=("macros",)),
    _case("ring-of-links.docx", _links_in_a_ring),
    _case("ring-of-styles.docx", _styles_in_a_ring),
    _case("million-paragraphs.docx", _million_paragraphs),
    _case("many-attributes.docx", _million_attributes, READ, "damaged-file"),
    _case("no-types.docx", lambda: _without("[Content_Types].xml")),
    _case("no-links.docx", lambda: _without("_rels/.rels")),
    _case("no-document.docx", lambda: _without("word/document.xml"),
          "damaged-file", "is-an-archive", "blank-file"),
    _case("no-xml.docx", lambda: pack({"word/document.xml": "no xml at all"}), "damaged-file"),
    _case("other-xml.docx", lambda: pack({"word/document.xml": "<html/>"}), "damaged-file"),
    _case("cut.docx", lambda: docx(p(WORDS))[:40], "damaged-file"),
    _case("cut-late.docx", lambda: docx(p(WORDS) * 9)[:-40], notices=()),
    _case("locked.docx",
          lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted-file"),
    _case("slides.docx", lambda: pack({"[Content_Types].xml": "<Types/>",
          "ppt/presentation.xml": "<x/>"}), "unsupported-format"),
    _case("program.docx", lambda: b"\x7fELF" + bytes(range(256)) * 99, "binary-file"),
    _case("entity.odt", lambda: _odt({"content.xml": XXE + "<x/>"}), "doctype"),
    _case("bomb.odt", lambda: _odt({"content.xml": bytes(200 * MiB)}), "archive-bomb"),
    _case("locked.odt",
          lambda: _odt({"META-INF/manifest.xml": "<encryption-data/>"}), "encrypted-file"),
    _office("links-outside.odt", _odt_outside),
    _office("wide.odt", _odt_wide),
    _office("noise.doc", _doc_noise),
    _office("ring.doc", _doc_ring),
    _office("braces.rtf", lambda: b"{\\rtf1" + b"{" * 100_000),
    _office("many-rows.rtf", lambda: _rtf("\\trowd\\cellx1000 a\\cell\\row" * 30_000)),
    _office("links-outside.rtf",
            lambda: _rtf("{\\*\\template " + address() + "rtf-template}"
                         "{\\field{\\*\\fldinst INCLUDEPICTURE " + address() + "rtf-picture \\\\d}}"
                         "{\\field{\\*\\fldinst INCLUDETEXT " + address() + "rtf-text}}So: 12")),
    _office("object.rtf",
            lambda: _rtf("{\\object\\objautlink\\objupdate{\\*\\objclass Package}{\\*\\objdata "
                         + "01050000" * 5000 + "}}So: 12")),
    _office("binary-lie.rtf", lambda: _rtf("\\bin2147483647 x So: 12")),
    _office("long-word.rtf", lambda: b"{\\rtf1\\" + b"a" * 5_000_000),
)  # fmt: skip
