"""Whether memory stays flat over many files: a folder of mixed reports in, the memory out.

    python -m benchmarks.many_files [--files 2000] [--jobs 2]

Does what ``docparse parse FOLDER --jobs 2`` does and prints, after 100, 500, 1000 … files, the
memory of this process and the most that any of its children has.
"""

from __future__ import annotations

import argparse
import html
import io
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pdf_content import Made, prose
from benchmarks.pdf_files import loose, one_page, plain
from docparse.batch import Job, render_files
from tests.read.making import docx, p, tbl, tc

_TOLD = (100, 500, 1000, 1500)
_CORPUS = Path(__file__).parents[1] / "corpus"
_PAGE = 4096


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = list(_write(Path(folder), given.files))
        began = time.monotonic()
        largest, failed = 0, 0
        for count, done in enumerate(
            render_files((Job(path=str(path)) for path in paths), workers=given.jobs), 1
        ):
            failed += done.failure is not None
            if count % 10 == 0:
                largest = max([largest, *_children()])
            if count in _TOLD or count == given.files:
                print(
                    f"{count:5} files: parent {_resident('self'):4} MB, largest child so far "
                    f"{largest:4} MB, {time.monotonic() - began:.0f} s, {failed} failed",
                    flush=True,
                )


def _write(folder: Path, count: int) -> Iterator[Path]:
    """So many files of every kind that needs no other program, no two the same."""
    texts = [path.read_text("utf-8") for path in sorted(_CORPUS.glob("*.txt"))]
    pdfs = [make(seed).data for make in (plain, one_page, _unruled) for seed in range(5)]
    for number in range(count):
        text = f"{texts[number % len(texts)]}\n{prose(number, 3)}\n"
        kind = ("txt", "docx", "html", "xlsx", "pdf")[number % 5]
        path = folder / f"{number:05}.{kind}"
        if kind == "txt":
            path.write_text(text, "utf-8")
        elif kind == "html":
            lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n"))
            path.write_text(f"<html><meta charset=utf-8>{lines}</html>", "utf-8")
        elif kind == "docx":
            lines = "".join(p(html.escape(line)) for line in text.split("\n"))
            path.write_bytes(docx(lines + tbl(*[tc("Chỉ tiêu") + tc(str(number))] * 20)))
        elif kind == "xlsx":
            path.write_bytes(_sheet(number))
        else:
            path.write_bytes(pdfs[number // 5 % len(pdfs)])
        yield path


def _unruled(seed: int) -> Made:
    return loose(seed, "none")


def _sheet(number: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in range(50):
        book.active.append([row, f"Chỉ tiêu {row}", number * row, row / 7])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _resident(process: str) -> int:
    return int(Path("/proc", process, "statm").read_text().split()[1]) * _PAGE // 1_000_000


def _children() -> list[int]:
    """The memory of each child; one that is ending may be gone meanwhile."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                found.append(_resident(child))
            except (OSError, IndexError):
                continue
    return found


if __name__ == "__main__":
    main()
