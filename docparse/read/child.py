"""The process of a cage: started, fed, listened to, and ended with all that it has started.

On Linux a :mod:`~docparse.read.keeper` forks it; elsewhere, and where that fails, it is an
interpreter of its own, which takes half a second to load what it needs.

>>> child = start()
>>> child.is_running()
True
>>> child.end()
>>> child.is_running()
False
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NamedTuple

from docparse.read.keeper import Reply, Request
from docparse.read.leftovers import PrivateFolder

First = Callable[[], object]
_POSIX = os.name == "posix"
# A fresh interpreter, not a fork: nothing of this process is in it, and a script that calls
# docparse without "if __name__" is not run a second time, as multiprocessing would.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {} import main; main()"
_ERRORS = "errors"  # in the private folder: what a child that dies says last
_SAID = 65_536
_PATIENCE = 30.0  # seconds in which a keeper must answer, on a busy machine too
_WIDE = 1 << 20  # bytes of answers that need not be fetched at once


class Child:
    """One process that answers on ``source`` what is written to ``target``."""

    def __init__(self, pid: int, target: IO[bytes], source: IO[bytes], folder: PrivateFolder):
        self.pid, self.target, self.source, self._folder = pid, target, source, folder
        self.code: int | None = None  # how it ended; below 0 the signal
        self.peak = 0  # the most memory that it had, in bytes; 0 where unknown
        self.inherited = 0  # what of that was there before it began

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        if self.code is None:
            self._look()
        return self.code is None

    def wait(self, seconds: float) -> None:
        """Wait for its end, but no longer."""
        until, step = time.monotonic() + seconds, 0.0005
        while self.is_running() and time.monotonic() < until:
            time.sleep(step)
            step = min(2 * step, 0.01)

    def processor_time(self) -> float:
        """Seconds that processors have worked for it, and for programs that it has started and
        that have ended; 0 where the system does not say."""
        found = _status(f"/proc/{self.pid}/stat")
        return 0.0 if found is None else found.worked

    def activity(self) -> tuple[float, bool]:
        """The same with programs that still run, and whether any of all these wants to work."""
        own = _status(f"/proc/{self.pid}/stat")
        if own is None or own.runs:  # the others need not be looked for
            return (0.0, True) if own is None else (own.worked, True)
        found = [_status(str(place)) for place in Path("/proc").glob("[0-9]*/stat")]
        ours = [one for one in found if one is not None and one.session == self.pid]
        return sum(one.worked for one in ours), any(one.runs for one in ours)

    def kept_waiting(self) -> float:
        """Seconds in which it would have worked if a processor had been free."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            status = Path(f"/proc/{self.pid}/schedstat").read_text(encoding="ascii")
            return int(status.split()[1]) / 1e9
        return 0.0

    def end(self) -> None:
        """Kill the whole session's group: a program that the child started is in it, too."""
        if _POSIX:
            for kill in (os.killpg, os.kill):  # it may have no group of its own yet
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    kill(self.pid, signal.SIGKILL)
        else:  # Windows knows no groups, but a program that ends a whole tree
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(self.pid)], capture_output=True)
        for stream in (self.target, self.source):
            with contextlib.suppress(OSError):
                stream.close()
        self.wait(_PATIENCE)
        self._folder.remove()

    def last_words(self) -> bytes:
        """What it has said where errors go."""
        with contextlib.suppress(OSError), (self._folder.path / _ERRORS).open("rb") as errors:
            return errors.read(_SAID)
        return b""

    def _look(self) -> None:
        """Set ``code`` and ``peak`` if it has ended."""
        raise NotImplementedError


class _Status(NamedTuple):
    """What Linux says of a process."""

    runs: bool
    session: int
    worked: float


def _status(place: str) -> _Status | None:
    try:
        text = Path(place).read_text(encoding="ascii", errors="replace")
        state, _, _, session, *more = text.rpartition(")")[2].split()
        worked = sum(map(int, more[7:11])) / os.sysconf("SC_CLK_TCK")
        return _Status(state == "R", int(session), worked)
    except (OSError, ValueError):
        return None


def start(first: First | None = None) -> Child:
    """A new child; ``first``, a function of a module, loads what it will need."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, EOFError):
            return _forked(first)
    return _Started()


class _Started(Child):
    """A child of this process."""

    def __init__(self) -> None:
        # What the child leaves behind when it is killed goes with this folder.
        folder = PrivateFolder()
        self.inherited = _largest()
        with (folder.path / _ERRORS).open("wb") as errors:
            self._process = subprocess.Popen(
                _command("docparse.read.caged", str(folder.path)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder.path))},
                start_new_session=_POSIX,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        inherited = self.inherited
        super().__init__(self._process.pid, self._process.stdin, self._process.stdout, folder)
        self.inherited = inherited

    def _look(self) -> None:
        if not _POSIX:
            self.code = self._process.poll()
            return
        try:
            ended, status, usage = os.wait4(self.pid, os.WNOHANG)
        except ChildProcessError:  # someone else has waited for it
            self.code = self._process.returncode = 0
            return
        if ended:
            self.code = self._process.returncode = os.waitstatus_to_exitcode(status)
            self.peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


class _Forked(Child):
    """A child of a keeper, who says how it ended."""

    def __init__(self, keeper: _Keeper, reply: Reply, *place: Any):
        super().__init__(reply.pid, *place)
        self._keeper, self.inherited = keeper, reply.memory

    def _look(self) -> None:
        try:
            reply = self._keeper.ask(Request(wait_for=self.pid))
        except (OSError, EOFError):  # it is gone, and with it what it knew
            self.code = 0
            return
        self.code, self.peak = reply.code, reply.memory


class _Keeper:
    """The process that forks, and the way to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._channel.settimeout(_PATIENCE)
        with theirs:
            self._process = subprocess.Popen(
                _command("docparse.read.keeper", str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                # Its children each get one core; threads that numbers are crunched with would
                # be lost when it forks.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
                start_new_session=True,
            )

    def ask(self, request: Request, pipes: tuple[int, ...] = ()) -> Reply:
        """The answer; an OSError or EOFError where there is no keeper any more."""
        with self._lock:
            socket.send_fds(self._channel, [pickle.dumps(request)], list(pipes))
            said = self._channel.recv(_SAID)
        if not said:
            raise EOFError
        reply: Reply = pickle.loads(said)
        return reply

    def is_running(self) -> bool:
        return self._process.poll() is None

    def __del__(self) -> None:
        with contextlib.suppress(Exception):  # the interpreter may be half gone
            self._channel.close()
            self._process.wait(1.0)


_keepers: dict[str, _Keeper] = {}  # by what their children begin with; only the last is kept
_keepers_lock = threading.Lock()


def _keeper() -> _Keeper:
    """The keeper of this process, for its environment as it is now."""
    wanted = json.dumps([os.getpid(), sys.path, dict(os.environ)])
    with _keepers_lock:
        found = _keepers.get(wanted)
        if found is None or not found.is_running():
            _keepers.clear()
            found = _keepers[wanted] = _Keeper()
    return found


def _forked(first: First | None) -> Child:
    folder = PrivateFolder()
    mine: list[int] = []
    try:
        theirs, ours = os.pipe()
        mine += (theirs, ours)
        source, answers = os.pipe()
        mine += (source, answers)
        _widen(answers)
        errors = os.open(folder.path / _ERRORS, os.O_WRONLY | os.O_CREAT, 0o600)
        mine.append(errors)
        keeper = _keeper()
        request = Request(folder=str(folder.path), first=first)
        reply = keeper.ask(request, (theirs, answers, errors))
    except BaseException:
        for pipe in mine:
            os.close(pipe)
        folder.remove()
        raise
    for pipe in (theirs, answers, errors):
        os.close(pipe)
    return _Forked(keeper, reply, os.fdopen(ours, "wb"), os.fdopen(source, "rb"), folder)


def _widen(pipe: int) -> None:
    """Let a child put down an answer and go on, even if nobody has time for it yet."""
    import fcntl

    with contextlib.suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _WIDE)


def _command(module: str, place: str) -> list[str]:
    paths = [str(Path(entry or ".").absolute()) for entry in sys.path]
    return [sys.executable, "-c", _BOOT.format(module), json.dumps(paths), place]


def _largest() -> int:
    """The most memory that this process has had, in bytes; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        if found := re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE):
            return int(found[1]) * 1024
    return 0


@atexit.register
def _close_keepers() -> None:
    _keepers.clear()
