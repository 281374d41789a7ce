"""A collection of hostile and broken files, built when they are wanted, with how each must end."""

from __future__ import annotations

from pathlib import Path

from tests.read.hostile import archives, pages, pdfs, places, sheets, texts, words
from tests.read.hostile.case import Hostile

FILES: tuple[Hostile, ...] = (
    *archives.CASES, *pages.CASES, *pdfs.CASES, *sheets.CASES, *texts.CASES, *words.CASES,
)  # fmt: skip
PLACES = places.CASES


def write_all(folder: Path) -> None:
    """Make all of them in a folder."""
    for case in FILES:
        (folder / case.name).write_bytes(case.make())
    for place in PLACES:
        place.make(folder / place.name)
