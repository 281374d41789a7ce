from pathlib import Path

import pytest

from docparse.errors import FormatError, NotFoundError, ReadError
from docparse.read import find_files, read
from tests.read.making import docx, p, pack


def _names(folder: Path, *paths: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_files(*paths)]


def _put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_reports_in_an_archive_stand_in_its_place(tmp_path: Path) -> None:
    entries = {
        "b.docx": docx(p("Số: 12")), "thang 1/a.txt": "Số: 13", "README.txt": "x", "x.exe": "x",
        "__MACOSX/b.docx": "x", ".hidden.txt": "x",
    }  # fmt: skip
    archive = _put(tmp_path, "q.zip", pack(entries))
    _put(tmp_path, "z.txt", b"x")
    found = ["q.zip/b.docx", "q.zip/thang 1/a.txt"]
    assert _names(tmp_path, archive) == found
    assert _names(tmp_path, tmp_path) == [*found, "z.txt"]
    first, second = (read(path) for path in find_files(archive))
    assert (first.path, first.text) == (str(archive / "b.docx"), "Số: 12\n")
    assert (second.text, second.format) == ("Số: 13", "txt")


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = pack({"a.txt": "Số: 12", "deep.zip": pack({"b.txt": "Số: 13"})})
    archive = _put(tmp_path, "q.zip", pack({"in/x.zip": inner}))
    found = list(find_files(archive))
    assert _names(tmp_path, archive) == ["q.zip/in/x.zip/a.txt", "q.zip/in/x.zip/deep.zip/b.txt"]
    assert [read(path).text for path in found] == ["Số: 12", "Số: 13"]


def test_archives_that_are_nested_too_deep_are_named(tmp_path: Path) -> None:
    data = pack({"a.txt": "x"})
    for _ in range(5):
        data = pack({"x.zip": data})
    archive = _put(tmp_path, "q.zip", data)
    (named,) = find_files(archive)
    assert named.name == "x.zip"
    with pytest.raises(ReadError) as error:
        read(named)
    assert error.value.code == "is-an-archive"


def test_an_archive_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert len(list(find_files(_put(tmp_path, "q.docx", pack({"a.txt": "x"}))))) == 1
    assert _names(tmp_path, tmp_path / "q.docx") == ["q.docx/a.txt"]
    report = _put(tmp_path, "r.zip", docx(p("Số: 12")))
    assert list(find_files(report)) == [report]
    assert read(report).format == "docx"


def test_office_files_that_are_not_packed_again(tmp_path: Path) -> None:
    """Their names stand in the archive's bytes, and it is an archive all the same."""
    import zipfile

    data = pack({"a.docx": docx(p("Số: 12")), "b.docx": docx(p("b"))}, method=zipfile.ZIP_STORED)
    archive = _put(tmp_path, "q.zip", data)
    assert _names(tmp_path, archive) == ["q.zip/a.docx", "q.zip/b.docx"]


def test_names_without_the_mark_of_utf8(tmp_path: Path) -> None:
    name = "báo cáo.txt".encode()
    data = pack({"x" * len(name): "Số: 12"}).replace(b"x" * len(name), name)
    assert _names(tmp_path, _put(tmp_path, "q.zip", data)) == ["q.zip/báo cáo.txt"]
    (found,) = find_files(tmp_path / "q.zip")
    assert read(found).text == "Số: 12"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pack({"../a.txt": "x"}), "archive-unsafe-name"),
        (pack({"/a.txt": "x"}), "archive-unsafe-name"),
        (pack({"a\\..\\..\\b.txt": "x"}), "archive-unsafe-name"),
        (pack({"photo.exe": "x"}), "is-an-archive"),
        (pack({}), "is-an-archive"),
    ],
)
def test_an_archive_that_is_refused_says_why(tmp_path: Path, data: bytes, code: str) -> None:
    archive = _put(tmp_path, "q.zip", data)
    assert list(find_files(archive)) == [archive]
    with pytest.raises(FormatError) as error:
        read(archive)
    assert error.value.code == code


def test_what_is_not_in_the_archive(tmp_path: Path) -> None:
    archive = _put(tmp_path, "q.zip", pack({"a.txt": "x"}))
    plain = _put(tmp_path, "p.txt", b"x")
    for path in (archive / "b.txt", archive / "a.txt" / "c", plain / "a.txt"):
        with pytest.raises(NotFoundError):
            read(path)


def test_damaged_entries_do_not_cost_the_others(tmp_path: Path) -> None:
    data = bytearray(pack({"a.txt": "Số: 12 " * 50, "b.txt": "Số: 13"}))
    data[40] ^= 0xFF
    archive = _put(tmp_path, "q.zip", bytes(data))
    first, second = find_files(archive)
    with pytest.raises(FormatError) as error:
        read(first)
    assert error.value.code == "damaged-file"
    assert read(second).text == "Số: 13"


def test_what_is_left_of_a_damaged_archive_is_kept_and_the_loss_said(tmp_path: Path) -> None:
    archive = _put(tmp_path, "q.zip", pack({"a.txt": "Số: 12", "b.txt": "Số: 13" * 99})[:70])
    first, second = find_files(archive)
    assert (read(first).text, second) == ("Số: 12", archive)
    with pytest.raises(FormatError) as error:
        read(second)
    assert error.value.code == "archive-damaged"
