"""One date as it is written in reports, and the forms of periods beside it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.models import Date
from docparse.patterns import load, parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("25/02/2021", "2021-02-25"),
        ("5/10/2021", "2021-10-05"),
        ("05.10.2021", "2021-10-05"),
        ("25-02-2021", "2021-02-25"),
        ("ngày 02/3/2021", "2021-03-02"),
        (" Ngày 24/02/2020 ", "2020-02-24"),
        ("ngày\n10/5/2021", "2021-05-10"),
        ("17 tháng 6 năm 2021", "2021-06-17"),
        ("ngày 17\ntháng 6 năm 2021", "2021-06-17"),
        ("ngày 14 tháng5 năm 2008", "2008-05-14"),
        ("15 giờ 30 ngày 02/3/2021", "2021-03-02"),
        ("15 giờ 30 phút ngày 02 tháng 3 năm 2021", "2021-03-02"),
        ("tháng 6/2021", "2021-06"),
        ("tháng 06 năm 2021", "2021-06"),
        ("năm 2021", "2021"),
        ("ngày    tháng    năm 2021", "2021"),
        ("ngày … tháng 6 năm 2021", "2021-06"),
        ("ngày   /6/2021", "2021-06"),
        ("31/02/2021", "2021-02-31"),
        ("13/13/2021", "2021-13-13"),
    ],
)
def test_a_date_reads_as_written(text: str, iso: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.iso == iso


def test_a_date_that_is_not_in_the_calendar_is_kept() -> None:
    assert parse_date("31/02/2021") == Date(year=2021, month=2, day=31)


def test_a_blank_keeps_what_is_filled_in() -> None:
    assert parse_date("ngày     tháng     năm") == Date()
    assert parse_date("ngày 05 tháng … năm 2021") == Date(year=2021, day=5)


@pytest.mark.parametrize(
    "text",
    [
        "12/40",
        "05/07",
        "116/116",
        "16.075",
        "1.234.567",
        "30/2020/NĐ-CP",
        "25/02.2021",
        "25/02/21",
        "quý IV/2021",
        "Quý II năm 2024",
        "6 tháng đầu năm 2021",
        "9 tháng năm 2021",
        "giai đoạn 2021-2025",
        "từ 15/12/2020 đến ngày 24/10/2021",
        "đến ngày 15/12/2020",
        "2021",
        "",
    ],
)
def test_what_is_not_one_date_is_refused(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(date(1945, 9, 2), date(2099, 12, 31)))
def test_a_date_written_the_vietnamese_way_parses_to_itself(day: date) -> None:
    ways = (
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day:%d} tháng {day:%m} năm {day.year}",
    )
    for text in ways:
        found = parse_date(text)
        assert found is not None
        assert found.calendar == day


@given(st.text(alphabet="0123456789/.- ngàytháăm", max_size=24))
def test_nothing_is_made_up(text: str) -> None:
    found = parse_date(text)
    if found is not None and found.year is not None:
        assert str(found.year) in text


def test_forms_of_a_user_are_tried_too(tmp_path: Path) -> None:
    (tmp_path / "dates.toml").write_text(
        "[[form]]\nname = 'iso'\nkind = 'date'\nregex = '{year}-{month}-{day}'\n"
        "examples = ['2021-02-25']\n",
        encoding="utf-8",
    )
    assert parse_date("2021-02-25") is None
    assert parse_date("2021-02-25", patterns=load(tmp_path)) == Date(year=2021, month=2, day=25)


@pytest.mark.parametrize(
    ("text", "form", "groups"),
    [
        ("quý IV/2021", "quarter", {"quarter": "IV", "year": "2021"}),
        ("Quý II năm 2024", "quarter", {"quarter": "II", "year": "2024"}),
        ("6 tháng đầu năm 2021", "months", {"months": "6", "half": "đầu", "year": "2021"}),
        ("9 tháng năm 2021", "months", {"months": "9", "half": None, "year": "2021"}),
        ("giai đoạn 2021-2025", "stage", {"stage": None, "year": "2021", "end_year": "2025"}),
        ("đến ngày 15/12/2020", "until", {"end_day": "15", "end_month": "12", "end_year": "2020"}),
        (
            "từ 15/12/2020 đến ngày 24/10/2021",
            "range",
            {"day": "15", "year": "2020", "end_day": "24", "end_year": "2021"},
        ),
        (
            "từ ngày 15/12 đến ngày 14/6/2021",
            "range",
            {"month": "12", "year": None, "end_month": "6", "end_year": "2021"},
        ),
    ],
)
def test_periods_are_read_by_their_parts(
    text: str, form: str, groups: dict[str, str | None]
) -> None:
    match = load().forms("dates").pattern(form).fullmatch(text)
    assert match is not None
    assert groups.items() <= match.groupdict().items()


def test_a_long_line_takes_no_long_time() -> None:
    """The parser is asked about every cell of a table; none may hang it."""
    start = date(2021, 1, 1)
    long = " ".join(f"{start + timedelta(days=n):%d/%m/%Y}" for n in range(400))
    assert parse_date(long) is None
    assert parse_date("ngày" + " ." * 2000) is None
