"""The whole collection as one folder: each file ends as it should, and none costs another."""

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import docparse
from docparse.errors import ReadError, harmless
from docparse.read import read
from docparse.read.cage import _close_all
from docparse.read.files import printable
from tests.read.hostile import FILES, PLACES, Hostile, case, write_all
from tests.read.hostile.case import READ
from tests.read.hostile.places import Place
from tests.read.making import pack

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which processes run")


@dataclass
class Ended:
    """How all that lies under one name of the folder ended."""

    codes: set[str] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)
    text: str = ""
    notices: set[str] = field(default_factory=set)


@dataclass
class Run:
    """One run over the folder."""

    folder: Path
    temporary: Path
    ended: dict[str, Ended]
    asked: list[bytes]
    memory: int


@pytest.fixture(scope="module")
def asked() -> Iterator[list[bytes]]:
    """What was asked of the machine to which the files lead."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(connection.recv(1000))

        threading.Thread(target=listen, daemon=True).start()
        case.listen_at(server.getsockname()[1])
        yield heard
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, asked: list[bytes]) -> Path:
    made = tmp_path_factory.mktemp("hostile")
    write_all(made)
    return made


@pytest.fixture(scope="module")
def run(folder: Path, asked: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Run:
    temporary = tmp_path_factory.mktemp("temporary")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ended: dict[str, Ended] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(temporary))
        _close_all()  # the children begin anew, with this folder
        for found in docparse.parse_folder(folder):
            path = found.source.path if isinstance(found, docparse.Report) else found.values["path"]
            _note(ended.setdefault(_first(str(path), folder), Ended()), found)
        _close_all()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return Run(folder, temporary, ended, asked, memory)


def _note(ended: Ended, found: docparse.Report | ReadError) -> None:
    if isinstance(found, ReadError):
        ended.codes.add(found.code)
        ended.sentences += [found.sentence("vi"), found.sentence("en")]
    else:
        ended.codes.add(READ)
        ended.text += found.source.text
        ended.notices |= {notice.code for notice in found.notices}


def _first(path: str, folder: Path) -> str:
    return Path(path).relative_to(folder).parts[0]


def _skip_unless_installed(program: str) -> None:
    if program and shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_ends_as_it_should(run: Run, file: Hostile) -> None:
    _skip_unless_installed(file.needs)
    ended = run.ended[file.name]
    assert ended.codes
    assert ended.codes <= set(file.ends)
    if READ in ended.codes:
        assert file.words in ended.text
        assert set(file.notices) <= ended.notices
    assert "root:" not in ended.text


@pytest.mark.parametrize("place", PLACES, ids=lambda place: repr(place.name))
def test_each_place_ends_as_it_should(run: Run, place: Place) -> None:
    ended = run.ended.get(printable(place.name))
    assert (ended.codes if ended else set()) == set(place.ends)


def test_every_error_is_a_sentence_that_names_its_file(run: Run) -> None:
    for name, ended in run.ended.items():
        for sentence in ended.sentences:
            assert str(harmless(name)) in sentence
            assert sentence.count(". ") >= 1  # what happened, then what to do


def test_nothing_is_fetched(run: Run) -> None:
    assert run.asked == []


def test_nothing_stays_behind(run: Run) -> None:
    assert list(run.temporary.iterdir()) == []
    assert not (run.folder.parent / "a.exe").exists()


@LINUX
def test_no_process_survives(run: Run) -> None:
    assert [line for line in _processes() if str(run.temporary) in line] == []


def _processes() -> Iterator[str]:
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                yield (place / "cmdline").read_text() + (place / "environ").read_text()
            except (OSError, UnicodeDecodeError):
                continue


def test_the_memory_of_this_process_stays(run: Run) -> None:
    """Whatever the children took, the parent did not: 1 GB, in kilobytes."""
    assert run.memory < 1_000_000


# Of each kind that kills, hangs or fills its reader one, with good files between them.
_TOGETHER = (
    "bomb.docx", "bomb.zip", "cp437.zip", "cut-late.docx", "far-cells.xlsx", "forty-two.zip",
    "half-utf8.txt", "links-outside.docx", "million-tables.docx", "nested-forms.pdf",
    "newline.zip", "noise.xls", "nothing.txt", "tounicode-bomb.pdf", "word.pdf", "xref-loop.pdf",
)  # fmt: skip


def test_the_command_line_ends_in_the_same_way(run: Run, tmp_path: Path) -> None:
    """Two files at a time: the same reports, and a sentence for each that failed."""
    folder, temporary = tmp_path / "folder", tmp_path / "temporary"
    folder.mkdir()
    temporary.mkdir()
    for name in _TOGETHER:
        (folder / name).symlink_to(run.folder / name)
    for place in PLACES:
        place.make(folder / place.name)
    out = tmp_path / "out.jsonl"
    made = subprocess.run(
        [sys.executable, "-c", "import sys; from docparse.cli import main; sys.exit(main())",
         "--lang", "en", "parse", str(folder), "--jobs", "2", "--format", "jsonl", "-o", str(out)],
        capture_output=True, check=False, env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    told = made.stderr.decode()
    assert made.returncode == 2
    assert "Traceback" not in told
    assert "\x1b" not in told
    lines = out.read_text(encoding="utf-8").splitlines()
    read_ones = {_first(json.loads(line)["source"]["path"], folder) for line in lines}
    for name in (*_TOGETHER, *(printable(place.name) for place in PLACES)):
        codes = run.ended[name].codes if name in run.ended else set()
        assert (READ in codes) == (name in read_ones), name
        assert bool(codes - {READ}) == (f"{folder / str(harmless(name))}" in told), name
    assert list(temporary.iterdir()) == []


def test_traversal_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("bí mật", encoding="utf-8")
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.zip").write_bytes(pack({"x.txt": "x"}))
    with pytest.raises(ReadError):
        read(inner / "a.zip" / ".." / ".." / "secret.txt")
