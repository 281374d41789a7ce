"""The caged task on a cluster of two worker processes on this machine."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from docparse.errors import UsageError
from docparse.index import schema
from docparse.indexing.collection import Index
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


def test_no_scheduler_is_said(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra cluster is not installed")
    monkeypatch.setattr("docparse.indexing.cluster._WAIT", 0.5)
    with pytest.raises(UsageError):
        index.add(folder, cluster="tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match="cluster"):
        index.add(folder, cluster="tcp://127.0.0.1:1")
