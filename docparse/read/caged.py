"""What runs inside the cage: pickled calls come in on one pipe, values go out on another.

Before the first call the process limits itself; each call sets the processor time anew.
Standard output belongs to the pipe, so a library that prints is silenced.

>>> inside()
False
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from docparse.errors import DocparseError
from docparse.read.leftovers import remove_tree
from docparse.read.limits import Limits

_HEAD = struct.Struct("<cQ")
_output: IO[bytes] | None = None
_wide: tuple[int, float] | None = None  # memory and time of the call that is being answered
_memory = 0  # what is allowed now
_given_up: tuple[int, ...] = ()


def inside() -> bool:
    """Whether this process is such a child."""
    return _output is not None


def beat(seconds: float) -> None:
    """Say that work goes on and how long it may now take without another sign."""
    if _output is not None:
        _limit_processor(seconds)
        _send(b"B", struct.pack("<dQ", seconds, _memory))


def at(page: int) -> None:
    """Say which page comes now: if it costs this process, the call is made again without it."""
    if _output is not None:
        _send(b"P", struct.pack("<q", page))


def leave() -> None:
    """Say that no page is being read any more."""
    at(-1)


def given_up() -> tuple[int, ...]:
    """The pages that cost a child before this one; they are not to be touched."""
    return _given_up


def main(folder: Path | None = None) -> None:
    """Answer calls until the pipe is closed; the folder is that for temporary files."""
    global _given_up, _output, _wide
    _end_with_parent(folder or Path(sys.argv[2]))
    source = os.fdopen(os.dup(0), "rb")
    _output = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
        os.dup2(nothing.fileno(), 1)
    while len(head := source.read(_HEAD.size)) == _HEAD.size:
        _, size = _HEAD.unpack(head)
        function, arguments, limits, allowed, _given_up = pickle.loads(source.read(size))
        _wide = (limits.memory, allowed)
        limit_memory(limits.memory)
        _limit_files(limits.output)
        beat(allowed)
        _answer(function, arguments, limits)


def _end_with_parent(folder: Path) -> None:
    """Watch, whatever the main thread does, for the end of the process that asked.

    Then nobody is left to kill what was started here, so this process does it.
    """
    if sys.platform == "win32":  # no group to kill, no pipe to watch
        return
    import select

    # What is started from here ends at this signal; this process still has to tidy up.
    signal.signal(signal.SIGHUP, lambda *_: None)
    watch = select.poll()
    watch.register(os.dup(0), 0)  # reports nothing but that the other end is closed

    def wait() -> None:
        watch.poll()
        os.killpg(0, signal.SIGHUP)
        remove_tree(folder)
        os.killpg(0, signal.SIGKILL)

    threading.stack_size(256 * 1024)
    threading.Thread(target=wait, daemon=True).start()
    threading.stack_size(0)


def _answer(function: Callable[..., Any], arguments: tuple[object, ...], limits: Limits) -> None:
    try:
        kind, content = b"V", pickle.dumps(function(*arguments), protocol=pickle.HIGHEST_PROTOCOL)
    except DocparseError as error:
        kind, content = b"E", pickle.dumps(error)
    except MemoryError:
        kind, content = b"E", pickle.dumps(("out-of-memory", "MemoryError"))
    except RecursionError:
        kind, content = b"E", pickle.dumps(("too-deep", "RecursionError"))
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  (the parent says it, with the file's name)
        reason = f"{type(error).__name__}: {error}"[:500]
        code = "out-of-memory" if "emory allocation" in reason else "internal-error"
        kind, content = b"E", pickle.dumps((code, reason))
    if len(content) > limits.output:
        kind, content = b"L", b""
    _send(kind, content)


def _send(kind: bytes, content: bytes) -> None:
    assert _output is not None
    _output.write(_HEAD.pack(kind, len(content)))
    _output.write(content)
    _output.flush()


def limit_memory(size: int) -> None:
    """No more address space than this, for this process and each that it starts."""
    global _memory
    _memory = size
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = size if hard == resource.RLIM_INFINITY else min(size, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS may refuse
            resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_files(size: int) -> None:
    """No file larger than this, so that a bomb cannot fill the disk instead of the memory."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        ceiling = size if hard == resource.RLIM_INFINITY else min(size, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_FSIZE, (ceiling, hard))


@contextlib.contextmanager
def reading(limits: Limits, size: int) -> Iterator[None]:
    """Inside a cage with wider limits: those of reading, as long as it lasts."""
    if _wide is None:
        yield
        return
    memory, seconds = _wide
    limit_memory(min(memory, limits.memory))
    beat(limits.seconds_for(size))
    try:
        yield
    finally:
        limit_memory(memory)
        beat(seconds)


def _limit_processor(seconds: float) -> None:
    """Processor time from now on: a loop ends even where the parent is gone."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime + 2 * seconds) + 2  # two threads may run
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
