"""The caged task on a Dask cluster: jobs in, what was made of them out, in the order of the jobs.

A worker is a process that may run on another machine; it reads each file in a cage of its own, so
that a file can kill a cage and never a worker. A worker that is lost costs nothing: the scheduler
gives its files to others, and what it gives up on is read here. Nobody but this process writes.

Files are not sent: a worker opens them by the path that they have here. One that does not see the
first file is refused before anything is read; what a worker does not find later is read here.

>>> parse_caged(Task(path="no-such-file"), 0, None).code
'not-found'
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Generic, NamedTuple, TypeVar

import docparse
from docparse.batch import work_limits
from docparse.errors import ReadError, UsageError
from docparse.indexing.parsing import ReadFile, Task, compressed, packed, read_file
from docparse.read.cage import Cage, shared_cage, unpickled, used_up
from docparse.read.limits import Limits, default_limits

# What says that the child was lost, not that it refused the file.
DEATHS = ("took-too-long", "out-of-memory", "output-too-large", "reader-died", "internal-error")
STRIKES = 2
_AHEAD = 4  # files given out per thread of the workers: the way to them takes time
# Where they are small: results come in the order of the jobs, and a file on which a worker waits
# in vain is not to keep the others waiting. Until its turn a result lies with its worker.
_SMALL_AHEAD = 1000
_BYTES_AHEAD = 64_000_000
_OFTEN = 1.0  # seconds between two looks at how many workers there are
_WAIT = 20  # seconds until a scheduler must have answered
_TOGETHER = 8  # small files of one task
_BYTES_TOGETHER = 250_000
_Job = TypeVar("_Job")
_Made = TypeVar("_Made")
_Asked = tuple[Task, int]  # what is to be read, and its size


def parse_caged(
    task: Task, size: int, limits: Limits | None, cage: Cage | None = None
) -> ReadFile | ReadError:
    """One file in its cage; a child that is lost gets a second chance with a fresh one."""
    cage = cage or shared_cage(work_limits(limits or default_limits()))
    made = _tried(lambda: cage.run(read_file, task, path=task.path, size=size))
    return made if isinstance(made, ReadError) else compressed(made)


def parse_packed(asked: list[_Asked], limits: Limits | None) -> list[bytes | ReadError]:
    """The same for some files, as bytes: worker, scheduler and network pass them on as they are."""
    cage = shared_cage(work_limits(limits or default_limits()))
    return [_tried(partial(_pack, cage, task, size)) for task, size in asked]


def _pack(cage: Cage, task: Task, size: int) -> bytes:
    return cage.run(packed, read_file, task, path=task.path, size=size)


def _tried(call: Callable[[], _Made]) -> _Made | ReadError:
    error: ReadError | None = None
    for _ in range(STRIKES):
        try:
            return call()
        except ReadError as found:
            error = found
            if found.code not in DEATHS or used_up(found):
                break
    assert error is not None
    return error


class _Given(NamedTuple, Generic[_Job]):
    """Jobs that were given out together, with their tasks, and the future of what a worker makes
    of those that have one."""

    jobs: list[tuple[_Job, _Asked | None]]
    future: Any

    @property
    def asked(self) -> list[_Asked]:
        return [asked for _, asked in self.jobs if asked is not None]

    @property
    def is_ready(self) -> bool:
        return self.future is None or self.future.done()


def in_cluster(
    jobs: Iterable[_Job],
    address: str,
    *,
    task: Callable[[_Job], _Asked | None],
    limits: Limits,
) -> Iterator[tuple[_Job, ReadFile | ReadError | None]]:
    """Each job with what the cluster made of its ``task``; None for a job without one."""
    with _client(address) as client:
        workers = _Workers(client)
        waiting: deque[_Given[_Job]] = deque()

        def finish() -> Iterator[tuple[_Job, ReadFile | ReadError | None]]:
            given = waiting.popleft()
            made = _results(given.future, given.asked, limits, address)
            for job, asked in given.jobs:
                yield job, None if asked is None else next(made)

        try:
            for some in _together(((job, task(job)) for job in jobs), workers):
                asked = [one for _, one in some if one is not None]
                waiting.append(_Given(some, workers.give(asked, limits) if asked else None))
                while waiting and (waiting[0].is_ready or _is_enough(waiting, workers.threads)):
                    yield from finish()
            while waiting:
                yield from finish()
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.cancel([one.future for one in waiting if one.future is not None])


def _together(
    jobs: Iterable[tuple[_Job, _Asked | None]], workers: _Workers
) -> Iterator[list[tuple[_Job, _Asked | None]]]:
    """Jobs in the parts in which they are given out: small files together, for what the cluster
    does with a task costs as much as a tenth of reading one; alone until all workers have some."""
    some: list[tuple[_Job, _Asked | None]] = []
    files = size = given = 0
    for job in jobs:
        some.append(job)
        if job[1] is not None:
            files, size = files + 1, size + job[1][1]
        alone = files and given < workers.threads * _AHEAD
        if alone or files == _TOGETHER or size > _BYTES_TOGETHER or len(some) == _SMALL_AHEAD:
            yield some
            some, given = [], given + 1
            files = size = 0
    if some:
        yield some


class _Workers:
    """The workers of a cluster, which may come and go."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._threads = 0
        self._looked = float("-inf")
        self._seen = False

    @property
    def threads(self) -> int:
        """How many files they read at once."""
        if monotonic() - self._looked > _OFTEN:
            self._threads = max(1, sum(self._client.nthreads().values()))
            self._looked = monotonic()
        return self._threads

    def give(self, asked: list[_Asked], limits: Limits) -> Any:
        """Give out tasks; a worker has another working folder, so their paths are whole."""
        whole = [(self._whole(task), size) for task, size in asked]
        return self._client.submit(parse_packed, whole, limits, pure=False)

    def _whole(self, task: Task) -> Task:
        path = os.path.abspath(task.path)  # noqa: PTH100  (links are kept as they are named)
        folder = task.patterns and task.patterns.absolute()
        if not self._seen and sees(path):
            self._require_sight(path, folder)
        return replace(task, path=path, patterns=folder)

    def _require_sight(self, path: str, folder: Path | None) -> None:
        """Refuse workers that do not see what they are to read."""
        for wanted in filter(None, (path, folder)):
            sights = self._client.run(sees, str(wanted))
            blind = sorted(worker for worker, seen in sights.items() if not seen)
            if blind:
                raise UsageError("index-blind-workers", found=", ".join(blind), path=wanted)
        self._seen = True


def sees(path: str) -> bool:
    """Whether this process finds a file or a folder."""
    return os.path.exists(path)  # noqa: PTH110  (a name may hold anything)


def _is_enough(waiting: deque[_Given[_Job]], threads: int) -> bool:
    """Whether no more is to be given out before the first of what waits is done."""
    if len(waiting) < threads * _AHEAD:
        return False
    if sum(len(given.jobs) for given in waiting) >= _SMALL_AHEAD:
        return True
    return sum(size for given in waiting for _, size in given.asked) > _BYTES_AHEAD


def _results(
    future: Any, asked: list[_Asked], limits: Limits, address: str
) -> Iterator[ReadFile | ReadError]:
    """What a worker made of tasks; what none could do, and what it did not find, is read here."""
    from concurrent.futures import CancelledError

    from distributed.scheduler import KilledWorker

    made: list[bytes | ReadError | None]
    try:
        made = future.result() if asked else []
    except KilledWorker:  # several workers were lost with it; the cage here will say whether by it
        made = [None] * len(asked)
    except (CancelledError, OSError) as error:
        raise UsageError("index-lost-cluster", address=address) from error
    for (task, size), one in zip(asked, made, strict=True):
        if isinstance(one, bytes):
            yield _unpacked(one, task.path)
        elif one is None or one.code == "not-found":  # perhaps not where that worker is
            yield parse_caged(task, size, limits)
        else:
            yield type(one)(one.code, **one.values | {"path": task.path})


def _unpacked(content: bytes, path: str) -> ReadFile | ReadError:
    """What a child has packed; one that was taken over could have packed anything."""
    try:
        made: ReadFile = unpickled(content)
    except Exception as error:  # noqa: BLE001  (anything can be wrong with such bytes)
        reason = f"{type(error).__name__}: {error}"[:200]
        return ReadError("reader-died", path=path, reason=reason)
    return made


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """A client of the scheduler; its workers must be of this version."""
    try:
        import distributed
    except ImportError as error:
        raise UsageError("index-needs-cluster") from error
    is_file = Path(address).suffix == ".json"
    where = {"scheduler_file": _awaited(address)} if is_file else {"address": address}
    try:
        client: Any = distributed.Client(  # type: ignore[no-untyped-call,unused-ignore]
            **where, timeout=_WAIT, set_as_default=False
        )
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError("index-no-cluster", address=address) from error
    try:
        with suppress(TimeoutError):
            client.wait_for_workers(1, timeout=_WAIT)
        versions = set(client.run(_version).values())
        if versions != {docparse.__version__}:
            known = ", ".join(sorted(map(str, versions))) or "–"
            raise UsageError("index-other-workers", found=known, version=docparse.__version__)
        yield client
    finally:
        client.close()


def _awaited(path: str) -> str:
    """The file into which a scheduler writes its address, perhaps only now."""
    until = monotonic() + _WAIT
    while not Path(path).is_file():
        if monotonic() > until:
            raise UsageError("index-no-cluster", address=path)
        sleep(0.1)
    return path


def _version() -> str:
    return docparse.__version__
