"""One numeral as written: read, or refused with a reason; never a silent wrong value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docparse.extract.numbers import Number, Refusal, parse_number

READ = [
    ("16.075", "16075", None),
    ("1.234.567", "1234567", None),
    ("98,94%", "98.94", None),
    ("98,94 %", "98.94", None),
    ("57,5/100", "57.5", "100"),
    ("12/40", "12", "40"),
    ("-5,2%", "-5.2", None),
    ("05/07", "5", "7"),
    ("0.5", "0.5", None),
    ("hai mươi ba", "23", None),
    ("hai mươi mốt", "21", None),
    ("ba mươi tư", "34", None),
    ("mười lăm", "15", None),
    ("một trăm linh năm", "105", None),
    ("một trăm lẻ năm", "105", None),
    ("hai trăm ba mươi", "230", None),
    ("một nghìn không trăm linh năm", "1005", None),
    ("năm mươi nghìn", "50000", None),
    ("một triệu hai trăm nghìn", "1200000", None),
    ("hai nghìn tỷ", "2000000000000", None),
    ("hai triệu rưỡi", "2500000", None),
    ("ba rưỡi", "3.5", None),
    ("một phần ba", "1", "3"),
    ("năm mươi phần trăm", "50", None),
]
REFUSED = [
    ("", "empty"),
    ("15.303 15.137", "several-numbers"),
    ("1.010696", "grouping"),
    ("1.23.4", "grouping"),
    ("05.137", "grouping"),
    ("hai ba", "not-a-number"),
    ("trăm", "not-a-number"),
    ("một cửa", "not-a-number"),
    ("hồ sơ", "not-a-number"),
    ("5-3", "range-order"),
    ("1" * 40, "too-long"),
]


@pytest.mark.parametrize(("text", "value", "denominator"), READ)
def test_read(text: str, value: str, denominator: str | None) -> None:
    number = parse_number(text)
    assert isinstance(number, Number)
    assert number.value == Decimal(value)
    assert number.denominator == (Decimal(denominator) if denominator else None)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refused(text: str, reason: str) -> None:
    number = parse_number(text)
    assert isinstance(number, Refusal)
    assert number.reason == reason


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,2 tỷ", "1200000000"),
        ("5,5 nghìn tỷ", "5500000000000"),
        ("20 tr.đ", "20000000"),
        ("15 triệu đồng", "15000000"),
        ("12 nghìn lượt", "12000"),
    ],
)
def test_scale(text: str, amount: str) -> None:
    number = parse_number(text)
    assert isinstance(number, Number)
    assert number.amount == Decimal(amount)


def test_foreign_decimal_is_flagged() -> None:
    number = parse_number("1.5%")
    assert isinstance(number, Number)
    assert number.flags == ("foreign-decimal",)


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_reads_to_itself(value: int) -> None:
    number = parse_number(f"{value:,}".replace(",", "."))
    assert isinstance(number, Number)
    assert number.value == value


@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_decimal_keeps_its_precision(value: Decimal) -> None:
    number = parse_number(f"{value:f}".replace(".", ","))
    assert isinstance(number, Number)
    assert str(number.value) == f"{value:f}"


@given(st.text(max_size=40))
def test_never_raises(text: str) -> None:
    assert isinstance(parse_number(text), Number | Refusal)
