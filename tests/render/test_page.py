"""The web page of findings, in a browser: what a person clicks and reads there works."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

import docparse
from docparse.checking import CheckResult
from docparse.render.page.packed import packed

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
HOSTILE = """\
SỞ CÔNG THƯƠNG
Số: 12/BC-SCT

BÁO CÁO
<script>document.title="hacked"</script><img src=x onerror="document.title='hacked'">

</script><script>document.title="hacked"</script>
Theo Quyết định số 30/QĐ-UBND ngày 05/3/2020 của <b onclick="alert(1)">UBND tỉnh</b>
"'><svg onload=alert(1)> 😀 \u202egnud\u202c <!-- x --> ]]> ${x} {{x}}
Theo Quyết định số 30/QĐ-UBND ngày 07/3/2020 của UBND tỉnh
"""


@pytest.fixture(scope="module")
def result() -> CheckResult:
    return docparse.check(ROOT / "corpus", notes=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    if CHROMIUM is None:
        pytest.skip("no browser: apt-get install chromium")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test when anything is logged or asked of the network."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(20_000)
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    opened.close()


def _open(page: Any, folder: Path, result: CheckResult, **how: Any) -> None:
    path = folder / "findings.html"
    path.write_text("".join(result.html(**how)), encoding="utf-8", errors="backslashreplace")
    page.goto(path.as_uri())


def _shown(page: Any) -> Any:
    return page.locator("#findings article:visible")


def test_all_findings_are_there(page: Any, tmp_path: Path, result: CheckResult) -> None:
    _open(page, tmp_path, result)
    assert _shown(page).count() == len(result.findings)
    errors = sum(one.severity == "error" for one in result.findings)
    assert page.locator(".cards .error b").inner_text() == str(errors)
    for one, article in zip(result.findings[:20], _shown(page).all(), strict=False):
        words = article.text_content()
        assert one.code in words
        assert one.fingerprint in words
        marks = [" ".join(mark.split()) for mark in article.locator("mark").all_text_contents()]
        assert sorted(marks) == sorted(" ".join(each.span.quote.split()) for each in one.evidence)


def test_filters_and_search(page: Any, tmp_path: Path, result: CheckResult) -> None:
    _open(page, tmp_path, result)
    page.get_by_label("Cảnh báo").uncheck()
    page.get_by_label("Ghi chú").uncheck()
    errors = [one for one in result.findings if one.severity == "error"]
    assert _shown(page).count() == len(errors)
    page.locator("select[name=family]").select_option("CIT")
    assert _shown(page).count() == sum(one.code.startswith("CIT") for one in errors)
    page.get_by_role("button", name="Bỏ lọc").click()
    page.get_by_text(f"Đang hiện {len(result.findings)} trên").wait_for()
    code = errors[0].code
    page.locator("#search").fill(code)
    assert set(_shown(page).locator("h3 code").all_text_contents()) == {code}
    for words in ("một văn bản, hai ngày", "mot van ban, hai ngay", "MOT VAN BAN"):
        page.locator("#search").fill(words)
        assert "CIT501" in _shown(page).locator("h3 code").all_text_contents()
    page.locator("#search").fill("một vặn bàn")
    assert _shown(page).count() == 0
    assert "0" in page.locator("#shown").inner_text()


def test_evidence_leads_to_the_text_and_back(
    page: Any, tmp_path: Path, result: CheckResult
) -> None:
    _open(page, tmp_path, result)
    number = next(
        i
        for i, one in enumerate(result.findings, 1)
        if len(one.evidence) == len({each.report for each in one.evidence}) == 2
    )
    finding = result.findings[number - 1]
    for at, each in enumerate(finding.evidence):
        page.locator(f"#finding-{number} figcaption a").nth(at).click()
        here = page.locator("#text .here")
        here.wait_for()
        assert " ".join(here.inner_text().split()) in " ".join(each.span.quote.split())
        top, bottom = here.evaluate(
            "e => [e.getBoundingClientRect().top, e.getBoundingClientRect().bottom]"
        )
        assert 0 < top < bottom < 900
        name = page.locator("#text .bar h3").inner_text()
        assert name == Path(each.report).name
    source = next(r.source for r in result.reports if r.source.path == finding.evidence[-1].report)
    shown = page.locator("#text pre").evaluate("e => e.textContent")
    assert shown == source.text
    page.locator("#text a.here").click()
    assert page.url.endswith(f"#finding-{number}")
    page.get_by_role("button", name="Đóng").click()
    assert page.locator("#text").is_hidden()


def test_the_language_is_switched(page: Any, tmp_path: Path, result: CheckResult) -> None:
    _open(page, tmp_path, result)
    assert page.locator("h2").first.inner_text() == "Tóm tắt"
    page.get_by_role("button", name="English").click()
    assert page.locator("h2").first.inner_text() == "Summary"
    assert "shown" in page.locator("#shown").inner_text()
    assert page.locator("html").get_attribute("lang") == "en"
    visible = page.locator("main").inner_text()
    assert "Câu hỏi" not in visible
    _open(page, tmp_path, result, lang="en")
    assert page.locator("h2").first.inner_text() == "Summary"


def test_documents_are_listed_and_found(page: Any, tmp_path: Path, result: CheckResult) -> None:
    _open(page, tmp_path, result)
    rows = page.locator("#document-table tbody tr")
    rows.first.wait_for()
    papers = {paper.key for report in result.reports for paper in report.documents}
    assert rows.count() == min(200, len(papers)) + (len(papers) > 200)
    page.locator("#search-documents").fill("nghi dinh")
    assert rows.count() > 0
    assert all("Nghị định" in words for words in rows.all_inner_texts())
    rows.first.locator("a").first.click()
    page.locator("#text .here").wait_for()


def test_keys_go_from_finding_to_finding(page: Any, tmp_path: Path, result: CheckResult) -> None:
    _open(page, tmp_path, result)
    for number in (1, 2, 3):
        page.keyboard.press("j")
        focused = page.evaluate("document.activeElement.closest('article').id")
        assert focused == f"finding-{number}"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.closest('article').id") == "finding-2"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_a_register_shows_its_slips(page: Any, tmp_path: Path, result: CheckResult) -> None:
    _open(page, tmp_path, result)
    slip = page.locator(".chart a:has(.slip)").first
    target = slip.get_attribute("href")
    number = int(target.rpartition("-")[2])
    assert result.findings[number - 1].code.startswith("REG")
    slip.click()
    assert page.url.endswith(target)


@pytest.mark.parametrize("width", [380, 1280])
def test_no_sideways_scrolling_and_no_serious_fault(
    page: Any, tmp_path: Path, result: CheckResult, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.set_viewport_size({"width": width, "height": 800})
    _open(page, tmp_path, result)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#reports li a").first.click()
    found = axe.Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def test_long_names_and_words_fit_a_narrow_page(page: Any, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 380, "height": 800})
    for name in ("bao-cao-ket-qua-cai-cach-hanh-chinh-" * 5, "Báo cáo kết quả năm 2023 " * 6):
        words = f"Ngày 31/11/2023 {'X' * 700} {name * 20}"
        (tmp_path / f"{name.strip()}.txt").write_text(f"BÁO CÁO\n{words}", encoding="utf-8")
    _open(page, tmp_path, docparse.check(tmp_path, notes=True))
    assert page.locator("select[name=report]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.locator("#reports li a").first.click()
    page.locator("#text pre").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_words_near_each_other_share_a_pane(page: Any, tmp_path: Path) -> None:
    rows = "".join(f"| {at} | Sở {at} | {at * 10} |\n" for at in range(1, 31))
    table = f"| STT | Đơn vị | Hồ sơ |\n|---|---|---|\n{rows}| | Tổng | 4651 |\n"
    (tmp_path / "a.txt").write_text(f"SỞ CÔNG THƯƠNG\nBÁO CÁO\n\n{table}", encoding="utf-8")
    found = docparse.check(tmp_path / "a.txt", notes=True)
    (total,) = [one for one in found.findings if one.code == "TAB202"]
    assert len(total.evidence) > 10
    _open(page, tmp_path, found)
    article = page.locator("article", has_text="TAB202")
    assert article.locator("figure").count() == 1
    assert article.locator("mark").count() == len(total.evidence)


def test_many_sides_are_folded_and_all_there(page: Any, tmp_path: Path) -> None:
    for day in range(1, 13):
        words = f"Theo Quyết định số 30/QĐ-UBND ngày {day:02}/3/2020 của UBND tỉnh."
        (tmp_path / f"{day}.txt").write_text(f"BÁO CÁO\n{words}", encoding="utf-8")
    found = docparse.check(tmp_path, notes=True)
    number = next(at for at, one in enumerate(found.findings, 1) if len(one.evidence) == 12)
    _open(page, tmp_path, found)
    panes = page.locator(f"#finding-{number} figure")
    assert panes.count() == 12
    assert sum(pane.is_visible() for pane in panes.all()) == 6
    page.locator(f"#finding-{number} summary").click()
    assert all(pane.is_visible() for pane in panes.all())


@pytest.fixture(scope="module")
def many() -> CheckResult:
    """More findings than are shown at once."""
    lines = (
        f"Theo Quyết định số {at}/QĐ-UBND ngày {day:02}/3/2020 của UBND tỉnh.\n\n"
        for at in range(1, 451)
        for day in (5, 7)
    )
    text = "SỞ CÔNG THƯƠNG\nSố: 12/BC-SCT\nBÁO CÁO\n\n" + "".join(lines)
    found = docparse.check(docparse.parse(text.encode(), path="nhieu.txt"), select=["CIT501"])
    assert len(found.findings) == 450
    return found


def test_many_findings_are_shown_part_by_part(page: Any, tmp_path: Path, many: CheckResult) -> None:
    _open(page, tmp_path, many)
    assert _shown(page).count() == 200
    assert "450 trên 450" in page.locator("#shown").inner_text()
    turn = page.get_by_role("button", name="Tiếp ›")
    turn.click()
    assert _shown(page).first.get_attribute("id") == "finding-201"
    turn.click()
    assert _shown(page).count() == 50
    assert turn.is_disabled()
    for at in (201, 450):  # what is made by the script is as what stands in the page
        page.goto(page.url.partition("#")[0] + f"#finding-{at}")
        words = page.locator(f"#finding-{at}").text_content()
        assert many.findings[at - 1].fingerprint in words
        quote = many.findings[at - 1].evidence[0].span.quote
        assert page.locator(f"#finding-{at} mark").first.text_content() == quote


def test_a_search_finds_what_is_not_shown_yet(page: Any, tmp_path: Path, many: CheckResult) -> None:
    _open(page, tmp_path, many)
    far = many.findings[-1]
    page.locator("#search").fill(far.fingerprint)
    assert _shown(page).count() == 1
    _shown(page).first.locator("figcaption a").first.click()
    page.locator("#text .here").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("#text").is_hidden()
    assert page.evaluate("document.activeElement.closest('article').id") == "finding-450"


def test_all_that_matches_is_printed(page: Any, tmp_path: Path, many: CheckResult) -> None:
    _open(page, tmp_path, many)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#list article").count() == 450
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#list article").count() == 200


def test_a_citation_leads_to_its_document_and_back(
    page: Any, tmp_path: Path, result: CheckResult
) -> None:
    _open(page, tmp_path, result)
    page.locator("#reports li a").first.click()
    cited = page.locator("#text a.m0").first
    words = cited.text_content()
    start = int(cited.get_attribute("data-start"))
    cited.click()
    row = page.locator("#document-table tr.aimed")
    row.wait_for()
    (one,) = [one for one in result.reports[0].citations if one.span.origin_start == start]
    assert one.number in row.inner_text()
    assert one.number in " ".join(words.split()) or one.repairs
    row.locator("a").first.click()
    page.locator("#text .here").wait_for()


def test_what_was_packed_is_unpacked(page: Any, tmp_path: Path, result: CheckResult) -> None:
    """All ways in which zlib packs: not at all, with fixed codes, with codes of its own."""
    _open(page, tmp_path, result)
    random = Random(1)
    noise = "".join(chr(random.randint(0x20, 0xD7FF)) for _ in range(70_000))
    letters = "".join(random.choice("abcdefgh ấđ😀") for _ in range(70_000))
    texts = ["", "a", "ăâ" * 40_000, noise, letters, *(letters[:size] for size in range(2, 60))]
    for words in texts:
        assert page.evaluate("packed => unpack(packed)", packed(words)) == words


def test_print_shows_the_findings_only(page: Any, tmp_path: Path, result: CheckResult) -> None:
    _open(page, tmp_path, result)
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("#documents").is_hidden()
    assert _shown(page).count() == len(result.findings)


def test_nothing_of_a_report_becomes_markup(page: Any, tmp_path: Path) -> None:
    evil = tmp_path / "<img src=x onerror=alert(1)>.txt"
    evil.write_text(HOSTILE, encoding="utf-8")
    found = docparse.check(evil, notes=True)
    assert any(one.code == "CIT501" for one in found.findings)
    _open(page, tmp_path, found)
    page.locator("#reports li a").first.click()
    assert page.locator("#text pre").evaluate("e => e.textContent").count("hacked") == 3
    assert page.title() == "Kết quả đối chiếu báo cáo"
    assert page.locator("main script, main img, main b[onclick], main svg[onload]").count() == 0
    assert "[U+202E]" in page.locator("#text pre").inner_text()
    marks = page.locator("#text .m3").all_inner_texts()
    marks = [" ".join(mark.split()) for mark in marks]
    for day in ("05/3/2020", "07/3/2020"):
        assert f"Quyết định số 30/QĐ-UBND ngày {day}" in marks


def test_the_page_is_one_file_that_may_load_nothing(result: CheckResult) -> None:
    made = "".join(result.html())
    assert "default-src 'none'" in made
    assert not re.findall(r"""(?:src|href)=["'](?!#|data:)""", made)
    data = made.partition('id="data">')[2].partition("</script>")[0]
    assert len(json.loads(data)["reports"]) == len(result.reports)
    assert made == "".join(result.html())
    assert str(ROOT) not in made  # where the reports lie is nobody's business


def test_a_failure_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kế hoạch số 12/KH-SCT", encoding="utf-8")
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.4")
    made = "".join(docparse.check(tmp_path).html())
    assert "hỏng.pdf" in made.partition('id="findings"')[0]


def test_evidence_in_a_pdf_is_shown_on_its_page(page: Any, tmp_path: Path) -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    path = tmp_path / "a.pdf"
    drawn = canvas.Canvas(str(path))
    drawn.drawString(72, 700, "Theo 30/QD-UBND 31/11/2023 va 12/KH-SCT")
    drawn.drawString(72, 680, "ngay 31/11/2023.")
    drawn.save()
    found = docparse.check(path, notes=True)
    assert found.findings
    path.rename(tmp_path / "moved.pdf")
    assert "data:image" not in "".join(found.html(pages=True))
    (tmp_path / "moved.pdf").rename(path)
    assert "data:image" not in "".join(found.html())
    _open(page, tmp_path, found, pages=True)
    image = page.locator("#findings figure img").first
    image.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#findings figure img').naturalWidth > 600")
