"""Hostile and broken zip archives, and other packings."""

from __future__ import annotations

import gzip
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from tests.read.hostile.case import READ, Hostile
from tests.read.making import MiB, docx, p, pack

REPORT = "Số: 12/KH-SCT"


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
    return data + directory + _end(3000, len(directory), len(data))


def _end(count: int, size: int, at: int) -> bytes:
    return struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count, count, size, at, 0)


def _huge_directory() -> bytes:
    directory = b"".join(
        struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", *[0] * 16) for _ in range(500_000)
    )
    return b"PK\3\4" + directory + _end(1, len(directory), 4)


def _many(count: int = 100_000) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", "x")
    return file.getvalue()


def _encrypted() -> bytes:
    data = bytearray(pack({"a.txt": "bí mật"}, method=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def _nested(depth: int) -> bytes:
    data = pack({"a.txt": "Số: 12"})
    for number in range(depth):
        data = pack({f"{number}.zip": data})
    return data


def _forty_two() -> bytes:
    """Sixteen archives in each of sixteen, five levels deep, with a bomb at the bottom."""
    data = pack({"0.txt": bytes(900_000)})
    for _ in range(5):
        data = pack({f"{number}.zip": data for number in range(16)})
    return data


def _twice() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", "Số: 12")
        archive.writestr("a.txt", "Số: 13")
    return file.getvalue()


def _link() -> bytes:
    """A symbolic link, as Unix programs pack it: a program that unpacks it would follow it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.create_system = 3
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("b.txt", REPORT)
    return file.getvalue()


def _renamed(name: bytes) -> bytes:
    """An archive of one report that is called by these very bytes."""
    plain = b"n" * len(name)
    return pack({plain.decode(): REPORT}).replace(plain, name)


def _nameless(entries: dict[str, str], before: bytes = b"") -> bytes:
    """With an entry that has no name at all."""
    file = BytesIO(before)
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def _lying(size: int) -> bytes:
    """A directory that says another size than comes out of the entry."""
    data = bytearray(pack({"a.txt": "x" * 5000}))
    at = data.index(b"PK\1\2")
    data[at + 24 : at + 28] = struct.pack("<L", size)
    return bytes(data)


def _wrong_sum() -> bytes:
    data = bytearray(pack({"a.txt": REPORT}, method=zipfile.ZIP_STORED))
    data[40] ^= 0xFF
    return bytes(data)


def _without_directory() -> bytes:
    data = pack({"a.txt": REPORT, "b.docx": docx(p("x"))})
    return data[: data.index(b"PK\1\2")]


def _wide_lie() -> bytes:
    """A zip64 record that puts the directory at the end of the world."""
    record = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 46, 2**63)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 4, 1)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", *[0xFFFF] * 4, *[0xFFFFFFFF] * 2, 0)
    return b"PK\3\4" + record + locator + end


def _strange_method() -> bytes:
    data = bytearray(pack({"a.txt": REPORT}))
    data[8:10] = b"\x63\0"
    at = data.index(b"PK\1\2")
    data[at + 10 : at + 12] = b"\x63\0"
    return bytes(data)


def _case(name: str, make: Callable[[], bytes], *ends: str, words: str = "") -> Hostile:
    return Hostile(name=name, make=make, ends=ends or (READ,), words=words)


_ROTTEN = ("damaged-file", "archive-damaged")

CASES = (
    _case("overlapping.zip", _overlapping, "archive-bomb"),
    _case("endless-directory.zip", _huge_directory, "archive-too-many"),
    _case("hundred-thousand.zip", _many, "archive-too-many"),
    _case("locked.zip", _encrypted, "encrypted-archive"),
    _case("nested.zip", lambda: _nested(8), "is-an-archive"),
    _case("forty-two.zip", _forty_two, "archive-too-deep"),
    _case("bomb.zip", lambda: pack({"x.txt": bytes(300 * MiB)}), "archive-bomb"),
    _case("twice.zip", _twice, "archive-duplicate"),
    _case("upwards.zip", lambda: pack({"../../etc/x.txt": "x"}), "archive-unsafe-name"),
    _case("upwards-2.zip", lambda: pack({"a\\..\\..\\x.txt": "x"}), "archive-unsafe-name"),
    _case("absolute.zip", lambda: pack({"/etc/x.txt": "x"}), "archive-unsafe-name"),
    _case("drive.zip", lambda: pack({"C:\\x.txt": "x"}), "archive-unsafe-name"),
    _case("link.zip", _link, words=REPORT),
    _case("cp437.zip", lambda: _renamed(b"b\xa0o c\xa0o 1.txt"), words=REPORT),
    _case("not-utf8.zip", lambda: _renamed(b"b\xff\xfe\x01.txt"), words=REPORT),
    _case("newline.zip", lambda: _renamed(b"bao\n\x1b[31mcao.txt"), words=REPORT),
    _case("nul.zip", lambda: _renamed(b"bao\0cao.exe.txt"), "archive-unsafe-name"),
    _case("long-name.zip", lambda: pack({"a" * 60_000 + ".txt": REPORT}), words=REPORT),
    _case("no-name.zip", lambda: _nameless({"": "x", "a.txt": REPORT}), words=REPORT),
    _case("no-name.docx", lambda: _nameless({"": "x"}, docx(p(REPORT))), words=REPORT),
    _case("deep-name.zip", lambda: pack({"a/" * 20_000 + "a.txt": REPORT}), READ, "cannot-read"),
    _case("says-less.zip", lambda: _lying(100), *_ROTTEN),
    _case("says-more.zip", lambda: _lying(500_000), *_ROTTEN, READ),
    _case("wrong-sum.zip", _wrong_sum, *_ROTTEN),
    _case("no-directory.zip", _without_directory, READ, "archive-damaged"),
    _case("wide-lie.zip", _wide_lie, *_ROTTEN),
    _case("strange-method.zip", _strange_method, *_ROTTEN),
    _case("empty.zip", lambda: pack({}), "is-an-archive"),
    _case("packed.txt", lambda: gzip.compress(bytes(100 * MiB)), "unsupported-format"),
    _case("seven.zip", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(500), "unsupported-format"),
)  # fmt: skip
