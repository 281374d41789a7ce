"""A child process for work on files that may be hostile: a function call in, its value out.

The child has a session of its own and limits on memory, processor time, waiting time and
output. Whatever happens to it becomes a :class:`~docparse.errors.ReadError` with the reason;
it is then killed together with everything that it started, the folder with its temporary files
is removed, and the next call gets a fresh one. A child whose parent is gone ends by itself.
The function must be one of a module; what goes in and out is pickled, and out come only
plain values and those of docparse. Limits on memory and processor time hold on Linux and
macOS; Windows has none that a process can set for itself, there only time and output count.

>>> with Cage() as cage:
...     cage.run(len, "Sở Công Thương", path="a.txt")
14
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import re
import signal
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from queue import Empty, Queue
from types import TracebackType
from typing import IO, Any, TypeVar

from docparse.errors import DocparseError, ReadError
from docparse.read.leftovers import PrivateFolder
from docparse.read.limits import Limits, default_limits

__all__ = ["Cage", "shared_cage"]

_T = TypeVar("_T")
_POSIX = os.name == "posix"
_HEAD = struct.Struct("<cQ")
VALUE, ERROR, BEAT, PLACE = b"V", b"E", b"B", b"P"
_DEADLY = {"reader-died", "out-of-memory"}
_MOST_GIVEN_UP = 3  # pages of one file that may cost a child each
_CHILD = "docparse.read.caged"
# A fresh interpreter, not a fork: nothing of this process is in it, and a script that calls
# docparse without "if __name__" is not run a second time, as multiprocessing would.
_BOOT = (
    f"import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {_CHILD} import main; main()"
)
_ERRORS = "errors"  # in the private folder: what a child that dies says last
_SAID = 65_536
_STARVED = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"ut of memory")
_MOST = 0.5  # of the memory allowed: a child that aborts above this wanted more
_STARTING = 30.0  # seconds in which a child must come up, on a busy machine too
_SAFE = {
    ("builtins", "set"), ("builtins", "frozenset"), ("builtins", "bytearray"),
    ("builtins", "complex"), ("datetime", "date"), ("datetime", "datetime"),
    ("datetime", "time"), ("decimal", "Decimal"), ("collections", "Counter"),
    ("pathlib", "PosixPath"), ("pathlib", "WindowsPath"), ("pathlib", "PurePosixPath"),
    ("array", "array"), ("array", "_array_reconstructor"), ("docparse.errors", "_rebuild"),
}  # fmt: skip


class Cage:
    """One child process, started when it is needed and replaced after ``limits.files`` calls."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or default_limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._frames: Queue[tuple[bytes, bytes]] = Queue()
        self._calls = 0
        self._place = -1  # the page that the child is at, if it says so
        self._memory = self.limits.memory  # allowed now: a file is read within less than all
        self._inherited = 0
        self._folder: PrivateFolder | None = None
        self._lock = threading.Lock()
        self._owner = os.getpid()
        _all.add(self)

    def run(
        self,
        function: Callable[..., _T],
        *arguments: object,
        path: str,
        size: int = 0,
        seconds: float | None = None,
    ) -> _T:
        """The value of the call; raises a ReadError about ``path`` if there is none.

        ``size`` is how large the file is, for the time it may take; ``seconds`` sets that time.
        """
        allowed = self.limits.seconds_for(size) if seconds is None else seconds
        given_up: tuple[int, ...] = ()
        with self._lock:
            while True:
                task = (function, arguments, self.limits, allowed, given_up)
                try:
                    value: _T = self._once(task, allowed, path)
                    return value
                except _LostError as lost:
                    if not self._is_worth_another(lost.seen.code, given_up):
                        raise lost.seen from None
                given_up = (*given_up, self._place)

    def _once(self, task: tuple[object, ...], allowed: float, path: str) -> Any:
        """Make the call once; a child that was lost over it is killed."""
        child = self._ready()
        self._place = -1
        usable = False
        try:
            value = self._value(child, pickle.dumps(task), allowed, path)
            usable = True
        except DocparseError:
            usable = True
            raise
        finally:
            if not usable:
                self._kill()
        return value

    def _is_worth_another(self, code: str, given_up: tuple[int, ...]) -> bool:
        """Whether the rest of the file may be had without the page that cost the child.

        Not where the time was spent before anything was read: it would be spent again.
        """
        if self._place < 0 or self._place in given_up or len(given_up) >= _MOST_GIVEN_UP:
            return False
        return code in _DEADLY or (code == "took-too-long" and self._place > 0)

    def close(self) -> None:
        """End the child and everything it started."""
        self._kill()

    def __enter__(self) -> Cage:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        with contextlib.suppress(Exception):  # the interpreter may be half gone
            self.close()

    # The child

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # a fork has copied this cage; its child is another's
            self._owner, self._child = os.getpid(), None
        if self._child is not None and (
            self._calls >= self.limits.files or self._child.poll() is not None
        ):
            self._kill()
        self._calls += 1
        return self._child or self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        paths = [str(Path(entry or ".").absolute()) for entry in sys.path]
        # What the child leaves behind when it is killed goes with this folder.
        self._folder = PrivateFolder()
        self._inherited = _largest()
        place = str(self._folder.path)
        with Path(place, _ERRORS).open("wb") as errors:
            self._child = subprocess.Popen(
                [sys.executable, "-c", _BOOT, json.dumps(paths), place],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), place)},
                start_new_session=_POSIX,
            )
        self._frames = Queue()
        self._calls = 1
        assert self._child.stdout is not None
        threading.Thread(
            target=_listen,
            args=(self._child.stdout, self._frames, self.limits.output),
            daemon=True,
        ).start()
        return self._child

    def _kill(self) -> None:
        """Kill the whole session's group: a program that the child started is in it, too."""
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        if _POSIX:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
        else:  # Windows knows no groups, but a program that ends a whole tree
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(child.pid)], capture_output=True)
        child.kill()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        child.wait()
        if self._folder is not None:
            self._folder.remove()

    # One call

    def _value(self, child: subprocess.Popen[bytes], task: bytes, allowed: float, path: str) -> Any:
        end = time.monotonic() + self.limits.total_seconds
        until = min(end, time.monotonic() + allowed + (_STARTING if self._calls == 1 else 0))
        self._send(child, task, path)
        while True:
            try:
                kind, content = self._frames.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                raise _LostError(
                    ReadError("took-too-long", path=path, seconds=f"{allowed:g}")
                ) from None
            if kind == BEAT:
                allowed, self._memory = struct.unpack("<dQ", content)
                until = min(end, time.monotonic() + allowed)
                continue
            if kind == PLACE:
                (self._place,) = struct.unpack("<q", content)
                continue
            if kind == VALUE:
                return self._unpickled(content, path)
            if kind == ERROR:
                raise self._said(self._unpickled(content, path), path)
            raise _LostError(self._death(child, kind, path))

    def _unpickled(self, content: bytes, path: str) -> Any:
        try:
            return _Unpickler(BytesIO(content)).load()
        except Exception as error:  # noqa: BLE001  (anything can be wrong with such bytes)
            reason = f"{type(error).__name__}: {error}"[:200]
            raise _LostError(ReadError("reader-died", path=path, reason=reason)) from None

    def _send(self, child: subprocess.Popen[bytes], task: bytes, path: str) -> None:
        assert child.stdin is not None
        try:
            child.stdin.write(_HEAD.pack(VALUE, len(task)) + task)
            child.stdin.flush()
        except OSError:
            raise _LostError(self._death(child, b"", path)) from None

    def _said(self, found: Any, path: str) -> Exception:
        """The error that the child reports; after one that is no refusal it is not trusted."""
        if isinstance(found, DocparseError):
            return found
        code, reason = found
        return _LostError(ReadError(code, path=path, reason=reason, memory=self._allowed))

    def _death(self, child: subprocess.Popen[bytes], kind: bytes, path: str) -> ReadError:
        if kind == b"L":
            limit = f"{self.limits.output / 1e6:.0f}"
            return ReadError("output-too-large", path=path, limit=limit)
        peak = _wait(child, 2.0)
        code = child.returncode
        if _POSIX and code == -signal.SIGXCPU:
            return ReadError("took-too-long", path=path, seconds=f"{self.limits.seconds:g}")
        # SIGKILL is not from us here: the system ran out of memory.
        if _POSIX and (code == -signal.SIGKILL or self._starved(peak)):
            reason = _cause(code)
            return ReadError("out-of-memory", path=path, reason=reason, memory=self._allowed)
        return ReadError("reader-died", path=path, reason=_cause(code))

    def _starved(self, peak: int) -> bool:
        """Whether a child that aborted had no memory left: it said so, or had taken most of it."""
        said = b""
        if self._folder is not None:
            with contextlib.suppress(OSError), (self._folder.path / _ERRORS).open("rb") as errors:
                said = errors.read(_SAID)
        # Linux counts what this process had when it started the child as the child's own.
        took = peak > max(_MOST * self._memory, self._inherited)
        return took or any(sign in said for sign in _STARVED)

    @property
    def _allowed(self) -> str:
        return f"{self._memory / 1e6:.0f}"


class _LostError(Exception):
    """An error after which the child cannot be used again."""

    def __init__(self, seen: DocparseError) -> None:
        super().__init__(seen)
        self.seen = seen


class _Unpickler(pickle.Unpickler):
    """Lets nothing through that is not a plain value or a class of docparse.

    A reader that has been taken over could send anything; it must not run here.
    """

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _SAFE:
            return super().find_class(module, name)
        if module.startswith("docparse."):
            found = super().find_class(module, name)
            # Its own classes, not what it imports: "subprocess.Popen" is a name in a module, too.
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not a value")


def _largest() -> int:
    """The most memory that this process has had, in bytes; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        if found := re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE):
            return int(found[1]) * 1024
    return 0


def _listen(stream: IO[bytes], frames: Queue[tuple[bytes, bytes]], limit: int) -> None:
    """Put what the child says into the queue; an empty kind says that it is gone."""
    try:
        while len(head := stream.read(_HEAD.size)) == _HEAD.size:
            kind, size = _HEAD.unpack(head)
            if size > limit:
                frames.put((b"L", b""))
                return
            content = stream.read(size)
            if len(content) < size:
                break
            frames.put((kind, content))
    except (OSError, ValueError):
        pass
    frames.put((b"", b""))


def _wait(child: subprocess.Popen[bytes], seconds: float) -> int:
    """Wait for the end of a child; the most memory that it had, in bytes, 0 where unknown."""
    if not _POSIX:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=seconds)
        return 0
    until = time.monotonic() + seconds
    while child.returncode is None and time.monotonic() < until:
        try:
            ended, status, usage = os.wait4(child.pid, os.WNOHANG)
        except ChildProcessError:  # someone else has waited for it
            return 0
        if ended:
            child.returncode = os.waitstatus_to_exitcode(status)
            return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        time.sleep(0.01)
    return 0


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


_all: weakref.WeakSet[Cage] = weakref.WeakSet()
_shared = threading.local()


def shared_cage(limits: Limits) -> Cage:
    """The cage of this thread, so that a loop over many files starts few children."""
    cage: Cage | None = getattr(_shared, "cage", None)
    if cage is None or cage.limits != limits:
        if cage is not None:
            cage.close()
        cage = _shared.cage = Cage(limits)
    return cage


@atexit.register
def _close_all() -> None:
    for cage in list(_all):
        cage.close()
