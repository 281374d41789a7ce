"""Many files, one after another or side by side: jobs in, rendered reports out, in order.

A file that fails becomes a sentence that says why, and the others go on. Only rendered
text comes back from a worker, so that no more than a few reports are held at a time.

>>> [done.failure for done in render_files([Job(path="no-such-file", lang="en")])]
['no-such-file: no such file or folder. Check the name and the path.']
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docparse.errors import DocparseError
from docparse.patterns import load
from docparse.pipeline import parse
from docparse.read import STDIN
from docparse.render.jsontext import json_line
from docparse.render.text import report_text

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_AHEAD = 2  # files given out per worker, so that none waits and few results pile up


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file and how its report is wanted: "text", or one line of "json"."""

    path: str
    format: str = "json"
    lang: str = "vi"
    encoding: str | None = None
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
        report = parse(job.path, encoding=job.encoding, patterns=patterns)
        if job.format == "text":
            made = report_text(report.text, report.outline, report.notices, lang=job.lang)
        else:
            made = json_line(report.to_dict(lang=job.lang))
    except DocparseError as error:
        return Done(path=job.path, failure=error.sentence(job.lang))
    except Exception as error:  # noqa: BLE001  (a fault of ours in one file must not cost the others)
        return _failed(job, "internal-error", reason=f"{type(error).__name__}: {error}")
    return Done(path=job.path, text=made)


def render_files(jobs: Iterable[Job], *, workers: int = 1) -> Iterator[Done]:
    """The results in the order of the jobs, whatever the number of workers."""
    if workers <= 1:
        yield from map(render_file, jobs)
        return
    import signal
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # "spawn" starts clean processes: forking one that has threads can lock up. Ctrl-C goes
    # to every process of the terminal; the workers leave the answer to this one.
    pool = ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )
    waiting: deque[tuple[Job, Future[Done] | None]] = deque()
    try:
        for job in jobs:
            waiting.append((job, _start(pool, job)))
            if len(waiting) >= workers * _AHEAD:
                yield _finish(*waiting.popleft())
        while waiting:
            yield _finish(*waiting.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _start(pool: Executor, job: Job) -> Future[Done] | None:
    """Give a job to a worker; standard input belongs to this process."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return None if job.path == STDIN else pool.submit(render_file, job)
    except BrokenProcessPool:
        return None


def _finish(job: Job, future: Future[Done] | None) -> Done:
    """The result; once a worker has died, what nobody has begun is done here."""
    from concurrent.futures.process import BrokenProcessPool

    if future is None:
        return render_file(job)
    try:
        return future.result()
    except BrokenProcessPool:
        return _failed(job, "worker-died")


def _failed(job: Job, code: str, **values: str) -> Done:
    sentence = load().message(code, job.lang, path=job.path, **values)
    return Done(path=job.path, failure=sentence)
