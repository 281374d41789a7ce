"""One file on the disk is one row, from wherever and however it is named; a copy is another."""

import shutil
import zipfile
from pathlib import Path

import pytest

from docparse.cli import main
from docparse.indexing.collection import Index
from tests.index.reports import REPORTS


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, with a report in a folder of it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.txt").write_text(REPORTS["2021/q1.txt"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _paths(db: str | Path) -> list[str]:
    with Index(db, create=False) as index:
        return list(index.frame("files")["path"])


@pytest.mark.parametrize(
    ("here", "path", "db"),
    [
        (".", "{folder}/a/x.txt", "i.db"),
        (".", "./a/../a/x.txt", "./i.db"),
        (".", "a", "a/../i.db"),
        ("a", "x.txt", "../i.db"),
        ("a", "../a/x.txt", "{folder}/i.db"),
        ("a", ".", "../a/../i.db"),
        ("linked", "x.txt", "../i.db"),
        (".", "linked/x.txt", "i.db"),
        (".", "link.txt", "i.db"),
        (".", "{folder}/a/x.txt", "linked.db"),
    ],
)
def test_however_a_file_is_named_it_is_one(
    files: Path, monkeypatch: pytest.MonkeyPatch, here: str, path: str, db: str
) -> None:
    (files / "linked").symlink_to("a")
    (files / "link.txt").symlink_to("a/x.txt")
    (files / "linked.db").symlink_to("i.db")
    assert main(["index", "add", "a/x.txt", "--db", "i.db"]) == 0
    monkeypatch.chdir(files / here)
    with Index(db.format(folder=files), create=False) as index:
        found = index.add(path.format(folder=files))
        assert found[["path", "state", "reason"]].values.tolist() == [
            ["a/x.txt", "skipped", "index-unchanged"]
        ]
        assert index.find_duplicates() == []
        assert index.gone() == []
    assert _paths(files / "i.db") == ["a/x.txt"]


def test_a_file_that_two_names_lead_to_is_added_once(files: Path) -> None:
    (files / "a/link.txt").symlink_to("x.txt")
    with Index(files / "i.db") as index:
        assert list(index.add(files / "a", "a/x.txt")["path"]) == ["a/x.txt"]
        assert len(index.find_cited_by("12/QĐ-UBND")) == 1


def test_another_copy_stays_a_duplicate(files: Path) -> None:
    shutil.copy(files / "a/x.txt", files / "x.txt")
    with Index(files / "i.db") as index:
        assert list(index.add("a/x.txt", "x.txt")["state"]) == ["ok", "skipped"]
        assert [(one.path, one.other) for one in index.find_duplicates()] == [("x.txt", "a/x.txt")]


def test_a_link_to_an_archive_leads_to_its_reports(files: Path) -> None:
    with zipfile.ZipFile(files / "all.zip", "w") as archive:
        archive.writestr("in/x.txt", REPORTS["2021/q1.txt"])
    (files / "link.zip").symlink_to("all.zip")
    with Index(files / "i.db") as index:
        index.add("all.zip")
        assert set(index.add("link.zip")["state"]) == {"skipped"}
    assert _paths("i.db") == ["all.zip/in/x.txt"]


def test_a_link_to_nowhere_keeps_its_name(files: Path) -> None:
    (files / "a/broken.txt").symlink_to("nowhere.txt")
    with Index(files / "i.db") as index:
        assert index.add("a/broken.txt")["path"].tolist() == ["a/broken.txt"]
        assert [one.path for one in index.find_failures()] == ["a/broken.txt"]


@pytest.mark.parametrize("name", ["x.txt", "../a/x.txt", "{folder}/a/x.txt", "a/x.txt"])
def test_a_report_is_asked_for_by_any_of_its_names(
    files: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with Index(files / "i.db") as index:
        index.add("a/x.txt")
        monkeypatch.chdir(files / "a")
        assert len(index.find_cites(name.format(folder=files))) == 3
        assert index.record(name.format(folder=files))["source"]["path"] == "a/x.txt"


def test_a_row_that_an_earlier_version_wrote_can_be_forgotten_by_its_name(files: Path) -> None:
    """It had two rows for a file that was named from two folders."""
    with Index(files / "i.db") as index:
        index.add("a/x.txt")
        whole = str(files / "a/x.txt")
        with index.store.writing() as connection:
            connection.exec_driver_sql("update files set path = ?", (whole,))
        index.add("a/x.txt")
        assert len(index.frame("files")) == 2
        index.forget(whole)
        assert len(index.frame("files")) == 0
