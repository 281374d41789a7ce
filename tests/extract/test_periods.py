"""The period of a figure, and how it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from docparse.extract.dates import find_dates, find_periods
from docparse.extract.figures import find_figures
from docparse.models import Date, Header, OffsetMap, Outline, Part, Period, Source, Text
from docparse.patterns import load

CASES = Path(__file__).parent / "cases" / "periods.txt"
HEADER = Header(
    type="Báo cáo",
    title="Kết quả 6 tháng đầu năm 2023",
    date=Date(year=2023, month=6, day=14),
)


def cases() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if "=>" in line and not line.startswith("#")]
    return [(text.strip(), wanted.strip()) for text, wanted in (line.split("=>") for line in said)]


def period(words: str) -> Period | None:
    source = Source(text=words, path="", sha256="", format="txt")
    text = Text(value=words, source=source, offsets=OffsetMap())
    outline = Outline(parts=(Part(header=HEADER, start=0, end=len(words)),))
    return find_figures(text, outline, load(), taken=()).figures[0].period


def shown(found: Period | None) -> str:
    return "-" if found is None else f"{found.start or ''}..{found.end or ''} | {found.how}"


@pytest.mark.parametrize(("text", "wanted"), cases())
def test_case(text: str, wanted: str) -> None:
    assert shown(period(text)) == wanted


def test_line_that_leads_in() -> None:
    found = period("Từ ngày 15/12/2022 đến ngày 14/6/2023, kết quả như sau:\n- Đăng 46 tin, bài.")
    assert shown(found) == "2022-12-15..2023-06-14 | lead"


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("31/02/2021", "date", "2021-02-31", None),
        ("17 tháng 6 năm 2021", "date", "2021-06-17", None),
        ("Sáu tháng cuối năm 2021", "period", "2021-07", "2021-12"),
        ("Quý II năm 2024", "period", "2024-04", "2024-06"),
        ("từ 15/12 đến 14/6/2021", "range", "2020-12-15", "2021-06-14"),
        ("giai đoạn 2021-2025", "range", "2021", "2025"),
        ("đến hết quý IV/2021", "until", "2021-12", None),
        ("NĂM 2021", "date", "2021", None),
    ],
)
def test_dates(text: str, kind: str, first: str, last: str | None) -> None:
    (found,) = find_dates(f"xong {text}, rồi")
    assert (found.kind, found.date.iso, found.last and found.last.iso) == (kind, first, last)


def test_a_single_day_is_no_period() -> None:
    assert (
        find_periods("Ngày 24/02/2020, Sở ban hành văn bản trong Quý I/2020.")[0].kind == "period"
    )
