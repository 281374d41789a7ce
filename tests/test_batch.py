from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from docparse import batch
from docparse.batch import Done, Job, render_file, render_files


def _jobs(folder: Path, count: int) -> list[Job]:
    paths = [folder / f"{number:02}.txt" for number in range(count)]
    for path in paths:
        path.write_text(f"Số: {path.stem}/KH-SCT\n", encoding="utf-8")
    return [Job(path=str(path)) for path in paths]


def test_the_order_is_that_of_the_jobs(tmp_path: Path) -> None:
    jobs = _jobs(tmp_path, 9)
    alone = list(render_files(jobs))
    assert [done.path for done in alone] == [job.path for job in jobs]
    assert list(render_files(jobs, workers=2)) == alone


def test_results_are_not_piled_up(tmp_path: Path) -> None:
    started = []

    def jobs() -> object:
        for job in _jobs(tmp_path, 9):
            started.append(job)
            yield job

    next(render_files(jobs()))  # type: ignore[arg-type]
    assert len(started) == 1


def test_a_worker_that_died_is_said_and_its_file_named() -> None:
    future: Future[Done] = Future()
    future.set_exception(BrokenProcessPool())
    done = batch._finish(Job(path="big.txt", lang="en"), future)
    assert done.failure is not None
    assert done.failure.startswith("big.txt: ")
    assert "--jobs 1" in done.failure


def test_what_was_not_begun_when_a_worker_died_is_done_here(tmp_path: Path) -> None:
    class Broken(Executor):
        def submit(self, *_: object, **__: object) -> Future[Done]:  # type: ignore[override]
            raise BrokenProcessPool

    (job,) = _jobs(tmp_path, 1)
    assert batch._finish(job, batch._start(Broken(), job)).failure is None


def test_a_fault_of_ours_stays_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    (job,) = _jobs(tmp_path, 1)
    monkeypatch.setattr(batch, "parse", fail)
    done = render_file(job)
    assert done.failure is not None
    assert "ZeroDivisionError: oops" in done.failure
    assert "00.txt" in done.failure
