"""What LibreOffice converts; without it these tests are left out, and say so."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from docparse.errors import NotReadableError, ReadError
from docparse.read import office, read
from docparse.read.docx import read_docx
from docparse.read.limits import Limits
from tests.read.making import SAMPLES

INSTALLED = pytest.mark.skipif(
    office.find_program() is None, reason="LibreOffice is not installed (libreoffice-writer-nogui)"
)
TABLE = (
    r"{\rtf1\ansi\deff0{\fonttbl{\f0 .VnTime;}{\f1 .VnTimeH;}}"
    r"{\f1 C\'e9ng ho\'b5}\par "
    r"\trowd\clbrdrt\brdrs\clvmgf\cellx1000\clbrdrt\brdrs\cellx3000\intbl STT\cell Hồ sơ\cell\row"
    r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\intbl\cell S\'e8\cell T\'fb l\'d6\cell\row"
    r"\trowd\cellx1000\cellx2000\cellx3000\intbl 1\cell 16.075\cell 98,94%\cell\row\pard "
    r"H\'d5t\par}"
).replace("Hồ sơ", r"H\'e5 s\'ac")


def test_a_missing_program_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    with pytest.raises(NotReadableError) as error:
        read(TABLE.encode(), path="a.rtf", caged=False)
    for lang in ("vi", "en"):
        assert "libreoffice-writer-nogui" in error.value.sentence(lang)


def test_a_locked_word_file_says_so() -> None:
    data = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    data += b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + bytes(500)
    data += "WordDocument".encode("utf-16-le")
    with pytest.raises(ReadError) as error:
        read(bytes(data), path="a.doc")
    assert error.value.code == "encrypted-file"


@INSTALLED
def test_rtf_with_old_fonts_and_spans() -> None:
    source = read(TABLE.encode(), path="a.rtf")
    assert source.text.strip().split("\n") == [
        "CỘNG HOÀ", "", "STT\tHồ sơ\t", "\tSố\tTỷ lệ", "1\t16.075\t98,94%", "", "Hết",
    ]  # fmt: skip
    (grid,) = source.grids
    assert [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells[:2]] == [
        (0, 0, 2, 1), (0, 1, 1, 2),
    ]  # fmt: skip
    assert (source.format, source.encoding) == ("rtf", "tcvn3")


@INSTALLED
def test_a_slow_conversion_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "default_limits", lambda: Limits(seconds=0.05))
    with pytest.raises(ReadError) as error:
        read(TABLE.encode(), path="a.rtf", caged=False)
    assert error.value.code == "took-too-long"


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{made.server_address[1]}", asked
        made.shutdown()
        thread.join()


@INSTALLED
def test_nothing_is_fetched(server: tuple[str, list[str]]) -> None:
    address, asked = server
    fields = "".join(
        r"{\field{\*\fldinst " + f'{kind} "{address}/{kind}.png"' + r" \\d}{\fldrslt x}}"
        for kind in ("INCLUDEPICTURE", "INCLUDETEXT")
    )
    template = r"{\*\template " + f"{address}/a.dotm" + "}"
    read((r"{\rtf1\ansi " + template + "So: 12 " + fields + "}").encode(), path="a.rtf")
    assert asked == []


@INSTALLED
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")
def test_what_is_converted_reads_as_word_files_do() -> None:
    data = (SAMPLES / "nd30_2020_phuluc1.doc").read_bytes()
    source = read(data, path="a.doc")
    made = read_docx(office.convert(data, "DOC", path="a.doc"), path="a.doc")
    assert (source.text, len(source.grids)) == (made.text, 3)
    # Two header rows, the last four columns under one cell.
    header = [(c.row, c.column, c.row_span, c.column_span) for c in source.grids[1].cells[:8]]
    assert header == [*((0, n, 2, 1) for n in range(5)), (0, 5, 1, 4), (1, 5, 1, 3), (1, 8, 1, 1)]
