"""Nothing that a child made stays behind: no file, no pipe, no process."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docparse.errors import ReadError
from docparse.read import read
from docparse.read.cage import Cage
from docparse.read.leftovers import PREFIX, PROFILE, PrivateFolder, pipe_of, sweep
from docparse.read.limits import Limits
from docparse.read.office import find_program
from tests.read import calls

SMALL = Limits(seconds=1.0, memory=300_000_000, output=1_000_000, files=3)
OFFICE = pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of our own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def _soon(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.05)
    return holds()


@pytest.mark.parametrize("ending", [calls.loop, calls.leave, calls.hog, calls.refuse])
def test_files_of_a_child_go_however_it_ends(place: Path, ending: Callable[..., object]) -> None:
    with Cage(SMALL) as cage:
        made = Path(cage.run(calls.leave_files, path="a.doc"))
        assert made.is_relative_to(place)
        with pytest.raises(ReadError):
            cage.run(ending, *(("a",) if ending is calls.refuse else ()), path="a.doc")
    assert not list(place.iterdir())


def test_files_go_while_a_grandchild_still_writes(place: Path) -> None:
    with Cage(SMALL) as cage, pytest.raises(ReadError):
        cage.run(calls.write_on, path="a.doc")
    assert not list(place.iterdir())


def test_files_of_replaced_children_go_at_once(place: Path) -> None:
    with Cage(SMALL) as cage:
        for _ in range(7):
            cage.run(calls.leave_files, path="a.doc")
            assert len(list(place.iterdir())) == 1


_PARENT = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from docparse.read.cage import Cage
from tests.read import calls
Cage().run(calls.fork_and_wait, sys.argv[2], path="a.doc")
"""


def _runs(pid: int) -> bool:
    """Whether a process works; one that has ended may still be listed as a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which processes run")
def test_a_killed_parent_leaves_neither_processes_nor_files(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    folder = tmp_path / "temporary"
    folder.mkdir()
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(folder), str(pids)], cwd=Path(__file__).parents[2]
    )
    assert _soon(lambda: pids.exists() and len(pids.read_text().split()) == 3, 60)
    started = [int(line) for line in pids.read_text(encoding="ascii").split()]
    assert all(map(_runs, started))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert _soon(lambda: not any(map(_runs, started)))
    assert _soon(lambda: not list(folder.iterdir()))


@pytest.fixture
def old(place: Path) -> Path:
    """What a parent left long ago that was killed together with its child."""
    folder = place / f"{PREFIX}old"
    folder.mkdir()
    (folder / "x").write_bytes(b"x")
    lock = folder / "lock"
    lock.write_bytes(b"")
    os.utime(lock, (1.0, 1.0))
    return folder


def test_what_a_lost_parent_left_is_swept(place: Path, old: Path) -> None:
    sweep(place)
    assert not old.exists()


def test_what_a_parent_still_holds_is_not_swept(place: Path, old: Path) -> None:
    with (old / "lock").open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sweep(place)
    assert (old / "x").exists()


def test_a_folder_of_others_is_not_swept(place: Path) -> None:
    other, fresh = place / f"{PREFIX}other", PrivateFolder()
    other.mkdir()
    sweep(place)
    assert other.exists()
    assert fresh.path.exists()
    fresh.remove()


def test_the_pipe_of_a_killed_libreoffice_goes() -> None:
    folder = PrivateFolder()
    pipe = pipe_of(folder.path / "docparse-x" / PROFILE)
    (folder.path / "docparse-x").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(pipe))
    folder.remove()
    assert not pipe.exists()


@OFFICE
@pytest.mark.skipif(sys.platform != "linux", reason="LibreOffice names its pipe so on Linux")
def test_the_pipe_is_called_as_libreoffice_calls_it(tmp_path: Path) -> None:
    """What it binds while it runs, seen from outside, is what is removed after a kill."""
    pipe = pipe_of(tmp_path / PROFILE)
    program = subprocess.Popen(
        [str(find_program()), f"-env:UserInstallation={(tmp_path / PROFILE).as_uri()}",
         "--headless", "--norestore"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    try:
        assert _soon(pipe.exists, 60)
    finally:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        pipe.unlink(missing_ok=True)


@OFFICE
def test_a_libreoffice_that_takes_too_long_leaves_nothing(place: Path) -> None:
    before = set(Path("/tmp").glob("OSL_PIPE_*"))
    data = b"{\\rtf1\\ansi " + b"\\trowd\\cellx1000 a\\cell\\row" * 100_000 + b"}"
    with Cage(Limits(seconds=0.7)) as cage:
        with pytest.raises(ReadError) as error:
            cage.run(_convert, data, path="a.rtf")
        assert error.value.code == "took-too-long"
        made = set(Path("/tmp").glob("OSL_PIPE_*")) - before
    assert not list(place.iterdir())
    assert all(pipe.exists() is False or _is_of_others(pipe) for pipe in made)


def _is_of_others(pipe: Path) -> bool:
    """Whether a LibreOffice that another program started answers on it."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(pipe))
        except OSError:
            return False
    return True


def _convert(data: bytes) -> str:
    return read(data, path="a.rtf", caged=False).text
