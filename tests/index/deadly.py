"""Reading that dies of some files, as a fault in a reader would: by what the file is called."""

import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from docparse.indexing import parsing
from docparse.indexing.parsing import ReadFile, Task

WAYS = ("crash", "hang", "spin", "explode")


def read_file(task: Task) -> ReadFile:
    """Read a file, or end with it."""
    match Path(task.path).name.partition("-")[0]:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "explode":
            held = []
            while True:
                held.append(bytearray(50_000_000))
    return parsing.read_file(task)


def be_deadly() -> None:
    """From now on this process has its cages read so."""
    from docparse.indexing import cluster

    cluster.read_file = read_file


def read_last(task: Task) -> ReadFile:
    """Read a file called so only when the others of its folder are in the index beside it."""
    path = Path(task.path)
    others = len(list(path.parent.iterdir())) - 1
    with closing(sqlite3.connect(path.parents[1] / "a.db")) as database:
        while path.name == "last.txt":
            if database.execute("select count(*) from files").fetchone()[0] == others:
                break
            time.sleep(0.05)
    return parsing.read_file(task)
