"""The reports of an index are checked as those of the folder are, without the files."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import docparse
from docparse.checking import check
from docparse.cli import main
from docparse.indexing.collection import Index
from docparse.models import Places, Source
from tests.index.reports import REPORTS

CORPUS = Path(__file__).parents[2] / "corpus"


def _found(result: docparse.checking.CheckResult) -> list[tuple[str, ...]]:
    """Each finding with the words of every side."""
    return [
        (one.fingerprint, one.code, one.severity, *(each.span.quote for each in one.evidence))
        for one in result.findings
    ]


def test_the_corpus_has_the_same_findings(index: Index, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in (*CORPUS.glob("*.txt"), *CORPUS.glob("*.md")):
        shutil.copy(path, folder)
    index.add(folder)
    expected = check(folder, notes=True)
    shutil.rmtree(folder)
    found = check(*index.reports(), notes=True)
    assert _found(found) == _found(expected)
    assert len({one.fingerprint for one in found.findings}) > 10
    assert [one.figures_checked for one in found.checked.coverage] == [
        one.figures_checked for one in expected.checked.coverage
    ]


def test_copies_count_as_they_do_in_the_folder(index: Index, folder: Path) -> None:
    (folder / "copy.txt").write_text(REPORTS["2021/q1.txt"], encoding="utf-8")
    index.add(folder)
    assert [Path(one.source.path).name for one in index.reports()] == [
        "q1.txt", "q2.txt", "nam.txt", "copy.txt"
    ]  # fmt: skip
    assert _found(check(*index.reports(), notes=True)) == _found(check(folder, notes=True))


def test_the_command_says_the_same(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Index("index.db") as index:
        index.add("reports")
    for name, what in (("one", ["reports"]), ("two", ["--index", "index.db"])):
        code = main(["check", *what, "--format", "json", "--no-config", "-o", f"{name}.json"])
        assert code == 1
    one, two = (json.loads(Path(f"{name}.json").read_text()) for name in ("one", "two"))
    assert one["findings"]
    assert two == one
    assert main(["check", "--no-config"]) == 2


def test_a_shelf_says_what_the_folder_says_in_any_order(
    make_index: Callable[[], Index], tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    paths = sorted(path for path in CORPUS.glob("bao-cao*") if path.suffix != ".toml")
    for path in paths:
        shutil.copy(path, folder)
    index = make_index()
    for path in reversed(paths):  # numbers of rows go against the order of names
        index.add(folder / path.name)
    expected = check(folder, notes=True)
    with index.shelf() as shelf:
        found = check(shelf, notes=True)
        cut = check(shelf, keep_passed=False)
        assert found.checked == expected.checked
        assert found.to_dict(show_passed=True) == expected.to_dict(show_passed=True)
        assert found.text() == expected.text()
        assert found.sarif()["runs"][0]["results"] == expected.sarif()["runs"][0]["results"]
        assert [one.source.text for one in found.reports] == [
            one.source.text for one in expected.reports
        ]
    shown = [one for one in expected.findings if one.severity != "note"]
    assert list(cut.findings) == shown
    assert cut.checked.passed == expected.checked.passed


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_tables_and_places_on_pages_come_back(index: Index, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "pdf":
        _write_pdf(path)
    else:
        _write_docx(path)
    index.add(path)
    [report] = index.reports()
    expected = docparse.parse(path)
    assert _plain(report.source) == _plain(expected.source)
    assert expected.source.grids or expected.source.places
    assert report.records == expected.records
    assert report.outline == expected.outline


def _plain(source: Source) -> tuple[object, ...]:
    places = source.places or Places([], [], [], [])
    kept = (source.text, source.sha256, source.format, source.pages, source.ocr, source.notices,
            source.grids, source.doubtful)  # fmt: skip
    return (*kept, *(list(each) for each in (places.starts, places.ends, places.pages)),
            [tuple(box) for box in places.boxes])  # fmt: skip


def _write_pdf(path: Path) -> None:
    pytest.importorskip("reportlab", reason="reportlab is not installed")
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas(str(path))
    for number in range(12):
        page.drawString(72, 760 - 20 * number, f"Ke hoach so {number}/KH-SCT ngay 01/02/2021")
    page.save()


def _write_docx(path: Path) -> None:
    from zipfile import ZipFile

    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row)
        + "</w:tr>"
        for row in (("Đơn vị", "Hồ sơ", "Đúng hạn"), ("Sở A", "12", "10"), ("Tổng", "12", "10"))
    )  # fmt: skip
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    heading = "<w:p><w:r><w:t>BÁO CÁO kết quả quý I năm 2021</w:t></w:r></w:p>"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with ZipFile(path, "w") as made:
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        made.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        made.writestr(
            "word/document.xml",
            f"<w:document {spaces}><w:body>{heading}<w:tbl>{cells}</w:tbl></w:body></w:document>",
        )
