"""Every written form of a number reads as it should, or is refused with a reason."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from docparse.extract.figures import FiguresFound, find_figures
from docparse.models import Figure, Header, OffsetMap, Outline, Part, Source, Text
from docparse.patterns import load

CASES = Path(__file__).parent / "cases" / "figures.txt"


def cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if "=>" in line and not line.startswith("#")]
    return [(text.strip(), wanted.strip()) for text, wanted in (line.split("=>") for line in said)]


def find(words: str) -> FiguresFound:
    source = Source(text=words, path="", sha256="", format="txt")
    text = Text(value=words, source=source, offsets=OffsetMap())
    outline = Outline(parts=(Part(header=Header(), start=0, end=len(words)),))
    return find_figures(text, outline, load(), taken=())


def shown(figure: Figure) -> str:
    value = f"{figure.value:f}"
    if figure.denominator is not None:
        value += f"/{figure.denominator:f}"
    if figure.value_max is not None:
        value += f"..{figure.value_max:f}"
    parts = [value, figure.unit or "-", figure.kind]
    return " | ".join([*parts, figure.qualifier] if figure.qualifier else parts)


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_case(text: str, wanted: str) -> None:
    found = find(text)
    figures, _, rest = wanted.partition("!") if "!" in wanted else (wanted, "", "")
    figures, _, reason = figures.partition("?")
    expected = [figure.strip() for figure in figures.split(";") if figure.strip()]
    assert [shown(figure) for figure in found.figures] == expected
    if rest:
        kinds = [kind.strip() for kind in rest.split(",")]
        assert [other.kind for other in found.other] == kinds
    if reason:
        assert [notice.code for notice in found.notices] == [f"number-{reason.strip()}"]
    else:
        assert found.notices == ()
    assert lost_digits(text, found) == []


def lost_digits(text: str, found: FiguresFound) -> list[str]:
    """Runs of digits that are in no figure and no other number, or in two."""
    spans = [(figure.span.start, figure.span.end) for figure in found.figures]
    spans += [(other.start, other.end) for other in found.other]
    lost = []
    for run in re.finditer(r"\d+", text):
        holding = [span for span in spans if span[0] <= run.start() and run.end() <= span[1]]
        if len(holding) != 1:
            lost.append(run[0])
    return lost


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 150


def test_written_precision_is_kept() -> None:
    assert str(find("đạt 84,30%").figures[0].value) == "84.30"


def test_scale_is_counted_in_normalized() -> None:
    assert find("chi 1,2 tỷ đồng").figures[0].normalized == (Decimal(1200000000), "đồng")


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Bộ phận Một cửa tiếp nhận 450 HS, trả kết quả 430 HS.", "hồ sơ"),
        ("Nhà trường có 450 HS; giáo viên và lớp học được bố trí đủ.", "học sinh"),
        ("Có 450 HS.", "hồ sơ"),
    ],
)
def test_a_short_form_means_what_stands_around(text: str, base: str) -> None:
    normalized = find(text).figures[0].normalized
    assert normalized is not None
    assert normalized[1] == base
