"""One slip, one finding: what follows from a slip joins it with its evidence."""

from __future__ import annotations

from collections import Counter

import pytest

from docparse.check import run
from docparse.models import Checked
from tests.check.test_rules import subject

PLANS = (
    "Sở đã ban hành: Kế hoạch số 12/KH-SNV ngày 06/02/2023; Kế hoạch số 40/KH-SNV ngày 06/4/2023; "
    "Kế hoạch số 50/KH-SNV ngày 09/5/2023; Kế hoạch số 60/KH-SNV ngày 12/6/2023; "
    "{}; Kế hoạch số 70/KH-SNV ngày 11/7/2023."
)
WRONG_BODY = PLANS.format("Kế hoạch số 900/KH-SNV ngày 10/3/2023 của Sở Tài chính")
TYPES = "Gửi Báo cáo số 123/TTr-SNV ngày 12/6/2023; gửi Báo cáo số 123/BC-SNV ngày 12/6/2023."


def checked(text: str, *codes: str) -> Checked:
    return run([subject(text, "a.txt")], codes=codes)


@pytest.mark.parametrize(
    ("text", "cause", "echo"),
    [(WRONG_BODY, "CIT504", "REG601"), (TYPES, "CIT503", "CIT505")],
)
def test_an_echo_joins_its_cause(text: str, cause: str, echo: str) -> None:
    first, second = checked(text, cause).findings, checked(text, echo).findings
    both = checked(text, cause, echo).findings
    assert len(first) == len(second) == 1
    assert [one.code for one in both] == [cause]
    places = {each.span.start for one in (*first, *second) for each in one.evidence}
    assert {each.span.start for each in both[0].evidence} == places
    assert both[0].fingerprint == first[0].fingerprint


def test_a_place_is_quoted_once() -> None:
    (found,) = checked(WRONG_BODY, "CIT504", "REG601").findings
    assert set(Counter(each.span.start for each in found.evidence).values()) == {1}


def test_slips_at_two_places_stay_two() -> None:
    text = PLANS.format("Kế hoạch số 900/KH-SNV ngày 10/3/2023")
    text += " Nhận Kế hoạch số 71/KH-SNV ngày 12/7/2023 của Sở Tài chính."
    assert {one.code for one in checked(text, "CIT504", "REG601").findings} == {"CIT504", "REG601"}
