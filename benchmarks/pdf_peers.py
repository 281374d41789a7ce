"""One PDF read by one program: its name, a file and rounds in, seconds of processor time out.

    PYTHON benchmarks/pdf_peers.py camelot FILE 3

Needs nothing of docparse unless docparse is asked for, so that each peer may live in an
environment of its own. Prints the best round, and the memory of the process in megabytes.
"""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path


def docparse(path: Path) -> None:
    from docparse.read.pdf import read_pdf

    read_pdf(path.read_bytes(), path="a.pdf")


def pypdfium2(path: Path) -> None:
    """The words only."""
    import pypdfium2

    for page in pypdfium2.PdfDocument(path.read_bytes()):
        page.get_textpage().get_text_bounded()


def pdfplumber(path: Path) -> None:
    """Words and tables, each page closed."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def camelot(path: Path) -> None:
    """Ruled tables only."""
    import warnings

    import camelot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of each page without a table
        camelot.read_pdf(str(path), pages="all", flavor="lattice", suppress_stdout=True)


PEERS = {peer.__name__: peer for peer in (docparse, pypdfium2, pdfplumber, camelot)}


def main(name: str, path: str, rounds: str) -> None:
    import resource

    read = PEERS[name]
    times = []
    for _ in range(int(rounds)):
        began = time.process_time()
        read(Path(path))
        times.append(time.process_time() - began)
    print(min(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
