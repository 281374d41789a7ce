"""Many files, one after another or side by side: jobs in, rendered reports out, in order.

A file that fails becomes a sentence that says why, and the others go on. Only rendered
text comes back from a worker, so that no more than a few reports are held at a time.

>>> [done.failure for done in render_files([Job(path="no-such-file", lang="en")])]
['no-such-file: no such file or folder. Check the name and the path.']
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from docparse.errors import DocparseError, ReadError
from docparse.patterns import load
from docparse.pipeline import parse
from docparse.read import STDIN
from docparse.read.cage import Cage
from docparse.read.limits import Limits, default_limits
from docparse.render.jsontext import json_line
from docparse.render.text import report_text

if TYPE_CHECKING:
    from concurrent.futures import Future

# What reading leaves is text, whose size is known; it may take its time.
_SECONDS = 1800.0
_MEMORY = 4_000_000_000
_AHEAD = 2  # files given out per worker, so that none waits and few results pile up


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
        patterns = load(job.patterns)
        report = parse(
            job.path,
            encoding=job.encoding,
            password=job.password,
            limits=job.limits,
            patterns=patterns,
        )
        if job.format == "text":
            made = report_text(report.text, report.outline, report.notices, lang=job.lang)
        else:
            made = json_line(report.to_dict(lang=job.lang))
    except DocparseError as error:
        return Done(path=job.path, failure=error.sentence(job.lang))
    except Exception as error:  # noqa: BLE001  (a fault of ours in one file must not cost the others)
        return _failed(job, "internal-error", reason=f"{type(error).__name__}: {error}")
    return Done(path=job.path, text=made)


def render_files(
    jobs: Iterable[Job], *, workers: int = 1, limits: Limits | None = None
) -> Iterator[Done]:
    """The results in the order of the jobs, whatever the number of workers.

    Each worker is a thread with a cage: what a file does to the child that works on it is the
    failure of this file alone.
    """
    if workers <= 1:
        yield from map(render_file, jobs)
        return
    from concurrent.futures import ThreadPoolExecutor

    cages: SimpleQueue[Cage] = SimpleQueue()
    made = [Cage(_work_limits(limits or default_limits())) for _ in range(workers)]
    for cage in made:
        cages.put(cage)
    pool = ThreadPoolExecutor(workers)
    waiting: deque[tuple[Job, Future[Done] | None]] = deque()
    try:
        for job in jobs:
            # Standard input belongs to this process.
            given = None if job.path == STDIN else pool.submit(_render_caged, job, cages)
            waiting.append((job, given))
            if len(waiting) >= workers * _AHEAD:
                yield _finish(*waiting.popleft())
        while waiting:
            yield _finish(*waiting.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for cage in made:
            cage.close()
        pool.shutdown()


def _work_limits(limits: Limits) -> Limits:
    """Limits on all the work for one file; while it is read, those of reading hold."""
    return replace(
        limits,
        seconds=max(_SECONDS, limits.seconds),
        total_seconds=max(_SECONDS, limits.total_seconds),
        memory=max(_MEMORY, limits.memory),
    )


def _render_caged(job: Job, cages: SimpleQueue[Cage]) -> Done:
    cage = cages.get()
    try:
        return cage.run(render_file, job, path=job.path)
    except ReadError as error:
        return Done(path=job.path, failure=error.sentence(job.lang))
    finally:
        cages.put(cage)


def _finish(job: Job, future: Future[Done] | None) -> Done:
    return render_file(job) if future is None else future.result()


def _failed(job: Job, code: str, **values: str) -> Done:
    sentence = load().message(code, job.lang, path=job.path, **values)
    return Done(path=job.path, failure=sentence)
