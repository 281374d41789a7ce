"""Size of the web page of findings, and how soon and how quickly it answers.

    python benchmarks/page.py [REPORTS ...] [--reports 5 200] [--findings 1000] [--jobs 2]

Real reports come first (the arguments: files and folders; the first five are the smallest page),
and made ones of 15 to 60 kB fill up. Each page is opened in headless Chromium with Playwright:

- ready: from the start of the navigation until a click has opened the text behind the first
  finding, and until a filter has answered; clicked from outside as a person clicks, so that the
  time of the browser's driver is counted too;
- key: from a key pressed in the search field to the picture that shows what was found, the
  slowest of a word typed letter by letter;
- memory: what the process of the page holds, with all it shares.

The first row is a page that holds nothing and answers at once: what the browser and its driver
take by themselves. On a busy machine only the ratios to it say something.

Needs Playwright, axe is not asked. Prints a Markdown table; times are medians.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from made_collections import make_collection
from playwright.sync_api import Browser, Page, sync_playwright

import docparse
from docparse.checking import CheckResult
from docparse.read import find_files

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SHORTEST, _LONGEST = 15_000, 60_000  # bytes of a made report
_ROUNDS = 5
_WORD = "nghi dinh"
_BARE = """<!doctype html><div id=findings><div id=list><article class=error>
<figcaption><a href="#text" onclick="document.getElementById('text').firstChild.className='here'">
a</a></figcaption></article></div></div><div id=text><b>b</b></div><input id=search>
<input type=checkbox name=severity onclick="document.querySelector('article').className=''">"""
_FIRST_PLACE = "#findings article figcaption a"
# Keys are timed inside the page: until a task after the next frame, when it has been painted.
_KEYS = """() => {
  window.keys = [];
  document.addEventListener("input", () => {
    const start = performance.now();
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => window.keys.push(performance.now() - start);
      painted.port2.postMessage(0);
    });
  }, true);
}"""


def reports_of(folder: Path, real: Sequence[Path], count: int) -> list[Path]:
    """So many reports: real ones, then made ones as long as real ones are."""
    if len(real) >= count:
        return list(real[:count])
    pieces = _pieces(folder / "pieces")
    random = Random("pages")
    made = []
    for number in range(count - len(real)):
        path = folder / f"bao-cao-{number:04}.txt"
        _write(path, pieces, random.randint(_SHORTEST, _LONGEST))
        made.append(path)
    return [*real, *made]


def _pieces(folder: Path) -> Iterator[str]:
    """Short made reports without end."""
    make_collection(folder, 1500)
    while True:
        for path in sorted(folder.rglob("*.txt")):
            yield path.read_text("utf-8")


def _write(path: Path, pieces: Iterator[str], size: int) -> None:
    text = next(pieces)
    while len(text.encode()) < size:
        text += "\n" + next(pieces)
    path.write_text(text, "utf-8")


def with_findings(folder: Path, real: Sequence[Path], wanted: int, jobs: int) -> CheckResult:
    """As many reports as it takes to find so much."""
    count = 8
    while True:
        found = docparse.check(*reports_of(folder, real, count), notes=True, jobs=jobs)
        if len(found.findings) >= wanted:
            return found
        count = max(count + 2, count * wanted // max(1, len(found.findings)))


def measure(browser: Browser, name: str, found: CheckResult, folder: Path) -> str:
    start = time.process_time()
    made = "".join(found.html()).encode()
    spent = time.process_time() - start
    texts = sum(len(report.source.text.encode()) for report in found.reports)
    return (
        f"| {name} | {len(found.reports)} | {texts / 1e6:.2f} | {len(found.findings)} "
        f"| {len(made) / 1e6:.2f} | {len(gzip.compress(made)) / 1e6:.2f} | {spent:.1f} "
        f"{opened(browser, made, folder)}"
    )


def opened(browser: Browser, made: bytes, folder: Path) -> str:
    """What a browser needs for a page."""
    path = folder / "page.html"
    path.write_bytes(made)
    times = [_ready(browser, path) for _ in range(_ROUNDS)]
    keys, memory = _keys_and_memory(browser, path)
    text, filtered = (median(row) for row in zip(*times, strict=True))
    return f"| {text:.2f} | {filtered:.2f} | {keys * 1000:.0f} | {memory:.0f} |"


def _ready(browser: Browser, path: Path) -> tuple[float, float]:
    """Seconds until the first text has been opened, and until a filter has answered."""
    page = browser.new_page()
    page.goto(path.as_uri(), wait_until="commit")
    page.locator(_FIRST_PLACE).first.click()
    page.locator("#text .here").wait_for()
    opened = _now(page)
    page.close()
    page = browser.new_page()
    page.goto(path.as_uri(), wait_until="commit")
    page.locator("input[name=severity]").first.click()
    page.locator("#list > article:first-child:not(.error)").wait_for(state="attached")
    filtered = _now(page)
    page.close()
    return opened, filtered


def _now(page: Page) -> float:
    return float(page.evaluate("performance.now()")) / 1000


def _keys_and_memory(browser: Browser, path: Path) -> tuple[float, float]:
    """Seconds of the slowest key, and megabytes of the page's process when it has been used."""
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate(_KEYS)
    page.locator("#search").focus()
    for letter in _WORD:
        page.keyboard.press(letter)
        page.wait_for_timeout(100)
    while len(keys := page.evaluate("window.keys")) < len(_WORD):
        page.wait_for_timeout(100)
    memory = max(_renderers(browser))
    page.close()
    return max(keys) / 1000, memory


def _renderers(browser: Browser) -> Iterator[float]:
    """Megabytes of each process that shows a page."""
    session = browser.new_browser_cdp_session()
    for one in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        if one["type"] == "renderer":
            status = Path(f"/proc/{one['id']}/status").read_text(encoding="ascii")
            (held,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
            yield int(held.split()[1]) / 1024
    session.detach()


def pages(folder: Path, real: Sequence[Path], wanted: Any) -> Iterator[tuple[str, CheckResult]]:
    for count in wanted.reports:
        paths = reports_of(folder, real, count)
        found = docparse.check(*paths, notes=wanted.notes, jobs=wanted.jobs)
        yield f"{count} reports", found
    for count in wanted.findings:
        # The reports without an end would say the same again and again: few of them suffice.
        yield f"{count} findings", with_findings(folder, real[:5], count, wanted.jobs)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, help="real reports, files and folders")
    parser.add_argument("--reports", nargs="*", type=int, default=[5, 200])
    parser.add_argument("--findings", nargs="*", type=int, default=[1000])
    parser.add_argument("--notes", action="store_true", help="notes in the pages of reports too")
    parser.add_argument("--jobs", type=int, default=2)
    wanted = parser.parse_args()
    real = [Path(path) for path in islice(find_files(*wanted.paths), max(wanted.reports))]
    chromium = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    print(
        "| page | reports | texts, MB | findings | page, MB | as gzip, MB | made in, s "
        "| text open, s | filtered, s | key, ms | memory, MB |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"| bare | | | | | | {opened(browser, _BARE.encode(), Path(folder))}")
        for name, found in pages(Path(folder), real, wanted):
            print(measure(browser, name, found, Path(folder)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
