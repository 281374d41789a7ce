"""Damage that a reader gets to see: bytes of a file and a source of chance in, other bytes out.

Bytes flipped in a zip or in a packed stream are caught by a check sum long before the reader's
own code. So the container is opened, what is inside is changed by its own parts (tags, numbers,
objects, records), and the container is made anew. ``native`` is the fuzzer's own mutation, which
knows nothing of formats; every mutation falls back on it now and then.
"""

from __future__ import annotations

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random
from typing import TypeVar

from tests.read.hostile.pdfs import deflated, pdf, stream
from tests.read.hostile.sheets import _xls as ole

_T = TypeVar("_T")
Native = Callable[[bytes], bytes]
Mutation = Callable[[bytes, Random, Native], bytes]

_NUMBERS = (
    b"0", b"1", b"-1", b"2", b"7", b"255", b"256", b"65535", b"65536", b"1048576", b"16384",
    b"2147483647", b"2147483648", b"4294967295", b"-2147483648", b"99999999999999999999", b"1e308",
    b"-1e308", b"1e-308", b"nan", b"inf", b"0.5", b"", b"abc", "٣".encode(), "²".encode(),
)  # fmt: skip
_WORDS = tuple(
    word.encode()
    for word in (
        "Số: 12/KH-SCT",
        "ngày 31/11/2023",
        "ngày 29/02/2023",
        "Quyết định số 30/QĐ-UBND",
        "đạt 86,4%",
        "(38/45)",
        "1.234.567 triệu đồng",
        "I.",
        "1.1.",
        "a)",
        "Điều 5",
        "UBND",
        "\u0323",
        "\u200b",
        "\xad",
        "\u202e",
        "\t",
        "\n",
        "\r\n",
        "\f",
        "\v",
        "\x1a",
        "\x00",
        "|",
        "---",
        "# ",
        "=1+1",
        "\u2028",
        "<",
        "&",
        "]]>",
        "ệ",
        "e\u0323\u0302",
        "\ufeff",
        "\ufffd",
        "𝟏𝟐",
        "１２",
        "①",
        "²",
        "½",
        "10⁵",
    )
)
_BYTES = (
    b"\xff",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xff\xfe",
    b"\xb8\xae",
    b"\xd2",
)
_ATTRIBUTE = re.compile(rb"""\s[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')""")
_MOST = 64  # times that a piece is repeated


def mutate_text(data: bytes, chance: Random, native: Native) -> bytes:
    """Words put in, taken out and repeated; bytes that no encoding has."""
    match chance.randrange(6):
        case 0:
            return native(data)
        case 1 | 2:
            at = chance.randrange(len(data) + 1)
            word = chance.choice(_WORDS if chance.random() < 0.9 else _BYTES)
            return data[:at] + word * chance.choice((1, 1, 1, 2, 9, _MOST)) + data[at:]
        case 3:
            return _number_changed(data, chance)
        case 4:
            return _recoded(data, chance)
    return b"".join(_shuffled(re.split(rb"(\s+)", data), chance))


def mutate_markup(data: bytes, chance: Random, native: Native) -> bytes:
    """Tags and the words between them changed, moved, dropped, repeated, put inside each other."""
    pieces = [piece for piece in re.split(rb"(<[^<>]*>)", data) if piece]
    if not pieces:
        return native(data)
    at = chance.randrange(len(pieces))
    match chance.randrange(6):
        case 0:
            pieces[at] = native(pieces[at])
        case 1:
            pieces[at] = _number_changed(pieces[at], chance)
        case 2:
            pieces[at] = mutate_text(pieces[at], chance, native)
        case 3:
            pieces[at] = _attribute_changed(pieces, at, chance)
        case _:
            pieces = _shuffled(pieces, chance)
    return b"".join(pieces)


def mutate_zip(data: bytes, chance: Random, native: Native) -> bytes:
    """The parts of a container changed and packed again; now and then the container itself."""
    parts = _unpacked(data)
    if not parts or chance.random() < 0.1:
        return native(data)
    name = chance.choice(list(parts))
    match chance.randrange(20):
        case 0:
            del parts[name]
        case 1:
            parts[chance.choice(list(parts))] = parts[name]
        case 2:
            parts[native(name.encode())[:200].decode("utf-8", "replace")] = parts.pop(name)
        case _:
            parts[name] = _part_changed(parts[name], chance, native)
    return _packed(parts, chance)


def mutate_pdf(data: bytes, chance: Random, native: Native) -> bytes:
    """Objects and the content of streams changed; the table of places is made anew."""
    objects = _objects(data)
    if not objects or chance.random() < 0.1:
        return native(data)
    number = chance.choice(list(objects))
    match chance.randrange(12):
        case 0:
            del objects[number]
        case 1:
            objects[chance.choice(list(objects))] = objects[number]
        case 2:
            objects[number] = _reference_changed(objects[number], list(objects), chance)
        case _:
            objects[number] = _object_changed(objects[number], chance, native)
    root = re.search(rb"/Root\s+(\d+) 0 R", data)
    trailer = b"/Root %d 0 R" % int(root[1]) if root else b""
    if not objects:
        return native(data)
    return pdf(objects, trailer)[: 1 << 20]


def mutate_xls(data: bytes, chance: Random, native: Native) -> bytes:
    """The records of the workbook's stream changed; now and then the container around them."""
    if len(data) < 2048 or chance.random() < 0.1:
        return native(data)
    records = _records(data[1536:])
    if not records:
        return native(data)
    at = chance.randrange(len(records))
    kind, said, body = records[at]
    match chance.randrange(6):
        case 0:
            records[at] = (
                kind,
                chance.choice((0, 1, min(said + 1, 0xFFFF), max(0, said - 1), 0xFFFF)),
                body,
            )
        case 1:
            records = _shuffled(records, chance)
        case 2 | 3:
            body = _field_changed(body, chance)
            records[at] = (kind, len(body), body)
        case 4:
            kind = chance.choice(records)[0] if chance.random() < 0.8 else chance.randrange(1 << 16)
            records[at] = (kind, said, body)
        case _:
            body = native(body or b"\0")[:8000]
            records[at] = (kind, len(body), body)
    made = b"".join(struct.pack("<HH", kind, said) + body for kind, said, body in records)
    return ole(made[:60_000])


# --- inside ------------------------------------------------------------------------------


def _number_changed(data: bytes, chance: Random) -> bytes:
    found = list(re.finditer(rb"-?\d+(?:\.\d+)?", data))
    if not found:
        return data
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(_NUMBERS) + data[one.end() :]


def _attribute_changed(pieces: list[bytes], at: int, chance: Random) -> bytes:
    """An attribute dropped, or one of another tag put in."""
    own = _ATTRIBUTE.findall(pieces[at])
    if own and chance.random() < 0.4:
        return pieces[at].replace(chance.choice(own), b"", 1)
    other = chance.choice(pieces)
    found = _ATTRIBUTE.findall(other)
    if found and pieces[at].endswith(b">"):
        end = -2 if pieces[at].endswith(b"/>") else -1
        return pieces[at][:end] + chance.choice(found) + pieces[at][end:]
    return other


def _shuffled(pieces: list[_T], chance: Random) -> list[_T]:
    """A stretch of pieces dropped, moved, repeated, or another one put in its place."""
    if not pieces:
        return pieces
    start = chance.randrange(len(pieces))
    end = min(len(pieces), start + chance.choice((1, 1, 2, 3, 8, 40)))
    cut = pieces[start:end]
    rest = pieces[:start] + pieces[end:]
    to = chance.randrange(len(rest) + 1)
    match chance.randrange(4):
        case 0:
            return rest
        case 1:
            return rest[:to] + cut + rest[to:]
        case 2:
            return pieces[:start] + cut * chance.choice((2, 2, 3, _MOST)) + pieces[end:]
    return pieces[:to] + cut + pieces[to:]


def _recoded(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    form = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1258"))
    return text.encode(form, "replace")


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist()[:60] if info.file_size < 300_000]
            return {info.filename: archive.read(info) for info in infos}
    except Exception:  # noqa: BLE001  (whatever is wrong with it: then it is only bytes)
        return {}


def _packed(parts: Mapping[str, bytes], chance: Random) -> bytes:
    file = BytesIO()
    method = zipfile.ZIP_STORED if chance.random() < 0.9 else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name or "x"), content, method)
    return file.getvalue()


def _part_changed(part: bytes, chance: Random, native: Native) -> bytes:
    if part.startswith(b"PK"):
        return mutate_zip(part, chance, native)
    return (mutate_markup if b"<" in part[:200] else mutate_text)(part, chance, native)


_OBJECT = re.compile(rb"(?:^|[\r\n])(\d{1,6}) 0 obj\s(.*?)\s*endobj", re.DOTALL)
_STREAM = re.compile(rb"<<(.*?)>>\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


def _objects(data: bytes) -> dict[int, bytes]:
    return {int(found[1]): found[2] for found in _OBJECT.finditer(data) if int(found[1]) < 5000}


def _object_changed(body: bytes, chance: Random, native: Native) -> bytes:
    found = _STREAM.fullmatch(body)
    if found is None:
        return _tokens_changed(body, chance, native)
    entries = re.sub(rb"/Length\s+\d+(?:\s+0 R)?", b"", found[1])
    content = found[2]
    packed = b"FlateDecode" in entries
    if b"ASCII85Decode" in entries or chance.random() < 0.3:
        return stream(content, _tokens_changed(entries, chance, native))
    if packed:
        try:
            content = zlib.decompressobj().decompress(content, 300_000)
        except zlib.error:
            return stream(native(content), entries)
    content = _tokens_changed(content, chance, native)
    if packed:
        return deflated(content, re.sub(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)", b"", entries))
    return stream(content, entries)


def _tokens_changed(body: bytes, chance: Random, native: Native) -> bytes:
    match chance.randrange(4):
        case 0:
            return native(body)
        case 1:
            return _number_changed(body, chance)
    return b"".join(_shuffled(re.split(rb"(\s+|(?=/))", body), chance))


def _reference_changed(body: bytes, numbers: list[int], chance: Random) -> bytes:
    """One object takes the place of another: pages in themselves, a font for a picture."""
    found = list(re.finditer(rb"\d+ 0 R", body))
    if not found:
        return body
    one = chance.choice(found)
    return body[: one.start()] + b"%d 0 R" % chance.choice(numbers) + body[one.end() :]


def _records(data: bytes) -> list[tuple[int, int, bytes]]:
    found = []
    at = 0
    while at + 4 <= len(data) and len(found) < 3000:
        kind, size = struct.unpack_from("<HH", data, at)
        if not kind and not size:
            break
        found.append((kind, size, data[at + 4 : at + 4 + size]))
        at += 4 + size
    return found


def _field_changed(body: bytes, chance: Random) -> bytes:
    if len(body) < 2:
        return body + b"\xff"
    at = chance.randrange(len(body) - 1)
    form = chance.choice(("<B", "<H", "<L", "<d"))
    value: float = chance.choice((0, 1, 2, 3, 4, 7, 8, 127, 128, 255))
    if form != "<B":
        value = chance.choice((0, 1, 255, 256, 0x7FFF, 0x8000, 0xFFFF))
    if form == "<d":
        value = chance.choice((0.0, -1.0, 1e308, float("nan"), float("inf"), 44_000.5, -700_000.0))
    made = struct.pack(form, value)
    return body[:at] + made + body[at + len(made) :]
