"""Hostile and broken PDFs, built object by object."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from functools import partial

from tests.read.hostile.case import READ, Hostile, address

WORDS = "Sau day la bao cao"
_TEXT = f"BT /F1 12 Tf 72 700 Td ({WORDS}) Tj ET".encode()
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def stream(content: bytes, entries: bytes = b"", *, length: int | None = None) -> bytes:
    said = len(content) if length is None else length
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (said, entries, content)


def deflated(content: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + entries)


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, of which 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        at = places.get(number)
        out += b"%010d 00000 n \n" % at if at else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        trailer,
        start,
    )
    return bytes(out)


def one_page(
    content: bytes = b"",
    *,
    page: bytes = b"",
    box: bytes = b"[0 0 595 842]",
    resources: bytes = b"",
    catalogue: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """One page; ``content`` is its stream object, a line of words where there is none."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> %s >> %s >>" % (box, resources, page),
        4: content or stream(_TEXT),
        5: _FONT,
    }
    return pdf({**objects, **(more or {})}, trailer)


# --- bombs -------------------------------------------------------------------------------


def _blanks(size: int, blank: bytes = b" ") -> bytes:
    """So many blanks, deflated: one packed megabyte again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = blank * 1_000_000
    packed = packer.compress(megabyte) + packer.flush(zlib.Z_FULL_FLUSH)
    total = 1
    for _ in range(size // 1_000_000):
        total = zlib.adler32(megabyte, total)
    end = packer.compress(_TEXT) + packer.flush()
    check = struct.pack(">L", zlib.adler32(_TEXT, total))
    return b"\x78\xda" + packed * (size // 1_000_000) + end + check


def _flate_bomb() -> bytes:
    """0.6 MB that unpack to 600 MB of page content."""
    return one_page(stream(_blanks(600_000_000), b"/Filter /FlateDecode"))


def _filter_chain() -> bytes:
    """A bomb in a bomb: a few bytes, a gigabyte."""
    packed = zlib.compress(_blanks(1_000_000_000), 9)
    return one_page(stream(packed, b"/Filter [/FlateDecode /FlateDecode]"))


def _nested_forms(levels: int = 7) -> bytes:
    """Each form draws the next one ten times: 10^7 draws in two kilobytes."""
    forms = {}
    for level in range(levels):
        number = 10 + level
        inner = b"/X Do " * 10 if level < levels - 1 else _TEXT
        link = b"/XObject << /X %d 0 R >>" % (number + 1) if level < levels - 1 else b""
        forms[number] = stream(
            inner,
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
            b"/Resources << /Font << /F1 5 0 R >> %s >>" % link,
        )
    return one_page(stream(b"/X Do"), resources=b"/XObject << /X 10 0 R >>", more=forms)


def _form_in_itself() -> bytes:
    entries = b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    form = stream(b"/X Do /X Do", entries)
    return one_page(stream(_TEXT + b" /X Do"), resources=b"/XObject << /X 6 0 R >>", more={6: form})


def _object_is_itself(number: int) -> bytes:
    """A page that no reader makes words of, in a file with an object that leads to itself."""
    unreadable = b"BT /F1 12 Tf 72 700 Td (" + b"\xe1\xe9\xed\xf3\xfa \xb5\xc3 " * 9 + b") Tj ET"
    objects = {6: b"<< >>", 8: b"9 0 R", 9: b"8 0 R", number: b"%d 0 R" % number}
    return one_page(
        stream(unreadable),
        resources=b"/XObject << /X 8 0 R >> /ColorSpace 7 0 R",
        more={7: b"7 0 R", **objects},
        trailer=b"/Info 6 0 R",
    )


def _many_objects(operator: bytes, times: int) -> bytes:
    return one_page(deflated(_TEXT + b"\n" + operator * times))


def _many_letters() -> bytes:
    line = b"BT /F1 1 Tf %d %.2f Td (" + b"abcdefghij" * 20 + b") Tj ET\n"
    places = [(120 * (at % 50), at // 50 * 12) for at in range(5000)]
    return one_page(deflated(b"".join(line % place for place in places)), box=b"[0 0 6000 1300]")


def _tounicode_bomb() -> bytes:
    ranges = b"".join(b"<%04x> <ffff> <%s>\n" % (n, b"0041" * 200) for n in range(100))
    cmap = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    cmap += (b"100 beginbfrange\n" + ranges + b"endbfrange\n") * 500 + b"endcmap"
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
        b"/DescendantFonts [7 0 R] /ToUnicode 6 0 R >>"
    )
    below = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    content = stream(b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET")
    return one_page(content, more={5: font, 6: deflated(cmap), 7: below})


def _bombs_between() -> bytes:
    """A bomb, a page, another bomb and another page: what is good is to be had."""
    bomb = stream(_blanks(600_000_000), b"/Filter /FlateDecode")
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return one_page(
        more={
            2: b"<< /Type /Pages /Kids [7 0 R 3 0 R 7 0 R 3 0 R] /Count 4 >>",
            6: bomb,
            7: page % 6,
        }
    )


# --- pages -------------------------------------------------------------------------------


def _many_pages(count: int = 100_000) -> bytes:
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (count, b" ".join(b"%d 0 R" % (10 + n) for n in range(count))),
        4: stream(_TEXT),
        5: _FONT,
    }
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    objects |= {10 + n: page for n in range(count)}
    return pdf(objects)


def _tree(pages: bytes, page: bytes = b"/Parent 2 0 R") -> bytes:
    return one_page(
        more={
            2: b"<< /Type /Pages %s >>" % pages,
            3: b"<< /Type /Page %s /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>" % page,
        }
    )


def _inherited_loop() -> bytes:
    """A page that asks its parents for a size, and the parents go round in a ring."""
    return one_page(
        more={
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 6 0 R >>",
            6: b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
            3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
        }
    )


# --- images ------------------------------------------------------------------------------


def _image(data: bytes, entries: bytes, width: int = 2000, height: int = 2000) -> bytes:
    """A page that is nothing but a picture, so that it must be seen."""
    said = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (width, height, entries)
    return one_page(
        stream(b"q 595 0 0 842 0 0 cm /I Do Q"),
        resources=b"/XObject << /I 6 0 R >>",
        more={6: stream(data, said)},
    )


_GREY = b"/ColorSpace /DeviceGray /BitsPerComponent 8 "


def _huge_image() -> bytes:
    """60,000 x 60,000 pixels: 3.6 GB of grey in 3.5 MB."""
    data = _blanks(3_600_000_000, b"\0")
    return _image(data, _GREY + b"/Filter /FlateDecode", 60_000, 60_000)


def _jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG, and nothing after it."""
    frame = struct.pack(">HBHHBBBB", 11, 8, height, width, 1, 1, 0x11, 0)
    return b"\xff\xd8\xff\xc0" + frame + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + b"\0\xff" * 999


def _jpeg2000(width: int, height: int) -> bytes:
    size = struct.pack(
        ">HHIIIIIIIIHBBB", 41, 0, width, height, 0, 0, width, height, 0, 0, 1, 7, 1, 1
    )
    return b"\xff\x4f\xff\x51" + size + b"\xff\x90" + bytes(500)


def _jbig2(width: int, height: int) -> bytes:
    page = struct.pack(">IBBI", 0, 48, 1, 19) + struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IBBI", 1, 38, 1, 18) + struct.pack(">IIIIB", width, height, 0, 0, 0)
    return page + region + bytes(500)


# --- structure ---------------------------------------------------------------------------


def _cut(share: float) -> bytes:
    whole = _many_pages(50)
    return whole[: int(share * len(whole))]


def _xref_loop() -> bytes:
    data = one_page()
    at = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % at)


def _lying_object_stream() -> bytes:
    inner = b"10 0 11 99999999 12 -5 << /A 1 >>"
    entries = b"/Type /ObjStm /N 99999999 /First 2000000000"
    return one_page(more={6: stream(inner, entries)}, catalogue=b"/Names 10 0 R")


def _deep(opening: bytes, closing: bytes, depth: int = 200_000) -> bytes:
    return one_page(catalogue=b"/A %s%s" % (opening * depth, closing * depth))


def _predictor() -> bytes:
    entries = b"/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 >>"
    return one_page(deflated(_TEXT, entries))


def _active() -> bytes:
    """Everything by which a page may start something: scripts, programs, forms, films."""
    actions = (
        b"<< /S /JavaScript /JS (app.launchURL\\('%s'\\)) >>" % address().encode(),
        b"<< /S /Launch /F (/bin/sh) >>",
        b"<< /S /URI /URI (%s) >>" % address().encode(),
        b"<< /S /SubmitForm /F << /FS /URL /F (%s) >> >>" % address().encode(),
        b"<< /S /GoToR /F << /FS /URL /F (%s) >> /D [0 /Fit] >>" % address().encode(),
        b"<< /S /ImportData /F (/etc/passwd) >>",
    )
    chain = b"".join(b"<< /S /Named /N /NextPage /Next %s >>" % action for action in actions[:1])
    links = b" ".join(
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A %s >>" % action for action in actions
    )
    return one_page(
        catalogue=b"/OpenAction %s /AA << /WC %s /DS %s >>" % (chain, actions[0], actions[1]),
        page=b"/Annots [%s] /AA << /O %s /C %s >>" % (links, actions[3], actions[4]),
    )


def _embedded() -> bytes:
    program = stream(b"MZ" + bytes(5000), b"/Type /EmbeddedFile")
    return one_page(
        catalogue=b"/Names << /EmbeddedFiles << /Names [(a.exe) 7 0 R] >> >>",
        more={6: program, 7: b"<< /Type /Filespec /F (../../a.exe) /EF << /F 6 0 R >> >>"},
    )


def _external_stream() -> bytes:
    """A page whose content lies in another file, or on another machine."""
    place = b"/F << /FS /URL /F (%s) >> /FFilter /FlateDecode" % address().encode()
    return one_page(stream(_TEXT, place))


def _locked(**passwords: str) -> bytes:
    from io import BytesIO

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(**passwords), invariant=1)
    canvas.drawString(72, 700, WORDS)
    canvas.save()
    return buffer.getvalue()


def _many_stamps() -> bytes:
    stamp = b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 6 0 R >> >>"
    form = stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return one_page(page=b"/Annots [%s]" % (stamp * 50_000), more={6: form})


def _font(program: bytes) -> bytes:
    font = (
        b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 0 /LastChar 255 "
        b"/Widths [%s] /FontDescriptor 6 0 R >>" % (b"500 " * 256)
    )
    about = (
        b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 0 1000 1000] "
        b"/ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 7 0 R >>"
    )
    return one_page(more={5: font, 6: about, 7: stream(program, b"/Length1 %d" % len(program))})


def _type3_in_itself() -> bytes:
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
        b"/CharProcs << /a 6 0 R >> /Encoding << /Differences [83 /a 97 /a] >> /FirstChar 0 "
        b"/LastChar 255 /Widths [%s] /Resources << /Font << /F1 5 0 R >> >> >>" % (b"1 " * 256)
    )
    return one_page(more={5: font, 6: stream(b"500 0 d0 " + _TEXT)})


def _shading() -> bytes:
    """A scan under a shading whose function runs deep."""
    function = stream(
        b"{" + b"{" * 5000 + b"dup" + b"}" * 5000 + b"}",
        b"/FunctionType 4 /Domain [0 1] /Range [0 1]",
    )
    return one_page(
        stream(b"q 595 0 0 842 0 0 cm /I Do Q /S sh"),
        resources=b"/XObject << /I 6 0 R >> /Shading << /S << /ShadingType 2 "
        b"/ColorSpace /DeviceGray /Coords [0 0 595 842] /Function 7 0 R >> >>",
        more={
            6: deflated(b"\xff" * 1_000_000, b"/Subtype /Image /Width 1000 /Height 1000 " + _GREY),
            7: function,
        },
    )


_UNREADABLE = ("pdf-damaged", "pdf-no-pages", "pdf-no-text", "pdf-no-page-read")


def _case(name: str, make: Callable[[], bytes], *ends: str, words: str = WORDS,
          notices: tuple[str, ...] = ()) -> Hostile:  # fmt: skip
    ends = ends or (READ,)
    words = words if READ in ends else ""
    return Hostile(name=f"{name}.pdf", make=make, ends=ends, words=words, notices=notices)


_SCAN = ("pdf-no-text", "pdf-no-page-read", "pdf-scan-unread")
_LIMITS = ("out-of-memory", "took-too-long", "pdf-too-costly")

CASES = (
    _case("flate-bomb", _flate_bomb, READ, *_LIMITS),
    _case("bombs-between", _bombs_between, notices=("pdf-page-costly",)),
    _case("filter-chain", _filter_chain, "pdf-no-text", *_LIMITS),
    _case("nested-forms", _nested_forms, READ, *_LIMITS),
    _case("form-in-itself", _form_in_itself, READ, *_LIMITS),
    _case("nested-states", partial(_many_objects, b"q ", 2_000_000)),
    _case("million-rectangles",
          partial(_many_objects, b"9 9 9 9 re f ", 1_000_000), READ, *_LIMITS),
    _case("one-long-path", partial(_many_objects, b"9 9 l ", 5_000_000), READ, *_LIMITS),
    _case("million-letters", _many_letters, "pdf-no-page-read"),
    _case("inline-image", partial(_many_objects, b"BI /W 99999 /H 99999 ID ", 1000)),
    _case("tounicode-bomb", _tounicode_bomb, READ, *_LIMITS, words=""),
    _case("hundred-thousand-pages", _many_pages),
    _case("claims-two-thousand-million-pages",
          partial(_tree, b"/Kids [3 0 R] /Count 2147483647"), READ, *_UNREADABLE),
    _case("negative-count", partial(_tree, b"/Kids [3 0 R] /Count -5"), READ, *_UNREADABLE),
    _case("pages-in-themselves",
          partial(_tree, b"/Kids [2 0 R 2 0 R] /Count 2"), READ, *_UNREADABLE, words=""),
    _case("pages-in-a-ring", _inherited_loop),
    _case("page-is-its-parent",
          partial(_tree, b"/Kids [3 0 R] /Count 1", b"/Parent 3 0 R")),
    _case("city-sized-page", partial(one_page, box=b"[0 0 200000 200000]")),
    _case("endless-page", partial(one_page, box=b"[0 0 1e38 1e38]"), READ, *_UNREADABLE),
    _case("page-turned-over", partial(one_page, box=b"[595 842 -595 -842]")),
    _case("page-without-size", partial(one_page, box=b"[0 0 0 0]")),
    _case("page-of-no-numbers", partial(one_page, box=b"[nan nan inf (a)]"), READ, *_UNREADABLE),
    _case("huge-image", _huge_image, *_SCAN, *_LIMITS),
    _case("broken-jpeg", lambda: _image(_jpeg(2000, 2000), _GREY + b"/Filter /DCTDecode"), *_SCAN),
    _case("huge-jpeg",
          lambda: _image(_jpeg(65_000, 65_000), _GREY + b"/Filter /DCTDecode"), *_SCAN, *_LIMITS),
    _case("broken-jpeg2000",
          lambda: _image(_jpeg2000(2000, 2000), b"/Filter /JPXDecode"), *_SCAN),
    _case("huge-jpeg2000",
          lambda: _image(_jpeg2000(60_000, 60_000), b"/Filter /JPXDecode"), *_SCAN, *_LIMITS),
    _case("broken-jbig2",
          lambda: _image(_jbig2(2000, 2000), b"/ColorSpace /DeviceGray /BitsPerComponent 1 "
                         b"/Filter /JBIG2Decode"), *_SCAN),
    _case("huge-jbig2",
          lambda: _image(_jbig2(60_000, 60_000), b"/ColorSpace /DeviceGray /BitsPerComponent 1 "
                         b"/Filter /JBIG2Decode"), *_SCAN, *_LIMITS),
    _case("cut-at-5-percent", partial(_cut, 0.05), *_UNREADABLE),
    _case("cut-at-50-percent", partial(_cut, 0.5), notices=("damaged-kept",)),
    _case("cut-at-90-percent", partial(_cut, 0.9), notices=("damaged-kept",)),
    _case("cut-at-99-percent", partial(_cut, 0.99), notices=("damaged-kept",)),
    _case("cut-without-catalogue",
          lambda: _cut(0.9).replace(b"/Catalog", b"/Xatalog"), notices=("damaged-kept",)),
    _case("xref-loop", _xref_loop),
    _case("lying-object-stream", _lying_object_stream),
    _case("lying-length",
          lambda: one_page(stream(_TEXT, length=2_000_000_000)), READ, *_UNREADABLE),
    _case("negative-length", lambda: one_page(stream(_TEXT, length=-1)), READ, *_UNREADABLE),
    _case("deep-arrays", partial(_deep, b"[", b"]"), READ, *_UNREADABLE),
    _case("deep-dictionaries", partial(_deep, b"<</A", b">>"), READ, *_UNREADABLE),
    _case("huge-predictor", _predictor, READ, *_UNREADABLE, *_LIMITS, words=""),
    _case("active-content", _active),
    _case("embedded-program", _embedded),
    _case("content-elsewhere", _external_stream, READ, *_UNREADABLE, words=""),
    _case("locked", lambda: _locked(userPassword="bi mat"), "pdf-encrypted"),
    _case("locked-for-owner", lambda: _locked(userPassword="", ownerPassword="bi mat")),
    _case("unknown-lock",
          lambda: one_page(trailer=b"/Encrypt << /Filter /A /V 99 /R 99 >>"),
          "pdf-encrypted", "pdf-damaged", READ),
    _case("fifty-thousand-stamps", _many_stamps, READ, *_LIMITS),
    _case("broken-font", lambda: _font(b"\0\1\0\0\xff\xff" + b"\xff" * 5000)),
    _case("info-is-itself", partial(_object_is_itself, 6), READ, *_UNREADABLE, words=""),
    _case("font-is-itself", partial(_object_is_itself, 5), READ, *_UNREADABLE, words=""),
    _case("font-in-itself", _type3_in_itself, READ, *_UNREADABLE, words=""),
    _case("deep-function", _shading, *_SCAN, *_LIMITS, "reader-died"),
    _case("zeros-after-head", lambda: b"%PDF-1.7\n" + bytes(20_000_000), "pdf-damaged"),
)  # fmt: skip
