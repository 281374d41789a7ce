"""The caged task on a cluster of two worker processes on this machine."""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from docparse import parse
from docparse.errors import NotFoundError, ReadError, UsageError
from docparse.index import schema
from docparse.indexing import cluster
from docparse.indexing.collection import Index
from docparse.indexing.parsing import ReadFile, Task, packed, read_file, report_entry
from docparse.read.limits import default_limits
from tests.index.contents import content
from tests.index.deadly import be_deadly
from tests.index.reports import REPORTS

Make = Callable[[], Index]
pytestmark = [pytest.mark.caged, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """A scheduler on a port of this machine, with two workers."""
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        silence_logs=50,
    ) as made:
        yield made


def _many(folder: Path) -> Path:
    folder.mkdir()
    for number in range(30):
        text = f"{REPORTS['2021/q1.txt']}\nTheo Kế hoạch số {number + 1}/KH-SCT ngày 01/02/2021.\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def _content(index: Index) -> list[tuple[object, ...]]:
    """Every file with the mentions of its report."""
    files, mentions = schema.files, schema.mentions
    asked = (
        select(files.c.name, files.c.state, mentions.c.number, mentions.c.date, mentions.c.start)
        .join(mentions, mentions.c.report_id == files.c.report_id, isouter=True)
        .order_by(files.c.name, mentions.c.place)
    )
    with index.store.reading() as connection:
        return [tuple(row) for row in connection.execute(asked)]


def test_a_lost_worker_costs_nothing(workers: Any, tmp_path: Path) -> None:
    folder = _many(tmp_path / "many")
    with Index(tmp_path / "one.db") as index:
        index.add(folder, cluster=None)
        alone = _content(index)
    with Index(tmp_path / "two.db") as index:
        states = []
        for number, outcome in enumerate(index.adding(folder, cluster=workers.scheduler_address)):
            states.append(outcome.state)
            if number == 2:
                os.kill(next(iter(workers.workers.values())).pid, signal.SIGKILL)
        assert Counter(states) == {"ok": 30}
        assert _content(index) == alone


def test_a_file_that_kills_its_reader_never_reaches_the_worker(
    workers: Any, tmp_path: Path, folder: Path
) -> None:
    from distributed import Client

    (folder / "crash-1.txt").write_text("nội dung", encoding="utf-8")
    with Client(workers, set_as_default=False) as client:
        client.wait_for_workers(2)
        client.run(be_deadly)
        before = set(client.run(os.getpid).values())
        with Index(tmp_path / "index.db") as index:
            found = index.add(folder, cluster=workers.scheduler_address)
        assert set(client.run(os.getpid).values()) == before
    states = dict(zip((Path(one).name for one in found["path"]), found["state"], strict=True))
    assert states == {
        "q1.txt": "ok", "q2.txt": "ok", "nam.txt": "ok", "crash-1.txt": "quarantined"
    }  # fmt: skip


def test_workers_open_the_same_paths_from_a_folder_of_their_own(
    workers: Any, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    (folder / "empty.txt").write_text("", encoding="utf-8")
    with Client(workers, set_as_default=False) as client:
        client.wait_for_workers(2)
        client.run(os.chdir, "/")
    monkeypatch.chdir(tmp_path)
    with Index(tmp_path / "index.db") as index:
        outcomes = list(index.adding(folder.name, cluster=workers.scheduler_address))
    assert Counter(one.state for one in outcomes) == {"ok": 3, "failed": 1}
    (failed,) = (one for one in outcomes if one.failed)
    assert dict(failed.values)["path"] == f"{folder.name}/empty.txt"


def _blind() -> None:
    cluster.sees = _sees_nothing


def _sees_nothing(_: str) -> bool:
    return False


def _sighted() -> None:
    cluster.sees = os.path.exists


def _reads_nothing(task: Task) -> ReadFile:
    raise NotFoundError("not-found", path=task.path)


def _lose_the_disk() -> None:
    cluster.read_file = _reads_nothing


def _find_it_again() -> None:
    cluster.read_file = read_file


def test_workers_that_do_not_see_the_files_are_refused(
    workers: Any, tmp_path: Path, folder: Path
) -> None:
    from distributed import Client

    with Client(workers, set_as_default=False) as client:
        client.wait_for_workers(2)
        client.run(_blind)
        try:
            with Index(tmp_path / "index.db") as index:
                with pytest.raises(UsageError) as error:
                    index.add(folder, cluster=workers.scheduler_address)
                assert error.value.code == "index-blind-workers"
                assert not content(index)["files"], "nothing is noted as failed"
        finally:
            client.run(_sighted)


def test_what_a_worker_does_not_find_is_read_here(
    workers: Any, tmp_path: Path, folder: Path
) -> None:
    from distributed import Client

    with Client(workers, set_as_default=False) as client:
        client.wait_for_workers(2)
        client.run(_lose_the_disk)
        try:
            with Index(tmp_path / "index.db") as index:
                found = index.add(folder, cluster=workers.scheduler_address)
        finally:
            client.run(_find_it_again)
    assert set(found["state"]) == {"ok"}


def test_the_address_may_stand_in_a_file(workers: Any, tmp_path: Path, folder: Path) -> None:
    written = tmp_path / "scheduler.json"
    address = workers.scheduler_address
    threading.Timer(1.0, lambda: written.write_text(json.dumps({"address": address}))).start()
    with Index(tmp_path / "index.db") as index:
        assert set(index.add(folder, cluster=str(written))["state"]) == {"ok"}


def test_a_scheduler_that_is_lost_is_said(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    import dask

    folder, written = _many(tmp_path / "many"), tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "dask"]
    end = ["--scheduler-file", str(written), "--no-dashboard"]
    begun = [
        subprocess.Popen([*command, *each, *end], stderr=subprocess.DEVNULL, cwd=tmp_path)
        for each in (
            ("scheduler", "--host", "127.0.0.1", "--port", "0"),
            ("worker", "--nworkers", "1", "--nthreads", "1"),
        )
    ]
    try:
        with (
            dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
            Index(tmp_path / "index.db") as index,
        ):
            outcomes = iter(index.adding(folder, cluster=str(written)))
            next(outcomes)
            begun[0].kill()
            with pytest.raises(UsageError) as error:
                list(outcomes)
            assert error.value.code == "index-lost-cluster"
            noted = len(content(index)["files"])
            assert 0 < noted < 30
            assert Counter(index.add(folder)["state"]) == {"skipped": noted, "ok": 30 - noted}
    finally:
        for process in begun:
            process.terminate()
            process.wait()


def test_no_scheduler_is_said(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    monkeypatch.setattr("docparse.indexing.cluster._WAIT", 0.5)
    with pytest.raises(UsageError):
        index.add(folder, cluster="tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="cluster"):
        index.add(folder, cluster="tcp://127.0.0.1:1")


def test_small_files_go_out_together_once_every_worker_has_some() -> None:
    def asked(size: int) -> tuple[Task, int]:
        return Task(path=f"{size}.txt"), size

    two = SimpleNamespace(threads=2)
    small = [(number, asked(10)) for number in range(8 + 2 * 8)]
    large = [(24, asked(200_000)), (25, asked(200_000)), (26, asked(10)), (27, None)]
    parts = list(cluster._together([*small, *large], two))  # type: ignore[arg-type]
    assert [len(part) for part in parts] == [1] * 8 + [8, 8] + [2, 2]
    assert [number for part in parts for number, _ in part] == list(range(28))
    known: list[tuple[int, None]] = [(number, None) for number in range(2500)]
    assert [len(part) for part in cluster._together(known, two)] == [1000, 1000, 500]  # type: ignore[arg-type]


def test_what_a_child_has_packed_runs_nothing_here() -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    evil = pickle.dumps(partial(os.getenv, "HOME"))
    done: Any = SimpleNamespace(result=lambda: [evil, b"", packed(_made, Task(path="c.txt"))])
    asked = [(Task(path=name), 1) for name in ("a.txt", "b.txt", "c.txt")]
    made = list(cluster._results(done, asked, default_limits(), "tcp://127.0.0.1:1"))
    assert [one.code for one in made if isinstance(one, ReadError)] == ["reader-died"] * 2
    assert isinstance(made[2], ReadFile)


def _made(_: Task) -> ReadFile:
    return ReadFile(entry=report_entry(parse(b"So: 12/KH-SCT", path="c.txt")))
