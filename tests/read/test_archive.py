from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

import docparse.read.archive
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


def test_an_inner_archive_behind_something_else(tmp_path: Path) -> None:
    """As in a program that unpacks itself."""
    inner = b"MZ" * 50 + pack({"a.txt": "Số: 12"})
    (found,) = find_files(_put(tmp_path, "q.zip", pack({"x.zip": inner})))
    assert found == tmp_path / "q.zip" / "x.zip" / "a.txt"
    assert read(found).text == "Số: 12"


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


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", "a\\..\\..\\b.txt", "C:\\a.txt"])
def test_a_name_that_leads_out_is_refused_alone(tmp_path: Path, name: str) -> None:
    archive = _put(tmp_path, "q.zip", pack({name: "x", "b.txt": "Số: 12", "__/a.txt": "Số: 13"}))
    texts, refused = [], []
    for path in find_files(archive):
        assert path.is_relative_to(archive)
        assert ".." not in path.parts
        try:
            texts.append(read(path).text)
        except FormatError as error:
            refused.append(error)
    assert sorted(texts) == ["Số: 12", "Số: 13"]
    (error,) = refused
    assert error.code == "archive-unsafe-name"
    assert name in str(error)


def test_a_name_that_leads_out_of_an_inner_archive(tmp_path: Path) -> None:
    inner = pack({"../../a.txt": "x", "b.txt": "Số: 12"})
    archive = _put(tmp_path, "q.zip", pack({"x.zip": inner, "c.txt": "Số: 13"}))
    assert _names(tmp_path, archive) == [
        "q.zip/c.txt",
        "q.zip/x.zip/__/__/a.txt",
        "q.zip/x.zip/b.txt",
    ]
    first, unsafe, second = find_files(archive)
    assert (read(first).text, read(second).text) == ("Số: 13", "Số: 12")
    with pytest.raises(FormatError) as error:
        read(unsafe)
    assert error.value.code == "archive-unsafe-name"


def test_many_files_of_an_archive_open_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = {f"{number}.txt": f"Số: {number}" for number in range(50)}
    archive = _put(tmp_path, "q.zip", pack({**inner, "x.zip": pack(inner), "y.zip": pack(inner)}))
    found = list(find_files(archive))
    opened: list[str] = []
    real = docparse.read.archive.open_package
    monkeypatch.setattr(
        "docparse.read.archive.open_package",
        lambda data, *, path, strict: opened.append(path) or real(data, path=path, strict=strict),
    )
    assert sorted(read(path).text for path in found) == sorted(3 * list(inner.values()))
    assert opened == [str(archive), str(archive / "x.zip"), str(archive / "y.zip")]


def test_an_archive_that_was_changed_is_opened_anew(tmp_path: Path) -> None:
    archive = _put(tmp_path, "q.zip", pack({"a.txt": "Số: 12"}))
    assert read(archive / "a.txt").text == "Số: 12"
    _put(tmp_path, "q.zip", pack({"a.txt": "Số: 12/KH-SCT"}))
    assert read(archive / "a.txt").text == "Số: 12/KH-SCT"
    archive.unlink()
    with pytest.raises(NotFoundError):
        read(archive / "a.txt")


def test_several_broken_entries_of_an_open_archive(tmp_path: Path) -> None:
    data = bytearray(pack({"a.txt": "x" * 500, "b.txt": "y" * 500, "c.txt": "Số: 12"}))
    for name in (b"a.txt", b"b.txt"):
        data[data.index(name) + 8] ^= 0xFF
    ends = []
    for path in find_files(_put(tmp_path, "q.zip", bytes(data))):
        try:
            ends.append(read(path).text)
        except ReadError as error:
            ends.append(error.code)
    assert ends == ["damaged-file", "damaged-file", "Số: 12"]


def test_an_archive_without_a_path_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack({"a.txt": "Số: 12"})
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data)))
    for given in ("-", data, BytesIO(data)):
        with pytest.raises(FormatError) as error:
            read(given)
        assert error.value.code == "archive-without-path"
        assert "docparse parse -" not in str(error.value)


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
