"""How well and how fast PDFs are read: made files in, one line a kind out.

python -m benchmarks.pdf_reading tables   F1 of cells for each kind of table
python -m benchmarks.pdf_reading speed    pages a second, beside pypdfium2, pdfplumber, camelot
                                 --camelot PYTHON   an interpreter that has camelot-py
                                 --pages 60, --rounds 3   less is quicker, and less sure
python -m benchmarks.pdf_reading memory   the memory that a file of 1000 pages takes
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.pdf_files import MAKERS, over_pages, plain
from benchmarks.pdf_office import office_files


def tables() -> None:
    """Print the F1 of cells for each kind of table."""
    from docparse.read.pdf import read_pdf
    from tests.read.pdf.scores import f1

    seeds = range(20, 28)
    made = [MAKERS[kind](seed) for kind in MAKERS for seed in seeds] + office_files(seeds)
    scores: dict[str, list[float]] = {}
    for file in made:
        if file.tables:
            kind = file.name.rsplit("-", 1)[0]
            scores.setdefault(kind, []).append(f1(file.tables, read_pdf(file.data, path=file.name)))
    for kind, found in scores.items():
        print(
            f"{kind:16} {sum(found) / len(found):.4f}  worst {min(found):.4f}  files {len(found)}"
        )


def speed(camelot: str, size: int, rounds: int) -> None:
    """Print pages a second of processor time, each program in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data, pages in _speed_files(size):
            path = Path(folder, f"{name}.pdf")
            path.write_bytes(data)
            ours = _pages_a_second(sys.executable, "docparse", path, pages, rounds)
            print(f"{name}: {pages} pages")
            _tell("docparse", ours, ours)
            for peer, python in (
                ("pypdfium2", sys.executable),
                ("pdfplumber", sys.executable),
                ("camelot", camelot),
            ):
                _tell(peer, _pages_a_second(python, peer, path, pages, rounds), ours)


def _speed_files(size: int) -> Iterator[tuple[str, bytes, int]]:
    """What is read: prose, a table over all pages, and reports as LibreOffice sets them."""
    yield "text", repeated(plain(1).data, size), size
    yield "tables", repeated(over_pages(1).data, size), size
    reports = [made.data for made in office_files([1, 2])]
    if reports:
        data = joined(reports)
        yield "reports", data, _count(data)
    else:
        print("reports: LibreOffice, which sets them, is not installed")


def _pages_a_second(python: str, peer: str, path: Path, pages: int, rounds: int) -> float | str:
    """The speed of the best round, or why there is none."""
    if not python:
        return f"not measured, give --{peer} PYTHON (see benchmarks/README.md)"
    command = [python, str(Path(__file__).with_name("pdf_peers.py")), peer, str(path), str(rounds)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        return f"not measured: {made.stderr.strip().splitlines()[-1]}"
    return pages / float(made.stdout.split()[-2])


def _tell(name: str, rate: float | str, ours: float | str) -> None:
    if isinstance(rate, str) or isinstance(ours, str):
        print(f"  {name:12} {rate}")
    else:
        print(f"  {name:12} {rate:7.1f} pages/s   docparse is {ours / rate:.1f} x as fast")


def memory() -> None:
    """Print the most memory that a file of 1000 pages takes, text and tables."""
    with tempfile.TemporaryDirectory() as folder:
        for name, made in (("text", plain(1)), ("tables", over_pages(1))):
            path = Path(folder, f"{name}.pdf")
            path.write_bytes(repeated(made.data, 1000))
            command = [sys.executable, str(Path(__file__).with_name("pdf_peers.py"))]
            said = subprocess.run(
                [*command, "docparse", str(path), "1"], capture_output=True, text=True, check=True
            )
            print(f"{name}: 1000 pages read in {said.stdout.split()[-1]} MB")


def _count(data: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(data))


def joined(files: Sequence[bytes]) -> bytes:
    """One file of all the pages of some."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def repeated(data: bytes, pages: int) -> bytes:
    """A file of so many pages, made of one file again and again."""
    import pypdfium2

    source, whole = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    while len(whole) < pages:
        whole.import_pages(source)
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("tables", "speed", "memory"))
    parser.add_argument("--camelot", metavar="PYTHON", default="")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if given.what == "speed":
        speed(given.camelot, given.pages, given.rounds)
    else:
        {"tables": tables, "memory": memory}[given.what]()


if __name__ == "__main__":
    main()
