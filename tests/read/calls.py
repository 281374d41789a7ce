"""What the tests of the cage let run in it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docparse.errors import FormatError
from docparse.read import caged
from docparse.read.caged import beat


def say(word: str) -> str:
    sys.stdout.write("noise on standard output")
    return word


def process() -> int:
    return os.getpid()


def loop() -> None:
    while True:
        pass


def hog() -> int:
    kept = []
    while True:
        kept.append(bytearray(10_000_000))


def die(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(60)


def leave() -> None:
    os._exit(3)


def fork_and_wait(place: str) -> None:
    """Grandchildren that would outlive their parent."""
    for _ in range(3):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        with Path(place).open("a", encoding="ascii") as file:
            file.write(f"{child.pid}\n")
    time.sleep(300)


def leave_files() -> str:
    place = tempfile.mkdtemp()
    Path(place, "x").write_bytes(bytes(1000))
    return place


def refuse(path: str) -> None:
    raise FormatError("encrypted-file", path=path)


def fail() -> None:
    raise ZeroDivisionError("oops")


def sink(depth: int = 0) -> int:
    return sink(depth + 1)


def much(size: int) -> bytes:
    return bytes(size)


class Trick:
    """Comes out of the cage as a call of ``os.system``."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


def trick() -> object:
    return Trick()


def slow_but_alive(times: int) -> int:
    for _ in range(times):
        time.sleep(0.3)
        beat(1.0)
    return times


def ignore_signals() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    loop()


def write_on() -> None:
    """A grandchild that makes files in folders as fast as it can."""
    work = (
        "import itertools, os, tempfile\n"
        "for n in itertools.count(): open(os.path.join(tempfile.mkdtemp(), 'x'), 'w').close()"
    )
    subprocess.Popen([sys.executable, "-c", work])
    time.sleep(300)


def fill_disk() -> None:
    place = Path(tempfile.gettempdir(), "x")
    with place.open("wb") as file:
        while True:
            file.write(bytes(1_000_000))


def abort_starved() -> None:
    """As a library ends that has no memory left: pdfium dies without a word."""
    kept = []
    with contextlib.suppress(MemoryError):
        while True:
            kept.append(b"x" * 5_000_000)
    os.abort()


def pages(deadly: tuple[int, ...], slow: tuple[int, ...] = ()) -> list[int]:
    """Ten pages, of which some kill and some take too long; those that were read."""
    found = []
    for page in range(10):
        caged.at(page)
        if page in caged.given_up():
            continue
        if page in deadly:
            os.abort()
        if page in slow:
            loop()
        found.append(page)
    caged.leave()
    return found


def die_behind_pages() -> None:
    pages(())
    os.abort()


def wait_for(place: str) -> int:
    """Do nothing until somebody makes a file; as which process."""
    while not Path(place).exists():
        time.sleep(0.05)
    return os.getpid()


def make(place: str) -> int:
    Path(place).touch()
    return os.getpid()
