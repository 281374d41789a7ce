"""A disk that is full, and one that may not be written to: a sentence, and the index is whole."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docparse.errors import UsageError
from docparse.index import store
from docparse.indexing.collection import Index
from tests.index.contents import content
from tests.index.reports import REPORTS

ROOT = Path(__file__).parents[2]
_COMMAND = "import sys; from docparse.cli import main; sys.exit(main())"
# Root may write everywhere, unless it gives that right away.
_NOT_EVERYWHERE = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Reports that take some room."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        lines = (f"Theo Kế hoạch số {number * 60 + line}/KH-SCT ngày 01/02/2021, đơn vị x{line}y"
                 f"{number} báo cáo." for line in range(60))  # fmt: skip
        text = "\n".join([REPORTS["2021/q1.txt"], *lines])
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def _whole(index: Index) -> bool:
    """What the database says of itself, and whether every report has all of its parts."""
    with index.store.reading() as connection:
        if index.store.is_sqlite:
            said = connection.exec_driver_sql("pragma integrity_check").scalar()
            assert said == "ok"
    return len(list(index.records())) == len(content(index)["texts"])


def _same_as_undisturbed(index: Index, folder: Path, tmp_path: Path) -> None:
    with Index(tmp_path / "undisturbed.db") as undisturbed:
        undisturbed.add(folder)
        expected, found = content(undisturbed), content(index)
    for each in (expected, found):
        each["files"] = [(Path(str(row[0])).name, *row[1:]) for row in each["files"]]
    assert found == expected


# Full


def test_a_database_that_may_not_grow_is_whole_and_goes_on(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "_PRAGMAS", (*store._PRAGMAS, "max_page_count = 150"))
        with Index(tmp_path / "index.db") as index:
            with pytest.raises(UsageError) as error:
                index.add(many)
            assert error.value.code == "index-full"
            assert _whole(index)
    with Index(tmp_path / "index.db") as index:
        index.add(many)
        _same_as_undisturbed(index, many, tmp_path)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 16 MB."""
    folder = Path(tempfile.mkdtemp(prefix="docparse-disk-", dir="/tmp"))
    command = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=777", "none", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("nobody here may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


_TO_COME_IN = 400_000  # bytes that PostgreSQL may write when somebody comes


def _fill(disk: Path, left: int) -> Path:
    """Leave so many bytes of a disk."""
    free = os.statvfs(disk)
    (disk / "filling").write_bytes(bytes(free.f_bavail * free.f_frsize - left))
    return disk / "filling"


@pytest.fixture
def url_there(small_disk: Path, url: str) -> Iterator[str]:
    """A database on the small disk."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{small_disk}/index.db"
        return
    import psycopg

    base, _, asked = url.partition("?")
    name = base.rpartition("/")[2]
    if os.geteuid() == 0:
        shutil.chown(small_disk, "postgres")
    with psycopg.connect(f"postgresql:///postgres?{asked}", autocommit=True) as connection:
        connection.execute(f"create tablespace {name}_disk location '{small_disk}'".encode())
        connection.execute(f"alter database {name} set tablespace {name}_disk".encode())
        yield url
        connection.execute(f"drop database {name} with (force)".encode())
        connection.execute(f"drop tablespace {name}_disk".encode())


@pytest.mark.caged
def test_a_full_disk_is_said_and_with_room_the_same_command_goes_on(
    url_there: str, small_disk: Path, many: Path, tmp_path: Path
) -> None:
    Index(url_there).close()
    filling = _fill(small_disk, 700_000)
    ended = _command("add", str(many), "--db", url_there)
    assert ended.returncode == 2
    assert "is full" in ended.stderr
    assert "Traceback" not in ended.stderr
    if not url_there.startswith("sqlite"):  # without any room the server lets nobody in
        os.truncate(filling, filling.stat().st_size - _TO_COME_IN)
    with Index(url_there) as index:
        assert _whole(index)
        assert 0 < len(content(index)["files"]) < 40, "it was not full in the middle"
        assert index.find("cải cách hành chính")
    filling.unlink()
    assert _command("add", str(many), "--db", url_there).returncode == 0
    with Index(url_there) as index:
        _same_as_undisturbed(index, many, tmp_path)


# Closed


def _closed(*words: str) -> "subprocess.CompletedProcess[str]":
    """docparse index, by somebody who may write only where he is allowed to."""
    return _command(*words, by=_NOT_EVERYWHERE if os.geteuid() == 0 else ())


def _command(*words: str, by: tuple[str, ...] = ()) -> "subprocess.CompletedProcess[str]":
    """docparse index."""
    return subprocess.run(
        [*by, sys.executable, "-c", _COMMAND, "index", *words, "--lang", "en"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


@pytest.fixture
def close() -> Iterator[Callable[..., None]]:
    """Take away the right to write; given back at the end."""
    if os.name != "posix":
        pytest.skip("rights are another matter on Windows")
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and there is no setpriv to give that away")
    closed: list[Path] = []

    def take(*paths: Path) -> None:
        for path in paths:
            path.chmod(path.stat().st_mode & ~0o222)
            closed.append(path)

    yield take
    for path in closed:
        path.chmod(path.stat().st_mode | 0o200)


@pytest.mark.caged
def test_a_closed_folder_takes_no_index_and_says_so(
    tmp_path: Path, folder: Path, close: Callable[..., None]
) -> None:
    (tmp_path / "shelf").mkdir()
    close(tmp_path / "shelf")
    ended = _closed("add", str(folder), "--db", str(tmp_path / "shelf/index.db"))
    assert ended.returncode == 2
    assert "may not be written to" in ended.stderr
    assert not list((tmp_path / "shelf").iterdir())


@pytest.mark.caged
@pytest.mark.parametrize("closed", [("",), ("index.db",), ("", "index.db")])
def test_a_closed_index_answers_and_takes_nothing(
    tmp_path: Path, folder: Path, close: Callable[..., None], closed: tuple[str, ...]
) -> None:
    shelf, more = tmp_path / "shelf", tmp_path / "more.txt"
    shelf.mkdir()
    more.write_text("Theo Kế hoạch số 1/KH-UBND ngày 01/02/2021.", encoding="utf-8")
    with Index(shelf / "index.db") as index:
        index.add(folder)
    before = (shelf / "index.db").read_bytes()
    close(*(shelf / name for name in closed))
    at = ("--db", str(shelf / "index.db"))
    for words in (("add", str(more)), ("add", "--retry", str(more)), ("forget", str(folder))):
        ended = _closed(*words, *at)
        assert ended.returncode == 2, words
        assert "may not be written to" in ended.stderr, words
    asked = _closed("cited-by", "899 kh sct", *at)
    assert asked.returncode == 0, asked.stderr
    assert "q1.txt" in asked.stdout
    assert (shelf / "index.db").read_bytes() == before
    assert [path.name for path in shelf.iterdir()] == ["index.db"]


def test_a_closed_folder_beside_somebody_who_writes(
    tmp_path: Path, folder: Path, close: Callable[..., None]
) -> None:
    with Index(tmp_path / "index.db") as writing:
        writing.add(folder)
        close(tmp_path)
        asked = _closed("cited-by", "899 kh sct", "--db", str(tmp_path / "index.db"))
    assert asked.returncode == 0, asked.stderr
    assert "q1.txt" in asked.stdout


def test_a_server_that_only_answers(url: str, folder: Path) -> None:
    if url.startswith("sqlite"):
        pytest.skip("SQLite has no such setting")
    with Index(url) as index:
        index.add(folder)
        with index.store.session() as connection:
            name = connection.exec_driver_sql("select current_database()").scalar()
            connection.exec_driver_sql(
                f"alter database {name} set default_transaction_read_only = on"
            )
    with Index(url) as index:
        with pytest.raises(UsageError) as error:
            index.add(folder, reparse=True)
        assert error.value.code == "index-read-only"
        assert index.find("cải cách hành chính")


def test_a_connection_that_is_cut_is_said(url: str, folder: Path) -> None:
    if url.startswith("sqlite"):
        pytest.skip("SQLite has no connections")
    with Index(url) as index:
        outcomes = iter(index.adding(folder))
        next(outcomes)
        with index.store.session() as connection:
            connection.exec_driver_sql(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where pid <> pg_backend_pid() and datname = current_database()"
            )
        with pytest.raises(UsageError) as error:
            list(outcomes)
        assert error.value.code == "index-unreachable"
    with Index(url) as index:
        index.add(folder)
        assert len(content(index)["files"]) == 3
