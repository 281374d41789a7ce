"""The one place where the stages meet: a file goes in, a report comes out.

>>> parse(b"1. Ho so", path="a.txt").sections[0].label
'1.'
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from docparse.errors import ReadError
from docparse.extract import extract
from docparse.models import Source
from docparse.patterns import Patterns, load
from docparse.read import Limits, find_files, read
from docparse.repair import repair
from docparse.report import Report
from docparse.structure import structure


def parse(
    file: str | Path | bytes | BinaryIO,
    *,
    path: str | None = None,
    encoding: str | None = None,
    password: str | None = None,
    limits: Limits | None = None,
    patterns: Patterns | None = None,
) -> Report:
    """Parse one file, the bytes of one, or "-" for standard input.

    ``password`` opens a locked PDF; ``limits`` is what reading this file may cost.
    """
    source = read(file, path=path, encoding=encoding, password=password, limits=limits)
    return parse_source(source, patterns or load())


def parse_source(source: Source, patterns: Patterns) -> Report:
    """Parse what has been read already, as it stands."""
    text = repair(source, patterns)
    outline = structure(text, patterns)
    records = extract(text, outline, patterns)
    return Report(source=source, text=text, outline=outline, records=records)


def parse_folder(
    *paths: str | Path,
    encoding: str | None = None,
    password: str | None = None,
    limits: Limits | None = None,
    patterns: Patterns | None = None,
) -> Iterator[Report | ReadError]:
    """Parse every readable file below the paths; a file that fails yields its error."""
    for path in find_files(*paths):
        try:
            yield parse(
                path, encoding=encoding, password=password, limits=limits, patterns=patterns
            )
        except ReadError as error:
            yield error
