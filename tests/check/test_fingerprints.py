"""A fingerprint names what is broken and not where it stands: edits elsewhere do not wake it."""

import random
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import docparse
from docparse.patterns import load
from docparse.pipeline import parse_source

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = sorted(
    path for path in CORPUS.iterdir() if path.suffix in (".txt", ".md") and path.stem != "README"
)
# Between two sentences, where a paragraph may come in without cutting one or the lead of a list.
_GAP = re.compile(r"(?<=\.) ?\n{1,2}(?=(?:[-*+] ?|\d+\. )?[A-ZĐ][a-zà-ỹ])")
_MORE = "Sở đã họp giao ban theo lịch.\n"
_PLACES = [
    (path, found.end())
    for path in FILES
    for found in _GAP.finditer(path.read_text(encoding="utf-8"))
]


def _names(*what: docparse.Report | Path) -> set[tuple[str, str]]:
    return {(one.code, one.fingerprint) for one in docparse.check(*what, notes=True).findings}


@cache
def _alone(path: Path) -> set[tuple[str, str]]:
    return _names(path)


@settings(max_examples=40)
@given(st.sampled_from(_PLACES))
def test_a_paragraph_put_in_anywhere_wakes_nothing(place: tuple[Path, int]) -> None:
    path, at = place
    text = path.read_text(encoding="utf-8")
    longer = docparse.parse((text[:at] + _MORE + "\n" + text[at:]).encode(), path=str(path))
    assert _names(longer) == _alone(path)


@pytest.fixture(scope="module")
def whole() -> set[tuple[str, str]]:
    return _names(*FILES)


@pytest.mark.parametrize("seed", range(3))
def test_other_names_another_folder_and_another_order_change_nothing(
    seed: int, whole: set[tuple[str, str]], tmp_path: Path
) -> None:
    folder = tmp_path / "nơi khác"
    folder.mkdir()
    order = random.Random(seed).sample(FILES, len(FILES))
    copies = [folder / f"{number:02}{path.suffix}" for number, path in enumerate(order)]
    for path, copy in zip(order, copies, strict=True):
        shutil.copy(path, copy)
    assert _names(*reversed(copies)) == whole


@pytest.mark.parametrize("front", ["\n\n", "\ufeff", "   \n"])
def test_blanks_in_front_change_nothing(front: str) -> None:
    for path in FILES:
        text = front + path.read_text(encoding="utf-8")
        assert _names(docparse.parse(text.encode(), path=str(path))) == _alone(path)


def test_other_line_ends_change_nothing() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
        assert _names(docparse.parse(text.encode(), path=str(path))) == _alone(path)


def test_a_slip_that_is_repeated_is_one_finding_with_all_places() -> None:
    slip = "Có 38/45 doanh nghiệp trả lời hài lòng, đạt 86,4%.\n\n"
    once, twice = (
        docparse.check(docparse.parse(("Sở báo cáo.\n\n" + slip * times).encode(), path="a.txt"))
        for times in (1, 2)
    )
    assert [one.fingerprint for one in once.findings] == [one.fingerprint for one in twice.findings]
    assert [len(one.evidence) for one in (*once.findings, *twice.findings)] == [2, 4]


@pytest.mark.parametrize("scans", [("a.txt",), ("b.txt",), ("a.txt", "b.txt")])
def test_a_repeat_that_was_only_recognised_takes_nothing_from_the_other(
    scans: tuple[str, ...],
) -> None:
    text = "Có 38/45 doanh nghiệp trả lời hài lòng, đạt 86,4%."
    reports = []
    for name in ("a.txt", "b.txt"):
        source = docparse.parse(text.encode(), path=name).source
        reports.append(parse_source(replace(source, ocr=name in scans), load()))
    (finding,) = docparse.check(*reports).findings
    assert finding.severity == ("warning" if len(scans) == len(reports) else "error")


def test_another_slip_is_another_finding() -> None:
    texts = ("Có 38/45 phiếu hài lòng, đạt 86,4%.", "Có 38/45 phiếu hài lòng, đạt 86,5%.")
    names = [_names(docparse.parse(text.encode(), path="a.txt")) for text in texts]
    assert names[0].isdisjoint(names[1])
    assert all(names)
