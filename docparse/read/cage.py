"""A child process for work on files that may be hostile: a function call in, its value out.

The child has a session of its own and limits on memory, processor time, waiting time and
output; where Linux says how long others kept it from working, that time does not count. Whatever
happens to it becomes a :class:`~docparse.errors.ReadError` with the reason;
it is then killed together with everything that it started, the folder with its temporary files
is removed, and the next call gets a fresh one. A child whose parent is gone ends by itself.
The function must be one of a module; what goes in and out is pickled, and out come only
plain values and those of docparse. Limits on memory and processor time hold on Linux and
macOS; Windows has none that a process can set for itself, there only time and output count.

Threads may call at the same time. The child then has the next call at hand when it answers one,
and does not wait until the answer has been looked at; if it is lost over a call, that one alone is
to blame, and the one behind it is made in a fresh child. So it is where a child does nothing for
a while: it may wait until its time is up, and another one works meanwhile.

>>> with Cage() as cage:
...     cage.run(len, "Sở Công Thương", path="a.txt")
14
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import struct
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from io import BytesIO
from queue import Empty, Queue
from types import TracebackType
from typing import IO, Any, TypeVar

from docparse.errors import DocparseError, ReadError
from docparse.read.child import Child, First, start
from docparse.read.limits import Limits, default_limits

__all__ = ["IN_FLIGHT", "Cage", "shared_cage", "unpickled", "used_up"]

IN_FLIGHT = 2  # calls at the same time that keep a child busy
_T = TypeVar("_T")
_POSIX = os.name == "posix"
_HEAD = struct.Struct("<cQ")
VALUE, ERROR, BEAT, PLACE = b"V", b"E", b"B", b"P"
_DEADLY = {"reader-died", "out-of-memory"}
_MOST_GIVEN_UP = 3  # pages of one file that may cost a child each
_SMALL = 16_384  # bytes of a call that any pipe holds, so that sending it never waits
_STARVED = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"ut of memory")
_MOST = 0.5  # of the memory allowed: a child that aborts above this wanted more
_QUIET = 0.1  # seconds without a word after which a child is looked at
_BUSY = 0.1  # of that time: a child that works less waits for something
_USED = 0.8  # of its time: a child that has worked so long would do so again
_STARTING = 30.0  # seconds in which a child must come up, on a busy machine too
_SAFE = {
    ("builtins", "set"), ("builtins", "frozenset"), ("builtins", "bytearray"),
    ("builtins", "complex"), ("datetime", "date"), ("datetime", "datetime"),
    ("datetime", "time"), ("decimal", "Decimal"), ("collections", "Counter"),
    ("pathlib", "PosixPath"), ("pathlib", "WindowsPath"), ("pathlib", "PurePosixPath"),
    ("array", "array"), ("array", "_array_reconstructor"), ("docparse.errors", "_rebuild"),
}  # fmt: skip


class _Call:
    """A call that waits for its turn, or has it."""

    def __init__(self, task: bytes) -> None:
        self.task = task
        self.child: Child | None = None  # that it has been sent to
        self.frames: Queue[tuple[bytes, bytes]] = Queue()  # what that says
        self.place = -1  # the page that the child is at, if it says so
        self.worked = self.kept = 0.0  # what the child had worked, and waited to, before this call
        self.aside = False  # whether the child is no longer that of the cage


class Cage:
    """One child process, started when it is needed and replaced after ``limits.files`` calls.

    ``first`` is a function that loads what calls will need; where children are forked, it is
    called once for all of them. ``stalled`` is called in the thread of a call whose child has been
    put aside, so that there is room for one more call.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        first: First | None = None,
        stalled: Callable[[], None] | None = None,
    ) -> None:
        self.limits = limits or default_limits()
        self._first, self._stalled = first, stalled
        self._child: Child | None = None
        self._frames: Queue[tuple[bytes, bytes]] = Queue()
        self._sent = 0  # calls that the child has been given
        self._up = False  # whether it has said anything yet
        self._aside: set[Child] = set()  # that wait until their time is up
        self._memory = self.limits.memory  # allowed now: a file is read within less than all
        self._turn = threading.Condition()
        self._calls: deque[_Call] = deque()  # the first has its turn
        self._owner = os.getpid()
        self._closed = False
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

        def task() -> bytes:
            return pickle.dumps((function, arguments, self.limits, allowed, given_up))

        call = _Call(task())
        self._queue(call)
        try:
            while True:
                try:
                    value: _T = self._once(call, allowed, path)
                    return value
                except _LostError as lost:
                    if not _is_worth_another(lost.seen.code, call.place, given_up):
                        raise lost.seen from None
                given_up = (*given_up, call.place)
                call.task = task()
                if call.aside:
                    call.aside = False
                    self._queue(call)
        finally:
            self._leave(call)

    def _once(self, call: _Call, allowed: float, path: str) -> Any:
        """Make the call once; a child that was lost over it is killed."""
        usable = False
        try:
            child = self._begin(call, path)
            value = self._value(child, call, allowed, path)
            usable = True
        except DocparseError:
            usable = True
            raise
        finally:
            if not usable or call.aside:
                self._lose(call)
        return value

    @property
    def is_closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """End the child and everything it started; calls that are being made fail."""
        self._closed = True
        self._kill()
        for child in tuple(self._aside):
            child.end()

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

    # Turns

    def _queue(self, call: _Call) -> None:
        """Wait for the turn of a call; the child may be given it before."""
        with self._turn:
            if self._owner != os.getpid():  # a fork has copied this cage; its child is another's
                self._owner, self._child = os.getpid(), None
                self._calls.clear()
                self._aside.clear()
            self._calls.append(call)
            self._send_ahead()
            self._turn.wait_for(lambda: self._calls[0] is call)

    def _begin(self, call: _Call, path: str) -> Child:
        """Give the call to a child that can take it, unless that has been done."""
        with self._turn:
            call.place = -1
            child = self._child
            if child is None or call.child is not child:
                child = self._ready(path)
                self._send(child, call, path)
            call.frames = self._frames
            call.worked, call.kept = child.processor_time(), child.kept_waiting()
            self._send_ahead()
        return child

    def _leave(self, call: _Call) -> None:
        with self._turn:
            if call in self._calls:
                self._calls.remove(call)
                self._turn.notify_all()

    def _put_aside(self, child: Child, call: _Call) -> None:
        """Let a child that waits for something wait, and others be called meanwhile."""
        with self._turn:
            self._aside.add(child)
            self._child = None
            call.aside = True
        self._leave(call)
        if self._stalled is not None:
            self._stalled()

    def _send_ahead(self) -> None:
        """Give the child the call behind the one that it works on."""
        child = self._child
        if child is None or len(self._calls) < 2 or self._sent >= self.limits.files:
            return
        current, following = self._calls[0], self._calls[1]
        small = len(following.task) <= _SMALL
        if current.child is child and following.child is not child and small:
            with contextlib.suppress(_LostError):  # said when it is waited for
                self._send(child, following, "")

    # The child

    def _ready(self, path: str) -> Child:
        if self._closed:
            raise ReadError("reader-died", path=path, reason="closed")
        if self._child is not None and (
            self._sent >= self.limits.files or not self._child.is_running()
        ):
            self._kill()
        if self._child is None:
            self._child = start(self._first)
            self._sent, self._up = 0, False
            self._frames = Queue()
            threading.Thread(
                target=_listen,
                args=(self._child.source, self._frames, self.limits.output),
                daemon=True,
            ).start()
        return self._child

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is not None and self._owner == os.getpid():
            child.end()

    def _lose(self, call: _Call) -> None:
        """Kill the child of a call."""
        if not call.aside:
            self._kill()
        elif call.child is not None:
            call.child.end()
            self._aside.discard(call.child)

    # One call

    def _value(self, child: Child, call: _Call, allowed: float, path: str) -> Any:
        end = time.monotonic() + self.limits.total_seconds
        until = min(end, time.monotonic() + allowed + (0 if self._up else _STARTING))
        while True:
            try:
                kind, content = self._frame(child, call, until)
            except Empty:
                kept = child.kept_waiting() - call.kept
                if kept > _QUIET:  # others had the processors: that time does not count
                    call.kept += kept
                    until, end = time.monotonic() + kept, end + kept
                    continue
                raise _LostError(_too_long(path, allowed, child, call)) from None
            self._up = True
            if kind == BEAT:
                allowed, self._memory = struct.unpack("<dQ", content)
                until = min(end, time.monotonic() + allowed)
                continue
            if kind == PLACE:
                (call.place,) = struct.unpack("<q", content)
                continue
            if kind == VALUE:
                return self._unpickled(content, path)
            if kind == ERROR:
                raise self._said(self._unpickled(content, path), path)
            raise _LostError(self._death(child, kind, path))

    def _frame(self, child: Child, call: _Call, until: float) -> tuple[bytes, bytes]:
        """What the child says next; one that does nothing meanwhile is put aside."""
        before: tuple[float, bool] | None = None
        while not call.aside and (left := until - time.monotonic()) > _QUIET:
            with contextlib.suppress(Empty):
                return call.frames.get(timeout=_QUIET)
            now = child.activity()
            if self._up and left > 2 * _QUIET and before is not None and _rests(before, now):
                self._put_aside(child, call)
            before = now
        return call.frames.get(timeout=max(0.0, until - time.monotonic()))

    def _unpickled(self, content: bytes, path: str) -> Any:
        try:
            return unpickled(content)
        except Exception as error:  # noqa: BLE001  (anything can be wrong with such bytes)
            reason = f"{type(error).__name__}: {error}"[:200]
            raise _LostError(ReadError("reader-died", path=path, reason=reason)) from None

    def _send(self, child: Child, call: _Call, path: str) -> None:
        call.child = child
        self._sent += 1
        try:
            child.target.write(_HEAD.pack(VALUE, len(call.task)) + call.task)
            child.target.flush()
        except (OSError, ValueError):
            raise _LostError(self._death(child, b"", path)) from None

    def _said(self, found: Any, path: str) -> Exception:
        """The error that the child reports; after one that is no refusal it is not trusted."""
        if isinstance(found, DocparseError):
            return found
        code, reason = found
        return _LostError(ReadError(code, path=path, reason=reason, memory=self._allowed))

    def _death(self, child: Child, kind: bytes, path: str) -> ReadError:
        if kind == b"L":
            limit = f"{self.limits.output / 1e6:.0f}"
            return ReadError("output-too-large", path=path, limit=limit)
        child.wait(2.0)
        code = child.code
        if _POSIX and code == -signal.SIGXCPU:
            seconds = f"{self.limits.seconds:g}"
            return ReadError("took-too-long", path=path, seconds=seconds, worked=seconds)
        # SIGKILL is not from us here: the system ran out of memory.
        if _POSIX and (code == -signal.SIGKILL or self._starved(child)):
            reason = _cause(code)
            return ReadError("out-of-memory", path=path, reason=reason, memory=self._allowed)
        return ReadError("reader-died", path=path, reason=_cause(code))

    def _starved(self, child: Child) -> bool:
        """Whether a child that aborted had no memory left: it said so, or had taken most of it."""
        # Linux counts what there was when the child was started as the child's own.
        took = child.peak > max(_MOST * self._memory, child.inherited)
        return took or any(sign in child.last_words() for sign in _STARVED)

    @property
    def _allowed(self) -> str:
        return f"{self._memory / 1e6:.0f}"


def used_up(error: ReadError) -> bool:
    """Whether a child had nearly all the time or memory that it may have: it would again.

    One that slept, that others kept from working or that the system killed may have more luck.
    """
    if error.code == "out-of-memory":
        return error.values["reason"] != "SIGKILL"
    if error.code != "took-too-long":
        return False
    return float(str(error.values["worked"])) >= _USED * float(str(error.values["seconds"]))


def _rests(before: tuple[float, bool], now: tuple[float, bool]) -> bool:
    """Whether a child did nothing between two looks, and did not want to."""
    return not before[1] and not now[1] and now[0] - before[0] < _BUSY * _QUIET


def _too_long(path: str, allowed: float, child: Child, call: _Call) -> ReadError:
    worked = max(0.0, child.activity()[0] - call.worked)
    return ReadError("took-too-long", path=path, seconds=f"{allowed:g}", worked=f"{worked:.2f}")


def _is_worth_another(code: str, place: int, given_up: tuple[int, ...]) -> bool:
    """Whether the rest of the file may be had without the page that cost the child.

    Not where the time was spent before anything was read: it would be spent again.
    """
    if place < 0 or place in given_up or len(given_up) >= _MOST_GIVEN_UP:
        return False
    return code in _DEADLY or (code == "took-too-long" and place > 0)


class _LostError(Exception):
    """An error after which the child cannot be used again."""

    def __init__(self, seen: DocparseError) -> None:
        super().__init__(seen)
        self.seen = seen


def unpickled(content: bytes) -> Any:
    """A value that a child has pickled."""
    return _Unpickler(BytesIO(content)).load()


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
    if cage is None or cage.limits != limits or cage.is_closed:
        if cage is not None:
            cage.close()
        cage = _shared.cage = Cage(limits)
    return cage


@atexit.register
def _close_all() -> None:
    for cage in list(_all):
        cage.close()
