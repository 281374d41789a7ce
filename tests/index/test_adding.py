import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from docparse.errors import NotFoundError, ReadError
from docparse.index import schema
from docparse.index.store import Store
from docparse.indexing import adding
from docparse.indexing.collection import Index
from docparse.indexing.parsing import read_file
from docparse.pipeline import parse
from docparse.read.cage import Cage
from tests.index.reports import REPORTS

Make = Callable[[], Index]
ROOT = Path(__file__).parents[2]


def _states(index: Index, *paths: Path, **how: object) -> dict[str, str]:
    found = index.add(*paths, **how)
    return dict(zip((Path(path).name for path in found["path"]), found["state"], strict=True))


def _counts(index: Index) -> dict[str, int]:
    """Rows of every table, and of the full text."""
    with index.store.reading() as connection:
        found = {
            name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for name, table in schema.schema.tables.items()
        }
        if index.store.is_sqlite:
            for name in ("passages_exact", "passages_folded"):
                checked = f"insert into {name}({name}) values ('integrity-check')"
                connection.exec_driver_sql(checked)
                rows = connection.exec_driver_sql(f"select count(*) from {name}_docsize")
                found[name] = rows.scalar() or 0
        else:
            rows = connection.exec_driver_sql("select count(*) from passages")
            found["passages"] = rows.scalar() or 0
    return found


def test_every_file_ends_in_a_state_with_its_reason(index: Index, folder: Path) -> None:
    (folder / "empty.txt").touch()
    (folder / "noise.pdf").write_bytes(b"%PDF-1.4 ...")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "copy.txt").write_text(REPORTS["2021/q1.txt"], encoding="utf-8")
    (folder / "bytes.txt").write_bytes("Báo cáo tháng này của Sở ".encode() * 40 + b"\xff\xfe")
    found = index.add(folder, lang="en")
    states = dict(zip((Path(path).name for path in found["path"]), found["state"], strict=True))
    assert states == {
        "q1.txt": "ok",
        "q2.txt": "ok",
        "nam.txt": "ok",
        "bytes.txt": "partial",
        "copy.txt": "skipped",
        "empty.txt": "failed",
        "gone.txt": "failed",
        "noise.pdf": "failed",
    }
    assert all(message for state, message in zip(found["state"], found["message"], strict=True)
               if state != "ok")  # fmt: skip
    stats = {one.name: one.value for one in index.find_stats()}
    assert stats["files"] == len(found) == sum(stats[name] for name in
        ("ok", "partial", "failed", "quarantined"))  # fmt: skip
    assert [Path(one.path).name for one in index.find_failures()] == [
        "empty.txt", "gone.txt", "noise.pdf"
    ]  # fmt: skip


def test_what_has_not_changed_is_not_read_again(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add(folder)
    before = _counts(index)

    def no_call(*_: object, **__: object) -> None:
        raise AssertionError("a file was read")

    monkeypatch.setattr(Cage, "run", no_call)
    assert set(_states(index, folder).values()) == {"skipped"}
    for path in folder.rglob("*.txt"):
        os.utime(path, (1, 1))
    assert set(_states(index, folder).values()) == {"skipped"}
    assert _counts(index) == before


def test_a_changed_file_replaces_its_report(index: Index, folder: Path) -> None:
    index.add(folder)
    path = folder / "2021/q1.txt"
    path.write_text(REPORTS["2021/q1.txt"].replace("899/KH", "900/KH"), encoding="utf-8")
    assert _states(index, folder)["q1.txt"] == "ok"
    assert len(index.find_cited_by("900/KH-SCT")) == 1
    assert [Path(one.report).name for one in index.find_cited_by("899/KH-SCT")] == ["q2.txt"]
    assert not [one for one in index.find("120 hồ sơ") if "899" in one.quote]


def test_replacing_and_forgetting_leaves_nothing_behind(
    make_index: Make, folder: Path, tmp_path: Path
) -> None:
    index = make_index()
    index.add(folder)
    whole = _counts(index)
    index.add(folder, reparse=True)
    assert _counts(index) == whole
    index.forget(*folder.rglob("*.txt"))
    # Words and phrases are kept: they say nothing of any report.
    kept = {"meta", "words", "deletions", "phrases"}
    assert {name for name, rows in _counts(index).items() if rows} == kept


def test_copies_are_one_report_until_one_changes(index: Index, folder: Path) -> None:
    copy = folder / "z-copy.txt"
    copy.write_text(REPORTS["2021/q1.txt"], encoding="utf-8")
    assert _states(index, folder)["z-copy.txt"] == "skipped"
    [found] = index.find_duplicates()
    assert (Path(found.path).name, Path(found.other).name, found.likeness) == (
        "z-copy.txt", "q1.txt", 1.0
    )  # fmt: skip
    assert len(index.find_cited_by("12/QĐ-UBND")) == 2
    (folder / "2021/q1.txt").write_text("Số: 1/BC-SCT\nnội dung khác\n", encoding="utf-8")
    index.add(folder)
    assert sorted(Path(one.report).name for one in index.find_cited_by("12/QĐ-UBND")) == [
        "q2.txt", "z-copy.txt"
    ]  # fmt: skip


def test_a_moved_folder_is_not_parsed_again(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add(folder)
    moved = shutil.copytree(folder, folder.parent / "moved")
    monkeypatch.setattr(Cage, "run", lambda *_, **__: pytest.fail("a file was read"))
    assert set(_states(index, moved).values()) == {"skipped"}


def test_another_version_is_said_and_reparse_reads_again(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.add(folder)
    monkeypatch.setattr("docparse.__version__", "9.9")
    found = index.add(folder, lang="en")
    assert set(found["reason"]) == {"index-older"}
    assert set(index.add(folder, reparse=True)["state"]) == {"ok"}
    assert set(index.add(folder)["reason"]) == {"index-unchanged"}


def test_a_file_that_kills_its_reader_is_put_in_quarantine(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[str] = Counter()
    real = Cage.run  # the one of conftest, which does the work here

    def run(cage: Cage, *arguments: object, path: str, **more: object) -> object:
        calls[Path(path).name] += 1
        if path.endswith("q2.txt"):
            raise ReadError("reader-died", path=path, reason="SIGSEGV")
        return real(cage, *arguments, path=path, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Cage, "run", run)
    assert _states(index, folder) == {
        "q1.txt": "ok", "q2.txt": "quarantined", "nam.txt": "ok"
    }  # fmt: skip
    assert calls == {"q1.txt": 1, "q2.txt": 2, "nam.txt": 1}
    [failure] = index.find_failures(lang="en")
    assert failure.strikes == 2
    assert "SIGSEGV" in failure.message
    assert _states(index, folder)["q2.txt"] == "quarantined"
    assert calls["q2.txt"] == 2, "it is not tried again before somebody asks"
    monkeypatch.setattr(Cage, "run", real)
    assert _states(index, retry=True) == {"q2.txt": "ok"}
    assert index.find_failures() == []


def test_what_is_retried_is_named_as_seen_from_here(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "2022/nam.txt").write_bytes(b"")
    monkeypatch.chdir(folder)
    index.add("2022")
    for outcome in index.adding(retry=True):
        assert outcome.sentence("en").startswith("2022/nam.txt: ")
    [failure] = index.find_failures(lang="en")
    assert failure.message.startswith("2022/nam.txt: ")


def test_nothing_failed_and_nothing_is_retried(index: Index, folder: Path) -> None:
    index.add(folder)
    assert list(index.adding(retry=True)) == []
    (folder / "nothing").mkdir()
    with pytest.raises(NotFoundError):
        index.adding(folder / "nothing")


@pytest.mark.caged
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_outcomes_come_in_the_order_of_the_files(index: Index, folder: Path, jobs: int) -> None:
    found = [Path(one.path).name for one in index.adding(folder, jobs=jobs)]
    assert found == ["q1.txt", "q2.txt", "nam.txt"]


def test_the_record_comes_back_as_parse_writes_it(index: Index, folder: Path) -> None:
    index.add(folder)
    for path in folder.rglob("*.txt"):
        record = index.record(str(path.relative_to(folder)))
        expected = parse(path).to_dict()
        expected["source"]["path"] = record["source"]["path"]
        assert record == expected


def test_paths_go_from_the_folder_of_the_database(tmp_path: Path, folder: Path) -> None:
    with Index(tmp_path / "index.db") as index:
        index.add(folder)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("index.db", "reports"):
        shutil.move(tmp_path / name, moved / name)
    with Index(moved / "index.db") as index:
        assert [one.path for one in index.find_failures()] == []
        assert index.find_cited_by("12/QĐ-UBND")[0].report == "reports/2021/q1.txt"
        assert set(_states(index, moved / "reports").values()) == {"skipped"}


def test_a_transaction_that_is_lost_leaves_nothing(
    make_index: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = make_index()
    index.add(folder / "2021/q1.txt")
    before = _counts(index)

    def fail(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("docparse.index.writing.Writer._note", fail)
        with pytest.raises(RuntimeError, match="killed"):
            index.add(folder / "2021/q2.txt")
    assert _counts(index) == before
    assert _states(index, folder) == {"q1.txt": "skipped", "q2.txt": "ok", "nam.txt": "ok"}


_ADD = """
import sys
from docparse.indexing.collection import Index
for outcome in Index(sys.argv[1]).adding(sys.argv[2]):
    print(outcome.state, flush=True)
"""


def _add_process(url: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _ADD, url, str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_killed_at_any_point_it_resumes(make_index: Make, url: str, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        text = f"Số: {number}/BC-SCT\nTheo Kế hoạch số {number + 1}/KH-SCT ngày 01/02/2021.\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    make_index()
    for lines in (1, 6, 13):
        process = _add_process(url, folder)
        assert process.stdout is not None
        for _ in range(lines):
            process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
    index = make_index()
    held = {name: rows for name, rows in _counts(index).items() if name in ("reports", "texts")}
    assert len(set(held.values())) == 1, "a report without its text"
    states = Counter(_states(index, folder).values())
    assert states["skipped"] >= held["reports"] > 0
    assert states["ok"] + states["skipped"] == 40
    assert _counts(index)["reports"] == 40


def test_two_who_add_at_once_do_not_disturb_each_other(
    make_index: Make, url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(30):
        text = f"Số: {number}/BC-SCT\nTheo Kế hoạch số {number + 1}/KH-SCT ngày 01/02/2021.\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    both = [_add_process(url, folder) for _ in range(2)]
    for process in both:
        out, _ = process.communicate(timeout=300)
        assert process.returncode == 0
        assert set(out.split()) <= {"ok", "skipped"}
        assert len(out.split()) == 30
    counts = _counts(make_index())
    assert counts["reports"] == counts["texts"] == counts["files"] == 30
    assert counts["mention_rows"] == 60


def test_somebody_who_asks_meanwhile_sees_whole_reports(
    make_index: Make, url: str, folder: Path
) -> None:
    index, reader = make_index(), make_index()
    for _ in index.adding(folder):
        counts = _counts(reader)
        assert counts["reports"] == counts["texts"]


def test_the_path_of_a_report_in_an_archive(index: Index, tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for name, text in REPORTS.items():
            archive.writestr(name, text)
    assert set(_states(index, tmp_path / "all.zip").values()) == {"ok"}
    assert index.find_cited_by("12/QĐ-UBND")[0].report.endswith("all.zip/2021/q1.txt")
    assert set(_states(index, tmp_path / "all.zip").values()) == {"skipped"}


def test_what_runs_in_the_cage_writes_nothing(folder: Path) -> None:
    read = read_file(adding.Task(path=str(folder / "2021/q1.txt")))
    assert read.entry.report.number == "45/BC-SCT"
    assert read.lacks is None


def test_a_password_is_kept_nowhere(tmp_path: Path, folder: Path) -> None:
    with Index(tmp_path / "index.db") as index:
        index.add(folder, password="chim-xanh-7")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("index.db*"))
    assert b"chim-xanh-7" not in kept


def test_a_store_can_be_opened_again_at_once(tmp_path: Path) -> None:
    one = Store(str(tmp_path / "index.db"), create=True)
    two = Store(str(tmp_path / "index.db"))
    for store in (one, two):
        store.close()
