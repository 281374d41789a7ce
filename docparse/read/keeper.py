"""A process that forks children for cages, so that one comes up in milliseconds.

It is a fresh interpreter without anything of the process that started it, and never sees a file:
it may load in advance what all its children need. A request comes in on a socket with the pipes
of the child; the number of the child goes back, later how it ended. When the socket is closed it
ends, and its children by themselves.

>>> wanted = Request(folder="/tmp/x", first=None)
>>> wanted.wait_for is None
True
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_MOST = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A child with a folder for temporary files is wanted, or how one has ended."""

    folder: str = ""
    first: Callable[[], object] | None = None  # called once, before the first child that wants it
    wait_for: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The number of a child and the most memory it began with, or its exit code and most memory."""

    pid: int = 0
    code: int | None = None
    memory: int = 0


def main() -> None:
    """Answer requests until the socket is closed."""
    channel = socket.socket(fileno=int(sys.argv[2]))
    done: set[Callable[[], object]] = set()
    while True:
        said, pipes, *_ = socket.recv_fds(channel, _MOST, 3)
        if not said:
            return
        request: Request = pickle.loads(said)
        if request.wait_for is not None:
            reply = _ended(request.wait_for)
        else:
            _do_first(request.first, done)
            reply = Reply(pid=_fork(channel, request.folder, pipes), memory=_memory())
        for pipe in pipes:
            os.close(pipe)
        channel.send(pickle.dumps(reply))


def _do_first(first: Callable[[], object] | None, done: set[Callable[[], object]]) -> None:
    """What all children need is loaded here; what goes wrong in it will go wrong there, too."""
    if first is None or first in done:
        return
    done.add(first)
    with contextlib.suppress(Exception):
        first()
    gc.collect()
    gc.freeze()  # no child has to look through it


def _fork(channel: socket.socket, folder: str, pipes: list[int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        channel.close()
        for place, pipe in enumerate(pipes):
            os.dup2(pipe, place)
            os.close(pipe)
        os.environ.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder))
        tempfile.tempdir = None
        from docparse.read.caged import main

        main(Path(folder))
    finally:
        os._exit(0)


def _ended(child: int) -> Reply:
    try:
        pid, status, usage = os.wait4(child, os.WNOHANG)
    except ChildProcessError:
        return Reply(code=0)
    if not pid:
        return Reply()
    return Reply(pid=pid, code=os.waitstatus_to_exitcode(status), memory=usage.ru_maxrss * 1024)


def _memory() -> int:
    import resource  # not on Windows, where there is no keeper

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
