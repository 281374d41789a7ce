"""What kind of file this is, by its content: bytes in, the name of a format out.

The ending of a name is not believed: a scan saved as ``.txt`` is a scan.

>>> sniff(b"%PDF-1.4 ..."), sniff("Kính gửi: Sở Công Thương".encode())
('PDF', None)
"""

from __future__ import annotations

import re
from collections.abc import Collection
from io import BytesIO
from typing import BinaryIO

from docparse.errors import FormatError
from docparse.read.packages import package_names

_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\0", "XZ"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"SQLite format 3\0", "SQLite"),
)
# The names inside a zip tell what it is; they and the names inside an OLE container stand
# uncompressed, so that in a damaged one a search will do.
_ZIP_CONTENT = (
    (b"word/document", "DOCX"),
    (b"xl/workbook", "XLSX"),
    (b"ppt/presentation", "PPTX"),
)
_OPEN_DOCUMENT = (
    (b"application/vnd.oasis.opendocument.text", "ODT"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ODS"),
)
_FIRST = 256
_OFFICE_NAMES = ("[Content_Types].xml", "mimetype", "_rels/.rels")
_OLE_CONTENT = (
    ("EncryptedPackage".encode("utf-16-le"), "ENCRYPTED"),
    ("WordDocument".encode("utf-16-le"), "DOC"),
    ("Workbook".encode("utf-16-le"), "XLS"),
    ("Book".encode("utf-16-le"), "XLS"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta)[\s>]",
    re.IGNORECASE,
)
_UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")

_SAMPLE = 65_536
# VISCII and TCVN3 put capital letters on control codes, but no text is made of them:
# the worst line in capitals has under 5 %, compressed data has over 10 %.
_CONTROL = bytes(code for code in range(1, 32) if code not in b"\t\n\v\f\r\x1a\x1b")
_MOST_CONTROL = 0.06
_MOST_NUL = 0.3
# UTF-16 without its mark: every second byte is one of the few that Vietnamese needs.
_UTF16_HIGH = b"\x00\x01\x03\x1e\x20"


def sniff(data: bytes) -> str | None:
    """The name of a known format that is not plain text, else None."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return sniff_zip(BytesIO(data))
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _inside(data, _OLE_CONTENT, "OLE")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "BMP"
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode("utf-8")
    return "HTML" if _HTML.match(head) else None


def require_known(data: bytes, *, path: str, known: Collection[str]) -> str:
    """The format, "TEXT" for a plain text; a FormatError says what to do about others.

    >>> require_known(b"So: 12", path="a.txt", known=())
    'TEXT'
    """
    name = sniff(data)
    if name == "ENCRYPTED":
        raise FormatError("encrypted-file", path=path)
    if name is not None and name not in known:
        raise FormatError("unsupported-format", path=path, format=name)
    if name is None and is_binary(data):
        raise FormatError("binary-file", path=path)
    return name or "TEXT"


def is_binary(data: bytes) -> bool:
    """Bytes that no encoding makes a text of, judged by samples of the file.

    >>> is_binary(bytes(range(256)) * 8), is_binary("số".encode("utf-16"))
    (True, False)
    """
    if data.startswith(_UNICODE_MARKS):
        return False
    middle = len(data) // 2
    samples = (data[:_SAMPLE], data[middle : middle + _SAMPLE], data[-_SAMPLE:])
    return any(_looks_binary(sample) for sample in samples)


def _looks_binary(sample: bytes) -> bool:
    """More control codes or NUL bytes than a text has; a dump may carry stray NUL bytes."""
    if not sample.strip(b"\0\t\n\v\f\r ") or _looks_utf16(sample):
        return False
    if sample.count(0) > _MOST_NUL * len(sample):
        return True
    return len(sample) - len(sample.translate(None, _CONTROL)) > _MOST_CONTROL * len(sample)


def _looks_utf16(sample: bytes) -> bool:
    low, high = sample[::2], sample[1::2]
    if low.count(0) > high.count(0):
        low, high = high, low
    many = 0.1 * len(sample)
    rare = len(high.translate(None, _UTF16_HIGH))
    return high.count(0) > many and low.count(0) < many / 10 and rare < many / 10


def sniff_zip(file: BinaryIO) -> str:
    """An office file, or a zip of other files, which may be office files.

    >>> sniff_zip(BytesIO(b"PK\\x03\\x04 ... word/document.xml"))
    'DOCX'
    """
    # "mimetype" comes first in an OpenDocument, and is not packed.
    if name := _inside(file.read(_FIRST), _OPEN_DOCUMENT, ""):
        return name
    names = package_names(file)
    if names is None:
        file.seek(0)
        return _inside(file.read(), (*_ZIP_CONTENT, *_OPEN_DOCUMENT), "ZIP")
    if not any(name in names for name in _OFFICE_NAMES):
        names = [name for name in names if name.endswith(".xml")]
    return _inside("\n".join(names).encode("utf-8", "replace"), _ZIP_CONTENT, "ZIP")


def _inside(data: bytes, content: tuple[tuple[bytes, str], ...], otherwise: str) -> str:
    return next((name for mark, name in content if mark in data), otherwise)
