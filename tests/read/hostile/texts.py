"""Hostile and broken plain texts, and files whose name says something else."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable

from tests.read.hostile.case import READ, Hostile
from tests.read.making import docx, p

WORDS = "Số: 12/KH-SCT"


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">L", zlib.crc32(kind + body))
        return struct.pack(">L", len(body)) + kind + body + check

    head = chunk(b"IHDR", struct.pack(">LLBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(99_999)))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


def _case(name: str, make: Callable[[], bytes | str], *ends: str, words: str = "",
          notices: tuple[str, ...] = ()) -> Hostile:  # fmt: skip
    def data() -> bytes:
        made = make()
        return made.encode() if isinstance(made, str) else made

    return Hostile(name=name, make=data, ends=ends or (READ,), words=words, notices=notices)


CASES = (
    _case("nothing.txt", lambda: b"", "empty-file"),
    _case("blanks.txt", lambda: b" \n\t\r\n" * 100_000, "blank-file"),
    _case("nuls.txt", lambda: bytes(1_000_000), "blank-file"),
    _case("some-nuls.txt", lambda: f"{WORDS}\0\n" * 1000, words=WORDS),
    _case("not-utf8.txt", lambda: b"\xff\xfe\xfd" * 100_000, READ, "binary-file", "blank-file"),
    _case("half-utf8.txt", lambda: (WORDS + " của tỉnh").encode() * 99 + b"\xe1\xba",
          notices=("invalid-bytes",)),
    _case("utf16-no-mark.txt",
          lambda: (f"{WORDS} của tỉnh\n" * 99).encode("utf-16-le"), words=WORDS),
    _case("noise.txt", lambda: random.Random(1).randbytes(500_000), "binary-file"),
    _case("one-word.txt", lambda: b"a" * 50_000_000, READ, "took-too-long", "out-of-memory"),
    _case("one-line.txt", lambda: f"{WORDS} của tỉnh " * 20_000, words=WORDS),
    _case("one-number.txt", lambda: "1" * 1_000_000),
    _case("dotted-number.txt", lambda: "1." * 500_000),
    _case("marks.txt", lambda: "a" + "\u0301" * 1_000_000),
    _case("brackets.txt", lambda: "(" * 500_000),
    _case("hyphens.txt", lambda: "Số 1/KH-" * 50_000),
    _case("slashes.txt", lambda: "1/" * 500_000),
    _case("days.txt", lambda: "ngày 1 tháng " * 40_000),
    _case("plans.txt", lambda: "Kế hoạch số " * 80_000),
    _case("quotes.txt", lambda: "“" * 300_000),
    _case("bars.txt", lambda: "|" * 500_000),
    _case("bar-lines.txt", lambda: "| a | b |\n" * 50_000),
    _case("breaks.txt", lambda: WORDS + "\n" * 2_000_000, words=WORDS),
    _case("form-feeds.txt", lambda: "a\f" * 200_000),
    _case("headings.txt", lambda: "".join(f"{n}. a\n" for n in range(50_000))),
    _case("deep-headings.txt", lambda: "1" + ".1" * 20_000 + " a\n"),
    _case("capitals.txt", lambda: "CỘNG HÒA XÃ HỘI " * 50_000),
    _case("dashes.txt", lambda: "-" * 1_000_000),
    _case("blanks-between.txt", lambda: "S ố : 1 2 / K H - " * 10_000),
    _case("turned.txt", lambda: "\u202e" * 100_000 + WORDS, words=WORDS),
    _case("picture.txt", _png, "unsupported-format"),
    _case("picture.pdf", _png, "unsupported-format"),
    _case("word.pdf", lambda: docx(p(WORDS)), words=WORDS),
    _case("text.docx", lambda: WORDS, words=WORDS),
    _case("text.pdf", lambda: WORDS, words=WORDS),
)  # fmt: skip
