"""The caged task on a Dask cluster: jobs in, what was made of them out, in the order of the jobs.

A worker is a process that may run on another machine; it reads each file in a cage of its own, so
that a file can kill a cage and never a worker. A worker that is lost costs nothing: the scheduler
gives its files to others, and what it gives up on is read here. Nobody but this process writes.

>>> parse_caged(Task(path="no-such-file"), 0, None).code
'not-found'
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

import docparse
from docparse.batch import work_limits
from docparse.errors import ReadError, UsageError
from docparse.indexing.parsing import ReadFile, Task, read_file
from docparse.read.cage import Cage, shared_cage
from docparse.read.limits import Limits, default_limits

# What says that the child was lost, not that it refused the file.
DEATHS = ("took-too-long", "out-of-memory", "output-too-large", "reader-died", "internal-error")
STRIKES = 2
_AHEAD = 4  # files given out per thread of the workers: the way to them takes time
_WAIT = 20  # seconds until a scheduler must have answered
_Job = TypeVar("_Job")


def parse_caged(
    task: Task, size: int, limits: Limits | None, cage: Cage | None = None
) -> ReadFile | ReadError:
    """One file in its cage; a child that is lost gets a second chance with a fresh one."""
    cage = cage or shared_cage(work_limits(limits or default_limits()))
    error: ReadError | None = None
    for _ in range(STRIKES):
        try:
            return cage.run(read_file, task, path=task.path, size=size)
        except ReadError as found:
            error = found
            if found.code not in DEATHS:
                break
    assert error is not None
    return error


def in_cluster(
    jobs: Iterable[_Job],
    address: str,
    *,
    task: Callable[[_Job], tuple[Task, int] | None],
    limits: Limits,
) -> Iterator[tuple[_Job, ReadFile | ReadError | None]]:
    """Each job with what the cluster made of its ``task``; None for a job without one."""
    client = _client(address)
    waiting: deque[tuple[_Job, tuple[Task, int] | None, Any]] = deque()

    def finish() -> tuple[_Job, ReadFile | ReadError | None]:
        job, given, future = waiting.popleft()
        return job, None if given is None else _result(future, given, limits)

    try:
        for job in jobs:
            given = task(job)
            future = None
            if given is not None:
                future = client.submit(parse_caged, *given, limits, pure=False)
            waiting.append((job, given, future))
            if len(waiting) >= max(1, sum(client.nthreads().values())) * _AHEAD:
                yield finish()
        while waiting:
            yield finish()
    finally:
        client.cancel([future for _, _, future in waiting if future is not None])
        client.close()


def _result(future: Any, given: tuple[Task, int], limits: Limits) -> ReadFile | ReadError:
    from distributed.scheduler import KilledWorker

    try:
        made: ReadFile | ReadError = future.result()
    except KilledWorker:  # several workers were lost with it; the cage here will say whether by it
        return parse_caged(*given, limits)
    return made


def _client(address: str) -> Any:
    """A client of the scheduler; its workers must be of this version."""
    try:
        import distributed
    except ImportError as error:
        raise UsageError("index-needs-cluster") from error
    try:
        client: Any = distributed.Client(  # type: ignore[no-untyped-call,unused-ignore]
            address, timeout=_WAIT, set_as_default=False
        )
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError("index-no-cluster", address=address) from error
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=_WAIT)
    versions = set(client.run(_version).values())
    if versions != {docparse.__version__}:
        client.close()
        known = ", ".join(sorted(map(str, versions))) or "–"
        raise UsageError("index-other-workers", found=known, version=docparse.__version__)
    return client


def _version() -> str:
    return docparse.__version__
