"""Draws ``docs/doi-chieu.png``, the picture of the web page in the READMEs.

    python docs/picture.py

Needs Playwright and Chromium. It shows two reports that disagree: 12 procedures against 13.
"""

import shutil
import tempfile
from contextlib import chdir
from pathlib import Path

from playwright.sync_api import sync_playwright

import docparse

HERE = Path(__file__).resolve().parent
PAIR = [f"bao-cao-{name}-2022.txt" for name in ("cchc", "papi")]


def main() -> None:
    """One picture, of the list with the finding in it."""
    corpus = chdir(HERE.parent / "corpus")  # names without the folders of this machine
    with corpus, tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        page = Path(folder, "findings.html")
        page.write_text("".join(docparse.check(*PAIR).html()), encoding="utf-8")
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        shown = browser.new_page(viewport={"width": 1120, "height": 760})
        shown.goto(page.as_uri())
        shown.locator("#search").fill("đơn giản hóa")
        shown.evaluate("document.getElementById('findings').scrollIntoView()")
        shown.screenshot(path=HERE / "doi-chieu.png")
        browser.close()


if __name__ == "__main__":
    main()
