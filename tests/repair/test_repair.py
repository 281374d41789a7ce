"""Repair as a whole: cases as data, and what must hold for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.models import Source, Text
from docparse.patterns import load
from docparse.repair import repair

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold"
SHARED = HERE.parents[2] / "shared"
CASES = tomllib.loads((HERE / "cases/linebreaks.toml").read_text(encoding="utf-8"))["case"]
FURNITURE = {"page-number", "repeated-header", "running-header", "link-list"}
TEXTS = sorted((*SHARED.glob("seeds/*.txt"), *SHARED.glob("samples/*.md"))) or sorted(
    HERE.parents[1].glob("corpus/*.txt")
)

PIECES = ["Sở", "ngày", "10/5/2021", "851/KH-", "SCT", "1.", "-", "(", ")", ".", ";", "STT", "6"]
PIECES += ["|", "về", "Công", "Thương", "http://a.vn/", "maị", "KH", "2021/", "Ước", "2002/", "TH"]
ODD = ["\t", "\n", "\n\n", "\f", "\r\n", "\u0323", "\ufeff", "\x00", "\xad", "\u200b", "a" * 70]
words = st.sampled_from([*PIECES, *ODD, "Trang 3/10", "KH -"])
texts = st.one_of(st.text(), st.lists(words).map(" ".join), st.lists(words).map("".join))


def mend(text: str) -> Text:
    return repair(Source(text=text, path="t.txt", sha256="", format="txt"), load())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    assert mend(case["before"]).value == case["after"]


@given(texts)
def test_repairing_again_changes_nothing(text: str) -> None:
    once = mend(text).value
    assert mend(once).value == once


@given(texts, st.data())
def test_every_span_leads_back_to_its_words(text: str, data: st.DataObject) -> None:
    mended = mend(text)
    start = data.draw(st.integers(0, len(mended.value)))
    end = data.draw(st.integers(start, len(mended.value)))
    span = mended.span(start, end)
    assert 0 <= span.origin_start <= span.origin_end <= len(text)
    assert text[span.origin_start : span.origin_end] == span.quote
    assert span.line == text.count("\n", 0, span.origin_start) + 1
    untouched = not any(
        edit.origin_start < span.origin_end and span.origin_start < edit.origin_end
        for edit in mended.edits
    )
    if untouched:
        assert span.quote == mended.value[start:end]


@given(texts)
def test_edits_explain_every_difference(text: str) -> None:
    """Replaying the passes on the source gives the repaired text."""
    mended = mend(text)
    value = text
    for made in mended.passes:
        for start, end, after, _ in reversed(made.edits):
            value = value[:start] + after + value[end:]
    assert value == mended.value


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_only_layout_and_damaged_syllables_change(path: Path) -> None:
    text = path.read_bytes().decode()
    mended = mend(text)
    letters = {"misplaced-mark", "detached-mark"}
    changed = [edit for edit in mended.edits if edit.rule in letters]
    assert mend(mended.value).value == mended.value
    kept = text
    for edit in sorted(mended.edits, key=lambda edit: -edit.origin_start):
        if edit.rule in FURNITURE:
            kept = kept[: edit.origin_start] + kept[edit.origin_end :]
        elif edit.rule in letters:
            kept = kept[: edit.origin_start] + edit.after + kept[edit.origin_end :]
    assert "".join(normalize("NFC", kept).split()) == "".join(mended.value.split())
    assert all(edit.before != edit.after for edit in changed)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real texts are not here")
def test_the_damaged_syllables_of_the_seeds_are_repaired() -> None:
    gold = tomllib.loads((GOLD / "damaged_syllables.toml").read_text(encoding="utf-8"))
    by_file: dict[str, set[tuple[int, str]]] = {}
    for entry in gold["damaged"]:
        by_file.setdefault(entry["source"], set()).add((entry["line"], entry["repaired"]))
    for source, expected in by_file.items():
        mended = mend((SHARED / source).read_bytes().decode())
        found = {
            (mended.origin_span(edit.origin_start, edit.origin_end).line, edit.after.strip())
            for edit in mended.edits
            if edit.rule in ("misplaced-mark", "detached-mark")
        }
        whole = {(line, word) for line, words in expected for word in words.split()}
        assert found == whole


def test_a_running_header_with_the_number_of_its_page() -> None:
    head = "CÔNG BÁO/Số 33 + 34/Ngày 12-5-2023"
    pages = [f"{head} {page}\nĐiều {page} nói một việc." for page in range(7, 12)]
    value = mend("\n\f".join(pages)).value
    assert value.count("CÔNG BÁO") == 1  # that of the first page may be the letterhead
    assert all(f"Điều {page} nói" in value for page in range(7, 12))
