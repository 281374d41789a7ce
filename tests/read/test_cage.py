import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docparse.errors import DocparseError, FormatError, ReadError, UsageError
from docparse.models import Source
from docparse.read import child, read
from docparse.read.cage import Cage, _Unpickler, shared_cage, used_up
from docparse.read.limits import Limits, default_limits, read_limits
from tests.read import calls

POSIX = pytest.mark.skipif(os.name != "posix", reason="limits of this kind are those of POSIX")
SMALL = Limits(seconds=1.0, memory=300_000_000, output=1_000_000, files=3)


@pytest.fixture
def cage() -> Iterator[Cage]:
    with Cage(SMALL) as made:
        yield made


def _code(cage: Cage, function: Callable[..., object], *arguments: object) -> str:
    start = time.monotonic()
    cage.run(calls.process, path="warm.txt")  # what starting takes is not what we measure
    with pytest.raises(DocparseError) as error:
        cage.run(function, *arguments, path="a.docx")
    assert time.monotonic() - start < 10
    for lang in ("vi", "en"):
        assert error.value.sentence(lang).startswith("a.docx: ")
    assert cage.run(calls.say, "còn sống", path="b.docx") == "còn sống"
    return error.value.code


def test_a_value_comes_out_and_noise_does_not(cage: Cage) -> None:
    assert cage.run(calls.say, "Sở Công Thương", path="a.txt") == "Sở Công Thương"


def test_an_endless_loop_ends(cage: Cage) -> None:
    assert _code(cage, calls.loop) == "took-too-long"
    assert _code(cage, calls.ignore_signals) == "took-too-long"


@POSIX
def test_a_memory_hog_ends(cage: Cage) -> None:
    assert _code(cage, calls.hog) == "out-of-memory"


@POSIX
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_is_said(cage: Cage, number: int) -> None:
    assert _code(cage, calls.die, number) == "reader-died"


@POSIX
@pytest.mark.parametrize(
    ("before", "call", "code"),
    [
        ("", "calls.abort_starved", "out-of-memory"),
        # Linux counts the caller's memory as that of the child: a crash stays a crash.
        ("kept = bytearray(b'x' * 400_000_000)", "calls.die, 11", "reader-died"),
    ],
)
def test_what_a_library_that_aborts_has_lacked(before: str, call: str, code: str) -> None:
    """In a process of its own: this one may have any size by now."""
    lines = (
        "from docparse.errors import ReadError",
        "from docparse.read.cage import Cage",
        "from docparse.read.limits import Limits",
        "from tests.read import calls",
        before,
        "try:",
        f"    Cage(Limits(memory=600_000_000)).run({call}, path='a.pdf')",
        "except ReadError as error:",
        "    print(error.code)",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.split() == [code]


@POSIX
def test_a_child_killed_by_the_system_ran_out_of_memory(cage: Cage) -> None:
    assert _code(cage, calls.die, signal.SIGKILL) == "out-of-memory"


@POSIX
def test_a_file_that_fills_the_disk_ends(cage: Cage) -> None:
    with pytest.raises(ReadError) as error:
        cage.run(calls.fill_disk, path="a.doc")
    assert "File too large" in error.value.sentence("en")


def test_pages_that_kill_are_lost_alone(cage: Cage) -> None:
    assert cage.run(calls.pages, (0, 4), (7,), path="a.pdf") == [1, 2, 3, 5, 6, 8, 9]


def test_not_every_page_may_cost_a_child(cage: Cage) -> None:
    assert _code(cage, calls.pages, (0, 1, 2, 3)) == "reader-died"


def test_time_lost_on_the_first_page_is_not_spent_again(cage: Cage) -> None:
    assert _code(cage, calls.pages, (), (0,)) == "took-too-long"


def test_what_dies_behind_the_pages_is_not_tried_again(cage: Cage) -> None:
    assert _code(cage, calls.die_behind_pages) == "reader-died"


def test_a_child_that_leaves_is_said(cage: Cage) -> None:
    assert _code(cage, calls.leave) == "reader-died"


@POSIX
def test_grandchildren_end_with_their_parent(cage: Cage, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    assert _code(cage, calls.fork_and_wait, str(pids)) == "took-too-long"
    started = [int(line) for line in pids.read_text(encoding="ascii").split()]
    assert started
    time.sleep(0.2)
    assert not any(_runs(pid) for pid in started)


def _runs(pid: int) -> bool:
    """Whether a process works; one that has ended may still be listed as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_files_of_a_child_go_with_it(cage: Cage) -> None:
    place = Path(cage.run(calls.leave_files, path="a.doc"))
    assert place.exists()
    cage.close()
    assert not place.parent.exists()


def test_too_much_output_is_dropped(cage: Cage) -> None:
    assert _code(cage, calls.much, 2_000_000) == "output-too-large"


def test_endless_recursion_is_said(cage: Cage) -> None:
    assert _code(cage, calls.sink) == "too-deep"


def test_a_fault_of_ours_is_said(cage: Cage) -> None:
    assert _code(cage, calls.fail) == "internal-error"


def test_a_refusal_comes_out_as_it_is(cage: Cage) -> None:
    before = cage.run(calls.process, path="a.txt")
    with pytest.raises(FormatError) as error:
        cage.run(calls.refuse, "a.docx", path="a.docx")
    assert error.value.code == "encrypted-file"
    assert cage.run(calls.process, path="a.txt") == before


def test_only_values_come_out(cage: Cage) -> None:
    assert _code(cage, calls.trick) == "reader-died"


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("docparse.read.child", "subprocess.Popen"),
        ("docparse.read.files", "Path"),
        ("os", "system"),
    ],
)
def test_what_a_module_imports_does_not_come_out(module: str, name: str) -> None:
    head = b"\x80\x04"
    for word in (module, name):
        head += b"\x8c" + bytes([len(word)]) + word.encode()
    with pytest.raises(pickle.UnpicklingError, match="is not a value"):
        _Unpickler(io.BytesIO(head + b"\x93.")).load()


def test_a_child_is_replaced_after_some_files(cage: Cage) -> None:
    processes = [cage.run(calls.process, path="a.txt") for _ in range(7)]
    assert [processes.count(pid) for pid in dict.fromkeys(processes)] == [3, 3, 1]


def test_a_sign_of_progress_gives_more_time(cage: Cage) -> None:
    assert cage.run(calls.slow_but_alive, 6, path="a.pdf") == 6


def test_all_of_it_has_a_limit_too() -> None:
    limits = Limits(seconds=1.0, total_seconds=2.0)
    with Cage(limits) as cage, pytest.raises(ReadError) as error:
        cage.run(calls.slow_but_alive, 100, path="a.pdf")
    assert error.value.code == "took-too-long"


def _together(*calls: Callable[[], object]) -> list[object]:
    """What calls from several threads at the same time give, or raise."""
    found: list[object] = [None] * len(calls)

    def make(place: int) -> None:
        try:
            found[place] = calls[place]()
        except DocparseError as error:
            found[place] = error.code

    threads = [threading.Thread(target=make, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@POSIX
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL])
def test_a_call_behind_one_that_dies_is_not_to_blame(cage: Cage, number: int) -> None:
    calls_made = [
        (lambda: cage.run(calls.die, number, path="dies.txt"))
        if place % 3 == 1
        else (lambda place=place: cage.run(calls.say, str(place), path=f"{place}.txt"))
        for place in range(9)
    ]
    code = "out-of-memory" if number == signal.SIGKILL else "reader-died"
    expected = [code if place % 3 == 1 else str(place) for place in range(9)]
    assert _together(*calls_made) == expected


def test_a_call_behind_one_that_takes_too_long_has_its_own_time(cage: Cage) -> None:
    cage.run(calls.process, path="warm.txt")
    long, *others = _together(
        lambda: cage.run(calls.loop, path="long.txt"),
        lambda: cage.run(calls.slow_but_alive, 4, path="slow.txt"),
        lambda: cage.run(calls.say, "x", path="x.txt"),
    )
    assert (long, others) == ("took-too-long", [4, "x"])


def test_threads_at_the_same_time_have_one_child() -> None:
    with Cage(SMALL) as cage:
        found = _together(*[lambda: cage.run(calls.process, path="a.txt")] * 6)
    assert sorted(found.count(pid) for pid in set(found)) == [3, 3]


@pytest.mark.skipif(sys.platform != "linux", reason="whether a child works is seen on Linux")
def test_a_child_that_only_waits_keeps_nobody_waiting(tmp_path: Path) -> None:
    """The first call ends only when the second has been made, in another child."""
    place, stalled = str(tmp_path / "made"), threading.Event()
    with Cage(Limits(seconds=60.0), stalled=stalled.set) as cage:
        one, other = _together(
            lambda: cage.run(calls.wait_for, place, path="waits.txt"),
            lambda: stalled.wait(60) and cage.run(calls.make, place, path="makes.txt"),
        )
        assert isinstance(one, int)
        assert isinstance(other, int)
        assert one != other
        assert cage.run(calls.process, path="next.txt") == other


@pytest.mark.skipif(sys.platform != "linux", reason="whether a child works is seen on Linux")
def test_time_that_was_slept_through_is_not_used_up() -> None:
    with Cage(Limits(seconds=3.0)) as cage, pytest.raises(ReadError) as error:
        cage.run(calls.wait_for, "/no/such/place", path="a.txt")
    assert error.value.code == "took-too-long"
    assert not used_up(error.value)


@pytest.mark.parametrize(("worked", "expected"), [("2.9", True), ("0.40", False)])
def test_a_child_that_worked_all_its_time_would_do_so_again(worked: str, expected: bool) -> None:
    error = ReadError("took-too-long", path="a.txt", seconds="3", worked=worked)
    assert used_up(error) is expected
    assert not used_up(ReadError("reader-died", path="a.txt", reason="SIGSEGV"))


@pytest.mark.parametrize(("reason", "expected"), [("MemoryError", True), ("SIGKILL", False)])
def test_memory_that_was_refused_would_be_so_again(reason: str, expected: bool) -> None:
    error = ReadError("out-of-memory", path="a.txt", reason=reason, memory="300")
    assert used_up(error) is expected


def test_a_closed_cage_starts_nothing_any_more(cage: Cage) -> None:
    cage.close()
    with pytest.raises(ReadError):
        cage.run(calls.say, "x", path="a.txt")


def test_a_closed_cage_is_not_shared_any_more() -> None:
    limits = Limits(seconds=20.0)
    shared = shared_cage(limits)
    assert shared_cage(limits) is shared
    shared.close()
    assert shared_cage(limits).run(calls.say, "x", path="a.txt") == "x"


@pytest.mark.skipif(sys.platform != "linux", reason="only there children are forked")
def test_a_keeper_that_was_killed_is_replaced(cage: Cage) -> None:
    cage.run(calls.process, path="a.txt")
    (keeper,) = child._keepers.values()
    keeper._process.kill()
    keeper._process.wait()
    assert cage.run(calls.say, "x", path="a.txt") == "x"  # its children go on
    with pytest.raises(ReadError):
        cage.run(calls.leave, path="a.txt")
    assert cage.run(calls.say, "y", path="a.txt") == "y"


def test_where_nothing_is_forked_a_child_is_started(
    cage: Cage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_fork(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(child, "_forked", no_fork)
    assert cage.run(calls.say, "x", path="a.txt") == "x"
    assert _code(cage, calls.leave) == "reader-died"
    assert _code(cage, calls.loop) == "took-too-long"


def test_limits_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCPARSE_LIMITS", "seconds=2.5,memory=5")
    assert default_limits() == Limits(seconds=2.5, memory=5)
    for wrong in ("second=1", "seconds", "seconds=0", "files=many"):
        with pytest.raises(UsageError) as error:
            read_limits(wrong)
        assert "seconds" in error.value.sentence("vi")


def test_threads_have_cages_of_their_own() -> None:
    sources: list[Source] = []

    def work() -> None:
        sources.append(read(b"<html><p>So: 12", path="a.html"))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [source.text for source in sources] == ["So: 12\n"] * 3


def test_a_script_without_a_guard_is_not_run_twice(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import docparse.read\n"
        "print(docparse.read.read(b'<html><p>So: 12', path='a.html').text, end='')\n",
        encoding="utf-8",
    )
    root = str(Path(__file__).parents[2])
    made = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": root},
        timeout=60,
    )
    assert (made.stdout, made.stderr) == ("So: 12\n", "")
