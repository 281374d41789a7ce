"""Tesseract as a child process: pictures in, words with boxes and confidence out.

>>> parse_tsv("level\\t…\\n5\\t1\\t1\\t1\\t2\\t1\\t10\\t20\\t30\\t12\\t96.5\\tSở\\n")
[Seen(picture=1, line=(1, 1, 2), left=10, top=20, width=30, height=12, sure=0.965, text='Sở')]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docparse.read.caged import beat

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGE = "vie"
PAGE, BLOCK, ONE_LINE = 3, 6, 7  # tesseract's page segmentation modes
_WORD = "5"
_START = 10.0  # seconds that a busy machine takes besides


class Seen(NamedTuple):
    """A word that tesseract saw, in pixels of its picture; pictures count from 1."""

    picture: int
    line: tuple[int, int, int]
    left: int
    top: int
    width: int
    height: int
    sure: float
    text: str


class OcrError(Exception):
    """Tesseract did not do its work; ``code`` names the notice."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@cache
def missing() -> str | None:
    """What is not installed, as the code of the notice that says so, or None."""
    program = shutil.which("tesseract")
    if program is None:
        return "ocr-no-tesseract"
    try:
        listed = subprocess.run(
            [program, "--list-langs"], capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return "ocr-no-tesseract"
    names = (listed.stdout + listed.stderr).decode("utf-8", "replace").split()
    return None if LANGUAGE in names else "ocr-no-language"


def look(pictures: Sequence[Image], *, mode: int, dpi: int, seconds: float) -> list[Seen]:
    """The words of pictures, all in one run: starting costs more than a cell does."""
    if not pictures:
        return []
    with tempfile.TemporaryDirectory(prefix="docparse-ocr-") as folder:
        names = []
        for number, picture in enumerate(pictures):
            path = Path(folder, f"{number:05}.png")
            picture.save(path, compress_level=1)
            names.append(str(path))
        given = Path(folder, "pictures.txt")
        given.write_text("\n".join(names) + "\n")
        return parse_tsv(_run(given, mode, dpi, seconds))


def _run(given: Path, mode: int, dpi: int, seconds: float) -> str:
    command = ["tesseract", str(given), "stdout", "-l", LANGUAGE, "--psm", str(mode)]
    command += ["--dpi", str(dpi), "-c", "tessedit_create_tsv=1"]
    beat(seconds + _START)
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise OcrError("pdf-page-ocr-time") from error
    except OSError as error:
        raise OcrError("ocr-no-tesseract") from error
    if done.returncode:
        raise OcrError("pdf-page-ocr-failed")
    return done.stdout.decode("utf-8", "replace")


def parse_tsv(tsv: str) -> list[Seen]:
    """The words of tesseract's table."""
    found = []
    for row in tsv.split("\n"):
        fields = row.split("\t")
        if fields[0] != _WORD or len(fields) < 12 or not fields[11].strip():
            continue
        picture, block, paragraph, line, _, left, top, width, height = map(int, fields[1:10])
        sure = round(max(0.0, float(fields[10])) / 100, 4)
        place = (block, paragraph, line)
        found.append(Seen(picture, place, left, top, width, height, sure, fields[11].strip()))
    return found
