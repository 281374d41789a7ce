"""Test PDFs with known truth, from two producers: a seed in, files with what they say out.

reportlab draws what it is told letter by letter; LibreOffice sets HTML as a clerk's Word would.
Nothing is stored: the same seed makes the same files.

    python -m benchmarks.pdf_files DIR     writes them all into a folder, truth beside them
"""

from __future__ import annotations

import html
import io
import json
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from benchmarks.pdf_content import (
    SENTENCES,
    Key,
    Made,
    deep_table,
    flat_table,
    moved,
    prose,
    report_table,
)
from benchmarks.pdf_office import office_files

SERIF = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerifCondensed.ttf")
SANS = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PATTERNS = Path(__file__).parents[1] / "patterns"


# --- reportlab ---------------------------------------------------------------------------


@cache
def _fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("Serif", str(SERIF)))
    pdfmetrics.registerFont(TTFont("Sans", str(SANS)))


def _paragraph(text: str, size: float = 11, font: str = "Serif", **style: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    _fonts()
    made = ParagraphStyle("a", fontName=font, fontSize=size, leading=size * 1.2, **style)
    return Paragraph(text, made)


def _marked(text: str) -> str:
    """A number of a document may break after its hyphen, as Word does it."""
    return html.escape(text)


def _build(story: Sequence[Any], **document: Any) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    buffer = io.BytesIO()
    options = {"pagesize": A4, "leftMargin": 50, "rightMargin": 40, "invariant": 1} | document
    SimpleDocTemplate(buffer, **options).build(
        list(story), onFirstPage=_page_number, onLaterPages=_page_number
    )
    return buffer.getvalue()


def _page_number(canvas: Any, document: Any) -> None:
    if document.page > 1:
        canvas.setFont("Serif", 11)
        canvas.drawCentredString(300, 805, str(document.page))


_WIDTHS = (32, 150, 52, 52, 56, 50, 108)


def reportlab_table(
    cells: Sequence[Key],
    *,
    ruled: str = "grid",
    repeat: int = 0,
    widths: Sequence[float] = _WIDTHS,
    size: float = 10,
    split: bool = True,
) -> Any:
    """A platypus table; ``ruled`` is "grid", "none", "half" (across), "head" or "down"."""
    from reportlab.lib.colors import black
    from reportlab.platypus import LongTable

    rows = max(cell[0] + cell[2] for cell in cells)
    columns = max(cell[1] + cell[3] for cell in cells)
    grid: list[list[Any]] = [[""] * columns for _ in range(rows)]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    for row, column, down, across, text in cells:
        numeric = text[:1].isdigit() and column in (0, 3, 4, 5)
        kind = {"alignment": 1} if row < 2 or numeric else {}
        grid[row][column] = _paragraph(_marked(text), size, **kind) if text else ""
        if down > 1 or across > 1:
            style.append(("SPAN", (column, row), (column + across - 1, row + down - 1)))
    top, bottom = ("LINEABOVE", (0, 0), (-1, 0)), ("LINEBELOW", (0, -1), (-1, -1))
    frame = ("BOX", (0, 0), (-1, -1), 1, black)
    under_head = ("LINEBELOW", (0, 0), (-1, 0), 0.5, black)
    lines: dict[str, list[tuple[Any, ...]]] = {
        "grid": [("GRID", (0, 0), (-1, -1), 0.6, black)],
        "none": [],
        "half": [(*top, 0.8, black), ("LINEBELOW", (0, 0), (-1, -1), 0.5, black)],
        "head": [(*top, 0.8, black), under_head, (*bottom, 0.8, black)],
        "down": [("LINEBEFORE", (0, 0), (-1, -1), 0.5, black), frame, under_head],
    }
    style += lines[ruled]
    return LongTable(
        grid, colWidths=list(widths), repeatRows=repeat, style=style, splitInRow=int(split)
    )


def _around(table: Any, seed: int) -> list[Any]:
    from reportlab.platypus import Spacer

    title = _paragraph("BIỂU TỔNG HỢP KẾT QUẢ THỰC HIỆN CHỈ TIÊU NĂM 2021", 13, alignment=1)
    before = _paragraph(prose(seed, 3), 13)
    after = _paragraph(prose(seed + 1, 2), 13)
    return [title, before, Spacer(1, 8), table, Spacer(1, 10), after]


def one_page(seed: int) -> Made:
    """A ruled table on one page under a header of two levels."""
    cells = report_table(seed, 9, index_row=seed % 2 == 0)
    data = _build(_around(reportlab_table(cells), seed))
    return Made(name=f"ruled-{seed}", data=data, tables=(cells,))


def over_pages(seed: int, *, header: bool = True, rows: int = 95) -> Made:
    """A table of about five pages, rows cut by the page breaks."""
    cells = report_table(seed, rows, index_row=seed % 2 == 0)
    table = reportlab_table(cells, repeat=(2 + (seed % 2 == 0)) if header else 0)
    data = _build(_around(table, seed))
    name = f"pages-{'header' if header else 'plain'}-{seed}"
    return Made(name=name, data=data, tables=(cells,))


def loose(seed: int, ruled: str, *, levels: int = 1) -> Made:
    """A table with no lines, or with lines across only, or down only."""
    cells = flat_table(seed, 10) if levels == 1 else report_table(seed, 9)
    data = _build(_around(reportlab_table(cells, ruled=ruled), seed))
    return Made(name=f"{ruled}-{levels}-{seed}", data=data, tables=(cells,))


def narrow(seed: int) -> Made:
    """A table so narrow that words and numbers are cut anywhere."""
    cells = report_table(seed, 8)
    table = reportlab_table(cells, widths=(20, 90, 30, 30, 32, 32, 52))
    return Made(name=f"narrow-{seed}", data=_build([table]), tables=(cells,))


def deep(seed: int) -> Made:
    """A table over pages under a header of three levels."""
    cells = deep_table(seed, 50)
    data = _build([reportlab_table(cells, repeat=3)])
    return Made(name=f"deep-{seed}", data=data, tables=(cells,))


def two_halves(seed: int, *, header: bool) -> Made:
    """One table on two pages whose columns have other widths on the second."""
    from reportlab.platypus import PageBreak

    first, second = report_table(seed, 8), report_table(seed + 1, 8)
    below = moved(second[8:], 0, 8)
    widths = (40, 130, 60, 50, 50, 60, 110)
    shown = (*second[:8], *below) if header else moved(below, -2)
    halves = [reportlab_table(first), PageBreak(), reportlab_table(shown, widths=widths)]
    whole = (*first, *moved(below, 8))
    return Made(name=f"halves-{header}-{seed}", data=_build(halves), tables=(whole,))


def landscape(seed: int) -> Made:
    """A ruled table on a page that is wider than tall."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pagesizes import landscape as lying

    cells = report_table(seed, 7)
    table = reportlab_table(cells, widths=(32, 260, 70, 70, 80, 70, 160), size=11)
    data = _build(_around(table, seed), pagesize=lying(A4))
    return Made(name=f"landscape-{seed}", data=data, tables=(cells,))


def two_tables(seed: int) -> Made:
    """Two tables on two pages, each with its own header."""
    from reportlab.platypus import PageBreak

    first, second = report_table(seed, 8), flat_table(seed + 1, 6)
    data = _build([reportlab_table(first), PageBreak(), reportlab_table(second)])
    return Made(name=f"two-{seed}", data=data, tables=(first, second))


def plain(seed: int, **kind: Any) -> Made:
    """Prose of a page or two."""
    text = prose(seed, 24)
    spelled = normalize("NFD", text) if kind.get("nfd") else text
    return Made(name=f"plain-{seed}", data=_build([_paragraph(spelled, 13)]), text=text)


def two_fonts(seed: int) -> Made:
    """Prose whose accented letters come from another font, as Word's fallback does it."""
    text = prose(seed, 20)
    pieces = []
    for char in text:
        other = ord(char) > 0xFF
        pieces.append(f'<font name="Sans">{char}</font>' if other else html.escape(char))
    return Made(name=f"two-fonts-{seed}", data=_build([_paragraph("".join(pieces), 13)]), text=text)


def nfd(seed: int) -> Made:
    """Prose with its marks apart from the letters."""
    made = plain(seed, nfd=True)
    return Made(name=f"nfd-{seed}", data=made.data, text=made.text)


@cache
def _old_font(name: str, encoding: str) -> tuple[str, dict[str, str]]:
    """A font that shows Vietnamese letters on the codes of an old encoding."""
    with (PATTERNS / "encodings" / f"{encoding}.toml").open("rb") as file:
        letters = {a: b for a, b in tomllib.load(file)["letters"].items() if len(b) == 1}
    _register(name, letters.items(), capitals=name.endswith("H"))
    return name, letters


@cache
def _scrambled_font() -> tuple[str, dict[str, str]]:
    """A font that shows Vietnamese letters on codes that mean nothing."""
    accented = sorted({char for char in "".join(SENTENCES) if not char.isascii()})
    letters = {char: chr(0x1401 + at) for at, char in enumerate(accented)}
    _register("Scrambled", letters.items(), capitals=False)
    return "Scrambled", letters


def _register(name: str, letters: Iterable[tuple[str, str]], *, capitals: bool) -> None:
    """Make a font that shows each letter on the code given, and register it."""
    from fontTools.ttLib import TTFont as Font
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font, letters = Font(SERIF), list(letters)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            glyphs = dict(table.cmap)
            for letter, seen in letters:
                shown = letter.upper() if capitals else letter
                if ord(shown) in glyphs:
                    table.cmap[ord(seen)] = glyphs[ord(shown)]
            if capitals:
                for code in range(0x61, 0x7B):
                    table.cmap[code] = glyphs[code - 32]
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = name
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    pdfmetrics.registerFont(TTFont(name, file))


def scrambled(seed: int) -> Made:
    """Prose that looks right and whose letters mean nothing: only OCR can read it."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    font, letters = _scrambled_font()
    text = prose(seed, 12)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    lines = textwrap.wrap(text, 80, break_on_hyphens=False)
    typed = ["".join(letters.get(char, char) for char in line) for line in lines]
    _draw_lines(canvas, font, typed, 780)
    canvas.save()
    return Made(name=f"scrambled-{seed}", data=buffer.getvalue(), text=text)


def old_font(seed: int) -> Made:
    """Prose typed in TCVN3: the file says "céng hoµ" and shows "cộng hoà"."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    body, letters = _old_font(".VnTime", "tcvn3")
    capitals, _ = _old_font(".VnTimeH", "tcvn3")
    title, text = "BÁO CÁO KẾT QUẢ CÔNG TÁC", prose(seed, 20)

    def typed(words: str) -> str:
        return "".join(letters.get(char, char) for char in words)

    text = "".join(char if char in letters or char.isascii() else char.lower() for char in text)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    # Not by Paragraph, which takes the letter ư (the soft hyphen's code) for a hyphen.
    _draw_lines(canvas, capitals, [typed(title.lower())], 780)
    lines = textwrap.wrap(text, 84, break_on_hyphens=False)
    _draw_lines(canvas, body, [typed(line) for line in lines], 750)
    _draw_lines(canvas, "Serif", [_UNICODE_LINE], 740 - 17 * len(lines))
    canvas.save()
    whole = f"{title} {text} {_UNICODE_LINE}"
    return Made(name=f"tcvn3-{seed}", data=buffer.getvalue(), text=whole)


_UNICODE_LINE = "Trang này có cả chữ Unicode: Sở Công Thương tỉnh Bình Lâm."


@cache
def _vni_font() -> tuple[str, dict[str, str]]:
    """A font of VNI, where most letters are typed as two: one, and one drawn as its mark."""
    with (PATTERNS / "encodings" / "vni.toml").open("rb") as file:
        letters: dict[str, str] = tomllib.load(file)["letters"]
    shown = [
        (normalize("NFD", letter)[1] if len(typed) > 1 else letter, typed[-1])
        for letter, typed in letters.items()
    ]
    _register("VNI-Times", shown, capitals=False)
    return "VNI-Times", letters


def old_letters(seed: int, encoding: str, *, only: bool = False) -> Made:
    """Prose typed in VNI or VISCII under a title in capitals and, unless ``only``, over Unicode.

    In VNI the file says "Coäng hoøa" and shows "Cộng hòa": the mark is drawn over the letter.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    font, letters = _vni_font() if encoding == "vni" else _old_font("MinhQuan1.1", encoding)
    title, text = "BÁO CÁO KẾT QUẢ CÔNG TÁC NĂM 2021", prose(seed, 20)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    lines = [title, *textwrap.wrap(text, 80, break_on_hyphens=False)]
    typed = ["".join(letters.get(char, char) for char in line) for line in lines]
    _draw_lines(canvas, font, typed, 780)
    if not only:
        _draw_lines(canvas, "Serif", [_UNICODE_LINE], 770 - 17 * len(lines))
    canvas.save()
    whole = " ".join([*lines, *([] if only else [_UNICODE_LINE])])
    return Made(name=f"{encoding}-{seed}", data=buffer.getvalue(), text=whole)


def _draw_lines(canvas: Any, font: str, lines: Sequence[str], top: float) -> None:
    canvas.setFont(font, 12)
    for index, line in enumerate(lines):
        canvas.drawString(60, top - 17 * index, line)


def letter(seed: int, *, rotate: int = 0) -> Made:
    """A letter with a letterhead and a signature block in two columns."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    left = ("UBND TỈNH BÌNH LÂM", "SỞ CÔNG THƯƠNG", f"Số: {seed + 100}/SCT-VP", "V/v báo cáo")
    right = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bình Lâm, ngày 25 tháng 02 năm 2021",
    )
    closing = ("Nơi nhận:", "- Như trên;", "- UBND tỉnh (b/c);", "- Lưu: VT, KTTH.")
    signer = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn Bình")
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont("Serif", 13)
    for index, line in enumerate(left):
        canvas.drawCentredString(150, 780 - 17 * index, line)
    for index, line in enumerate(right):
        canvas.drawCentredString(420, 780 - 19 * index, line)
    canvas.drawCentredString(300, 690, "Kính gửi: Ủy ban nhân dân tỉnh Bình Lâm")
    body = _paragraph(prose(seed, 6), 13)
    body.wrap(480, 400)
    body.drawOn(canvas, 60, 660 - body.height)
    top = 620 - body.height
    canvas.setFont("Serif", 12)
    for index, line in enumerate(closing):
        canvas.drawString(60, top - 14 * index, line)
    for index, line in enumerate(signer):
        canvas.drawCentredString(430, top - (0, 17, 80)[index], line)
    canvas.save()
    words = " ".join((*left, *right, "Kính gửi: Ủy ban nhân dân tỉnh Bình Lâm", prose(seed, 6)))
    words += " " + " ".join((*closing, *signer))
    data = turned(buffer.getvalue(), rotate)
    return Made(name=f"letter-{rotate}-{seed}", data=data, text=words)


def turned(data: bytes, degrees: int) -> bytes:
    """The same pages, to be shown turned clockwise."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(degrees)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def ghost(seed: int) -> Made:
    """Prose on white and grey shading, and a frame: no table at all."""
    from reportlab.lib.colors import lightgrey, white
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    body = _paragraph(prose(seed, 14), 13)
    body.wrap(480, 700)
    for index in range(14):
        canvas.setFillColor(white if index % 3 else lightgrey)
        canvas.rect(60, 780 - 16 * index, 480, 15, stroke=0, fill=1)
        canvas.rect(60 + 30 * index, 780 - 16 * index, 90, 15, stroke=0, fill=1)
    canvas.rect(50, 790 - body.height, 500, body.height + 10, stroke=1, fill=0)
    body.drawOn(canvas, 60, 790 - body.height)
    canvas.save()
    return Made(name=f"ghost-{seed}", data=buffer.getvalue(), text=prose(seed, 14))


# --- scans -------------------------------------------------------------------------------


def scan(
    made: Made,
    *,
    dpi: int = 200,
    turn: float = 0.0,
    noise: float = 0.0,
    blur: float = 0.0,
    quarter: int = 0,
) -> Made:
    """The pages of a file as a scanner sees them: pictures, askew, grainy and out of focus.

    ``quarter`` turns them clockwise by quarters: pages put in sideways or upside down.
    """
    import numpy as np
    import pypdfium2
    from PIL import Image, ImageFilter

    chance = np.random.default_rng(len(made.data))
    pictures = []
    document = pypdfium2.PdfDocument(made.data)
    for page in document:
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        picture = picture.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
        if blur:
            picture = picture.filter(ImageFilter.GaussianBlur(blur))
        grey = np.rot90(np.asarray(picture), -quarter).astype(np.float64)
        grey += chance.normal(0, 255 * noise, grey.shape)
        pictures.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
        page.close()
    document.close()
    buffer = io.BytesIO()
    pictures[0].save(
        buffer, "PDF", resolution=dpi, save_all=True, append_images=pictures[1:], quality=85
    )
    name = f"scan-{made.name}-{turn}-{noise}-{quarter}"
    return Made(name=name, data=buffer.getvalue(), text=made.text, tables=made.tables)


# --- all of them -------------------------------------------------------------------------

MAKERS: dict[str, Callable[[int], Made]] = {
    "ruled": one_page,
    "pages-header": over_pages,
    "pages-plain": lambda seed: over_pages(seed, header=False),
    "unruled": lambda seed: loose(seed, "none"),
    "unruled-2": lambda seed: loose(seed, "none", levels=2),
    "half-ruled-2": lambda seed: loose(seed, "half", levels=2),
    "down-ruled": lambda seed: loose(seed, "down"),
    "narrow": narrow,
    "deep": deep,
    "halves-header": lambda seed: two_halves(seed, header=True),
    "halves-plain": lambda seed: two_halves(seed, header=False),
    "two-tables": two_tables,
    "half-ruled": lambda seed: loose(seed, "half"),
    "head-ruled": lambda seed: loose(seed, "head"),
    "plain": plain,
    "nfd": nfd,
    "two-fonts": two_fonts,
    "tcvn3": old_font,
    "vni": lambda seed: old_letters(seed, "vni"),
    "viscii": lambda seed: old_letters(seed, "viscii"),
    "vni-only": lambda seed: old_letters(seed, "vni", only=True),
    "viscii-only": lambda seed: old_letters(seed, "viscii", only=True),
    "letter": letter,
    "rotated": lambda seed: letter(seed, rotate=90),
    "ghost": ghost,
}


def main() -> None:
    """Write a file of each kind into the folder named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for made in [*(make(1) for make in MAKERS.values()), *office_files([1])]:
        (folder / f"{made.name}.pdf").write_bytes(made.data)
        truth = {"text": made.text, "tables": made.tables}
        (folder / f"{made.name}.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
