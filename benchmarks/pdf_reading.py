"""How well and how fast PDFs are read: made files in, one line a kind out.

python -m benchmarks.pdf_reading tables   F1 of cells for each kind of table
python -m benchmarks.pdf_reading speed    pages a second, beside pypdfium2 and pdfplumber
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable

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


def speed() -> None:
    """Print pages a second of processor time, the best of five, and the memory used."""
    import resource

    import pdfplumber
    import pypdfium2

    from docparse.read.pdf import read_pdf

    def text(data: bytes) -> None:
        for page in pypdfium2.PdfDocument(data):
            page.get_textpage().get_text_bounded()

    def cells(data: bytes) -> None:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
                page.close()

    def ours(data: bytes) -> None:
        read_pdf(data, path="a.pdf")

    for name, made in (("text", plain(1)), ("tables", over_pages(1))):
        data = repeated(made.data, 60)
        rates = [f"{title} {_rate(run, data):.0f}" for title, run in _named(ours, text, cells)]
        print(f"{name}: pages a second: {', '.join(rates)}")
    ours(repeated(plain(1).data, 1000))
    print(f"1000 pages: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _named(*runs: Callable[[bytes], None]) -> list[tuple[str, Callable[[bytes], None]]]:
    return list(zip(("docparse", "pypdfium2 (text only)", "pdfplumber"), runs, strict=True))


def _rate(run: Callable[[bytes], None], data: bytes) -> float:
    import pypdfium2

    times = []
    for _ in range(3):
        began = time.process_time()
        run(data)
        times.append(time.process_time() - began)
    return len(pypdfium2.PdfDocument(data)) / min(times)


def repeated(data: bytes, pages: int) -> bytes:
    """A file of so many pages, made of one file again and again."""
    import pypdfium2

    source, whole = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    while len(whole) < pages:
        whole.import_pages(source)
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    {"tables": tables, "speed": speed}[sys.argv[1]]()
