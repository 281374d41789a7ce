import io
import os
import sys
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from docparse.errors import (
    EmptyError,
    FormatError,
    NotFoundError,
    NotReadableError,
    ReadError,
)
from docparse.read import find_files, read

WORDS = "Số: 12/KH-SCT\n"
NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def _tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WORDS, encoding="utf-8")


def test_files_below_a_folder_in_order(tmp_path: Path) -> None:
    _tree(
        tmp_path,
        "b.txt", "a/z.MD", "a/b.txt", "c.pdf",
        "a.gold.toml", "floors.toml", "README.md", "readme.vi.md", ".hidden.txt", ".git/x.txt",
        "data.csv",
    )  # fmt: skip
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path)]
    assert found == ["a/b.txt", "a/z.MD", "b.txt", "c.pdf"]


def test_named_files_are_taken_as_they_are_and_once(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt", "odd.dat")
    named = [tmp_path / "odd.dat", tmp_path, tmp_path / "a.txt", tmp_path / "missing.txt", "-"]
    found = [str(path) for path in find_files(*named)]
    assert [Path(name).name for name in found] == ["odd.dat", "a.txt", "missing.txt", "-"]


def test_links_that_go_in_a_circle_end(tmp_path: Path) -> None:
    _tree(tmp_path, "a/x.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert [path.name for path in find_files(tmp_path)] == ["x.txt"]


@NOT_ROOT
def test_a_folder_that_may_not_be_listed_says_so(tmp_path: Path) -> None:
    _tree(tmp_path, "closed/x.txt", "open.txt")
    (tmp_path / "closed").chmod(0)
    try:
        closed, _ = find_files(tmp_path)
        with pytest.raises(NotReadableError) as error:
            read(closed)
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert error.value.code == "permission-denied"


def test_a_folder_that_the_system_refuses_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where the tests run as root."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(os, "listdir", refuse)
    assert list(find_files(tmp_path)) == [tmp_path]
    assert _code(tmp_path, NotReadableError) == "permission-denied"


def _code(file: str | Path | bytes | BinaryIO, kind: type[ReadError]) -> str:
    with pytest.raises(kind) as error:
        read(file)
    for lang in ("vi", "en"):
        assert len(error.value.sentence(lang)) > 20
    return error.value.code


def test_a_missing_path() -> None:
    assert _code("no/such/file.txt", NotFoundError) == "not-found"
    assert _code("nul\0byte.txt", NotFoundError) == "not-found"


def test_a_file_used_as_a_folder(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    assert _code(tmp_path / "a.txt" / "b.txt", NotFoundError) == "not-found"


def test_a_name_too_long() -> None:
    assert _code("x" * 5000, NotReadableError) == "cannot-read"


def test_a_folder(tmp_path: Path) -> None:
    assert _code(tmp_path, NotReadableError) == "is-a-folder"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert _code(tmp_path / "a.txt", EmptyError) == "empty-file"


def test_broken_links(tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.symlink_to("gone.txt")
    circle = tmp_path / "circle.txt"
    circle.symlink_to("circle.txt")
    assert _code(broken, NotFoundError) == "broken-link"
    assert _code(circle, NotFoundError) == "broken-link"
    assert {path.name for path in find_files(tmp_path)} == {"broken.txt", "circle.txt"}


def test_pipes_and_devices_are_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert _code(pipe, NotReadableError) == "not-a-file"
    assert _code("/dev/zero", NotReadableError) == "not-a-file"


@NOT_ROOT
def test_a_file_without_permission(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    assert _code(tmp_path / "a.txt", NotReadableError) == "permission-denied"


@pytest.mark.parametrize(
    ("raised", "code"),
    [(PermissionError(13, "denied"), "permission-denied"), (OSError(5, "I/O"), "cannot-read")],
)
def test_what_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: OSError, code: str
) -> None:
    _tree(tmp_path, "a.txt")

    def refuse(*_: object) -> None:
        raise raised

    monkeypatch.setattr(Path, "open", refuse)
    assert _code(tmp_path / "a.txt", NotReadableError) == code


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    for file in (tmp_path / "a.txt", io.BytesIO(WORDS.encode())):
        with pytest.raises(FormatError) as error:
            read(file, max_bytes=5)
        assert error.value.code == "too-large"


def test_open_files_and_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _tree(tmp_path, "a.md")
    with (tmp_path / "a.md").open("rb") as file:
        assert read(file).format == "md"
    assert read(io.BytesIO(WORDS.encode())).path == "-"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WORDS.encode())))
    source = read("-")
    assert (source.text, source.path) == (WORDS, "-")


def test_bytes_with_a_name() -> None:
    assert read(WORDS.encode(), path="b.md").path == "b.md"


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.txt")
    Path(path).write_text(WORDS, encoding="utf-8")
    assert read(path).path.endswith("b�.txt")


def test_fifty_megabytes_on_one_line(tmp_path: Path) -> None:
    words = "thực hiện Kế hoạch số 15/KH-UBND "
    path = tmp_path / "line.txt"
    path.write_text(words * (50_000_000 // len(words.encode())), encoding="utf-8")
    start = time.perf_counter()
    assert len(read(path).text) > 30_000_000
    assert time.perf_counter() - start < 10
