"""Test PDFs set by LibreOffice from HTML, as a clerk's Word would: seeds in, files out.

program = office()   # None where LibreOffice is not installed
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pdf_content import Key, Made, flat_table, prose, report_table


def office() -> str | None:
    """The LibreOffice program, if there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def html_table(
    cells: Sequence[Key], *, repeat: int, border: int = 1, middle: bool = False, style: str = ""
) -> str:
    """The table as HTML; ``middle`` sets words in the middle of their cells."""
    place = 'valign="middle" align="center"' if middle else 'valign="top"'
    rows: dict[int, list[Key]] = {}
    for cell in sorted(cells):
        rows.setdefault(cell[0], []).append(cell)
    made = []
    for row, held in sorted(rows.items()):
        inner = "".join(
            f'<td rowspan="{down}" colspan="{across}" width="{_HTML_WIDTHS[column] * across}%" '
            f'{place} style="{style}"><p>{html.escape(text)}</p></td>'
            for _, column, down, across, text in held
        )
        made.append((row, f"<tr>{inner}</tr>"))
    head = "".join(row for number, row in made if number < repeat)
    body = "".join(row for number, row in made if number >= repeat)
    frame = f'border="{border}" cellspacing="0" cellpadding="4" width="100%"'
    return f"<table {frame}><thead>{head}</thead><tbody>{body}</tbody></table>"


_HTML_WIDTHS = (6, 30, 11, 11, 12, 10, 20)
_STYLE = "p {margin: 0; font-family: 'Liberation Serif'; font-size: 12pt}"


def by_office(pages: Sequence[tuple[str, str]]) -> list[bytes]:
    """PDFs of (name, HTML body) by one run of LibreOffice."""
    program = office()
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, body in pages:
            path = Path(folder, f"{name}.html")
            page = f"<html><head><meta charset='utf-8'><style>{_STYLE}</style></head><body>{body}"
            path.write_text(page + "</body></html>", encoding="utf-8")
            paths.append(path)
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"]
        command += ["--outdir", folder, *map(str, paths)]
        own = {**os.environ, "TMPDIR": folder}
        subprocess.run(command, capture_output=True, timeout=300, check=True, env=own)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


def office_files(seeds: Sequence[int]) -> list[Made]:
    """Tables of every kind, and prose, set by LibreOffice."""
    bodies: list[tuple[str, str]] = []
    truths: list[tuple[str, tuple[Key, ...]]] = []
    for seed in seeds:
        around = f"<p>{html.escape(prose(seed, 3))}</p>"
        single, flat = report_table(seed, 9, index_row=seed % 2 == 0), flat_table(seed, 10)
        heads = 2 + (seed % 2 == 0)
        many = report_table(seed + 50, 90, index_row=seed % 2 == 0)
        tables = {
            "ruled": (single, html_table(single, repeat=2)),
            "middle": (single, html_table(single, repeat=2, middle=True)),
            "pages": (many, html_table(many, repeat=heads)),
            "plain": (many, html_table(many, repeat=0)),
            "unruled": (flat, html_table(flat, repeat=1, border=0)),
            "unruled-middle": (flat, html_table(flat, repeat=1, border=0, middle=True)),
            "half": (flat, html_table(flat, repeat=1, border=0, style=_LINES_ACROSS)),
        }
        for kind, (cells, made) in tables.items():
            bodies.append((f"office-{kind}-{seed}", around + made + around))
            truths.append(("", cells))
        bodies.append((f"office-prose-{seed}", f"<p>{html.escape(prose(seed, 20))}</p>"))
        truths.append((prose(seed, 20), ()))
    return [
        Made(name=name, data=data, text=text, tables=(cells,) if cells else ())
        for (name, _), data, (text, cells) in zip(bodies, by_office(bodies), truths, strict=False)
    ]


_LINES_ACROSS = "border-top: 1px solid #000000; border-bottom: 1px solid #000000; padding: 4px"
