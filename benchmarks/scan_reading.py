"""How well scans are read: made files in, one line a kind out.

python -m benchmarks.scan_reading text      errors of letters in prose, and of the words marked
python -m benchmarks.scan_reading tables    cells, letters and numbers of tables, ruled or not
python -m benchmarks.scan_reading turned    the same pages sideways and upside down
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks import pdf_files
from benchmarks.pdf_content import Made
from docparse.models import Source

_WAYS = (  # turn, noise, blur
    (0.0, 0.0, 0.0),
    (1.3, 0.02, 0.0),
    (-2.1, 0.05, 0.6),
    (0.6, 0.08, 0.8),
)
_NUMBER = re.compile(r"[\d.,]*\d%?")
_TABLES: dict[str, Callable[[int], Made]] = {
    "ruled": pdf_files.one_page,
    "unruled": lambda seed: pdf_files.loose(seed, "none"),
    "unruled-2": lambda seed: pdf_files.loose(seed, "none", levels=2),
    "half-ruled": lambda seed: pdf_files.loose(seed, "half"),
    "half-ruled-2": lambda seed: pdf_files.loose(seed, "half", levels=2),
    "head-ruled": lambda seed: pdf_files.loose(seed, "head"),
    "down-ruled": lambda seed: pdf_files.loose(seed, "down"),
}


def text() -> None:
    """Print the share of wrong letters of prose and of letters, for each way to scan."""
    from tests.read.pdf.scores import character_errors

    for name, maker in (("prose", pdf_files.plain), ("letter", pdf_files.letter)):
        for turn, noise, blur in _WAYS:
            errors = []
            for seed in range(1, 6):
                made = pdf_files.scan(maker(seed), turn=turn, noise=noise, blur=blur)
                errors.append(character_errors(made.text, _read(made).text))
            _print(f"{name} turn {turn} noise {noise}", errors=errors)


def tables() -> None:
    """Print F1 of cells, wrong letters, and the numbers kept, for each kind of table."""
    from tests.read.pdf.scores import f1

    for kind, maker in _TABLES.items():
        for turn, noise, blur in _WAYS[:2]:
            cells, errors, kept, marked = [], [], [], []
            for seed in range(20, 24):
                made = pdf_files.scan(maker(seed), turn=turn, noise=noise, blur=blur)
                source = _read(made)
                cells.append(f1(made.tables, source))
                errors.append(_letters_wrong(made, source))
                kept.append(_numbers_kept(made, source))
                marked.append(_wrong_marked(made, source))
            title = f"{kind} turn {turn} noise {noise}"
            _print(title, cells=cells, errors=errors, numbers=kept, unmarked=marked)


def turned() -> None:
    """Print cells and wrong letters of pages put in sideways or upside down."""
    from tests.read.pdf.scores import character_errors, f1

    for quarter in range(4):
        errors, cells = [], []
        for seed in (1, 2, 3):
            page = pdf_files.scan(pdf_files.letter(seed), turn=0.7, quarter=quarter)
            errors.append(character_errors(page.text, _read(page).text))
            for maker in (pdf_files.one_page, pdf_files.landscape):
                page = pdf_files.scan(maker(seed), turn=0.7, quarter=quarter)
                cells.append(f1(page.tables, _read(page)))
        _print(f"turned by {90 * quarter}", errors=errors, cells=cells)


def _read(made: Made) -> Source:
    from docparse.read.pdf import read_pdf

    return read_pdf(made.data, path=made.name)


def _letters_wrong(made: Made, source: Source) -> float:
    from tests.read.pdf.scores import character_errors

    truth = " ".join(cell[4] for table in made.tables for cell in table)
    cells = [cell for grid in source.grids for cell in grid.cells]
    return character_errors(truth, " ".join(source.text[c.start : c.end] for c in cells))


def _numbers_kept(made: Made, source: Source) -> float:
    """The share of the numbers, single digits among them, that stand somewhere in the text."""
    wanted = Counter(c[4] for table in made.tables for c in table if _NUMBER.fullmatch(c[4]))
    found = Counter(source.text.split())
    return (wanted & found).total() / max(1, wanted.total())


def _wrong_marked(made: Made, source: Source) -> float:
    """The number of cells that hold a wrong number and are not called doubtful."""
    right = {cell[4] for table in made.tables for cell in table}
    cells = [cell for grid in source.grids for cell in grid.cells if not cell.doubtful]
    read = (" ".join(source.text[cell.start : cell.end].split()) for cell in cells)
    return float(sum(1 for words in read if _NUMBER.fullmatch(words) and words not in right))


def _print(title: str, **scores: Sequence[float]) -> None:
    means = (f"{name} {sum(all_) / len(all_):.4f}" for name, all_ in scores.items())
    worst = (f"{name} {max(all_):.4f}" for name, all_ in scores.items() if name == "errors")
    print(f"{title:32} {'  '.join(means)}  worst {' '.join(worst)}", flush=True)


if __name__ == "__main__":
    {"text": text, "tables": tables, "turned": turned}[sys.argv[1]]()
