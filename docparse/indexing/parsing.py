"""What is done with one file inside the cage: a task in, the rows of its report out.

>>> import tempfile
>>> path = Path(tempfile.mkdtemp(), "a.txt")
>>> _ = path.write_text("Số: 12/KH-SCT", encoding="utf-8")
>>> read_file(Task(path=str(path))).entry.report.format
'txt'
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from docparse.index.dense import compress
from docparse.index.rows import Entry, entry
from docparse.patterns import load
from docparse.pipeline import parse
from docparse.read.limits import Limits
from docparse.report import Report

# What reading says although nothing of the text is lost. Any other notice of reading makes the
# report a partial one, also a notice that did not exist yet when this was written.
_HARMLESS = frozenset(
    {
        "legacy-encoding",
        "macros",
        "hidden-sheet",
        "hidden-text",
        "tracked-changes",
        "external-references",
        "web-furniture",
        "pdf-second-reader",
        "pdf-read-by-ocr",
        "pdf-legacy-fonts",
        "table-continued",
        "table-header-repeated",
        "table-columns-moved",
        "table-row-rejoined",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file and how it is to be read."""

    path: str
    encoding: str | None = None
    password: str | None = None
    limits: Limits | None = None
    patterns: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """The rows of a report, and the first notice that says what of the file they lack."""

    entry: Entry
    lacks: str | None = None
    lacks_values: tuple[tuple[str, str], ...] = ()


def read_file(task: Task) -> ReadFile:
    """Parse a file and make its rows."""
    report = parse(
        task.path,
        encoding=task.encoding,
        password=task.password,
        limits=task.limits,
        patterns=load(task.patterns),
    )
    made = report_entry(report)
    for notice in report.source.notices:
        if notice.code not in _HARMLESS:
            return ReadFile(entry=made, lacks=notice.code, lacks_values=notice.values)
    return ReadFile(entry=made)


def warm_up() -> None:
    """Load what all this needs, by doing it once."""
    report_entry(parse(b"So: 12/KH-SCT", path="a.txt"))


def compressed(made: ReadFile) -> ReadFile:
    """The same with its text and record compressed: not done in the child, which has to read."""
    made_entry = made.entry
    return replace(made, entry=made_entry._replace(body=compress(made_entry.body)))


def packed(read: Callable[[Task], ReadFile], task: Task) -> bytes:
    """What ``read`` makes of a task as bytes: who only passes it on need not look into it."""
    return pickle.dumps(compressed(read(task)), pickle.HIGHEST_PROTOCOL)


def report_entry(report: Report) -> Entry:
    """The rows of a report."""
    return entry(
        report.source,
        report.text,
        report.outline,
        report.records,
        report.notices,
        record=report.to_dict(),
    )
