"""Every test of the index runs on SQLite, and on PostgreSQL where its programs are installed."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from docparse.indexing.adding import real_path
from docparse.indexing.collection import Index
from docparse.read.cage import Cage
from tests.index.reports import write_reports

_USER = "postgres"
# The server ends when its standard input does: also when the tests are killed.
_SERVE = """
"$0" -D "$1" -k "$2" -c listen_addresses= -c fsync=off 2>"$2/log" &
server=$!
read -r _
kill -INT $server
wait $server
rm -rf "$2"
"""
_numbers = count(1)


def _program(name: str) -> str | None:
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(debian[-1]) if debian else shutil.which(name)


def _as_user() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", _USER, "--"] if os.geteuid() == 0 else []


def _reason_to_skip() -> str | None:
    if not (_program("initdb") and _program("postgres") and _program("psql")):
        return "PostgreSQL is not installed"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "the extra postgres is not installed"
    if os.geteuid() == 0:
        known = subprocess.run(["id", _USER], capture_output=True)
        if known.returncode or not shutil.which("runuser"):
            return f"PostgreSQL does not run as root, and there is no user {_USER}"
    return None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A server of its own, on a socket in a folder of its own."""
    reason = _reason_to_skip()
    if reason:
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="docparse-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, _USER)
    data, socket = folder / "data", str(folder)
    server: subprocess.Popen[bytes] | None = None
    try:
        _run("initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        command = [*_as_user(), "sh", "-c", _SERVE, str(_program("postgres")), str(data), socket]
        server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd="/tmp"
        )
        _run("pg_isready", "-h", socket, "-t", "0", tries=200)
        yield folder
    finally:
        if server is not None:
            server.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, *arguments: object, tries: int = 1) -> None:
    """Run a program of PostgreSQL; one that asks whether it is ready is asked again."""
    command = [*_as_user(), str(_program(name)), *map(str, arguments)]
    for left in range(tries - 1, -1, -1):
        done = subprocess.run(command, check=not left, stdout=subprocess.DEVNULL, cwd="/tmp")
        if not done.returncode:
            return
        time.sleep(0.1)


@pytest.fixture(autouse=True)
def _no_child(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cage is asked for is done here: a child of its own takes a second to start.

    Tests with the mark ``caged`` have the real one.
    """
    if request.node.get_closest_marker("caged") is None:
        monkeypatch.setattr(Cage, "run", _run_here)


def _run_here(_: Cage, function: Callable[..., object], *arguments: object, **__: object) -> object:
    return function(*arguments)


def _new_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder}/index.db"
    cluster = request.getfixturevalue("cluster")
    name = f"test{next(_numbers)}"
    _run("psql", "-h", cluster, "-U", _USER, "-d", "postgres", "-c", f"create database {name}")
    return f"postgresql:///{name}?host={cluster}&user={_USER}"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    return _new_database(request, request.param, tmp_path)


@pytest.fixture
def make_index(url: str) -> Iterator[Callable[[], Index]]:
    """Opens the index of this test, as often as wanted."""
    opened: list[Index] = []

    def make() -> Index:
        opened.append(Index(url))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


@pytest.fixture
def index(make_index: Callable[[], Index]) -> Index:
    """An empty index."""
    return make_index()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a few short reports."""
    return write_reports(tmp_path / "reports")


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def asked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Index]:
    """An index of the short reports, for tests that only ask."""
    folder = tmp_path_factory.mktemp("asked")
    write_reports(folder / "reports")
    with Index(_new_database(request, request.param, folder)) as index:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Cage, "run", _run_here)
            index.add(folder / "reports")
        yield index


@pytest.fixture(scope="session")
def asked_folder(asked: Index) -> Path:
    """Where the reports of ``asked`` lie."""
    return real_path(asked.store, asked.find_cites("q1.txt")[0].report).parents[1]
