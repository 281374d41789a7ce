"""What the tests of the cage let run in it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docparse.errors import FormatError
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
