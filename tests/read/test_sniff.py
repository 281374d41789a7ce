import gzip
import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from docparse.errors import FormatError
from docparse.read import read
from docparse.read.readers import READ
from docparse.read.sniff import is_binary, sniff

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
LETTER = "Kính gửi: Sở Công Thương tỉnh Bình Lâm, các phòng ban trực thuộc và UBND huyện."


def _zip(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (gzip.compress(b"x"), "GZIP"),
        (_zip("[Content_Types].xml", "word/document.xml"), "DOCX"),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "XLSX"),
        (_zip("a.txt"), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "DOC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "XLS"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"II*\0\x08", "TIFF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "WEBP"),
        (b"BM\x36\0\0\0\0\0\0\0", "BMP"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>", "HTML"),
        (b"<?xml version='1.0'?>\n<html lang='vi'>", "HTML"),
        (b"<!-- saved from url=(0026) -- x -->\n<HTML>", "HTML"),
        ("<html><p>Số".encode("utf-16"), "HTML"),
    ],
)
def test_known_formats_by_their_content(data: bytes, name: str) -> None:
    assert sniff(data) == name
    if name not in {*READ, "ZIP"}:
        with pytest.raises(FormatError) as error:
            read(data, path="report.txt")
        assert error.value.code == "unsupported-format"
        assert name in error.value.sentence("vi")


def test_archives_that_hold_office_files_are_archives() -> None:
    inner = _zip("[Content_Types].xml", "word/document.xml")
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.docx", inner)
        archive.writestr("word/documents/b.docx", inner)
    assert sniff(file.getvalue()) == "ZIP"


def test_damaged_and_locked_office_files() -> None:
    assert sniff(_zip("[Content_Types].xml", "word/document.xml")[:110]) == "DOCX"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(FormatError) as error:
        read(locked, path="a.docx")
    assert error.value.code == "encrypted-file"


@pytest.mark.parametrize("text", ["BM 01/KH-SCT", "MM", "PK đã họp", "<htmlx", "GIF", LETTER])
def test_words_that_begin_like_a_format(text: str) -> None:
    assert sniff(text.encode()) is None
    assert not is_binary(text.encode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"]
)
def test_a_letter_is_a_text_in_every_encoding(encoding: str) -> None:
    data = LETTER.encode(encoding, "ignore")
    assert not is_binary(data)
    assert not is_binary(data * 5000)


def test_stray_nul_bytes_do_not_make_a_binary_file() -> None:
    assert not is_binary(LETTER.replace(" ", " \0", 5).encode())


@pytest.mark.parametrize("size", [64, 4096, 300_000])
def test_noise_is_binary(size: int) -> None:
    noise = random.Random(size).randbytes(size)
    assert is_binary(noise)
    with pytest.raises(FormatError, match="binary"):
        read(noise, path="a.txt")


def test_a_text_that_ends_in_noise_is_binary() -> None:
    assert is_binary(LETTER.encode() * 2000 + random.Random(1).randbytes(300_000))


def test_numbers_of_a_program_are_binary() -> None:
    assert is_binary(b"".join(value.to_bytes(4, "little") for value in range(2000)))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_shared_samples() -> None:
    for path in sorted(SAMPLES.iterdir()):
        name = sniff(path.read_bytes())
        text = path.suffix in (".md", ".txt", ".jsonl")
        assert name == (None if text else path.suffix[1:].upper()), path.name
        assert not text or not is_binary(path.read_bytes()), path.name
