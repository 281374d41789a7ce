"""Tables of ODS, ODT and XLS files that LibreOffice made of flat XML, in Unicode and old fonts."""

import os
import subprocess
import tomllib
from functools import cache
from html import escape
from pathlib import Path

import pytest

from docparse.patterns.data import data_path
from docparse.read import read
from docparse.read.office import find_program

pytestmark = pytest.mark.skipif(
    find_program() is None, reason="LibreOffice is not installed (libreoffice-writer-nogui)"
)

# Words, columns and rows that a cell spans; None is covered by another cell.
_Cell = tuple[str, int, int] | None
ROWS: tuple[tuple[_Cell, ...], ...] = (
    (("STT", 1, 2), ("Chỉ tiêu", 1, 2), ("Kết quả thực hiện", 2, 1), None),
    (None, None, ("Kế hoạch", 1, 1), ("Tỷ lệ", 1, 1)),
    (("1", 1, 1), ("Tổng số hồ sơ tiếp nhận", 1, 1), ("=1200", 1, 1), ("=0.9894", 1, 1)),
    (("2", 1, 1), ("Thủ tục được giải quyết đúng hạn", 1, 1), ("=16075", 1, 1), ("=1", 1, 1)),
)
SHOWN = {"=1200": "1.200", "=16075": "16.075", "=0.9894": "98,94%", "=1": "100,00%"}
FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times", "unicode": "Liberation Serif"}
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("number", "datastyle"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_NUMBER = '<number:number number:decimal-places="{}" number:min-integer-digits="1"{}/>'
_GROUPED = ' number:grouping="true"'
_STYLES = (
    "<office:automatic-styles>"
    f'<number:number-style style:name="N">{_NUMBER.format(0, _GROUPED)}'
    "</number:number-style>"
    f'<number:percentage-style style:name="R">{_NUMBER.format(2, "")}'
    "<number:text>%</number:text></number:percentage-style>"
    + "".join(
        f'<style:style style:name="{name}" style:family="{family}"{more}>'
        '<style:text-properties style:font-name="F"/></style:style>'
        for name, family, more in (
            ("P", "paragraph", ""), ("c", "table-cell", ""),
            ("n", "table-cell", ' style:data-style-name="N"'),
            ("r", "table-cell", ' style:data-style-name="R"'),
        )
    )
    + "</office:automatic-styles>"
)  # fmt: skip


@cache
def _letters(encoding: str) -> dict[str, str]:
    if encoding == "unicode":
        return {}
    with data_path("encodings", f"{encoding}.toml").open("rb") as file:
        letters: dict[str, str] = tomllib.load(file)["letters"]
    return letters


def _flat(kind: str, encoding: str) -> str:
    """A file of flat XML whose letters are typed in an encoding."""
    letters = _letters(encoding)
    rows = "".join(
        "<table:table-row>" + "".join(_cell(cell, kind, letters) for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )  # fmt: skip
    face = f'<style:font-face style:name="F" svg:font-family="{FONTS[encoding]}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.2"'
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:font-face-decls>'
        f"{face}</office:font-face-decls>{_STYLES}<office:body><office:{kind}>"
        '<table:table table:name="A"><table:table-column table:number-columns-repeated="4"/>'
        f"{rows}</table:table></office:{kind}></office:body></office:document>"
    )


def _cell(cell: _Cell, kind: str, letters: dict[str, str]) -> str:
    if cell is None:
        return "<table:covered-table-cell/>"
    words, across, down = cell
    spans = f'table:number-columns-spanned="{across}" table:number-rows-spanned="{down}"'
    if words.startswith("=") and kind == "spreadsheet":
        share = SHOWN[words].endswith("%")
        about = f'office:value-type="{"percentage" if share else "float"}"'
        style = f'table:style-name="{"r" if share else "n"}" office:value="{words[1:]}"'
        return f"<table:table-cell {about} {style} {spans}/>"
    typed = "".join(letters.get(char, char) for char in SHOWN.get(words, words))
    return (
        f'<table:table-cell table:style-name="c" office:value-type="string" {spans}>'
        f'<text:p text:style-name="P">{escape(typed)}</text:p></table:table-cell>'
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of each kind in each encoding."""
    folder = tmp_path_factory.mktemp("opendocument")
    program = str(find_program())
    own = {**os.environ, "TMPDIR": str(folder)}
    for flat, kind, endings in (
        ("fods", "spreadsheet", ("ods", "xls")), ("fodt", "text", ("odt",)),
    ):  # fmt: skip
        for encoding in FONTS:
            (folder / f"{encoding}.{flat}").write_text(_flat(kind, encoding), encoding="utf-8")
        for ending in endings:
            command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
            command += ["--headless", "--convert-to", ending, "--outdir", str(folder)]
            command += [str(folder / f"{encoding}.{flat}") for encoding in FONTS]
            subprocess.run(command, capture_output=True, timeout=300, check=True, env=own)
    return folder


@pytest.mark.parametrize("encoding", list(FONTS))
@pytest.mark.parametrize("ending", ["ods", "odt", "xls"])
def test_every_cell_with_its_spans(made: Path, ending: str, encoding: str) -> None:
    source = read(made / f"{encoding}.{ending}")
    (grid,) = source.grids
    found = {
        (cell.row, cell.column, cell.row_span, cell.column_span): source.text[cell.start : cell.end]
        for cell in grid.cells
    }
    plain = {"=1200": "1200", "=16075": "16075", "=0.9894": "0.9894", "=1": "1"}
    shown = plain if ending == "xls" else SHOWN
    wanted = {
        (row, column, cell[2], cell[1]): shown.get(cell[0], cell[0])
        for row, cells in enumerate(ROWS)
        for column, cell in enumerate(cells)
        if cell is not None
    }
    assert found == wanted
    assert (source.encoding or "unicode") == encoding
