from pathlib import Path

import pytest

from docparse import batch
from docparse.batch import Job, render_file, render_files
from docparse.errors import ReadError
from docparse.read import find_files
from docparse.read.cage import Cage
from tests.read.making import docx, p, pack, tbl, tc


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


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_kills_its_reader_costs_no_other(tmp_path: Path, workers: int) -> None:
    jobs = _jobs(tmp_path, 5)
    bomb = tmp_path / "02.txt"
    bomb.write_bytes(docx("<w:p/>" + tbl(tc("a", span=10**8))))
    (tmp_path / "03.txt").write_bytes(docx(p("x" * 130_000_000)))
    done = list(render_files(jobs, workers=workers))
    assert [one.failure is None for one in done] == [True, True, False, False, True]
    assert [one.path for one in done] == [job.path for job in jobs]


def test_a_worker_that_dies_is_said_and_its_file_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object, path: str, **__: object) -> None:
        raise ReadError("reader-died", path=path, reason="SIGSEGV")

    monkeypatch.setattr(Cage, "run", lose)
    done = list(render_files(_jobs(tmp_path, 3), workers=2))
    assert [one.failure is not None and one.path in one.failure for one in done] == [True] * 3


def test_stopping_early_leaves_no_process(tmp_path: Path) -> None:
    results = render_files(_jobs(tmp_path, 9), workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]


def test_reports_in_an_archive_are_files_of_their_own(tmp_path: Path) -> None:
    archive = tmp_path / "q.zip"
    archive.write_bytes(pack({"a.txt": "Số: 12/KH-SCT", "b.docx": docx(p("Số: 13/KH-SCT"))}))
    jobs = [Job(path=str(path), format="text") for path in find_files(archive)]
    for workers in (1, 2):
        first, second = render_files(jobs, workers=workers)
        assert "12/KH-SCT" in first.text
        assert "13/KH-SCT" in second.text


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
