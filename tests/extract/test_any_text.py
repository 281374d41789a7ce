"""Whatever the text is: nothing is raised, no digit is lost, every span lies in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docparse
from docparse.extract.dates import find_dates
from docparse.extract.figures import FiguresFound, find_figures
from docparse.extract.scan import Match, Union, union
from docparse.models import Header, OffsetMap, Outline, Part, Source, Text
from docparse.patterns import load

CORPUS = Path(__file__).parents[2] / "corpus"
WORDS = st.sampled_from(
    ["12", "05/07", "98,94%", "16.075", "hồ sơ", "năm", "2021", "tháng", "6", "ngày", "15/12/2020",
     "đến", "từ", "(", ")", ":", ";", ",", ".", "\n", "-", "đạt", "mức độ", "3", "trong", "triệu",
     "đồng", "Điều", "số", "Quý", "IV", "gồm", "(1)", "hai mươi", "ba", "phần", "%", "/", "1.", "|"]
)  # fmt: skip
ANY = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join))


def find(words: str, taken: tuple[tuple[int, int], ...] = ()) -> FiguresFound:
    source = Source(text=words, path="", sha256="", format="txt")
    text = Text(value=words, source=source, offsets=OffsetMap())
    outline = Outline(parts=(Part(header=Header(), start=0, end=len(words)),))
    return find_figures(text, outline, load(), taken=taken)


def places(found: FiguresFound) -> list[tuple[int, int]]:
    spans = [(figure.span.start, figure.span.end) for figure in found.figures]
    return [*spans, *((other.start, other.end) for other in found.other)]


@given(ANY)
@settings(deadline=None)
def test_no_digit_is_lost(words: str) -> None:
    held = places(find(words))
    for run in re.finditer(r"\d", words):
        assert any(start <= run.start() < end for start, end in held)


@given(ANY)
@settings(deadline=None)
def test_figures_do_not_overlap(words: str) -> None:
    figures = sorted((figure.span.start, figure.span.end) for figure in find(words).figures)
    assert all(0 <= start < end <= len(words) for start, end in figures)
    assert all(one[1] <= two[0] for one, two in pairwise(figures))


@given(ANY, st.integers(0, 100), st.integers(0, 100))
@settings(deadline=None)
def test_what_is_taken_stays_untouched(words: str, start: int, length: int) -> None:
    taken = (start, min(start + length, len(words)))
    found = find(words, (taken,) if taken[0] < taken[1] else ())
    for figure in found.figures:
        assert figure.span.end <= taken[0] or figure.span.start >= taken[1] or taken[0] >= taken[1]


@given(ANY)
@settings(deadline=None)
def test_dates_stand_in_order(words: str) -> None:
    dates = find_dates(words)
    assert all(date.start < date.end for date in dates)
    assert all(one.end <= two.start for one, two in pairwise(dates))


@cache
def corpus_texts() -> list[Path]:
    return sorted(path for path in CORPUS.glob("*") if path.suffix in (".txt", ".md"))


@pytest.mark.parametrize("path", corpus_texts(), ids=lambda path: path.stem)
def test_corpus_digits_are_all_classed(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    held = places(find(words))
    lost = [
        run[0]
        for run in re.finditer(r"\d+", words)
        if sum(start <= run.start() and run.end() <= end for start, end in held) != 1
    ]
    assert lost == []


@pytest.mark.parametrize("figure", ["86,4% ", "đạt 86,4% ", "đạt 12 hồ sơ; "])
def test_a_line_of_figures_is_searched_for_cues_once(
    figure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched = 0
    found = Union.finditer

    def counted(self: Union, text: str, start: int, end: int) -> Iterator[Match]:
        nonlocal searched
        searched += (end - start) * (self is union(load(), "figures", "mode"))
        return found(self, text, start, end)

    monkeypatch.setattr(Union, "finditer", counted)
    words = figure * 2000
    assert len(find(words).figures) == 2000
    assert 0 < searched <= len(words)


@pytest.mark.parametrize("mark", [*".…?!-_/*:,;()\t0%+|#=~", ". ", "…”", "1/", "số ", "ngày "])
def test_a_long_row_of_one_mark_is_read(mark: str) -> None:
    """A hundred thousand of them must not be gone through for each: this would take hours."""
    row = mark * (100_000 // len(mark))
    report = docparse.parse(f"Báo cáo\nSở {row} 12 hồ sơ".encode(), path="a.txt")
    assert row.strip()[:50] in report.source.text
