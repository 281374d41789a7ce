"""Many files, one after another or side by side: jobs in, reports or their text out, in order.

A file that fails becomes its error, or a sentence that says why, and the others go on. Where
only rendered text is wanted, no more than a few reports are held at a time.

>>> [done.failure for done in render_files([Job(path="no-such-file", lang="en")])]
['no-such-file: no such file or folder. Check the name and the path.']
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeVar

from docparse.errors import DocparseError, ReadError
from docparse.patterns import load
from docparse.pipeline import parse
from docparse.read import STDIN
from docparse.read.cage import IN_FLIGHT, Cage
from docparse.read.limits import Limits, default_limits
from docparse.render.jsontext import json_line
from docparse.render.text import report_text
from docparse.report import Report

if TYPE_CHECKING:
    from concurrent.futures import Future

Given = TypeVar("Given")
Made = TypeVar("Made")

# What reading leaves is text, whose size is known; it may take its time.
_SECONDS = 1800.0
_MEMORY = 4_000_000_000
_Job = TypeVar("_Job")
_T = TypeVar("_T")
_AHEAD = 3  # files given out per worker, so that none waits and few results pile up
_IDLE = 0.2  # seconds
_ASIDE = 16  # files that may wait for something while others are read in their place
_SMALL_AHEAD = 256  # where they are small: one that takes long is not to keep the others waiting
_BYTES_AHEAD = 16_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file and how its report is wanted: "text", or one line of "json"."""

    path: str
    format: str = "json"
    lang: str = "vi"
    encoding: str | None = None
    password: str | None = None
    limits: Limits | None = None
    patterns: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a job: the rendered report, or why there is none."""

    path: str
    text: str = ""
    failure: str | None = None


def render_file(job: Job) -> Done:
    """Parse and render one file; whatever goes wrong stays with this file."""
    try:
        report = _parsed(job)
        if job.format == "text":
            made = report_text(report.text, report.outline, report.notices, lang=job.lang)
        else:
            made = json_line(report.to_dict(lang=job.lang))
    except DocparseError as error:
        return _not_done(job, error)
    except Exception as error:  # noqa: BLE001  (a fault of ours in one file must not cost the others)
        return _not_done(job, _fault_of_ours(job, error))
    return Done(path=job.path, text=made)


def parse_file(job: Job) -> Report | ReadError:
    """Parse one file; what is wrong with it is given back, faulty patterns are raised."""
    try:
        return _parsed(job)
    except ReadError as error:
        return error
    except DocparseError:
        raise
    except Exception as error:  # noqa: BLE001  (as above)
        return _fault_of_ours(job, error)


def render_files(
    jobs: Iterable[Job], *, workers: int = 1, limits: Limits | None = None
) -> Iterator[Done]:
    """Rendered reports in the order of the jobs, whatever the number of workers."""
    return _each(jobs, render_file, _not_done, workers, limits)


def parse_files(
    jobs: Iterable[Job], *, workers: int = 1, limits: Limits | None = None
) -> Iterator[Report | ReadError]:
    """Reports, or why there is none, in the order of the jobs."""
    return _each(jobs, parse_file, lambda _, error: error, workers, limits)


def _each(
    jobs: Iterable[Job],
    work: Callable[[Job], _T],
    lost: Callable[[Job, ReadError], _T],
    workers: int,
    limits: Limits | None,
) -> Iterator[_T]:
    """The results of ``work``; ``lost`` makes one of a worker that has died.

    Each worker is a thread with a cage: what a file does to the child that works on it is the
    failure of this file alone.
    """
    if workers <= 1:
        yield from map(work, jobs)
        return

    def work_in(job: Job, cage: Cage | None) -> _T:
        if cage is None:
            return work(job)
        try:
            return cage.run(work, job, path=job.path)
        except ReadError as error:
            return lost(job, error)

    # Standard input belongs to this process.
    yield from in_cages(
        jobs, work_in, workers=workers, limits=limits, here=lambda job: job.path == STDIN
    )


def in_cages(
    jobs: Iterable[_Job],
    work: Callable[[_Job, Cage | None], _T],
    *,
    workers: int,
    limits: Limits | None = None,
    here: Callable[[_Job], bool] = lambda _: False,
    size: Callable[[_Job], int] | None = None,
    idle: Callable[[], None] = lambda: None,
    first: Callable[[], object] | None = None,
) -> Iterator[_T]:
    """What ``work`` makes of each job with a cage, in the order of the jobs.

    With ``size``, the bytes of a job, more small jobs are given out ahead. ``work`` is called in a
    thread, and does there nothing but wait for its cage. A job that is to be done ``here`` gets no
    cage and the caller's own thread, when its turn has come. ``idle`` is called where the next
    result lets itself be waited for; ``first`` is a cage's.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    cages = _Cages(workers, limits, first or warm_up)

    def caged(job: _Job) -> _T:
        with cages.taken() as cage:
            return work(job, cage)

    pool = ThreadPoolExecutor(workers * IN_FLIGHT + _ASIDE)
    waiting: deque[tuple[_Job, Future[_T] | None]] = deque()

    def finish() -> _T:
        job, future = waiting.popleft()
        if future is None:
            return work(job, None)
        if not wait([future], _IDLE).done:
            idle()
        return future.result()

    try:
        for job in jobs:
            waiting.append((job, None if here(job) else pool.submit(caged, job)))
            while waiting and (_is_ready(waiting[0][1]) or _is_enough(waiting, workers, size)):
                yield finish()
        while waiting:
            yield finish()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        cages.close()
        pool.shutdown()


class _Cages:
    """The cages of a call, for the threads that want one."""

    def __init__(self, count: int, limits: Limits | None, first: Callable[[], object]) -> None:
        wide = work_limits(limits or default_limits())
        self._made = [Cage(wide, first=first, stalled=self._give_back) for _ in range(count)]
        self._free: SimpleQueue[Cage] = SimpleQueue()
        for cage in self._made * IN_FLIGHT:  # a child has the next call before it answers the last
            self._free.put(cage)
        self._held = threading.local()

    @contextmanager
    def taken(self) -> Iterator[Cage]:
        """A cage that has room for a call."""
        cage = self._held.cage = self._free.get()
        try:
            yield cage
        finally:
            self._give_back()

    def close(self) -> None:
        for cage in self._made:
            cage.close()

    def _give_back(self) -> None:
        """The call of this thread is done, or has been put aside: there is room again."""
        cage, self._held.cage = self._held.cage, None
        if cage is not None:
            self._free.put(cage)


def warm_up() -> None:
    """Load what parsing needs, by parsing something."""
    parse(b"So: 12/KH-SCT", path="a.txt")


def _is_enough(
    waiting: Collection[tuple[_Job, object]], workers: int, size: Callable[[_Job], int] | None
) -> bool:
    """Whether no more is to be given out before the first of what waits is done."""
    if len(waiting) < workers * _AHEAD:
        return False
    if size is None or len(waiting) >= _SMALL_AHEAD:
        return True
    return sum(size(job) for job, _ in waiting) > _BYTES_AHEAD


def _is_ready(future: Future[_T] | None) -> bool:
    """Whether a job can be finished without waiting for it."""
    return future is None or future.done()


def _parsed(job: Job) -> Report:
    return parse(
        job.path,
        encoding=job.encoding,
        password=job.password,
        limits=job.limits,
        patterns=load(job.patterns),
    )


def work_limits(limits: Limits) -> Limits:
    """Limits on all the work for one file; while it is read, those of reading hold."""
    return replace(
        limits,
        seconds=max(_SECONDS, limits.seconds),
        total_seconds=max(_SECONDS, limits.total_seconds),
        memory=max(_MEMORY, limits.memory),
    )


def _not_done(job: Job, error: DocparseError) -> Done:
    return Done(path=job.path, failure=error.sentence(job.lang))


def _fault_of_ours(job: Job, error: Exception) -> ReadError:
    return ReadError("internal-error", path=job.path, reason=f"{type(error).__name__}: {error}")
